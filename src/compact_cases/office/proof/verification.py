"""``verify``: is the record what it was? In slices of a minute, one snapshot each, to hold up nobody.

A snapshot sees a case's log, its summary and what heads cover of it at one moment: whoever is at work
meanwhile is seen before or after, and never half.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from compact_cases.clock import machine_seconds
from compact_cases.office.premises import Premises
from compact_cases.office.proof import cases, entries, line, signing
from compact_cases.office.proof.cases import Floors
from compact_cases.office.proof.findings import Checked, Fault
from compact_cases.records import heads as records
from compact_cases.records.snapshots import snapshot
from compact_cases.rules.heads import Head, floor_on, floors
from compact_cases.rules.merkle import Tree

SLICE_SECONDS = 60.0
AT_ONCE = 200  # cases read together; what a head covers in tens of that


class Place(msgspec.Struct, frozen=True):
    """How far a check has come: cases by id, the line of heads, then what each head covers, by its tree."""

    part: str = "cases"
    after: UUID | None = None
    head: int = 1
    tree: list[tuple[int, bytes]] = []

    @property
    def is_done(self) -> bool:
        return self.part == "done"


class _Slice:
    """One snapshot, and what is looked at in it."""

    def __init__(self, conn: Connection, premises: Premises, received: Sequence[Head], at_once: int) -> None:
        self._conn, self._premises, self._received, self._at_once = conn, premises, received, at_once
        self._heads = records.every(conn)
        now = floor_on(self._heads, premises.clock.today())
        self._floors = Floors(floors(self._heads), now)

    def step(self, place: Place) -> tuple[Place, Checked]:
        steps: dict[str, Callable[[Place], tuple[Place, Checked]]] = {
            "cases": self._cases,
            "line": self._line,
            "covered": self._covered,
        }
        return steps[place.part](place)

    def _cases(self, place: Place) -> tuple[Place, Checked]:
        last, found = cases.check_next(self._conn, place.after, self._floors, self._at_once)
        return (Place(after=last) if last else Place("line")), found

    def _line(self, place: Place) -> tuple[Place, Checked]:
        keys = signing.known_keys(self._premises.settings)
        last = records.last_covering(self._conn)
        faults = tuple(line.faults_of(self._heads, self._received, keys, last))
        return Place("covered"), Checked(faults=faults, heads=len(self._heads))

    def _covered(self, place: Place) -> tuple[Place, Checked]:
        """The next entries of one head; when they are all there, its root."""
        head = next((one for one in self._heads if one.number >= place.head), None)
        if head is None:
            return Place("done"), Checked()
        tree = Tree(list(place.tree))
        rows = records.entries(self._conn, head.number, tree.leaves, 10 * self._at_once)
        if rows:
            some = [entry for _, entry in rows]
            for one in some:
                tree.add(one.leaf)
            faults = tuple(entries.faults_of(self._conn, head, some))
            return Place("covered", None, head.number, tree.subtrees), Checked(
                faults=faults, covered=len(some)
            )
        off = (tree.leaves, tree.root) != (head.entries, head.root)
        fault = Fault(line.name_of(head), "What it covers is not what was signed.")
        return Place("covered", None, head.number + 1), Checked(faults=(fault,) if off else ())


def verify(premises: Premises, received: Sequence[Head] = (), *, seconds: float = SLICE_SECONDS) -> Checked:
    """All of it, slice after slice. ``received``: the heads that were kept elsewhere, if any were brought."""
    place, found = Place(), Checked()
    while not place.is_done:
        place, more = look(premises, place, received, seconds=seconds)
        found = found.plus(more)
    return found


def look(
    premises: Premises,
    place: Place,
    received: Sequence[Head] = (),
    *,
    seconds: float = SLICE_SECONDS,
    at_once: int = AT_ONCE,
) -> tuple[Place, Checked]:
    """One slice from ``place`` on, at least one step of it: where it came to, and what it found."""
    until, found = machine_seconds() + seconds, Checked()
    with snapshot(premises.engine) as conn:
        this = _Slice(conn, premises, received, at_once)
        while not place.is_done:
            place, more = this.step(place)
            found = found.plus(more)
            if machine_seconds() >= until:
                break
    return place, found
