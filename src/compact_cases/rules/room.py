"""The mediation room: the one place that says who is in it, who reads what there, and who may write to whom.

Source: the procedure, sections 3 and 6. Officers, the board chair, the panel and administrators are nobody
here, whatever else they may do in a case.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from compact_cases.rules.case import Case
from compact_cases.rules.mediating import OTHER, RAISER, RESPONDENT, THE_MEDIATOR, Mediation
from compact_cases.rules.names import hides_from
from compact_cases.rules.refusals import NotAllowed, Refused
from compact_cases.rules.seats import IN_A_ROOM, Seat, Side
from compact_cases.rules.working_days import LONDON

ALL, MEDIATOR = "all", "mediator"
"""To whom something is written; from the mediator to one side alone it is that side's word."""
MESSAGE, DRAFT, YES, TAKEN_BACK = "message", "draft", "yes", "taken-back"
"""What can stand in a room: words, a version of an agreement, a side's yes to one, its taking that back."""
KEPT_DAYS = 30
"""Calendar days after the end of the mediation, after which nothing of its room is left."""
NOT_YOURS = "This room is for those in the mediation, and for nobody else."
NOBODY_THERE = "No mediator is there at the moment. You can write again when there is one."
OVER = "The mediation is over, so nothing new can be written here."
CHANGED = "Who reads it has changed since you opened this page. Look who it is now, and then send it again."
NEWER_BEFORE = (
    "Somebody has put a newer version before everybody since you opened this page. "
    "Read it in the room first. What you wrote stands below."
)
NEWER = "There is a newer version of the draft. Read it, and then say what you think of that one."
HAS_YES = "This version has your yes already."
NO_YES = "This version does not have your yes."


@dataclass(frozen=True)
class Around:
    """Who is in a mediation, as its chapter says, without anything of the room itself.

    ``sides`` are those that have not left; ``joint``: they meet and know each other's names. ``until``: where
    it is over for who comes, the moment up to which they read; others may go on in their own case.
    """

    sides: tuple[str, ...]
    mediator: UUID | None
    joint: bool = True
    ended_on: date | None = None
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_on is None and self.mediator is not None

    @property
    def gone_on(self) -> date | None:
        """The first day on which nothing of it is left."""
        return gone_on(self.ended_on) if self.ended_on else None

    @property
    def everybody(self) -> tuple[str, ...]:
        return (*self.sides, MEDIATOR) if self.mediator else self.sides


@dataclass(frozen=True)
class Who:
    """Somebody in the room: a side, whoever speaks for it, or the mediator, who is one person alone."""

    part: str
    person: UUID

    @property
    def is_mediator(self) -> bool:
        return self.part == MEDIATOR


@dataclass(frozen=True)
class DraftTerm:
    """Who (a side) does what by when, and how both will know."""

    side: str
    what: str
    by: date
    known_by: str


@dataclass(frozen=True)
class Draft:
    """A version of an agreement. ``settles``: with it nothing stays open."""

    terms: tuple[DraftTerm, ...]
    settles: bool


@dataclass(frozen=True)
class Entry:
    """One thing that stands in a room. ``place`` is its number there, from 1.

    ``by``: a side or the mediator. ``mediator``: who that was when it was written, in whatever direction.
    ``of``: the place of the draft that a yes, or its taking back, is about.
    """

    place: int
    kind: str
    by: str
    to: str
    mediator: UUID
    at: datetime
    words: str = ""
    draft: Draft | None = None
    of: int = 0


def gone_on(ended_on: date) -> date:
    return ended_on + timedelta(days=KEPT_DAYS + 1)


def is_gone(ended_on: date | None, today: date) -> bool:
    """Whether its time is over: thirty whole days are left after the day of the end."""
    return ended_on is not None and today >= gone_on(ended_on)


# --- who is in it, and who reads what -----------------------------------------------------------------------


def part_of(seat: Seat, case: Case) -> str:
    """What somebody who comes through this case is called there: by the names of the case that led."""
    part = MEDIATOR if seat is Seat.MEDIATOR else seat.side.value
    return OTHER if part == RESPONDENT and not _of_room(case).led else part


