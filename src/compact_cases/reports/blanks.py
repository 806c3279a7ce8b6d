"""Parts of a case with nothing in them, for whoever is not to read them: the board chair, a panellist."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from compact_cases.reports.case_shape import Part


def blank(part: Any, kept: Collection[str]) -> Any:
    """A part of a chapter with nothing in it, so that a new one holds nothing for the chair either."""
    return replace(part, **{name: _nothing(value) for name, value in vars(part).items() if name not in kept})


def _nothing(value: Any) -> Any:
    return type(value)() if isinstance(value, tuple | str | int) else None


FOR_A_PANELLIST = frozenset({"intake", "enquiry", "panel"})
"""The parts that a panel decides by; nothing of officers' notes, of a review, or of a linked case."""


def for_a_panellist(seen: Any, may_read: bool) -> Any:
    """Until they have declared they read who the case is about, and who sits with them, and no more."""
    open_to = FOR_A_PANELLIST if may_read else frozenset({"panel"})
    parts = {name: part for name, part in vars(seen).items() if isinstance(part, Part)}
    blanks = {name: blank(part, ()) for name, part in parts.items() if name not in open_to}
    if not may_read:
        blanks["panel"] = blank(seen.panel, ("panel", "panel_members", "panel_me"))
    return replace(seen, flags=(), people=(), body=None, timeline=(), linked=(), refused=(), **blanks)
