"""What a case is called in lists and searches, found again in the rows that its log names."""

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.records import bodies, people, statements
from compact_cases.rules.case import Case
from compact_cases.rules.intake import AS_NAMED

ANONYMOUS = "Anonymous"
Labels = tuple[str, str, str]
"""The raiser's, the raiser as the other side reads it, the respondent's."""


def somebody(premises: Premises) -> str:
    """How the other side reads of a raiser of whom nothing is known."""
    return f"Somebody in {premises.settings.office.area}"


def labels_of(conn: Connection, premises: Premises, case: Case) -> Labels:
    """The same labels that the case was given when it was opened, and when a body was matched."""
    raiser = case.intake.raiser
    person = people.get(conn, [raiser]).get(raiser) if raiser else None
    known = (person.organisation, person.shown_as) if person else (ANONYMOUS, somebody(premises))
    return (*known, _respondent(conn, case))


def _respondent(conn: Connection, case: Case) -> str:
    respondent = case.intake.respondent
    body = bodies.get(conn, respondent) if respondent else None
    if body:
        return body.name
    named = [sealed.statement for question, sealed in case.intake.told if question == AS_NAMED]
    return " ".join(one.text for one in statements.get(conn, named).values())
