"""The office’s register of mediators: somebody is put on it, or taken off."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail.addresses import problem_with
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.registry import at_work
from compact_cases.records import bodies, mediators, people
from compact_cases.records.mediators import Mediator
from compact_cases.records.people import Person
from compact_cases.rules.refusals import Refused


def add(
    premises: Premises,
    name: str,
    email: str,
    *,
    areas: str = "",
    languages: str = "",
    terms: str = "",
    conflicts: Sequence[UUID] = (),
) -> Mediator:
    """Raises Refused where name or address is missing, or a body is not on the register."""
    new = Mediator(new_id(), name.strip(), areas.strip(), languages.strip(), terms.strip(), tuple(conflicts))
    with premises.engine.begin() as conn:
        return enter(conn, premises, new, email)


def enter(conn: Connection, premises: Premises, new: Mediator, email: str) -> Mediator:
    """The same in a transaction that is open; several of a file stand in one."""
    if not new.name:
        raise Refused("Please give the mediator’s name.", "name")
    if wrong := problem_with(email) if email else "Please give an e-mail address that letters can go to.":
        raise Refused(wrong, "email")
    known = bodies.get_many(conn, list(new.conflicts))
    if set(new.conflicts) - known.keys():
        raise Refused("Please choose bodies that are on the register.", "conflicts")
    now = premises.clock.now()
    people.add(conn, Person(new.person_id, mediators.ROLE, name=new.name, area=new.areas), now)
    people.add_contact_point(conn, new_id(), new.person_id, "email", email.strip(), now)
    mediators.add(conn, new)
    return new


def take_off(premises: Premises, person_id: UUID) -> None:
    """Raises Refused while they mediate: from then on no letter reaches them, so another is found before."""
    with premises.engine.begin() as conn:
        people.hold(conn, person_id)
        at_work.hold_to_mediation(conn, person_id)
        people.end(conn, person_id, premises.clock.now())
