"""A new return code for a raiser, made by an officer: shown once, never in a letter."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.accounts import party_access
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound

FOR_OFFICERS: dict[str, Any] = {"opt": {"permission": Permission.OFFICER}, "sync_to_thread": True}


@get("/cases/{ref:str}/return-code", **FOR_OFFICERS)
def ask(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Template:
    """What it does, before it is done."""
    return _page(premises, ref, visitor)


@post("/cases/{ref:str}/return-code", status_code=200, **FOR_OFFICERS)
def make(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Template:
    """The code stands on this answer and nowhere else."""
    code = party_access.new_return_code(premises, ref, by=visitor)
    return _page(premises, ref, visitor, code)


def _page(premises: Premises, ref: str, visitor: Visitor, made: str = "") -> Template:
    reference = normalise(ref, premises.settings.office.prefix)
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference) if reference else None
    if row is None or not may_open(visitor, row):
        raise NotFound(NO_CASE)
    return Template("cases/return-code.html", context={"reference": row.reference, "made": made})


routes = [ask, make]
