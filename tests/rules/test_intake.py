"""Intake: received, asked for more, put to the respondent, declined."""

from datetime import date

import pytest

from compact_cases.rules import events as happened
from compact_cases.rules.audience import Role
from compact_cases.rules.case import Case, Stage
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.events import Hold, Term
from compact_cases.rules.intake import (
    Accept,
    AnswerQuestion,
    AskForMore,
    Assign,
    Cite,
    CiteClause,
    Decline,
    DropClause,
    HandOver,
    MatchRespondent,
    Receive,
)
from tests.builders import (
    CLOSED,
    CONCERN,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RAISER,
    RECEIVED,
    given,
    on,
    said,
)

ACCOUNT = said("The questionnaire came out on a Thursday.")


def receive(**changes: object) -> Receive:
    values: dict[str, object] = {
        "concern": CONCERN,
        "raiser": RAISER,
        "confidentiality": Confidentiality.OPEN,
        "channel": "web",
        "account": ACCOUNT,
        "told": (),
        "remedies": (),
        "closes_on": None,
        "respondent": COUNCIL,
        "cites": (),
    }
    return Receive(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "counts_as", "due"),
    [
        ("2025-12-19 16:40", date(2025, 12, 19), date(2025, 12, 30)),
        ("2025-12-24 18:05", date(2025, 12, 29), date(2026, 1, 6)),
        ("2026-04-02 17:30", date(2026, 4, 7), date(2026, 4, 14)),
    ],
)
def test_a_concern_is_to_be_acknowledged_in_five_working_days(
    received: str, counts_as: date, due: date
) -> None:
    case = given([]).when(receive(), at=received).then_case()
    owed = case.owed("acknowledge")
    assert owed is not None
    assert (owed.owner, owed.to) == (Role.OFFICER, Role.RAISER)
    assert owed.term == Term(counts_as, 5, due)


def test_what_was_told_is_one_event_each() -> None:
    tried, paragraph = said("I rang."), said("the part about funding")
    cites = (
        Cite("community-groups/5.3", "1", LinkRole.NOT_MET),
        Cite("consultation", "", LinkRole.NOT_MET, paragraph),
    )
    command = receive(
        told=(("tried", tried),), remedies=("apology",), closes_on=date(2026, 5, 5), cites=cites
    )
    case = (
        given([])
        .when(command, at="2026-04-30 10:00")
        .then(
            happened.ConcernReceived(
                CONCERN,
                RAISER,
                "open",
                "web",
                ACCOUNT.sealed(),
                Term(date(2026, 4, 30), 5, date(2026, 5, 8)),
            ),
            happened.RespondentMatched(COUNCIL),
            happened.ClauseCited("community-groups/5.3", "1", "not-met", None),
            happened.CodeNamed("consultation", paragraph.sealed()),
            happened.ClosingDateGiven(date(2026, 5, 5)),
            happened.RemediesSought(("apology",)),
            happened.AlsoTold("tried", tried.sealed()),
        )
    )
    assert case.clauses_to_answer == ("community-groups/5.3", "consultation")
    assert case.position == 7


def test_a_concern_without_words_is_refused() -> None:
    given([]).when(receive(account=said("  ")), at="2026-02-23 10:00").then_refused("your own words")


def test_accepting_acknowledges_and_puts_it_to_the_respondent_in_one_act() -> None:
    restated, wording = said("You say that …"), said("A group says that …")
    case = (
        given(RECEIVED)
        .when(Accept(OFFICER, restated, wording), at="2026-03-02 09:30")
        .then(
            happened.Acknowledged(OFFICER, restated.sealed()),
            happened.PutToRespondent(
                COUNCIL, wording.sealed(), Term(date(2026, 3, 2), 10, date(2026, 3, 16))
            ),
        )
    )
    assert case.stage is Stage.EARLY_RESOLUTION
    assert case.officer == OFFICER
    assert [one.name for one in case.open_obligations] == ["reply"]


def test_a_respondent_run_by_volunteers_has_twenty_working_days() -> None:
    command = Accept(OFFICER, said(), said(), volunteer_run=True)
    case = given(RECEIVED).when(command, at="2026-03-02 09:30").then_case()
    reply = case.owed("reply")
    assert reply is not None
    assert reply.due == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Accept(OFFICER, said(), said(), has_champion=False), "no named contact"),
        (Accept(OFFICER, said(""), said()), "restate"),
        (Accept(OFFICER, said(), said(" ")), "respondent will read"),
        (Decline(OFFICER, "because", said()), "one of the reasons"),
        (Decline(OFFICER, "repeat", said("")), "explain why"),
    ],
)
def test_an_act_with_something_missing_is_refused(command: Accept | Decline, words: str) -> None:
    given(RECEIVED).when(command, at="2026-03-02 09:30").then_refused(words)


def test_a_notice_needs_a_body_on_the_register_and_an_undertaking() -> None:
    bare = RECEIVED[:1]
    given(bare).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30").then_refused("register")
    matched = RECEIVED[:2]
    refused = given(matched).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30")
    assert refused.then_refused("undertaking").field == "clauses"


