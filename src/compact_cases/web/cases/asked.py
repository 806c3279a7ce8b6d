"""What the address of the list asks for: its fields, and the filters that they mean."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from litestar import Request
from sqlalchemy import Connection

from compact_cases.office.registry import library
from compact_cases.reports.case_list import Filters
from compact_cases.rules.course import Stage
from compact_cases.rules.permissions import Visitor

STAGES = tuple(stage.value for stage in Stage)
FIELDS = ("q", "stage", "due", "overdue", "waiting", "officer", "body", "clause", "fast", "closed", "todo")
LONGEST = 200  # of a field; what a list is asked for is shorter


def asked_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The fields that say something, the place in the list (``after``) among them."""
    return {name: value.strip() for name, value in request.query_params.items() if value.strip()}


def as_query(asked: Mapping[str, str]) -> str:
    """The same for the address of a whole list, always in one order: no place in it, nothing unknown."""
    return urlencode([(name, asked[name][:LONGEST]) for name in FIELDS if asked.get(name)])


def in_query(query: str) -> dict[str, str]:
    """The fields of a list's query that mean something; the others are left out."""
    try:
        found = dict(parse_qsl(query, max_num_fields=50))
    except ValueError:
        return {}
    return {name: found[name].strip()[:LONGEST] for name in FIELDS if found.get(name, "").strip()}


def filters_of(asked: Mapping[str, str], visitor: Visitor) -> Filters:
    """What is asked for; what it cannot mean is left out."""
    stage = asked.get("stage", "")
    return Filters(
        stage=stage if stage in STAGES else "",
        overdue=asked.get("overdue") == "yes" or asked.get("due") == "overdue",
        today=asked.get("due") == "today",
        clause=asked.get("clause", "")[:80],
        body=asked.get("body", "")[:200],
        officer=_id(asked.get("officer", "")),
        waiting=asked.get("waiting") in ("me", "yes"),
        fast=asked.get("fast") == "yes",
        closed=asked.get("closed") == "yes" or stage == Stage.CLOSED.value,
        todo=asked.get("todo") == "yes" or asked.get("closed") == "todo",
        words=asked.get("q", "")[:200],
        after=asked.get("after", "")[:100],
        bodies=visitor.bodies,
    )


def with_clause(conn: Connection, filters: Filters) -> Filters:
    """The undertaking as it is stored, however it was spelt."""
    if not filters.clause:
        return filters
    return replace(filters, clause=library.current_rulebook(conn).codes.meant_by(filters.clause))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
