"""One line after an act: what its visitor has just done in a case, and who gets a letter about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from compact_cases.reports.case_shape import Entry
from compact_cases.reports.ground import Ground
from compact_cases.reports.timeline import LetterRow
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, Seat
from compact_cases.settings import OFFICE_ZONE

WHILE_IT_IS_NEW = timedelta(minutes=30)  # an address that was kept says nothing of it later


@dataclass(frozen=True)
class JustDone:
    """``entries`` are the timeline's own lines of it. ``told``: who gets a letter; ``by_hand``: for whom one
    is to be posted or read out, which officers are told.
    """

    entries: tuple[Entry, ...]
    told: tuple[str, ...]
    by_hand: tuple[str, ...]


def just_done(
    ground: Ground, visitor: Visitor, timeline: tuple[Entry, ...], since: int | None
) -> JustDone | None:
    """What this visitor did after a position of the log; None where it was another, or is no longer new."""
    whose = (visitor.seat.value, visitor.staff_id or visitor.person_id)
    done = [one for one in ground.log if since is not None and one.position > since]
    done = [one for one in done if (one.actor_kind, one.actor) == whose]
    if not done or ground.at - done[-1].at > WHILE_IT_IS_NEW:
        return None
    positions = {one.position for one in done}
    entries = tuple(one for one in timeline if one.kind != "letter" and one.position in positions)
    letters = _letters(ground, {one.at for one in done})
    told = (row for row in letters if row[3] != "to-post")
    by_hand = (row for row in letters if row[3] == "to-post" and visitor.is_officer)
    return JustDone(entries, _names(ground, visitor, told), _names(ground, visitor, by_hand))


def _letters(ground: Ground, instants: set[datetime]) -> list[LetterRow]:
    """An act and its letters have one instant; the raiser's side first, the office last."""
    found = [row for row in ground.letters if row[8].astimezone(OFFICE_ZONE) in instants]
    return sorted(found, key=lambda row: list(Seat).index(Seat(row[2])))


def _names(ground: Ground, visitor: Visitor, rows: Iterator[LetterRow]) -> tuple[str, ...]:
    """Each once. Officers read names; a party reads sides, for who sits there is not theirs to know."""
    found: dict[str, None] = {}
    for row in rows:
        seat, name = Seat(row[2]), str(row[6])
        found[_named(seat, name) if visitor.is_officer else _side(ground, visitor, seat)] = None
    return tuple(found)


def _named(seat: Seat, name: str) -> str:
    return f"{name} ({seat.spoken})" if name else f"the {seat.spoken}"


def _side(ground: Ground, visitor: Visitor, seat: Seat) -> str:
    if seat in RAISING:
        return "you" if visitor.is_raiser else "the raiser"
    if seat in RESPONDING:
        return "you" if visitor.is_respondent else ground.respondent
    return "the Compact officers" if seat in CASE_STAFF else f"the {seat.spoken}"


def in_one_line(names: tuple[Any, ...]) -> str:
    """ "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
