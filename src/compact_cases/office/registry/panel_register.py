"""The register of panellists: people are put on it and taken off; a panel is chosen from it."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail.addresses import problem_with as problem_with_address
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.registry import at_work
from compact_cases.records import bodies, panellists, people
from compact_cases.records.panellists import ROLE, SECTORS, Registered
from compact_cases.records.people import ContactPoint, Person
from compact_cases.records.reading import reading
from compact_cases.rules.refusals import Refused


def listed(premises: Premises) -> list[Registered]:
    with reading(premises.engine) as conn:
        return panellists.listed(conn)


def add(
    premises: Premises,
    *,
    name: str,
    email: str,
    sector: str,
    organisation: str = "",
    body_id: UUID | None = None,
    standing: bool = True,
) -> UUID:
    """Raises Refused with the sentence and its field."""
    new = Registered(new_id(), name.strip(), organisation.strip(), sector, body_id, standing)
    with premises.engine.begin() as conn:
        return enter(conn, premises, new, email)


def enter(conn: Connection, premises: Premises, new: Registered, email: str) -> UUID:
    """The same in a transaction that is open; several of a file stand in one."""
    if not new.name:
        raise Refused("Please give the name of the panellist.", "name")
    if wrong := problem_with_address(email) if email else "Please give an e-mail address.":
        raise Refused(wrong, "email")
    if new.sector not in SECTORS:
        raise Refused("Please say for which sector they sit.", "sector")
    body = bodies.get(conn, new.body_id) if new.body_id else None
    if new.body_id and body is None:
        raise Refused("Please choose a body that is on the register.", "body")
    belongs, at = body.name if body else new.organisation, premises.clock.now()
    people.add(conn, Person(new.id, ROLE, name=new.name, organisation=belongs), at)
    people.add_first_points(conn, [ContactPoint(new_id(), new.id, "email", email.strip())], at)
    panellists.add(conn, replace(new, organisation=belongs), at)
    return new.id


def take_off(premises: Premises, person: UUID) -> None:
    """They are chosen no more. Raises Refused while they sit: they are replaced in that case before."""
    with premises.engine.begin() as conn:
        if person not in {one.id for one in panellists.listed(conn)}:
            raise Refused("This person is not on the register of panellists.")
        people.hold(conn, person)
        at_work.hold_to_panel(conn, person)
        people.end(conn, person, premises.clock.now())