def who_is(seat: Seat, person: UUID | None, around: Around, today: date, case: Case | None = None) -> Who:
    """Raises NotAllowed for everybody who is not in the mediation now, or has left it, or comes too late."""
    part = part_of(seat, case or Case())
    is_in = part in around.sides if part != MEDIATOR else person == around.mediator
    if seat not in IN_A_ROOM or person is None or not is_in or is_gone(around.ended_on, today):
        raise NotAllowed(NOT_YOURS)
    return Who(part, person)


def reads(who: Who, entry: Entry) -> bool:
    """A successor of the mediator reads what was for all, and nothing that was for the one before."""
    if entry.to == ALL:
        return True
    if who.is_mediator:
        return entry.mediator == who.person
    return who.part in (entry.by, entry.to)


def readable(who: Who, entries: Sequence[Entry], around: Around) -> tuple[Entry, ...]:
    return tuple(
        one for one in entries if reads(who, one) and (around.until is None or one.at <= around.until)
    )


def addressed(entry: Entry, around: Around) -> tuple[str, ...]:
    """The others in the mediation who read an entry."""
    of_all = around.everybody if entry.to == ALL else (entry.to,)
    return tuple(one for one in of_all if one in around.everybody and one != entry.by)


def audiences(who: Who, around: Around) -> tuple[str, ...]:
    """To whom somebody may write now; to nobody where it is over, or no mediator is there."""
    if not around.is_open:
        return ()
    return (ALL, *around.sides) if who.is_mediator else (ALL, MEDIATOR)


# --- writing ------------------------------------------------------------------------------------------------


def can_be_written(around: Around) -> None:
    if around.ended_on is not None:
        raise Refused(OVER)
    if around.mediator is None:
        raise Refused(NOBODY_THERE)


def may_write(who: Who, to: str, around: Around) -> UUID:
    """The mediator to whom, from whom or before whom it is written. Raises Refused, with its field."""
    can_be_written(around)
    if to not in audiences(who, around):
        raise Refused("Please say who is to read it.", "to")
    assert around.mediator is not None  # noqa: S101 (asked by can_be_written)
    return around.mediator


def mark_of(around: Around) -> str:
    """What a page sends back of who was in the room, so that words go only to those whom it showed."""
    there = f"{'+'.join(around.sides)}.{around.mediator.hex if around.mediator else ''}"
    return hashlib.sha256(there.encode()).hexdigest()[:16]


def hold_to(mark: str, around: Around) -> None:
    """Nothing is written to a mediator who has come since, by somebody who saw another one's name."""
    if mark != mark_of(around):
        raise Refused(CHANGED, "to")


def knows_the_raiser(who: Who, case: Case) -> bool:
    """Whether this one knows who a hidden raiser is: to anybody else a look for their words would tell it."""
    consent = case.mediation.consent_of(Side.RAISER.value)
    is_told = consent is not None and consent.known == THE_MEDIATOR
    return who.part == Side.RAISER.value or (who.is_mediator and is_told)


def hides_the_raiser(to: str, texts: Mapping[str, str], words: frozenset[str]) -> None:
    """Before the respondent reads it. Raises Refused, with its field."""
    if to not in (ALL, RESPONDENT, OTHER):
        return
    for field, text in texts.items():
        hides_from("the respondent who raised it", text, words, field)


# --- an agreement -------------------------------------------------------------------------------------------


def standing_draft(entries: Sequence[Entry]) -> Entry | None:
    """The version that lies before all: the newest one that was for all."""
    return next((one for one in reversed(entries) if one.kind == DRAFT and one.to == ALL), None)


def said_yes(entries: Sequence[Entry], draft: Entry) -> frozenset[str]:
    """The sides that have said yes to this very version, and have not taken it back."""
    found: dict[str, str] = {}
    for one in entries:
        if one.kind in (YES, TAKEN_BACK) and one.of == draft.place:
            found[one.by] = one.kind
    return frozenset(side for side, kind in found.items() if kind == YES)


def may_answer(
    who: Who, place: int, entries: Sequence[Entry], around: Around, *, back: bool = False
) -> Entry:
    """The draft that a side says yes to, or takes its yes back from. Raises Refused."""
    can_be_written(around)
    if who.is_mediator:
        raise Refused("Only the sides say yes to an agreement.")
    draft = standing_draft(entries)
    if draft is None or draft.place != place:
        raise Refused(NEWER, "draft")
    if back is (who.part not in said_yes(entries, draft)):
        raise Refused(NO_YES if back else HAS_YES, "draft")
    return draft


