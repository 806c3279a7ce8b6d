"""The Codes as JSON: the list, one Code, one undertaking. Public; the fields are for ever."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports.codes import clause_as_json, code_as_json
from compact_cases.rules.permissions import Permission
from compact_cases.web.codes import EditionNamed, clause_of, code_named, edition_of

PUBLIC = {"permission": Permission.PUBLIC}


@get("/api/codes", opt=PUBLIC, sync_to_thread=True)
def list_codes(premises: NamedDependency[Premises]) -> dict[str, Any]:
    """Every Code that the Compact names, held or not."""
    with reading(premises.engine) as conn:
        return {"codes": [code_as_json(code) for code in library.codes_held(conn).codes]}


@get("/api/codes/{slug:str}", opt=PUBLIC, sync_to_thread=True)
def show_code(
    premises: NamedDependency[Premises], slug: FromPath[str], edition_id: EditionNamed = None
) -> dict[str, Any]:
    """One Code with its undertakings; without clauses where its text is not held."""
    with reading(premises.engine) as conn:
        code = code_named(library.codes_held(conn), slug)
    edition = edition_of(code, edition_id) if code.editions or edition_id else None
    return {
        **code_as_json(code),
        "edition": edition.id if edition else None,
        "sections": [
            {"number": one.number, "heading": one.heading, "owed_by": one.owed_by, "text": one.text}
            for one in (edition.sections if edition else ())
        ],
        "clauses": [clause_as_json(clause, edition) for clause in edition.clauses] if edition else [],
    }


@get("/api/codes/{slug:str}/{number:str}", opt=PUBLIC, sync_to_thread=True)
def show_clause(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    edition_id: EditionNamed = None,
) -> dict[str, Any]:
    """One undertaking, with its sub-points as ``parts``."""
    return _clause(premises, slug, number, None, edition_id)


@get("/api/codes/{slug:str}/{number:str}/{letter:str}", opt=PUBLIC, sync_to_thread=True)
def show_part(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    letter: FromPath[str],
    edition_id: EditionNamed = None,
) -> dict[str, Any]:
    """One sub-point of an undertaking."""
    return _clause(premises, slug, number, letter, edition_id)


def _clause(
    premises: Premises, slug: str, number: str, letter: str | None, edition_id: str | None
) -> dict[str, Any]:
    with reading(premises.engine) as conn:
        edition = edition_of(code_named(library.codes_held(conn), slug), edition_id)
    return clause_as_json(clause_of(edition, number, letter), edition)


routes = [list_codes, show_code, show_clause, show_part]
