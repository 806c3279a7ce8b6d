"""The Codes in the shape of the API and of ``--json``; the field names are for ever."""

from typing import Any

from compact_cases.rules.codes import NOT_HELD, Clause, Code, Edition


def code_as_json(code: Code) -> dict[str, Any]:
    return {
        "code": code.slug,
        "title": code.title,
        "held": bool(code.editions),
        "editions": [edition.id for edition in code.editions],
        "note": None if code.editions else NOT_HELD,
    }


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """What was read of an edition, in numbers."""
    return {
        "code": edition.code,
        "title": edition.title,
        "edition": edition.id,
        "undertakings": len(edition.clauses),
        "parts": sum(len(clause.parts) for clause in edition.clauses),
    }


def clause_as_json(clause: Clause, edition: Edition) -> dict[str, Any]:
    return {
        "clause": clause.id,
        "code": clause.code,
        "edition": edition.id,
        "text": clause.text,
        "owed_by": clause.owed_by,
        "section": clause.section,
        "parts": [clause_as_json(part, edition) for part in clause.parts],
    }
