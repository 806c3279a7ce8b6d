"""The people of a case and how to reach them; for officers only."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.records.people import SECOND_CONTACT
from compact_cases.records.ready import Ask
from compact_cases.reports.case_shape import PersonShown, Reach
from compact_cases.rules.concern import KINDS

RAISED_FOR = "Raised for"
DETAILS = {
    "authority": "Authority to speak",
    "best_times": "Best times",
    "on_behalf_of": RAISED_FOR,
}


QUERY = """
SELECT p.id, p.role, p.name, p.post_title, p.organisation, p.area, p.organisation_kind, p.details,
       p.deputy_of IS NOT NULL, p.absent_until,
       ARRAY(SELECT ARRAY[c.kind, c.address, c.refusal] FROM contact_points c
             WHERE c.person_id = p.id AND c.ended_at IS NULL ORDER BY c.added_at)
FROM people p
WHERE p.concern_id = %(concern)s OR (p.body_id = %(body)s AND p.ended_at IS NULL) ORDER BY p.created_at
"""
ORDER = ["raiser", "proxy", "champion", "senior-lead", "chief-officer"]


def asking(concern_id: UUID, body_id: UUID | None) -> Ask:
    return QUERY, {"concern": concern_id, "body": body_id}


def people_in(rows: Sequence[tuple[Any, ...]]) -> tuple[PersonShown, ...]:
    """The raiser, then the respondent's contacts, deputies after the person they stand in for."""
    seconds = [detail for row in rows if row[1] == SECOND_CONTACT for detail in _second(*row)]
    found = [_shown(*row) for row in rows if row[1] != SECOND_CONTACT]
    found = [replace(one, details=(*one.details, *seconds)) if one.role == "raiser" else one for one in found]
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.role), one.deputy)))


def _second(*row: Any) -> Iterator[tuple[str, str]]:
    """The second contact of the raiser, beside whom they stand on the page."""
    if row[2]:
        yield "Second contact", row[2]
    if reach := json.loads(row[7]).get("reach"):
        yield "How to reach them", reach


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
