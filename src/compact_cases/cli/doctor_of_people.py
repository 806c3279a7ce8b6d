"""What ``doctor`` says of people: officers, who steps in for them, the chair, and the bodies' champions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from compact_cases.records import staff
from compact_cases.records.staff import StaffMember
from compact_cases.reports.missing_people import without_champion
from compact_cases.rules.seats import Seat

NAMED = 3
ADD = "Run compact-cases officer add EMAIL NAME"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``advice`` is empty when it is as it should be."""

    subject: str
    state: str
    advice: str = ""


def look(conn: Connection) -> Iterator[Finding]:
    """Everybody whom a case may need, and who is there."""
    officers, chairs = (staff.in_list_order(conn, seat) for seat in (Seat.OFFICER, Seat.CHAIR))
    chair = chairs[0].name if chairs else ""
    if officers:
        yield Finding("Officers", _names([one.name for one in officers]))
        yield _co_officer(officers, chair)
    else:
        yield Finding(
            "Officers", "nobody", f"{ADD}; it prints a sign-in link. Until then no concern is read."
        )
    if chair:
        yield Finding("Chair", chair)
    else:
        advice = f"{ADD} --role chair; until then what is late for three days is told to nobody."
        yield Finding("Chair", "nobody", advice)
    yield _champions(without_champion(conn))


def _co_officer(officers: Sequence[StaffMember], chair: str) -> Finding:
    if len(officers) > 1:
        return Finding("Co-officer", _names([one.name for one in officers[1:]]))
    advice = f"{ADD} for somebody who steps in when an officer is away or late."
    stands_in = f"; the chair, {chair}, stands in" if chair else ", and no chair"
    return Finding("Co-officer", f"nobody beside {officers[0].name}{stands_in}", advice)


def _champions(missing: Sequence[str]) -> Finding:
    if not missing:
        return Finding("Champions", "each body that has signed or has an open case has one")
    return Finding(
        "Champions",
        f"missing for {_names(missing)}",
        "Nobody there gets a concern. Add a champion with an address at /office/bodies, or with "
        "compact-cases bodies import FILE.csv.",
    )


def _names(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
