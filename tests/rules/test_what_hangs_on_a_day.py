"""What hangs on a day that is no limit of its own stays there, whatever moves limits: a hearing, a pause."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.case import Case
from compact_cases.rules.extensions import can_be_extended
from compact_cases.rules.mediation import AskForMediation
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.seats import Seat
from compact_cases.rules.succession import Succeed
from tests.builders import COUNCIL, RELEASED, given, now, said
from tests.rules.test_fast_track import HALL
from tests.rules.test_moving import edition, moved
from tests.rules.test_panel import NAMED
from tests.rules.test_review import then

AT = "2026-04-08 10:00"
ASKED = then(RELEASED, AskForMediation("officer"), "2026-03-12 10:00")
KNOWN: Mapping[str, Any] = {"register": {COUNCIL: Registered(), HALL: Registered()}}
OF_A_HEARING = ("statement", "papers", "hear")


def days_of(case: Case, names: tuple[str, ...]) -> dict[tuple[str, str], date | None]:
    return {(one.name, one.item): one.due for one in case.open_obligations if one.name in names}


@pytest.mark.parametrize(
    "command",
    [
        PauseClocks("other proceedings"),
        RecordAdjustment("raiser", 5, said("She reads slowly.")),
        RecordAdjustment("respondent", 5, said("She reads slowly.")),
    ],
    ids=["pause", "raiser's adjustment", "respondent's adjustment"],
)
def test_a_hearing_its_papers_and_statements_are_moved_by_moving_the_hearing_alone(command: Any) -> None:
    before = days_of(given(NAMED).case, OF_A_HEARING)
    assert len(before) == 4  # a statement of each side
    assert None not in before.values()
    assert days_of(given(NAMED).when(command, at=AT).then_case(), OF_A_HEARING) == before


def test_nor_by_a_body_that_takes_over_or_by_another_edition() -> None:
    before = days_of(given(NAMED).case, OF_A_HEARING)
    assert days_of(given(NAMED).when(Succeed(HALL), at=AT, **KNOWN).then_case(), OF_A_HEARING) == before
    longer = edition({"statement": 25, "papers": 15, "hear": 40, "see": 9})
    after, _ = moved(NAMED, AT, longer)
    assert days_of(after, OF_A_HEARING) == before
    assert days_of(after, ("see",)) != days_of(given(NAMED).case, ("see",))  # a limit is moved


def test_there_is_no_more_time_for_what_hangs_on_a_hearing_or_on_the_end_of_a_pause() -> None:
    for history, seat in ((NAMED, Seat.CHAMPION), (NAMED, Seat.RAISER), (ASKED, Seat.CHAMPION)):
        found = {one.name for one in can_be_extended(given(history).case, now(AT, seat=seat))}
        assert found & {*OF_A_HEARING, "consent"} == set()


def test_the_answer_about_mediation_ends_with_the_pause_that_waits_for_it() -> None:
    asked = then(RELEASED, AskForMediation("raiser"), "2026-03-12 10:00")
    before, at = days_of(given(asked).case, ("consent",)), "2026-03-13 10:00"
    longer = RecordAdjustment("respondent", 5, said("She reads slowly."))
    assert days_of(given(asked).when(longer, at=at).then_case(), ("consent",)) == before
    assert days_of(given(asked).when(Succeed(HALL), at=at, **KNOWN).then_case(), ("consent",)) == before
    (pause,) = given(asked).case.clocks.pauses
    assert {pause.ends} == set(before.values())
