"""The office’s register of mediators: somebody is put on it, or taken off."""

from collections.abc import Sequence
from uuid import UUID

from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
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
    if not name.strip():
        raise Refused("Please give the mediator’s name.", "name")
    if "@" not in email:
        raise Refused("Please give an e-mail address that letters can go to.", "email")
    now, one = premises.clock.now(), new_id()
    mediator = Mediator(one, name.strip(), areas.strip(), languages.strip(), terms.strip(), tuple(conflicts))
    with premises.engine.begin() as conn:
        known = bodies.get_many(conn, list(conflicts))
        if set(conflicts) - known.keys():
            raise Refused("Please choose bodies that are on the register.", "conflicts")
        people.add(conn, Person(one, mediators.ROLE, name=mediator.name, area=mediator.areas), now)
        people.add_contact_point(conn, new_id(), one, "email", email.strip(), now)
        mediators.add(conn, mediator)
    return mediator


def take_off(premises: Premises, person_id: UUID) -> None:
    """From new cases; a case that they mediate stays theirs, but no letter reaches them any more."""
    with premises.engine.begin() as conn:
        people.end(conn, person_id, premises.clock.now())
