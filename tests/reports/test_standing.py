"""The ladder of a case: the stages it took, in their order, the one it is in, and the whole way ahead."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.reports.standing import ladder
from compact_cases.rules.course import Stage
from compact_cases.rules.events.closing import Closed, MergedInto, Unmerged
from compact_cases.rules.events.enquiry import (
    LastLetterSent,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
    SilenceRecorded,
)
from compact_cases.rules.events.intake import Acknowledged, Declined
from compact_cases.rules.onward import BUILT
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    CLOSED,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    SETTLED,
    SILENT,
    History,
    given,
    on,
    rulebook,
    sealed,
)

FIVE = Term(date(2026, 3, 30), 5, date(2026, 4, 8))
GOES_ON = SILENT + on("2026-03-30 12:00", RaiserDecided("not", "go-on", None, FIVE))
ONCE_MORE = ReplyReleased(0, None, Term(date(2026, 4, 20), 10, date(2026, 5, 5)))
BRANCHES = [
    words
    for stage, words in (
        (Stage.SENIOR_REVIEW, "Senior review, if the raiser goes on"),
        (Stage.MEDIATION, "Mediation, if everybody agrees to it"),
        (Stage.PANEL, "Panel, if it is still not settled"),
        (Stage.PANEL, "Answer to the panel, after a panel"),
    )
    if stage in BUILT
]
WAY = ["Received", "Early resolution", "The raiser decides", *BRANCHES, "Closing", "Closed"]


def states(history: History, state: str) -> list[str]:
    return [words for words, found in ladder(given(history).case, rulebook().procedure) if found == state]


def test_the_whole_way_stands_there_from_the_first_day() -> None:
    assert [words for words, _ in ladder(given(RECEIVED).case, rulebook().procedure)] == WAY
    assert states(RECEIVED, "here") == ["Received"]
    assert states(RECEIVED, "ahead") == WAY[1:]


@pytest.mark.parametrize(
    ("history", "done", "here", "ahead"),
    [
        (PUT_TO_THE_COUNCIL, WAY[:1], ["Early resolution"], WAY[2:]),
        (SILENT, WAY[:2], ["The raiser decides"], WAY[3:]),
        (SETTLED, WAY[:3], ["Closing"], ["Closed"]),
        (CLOSED, [*WAY[:3], "Closing", "Closed"], [], []),
    ],
)
def test_it_goes_on_with_the_case(
    history: History, done: list[str], here: list[str], ahead: list[str]
) -> None:
    assert (states(history, "done"), states(history, "here"), states(history, "ahead")) == (done, here, ahead)


def test_a_branch_that_the_raiser_has_chosen_is_no_longer_an_if() -> None:
    assert states(GOES_ON, "here") == ["The raiser decides"]
    assert states(GOES_ON, "ahead") == ["Senior review", *BRANCHES[1:], "Closing", "Closed"]


def test_what_was_not_taken_is_left_out() -> None:
    declined = RECEIVED + on(
        "2026-02-24 10:00",
        Acknowledged(OFFICER, None),
        Declined("repeat", sealed()),
        Closed("not accepted", None),
    )
    assert states(declined, "done") == ["Received", "Closed"]
    assert states(declined, "ahead") == []


def test_an_ending_that_did_not_last_is_no_stage_of_the_way() -> None:
    changed = SETTLED + on("2026-03-17 12:00", RaiserDecided("not", "go-on", None, FIVE))
    assert states(changed, "done") == WAY[:2]
    assert "Closing" in states(changed, "ahead")
    merged = RECEIVED + on("2026-02-24 10:00", MergedInto(COUNCIL, sealed()), Closed("merged", None))
    unmerged = merged + on("2026-02-25 10:00", Unmerged(COUNCIL, sealed(), FIVE))
    assert (states(merged, "done"), states(unmerged, "here")) == (["Received", "Closed"], ["Received"])


def test_a_late_reply_after_silence_brings_the_case_back() -> None:
    silent = SILENT + on(
        "2026-04-15 08:00",
        LastLetterSent(date(2026, 4, 8), FIVE),
        SilenceRecorded(date(2026, 4, 15), FIVE),
    )
    late = silent + on("2026-04-16 10:00", ReplySent((), None, CHAMPION, sealed(), FIVE))
    assert states(silent, "here") == ["Closing"]
    assert states(late + on("2026-04-20 10:00", ONCE_MORE), "here") == ["The raiser decides"]
    assert states(late + on("2026-04-20 10:00", ONCE_MORE), "done") == WAY[:2]


def test_a_stage_that_is_taken_twice_stands_there_twice() -> None:
    case = given(RELEASED).case
    course = case.course.to_stage(Stage.SENIOR_REVIEW).to_stage(Stage.RAISER_DECIDES)
    steps = ladder(replace(case, course=course), rulebook().procedure)
    assert [words for words, state in steps if state != "ahead"] == [
        "Received",
        "Early resolution",
        "The raiser decides",
        "Senior review",
        "The raiser decides",
    ]
    assert [words for words, state in steps if state == "ahead"] == [*BRANCHES[1:], "Closing", "Closed"]


def test_an_edition_without_mediation_and_panel_shows_neither() -> None:
    plain = replace(rulebook().procedure, mediation=False, panel=False)
    words = [words for words, _ in ladder(given(RECEIVED).case, plain)]
    assert words == [*WAY[:4], "Closing", "Closed"]
