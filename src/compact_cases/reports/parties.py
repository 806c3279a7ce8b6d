"""The people of a case and how to reach them; for officers only."""

import json
from uuid import UUID

from sqlalchemy import Connection, Row, text

from compact_cases.records import people
from compact_cases.records.people import Person
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


QUERY = text("""
SELECT p.id, p.role, p.name, p.post_title, p.organisation, p.organisation_kind, p.area, p.details,
       p.deputy_of IS NOT NULL AS deputy, p.absent_until,
       ARRAY(SELECT ARRAY[c.kind, c.address, c.refusal] FROM contact_points c
             WHERE c.person_id = p.id AND c.ended_at IS NULL ORDER BY c.added_at) AS points
FROM people p
WHERE p.id = :raiser OR (p.body_id = :body AND p.ended_at IS NULL) ORDER BY p.created_at
""")
ORDER = ["raiser", "proxy", "champion", "senior-lead", "chief-officer"]


def people_of(conn: Connection, case: Case) -> tuple[PersonShown, ...]:
    """The raiser, then the respondent's contacts, deputies after the person they stand in for."""
    rows = conn.execute(QUERY, {"raiser": case.raiser, "body": case.respondent})
    found = [_shown(row) for row in rows]
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


def _shown(row: Row[tuple[object, ...]]) -> PersonShown:
    told = json.loads(row.details)
    details = [(words, value) for name, words in DETAILS.items() if (value := told.get(name))]
    if row.organisation_kind:
        details.insert(0, ("Kind", KINDS.get(row.organisation_kind, row.organisation_kind)))
    return PersonShown(
        id=row.id,
        role=row.role,
        name=row.name,
        post_title=row.post_title,
        organisation=row.organisation,
        area=row.area,
        points=tuple(Reach(*point) for point in row.points),
        details=tuple(details),
        deputy=row.deputy,
        absent_until=row.absent_until,
    )
