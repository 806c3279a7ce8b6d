"""Taking a concern on together with its undertakings: cited, changed and taken out in the same act."""

import pytest

from compact_cases.rules.concern import LinkRole
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.events.intake import Acknowledged, ClauseCited, ClauseDropped
from compact_cases.rules.intake import Accept
from compact_cases.rules.particulars import CitedAs
from tests.builders import OFFICER, RECEIVED, History, Outcome, given, said

WAY_IN, OTHER, ANOTHER = "community-groups/5.3", "community-groups/8.2", "community-groups/5.8"
NOT_MET, SUPPORTING = LinkRole.NOT_MET, LinkRole.SUPPORTING
BARE = RECEIVED[:2]  # received and matched to the council, with no undertaking


def accepting(history: History, *clauses: CitedAs, why: str = "It fits.") -> tuple[Accept, Outcome]:
    command = Accept(OFFICER, said(), said(), clauses=clauses, why=said(why) if why else None)
    return command, given(history).when(command, at="2026-02-24 10:00")


def test_they_are_linked_before_the_notice_goes_each_with_the_one_reason() -> None:
    command, done = accepting(BARE, CitedAs(WAY_IN, "1", NOT_MET), CitedAs(OTHER, "1", SUPPORTING))
    assert command.why
    reason = command.why.sealed()
    first, second, acknowledged, put = done.events()
    assert first == ClauseCited(1, WAY_IN, "1", "not-met", reason)
    assert second == ClauseCited(2, OTHER, "1", "supporting", reason)
    assert isinstance(acknowledged, Acknowledged)
    assert isinstance(put, PutToRespondent)


def test_a_role_is_changed_and_one_taken_out() -> None:
    command, done = accepting(RECEIVED, CitedAs(OTHER, "1", NOT_MET), CitedAs(WAY_IN, "1", None))
    assert command.why
    assert done.events()[:2] == [
        ClauseCited(2, OTHER, "1", "not-met", command.why.sealed()),
        ClauseDropped(1, command.why.sealed()),
    ]


@pytest.mark.parametrize(
    "clauses",
    [(), (CitedAs(ANOTHER, "1", None),), (CitedAs(WAY_IN, "1", NOT_MET),)],
    ids=["none", "one that is not cited taken out", "as it is"],
)
def test_what_changes_nothing_needs_no_reason(clauses: tuple[CitedAs, ...]) -> None:
    _, done = accepting(RECEIVED, *clauses, why="")
    assert len(done.events()) == 2


def test_one_named_twice_is_linked_once() -> None:
    _, done = accepting(BARE, *[CitedAs(WAY_IN, "1", NOT_MET)] * 2)
    assert len(done.events()) == 3


@pytest.mark.parametrize(
    ("clauses", "why", "sentence", "field"),
    [
        ((CitedAs(WAY_IN, "1", NOT_MET),), "", "Please give a reason", "why"),
        ((CitedAs(WAY_IN, "1", NOT_MET),), " ", "Please give a reason", "why"),
        ((CitedAs(WAY_IN, "1", SUPPORTING),), "It fits.", "at least one undertaking", "clauses"),
        ((), "", "at least one undertaking", "clauses"),
    ],
)
def test_nothing_goes_without_one_to_answer_and_a_reason(
    clauses: tuple[CitedAs, ...], why: str, sentence: str, field: str
) -> None:
    assert accepting(BARE, *clauses, why=why)[1].then_refused(sentence).field == field


def test_the_last_one_to_answer_cannot_be_taken_out_with_it() -> None:
    refused = accepting(RECEIVED, CitedAs(WAY_IN, "1", None))[1].then_refused("at least one undertaking")
    assert refused.field == "clauses"
