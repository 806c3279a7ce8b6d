"""Undertakings to tick: those that a case cites, and those that a search finds, with who owes each."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from compact_cases.records import bodies
from compact_cases.records.bodies import Body
from compact_cases.reports.undertakings import owed_by_another, title_of
from compact_cases.rules.act import REASON
from compact_cases.rules.clause_search import search_clauses
from compact_cases.rules.codes import Clause, UnknownClause
from compact_cases.rules.concern import LinkRole, Problem
from compact_cases.rules.particulars import CitedAs
from compact_cases.web.cases.acts import Desk, Known
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Named, Takes, Tick, Values

MOST_FOUND = 8
WHICH = "Please write which undertaking, like community-groups/5.3."
WAY = "Please say in which way it is cited."
LINK = Takes(
    Named("clause", 200, required=WHICH),
    Tick("cite", default=True),
    Choice("role", list(LinkRole), required=WAY, when=("cite", True), default=LinkRole.NOT_MET.value),
)


# --- what was ticked --------------------------------------------------------------------------------------


def wrong(values: Values, desk: Desk) -> Iterator[Problem]:
    """Each undertaking that is none, at its place; a reason that is missing, beside whatever else is."""
    known = True
    for one in values["clauses"]:
        try:
            _meant(one, desk)
        except UnknownClause as refused:
            known = False
            yield Problem(f"clauses.{one.number}.clause", refused.sentence)
    if known and not values["why"] and changes(values, desk):
        yield Problem("why", REASON.needed)


def changes(values: Values, desk: Desk) -> tuple[CitedAs, ...]:
    """What was ticked, or not, where it differs from how the case cites it."""
    links, found = desk.case.intake.links, []
    for one in values["clauses"]:
        clause, edition = _meant(one, desk)
        role = LinkRole(one["role"]) if one["cite"] else None
        if role is not next((link.role for link in links if link.clause == clause), None):
            found.append(CitedAs(clause, edition, role))
    return tuple(found)


def _meant(one: Values, desk: Desk) -> tuple[str, str]:
    """The id and edition that are meant: as the case has them, else as in force. Raises UnknownClause.

    A Code whose text is not held can be taken out here, and cited by its raiser alone.
    """
    link = desk.case.intake.named(one["clause"])
    if link and (link.edition or not one["cite"]):
        return link.clause, link.edition
    clause = desk.rulebook.codes.cite(one["clause"])
    code = desk.rulebook.codes.code(clause.code)
    return clause.id, code.in_force.id if code and code.in_force else ""


# --- what can be ticked -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """An undertaking to tick. ``where`` is its place in the form, ``clauses.0.``; ``named`` how it is sent.

    ``warning`` says who promised it where that is not the respondent.
    """

    where: str
    named: str
    title: str
    text: str
    owed_by: str
    ticked: bool
    role: str
    warning: str | None


def looked_for(desk: Desk, form: Form) -> list[Clause]:
    """What the words in the box of the search find."""
    words = form.one("q").strip()
    plain = desk.premises.settings.office.compact.plain_words
    return search_clauses(desk.rulebook.codes, words, MOST_FOUND, plain) if words else []


def choices(conn: Connection, desk: Desk, form: Form) -> Known:
    """What was looked for, one to be chosen."""
    body = _respondent(conn, desk)
    found = [
        (
            one.id,
            f"{title_of(one.id, '', desk.rulebook.codes)}: {one.text}",
            _not_theirs(one, "", body, desk) or f"Promised by {one.owed_by.words}.",
        )
        for one in looked_for(desk, form)
    ]
    return {"looked": form.one("q").strip(), "found": found}


def rows(conn: Connection, desk: Desk, form: Form) -> Known:
    """Those cited or ticked, in their order; then what was looked for and stands not among them."""
    part, codes = desk.case.intake, desk.rulebook.codes
    cited = {part.name_of(one): one for one in part.links if codes.clause(one.clause, one.edition or None)}
    typed = {one.one("clause"): one for one in form.parts("clauses")}
    chosen = [*cited, *(name for name, one in typed.items() if one.tick("cite") and codes.clause(name))]
    found = [one.id for one in looked_for(desk, form)]
    places = form.places("clauses", "clause", dict.fromkeys([*chosen, *found]))
    body = _respondent(conn, desk)

    def row(name: str) -> Row:
        link, sent = cited.get(name), typed.get(name)
        clause = codes.clause(link.clause, link.edition or None) if link else codes.clause(name)
        assert clause is not None  # noqa: S101 (only what is held stands in either list)
        warning = _not_theirs(clause, link.edition if link else "", body, desk)
        said = sent.one("role") if sent else ""
        usual = link.role if link else LinkRole.SUPPORTING if warning else LinkRole.NOT_MET
        return Row(
            places[name],
            name,
            title_of(clause.id, "", codes),
            clause.text,
            clause.owed_by.words,
            sent.tick("cite") if sent else link is not None,
            said if said in tuple(LinkRole) else usual.value,
            warning,
        )

    return {
        "chosen": [row(name) for name in dict.fromkeys(chosen)],
        "found_rows": [row(name) for name in found if name not in chosen],
        "looked": form.one("q").strip(),
        "none_found": not found,
    }


def _respondent(conn: Connection, desk: Desk) -> Body | None:
    respondent = desk.case.intake.respondent
    return bodies.get(conn, respondent) if respondent else None


def _not_theirs(clause: Clause, edition: str, body: Body | None, desk: Desk) -> str | None:
    code = desk.rulebook.codes.code(clause.code)
    return owed_by_another(clause, code.edition(edition or None) if code else None, body)
