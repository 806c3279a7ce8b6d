"""A room's own key, and its entries to and from what is kept: none of their words stand there in clear."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import decrypt_for, encrypt_for
from compact_cases.records import rooms
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.room import Draft, DraftTerm, Entry
from compact_cases.settings import OFFICE_ZONE

PURPOSE = b"mediation room"
SALT_BYTES = 32
PADDED_TO = 512  # the length of what is kept tells little of what was said


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def kept(premises: Premises, room: RoomRow, entry: Entry) -> bytes:
    """Who wrote it to whom, and when, is encrypted with the words: a row says only that there is one."""
    text = json.dumps(_plain(entry), ensure_ascii=False)
    blanks = -len(text.encode()) % PADDED_TO
    return encrypt_for(premises, PURPOSE, _whose(room, entry.place), text + " " * blanks)


def entries_of(premises: Premises, conn: Connection, room: RoomRow | None) -> tuple[Entry, ...]:
    """All that stands in a room, the oldest first: ask ``rules.room`` who may read it before showing any.

    What was written under a secret key that is no longer ours is left out: nobody can read it again.
    """
    rows: Sequence[tuple[int, bytes]] = rooms.entries(conn, room.id) if room else ()
    texts = (
        (place, decrypt_for(premises, PURPOSE, _whose(room, place), each)) for place, each in rows if room
    )
    return tuple(_entry(place, json.loads(text)) for place, text in texts if text is not None)


def _whose(room: RoomRow, place: int) -> bytes:
    """An entry that was put into another row, of this room or another one, is not read."""
    return room.salt + room.id.bytes + place.to_bytes(4, "big")


def _plain(entry: Entry) -> dict[str, Any]:
    draft = entry.draft
    terms = [[one.side, one.what, one.by.isoformat(), one.known_by] for one in draft.terms] if draft else []
    return {
        "kind": entry.kind,
        "by": entry.by,
        "to": entry.to,
        "mediator": entry.mediator.hex,
        "at": entry.at.isoformat(),
        "words": entry.words,
        "draft": {"terms": terms, "settles": draft.settles} if draft else None,
        "of": entry.of,
    }


def _entry(place: int, plain: dict[str, Any]) -> Entry:
    draft = plain["draft"]
    return Entry(
        place,
        plain["kind"],
        plain["by"],
        plain["to"],
        UUID(plain["mediator"]),
        datetime.fromisoformat(plain["at"]).astimezone(OFFICE_ZONE),
        plain["words"],
        _draft(draft) if draft else None,
        plain["of"],
    )


def _draft(plain: dict[str, Any]) -> Draft:
    terms = (
        DraftTerm(side, what, date.fromisoformat(by), known_by) for side, what, by, known_by in plain["terms"]
    )
    return Draft(tuple(terms), plain["settles"])
