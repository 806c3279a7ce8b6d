"""Notes as an officer may see them: calls and visits, private notes, and who wrote each. Nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.events.notes import ContactWrittenDown, PrivateNoteWritten
from compact_cases.rules.notes import spoken_to_in_words


@dataclass(frozen=True)
class ContactShown:
    """``whom``: a seat as people say it, empty for somebody who has none; ``by``: the officer."""

    on: date
    whom: str
    said: Said
    by: str


@dataclass(frozen=True)
class NoteShown:
    note: Said
    by: str


@dataclass(frozen=True, kw_only=True)
class NotesShown(Part):
    """Empty for both sides of a case."""

    contacts: tuple[ContactShown, ...]
    private_notes: tuple[NoteShown, ...]


def notes(ground: Ground, reader: Reader) -> NotesShown:
    return NotesShown(
        contacts=tuple(_contacts(ground, reader)), private_notes=tuple(_private(ground, reader))
    )


def _contacts(ground: Ground, reader: Reader) -> Iterator[ContactShown]:
    for one in ground.log:
        if isinstance(one.event, ContactWrittenDown) and (
            said := reader.said(one.event.said, Audience.OFFICERS, one.at)
        ):
            yield ContactShown(
                one.event.on, spoken_to_in_words(one.event.whom), said, _author(ground, one.actor)
            )


def _private(ground: Ground, reader: Reader) -> Iterator[NoteShown]:
    for one in ground.log:
        if isinstance(one.event, PrivateNoteWritten) and (
            said := reader.said(one.event.note, Audience.OFFICERS, one.at)
        ):
            yield NoteShown(said, _author(ground, one.actor))


def _author(ground: Ground, actor: object) -> str:
    return ground.staff_name(actor) if actor else "an officer"  # type: ignore[arg-type]
