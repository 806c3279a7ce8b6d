"""Speaking: the raiser's group has ended; who takes the case over is asked, and nothing runs meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.course import TO_DO, Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as stopped
from compact_cases.rules.events import intake as follows
from compact_cases.rules.events import speaking as happened
from compact_cases.rules.events.clocks import Pause
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.obligations import days_term
from compact_cases.rules.pausing import GROUP_ENDED, REVIEWED_EVERY, ended_today, going_on, held, today
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Going, Held
from compact_cases.rules.working_days import in_time

TAKE_OVER = "take-over"
HELD = (
    TO_DO
    | {"decide", "talk", "meet", "comment", "agree", "reflect"}
    | {"consent", "name", "session", "go-on", "respond"}
)
"""What of the raiser's side stands still meanwhile: its limits, and what mediation or a panel asks of it. A
statement hangs on the day of a hearing, which goes on."""
MEMBER, PROXY = "member", "proxy"
CAPACITIES = (MEMBER, PROXY)


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RecordGroupEnded(Carries):
    ended_on: date
    words: Annotated[Statement | None, Kept("group-ended", Audience.OFFICERS)] = None


@dataclass(frozen=True)
class Speaker(Carries):
    """Who is new, and how to reach them: it is kept with the people of the case, and stands in no event."""

    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        pairs = (("email", self.email), ("phone", self.phone), ("post", self.post))
        return tuple((kind, address) for kind, address in pairs if address)


@dataclass(frozen=True)
class TakeOver(Carries):
    """``who`` is None where whoever was named before goes on; else ``person`` is the id of the new one."""

    capacity: str
    authority: Annotated[
        Statement,
        Kept(
            "authority",
            Audience.RAISER_AND_OFFICERS,
            "Please say in a sentence who agreed that you speak for the group.",
        ),
    ]
    who: Speaker | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class RecordNobody(Carries):
    """Given by the sweep."""

    day: date


SpeakingCommand = RecordGroupEnded | TakeOver | RecordNobody


# --- when each can be done --------------------------------------------------------------------------------


def waits(case: Case) -> bool:
    """Whether a group has ended and nobody speaks for it; a case that was closed since and is open again was
    asked for by somebody who does.
    """
    since, before = case.speaking.unheard_at, case.closing.before
    if case.owed(TAKE_OVER):
        return True
    return since is not None and not (before and before[-1].closed_at and before[-1].closed_at >= since)


def may_have_ended(case: Case, now: Now) -> None:
    if waits(case):
        raise Refused("It is recorded already that the group has ended.")
    if case.is_closed and not any(one.name in TO_DO for one in case.open_obligations):
        raise Refused("This case is closed and nothing is left to do, so nobody need speak for the group.")
    if case.intake.raiser_body is not None and case.intake.raiser_body == case.intake.respondent:
        raise Refused("The body that raised this is the one that it is about now, and has not ended.")


def somebody_may_take_over(case: Case, now: Now) -> None:
    if not waits(case) or (case.is_closed and case.owed(TAKE_OVER) is None):
        raise Refused("Nobody is looked for to speak for the raiser in this case.")


def nobody_was_heard_of(case: Case, now: Now) -> None:
    asked = case.owed(TAKE_OVER)
    if asked is None and case.speaking.unheard_at is None:
        raise Refused("Nobody is looked for to speak for the raiser in this case.")
    if asked and asked.due and in_time(now.at, asked.due):
        raise NotYet("There is still time for somebody to take over.", asked.due)


# --- what follows -----------------------------------------------------------------------------------------


def group_ended(command: RecordGroupEnded, case: Case, now: Now) -> list[Event]:
    if command.ended_on > today(now):
        raise Refused("Please give the day on which it ended: today, or a day that has passed.", "ended_on")
    owner = Seat.RAISER if now.raiser_reached else Seat.OFFICER
    term = now.term(TAKE_OVER, owner=Side.RAISER)
    return [happened.GroupEnded(command.ended_on, sealed_if(command.words), owner.value, term)]


def take_over(command: TakeOver, case: Case, now: Now) -> list[Event]:
    if command.capacity not in CAPACITIES:
        raise Refused("Please say whether you belonged to the group, or speak for it as a proxy.", "capacity")
    _can_be_reached(command.who, case)
    same = command.who is None or command.person is None
    taken = happened.TakenOver(command.capacity, same, command.authority.sealed())
    events: list[Event] = [taken]
    if not same and command.person:
        events.append(follows.RaiserSucceeded(command.person))
    after = evolve(case, taken, now.at)
    for pause in _pauses(case):
        events += ended_today(after, pause, "the raiser’s side goes on", now)
    return events


def _can_be_reached(who: Speaker | None, case: Case) -> None:
    if who is None:
        return
    if case.intake.confidentiality is Confidentiality.ANONYMOUS:
        raise Refused(
            "This raiser is anonymous, so nobody new is named. Whoever has the code goes on.", "who"
        )
    if not who.name.strip():
        raise Refused("Please give the name of whoever speaks for the group now.", "name")
    if not who.ways:
        raise Refused("Please give an e-mail address, a telephone number or a postal address.", "email")


def nobody(command: RecordNobody, case: Case, now: Now) -> list[Event]:
    """Where the pause that waited for it had its end first, that has said so."""
    return unheard(case, now) if case.owed(TAKE_OVER) else []


def pause_over(case: Case, pause: Pause, now: Now) -> list[Event]:
    """The sweep finds such a pause at its end: nobody has taken over, so it goes on until the case closes."""
    if waits(case):
        return unheard(case, now)
    return going_on(case, pause, pause.ends, "its last day is over", now)


def unheard(case: Case, now: Now) -> list[Event]:
    """Nothing is closed by itself: an officer owes it. What was agreed runs on; the rest stands still."""
    to_close = not case.is_closed and case.owed("close") is None
    said: list[Event] = []
    if case.speaking.unheard_at is None or to_close:
        said.append(happened.NobodyTookOver(today(now), now.term("close") if to_close else None))
    for pause in _pauses(case):
        said += _agreed_runs_on(case, pause, "its last day is over", now)
    theirs = [one for one in _held(case) if one.name not in TO_DO]
    kept = tuple(Held(one.name, one.item, one.hold.days_left) for one in theirs if one.hold)
    if kept:
        since = min(one.hold.on for one in theirs if one.hold)
        said.append(_paused(case, kept, since, now.rulebook.calendar.plus(today(now), REVIEWED_EVERY), None))
    return said


def also_held(case: Case, events: Sequence[Event], now: Now) -> list[Event]:
    """After any act: what a group that ended owes stands still at once, whatever opened it.

    Where the case was closed by it, nobody is looked for any more, and what was agreed runs on.
    """
    before, after = waits(case), case
    if not events or not (before or any(isinstance(one, happened.GroupEnded) for one in events)):
        return []
    for event in events:
        after = evolve(after, event, now.at)
    if not waits(after):
        running = (_agreed_runs_on(after, one, "the case was closed", now) for one in _pauses(after))
        return [event for events in running for event in events]
    asked = after.owed(TAKE_OVER)
    names = HELD if asked else HELD - TO_DO
    running_on = [
        one
        for one in after.open_obligations
        if one.owner.side is Side.RAISER and one.name in names and one.due is not None
    ]
    if not running_on:
        return []
    day, calendar = today(now), now.rulebook.calendar
    last = asked.due if asked and asked.due else calendar.plus(day, REVIEWED_EVERY)
    ends = max(last, calendar.next_working(day))
    return [_paused(after, held(running_on, day, now), day, ends, TAKE_OVER if asked else None)]


def _pauses(case: Case) -> list[Pause]:
    return [one for one in case.clocks.pauses if one.until is None and one.reason == GROUP_ENDED]


def _held(case: Case) -> list[Obligation]:
    numbers = {one.number for one in _pauses(case)}
    return [
        one for one in case.open_obligations if one.hold and one.due is None and one.hold.pause in numbers
    ]


def _agreed_runs_on(case: Case, pause: Pause, because: str, now: Now) -> list[Event]:
    last = now.rulebook.calendar.start_day(now.at)
    going = tuple(
        Going(one.name, one.item, days_term(last, one.hold.days_left, now.rulebook.calendar))
        for one in _held(case)
        if one.hold and one.hold.pause == pause.number and one.name in TO_DO
    )
    return [stopped.Resumed(pause.number, because, last, going)] if going else []


def _paused(case: Case, kept: tuple[Held, ...], on: date, ends: date, awaits: str | None) -> Event:
    number, seat = len(case.clocks.pauses) + 1, Seat.OFFICER.value
    return stopped.Paused(number, GROUP_ENDED, seat, seat, on, ends, kept, awaits)


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = (TAKE_OVER,)
NOTICES = ("group-ended", "speaker")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """The other side hears that somebody else speaks where it knows who raised it; of nothing else."""
    if isinstance(event, happened.GroupEnded):
        facts = owed(TAKE_OVER, event.take_over.due)
        yield Notice("group-ended", Seat(event.owner), facts, Rest.OWED)
        if _knows(case):
            yield Notice("group-ended", Seat.CHAMPION, facts, Rest.OWED)
    elif isinstance(event, happened.NobodyTookOver) and event.close:
        yield Notice("group-ended", Seat.OFFICER, owed("close", event.close.due), Rest.OWED)
    elif isinstance(event, happened.TakenOver):
        yield Notice("speaker", Seat.RAISER, {"same": event.same}, Rest.ALWAYS, confirms=True)
        yield Notice("speaker", Seat.OFFICER, {"same": event.same}, Rest.ALWAYS)
        if _knows(case):
            yield Notice("speaker", Seat.CHAMPION, {"same": event.same}, Rest.ALWAYS)


def true_of(notice: Notice, case: Case) -> Notice | None:
    """No letter asks a group that ended for what stands still, nor names a date for it to an officer."""
    name, item = notice.facts.get("obligation", ""), notice.facts.get("item", "")
    one = case.owed(name, item) if name else None
    if one is None or one.due is not None or one.hold_reason != GROUP_ENDED:
        return notice
    if notice.to.side is Side.RAISER:
        return None
    return replace(notice, facts={key: value for key, value in notice.facts.items() if key != "due"})


def _knows(case: Case) -> bool:
    return case.had_notice and not case.intake.is_hidden


ACTS: tuple[Act[Any], ...] = (
    Act(
        RecordGroupEnded,
        name="group-ended",
        words="Write down that the raiser’s group has ended",
        by=CASE_STAFF,
        open=may_have_ended,
        decide=group_ended,
        needs=frozenset({Need.REACH}),
        rank=Rank.SELDOM,
    ),
    Act(
        TakeOver,
        name="taking-over",
        words="Write down who speaks for the group now",
        party_words="Say who speaks for the group now",
        by=IN_PERSON | CASE_STAFF,
        open=somebody_may_take_over,
        decide=take_over,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RecordNobody,
        by=SYSTEM,
        open=nobody_was_heard_of,
        decide=nobody,
        effect="nobody-speaks",
    ),
)
