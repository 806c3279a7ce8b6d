"""What a panel found and recommends, and what is answered to it; the papers of a panel as a pack to print."""

from collections.abc import Iterator, Sequence
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy import Connection

from compact_cases.mail.letters import in_words
from compact_cases.mail.paper import Sheet
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries, statements
from compact_cases.records.reading import reading
from compact_cases.reports import case_view
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.pack import pack
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.concern import LinkRole, Problem
from compact_cases.rules.findings import (
    ON_NO_OTHERS,
    TWICE,
    AnswerRecommendation,
    CorrectFinding,
    GivenFinding,
    MarkDiscussed,
    Recommend,
    SendFindings,
    answerable,
    not_discussed,
)
from compact_cases.rules.heard import ADDRESSEES, ANSWERS, BESIDE, BOARD, FINDINGS, Found
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.referring import ReferToMediation
from compact_cases.rules.refusals import NO_CASE, NotFound
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.letters import as_pdf
from compact_cases.web.cases.pages import opened
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Day, Named, Parts, Several, Takes, Text, Tick, Values

MOST = 12
FINDING = Takes(
    Named("clause", 200),
    Choice("finding", FINDINGS),
    Text("reasons", LONGEST),
    Text("evidence", LONGEST),
    Several("beside", BESIDE),
    Text("differing", LONGEST),
)
RECOMMENDATION = Takes(
    Choice("to", ADDRESSEES), Text("what", LONGEST), Text("known_by", LONGEST), Named("clause", 200)
)
SENT = Takes(
    Parts("findings", FINDING),
    Parts("recommendations", RECOMMENDATION),
    Tick("both_agree"),
    Tick("words_may_stay"),
)
MISSING = {
    "to": "Please say to whom this is recommended: a side, or the board.",
    "what": needed(Recommend, "what"),
    "known_by": needed(Recommend, "known_by"),
}


def _findings(values: Values, desk: Desk) -> SendFindings:
    """Send what the panel found for each undertaking that is cited as perhaps not met, and what it
    recommends to whom."""
    return SendFindings(
        tuple(
            GivenFinding(
                _link(desk, one["clause"]),
                one["finding"],
                statement(one["reasons"]),
                statement_if(one["evidence"]),
                tuple(one["beside"]),
                statement_if(one["differing"]),
            )
            for one in values["findings"]
        ),
        tuple(
            Recommend(
                one["to"], statement(one["what"]), statement(one["known_by"]), _link(desk, one["clause"])
            )
            for one in _written(values)
        ),
        values["both_agree"],
        values["words_may_stay"],
    )


def _link(desk: Desk, clause: str) -> int | None:
    link = desk.case.intake.named(clause) if clause else None
    return link.id if link else None


def _written(values: Values) -> list[Values]:
    """Without the empty ones after the last that says something."""
    made = list(values["recommendations"])
    while made and not any(made[-1][name] for name in MISSING):
        made.pop()
    return made


def _unnamed(values: Values, desk: Desk) -> Iterator[Problem]:
    """The rule knows links by their numbers; here each is named as a call has it."""
    to_find = {one.id for one in desk.case.intake.links if one.role is LinkRole.NOT_MET}
    found = set[int | None]()
    for one in values["findings"]:
        link = _link(desk, one["clause"])
        if link not in to_find:
            yield Problem(f"findings.{one.number}.clause", ON_NO_OTHERS)
        elif link in found:
            yield Problem(f"findings.{one.number}.clause", TWICE)
        found.add(link)
    for one in _written(values):
        if one["clause"] and _link(desk, one["clause"]) is None:
            yield Problem(f"recommendations.{one.number}.clause", "Please choose one of the undertakings.")


def _unfinished(values: Values, desk: Desk) -> Iterator[Problem]:
    yield from _unnamed(values, desk)
    for one in values["findings"]:
        where = f"findings.{one.number}."
        if not one["finding"]:
            yield Problem(f"{where}finding", "Please say what the panel found.")
        if not one["reasons"]:
            yield Problem(f"{where}reasons", needed(GivenFinding, "reasons"))
    made = _written(values)
    if len(made) > MOST:
        yield Problem("recommendations.0.what", f"Please put it into {MOST} recommendations or fewer.")
    for one in made:
        for name, sentence in MISSING.items():
            if not one[name]:
                yield Problem(f"recommendations.{one.number}.{name}", sentence)


def _places(conn: Connection, desk: Desk, form: Form) -> Known:
    part, codes = desk.case.intake, desk.rulebook.codes
    links = [one for one in part.links if one.role is LinkRole.NOT_MET]
    typed = max((n for n in range(MOST) if form.one(f"recommendations.{n}.what")), default=-1)
    return {
        "links": [(one.clause, title_of(one.clause, one.edition, codes)) for one in links],
        "recommended": [f"recommendations.{n}." for n in range(min(typed + 3, MOST))],
        "few": len(desk.case.panel.members) < 3,
    }


