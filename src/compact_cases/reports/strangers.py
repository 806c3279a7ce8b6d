"""A case for those of neither side: the board chair, a mediator, and who sits on a panel."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from compact_cases.reports.case_shape import Part
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import owed_now

FOR_THE_CHAIR = {
    "intake": frozenset({"received_at"}),
    "mediation": frozenset(
        {"mediation", "appointed_on", "mediation_until", "mediation_ended_at", "mediation_ending"}
    ),
    "panel": frozenset({"findings_sent_at"}),
    "closing": frozenset({"closed_at"}),
    "clocks": frozenset({"most_days", "time_request", "has_more_time", "long_time"}),
    "board": frozenset({"pause_request", "appeal"}),
}
"""What a board chair sees of the parts: dates, and what she is asked."""
FOR_A_PANELLIST = frozenset({"intake", "enquiry", "panel"})
"""The parts that a panel decides by; nothing of officers' notes, of a review, or of a linked case."""


def for_the_chair(seen: Any, ground: Ground) -> Any:
    """For the board chair: reference, stage, dates and who owes what; no name, no text, no undertaking."""
    owed = tuple(owed_now(ground.case, "chair", "The respondent", ground.rulebook.calendar, ground.at))
    return replace(
        seen,
        title=seen.reference,
        flags=(),
        raiser="",
        shown_as="",
        respondent="the respondent",
        standing="",
        next=owed[0] if owed else None,
        owed=owed,
        people=(),
        body=None,
        timeline=(),
        linked=(),
        **{
            name: _blank(part, FOR_THE_CHAIR.get(name, ()))
            for name, part in vars(seen).items()
            if isinstance(part, Part)
        },
    )


def for_the_mediator(seen: Any, ground: Ground) -> Any:
    """What it is about only where all agree; until conflicts are declared, who the two sides are."""
    reads = ground.case.mediation.is_read
    kept = {"mediation", "room"} | ({"enquiry"} if reads else set())
    owed = tuple(one for one in seen.owed if one.name in ("declare", "mediate", "session", "go-on"))
    return replace(
        seen,
        title=seen.reference,
        flags=(),
        raiser=seen.mediation.mediation_who,
        owed=owed,
        next=owed[0] if owed else None,
        people=(),
        body=None,
        timeline=(),
        linked=(),
        **{
            name: _blank(one, ("clauses",) if reads and name == "intake" else ())
            for name, one in vars(seen).items()
            if isinstance(one, Part) and name not in kept
        },
    )


def for_a_panellist(seen: Any, may_read: bool) -> Any:
    """Until they have declared they read who the case is about, and who sits with them, and no more."""
    open_to = FOR_A_PANELLIST if may_read else frozenset({"panel"})
    parts = {name: part for name, part in vars(seen).items() if isinstance(part, Part)}
    blank = {name: _blank(part, ()) for name, part in parts.items() if name not in open_to}
    if not may_read:
        blank["panel"] = _blank(seen.panel, ("panel", "panel_members", "panel_me"))
    else:  # why it was opened again is what a new panel looks at; not how an officer summed it up before
        before = tuple(replace(one, summary=None) for one in seen.reopening.earlier_endings)
        blank["reopening"] = replace(blank["reopening"], earlier_endings=before)
    return replace(seen, flags=(), people=(), body=None, timeline=(), linked=(), refused=(), **blank)


def _blank(part: Any, kept: Collection[str]) -> Any:
    """A part of a chapter with nothing in it, so that a new one holds nothing for the chair either."""
    return replace(part, **{name: _nothing(value) for name, value in vars(part).items() if name not in kept})


def _nothing(value: Any) -> Any:
    return type(value)() if isinstance(value, tuple | str | int) else None
