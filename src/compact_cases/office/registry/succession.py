"""A body ends and another takes its cases: said on the register with its day, carried out case by case."""

import logging
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import casebook
from compact_cases.office.premises import Premises
from compact_cases.office.registry import registry
from compact_cases.records import bodies, body_successions, people
from compact_cases.records.body_successions import Succession
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused
from compact_cases.rules.succession import Succeed

_log = logging.getLogger(__name__)


def name_successor(premises: Premises, body_id: UUID, name: str, from_day: date) -> Succession:
    """Say who takes over, by its name on the register. Raises Refused with the field, and NotFound."""
    with premises.engine.begin() as conn:
        body = registry.held(conn, body_id)
        if body.ended_on is not None:
            raise Refused(f"{body.name} has ended already.", "successor")
        successor = bodies.named(conn, name)
        if successor is None:
            raise Refused(f"There is no body {name!r} on the register. Add it first.", "successor")
        if successor.id == body_id:
            raise Refused("A body does not succeed itself. Please name another one.", "successor")
        if (back := body_successions.of_body(conn, successor.id)) and back.successor_id == body_id:
            raise Refused(
                f"{body.name} is to take over from {successor.name}. Please look again.", "successor"
            )
        if not _has_champion(conn, successor.id):
            raise Refused(f"{successor.name} has no champion yet. Please name one first.", "successor")
        said = Succession(body_id, successor.id, from_day)
        body_successions.put(conn, said, premises.clock.now())
    follow(premises)
    return said


def _has_champion(conn: Connection, body_id: UUID) -> bool:
    return any(one.role == "champion" for one in people.of_bodies(conn, [body_id]))


def follow(premises: Premises) -> int:
    """Carry out what is due: each case by itself, then the body ends. How many cases went over.

    What one case refuses stays, and is tried again at the next round; the body ends when none is left.
    """
    with premises.engine.connect() as conn:
        due = body_successions.waiting(conn, premises.clock.today())
    return sum(_carried_out(premises, one) for one in due)


def _carried_out(premises: Premises, one: Succession) -> int:
    with premises.engine.connect() as conn:
        cases = body_successions.cases_of(conn, one.body_id)
        heir = _heir(conn, one)
    gone = 0
    for case in cases:
        try:
            casebook.carry_out(premises, case.case_id, Succeed(heir), by=SYSTEM)
            gone += 1
        except Refused as refused:
            _log.error("a case could not go over to the body that succeeds: %s", refused.sentence)
    if gone == len(cases):
        at = premises.clock.now()
        with premises.engine.begin() as conn:
            body_successions.end(conn, one, at)
            for contact in people.of_bodies(conn, [one.body_id]):
                people.end(conn, contact.id, at)
    return gone


def _heir(conn: Connection, one: Succession) -> UUID:
    """Where the successor has been succeeded itself, the last of them."""
    seen, heir = {one.body_id}, one.successor_id
    while heir not in seen and (later := body_successions.of_body(conn, heir)) and later.done_at:
        seen.add(heir)
        heir = later.successor_id
    return heir
