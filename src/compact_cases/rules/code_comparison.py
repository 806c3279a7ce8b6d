"""What differs between two editions of a Code: undertakings that are new, gone or changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from compact_cases.rules.codes import Clause, Edition


@dataclass(frozen=True)
class Comparison:
    """``changed`` has each undertaking as it was and as it would be: other words, or owed by others."""

    new: tuple[Clause, ...] = ()
    gone: tuple[Clause, ...] = ()
    changed: tuple[tuple[Clause, Clause], ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.new or self.gone or self.changed)


def compared(before: Edition | None, after: Edition) -> Comparison:
    """Sub-points count as undertakings of their own. Without an edition before, all are new."""
    old = {clause.id: clause for clause in _all(before)}
    new = {clause.id: clause for clause in _all(after)}
    both = [(old[name], clause) for name, clause in new.items() if name in old]
    return Comparison(
        tuple(clause for name, clause in new.items() if name not in old),
        tuple(clause for name, clause in old.items() if name not in new),
        tuple((was, now) for was, now in both if _says(was) != _says(now)),
    )


def _all(edition: Edition | None) -> Iterator[Clause]:
    for whole in edition.clauses if edition else ():
        yield whole
        yield from whole.parts


def _says(clause: Clause) -> tuple[str, ...]:
    return clause.text, clause.closing, clause.owed_by
