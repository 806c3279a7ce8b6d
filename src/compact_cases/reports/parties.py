"""The people of a case and how to reach them; for officers only."""

import json
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.records.ready import fetched
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


QUERY = """
SELECT p.id, p.role, p.name, p.post_title, p.organisation, p.area, p.organisation_kind, p.details,
       p.deputy_of IS NOT NULL, p.absent_until,
       ARRAY(SELECT ARRAY[c.kind, c.address, c.refusal] FROM contact_points c
             WHERE c.person_id = p.id AND c.ended_at IS NULL ORDER BY c.added_at)
FROM people p
WHERE p.id = %(raiser)s OR (p.body_id = %(body)s AND p.ended_at IS NULL) ORDER BY p.created_at
"""
ORDER = ["raiser", "proxy", "champion", "senior-lead", "chief-officer"]


def people_of(conn: Connection, case: Case) -> tuple[PersonShown, ...]:
    """The raiser, then the respondent's contacts, deputies after the person they stand in for."""
    rows = fetched(conn, QUERY, {"raiser": case.raiser, "body": case.respondent})
    found = [_shown(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.role), one.deputy)))


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


def _shown(
    id: UUID,
    role: str,
    name: str,
    post_title: str,
    organisation: str,
    area: str,
    organisation_kind: str,
    more: str,
    deputy: bool,
    absent_until: date | None,
    points: list[list[str]],
) -> PersonShown:
    """A row of QUERY."""
    told = json.loads(more)
    details = [(words, value) for name, words in DETAILS.items() if (value := told.get(name))]
    if organisation_kind:
        details.insert(0, ("Kind", KINDS.get(organisation_kind, organisation_kind)))
    reach = tuple(Reach(kind, address, refusal) for kind, address, refusal in points)
    return PersonShown(
        id, role, name, post_title, organisation, area, reach, tuple(details), deputy, absent_until
    )
