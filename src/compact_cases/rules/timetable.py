"""Timetable: one side proposes other dates for what is owed, the other answers, and both go by them.

The clocks run meanwhile, and silence is no. Where a date was missed by five working days the other side may
end it. Source: the procedure, section 3; what it leaves open stands in ``docs/decisions/082-a-timetable.md``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules import coming
from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.coming import Arrived, words_of
from compact_cases.rules.events import Event
from compact_cases.rules.events import timetable as happened
from compact_cases.rules.events.timetable import ANSWER, PlannedDate, Proposal, other, seat_of
from compact_cases.rules.extensions import set_anew
from compact_cases.rules.moving import AHEAD
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pausing import today
from compact_cases.rules.planned import (
    SIDES,
    Window,
    can_be_planned,
    is_urgent,
    may_end_it,
    missed,
    name_of,
    runs,
    settable,
)
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.speaking import waits
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Came, Going
from compact_cases.rules.working_days import in_time

# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OtherDate(Carries):
    """``obligation`` as ``owed`` names it, ``respond 2``; without a day its date stays as it is."""

    obligation: str
    on: date | None = None


@dataclass(frozen=True)
class ProposeTimetable(Carries):
    """``side``: for whom an officer writes it down."""

    dates: tuple[OtherDate, ...]
    side: str = ""
    came: Arrived | None = None


@dataclass(frozen=True)
class AnswerTimetable(Carries):
    accepted: bool
    came: Arrived | None = None


@dataclass(frozen=True)
class TakeBackTimetable(Carries):
    """By whoever proposed it, as long as it is not answered."""


@dataclass(frozen=True)
class EndTimetable(Carries):
    """``side``: for whom an officer writes it down."""

    side: str = ""
    came: Arrived | None = None


@dataclass(frozen=True)
class RecordNoTimetable(Carries):
    """Given by the sweep: silence is no."""

    day: date


TimetableCommand = ProposeTimetable | AnswerTimetable | TakeBackTimetable | EndTimetable | RecordNoTimetable


# --- when each can be done --------------------------------------------------------------------------------


def may_propose(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so no dates of it can be agreed.")
    if not case.enquiry.had_notice:
        raise Refused("The other side has not been told of this case yet, so no dates can be agreed with it.")
    if case.timetable.proposal is not None:
        raise Refused("A timetable is proposed already. It can be answered, or taken back.")
    if is_urgent(case, now):
        raise Refused("Something closes soon here, or harm cannot be undone, so the dates stay as they are.")
    if waits(case):
        raise Refused("The raiser’s side needs time, so no dates can be agreed with it now.")
    if not can_be_planned(case, now):
        raise Refused("There is nothing in this case for which both sides can agree another date now.")


def is_proposed(case: Case, now: Now) -> Proposal:
    if case.timetable.proposal is None:
        raise Refused("No timetable is proposed in this case, or it is not open any more.")
    return case.timetable.proposal


def late_one(case: Case, now: Now) -> Proposal | None:
    """A proposal of which silence was recorded, though a yes that was in time may still come in on paper.

    None where anything of what it was about was done, paused or set anew meanwhile.
    """
    part = case.timetable
    if part.lapsed is None or case.is_closed or waits(case):
        return None
    in_reach = coming.is_late_news(coming.due_of(case, ANSWER), now)
    return part.lapsed if in_reach and settable(part.lapsed, case) == part.lapsed.dates else None


def can_be_answered(case: Case, now: Now) -> None:
    """What comes too late for the case itself is an officer's to note: nowhere else is it kept."""
    late = late_one(case, now)
    part = case.timetable
    over = part.lapsed is not None or (case.is_closed and part.count > 0)
    if late is None and part.proposal is None and over and now.seat in CASE_STAFF:
        raise Refused(
            "This case is closed, so a late answer changes no date any more. If one came, please keep it as a"
            " private note: what it said, and the day of its postmark or of the call."
            if case.is_closed
            else "The timetable is not open any more. If an answer came late, please keep it as a private"
            " note: what it said, and the day of its postmark or of the call."
        )
    proposal = late or is_proposed(case, now)
    if side_of(now.seat) not in ("", proposal.other.value):
        raise Refused("Your side has proposed this timetable, so the other side answers it.")


def can_be_taken_back(case: Case, now: Now) -> None:
    proposal = is_proposed(case, now)
    if side_of(now.seat) not in ("", proposal.side.value):
        raise Refused("The other side has proposed this timetable. You can say no to it.")


def can_be_ended(case: Case, now: Now) -> None:
    if not runs(case):
        raise Refused("This case goes by no timetable that both sides agreed.")
    if not missed(case, now):
        raise Refused(
            "A timetable can be ended once a date of it was missed by five working days, by the other side."
        )
    own = side_of(now.seat)
    if own and own not in may_end_it(case, now):
        raise Refused("The date that was missed was your own, so the other side may end the timetable.")


