"""Notes, their events: a call or visit was written down, or something that only officers are to know."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.statements import Sealed


@dataclass(frozen=True)
class ContactWrittenDown:
    """Somebody was spoken to on the day ``on``. ``whom`` is their seat, never a name."""

    on: date
    whom: str
    said: Sealed


@dataclass(frozen=True)
class PrivateNoteWritten:
    """For the officers alone; nobody is told, and no date moves."""

    note: Sealed


NotesEvent = ContactWrittenDown | PrivateNoteWritten
AUDIENCE: dict[type, Audience] = {
    ContactWrittenDown: Audience.OFFICERS,
    PrivateNoteWritten: Audience.OFFICERS,
}


@dataclass(frozen=True)
class Contact:
    on: date
    whom: str
    said: Sealed
    at: datetime


@dataclass(frozen=True)
class PrivateNote:
    note: Sealed
    at: datetime


@dataclass(frozen=True)
class Notes:
    """What officers keep beside the case: nothing here moves its course. ``positions``: theirs in the log."""

    contacts: tuple[Contact, ...] = ()
    private: tuple[PrivateNote, ...] = ()
    positions: tuple[int, ...] = ()

    def are_all_since(self, seen: int, position: int) -> bool:
        """Whether nothing but notes was added to the log after ``seen``."""
        return seen < position and set(range(seen + 1, position + 1)) <= set(self.positions)


def evolve(part: Notes, course: Course, event: NotesEvent, at: datetime) -> tuple[Notes, Course]:
    part = replace(part, positions=(*part.positions, course.position))
    match event:
        case ContactWrittenDown(on=on, whom=whom, said=said):
            return replace(part, contacts=(*part.contacts, Contact(on, whom, said, at))), course
        case PrivateNoteWritten(note=note):
            return replace(part, private=(*part.private, PrivateNote(note, at))), course
        case _:
            assert_never(event)
