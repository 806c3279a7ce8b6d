"""What a story tells of the office itself: another body takes over, another edition, a closing day."""

from collections.abc import Callable
from datetime import date

from compact_cases.office.editions import applying, offering
from compact_cases.office.editions.previewing import Preview
from compact_cases.office.premises import Premises
from compact_cases.office.registry import procedures, succession
from compact_cases.records import bodies, edition_moves
from compact_cases.records.reading import reading
from compact_cases.sample.stories import CLOSING_DAY, EDITION, SUCCEED, Act, Story


class CameOtherwise(Exception):
    """Open cases moved in another way than the preview had said: a fault of ours."""


def _succeed(premises: Premises, act: Act, story: Story) -> None:
    """``choice``: which body takes over, or two with a comma; ``words``: from which day on."""
    with premises.engine.connect() as conn:
        body = bodies.named(conn, story.about[0])
    assert body is not None  # noqa: S101 (a story is about a body on the register)
    first, _, second = act.choice.partition(", ")
    succession.name_successor(premises, body.id, first, date.fromisoformat(act.words), second)


def _edition(premises: Premises, act: Act, story: Story) -> None:
    """``choice``: the days that a reply has by it, or another thing, ``findings:15``; ``words``: its name."""
    name, _, days = act.choice.rpartition(":")
    start = f"[obligations.{name or 'reply'}]\nlimit = 10\n"
    _, document = procedures.shipped()
    document = document.replace('edition = "default-2026-3"', f'edition = "{act.words}"')
    document = document.replace(start, start.replace("10", days))
    offered = offering.procedure(premises, document)
    offering.apply_procedure(premises, document, offering.OPEN, offered.seen)
    _as_previewed(premises, offered.seen)


def _closing_day(premises: Premises, act: Act, story: Story) -> None:
    """``choice``: the day; ``words``: why."""
    add = {date.fromisoformat(act.choice): act.words}
    offered = offering.days(premises, add)
    offering.apply_days(premises, add, (), offering.OPEN, offered.seen)
    _as_previewed(premises, offered.seen)


def _as_previewed(premises: Premises, seen: Preview) -> None:
    applying.work(premises)
    with reading(premises.engine) as conn:
        move = edition_moves.latest(conn)
    assert move is not None  # noqa: S101 (it was begun just before)
    if move.differs or move.stayed != len(seen.staying) or not seen.moving:
        raise CameOtherwise(f"{move} is not as {seen}")


OF_THE_OFFICE: dict[str, Callable[[Premises, Act, Story], None]] = {
    SUCCEED: _succeed,
    EDITION: _edition,
    CLOSING_DAY: _closing_day,
}