def nobody_answered(case: Case, now: Now) -> None:
    is_proposed(case, now)
    answer = case.owed(ANSWER)
    if answer and answer.due and in_time(now.at, answer.due):
        raise NotYet("There is still time to answer this timetable.", answer.due)


# --- what follows -----------------------------------------------------------------------------------------


def propose(command: ProposeTimetable, case: Case, now: Now) -> list[Event]:
    side = _side(command.side, now, SIDES)
    windows = {name_of(one.one): one for one in can_be_planned(case, now)}
    dates = tuple(
        _date(windows, each, f"dates.{number}.on", now)
        for number, each in enumerate(command.dates)
        if each.on is not None
    )
    if not dates:
        raise Refused("Please give another date for one thing at least.", "dates.0.on")
    if len({name_of(one) for one in dates}) < len(dates):
        raise Refused("Two dates are given for the same thing. Please leave one of them out.", "dates.0.on")
    came = coming.came(command.came, now, None)
    answer = now.term_of(other(side), ANSWER)
    return [happened.TimetableProposed(case.timetable.count + 1, side, dates, answer, came)]


def _side(given: str, now: Now, sides: Sequence[str]) -> str:
    """For which side it is said; nobody speaks for the other one."""
    own = side_of(now.seat)
    if own and given not in ("", own):
        raise Refused("You can speak for your own side only.", "side")
    side = own or given
    if side not in sides:
        raise Refused("Please say for which side you write this down.", "side")
    return side


def _date(windows: dict[str, Window], given: OtherDate, field: str, now: Now) -> PlannedDate:
    window, on = windows.get(given.obligation), given.on
    assert on is not None  # noqa: S101 (asked by propose)
    if window is None:
        raise Refused("No other date can be agreed for this now. Please choose what is shown.", field)
    if not window.first <= on <= window.last:
        raise Refused(
            f"Please choose a day from {words_of(window.first)} to {words_of(window.last)}: a date can be "
            "agreed up to twice its limit.",
            field,
        )
    if why := now.rulebook.calendar.why_closed(on):
        raise Refused(f"{words_of(on)} is not a working day: {why}. Please choose another day.", field)
    if on == window.one.due:
        raise Refused("That is the date as it is now. Please choose another day, or leave it empty.", field)
    return PlannedDate(window.one.name, window.one.item, window.one.cycle, window.one.due or on, on)


def answer(command: AnswerTimetable, case: Case, now: Now) -> list[Event]:
    """What cannot be set any more is left out; where that is all of it, there is nothing to accept."""
    late = late_one(case, now)
    proposal = late or is_proposed(case, now)
    number, side = proposal.number, proposal.other.value
    came = coming.came(command.came, now, proposal.at, coming.due_of(case, ANSWER))
    if late:
        _in_time_after_all(command, came, case)
    if not command.accepted:
        return [happened.TimetableNotAgreed(number, happened.DECLINED, side, came)]
    day, stands = today(now), settable(proposal, case)
    going = tuple(Going(one.name, one.item, set_anew(day, one.on, now)) for one in stands if one.on >= day)
    if not going:
        raise Refused("The dates that were proposed have passed, so only a no is left.", "accepted")
    taken = {(one.name, one.item) for one in going}
    left = tuple(one for one in proposal.dates if (one.name, one.item) not in taken)
    return [happened.TimetableAgreed(number, side, going, left, came)]


def _in_time_after_all(command: AnswerTimetable, came: Came | None, case: Case) -> None:
    due = coming.due_of(case, ANSWER)
    if not command.accepted:
        raise Refused("Silence is recorded as a no already, so a no changes nothing now.", "accepted")
    if due and (came is None or not came.in_time):
        raise Refused(
            "That nobody answered is recorded as a no. A yes still counts if it was in time: please give the"
            f" day of its postmark or of the call, {words_of(due)} or before.",
            "came_on",
        )


def take_back(command: TakeBackTimetable, case: Case, now: Now) -> list[Event]:
    proposal = is_proposed(case, now)
    return [happened.TimetableNotAgreed(proposal.number, happened.TAKEN_BACK, proposal.side.value)]


def no_answer(command: RecordNoTimetable, case: Case, now: Now) -> list[Event]:
    return [happened.TimetableNotAgreed(is_proposed(case, now).number, happened.SILENT)]


