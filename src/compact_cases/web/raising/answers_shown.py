"""The answers of a draft as a person reads them back: the rows of "Check your answers"."""

from dataclasses import dataclass

from sqlalchemy import Connection

from compact_cases.records.drafts import Draft
from compact_cases.rules.concern import AFRAID, KINDS, REMEDIES, SECTORS, STILL_HAPPENING, Concern
from compact_cases.web.frame.forms import Form
from compact_cases.web.raising import looking_up
from compact_cases.web.raising.questions import CLOSES, PRIVACY, asked, concern_of

NOTHING = "Nothing to add"


@dataclass(frozen=True)
class Row:
    """A question, the lines of its answer, and the name of its page."""

    title: str
    lines: list[str]
    page: str


def rows(conn: Connection, form: Form, draft: Draft) -> list[Row]:
    """One row a question, in the order of the form; an empty answer says so."""
    concern = concern_of(Form(form.typed), draft)
    told = {
        "privacy": [PRIVACY.get(form.one("confidentiality"), ""), *_afraid(concern)],
        **_identity(concern),
        "about": _respondent(concern, 0),
        "second": _respondent(concern, 1) or ["No"],
        "account": [concern.account],
        "when": [concern.happened, *_still(concern)],
        "closes": _closes(concern, form),
        "undertakings": _undertakings(conn, concern),
        "tried": [concern.tried],
        "remedy": [*(REMEDIES[one] for one in concern.remedies), concern.remedy_text],
        "papers": [concern.papers],
        "adjustments": [concern.adjustments],
        "routes": [concern.other_routes],
    }
    return [
        Row(question.title, [line for line in told[question.name] if line] or [NOTHING], question.name)
        for question in asked(form.typed)
    ]


def _identity(concern: Concern) -> dict[str, list[str]]:
    raiser = concern.raiser
    if raiser is None:
        return {}
    second = ", ".join(part for part in (raiser.second_name, raiser.second_reach) if part)
    return {
        "group": [raiser.name, KINDS.get(raiser.kind, ""), raiser.area],
        "person": [raiser.person, raiser.role, raiser.authority, f"Or ask: {second}" if second else ""],
        "behalf": [f"For {raiser.on_behalf_of}" if raiser.on_behalf_of else "Our own group’s"],
        "reach": [raiser.email, raiser.phone, raiser.post, raiser.best_times],
    }


def _respondent(concern: Concern, number: int) -> list[str]:
    if len(concern.respondents) <= number:
        return []
    named = concern.respondents[number]
    return [named.name, SECTORS.get(named.sector, "")]


def _afraid(concern: Concern) -> list[str]:
    if not concern.afraid:
        return []
    return [f"Afraid of what may follow? {AFRAID[concern.afraid]}", concern.afraid_text]


def _still(concern: Concern) -> list[str]:
    if not concern.still_happening:
        return []
    return [f"Is it still happening? {STILL_HAPPENING[concern.still_happening]}"]


def _closes(concern: Concern, form: Form) -> list[str]:
    if concern.closes_on:
        day = concern.closes_on
        yes = f"Yes, on {day:%A} {day.day} {day:%B} {day.year}"
        return [yes, concern.closes_what, concern.closes_since]
    return [CLOSES.get(form.one("closes"), ""), concern.closes_what, concern.closes_since]


def _undertakings(conn: Connection, concern: Concern) -> list[str]:
    lines = looking_up.clause_words(conn, [cited.clause for cited in concern.clauses if cited.clause])
    for cited in concern.clauses:
        if not cited.clause:
            lines.append(
                f"{looking_up.code_title(conn, cited.code)}: {cited.paragraph or 'no paragraph named'}"
            )
    return lines or ["Not sure: an officer will look for them with me"]
