"""One reader an act: what it takes, by form or as JSON, and the command that comes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import casebook
from compact_cases.office.casework.casebook import Done
from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command, at_address, has_moved_on
from compact_cases.rules.case import Case
from compact_cases.rules.concern import Problem
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotAllowed, OutOfDate
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Door, Takes, Values

LONGEST = 20_000

Known = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """What an act is made from: the case as its log makes it, who asks, and what the act has looked up."""

    premises: Premises
    row: CaseRow
    case: Case
    rulebook: Rulebook
    visitor: Visitor
    at: datetime
    known: Known = field(default_factory=dict)

    @property
    def now(self) -> Now:
        """For what a rule says of the case whatever is typed."""
        return Now(self.at, self.rulebook, self.visitor.seat, self.visitor.person_id)

    @property
    def officer(self) -> UUID:
        """The officer who asks. Raises NotAllowed for anybody else."""
        if self.visitor.staff_id is None:
            raise NotAllowed("This is not for you to do in this case.")
        return self.visitor.staff_id

    def hold_to(self, seen: int, name: str) -> None:
        """Raises OutOfDate where the case has moved on for an act since its visitor looked."""
        if has_moved_on(self.case, seen, at_address(name)[0]):
            raise OutOfDate(seen, self.row.position)


def nothing_known(conn: Connection, desk: Desk, sent: Sent) -> Known:
    return {}


def nothing_wrong(values: Values, desk: Desk) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Reader:
    """An act, for its page and its call alike. What ``read`` says of itself describes the call.

    ``looks_up`` reads what the act needs beside the case; ``checks`` says what is wrong beyond single fields.
    For the page alone: ``shows`` is what its template wants, ``fills`` puts first words into an empty form,
    and a party finds it on the case's own page unless it stands ``apart``.
    ``aliases`` are more addresses of the call, each with the answers that it settles.
    """

    name: str
    takes: Takes
    read: Callable[[Values, Desk], Command]
    template: str
    looks_up: Callable[[Connection, Desk, Sent], Known] = nothing_known
    checks: Callable[[Values, Desk], Iterable[Problem]] = nothing_wrong
    shows: Callable[[Connection, Desk, Form], Known] = nothing_known
    fills: Callable[[Connection, Desk], Mapping[str, str | Sequence[str]]] | None = None
    apart: bool = False
    aliases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def by(self) -> frozenset[Seat]:
        """The seats that may do it."""
        return frozenset(seat for act in at_address(self.name) for seat in act.by)

    def hold_to(self, visitor: Visitor) -> None:
        """Raises NotAllowed for a seat that never does it, before anything is said of what was sent."""
        if visitor.seat not in self.by:
            raise NotAllowed("This is not for you to do in this case.")


def addresses(readers: Iterable[Reader]) -> dict[str, tuple[Reader, Takes]]:
    """Every name under which an act is called, with what it takes there."""
    named: dict[str, tuple[Reader, Takes]] = {}
    for reader in readers:
        named[reader.name] = (reader, reader.takes)
        named |= {alias: (reader, reader.takes.given(**given)) for alias, given in reader.aliases.items()}
    return named


def desk_of(
    reader: Reader, conn: Connection, premises: Premises, row: CaseRow, visitor: Visitor, sent: Sent
) -> Desk:
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    desk = Desk(premises, row, folded(conn, row.case_id), rulebook, visitor, premises.clock.now())
    return replace(desk, known=reader.looks_up(conn, desk, sent))


def carried_out(reader: Reader, desk: Desk, sent: Door, takes: Takes | None = None) -> Done | None:
    """Read the act and do it; None where something is to be mended, which stands in ``sent.problems``.

    Raises Refused, NotAllowed, NotFound, OutOfDate.
    """
    values = (takes or reader.takes).read(sent, desk)
    for problem in reader.checks(values, desk):
        sent.refuse(problem.field, problem.sentence)
    if not sent.is_good:
        _in_order(sent.problems, reader.takes)
        return None
    row, command = desk.row, reader.read(values, desk)
    return casebook.carry_out(desk.premises, row.case_id, command, by=desk.visitor, seen=row.position)


def _in_order(problems: list[Problem], takes: Takes) -> None:
    """As their fields stand on the page, so that somebody who mends them goes downwards."""
    places = {one.name: place for place, one in enumerate(takes.fields)}
    problems.sort(key=lambda one: places.get(one.field.partition(".")[0], len(places)))
