"""Notes: calls and visits written down, and private notes. Officers' only; nothing else in the case moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Now, Rank, always
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import notes as happened
from compact_cases.rules.notices import Notice
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, Seat
from compact_cases.rules.statements import Carries, Kept, Statement
from compact_cases.rules.working_days import LONDON

SPOKEN_TO = (
    *(Seat.RAISER, Seat.PROXY, Seat.CHAMPION, Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER),
    *(Seat.CHAIR, Seat.MEDIATOR, Seat.PUBLIC),
)
"""With whom a call or visit may have been; ``public`` is somebody who has no seat in the case."""
WITH_WHOM = "Please choose with whom it was."
NOT_YET = "This day has not come yet. Please give the day on which it was."


@dataclass(frozen=True)
class WriteDownContact(Carries):
    """A call or visit. What somebody decided in it is given as the act itself, on their behalf."""

    on: date
    whom: Seat
    said: Annotated[Statement, Kept("said", Audience.OFFICERS, "Please write what was said.")]


@dataclass(frozen=True)
class WritePrivateNote(Carries):
    note: Annotated[Statement, Kept("private-note", Audience.OFFICERS, "Please write the note.")]


NotesCommand = WriteDownContact | WritePrivateNote


def write_down_contact(command: WriteDownContact, case: Case, now: Now) -> list[Event]:
    if command.whom not in SPOKEN_TO:
        raise Refused(WITH_WHOM, "whom")
    if command.on > now.at.astimezone(LONDON).date():
        raise Refused(NOT_YET, "on")
    return [happened.ContactWrittenDown(command.on, command.whom.value, command.said.sealed())]


def write_private_note(command: WritePrivateNote, case: Case, now: Now) -> list[Event]:
    return [happened.PrivateNoteWritten(command.note.sealed())]


def spoken_to_in_words(whom: str) -> str:
    """The seat of an event, as people say it; empty for somebody who has none in the case."""
    return "" if whom == Seat.PUBLIC.value else Seat(whom).spoken


OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    return ()


ACTS: tuple[Act[Any], ...] = (
    Act(
        WriteDownContact,
        name="contact",
        words="Write down a call or visit",
        by=CASE_STAFF,
        open=always,
        decide=write_down_contact,
        rank=Rank.SELDOM,
    ),
    Act(
        WritePrivateNote,
        name="private-note",
        words="Write a private note",
        by=CASE_STAFF,
        open=always,
        decide=write_private_note,
        rank=Rank.SELDOM,
    ),
)
