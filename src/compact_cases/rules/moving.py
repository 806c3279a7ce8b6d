"""Moving an open case to other editions: which of its dates change, and by which rules (procedure, 4).

A preview and the act itself ask the same function, which needs no more of a case than its open obligations.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules.act import Act, Need, Now
from compact_cases.rules.adjustments import NOT_MOVED
from compact_cases.rules.case import Case
from compact_cases.rules.course import OF_THE_PANEL, WATCHED, Obligation, Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import moving as happened
from compact_cases.rules.notices import Notice, owed
from compact_cases.rules.pausing import today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import CASE_STAFF, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Going, Term
from compact_cases.rules.urgency import FAST
from compact_cases.rules.working_days import Calendar

AHEAD = 5  # working days: no date is made earlier than this; procedure, section 4
STAYS_PUT = NOT_MOVED | WATCHED | {"date", "mediate"}
"""Days that are no limit, or stand on one that both sides know: of a meeting, a hearing, an agreed action, a
question. How long a case takes is counted from its own beginning, by the limit that it began with."""


@dataclass(frozen=True)
class MoveToEdition(Carries):
    """To these editions of procedure and calendar; an empty one stays as it is. Given by the office, for all
    open cases one by one."""

    procedure: str
    calendar: str


MovingCommand = MoveToEdition


@dataclass(frozen=True)
class Standing:
    """What a move must know of a case: its stage, what is open, whose limits are the longer ones.

    ``with_another``: one mediation is asked for, or under way, for this case and another one.
    """

    stage: Stage
    open: tuple[Obligation, ...]
    is_fast: bool = False
    small: frozenset[Side] = frozenset()
    volunteer_run: bool = False  # the respondent
    with_another: bool = False


# --- what follows for one case ----------------------------------------------------------------------------


def why_it_stays(standing: Standing, before: Rulebook, after: Rulebook) -> str:
    """An edition that has no mediation, or no panel, would strand a case that is there, or on its way."""
    edition, has = after.procedure.edition, after.procedure.has
    if not has(standing.stage):
        stage = standing.stage.value.replace("-", " ")
        return f"The procedure {edition} has no {stage}, and the case is there. It stays as it is."
    for stage in _may_come_to(standing, before):
        if not has(stage):
            return (
                f"The procedure {edition} has no {stage.value}, and the case waits for it. It stays as it is."
            )
    return ""


def _may_come_to(standing: Standing, before: Rulebook) -> Iterator[Stage]:
    """What somebody is asked about, what goes on after a mediation, and what a raiser who wants to go on
    was told there is."""
    open_ = {one.name for one in standing.open}
    if "consent" in open_ or standing.with_another:
        yield Stage.MEDIATION
    if open_ & OF_THE_PANEL:
        yield Stage.PANEL
    if "next-step" in open_:
        yield from (one for one in (Stage.MEDIATION, Stage.PANEL) if before.procedure.has(one))


def going(standing: Standing, before: Rulebook, after: Rulebook, day: date) -> tuple[Going, ...]:
    """What is set anew by the move: another date, or reminders on other days.

    Raises Refused for a case that stays, and where a calendar does not reach its dates.
    """
    if why := why_it_stays(standing, before, after):
        raise Refused(why)
    found = []
    for one in standing.open:
        if one.due is None or one.name in STAYS_PUT or (standing.is_fast and one.name in FAST):
            continue  # what is paused keeps its days, and counts them by the new calendar
        if before.calendar.is_overdue(one.due, day):
            continue
        # both sides know a date that they agreed: its reminders alone move
        stays = one.agreed and not after.calendar.is_overdue(one.due, day)
        due = one.due if stays else _due(one, standing, before, after, day)
        is_same = due == one.due and before.step_days(one.name, one.due) == after.step_days(one.name, due)
        if not is_same and (due != one.due or one.due > day):
            found.append(Going(one.name, one.item, _term(one, due, after.calendar, day)))
    return tuple(found)


def _due(one: Obligation, standing: Standing, before: Rulebook, after: Rulebook, day: date) -> date:
    """Days that were used stay used; days that were added stay added."""
    assert one.due is not None  # noqa: S101 (asked by going)
    more = _limit(one, standing, after) - _limit(one, standing, before)
    first = max(day, one.term.start)
    left = before.calendar.working_days_between(first, one.due) + more
    calendar = after.calendar
    if left > 0:
        due = calendar.plus(first, left)
    elif one.due < day and more >= 0:  # on days that do not work, after its last one
        due = calendar.working_on_or_after(day) if calendar.is_overdue(one.due, day) else one.due
    else:
        due = calendar.working_on_or_after(day)
    if due >= one.due:
        return due
    return max(due, min(calendar.working_on_or_after(one.due), calendar.plus(day, AHEAD)))


def _limit(one: Obligation, standing: Standing, rulebook: Rulebook) -> int:
    """Replies go by whether the body is run by volunteers, all else by whether its side is a small one."""
    is_small = standing.volunteer_run if one.name == "reply" else one.owner.side in standing.small
    return rulebook.limit(one.name, volunteer_run=is_small)


def _term(one: Obligation, due: date, calendar: Calendar, day: date) -> Term:
    """Day 0 is the day of the move, so that no reminder of a day gone by is sent; a later one stays."""
    start = calendar.last_working(day)
    if one.term.start > day:
        start = calendar.working_on_or_after(one.term.start)
    return Term(start, calendar.working_days_between(start, due), due)


# --- the act ----------------------------------------------------------------------------------------------


def may_move(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so it keeps the editions that it was closed with.")


def standing_of(case: Case, now: Now) -> Standing:
    body = now.register.get(case.intake.respondent) if case.intake.respondent else None
    return Standing(
        case.stage,
        case.open_obligations,
        case.fast_track.is_on,
        now.small_sides,
        body is not None and body.volunteer_run,
        case.mediation.partner is not None,
    )


def move(command: MoveToEdition, case: Case, now: Now) -> list[Event]:
    """Nothing where the case is there already: to be given once more does no harm."""
    after = now.onto
    assert after is not None  # noqa: S101 (it is needed, so it was read)
    editions = after.procedure.edition, after.calendar.edition
    if editions == (now.rulebook.procedure.edition, now.rulebook.calendar.edition):
        return []
    moved = going(standing_of(case, now), now.rulebook, after, today(now))
    return [happened.MovedToEdition(*editions, moved)]


NOTICES: tuple[str, ...] = ("dates-moved",)
OBLIGATIONS: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """One letter to each who owes what has another date, or waits for it; none for reminders alone."""
    if not isinstance(event, happened.MovedToEdition):
        return
    changed = moved_dates(event, case)
    told = {_told(seat): None for one in changed for seat in (one.owner, one.to)}
    for seat in told:
        if seat is Seat.SYSTEM or (seat.side is Side.RESPONDENT and not case.had_notice):
            continue
        theirs = [one for one in changed if seat in (_told(one.owner), _told(one.to))]
        items = [{**owed(one.name, one.due), "item": one.item} for one in theirs if one.due]
        yield Notice("dates-moved", seat, {"items": items})


def _told(seat: Seat) -> Seat:
    """Of the office whoever has the case."""
    return Seat.OFFICER if seat in CASE_STAFF else seat


def moved_dates(event: happened.MovedToEdition, case: Case) -> list[Obligation]:
    """What has another date by this move, which came last, and not reminders on other days alone."""
    anew = (case.owed(one.name, one.item) for one in event.going)
    return [one for one in anew if one and _has_moved(one, case)]


def _has_moved(one: Obligation, case: Case) -> bool:
    before = (each for each in case.obligations if each.key == (one.name, one.item, one.cycle - 1))
    return any(each.due != one.due for each in before)


ACTS: tuple[Act[Any], ...] = (
    Act(
        MoveToEdition,
        by=SYSTEM,
        open=may_move,
        decide=move,
        onto=lambda command: (command.procedure, command.calendar),
        needs=frozenset({Need.REGISTER, Need.SMALL_SIDES, Need.EDITIONS}),
    ),
)