def test_it_cannot_be_acknowledged_twice() -> None:
    given(PUT_TO_THE_COUNCIL).when(Accept(OFFICER, said(), said()), at="2026-03-03 09:30").then_refused(
        "acknowledged already"
    )


def test_declining_closes_with_the_outcome_of_its_reason() -> None:
    why = said("Try the ombudsman.")
    case = (
        given(RECEIVED)
        .when(Decline(OFFICER, "another route fits", why), at="2026-02-24 10:00")
        .then(
            happened.Acknowledged(OFFICER, None),
            happened.Declined("another route fits", why.sealed()),
            happened.Closed("referred elsewhere", None),
        )
    )
    assert case.is_closed
    assert case.open_obligations == ()


def asked(case_at: str) -> tuple[list, Case]:  # type: ignore[type-arg]
    question = said("Which questionnaire was it?")
    outcome = given(RECEIVED).when(AskForMore(question), at=case_at)
    history = RECEIVED + on(case_at, *outcome.events())
    return history, outcome.then_case()


def test_asking_for_more_pauses_the_acknowledgement() -> None:
    _, case = asked("2026-02-25 10:00")  # two of five days are used: the 24th and the 25th
    acknowledge, answer = case.owed("acknowledge"), case.owed("answer")
    assert acknowledge is not None
    assert answer is not None
    assert acknowledge.due is None
    assert acknowledge.hold == Hold(date(2026, 2, 25), 3, date(2026, 3, 11))
    assert (answer.owner, answer.due) == (Role.RAISER, date(2026, 3, 11))


def test_the_answer_lets_the_days_left_run_again() -> None:
    history, _ = asked("2026-02-25 10:00")
    reply = said("The bus one.")
    case = (
        given(history)
        .when(AnswerQuestion(reply), at="2026-03-04 12:00")
        .then(happened.MoreAnswered(reply.sealed(), Term(date(2026, 3, 4), 3, date(2026, 3, 9))))
    )
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert (acknowledge.cycle, acknowledge.due) == (2, date(2026, 3, 9))
    assert case.owed("answer") is None


def test_an_overdue_acknowledgement_is_not_paused_by_a_question() -> None:
    _, case = asked("2026-03-03 10:00")
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert acknowledge.due == date(2026, 3, 2)


def test_a_second_question_waits_for_the_first_answer() -> None:
    history, _ = asked("2026-02-25 10:00")
    given(history).when(AskForMore(said()), at="2026-02-26 10:00").then_refused("still awaited")


def test_nobody_can_answer_what_was_not_asked() -> None:
    given(RECEIVED).when(AnswerQuestion(said()), at="2026-02-26 10:00").then_refused("no question")


def test_clauses_are_added_and_dropped_with_a_reason() -> None:
    why = said("It is about funding too.")
    command = CiteClause("community-groups/5.8", "1", LinkRole.NOT_MET, why)
    case = given(RECEIVED).when(command, at="2026-02-24 10:00").then_case()
    assert "community-groups/5.8" in case.clauses_to_answer
    given(RECEIVED).when(
        CiteClause("community-groups/5.3", "1", LinkRole.NOT_MET, why), at="2026-02-24 10:00"
    ).then_refused("already cited")
    given(RECEIVED).when(
        CiteClause("community-groups/5.8", "1", LinkRole.NOT_MET, said("")), at="2026-02-24 10:00"
    ).then_refused("reason")
    case = given(RECEIVED).when(DropClause("community-groups/8.2", why), at="2026-02-24 10:00").then_case()
    assert [link.clause for link in case.links] == ["community-groups/5.3"]


def test_the_only_undertaking_that_was_asked_about_cannot_be_dropped() -> None:
    given(PUT_TO_THE_COUNCIL).when(
        DropClause("community-groups/5.3", said()), at="2026-03-03 10:00"
    ).then_refused("only undertaking")


def test_a_case_is_assigned_and_handed_over() -> None:
    case = given(RECEIVED).when(Assign(OFFICER), at="2026-02-24 10:00").then_case()
    assert case.officer == OFFICER
    case = given(RECEIVED).when(HandOver(OTHER_OFFICER, said()), at="2026-02-24 10:00").then_case()
    assert case.officer == OTHER_OFFICER
    assigned = RECEIVED + on("2026-02-24 10:00", happened.OfficerAssigned(OFFICER))
    given(assigned).when(HandOver(OFFICER, said()), at="2026-02-24 10:00").then_refused("already")
    given(assigned).when(Assign(OFFICER), at="2026-02-24 10:00").then()


def test_the_respondent_stays_once_it_had_notice_and_nothing_changes_after_closing() -> None:
    given(PUT_TO_THE_COUNCIL).when(MatchRespondent(OFFICER), at="2026-03-03 10:00").then_refused("put to")
    given(CLOSED).when(Assign(OFFICER), at="2026-04-03 10:00").then_refused("closed")
