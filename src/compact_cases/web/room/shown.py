"""A mediation room as one of those in it reads it: who is there, what was written, who reads each thing."""

from dataclasses import dataclass
from datetime import date, timedelta

from compact_cases.office.room.inside import Inside, mediator_of, name_of_writer
from compact_cases.rules.room import (
    ALL,
    MEDIATOR,
    Entry,
    audiences,
    mark_of,
    said_yes,
    standing_draft,
)

Option = tuple[str, str, str]
ALONE = "The other side is not told of it and cannot read it. Nor can another mediator after you."
THREE_ALONE = "The others are not told of it and cannot read it. Nor can another mediator after you."


@dataclass(frozen=True)
class Line:
    """``stands``: of a draft, whether it is the version that lies before all."""

    number: int
    entry: Entry
    by: str
    readers: str
    stands: bool


@dataclass(frozen=True)
class Lying:
    """The version that lies before all: who has said yes to it, who has not, and whether this reader has."""

    number: int
    entry: Entry
    by: str
    yes: tuple[str, ...]
    waiting: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class RoomShown:
    """``mark`` and ``seen`` are what its forms send back: who was there, and how much had been written.

    ``no_letters``: no letter tells this reader that something is new. ``unreached``: nor these sides, which
    is said to the mediator alone: how a side can be reached is not for the other one.
    """

    reference: str
    is_mediator: bool
    others: tuple[str, ...]
    you: str
    names: dict[str, str]
    sides: tuple[tuple[str, str], ...]
    all_sides: str
    days: tuple[tuple[date, tuple[Line, ...]], ...]
    lying: Lying | None
    to: tuple[Option, ...]
    ended_on: date | None
    last_day: date | None
    has_mediator: bool
    no_letters: bool
    unreached: tuple[str, ...]
    mark: str
    seen: int


def shown(inside: Inside) -> RoomShown:
    around, me = inside.around, inside.who.part
    days: dict[date, list[Line]] = {}
    lying = standing_draft(inside.entries)
    for number, one in enumerate(inside.read, 1):
        line = Line(number, one, _by(inside, one), _readers(inside, one), one is lying)
        days.setdefault(one.at.date(), []).append(line)
    return RoomShown(
        reference=inside.row.reference,
        is_mediator=inside.who.is_mediator,
        others=tuple(inside.names[one] for one in around.everybody if one != me),
        you=inside.names[me],
        names=inside.names,
        sides=tuple((one, inside.names[one]) for one in around.sides),
        all_sides="all who are in it" if len(around.sides) > 2 else "both sides",
        days=tuple((day, tuple(lines)) for day, lines in days.items()),
        lying=_lying(inside, lying) if lying else None,
        to=_options(inside),
        ended_on=around.ended_on,
        last_day=around.gone_on - timedelta(days=1) if around.gone_on else None,
        has_mediator=around.mediator is not None,
        no_letters=me in inside.unreached,
        unreached=tuple(inside.names[one] for one in inside.unreached if inside.who.is_mediator),
        mark=mark_of(around),
        seen=len(inside.read),
    )


def _by(inside: Inside, entry: Entry) -> str:
    mine = entry.by == inside.who.part and (entry.by != MEDIATOR or entry.mediator == inside.who.person)
    return "You" if mine else name_of_writer(inside, entry)


def _readers(inside: Inside, entry: Entry) -> str:
    """Under each thing, who can read it."""
    if entry.to == ALL:
        return "Everybody in the mediation can read this"
    if not inside.who.is_mediator:
        return f"Only you and {_within(mediator_of(inside, entry.mediator))} can read this"
    side = entry.by if entry.to == MEDIATOR else entry.to
    return f"Only you and {_within(inside.names[side])} can read this"


def _lying(inside: Inside, draft: Entry) -> Lying:
    yes = said_yes(inside.entries, draft)
    sides = [(one, "You" if one == inside.who.part else inside.names[one]) for one in inside.around.sides]
    return Lying(
        inside.number_of(draft),
        draft,
        _by(inside, draft),
        tuple(name for side, name in sides if side in yes),
        tuple(name for side, name in sides if side not in yes),
        inside.who.part in yes,
    )


def _options(inside: Inside) -> tuple[Option, ...]:
    """To whom they may write, and who reads it then: said beside the box, before anything is sent."""
    found: list[Option] = []
    others = [_within(inside.names[one]) for one in inside.around.everybody if one != inside.who.part]
    for to in audiences(inside.who, inside.around):
        if to == ALL:
            words = "Everybody in the mediation"
            hint = f"{_listed(others)} can read it."
            hint = hint[0].upper() + hint[1:]
        elif to == MEDIATOR:
            words = "The mediator alone"
            hint = f"Only {_within(inside.names[MEDIATOR])} can read it. Another mediator after them cannot."
        else:
            words = f"{inside.names[to]} alone"
            hint = THREE_ALONE if len(inside.around.sides) > 2 else ALONE
        found.append((to, words, hint))
    return tuple(found)


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _within(name: str) -> str:
    """A role within a sentence begins with a small letter."""
    return name[0].lower() + name[1:] if name.startswith("The ") else name
