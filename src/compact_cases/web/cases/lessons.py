"""Lessons: what should change so that something does not happen again, by either side or the office."""

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.lessons import WHAT, RaiserSuggests, RespondentSuggests, SumUp
from compact_cases.rules.names import found_in
from compact_cases.rules.seats import Side
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Takes, Text, Tick, Values

SIDES = (Side.OFFICE.value, Side.RAISER.value, Side.RESPONDENT.value)


def _sides(desk: Desk) -> tuple[str, ...] | None:
    """A party speaks for itself."""
    return SIDES if desk.visitor.is_officer else None


def _cited(desk: Desk) -> list[str]:
    part = desk.case.intake
    return [name for link in part.links for name in (part.name_of(link), str(link.id))]


LESSON = Takes(
    Choice("side", _sides, required="Please say whose words they are.", default=Side.OFFICE.value),
    Choice("clause", _cited, required="Please choose the undertaking that it is about."),
    Text("words", LONGEST, required=WHAT),
    Tick("words_may_stay"),
)


def _lesson(values: Values, desk: Desk) -> SumUp | RaiserSuggests | RespondentSuggests:
    """Say what should change so that this does not happen again, for one undertaking of the case."""
    link, words = desk.case.intake.named(values["clause"]), statement(values["words"])
    number = link.id if link else 0
    if desk.visitor.is_raiser or (desk.visitor.is_officer and values["side"] == Side.RAISER.value):
        return RaiserSuggests(number, words)
    if desk.visitor.is_respondent or values["side"] == Side.RESPONDENT.value:
        return RespondentSuggests(number, words)
    return SumUp(number, words, values["words_may_stay"])


def _undertakings(conn: Connection, desk: Desk, form: Form) -> Known:
    part, codes = desk.case.intake, desk.rulebook.codes
    hidden = part.is_hidden and desk.visitor.is_officer
    telling = needs.telling_of(conn, part.raiser) if hidden else frozenset()
    return {
        "found": found_in(form.one("words"), telling),
        "cited": [(part.name_of(one), title_of(one.clause, one.edition, codes)) for one in part.links],
    }


def _only_one(conn: Connection, desk: Desk) -> dict[str, str]:
    part = desk.case.intake
    return {"clause": part.name_of(part.links[0])} if len(part.links) == 1 else {}


READERS = (
    Reader(
        "lesson", LESSON, _lesson, "lessons/lesson.html", shows=_undertakings, fills=_only_one, apart=True
    ),
)
