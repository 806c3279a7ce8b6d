"""Whether a letter that was filed a while ago still stands when it is sent, and what in it is still true."""

from collections.abc import Mapping, Sequence
from typing import Any

from compact_cases.rules.course import Obligation
from compact_cases.rules.notices import Rest

Facts = Mapping[str, Any]
NOT_WHILE = {"last-letter": "release"}
"""Letters that do not go while something is owed: a reply has come meanwhile."""


def standing_facts(
    notice: str, facts: Facts, rests_on: Rest, is_open: bool, owed: Sequence[Obligation]
) -> Facts | None:
    """The facts that are true now; None: answered, paused, extended or closed meanwhile, so no letter.

    ``is_open``: whether the letter's case is; ``owed``: the open obligations of that case.
    """
    if rests_on is Rest.ALWAYS:
        return facts
    if not is_open or any(one.name == NOT_WHILE.get(notice) for one in owed):
        return None
    if "items" in facts:
        items = [true for one in facts["items"] if (true := _as_owed(one, rests_on, owed))]
        return {**facts, "items": items} if items else None
    as_owed = _as_owed(facts, rests_on, owed)
    return facts if as_owed is None and rests_on is Rest.OPEN else as_owed


def _as_owed(item: Facts, rests_on: Rest, owed: Sequence[Obligation]) -> Facts | None:
    """With the date that holds now; None when it is owed no longer, or does not run as the letter says."""
    name, part, cycle = item.get("obligation"), item.get("item", ""), item.get("cycle")
    one = next((one for one in owed if one.is_a(str(name), part)), None)
    if one is None:
        return None
    if one.due is None:
        return item if rests_on is not Rest.RUNNING else None
    if rests_on is Rest.RUNNING and cycle not in (None, one.cycle):
        return None
    return {**item, "due": one.due.isoformat()}
