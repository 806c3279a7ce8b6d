"""Notes: a call or visit in three fields, and a private note."""

from sqlalchemy import Connection

from compact_cases.office.identity import statement
from compact_cases.rules.notes import SPOKEN_TO, WITH_WHOM, WriteDownContact, WritePrivateNote
from compact_cases.rules.seats import BY_WORD, Seat
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Day, Takes, Text, Values

CONTACT = Takes(
    Day("on", required="Please give the day on which it was."),
    Choice("whom", [one.word for one in SPOKEN_TO], required=WITH_WHOM),
    Text("said", LONGEST, required=needed(WriteDownContact, "said")),
)
PRIVATE_NOTE = Takes(Text("note", LONGEST, required=needed(WritePrivateNote, "note")))
NO_SEAT = "Somebody who has no part in this case"


def _contact(values: Values, desk: Desk) -> WriteDownContact:
    """Write down a call or visit: when, with whom, what was said. Only officers read it; no date moves."""
    return WriteDownContact(values["on"], BY_WORD[values["whom"]], statement(values["said"]))


def _today(conn: Connection, desk: Desk) -> dict[str, str]:
    today = desk.at.date()
    return {f"on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}


def _with_whom(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"seats": [(one.word, _named(one)) for one in SPOKEN_TO]}


def _named(seat: Seat) -> str:
    return NO_SEAT if seat is Seat.PUBLIC else f"The {seat.spoken}"


def _private_note(values: Values, desk: Desk) -> WritePrivateNote:
    """Write a note that only officers read. Nobody is told, and it can be written when the case is closed."""
    return WritePrivateNote(statement(values["note"]))


READERS = (
    Reader("contact", CONTACT, _contact, "notes/contact.html", shows=_with_whom, fills=_today),
    Reader("private-note", PRIVATE_NOTE, _private_note, "notes/private-note.html"),
)
