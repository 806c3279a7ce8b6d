"""What a check of the record found: how much was looked at, and what does not hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something that does not hold: in which case, or head, and one sentence on what."""

    case: str
    sentence: str


@dataclass(frozen=True)
class Checked:
    """How much was looked at, and what was found wrong. ``covered`` counts what heads cover."""

    cases: int = 0
    events: int = 0
    seals: int = 0
    faults: tuple[Fault, ...] = ()
    heads: int = 0
    covered: int = 0

    def plus(self, other: "Checked") -> "Checked":
        return Checked(
            self.cases + other.cases,
            self.events + other.events,
            self.seals + other.seals,
            self.faults + other.faults,
            self.heads + other.heads,
            self.covered + other.covered,
        )
