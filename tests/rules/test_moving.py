"""Open cases moved to another edition: what was used stays used, and nothing is overdue by it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as some

from compact_cases.reports.proofs import proof_of
from compact_cases.rules.act import Registered
from compact_cases.rules.acts import decide, notices_after
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.course import Stage
from compact_cases.rules.events.moving import MovedToEdition
from compact_cases.rules.extensions import AskForTime, has_had_more
from compact_cases.rules.intake import Receive
from compact_cases.rules.moving import STAYS_PUT, MoveToEdition, going, standing_of
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import today
from compact_cases.rules.procedure import StepKind, Terms
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.urgency import FAST
from tests.builders import (
    CLOSED,
    COUNCIL,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    History,
    now,
    rulebook,
    said,
)
from tests.rules.candidates import KNOWN
from tests.rules.test_histories import RECEIVING, STEPS, Step, play
from tests.rules.test_onward import IN_REVIEW

MOVE = MoveToEdition("other", "other")


def edition(
    limits: Mapping[str, int] | None = None,
    closed: Mapping[date, str] | None = None,
    opened: frozenset[date] = frozenset(),
    **changes: object,
) -> Rulebook:
    usual = rulebook()
    wanted, days = limits or {}, {**usual.calendar.closed, **(closed or {})}
    terms = {
        name: replace(one, limit=wanted.get(name, one.limit)) for name, one in usual.procedure.terms.items()
    }
    days = {day: why for day, why in days.items() if day not in opened}
    return replace(
        usual,
        procedure=replace(usual.procedure, edition="other", **{"terms": terms, **changes}),  # type: ignore[arg-type]
        calendar=replace(usual.calendar, edition="other", closed=days),
    )


def moved(history: History, at: str, onto: Rulebook, **known: object) -> tuple[Case, MovedToEdition]:
    case = replay(history)
    instant = now(at, seat=Seat.SYSTEM, onto=onto, **known)
    (event,) = decide(MOVE, case, instant)
    assert isinstance(event, MovedToEdition)
    return evolve(case, event, instant.at), event


def due(case: Case, name: str = "reply") -> date | None:
    owed = case.owed(name)
    return owed.due if owed else None


def test_a_longer_limit_gives_days_more_and_a_closing_day_is_not_counted() -> None:
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition({"reply": 15}))
    assert due(case) == date(2026, 3, 23)  # 16 March before
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition(closed={date(2026, 3, 12): "Closed"}))
    assert due(case) == date(2026, 3, 17)
    assert case.editions == ("other", "other")


def test_a_date_that_comes_earlier_stays_five_working_days_ahead() -> None:
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-03 10:00", edition({"reply": 3}))
    assert due(case) == date(2026, 3, 10)
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-12 10:00", edition({"reply": 3}))
    assert due(case) == date(2026, 3, 16)  # it was nearer already, so it stays


def test_what_is_overdue_stays_so_and_the_day_itself_is_moved_when_the_office_closes() -> None:
    case, event = moved(PUT_TO_THE_COUNCIL, "2026-03-18 10:00", edition({"reply": 15}))
    assert event.going == ()
    assert due(case) == date(2026, 3, 16)
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-16 07:00", edition(closed={date(2026, 3, 16): "Snow"}))
    assert due(case) == date(2026, 3, 17)


def test_what_is_paused_keeps_its_days() -> None:
    case = replay(PUT_TO_THE_COUNCIL)
    pause = PauseClocks("waiting for a third party")
    for event in decide(pause, case, now("2026-03-09 10:00")):
        case = evolve(case, event, now("2026-03-09 10:00").at)
    instant = now("2026-03-10 10:00", seat=Seat.SYSTEM, onto=edition({"reply": 15}))
    (event,) = decide(MOVE, case, instant)
    after = evolve(case, event, instant.at)
    assert after.obligations == case.obligations


def test_more_time_and_a_longer_limit_are_kept() -> None:
    case = replay(PUT_TO_THE_COUNCIL)
    asked = AskForTime(4, "", "people are away", said("We are away."))
    for command, at in ((asked, "2026-03-04 10:00"), (RecordAdjustment("respondent", 2), "2026-03-05 10:00")):
        instant = now(at, seat=Seat.CHAMPION if command is asked else Seat.OFFICER)
        for event in decide(command, case, instant):
            case = evolve(case, event, instant.at)
    assert due(case) == date(2026, 3, 24)
    instant = now("2026-03-09 10:00", seat=Seat.SYSTEM, onto=edition({"reply": 12}))
    for event in decide(MOVE, case, instant):
        case = evolve(case, event, instant.at)
    assert due(case) == date(2026, 3, 26)
    reply = case.owed("reply")
    assert reply
    assert has_had_more(reply, case)


def test_a_body_run_by_volunteers_goes_by_its_own_limit() -> None:
    by_volunteers = {"register": {COUNCIL: Registered(volunteer_run=True)}}
    _, event = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition({"reply": 15}), **by_volunteers)
    assert event.going == ()


def test_other_reminders_alone_set_the_clock_anew_but_tell_nobody() -> None:
    usual = rulebook().procedure.terms["reply"]
    steps = tuple(one for one in usual.steps if one.kind is not StepKind.REMINDER)
    terms = {**rulebook().procedure.terms, "reply": Terms(10, 20, steps)}
    case, event = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition(terms=terms))
    assert [one.term.due for one in event.going] == [date(2026, 3, 16)]
    assert notices_after(event, case) == []


def test_each_who_owes_or_waits_has_one_letter_and_nobody_before_the_notice() -> None:
    case, event = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition({"reply": 15}))
    told = [(one.name, one.to) for one in notices_after(event, case)]
    assert sorted(told) == [("dates-moved", Seat.RAISER), ("dates-moved", Seat.CHAMPION)]
    case, event = moved(RECEIVED, "2026-03-02 10:00", edition({"acknowledge": 8}))
    assert {one.to for one in notices_after(event, case)} == {Seat.RAISER, Seat.OFFICER}


def test_the_proof_says_that_it_was_moved_and_by_which_calendar_days_count() -> None:
    onto = edition({"reply": 15}, {date(2026, 3, 12): "Stocktaking"})
    case, _ = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", onto)
    reply = case.owed("reply")
    assert reply
    days = proof_of(case.obligations, reply, onto.calendar)
    assert days[0].day == date(2026, 3, 2)
    assert days[-1].day == reply.due == date(2026, 3, 24)
    (note,) = [day for day in days if "changed" in day.because]
    assert "5 working days added: the closing days or the procedure changed" in note.because
    assert "calendar other" in note.because
    assert any("Stocktaking" in day.because for day in days)


def test_a_case_whose_stage_the_edition_lacks_stays() -> None:
    stage = replace(replay(IN_REVIEW), course=replace(replay(IN_REVIEW).course, stage=Stage.MEDIATION))
    instant = now("2026-04-01 10:00", seat=Seat.SYSTEM, onto=edition(mediation=False))
    with pytest.raises(Refused, match="has no mediation, and the case is there"):
        decide(MOVE, stage, instant)


def test_a_closed_case_stays_and_to_be_moved_twice_does_nothing() -> None:
    with pytest.raises(Refused, match="closed"):
        decide(MOVE, replay(CLOSED), now("2026-03-20 10:00", seat=Seat.SYSTEM, onto=edition()))
    onto = edition({"decide": 15})
    case, _ = moved(RELEASED, "2026-03-17 10:00", onto)
    assert decide(MOVE, case, now("2026-03-18 10:00", seat=Seat.SYSTEM, rulebook=onto, onto=onto)) == []


DAYS = some.integers(0, 500).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
EDITIONS = some.builds(
    edition,
    some.dictionaries(
        some.sampled_from(sorted(rulebook().procedure.terms)), some.integers(0, 40), max_size=8
    ),
    some.dictionaries(DAYS, some.just("Closed"), max_size=20),
    some.frozensets(some.sampled_from(sorted(rulebook().calendar.closed)), max_size=5),
)


@settings(max_examples=120, deadline=None)
@given_any(RECEIVING, STEPS, EDITIONS, some.integers(0, 400))
def test_what_rows_say_is_what_the_act_does_and_it_keeps_its_promises(
    first: Receive, steps: list[Step], onto: Rulebook, hours: int
) -> None:
    *_, (_, case) = play(first, steps)
    assert case.at
    instant = replace(now(case.at + timedelta(hours=hours), **KNOWN), onto=onto, seat=Seat.SYSTEM)
    if case.is_closed:
        return
    day, old = today(instant), rulebook().calendar
    # a preview knows no more than this, from rows
    previewed = going(standing_of(case, instant), rulebook(), onto, day)
    (event,) = decide(MOVE, case, instant)
    assert isinstance(event, MovedToEdition)
    assert event.going == previewed
    after = evolve(case, event, instant.at)
    before = {one.key[:2]: one for one in case.open_obligations}
    assert before.keys() == {one.key[:2] for one in after.open_obligations}
    least = onto.calendar.plus(day, 5)
    for one in after.open_obligations:
        was = before[one.key[:2]]
        if one.due is None or was.due is None or one.key == was.key:
            assert one == was
            continue
        assert one.name not in STAYS_PUT
        assert not old.is_overdue(was.due, day)
        assert not (case.fast_track.is_on and one.name in FAST)
        assert not one.is_overdue(instant.at, onto.calendar)
        assert one.due == was.due or onto.calendar.is_working(one.due)
        assert one.due >= min(was.due, least)
        assert (one.owner, one.to) == (was.owner, was.to)
