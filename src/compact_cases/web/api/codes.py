"""The Codes as JSON: the list, one Code, one undertaking. Public; the fields are for ever."""

from typing import Any, cast

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports.codes import clause_as_json, code_as_json
from compact_cases.rules.codes import Clause, Edition
from compact_cases.rules.permissions import Permission
from compact_cases.web.api.answers import ClauseShown, CodeList, CodeShown, WholeCode
from compact_cases.web.api.description import TakesNothing, problems
from compact_cases.web.codes import EditionNamed, clause_of, code_named, edition_of

PUBLIC: dict[str, Any] = {
    "opt": {"permission": Permission.PUBLIC},
    "operation_class": TakesNothing,
    "responses": problems(401, 404, 422),
    "sync_to_thread": True,
}


@get("/api/codes", **PUBLIC)
def list_codes(premises: NamedDependency[Premises]) -> CodeList:
    """Every Code that the Compact names, held or not."""
    with reading(premises.engine) as conn:
        return {"codes": [cast(CodeShown, code_as_json(code)) for code in library.codes_held(conn).codes]}


@get("/api/codes/{slug:str}", **PUBLIC)
def show_code(
    premises: NamedDependency[Premises], slug: FromPath[str], edition_id: EditionNamed = None
) -> WholeCode:
    """One Code with its undertakings; without clauses where its text is not held."""
    with reading(premises.engine) as conn:
        code = code_named(library.codes_held(conn), slug)
    edition = edition_of(code, edition_id) if code.editions or edition_id else None
    return {
        **cast(CodeShown, code_as_json(code)),
        "edition": edition.id if edition else None,
        "sections": [
            {"number": one.number, "heading": one.heading, "owed_by": one.owed_by, "text": one.text}
            for one in (edition.sections if edition else ())
        ],
        "clauses": [_shown(clause, edition) for clause in edition.clauses] if edition else [],
    }


@get("/api/codes/{slug:str}/{number:str}", **PUBLIC)
def show_clause(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    edition_id: EditionNamed = None,
) -> ClauseShown:
    """One undertaking, with its sub-points as ``parts``."""
    return _clause(premises, slug, number, None, edition_id)


@get("/api/codes/{slug:str}/{number:str}/{letter:str}", **PUBLIC)
def show_part(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    letter: FromPath[str],
    edition_id: EditionNamed = None,
) -> ClauseShown:
    """One sub-point of an undertaking."""
    return _clause(premises, slug, number, letter, edition_id)


def _clause(
    premises: Premises, slug: str, number: str, letter: str | None, edition_id: str | None
) -> ClauseShown:
    with reading(premises.engine) as conn:
        edition = edition_of(code_named(library.codes_held(conn), slug), edition_id)
    return _shown(clause_of(edition, number, letter), edition)


def _shown(clause: Clause, edition: Edition) -> ClauseShown:
    return cast(ClauseShown, clause_as_json(clause, edition))


routes = [list_codes, show_code, show_clause, show_part]
