"""What somebody must be told, for a letter. Each notice is a folder of templates of the same name."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from compact_cases.rules.seats import Seat


class Rest(StrEnum):
    """What must still be so when a letter is sent. Stored names."""

    ALWAYS = "always"  # it tells what has happened, whatever came since
    OPEN = "open"  # the case is not closed
    OWED = "owed"  # what its facts name is still owed, were it paused
    RUNNING = "running"  # and its clock runs, to the date that the letter was decided for


@dataclass(frozen=True)
class Notice:
    """``facts`` are words and ISO dates for the letter: never a name, an address or a text of the case."""

    name: str
    to: Seat
    facts: dict[str, str | int] = field(default_factory=dict)
    rests_on: Rest = Rest.OPEN


TO_ONE_PERSON = frozenset({"new-concern", "undeliverable", "fresh-link", "sign-in"})
"""Letters to a person rather than to whoever sits in their seat: another's successor has one of their own,
or did not ask for it."""


OF_NO_CHAPTER = (
    "draft-saved",
    "draft-ends-soon",
    "reminder",
    "nudge",
    "escalation",
    "sign-in",
    "fresh-link",
    "undeliverable",
)
"""Letters of drafts, of the sweep and of accounts; those of events stand with their chapter."""


def owed(obligation: str, due: date) -> dict[str, str | int]:
    """The facts of a letter about an obligation."""
    return {"obligation": obligation, "due": due.isoformat()}
