"""Something that a raiser adds to their concern, unasked: kept beside the account, and no date moves."""

from compact_cases.rules.acts import notices_after
from compact_cases.rules.events.intake import AddedToConcern
from compact_cases.rules.intake import AddToConcern
from compact_cases.rules.seats import Seat
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, given, said


def test_what_is_added_stands_beside_the_account_and_no_date_moves() -> None:
    command = AddToConcern(said("They sent a second letter."))
    before = given(PUT_TO_THE_COUNCIL)
    event = AddedToConcern(command.addition.sealed())
    case = before.when(command, at="2026-03-04 10:00").then(event)
    assert [one.addition for one in case.intake.additions] == [command.addition.sealed()]
    assert case.obligations == before.case.obligations
    assert [(one.name, one.to) for one in notices_after(event, case)] == [("addition", Seat.OFFICER)]


def test_nothing_is_added_without_words_or_to_a_closed_case() -> None:
    empty = given(PUT_TO_THE_COUNCIL).when(AddToConcern(said("  ")), at="2026-03-04 10:00")
    assert empty.then_refused("what you want to add").field == "addition"
    given(CLOSED).when(AddToConcern(said()), at="2026-03-19 10:00").then_refused("closed")
