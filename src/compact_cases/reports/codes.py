"""The Codes in the shape of the API and of ``--json``; the field names are for ever."""

from typing import Any

from compact_cases.rules.code_comparison import Comparison
from compact_cases.rules.code_reader import ReadCode
from compact_cases.rules.codes import NOT_HELD, Clause, Code, Edition


def code_as_json(code: Code) -> dict[str, Any]:
    return {
        "code": code.slug,
        "title": code.title,
        "held": code.in_force is not None,
        "editions": [edition.id for edition in code.editions],
        "in_force": code.in_force.id if code.in_force else None,
        "note": None if code.in_force else NOT_HELD,
    }


def read_as_json(read: ReadCode) -> dict[str, Any]:
    """What a document holds: sub-points are undertakings too, each with its line."""
    every = [one for clause in read.edition.clauses for one in (clause, *clause.parts)]
    return {
        "undertakings": [
            {"clause": one.id, "owed_by": one.owed_by, "text": one.text, "line": one.line}
            | ({"closing": one.closing} if one.closing else {})
            for one in every
        ],
        "context": [{"line": one.line, "text": one.text, "flag": one.flag} for one in read.context],
    }


def compared_as_json(difference: Comparison) -> dict[str, list[str]]:
    """The ids of what is new, gone and changed."""
    return {
        "new": [clause.id for clause in difference.new],
        "gone": [clause.id for clause in difference.gone],
        "changed": [now.id for _, now in difference.changed],
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
        "closing": clause.closing,
    }
