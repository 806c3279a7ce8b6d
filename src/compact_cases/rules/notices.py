"""What somebody must be told, for a letter. Each notice is a folder of templates of the same name."""

from dataclasses import dataclass, field
from datetime import date

from compact_cases.rules.seats import Seat


@dataclass(frozen=True)
class Notice:
    """``facts`` are words and ISO dates for the letter: never a name, an address or a text of the case."""

    name: str
    to: Seat
    facts: dict[str, str | int] = field(default_factory=dict)


OF_NO_CHAPTER = (
    "draft-saved",
    "draft-ends-soon",
    "reminder",
    "nudge",
    "escalation",
    "sign-in",
    "fresh-link",
    "undeliverable",
    "head",
)
"""Letters of drafts, the sweep, accounts and the proof; those of events stand with their chapter."""


def owed(obligation: str, due: date) -> dict[str, str | int]:
    """The facts of a letter about an obligation."""
    return {"obligation": obligation, "due": due.isoformat()}
