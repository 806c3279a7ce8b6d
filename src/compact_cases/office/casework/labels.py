"""What a case is called in lists and searches, found again in the rows that its log names."""

from collections.abc import Iterable

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.records import bodies, people, statements
from compact_cases.records.event_log import Recorded
from compact_cases.rules.case import Case
from compact_cases.rules.concern import tags_of
from compact_cases.rules.events.intake import AlsoTold, RespondentMatched
from compact_cases.rules.intake import ADJUSTMENTS, AFRAID, AS_NAMED
from compact_cases.rules.statements import Sealed

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


def seen_at_once(conn: Connection, case: Case) -> tuple[str, ...]:
    """The tags that the case was given when it was opened, as far as its answers are still there."""
    raiser, told = case.intake.raiser, dict(case.intake.told)
    person = people.get(conn, [raiser]).get(raiser) if raiser else None
    afraid, adjustments = (
        " ".join(_texts(conn, [told[question]] if question in told else []))
        for question in (AFRAID, ADJUSTMENTS)
    )
    raised_for = person.details.get("on_behalf_of", "") if person else ""
    return tags_of(afraid=afraid, adjustments=adjustments, raised_for=raised_for)


def respondents_of(conn: Connection, log: Iterable[Recorded]) -> list[str]:
    """Every name under which officers look for the respondent: as typed, and as matched, each time."""
    events = [one.event for one in log]
    matched = bodies.get_many(conn, [one.body for one in events if isinstance(one, RespondentMatched)])
    told = [one for one in events if isinstance(one, AlsoTold) and one.question == AS_NAMED]
    return [*_texts(conn, [one.answer for one in told]), *(one.name for one in matched.values())]


def _respondent(conn: Connection, case: Case) -> str:
    respondent = case.intake.respondent
    body = bodies.get(conn, respondent) if respondent else None
    if body:
        return body.name
    return " ".join(_texts(conn, [sealed for question, sealed in case.intake.told if question == AS_NAMED]))


def _texts(conn: Connection, sealed: Iterable[Sealed]) -> list[str]:
    return [one.text for one in statements.get(conn, [one.statement for one in sealed]).values()]
