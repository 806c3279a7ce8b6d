"""A case for those who read no content: the board chair, and a mediator as long as not all agree to more."""

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
    "closing": frozenset({"closed_at"}),
    "clocks": frozenset({"most_days", "time_request", "has_more_time", "long_time"}),
}
"""What a board chair sees of the parts: dates, and what she is asked."""


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
    owed = tuple(one for one in seen.owed if one.name in ("declare", "mediate", "session"))
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


def _blank(part: Any, kept: Collection[str]) -> Any:
    """A part of a chapter with nothing in it, so that a new one holds nothing for the chair either."""
    return replace(part, **{name: _nothing(value) for name, value in vars(part).items() if name not in kept})


def _nothing(value: Any) -> Any:
    return type(value)() if isinstance(value, tuple | str | int) else None
