"""A body ends and another takes its cases: said on the register with its day, carried out case by case."""

import logging
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import casebook
from compact_cases.office.premises import Premises
from compact_cases.office.registry import registry
from compact_cases.records import bodies, body_successions, people
from compact_cases.records.bodies import Body
from compact_cases.records.body_successions import Succession
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused
from compact_cases.rules.succession import Divide, Succeed

_log = logging.getLogger(__name__)


def name_successor(
    premises: Premises, body_id: UUID, name: str, from_day: date, second: str = ""
) -> Succession:
    """Say who takes over, by its name on the register; ``second`` where the body is divided in two.

    Raises Refused with the field, and NotFound.
    """
    with premises.engine.begin() as conn:
        body = registry.held(conn, body_id)
        if body.ended_on is not None:
            raise Refused(f"{body.name} has ended already.", "successor")
        heir = _one_heir(conn, body, name, "successor")
        other = _one_heir(conn, body, second, "second") if second else None
        if heir == other:
            raise Refused("That is the same body twice. Please name the other one.", "second")
        said = Succession(body_id, heir, from_day, second_id=other)
        body_successions.put(conn, said, premises.clock.now())
    follow(premises)
    return said


def _one_heir(conn: Connection, body: Body, name: str, field: str) -> UUID:
    successor = bodies.named(conn, name)
    if successor is None:
        raise Refused(f"There is no body {name!r} on the register. Add it first.", field)
    if successor.id == body.id:
        raise Refused("A body does not succeed itself. Please name another one.", field)
    if (back := body_successions.of_body(conn, successor.id)) and body.id in back.heirs:
        raise Refused(f"{body.name} is to take over from {successor.name}. Please look again.", field)
    if not _has_champion(conn, successor.id):
        raise Refused(f"{successor.name} has no champion yet. Please name one first.", field)
    return successor.id


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
    """Of a body that was divided each case waits for an officer's choice, and leaves it with that."""
    with premises.engine.connect() as conn:
        cases = body_successions.cases_of(conn, one.body_id)
        heirs = tuple(_heir(conn, one.body_id, heir) for heir in one.heirs)
    command = Divide(heirs) if len(heirs) > 1 else Succeed(heirs[0])
    gone = 0
    for case in cases:
        try:
            casebook.carry_out(premises, case.case_id, command, by=SYSTEM)
            gone += 1
        except Refused as refused:
            _log.error("a case could not go over to the body that succeeds: %s", refused.sentence)
    if gone == len(cases) and (not cases or len(heirs) == 1):
        at = premises.clock.now()
        with premises.engine.begin() as conn:
            body_successions.end(conn, one, at)
            for contact in people.of_bodies(conn, [one.body_id]):
                people.end(conn, contact.id, at)
    return gone


def _heir(conn: Connection, body_id: UUID, heir: UUID) -> UUID:
    """Where the successor has been succeeded itself, the last of them."""
    seen = {body_id}
    while heir not in seen and (later := body_successions.of_body(conn, heir)) and later.done_at:
        seen.add(heir)
        heir = later.successor_id
    return heir
