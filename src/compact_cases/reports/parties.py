"""The people of a case and how to reach them; for officers only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import people
from compact_cases.records.people import ContactPoint, Person
from compact_cases.reports.case_shape import PersonShown, Reach
from compact_cases.reports.names import telling_words
from compact_cases.rules.case import Case
from compact_cases.rules.concern import KINDS

DETAILS = {
    "authority": "Authority to speak",
    "best_times": "Best times",
    "second_name": "Second contact",
    "second_reach": "How to reach them",
    "on_behalf_of": "Raised for",
}


def people_of(conn: Connection, case: Case) -> tuple[PersonShown, ...]:
    """The raiser, then the respondent's contacts, deputies after the person they stand in for."""
    raiser = list(people.get(conn, [case.raiser]).values()) if case.raiser else []
    contacts = people.of_bodies(conn, [case.respondent]) if case.respondent else []
    points = people.points_of(conn, [one.id for one in (*raiser, *contacts)]) if raiser or contacts else {}
    ordered = sorted(contacts, key=lambda one: (ORDER.index(one.role), one.deputy_of is not None))
    return tuple(_shown(one, points.get(one.id, [])) for one in (*raiser, *ordered))


ORDER = ["champion", "senior-lead", "chief-officer"]


def telling_words_of(conn: Connection, raiser: UUID | None) -> frozenset[str]:
    """Every word of the raiser's row and addresses by which they could be known."""
    if raiser is None:
        return frozenset()
    person = people.get(conn, [raiser]).get(raiser)
    if person is None:
        return frozenset()
    points = people.points_of(conn, [raiser]).get(raiser, [])
    details = [value for name, value in person.details.items() if name in ("second_name", "on_behalf_of")]
    return telling_words([*_identity(person), *details, *(one.address for one in points)])


def _identity(person: Person) -> list[str]:
    return [person.name, person.organisation, person.area, person.post_title]


def _shown(person: Person, points: Sequence[ContactPoint]) -> PersonShown:
    details = [(words, value) for name, words in DETAILS.items() if (value := person.details.get(name))]
    if person.organisation_kind:
        details.insert(0, ("Kind", KINDS.get(person.organisation_kind, person.organisation_kind)))
    return PersonShown(
        id=person.id,
        role=person.role,
        name=person.name,
        post_title=person.post_title,
        organisation=person.organisation,
        area=person.area,
        points=tuple(Reach(one.kind, one.address, one.refusal) for one in points),
        details=tuple(details),
        deputy=person.deputy_of is not None,
        absent_until=person.absent_until,
    )
