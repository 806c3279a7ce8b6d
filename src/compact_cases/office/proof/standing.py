"""How the proof of the record stands: what has gone out, and what is not proved, for ``doctor``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.proof import signing
from compact_cases.office.proof.line import name_of
from compact_cases.records import heads as records
from compact_cases.records import night_check
from compact_cases.rules.heads import Head

LATE = timedelta(days=3)  # over a weekend nobody mends a mail server


@dataclass(frozen=True)
class Found:
    """``advice`` is empty when it is as it should be."""

    subject: str
    state: str
    advice: str = ""


def of(premises: Premises) -> list[Found]:
    with premises.engine.connect() as conn:
        latest = records.latest(conn)
        return [_archive(premises), *_heads(conn, premises, latest), *_night(conn)]


def _archive(premises: Premises) -> Found:
    address = premises.settings.office.archive
    if address:
        return Found("Archive", f"heads go to {address}")
    return Found(
        "Archive",
        "none",
        "Set `archive` in the office file to an address out of reach of whoever may write to the database. "
        "Until then it is not proved that no case was taken out whole, and no log, ledger row, letter or "
        "edition written anew, by somebody who takes the heads out as well.",
    )


def _heads(conn: Connection, premises: Premises, latest: Head | None) -> Iterator[Found]:
    if latest is None:
        yield Found("Heads", "none yet")
        return
    keys = signing.known_keys(premises.settings)
    if keys is not None and latest.key not in keys:
        yield Found(
            "Heads",
            "made with another secret key",
            "Set COMPACT_CASES_OLD_SECRET_KEY to the one before until a head has been made with both.",
        )
        return
    inside = records.not_out(conn, records.ARCHIVE) if premises.settings.office.archive else []
    first = records.get(conn, inside[0]) if inside else None
    state = f"{name_of(latest)} is the newest"
    if first and first.day < premises.clock.today() - LATE:
        yield Found(
            "Heads",
            f"heads {inside[0]} to {inside[-1]} have not gone out",
            "See what became of the letters to the archive; what these heads cover is not proved.",
        )
    else:
        yield Found("Heads", state)


def _night(conn: Connection) -> Iterator[Found]:
    kept = night_check.get(conn)
    if kept is None:
        yield Found("Nightly check of the record", "none yet")
        return
    when = f"{kept.night.day} {kept.night:%B %Y}"
    state = f"of {when}, {'done' if kept.done else 'under way'}, {kept.cases} cases"
    advice = f"{kept.faults} things are off; run compact-cases verify." if kept.faults else ""
    yield Found("Nightly check of the record", state, advice)