def end(command: EndTimetable, case: Case, now: Now) -> list[Event]:
    """What was missed keeps its date, and what follows from that; the rest goes back to what it was due by
    before, and never to a day nearer than five working days."""
    side = _side(command.side, now, may_end_it(case, now))
    came = coming.came(command.came, now, case.timetable.since)
    calendar, day = now.rulebook.calendar, today(now)
    soonest = calendar.plus(day, AHEAD)
    going = []
    for each in case.timetable.agreed:
        one = case.owed(each.name, each.item)
        # a date that was paused or extended since rests on that, and not on the timetable
        if one and one.agreed and one.due == each.on and one.due >= day:
            due = max(calendar.working_on_or_after(each.was), soonest)
            if due != one.due:
                going.append(Going(one.name, one.item, set_anew(day, due, now)))
    return [happened.TimetableEnded(side, tuple(going), came)]


def also_over(case: Case, events: Sequence[Event], now: Now) -> list[Event]:
    """After any act: a proposal ends with the dates that it was about, and where a side cannot answer it."""
    if not events or case.timetable.proposal is None:
        return []
    after = case
    for event in events:
        after = evolve(after, event, now.at)
    proposal = after.timetable.proposal
    if proposal is None or (settable(proposal, after) and not waits(after)):
        return []
    return [happened.TimetableNotAgreed(proposal.number, happened.OVERTAKEN)]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = (ANSWER,)
NOTICES = ("timetable-proposed", "timetable-agreed", "timetable-not-agreed", "timetable-ended")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """Everybody: dates are both sides', and hold nothing of what the case is about."""
    match event:
        case happened.TimetableProposed(side=side, answer=term):
            asked = seat_of(other(side))
            for seat in (asked, seat_of(side), Seat.OFFICER):
                facts = {**owed(ANSWER, term.due), "yours": seat is asked}
                yield Notice("timetable-proposed", seat, facts, Rest.OWED, confirms=seat is seat_of(side))
        case happened.TimetableAgreed(going=going, left=left):
            facts = {"items": list(_items(going)), "left": len(left)}
            for seat in _told(case):
                yield Notice("timetable-agreed", seat, facts, Rest.OWED, confirms=seat is not Seat.OFFICER)
        case happened.TimetableNotAgreed(how=how) if not case.is_closed:
            for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER):
                yield Notice("timetable-not-agreed", seat, {"how": how})
        case happened.TimetableEnded(going=going):
            facts = {"items": list(_items(going))} if going else {}
            for seat in _told(case):
                yield Notice("timetable-ended", seat, facts)


def _items(going: Iterable[Going]) -> Iterator[dict[str, Any]]:
    for one in going:
        yield {**owed(one.name, one.term.due), "item": one.item}


def _told(case: Case) -> tuple[Seat, ...]:
    """Also whoever of a side owes one of the dates, beside those who are always told: a chief officer answers
    a panel."""
    owners = (one.owner for one in case.obligations if one.agreed)
    also = (seat for seat in owners if seat.side in (Side.RAISER, Side.RESPONDENT))
    return tuple(dict.fromkeys((Seat.RAISER, Seat.CHAMPION, *also, Seat.OFFICER)))


PARTIES = RAISING | RESPONDING | CASE_STAFF
ACTS: tuple[Act[Any], ...] = (
    Act(
        ProposeTimetable,
        name="timetable",
        words="Write down a timetable that one side proposes",
        party_words="Propose other dates to the other side",
        by=PARTIES,
        open=may_propose,
        decide=propose,
        needs=frozenset({Need.SMALL_SIDES}),
        rank=Rank.SELDOM,
        side=lambda command, case: command.side,
    ),
    Act(
        AnswerTimetable,
        name="timetable-answer",
        words="Write down the answer to a timetable",
        party_words="Say whether you agree to these dates",
        by=PARTIES,
        open=can_be_answered,
        decide=answer,
        rank=Rank.WAITED_FOR,
        side=lambda command, case: _proposed(case, of_other=True),
    ),
    Act(
        TakeBackTimetable,
        name="timetable-back",
        words="Take a proposed timetable back, for whoever proposed it",
        party_words="Take your timetable back",
        by=PARTIES,
        open=can_be_taken_back,
        decide=take_back,
        rank=Rank.SELDOM,
        side=lambda command, case: _proposed(case, of_other=False),
    ),
    Act(
        EndTimetable,
        name="timetable-end",
        words="End a timetable of which a date was missed",
        party_words="End the timetable",
        by=PARTIES,
        open=can_be_ended,
        decide=end,
        side=lambda command, case: command.side,
    ),
    Act(RecordNoTimetable, by=SYSTEM, open=nobody_answered, decide=no_answer, effect="no-timetable"),
)


def _proposed(case: Case, *, of_other: bool) -> str:
    proposal = case.timetable.proposal or case.timetable.lapsed
    if proposal is None:
        return ""
    return (proposal.other if of_other else proposal.side).value