def is_agreed(entries: Sequence[Entry], draft: Entry, around: Around) -> bool:
    """Whether all who remain said yes to it; with one side alone there is nobody to agree with."""
    some = RAISER in around.sides and len(around.sides) > 1
    return some and set(around.sides) <= said_yes(entries, draft)


def share_of(sides: Sequence[str], case: Case) -> dict[str, str]:
    """Whose terms become this case's, and what it calls each: the raiser's are promised to every body."""
    own = OTHER if not _of_room(case).led else RESPONDENT
    return {RAISER: RAISER, own: RESPONDENT} if own in sides else {}


# --- what the chapter says --------------------------------------------------------------------------------


def around_of(case: Case, other: Case | None = None) -> Around | None:
    """Of the last mediation to which a mediator was appointed; None: there was none, so there is no room.

    ``other``: the case that it served too, if it did. Who has left it there is not in it here.
    """
    if not _with_a_room(case):
        return None
    part = _of_room(case)
    own, third = (RESPONDENT, OTHER) if part.led else (OTHER, RESPONDENT)
    sides = [own if one == RESPONDENT else one for one in part.in_it]
    if other and _is_in(_of_room(other), part):
        sides.append(third)
    in_order = tuple(sorted(sides, key=(RAISER, RESPONDENT, OTHER).index))
    return Around(in_order, part.mediator, part.joint, _day_of(part.ended_at), part.ended_at)


def _is_in(theirs: Mediation, mine: Mediation) -> bool:
    """Whether the respondent of the other case is in it, or was in it to the end of this one."""
    if RESPONDENT not in theirs.in_it or theirs.began_at is None:
        return False
    return theirs.ended_at is None or (mine.ended_at is not None and mine.ended_at <= theirs.ended_at)


def part_in(part: str, case: Case) -> str:
    """What this case calls a part of its room; empty for the respondent of another case."""
    if part in (RAISER, MEDIATOR):
        return part
    return RESPONDENT if (part == RESPONDENT) is _of_room(case).led else ""


def shared_with(case: Case) -> UUID | None:
    """The other case that the mediation with the room served."""
    return _of_room(case).shared


def has_its_room_here(case: Case) -> bool:
    return _of_room(case).led


def number_of(case: Case, shared: UUID | None = None) -> int:
    """Which mediation of the case that is, from 1; 0 for none. ``shared``: one that served that case too."""
    rooms = [(number, one) for number, one in _with_a_room(case) if shared in (None, one.shared)]
    return rooms[-1][0] if rooms else 0


def place_of(case_id: UUID, case: Case, other: Case | None) -> tuple[UUID, int]:
    """The case and the mediation whose room it is: one for both, that of the case that led."""
    shared = shared_with(case)
    if shared is None or other is None or has_its_room_here(case):
        return case_id, number_of(case)
    return shared, number_of(other, case_id)


def ended_on(case: Case, mediation: int, other: Case | None = None) -> date | None:
    """When that one ended; None while it goes on, be it in the other case alone."""
    ends = [_mediation(case, mediation).ended_at]
    ends += [_of_room(other).ended_at] if other and _with_a_room(other) else []
    return _day_of(max(one for one in ends if one)) if all(ends) else None


def other_served(case: Case, mediation: int) -> UUID | None:
    """The other case that this mediation served."""
    return _mediation(case, mediation).shared


def _mediation(case: Case, number: int) -> Mediation:
    return next((one for each, one in _with_a_room(case) if each == number), Mediation())


def _of_room(case: Case) -> Mediation:
    return mediations[-1][1] if (mediations := _with_a_room(case)) else Mediation()


def _with_a_room(case: Case) -> list[tuple[int, Mediation]]:
    every = enumerate((*case.mediation.before, case.mediation), 1)
    return [(number, one) for number, one in every if one.mediators]


def _day_of(at: datetime | None) -> date | None:
    return at.astimezone(LONDON).date() if at else None
