"""The undertakings of a case: cited, cited in another way and dropped, each link by itself."""

import pytest

from compact_cases.rules.concern import LinkRole
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.events.enquiry import ClauseReply, ReplySent
from compact_cases.rules.events.intake import ClauseCited, ClauseDropped, CodeNamed
from compact_cases.rules.intake import Accept
from compact_cases.rules.particulars import CiteClause, DropClause
from tests.builders import CHAMPION, CLOSED, OFFICER, PUT_TO_THE_COUNCIL, RECEIVED, given, on, said, sealed

TWO_PARAGRAPHS = RECEIVED[:2] + on(
    "2026-02-23 10:00",
    CodeNamed(1, "consultation", "not-met", sealed()),
    CodeNamed(2, "consultation", "not-met", sealed()),
)


def cite(clause: str, role: LinkRole = LinkRole.NOT_MET, why: str = "It is about this too.") -> CiteClause:
    return CiteClause(clause, "1", role, said(why))


def test_clauses_are_added_and_dropped_with_a_reason() -> None:
    command = cite("community-groups/5.8")
    case = (
        given(RECEIVED)
        .when(command, at="2026-02-24 10:00")
        .then(ClauseCited(3, "community-groups/5.8", "1", "not-met", command.reason.sealed()))
    )
    assert [link.clause for link in case.intake.to_answer] == ["community-groups/5.3", "community-groups/5.8"]
    given(RECEIVED).when(cite("community-groups/5.3"), at="2026-02-24 10:00").then_refused("already cited")
    unsaid = given(RECEIVED).when(cite("community-groups/5.8", why=""), at="2026-02-24 10:00")
    assert unsaid.then_refused("reason").field == "reason"
    drop = DropClause(2, said("It fits no better."))
    case = given(RECEIVED).when(drop, at="2026-02-24 10:00").then(ClauseDropped(2, drop.reason.sealed()))
    assert [link.clause for link in case.intake.links] == ["community-groups/5.3"]
    given(RECEIVED).when(DropClause(2, said(" ")), at="2026-02-24 10:00").then_refused("reason")


def test_a_link_that_is_cited_in_another_way_keeps_its_number() -> None:
    command = cite("community-groups/8.2")
    case = (
        given(RECEIVED)
        .when(command, at="2026-02-24 10:00")
        .then(ClauseCited(2, "community-groups/8.2", "1", "not-met", command.reason.sealed()))
    )
    assert [link.id for link in case.intake.to_answer] == [1, 2]
    assert len(case.intake.links) == 2


def test_the_number_of_a_dropped_link_is_not_given_again() -> None:
    dropped = RECEIVED + on("2026-02-24 10:00", ClauseDropped(2, sealed()))
    case = given(dropped).when(cite("community-groups/8.2"), at="2026-02-24 11:00").then_case()
    assert [link.id for link in case.intake.links] == [1, 3]
    assert {number: link.clause for number, link in case.intake.every_link.items()} == {
        1: "community-groups/5.3",
        2: "community-groups/8.2",
        3: "community-groups/8.2",
    }
    given(dropped).when(DropClause(2, said()), at="2026-02-24 11:00").then_refused("not cited")


def test_the_only_undertaking_that_was_asked_about_cannot_be_dropped() -> None:
    drop = given(PUT_TO_THE_COUNCIL).when(DropClause(1, said()), at="2026-03-03 10:00")
    assert drop.then_refused("only undertaking").field == "clause"
    given(RECEIVED).when(DropClause(1, said()), at="2026-02-24 10:00").then_case()


def test_nor_can_it_become_one_that_the_respondent_need_not_answer() -> None:
    supports = cite("community-groups/5.3", LinkRole.SUPPORTING)
    refused = given(PUT_TO_THE_COUNCIL).when(supports, at="2026-03-03 10:00").then_refused("only undertaking")
    assert refused.field == "clause"
    given(RECEIVED).when(supports, at="2026-02-24 10:00").then_case()
    more = PUT_TO_THE_COUNCIL + on(
        "2026-03-03 10:00", ClauseCited(3, "community-groups/5.8", "1", "not-met", sealed())
    )
    case = given(more).when(supports, at="2026-03-03 11:00").then_case()
    assert [link.id for link in case.intake.to_answer] == [3]


def test_nothing_is_cited_or_dropped_in_a_closed_case() -> None:
    for command in (cite("community-groups/5.8"), DropClause(1, said())):
        given(CLOSED).when(command, at="2026-03-20 10:00").then_refused("closed")


def test_two_paragraphs_of_one_code_that_is_not_held_are_two_links() -> None:
    assert [(link.id, link.clause) for link in given(TWO_PARAGRAPHS).case.intake.to_answer] == [
        (1, "consultation"),
        (2, "consultation"),
    ]
    for dropped, left in ((1, 2), (2, 1)):
        case = given(TWO_PARAGRAPHS).when(DropClause(dropped, said()), at="2026-02-24 10:00").then_case()
        assert [link.id for link in case.intake.links] == [left]


@pytest.mark.parametrize("missing", [1, 2])
def test_each_of_two_paragraphs_is_answered_by_itself(missing: int) -> None:
    put = TWO_PARAGRAPHS + on("2026-03-02 09:30", *_accepted())
    answers = (Answer(1, "accept", None), Answer(2, "dispute", said("We did ask.")))
    command = SendReply(answers, None, CHAMPION, said("Ann Lee, policy manager"))
    words = command.answers[1].words
    assert words is not None
    (sent,) = given(put).when(command, at="2026-03-10 10:00").events()
    assert isinstance(sent, ReplySent)
    assert sent.answers == (ClauseReply(1, "accept", None), ClauseReply(2, "dispute", words.sealed()))
    one = SendReply(tuple(it for it in answers if it.link != missing), None, CHAMPION, said("Ann Lee"))
    refused = given(put).when(one, at="2026-03-10 10:00").then_refused("has no answer yet")
    assert refused.field == f"answers.{missing - 1}.answer"


def _accepted() -> list:  # type: ignore[type-arg]
    return given(TWO_PARAGRAPHS).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30").events()
