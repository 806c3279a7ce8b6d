"""Where two chapters meet: for each open state an act of another chapter, and what is owed afterwards.

Each row says it by hand: the sentence of a refusal, or what is owed and by when (a date, or how many days a
pause keeps). Beside it every outcome keeps what the procedure promises of every case.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.agreement import LetAgreementStand
from compact_cases.rules.case import Case, replay
from compact_cases.rules.closing import Close, Merge, TakeIn, Withdraw
from compact_cases.rules.course import LIVES_ON, OF_A_STAGE, Stage
from compact_cases.rules.enquiry import Answer, Decide, SendReply
from compact_cases.rules.events import Event
from compact_cases.rules.extensions import WHY, AskForTime
from compact_cases.rules.handling import DeclareConflict, HandOn
from compact_cases.rules.particulars import HandOver
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import CancelMeeting
from compact_cases.rules.seats import Seat
from compact_cases.rules.succession import Succeed
from tests.builders import CHAMPION, COUNCIL, OFFICER, OTHER_OFFICER, History, given, said
from tests.rules.test_endings_meet import REFLECTED
from tests.rules.test_fast_track import HALL
from tests.rules.test_onward import GOES_ON
from tests.rules.test_review import NOTED, SET, then
from tests.rules.test_where_clocks_meet import ASKED_TO_HOLD, TO_REOPEN, WRITE

STATES: dict[str, tuple[History, str]] = {
    "hold": (ASKED_TO_HOLD, "2026-03-03 10:00"),
    "reflection": (REFLECTED, "2026-03-19 10:00"),
    "meeting": (SET, "2026-04-08 10:00"),
    "comments": (NOTED, "2026-04-22 10:00"),
    "next step": (GOES_ON, "2026-03-24 10:00"),
    "reopening": (TO_REOPEN, "2026-03-23 10:00"),
}
OTHER = UUID(int=77)
STAFF = frozenset({OFFICER, OTHER_OFFICER})
BOTH_BODIES = {COUNCIL: Registered(), HALL: Registered()}
REPLY = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
ACTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "merge": (Merge(OFFICER, OTHER, said()), {}),
    "take in": (TakeIn(OTHER), {}),
    "hand over": (HandOver(OTHER_OFFICER, said()), {"officers": STAFF}),
    "conflict": (DeclareConflict(OFFICER, OTHER_OFFICER, said()), {"officers": STAFF}),
    "hand on": (HandOn(said(), said()), {}),
    "pause": (PauseClocks("agreed break", agreed=True), {}),
    "more time": (AskForTime(5, "", WHY[0], said("We are away.")), {}),
    "adjustment": (RecordAdjustment("respondent", 5), {}),
    "withdrawal": (Withdraw(sure=True), {"seat": Seat.RAISER}),
    "succession": (Succeed(HALL), {"seat": Seat.SYSTEM, "register": BOTH_BODIES}),
    "agreement": (WRITE, {}),
    "late reply": (REPLY, {"seat": Seat.CHAMPION}),
    "closing": (Close("resolved early", said()), {}),
    "calling off": (CancelMeeting(), {}),
    "decision": (Decide("settled"), {"seat": Seat.RAISER}),
}


@dataclass(frozen=True)
class Expected:
    """``no``: the words of the refusal. ``owed``: exactly what is open afterwards, each with its date."""

    no: str = ""
    owed: dict[str, str] = field(default_factory=dict)
    stage: Stage | None = None


def outcome_of(state: str, act: str) -> Any:
    history, at = STATES[state]
    command, known = ACTS[act]
    return given(history).when(command, at=at, **known)


def owed(case: Case) -> dict[str, str]:
    """By name and item: the date, or the days that a pause keeps."""
    return {
        f"{one.name} {one.item}".strip(): one.due.isoformat()
        if one.due
        else f"{one.hold.days_left if one.hold else 0} left"
        for one in case.open_obligations
    }


REVIEW, DECIDES, EARLY = Stage.SENIOR_REVIEW, Stage.RAISER_DECIDES, Stage.EARLY_RESOLUTION
MEETS = {"note": "2026-04-30", "meet raiser": "2026-04-20", "meet respondent": "2026-04-20"}
COMMENTS = {"comment raiser": "2026-05-06", "comment respondent": "2026-04-28"}
REFLECT = {"decide": "2026-03-27", "reflect raiser": "2026-03-25", "reflect respondent": "2026-03-25"}
HOLD, NEXT, REOPEN = {"hold": "2026-03-03"}, {"next-step": "2026-04-08"}, {"reopen": "2026-03-27"}
SOMETHING_IS_OPEN = Expected("because something is still open in it")
TOO_LATE_TO_MERGE = Expected("merged only as long as it waits to be acknowledged")
NO_MORE_TIME = Expected("nothing in this case for which more time")
TABLE: dict[tuple[str, str], Expected] = {
    # a hold request: something closes, so nothing moves its date; the reply may come first
    ("hold", "merge"): TOO_LATE_TO_MERGE,
    ("hold", "take in"): Expected(owed=HOLD, stage=EARLY),
    ("hold", "hand over"): Expected(owed=HOLD, stage=EARLY),
    ("hold", "conflict"): Expected(owed=HOLD, stage=EARLY),
    ("hold", "hand on"): Expected(owed={}, stage=Stage.CLOSED),
    ("hold", "pause"): Expected("Nothing in this case can be paused"),
    ("hold", "more time"): NO_MORE_TIME,
    ("hold", "adjustment"): Expected(owed=HOLD, stage=EARLY),
    ("hold", "withdrawal"): Expected(owed={}, stage=Stage.CLOSED),
    ("hold", "succession"): Expected(owed=HOLD, stage=EARLY),
    ("hold", "late reply"): Expected(owed={**HOLD, "release": "2026-03-05"}, stage=EARLY),
    ("hold", "closing"): SOMETHING_IS_OPEN,
    # days to reflect: given once; the side that has longer keeps them
    ("reflection", "merge"): TOO_LATE_TO_MERGE,
    ("reflection", "take in"): Expected(owed=REFLECT, stage=DECIDES),
    ("reflection", "hand over"): Expected(owed=REFLECT, stage=DECIDES),
    ("reflection", "conflict"): Expected(owed=REFLECT, stage=DECIDES),
    ("reflection", "pause"): Expected(
        owed={"decide": "6 left", "reflect raiser": "4 left", "reflect respondent": "4 left"}, stage=DECIDES
    ),
    ("reflection", "more time"): Expected(owed={**REFLECT, "decide": "2026-04-07"}, stage=DECIDES),
    ("reflection", "adjustment"): Expected(owed={**REFLECT, "reflect respondent": "2026-04-01"}),
    ("reflection", "succession"): Expected(owed={**REFLECT, "reflect respondent": "2026-04-10"}),
    ("reflection", "withdrawal"): Expected(owed={}, stage=Stage.CLOSED),
    ("reflection", "closing"): SOMETHING_IS_OPEN,
    ("reflection", "decision"): Expected(
        owed={"reflect raiser": "2026-03-25", "reflect respondent": "2026-03-25", "close": "2026-03-26"},
        stage=Stage.CLOSING,
    ),
    # the leads are to meet: their day is in two calendars, and no clock moves it
    ("meeting", "merge"): TOO_LATE_TO_MERGE,
    ("meeting", "take in"): Expected(owed=MEETS, stage=REVIEW),
    ("meeting", "conflict"): Expected(owed=MEETS, stage=REVIEW),
    ("meeting", "more time"): NO_MORE_TIME,
    ("meeting", "adjustment"): Expected(owed=MEETS, stage=REVIEW),
    ("meeting", "succession"): Expected(owed=MEETS, stage=REVIEW),
    ("meeting", "withdrawal"): Expected(owed={}, stage=Stage.CLOSED),
    ("meeting", "late reply"): Expected(owed={**MEETS, "release": "2026-04-10"}, stage=REVIEW),
    ("meeting", "agreement"): Expected(
        owed={**MEETS, "agree raiser": "2026-04-15", "agree respondent": "2026-04-15"}, stage=REVIEW
    ),
    ("meeting", "calling off"): Expected(owed={"note": "2026-04-30", "convene": "2026-04-15"}, stage=REVIEW),
    ("meeting", "decision"): Expected(owed={"close": "2026-04-15"}, stage=Stage.CLOSING),
    ("meeting", "closing"): SOMETHING_IS_OPEN,
    # comments on the note: each side's own days
    ("comments", "take in"): Expected(owed=COMMENTS, stage=REVIEW),
    ("comments", "conflict"): Expected(owed=COMMENTS, stage=REVIEW),
    ("comments", "pause"): Expected(owed={"comment raiser": "9 left", "comment respondent": "4 left"}),
    ("comments", "more time"): Expected(owed={**COMMENTS, "comment respondent": "2026-05-06"}),
    ("comments", "adjustment"): Expected(owed={**COMMENTS, "comment respondent": "2026-05-06"}),
    ("comments", "succession"): Expected(owed={**COMMENTS, "comment respondent": "2026-05-13"}),
    ("comments", "late reply"): Expected(owed={**COMMENTS, "release": "2026-04-24"}, stage=REVIEW),
    ("comments", "decision"): Expected(owed={"close": "2026-04-29"}, stage=Stage.CLOSING),
    ("comments", "withdrawal"): Expected(owed={}, stage=Stage.CLOSED),
    ("comments", "calling off"): Expected("No senior review is under way"),
    # the next step is the office's to open
    ("next step", "take in"): Expected(owed=NEXT, stage=DECIDES),
    ("next step", "hand over"): Expected(owed=NEXT, stage=DECIDES),
    ("next step", "pause"): Expected(owed={"next-step": "5 left"}, stage=DECIDES),
    ("next step", "more time"): NO_MORE_TIME,
    ("next step", "adjustment"): Expected(owed=NEXT, stage=DECIDES),
    ("next step", "late reply"): Expected(owed={**NEXT, "release": "2026-03-26"}, stage=DECIDES),
    ("next step", "withdrawal"): Expected(owed={}, stage=Stage.CLOSED),
    # somebody asks to open it again: whoever is to answer that may be away, or have a conflict
    ("reopening", "hand over"): Expected(owed=REOPEN, stage=Stage.CLOSED),
    ("reopening", "conflict"): Expected(owed=REOPEN, stage=Stage.CLOSED),
    ("reopening", "succession"): Expected(owed=REOPEN, stage=Stage.CLOSED),
    ("reopening", "take in"): Expected("Nothing can be merged into this case"),
    ("reopening", "merge"): TOO_LATE_TO_MERGE,
    ("reopening", "hand on"): Expected("This case is closed"),
    ("reopening", "pause"): Expected("nothing to pause"),
    ("reopening", "more time"): Expected("nothing to ask more time for"),
    ("reopening", "adjustment"): Expected("no limit of it can be made longer"),
    ("reopening", "withdrawal"): Expected("nothing to withdraw"),
    ("reopening", "agreement"): Expected("no agreement can be written"),
    ("reopening", "closing"): Expected("closed already"),
}


@pytest.mark.parametrize(("state", "act"), TABLE)
def test_what_one_chapter_does_to_another_is_what_the_procedure_says(state: str, act: str) -> None:
    expected, outcome = TABLE[state, act], outcome_of(state, act)
    if expected.no:
        outcome.then_refused(expected.no)
        return
    case = outcome.then_case()
    assert owed(case) == expected.owed
    if expected.stage:
        assert case.stage is expected.stage


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_every_pair_is_refused_with_a_sentence_or_keeps_what_is_promised(state: str, act: str) -> None:
    outcome = outcome_of(state, act)
    events: list[Event] = []
    try:
        events = outcome.events()
    except Refused as refused:
        sentence = refused.sentence
    else:
        sentence = ""
    if sentence:
        assert sentence.endswith((".", "?"))
        return
    case = outcome.then_case()
    at = outcome.now.at
    assert case == replay([*STATES[state][0], *((event, at) for event in events)])
    keys = [one.key[:2] for one in case.open_obligations]
    assert len(keys) == len(set(keys))
    assert case.is_closed or any(one.name not in LIVES_ON for one in case.open_obligations)
    assert all(one.due or one.hold for one in case.open_obligations)
    held = {one.hold.pause for one in case.open_obligations if one.hold}
    assert {one.number for one in case.clocks.pauses if one.until is None} == held
    if case.is_closed:
        assert {one.name for one in case.open_obligations} <= LIVES_ON
    if case.stage is not replay(STATES[state][0]).stage:
        began = [one for one in case.open_obligations if one.name in OF_A_STAGE]
        assert all(one.opened_at == at for one in began)
    for notice in (told for event in events for told in notices_after(event, case)):
        _is_true(notice.facts, case)


def _is_true(facts: Any, case: Case) -> None:
    """The date that a letter gives is the one that is owed after the act."""
    name, due = facts.get("obligation"), facts.get("due")
    if name and due and (one := case.owed(name, facts.get("item", ""))):
        day = one.due or (one.hold.ends if one.hold else None)
        assert due in (str(day), one.term.due.isoformat())


def test_an_agreement_stands_when_the_days_of_the_side_with_longer_are_over() -> None:
    history, at = STATES["reflection"]
    history = then(history, RecordAdjustment("respondent", 5), at)
    first = LetAgreementStand(date(2026, 3, 26), "raiser")
    assert given(history).when(first, at="2026-03-26 08:00", seat=Seat.SYSTEM).events() == []
    last = LetAgreementStand(date(2026, 4, 2), "respondent")
    made = given(history).when(last, at="2026-04-02 08:00", seat=Seat.SYSTEM).then_case()
    assert made.agreement.versions[-1].made_at is not None
    assert [one.name for one in made.open_obligations if one.name == "reflect"] == []