CORRECTION = Takes(
    Choice("clause", lambda desk: list(_found_on(desk)), required="Please choose one of the undertakings."),
    Choice("finding", FINDINGS, required="Please say what the panel found."),
    Text("reasons", LONGEST, required=needed(GivenFinding, "reasons")),
    Text("evidence", LONGEST),
    Several("beside", BESIDE),
    Text("differing", LONGEST),
    Text("why", LONGEST, required=needed(CorrectFinding, "why")),
    Tick("words_may_stay"),
)


def _found_on(desk: Desk) -> dict[str, Found]:
    """What the panel has found, the newest of each undertaking, by how the case names that."""
    links = desk.case.intake.every_link
    return {links[one.finding.link].clause: one for one in desk.case.panel.current}


def _correction(values: Values, desk: Desk) -> CorrectFinding:
    """Correct what the panel found for one undertaking, until the case is closed; both stay readable."""
    one = GivenFinding(
        _found_on(desk)[values["clause"]].finding.link,
        values["finding"],
        statement(values["reasons"]),
        statement_if(values["evidence"]),
        tuple(values["beside"]),
        statement_if(values["differing"]),
    )
    return CorrectFinding(one, statement(values["why"]), values["words_may_stay"])


def _as_found(conn: Connection, desk: Desk) -> dict[str, str | Sequence[str]]:
    """Where there is one finding alone, its words, to be changed; of several nobody knows yet which."""
    found = _found_on(desk)
    if len(found) != 1:
        return {}
    ((clause, one),) = found.items()
    given = one.finding
    sealed = {"reasons": given.reasons, "evidence": given.evidence, "differing": given.differing}
    kept = statements.get(conn, [each.statement for each in sealed.values() if each])
    words = {
        name: kept[each.statement].text for name, each in sealed.items() if each and each.statement in kept
    }
    return {"clause": clause, "finding": given.finding, "beside": given.beside, **words}


REFERRAL = Takes(Tick("sure", required="Please confirm that the panel proposes mediation."))


def _referral(values: Values, desk: Desk) -> ReferToMediation:
    """Propose mediation in place of findings. It takes place only if both sides want it; the panel waits."""
    return ReferToMediation(values["sure"])


ANSWER = Takes(
    Choice(
        "item",
        lambda desk: [one.item for one in answerable(desk.case, desk.now)],
        required="Please choose one.",
    ),
    Choice("answer", ANSWERS, required="Please say whether it is accepted, in part, or rejected."),
    Text("words", LONGEST),
    Day("by"),
)


def _answer(values: Values, desk: Desk) -> AnswerRecommendation:
    """Answer one recommendation of the panel. What is accepted becomes an action, to be done by a date."""
    one = next(each for each in answerable(desk.case, desk.now) if each.item == values["item"])
    names = {Side.RAISER.value: "of_raiser", Side.RESPONDENT.value: "of_respondent", BOARD: "of_board"}
    words = {names[one.recommendation.to]: statement_if(values["words"])}
    return AnswerRecommendation(values["item"], values["answer"], values["by"], **words)


DISCUSSED = Takes(
    Choice("item", lambda desk: [one.item for one in not_discussed(desk.case)], required="Please choose one.")
)


def _discussed(values: Values, desk: Desk) -> MarkDiscussed:
    """Mark a recommendation that was not answered as discussed by the board: it leaves the board's list."""
    return MarkDiscussed(values["item"])


READERS = (
    Reader("findings", SENT, _findings, "panel/findings.html", checks=_unfinished, shows=_places, apart=True),
    Reader(
        "findings-correction",
        CORRECTION,
        _correction,
        "panel/correction.html",
        fills=_as_found,
        apart=True,
    ),
    Reader("panel-referral", REFERRAL, _referral, "panel/referral.html", apart=True),
    Reader("panel-answer", ANSWER, _answer, "panel/answer.html", apart=True),
    Reader("discussed", DISCUSSED, _discussed, "panel/discussed.html"),
)


@get("/cases/{ref:str}/papers/pdf", opt={"permission": Permission.PARTY_OR_OFFICER}, sync_to_thread=True)
def papers_as_pdf(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    """The pack: officers read it before it goes out, both sides and the panel once it has."""
    view = opened(premises, ref, visitor)
    if (
        view.viewpoint == "chair"
        or view.panel.panel == "none"
        or (view.viewpoint != "officer" and view.panel.papers_sent_at is None)
    ):
        raise NotFound(NO_CASE)
    office, day = premises.settings.office.name, f"As of {in_words(premises.clock.today())}."
    sheet = Sheet(
        f"{view.reference}: papers for the panel",
        office,
        view.reference,
        day=day,
        pieces=pack(_as_the_panel(premises, view.reference)),
    )
    return as_pdf(sheet, "cover", f"{view.reference}-papers")


def _as_the_panel(premises: Premises, reference: str) -> CaseView:
    """The same for everybody: also officers and the respondent read it without what was taken out."""
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference)
        if row is None:
            raise NotFound(NO_CASE)
        rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
        return case_view.for_the_panel(conn, rulebook, row, premises.clock.now())


routes = [papers_as_pdf]
