"""Coming into a mediation room: who asks, who else is in it, and what of it this one may read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.casework.needs import folded
from compact_cases.office.post import room_news
from compact_cases.office.premises import Premises
from compact_cases.office.room import locks
from compact_cases.records import case_summaries, people, rooms
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.case import Case
from compact_cases.rules.mediating import OTHER, RAISER, RESPONDENT
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound, Refused
from compact_cases.rules.room import (
    MEDIATOR,
    Around,
    Entry,
    Who,
    around_of,
    has_its_room_here,
    is_gone,
    part_in,
    place_of,
    readable,
    shared_with,
    who_is,
)

GONE = "The mediation ended more than 30 days ago. All that was in its room is removed."
NO_ROOM = "There is no mediation in this case, so there is no room for one."


class NoRoom(Refused):
    """Nobody mediates in this case, nor did lately."""

    def __init__(self) -> None:
        super().__init__(NO_ROOM)


@dataclass(frozen=True)
class Inside:
    """A room for whoever has come in. ``entries`` is all that stands there; ``read`` what they may read.

    ``other``: the case that it serves too; ``place``: the case and mediation of which it is the room.
    ``names``: how each part is called in it, by its word; where the two never meet, by its role alone.
    ``unreached``: the sides to which no letter about the room goes.
    """

    row: CaseRow
    case: Case
    other: Case | None
    around: Around
    who: Who
    place: tuple[UUID, int]
    room: RoomRow | None
    entries: tuple[Entry, ...]
    names: dict[str, str]
    unreached: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[Entry, ...]:
        return readable(self.who, self.entries, self.around)

    def number_of(self, entry: Entry) -> int:
        """Counted among what they may read: by its place they could tell how much else there is."""
        return 1 + self.read.index(entry)

    def numbered(self, number: int) -> Entry | None:
        return self.read[number - 1] if 0 < number <= len(self.read) else None


def look(premises: Premises, reference: str, visitor: Visitor) -> Inside:
    """For a page. Raises NotFound, NoRoom, and NotAllowed for everybody who is not in the mediation."""
    with reading(premises.engine) as conn:
        inside = come_in(premises, conn, reference, visitor)
        sides = whose_news(conn, inside, inside.around.sides)
        unreached = room_news.unreached(conn, sides, premises.clock.today())
        return replace(inside, unreached=unreached)


def come_in(
    premises: Premises, conn: Connection, reference: str, visitor: Visitor, *, locked: bool = False
) -> Inside:
    """``locked``: to write. Whatever is written there takes its turn with what changes the case."""
    written = normalise(reference, premises.settings.office.prefix)
    if locked and written:
        case_summaries.lock_with_partner(conn, written)
    row = case_summaries.find(conn, written) if written else None
    if row is None or visitor.is_staff or not may_open(visitor, row):
        raise NotFound(NO_CASE)
    case = folded(conn, row.case_id)
    other = other_of(conn, case)
    around, today = around_of(case, other), premises.clock.today()
    if around is None:
        raise NoRoom
    if is_gone(around.ended_on, today):
        raise NotFound(GONE)
    who = who_is(visitor.seat, visitor.person_id or visitor.concern_id, around, today, case)
    place = place_of(row.case_id, case, other)
    room = rooms.find(conn, *place)
    entries = locks.entries_of(premises, conn, room)
    names = _names(conn, row, case, around, entries)
    return Inside(row, case, other, around, who, place, room, entries, names)


def other_of(conn: Connection, case: Case) -> Case | None:
    """The case that the mediation with the room served too; not read where there is none."""
    shared = shared_with(case)
    return folded(conn, shared) if shared else None


def whose_news(
    conn: Connection, inside: Inside, others: Sequence[str]
) -> list[tuple[CaseRow, dict[str, str]]]:
    """Each hears of it in their own case: by what the case calls them, and by what the room does."""
    found, left = [], list(others)
    for row, case in served(conn, inside):
        here = {part_in(part, case): part for part in left if part_in(part, case)}
        left = [one for one in left if one not in here.values()]
        found.append((row, here))
    return found


def served(conn: Connection, inside: Inside) -> list[tuple[CaseRow, Case]]:
    """The cases that are mediated here now, the one that led first."""
    cases = [(inside.row, inside.case)]
    shared = shared_with(inside.case)
    if shared and inside.other and inside.other.mediation.is_under_way:
        row = case_summaries.find(conn, shared)
        cases += [(row, inside.other)] if row else []
    return sorted(cases, key=lambda one: not has_its_room_here(one[1]))


def note_reading(premises: Premises, inside: Inside) -> None:
    """They have seen all that is there for them, so no letter need tell them of it."""
    if inside.room is None or not inside.read:
        return
    newest = inside.read[-1].place
    with premises.engine.begin() as conn:
        if rooms.read_to(conn, inside.room.id, inside.who.person) < newest:
            rooms.visited(conn, inside.room.id, inside.who.person, newest)


def _names(
    conn: Connection, row: CaseRow, case: Case, around: Around, entries: tuple[Entry, ...]
) -> dict[str, str]:
    """By name where they meet and nobody hides; the mediator's both sides have seen before the appointment.

    Every mediator who wrote is named by id beside the one of now, as successors do not sign for each other.
    """
    known = around.joint and not case.intake.is_hidden
    bodies = _bodies(conn, row, case)
    names = {
        RAISER: row.raiser_label if known else "The raiser",
        RESPONDENT: bodies[0] if known or bodies[1] else "The respondent",
        OTHER: bodies[1],
    }
    mediators = {one.mediator for one in entries} | ({around.mediator} if around.mediator else set())
    found = people.get(conn, mediators) if mediators else {}
    names |= {one.hex: _as_mediator(found[one].name if one in found else "") for one in mediators}
    names[MEDIATOR] = names[around.mediator.hex] if around.mediator else "The mediator"
    return names


def _bodies(conn: Connection, row: CaseRow, case: Case) -> tuple[str, str]:
    """That of the case that led, and the other one: with two of them each is called by its name."""
    shared = shared_with(case)
    theirs = case_summaries.find(conn, shared) if shared else None
    if theirs is None:
        return row.respondent_label, ""
    both = row.respondent_label, theirs.respondent_label
    return both if has_its_room_here(case) else (both[1], both[0])


def _as_mediator(name: str) -> str:
    return f"{name} (mediator)" if name else "The mediator"


def name_of_writer(inside: Inside, entry: Entry) -> str:
    return inside.names[entry.mediator.hex if entry.by == MEDIATOR else entry.by]


def mediator_of(inside: Inside, mediator: UUID) -> str:
    return inside.names[mediator.hex]
