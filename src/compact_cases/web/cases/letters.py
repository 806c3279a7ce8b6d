"""A letter of a case on its page and as a PDF, for officers: as it was sent, or as it is to be posted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from sqlalchemy import Connection

from compact_cases.mail import paper as sheets
from compact_cases.mail.letters import in_words
from compact_cases.mail.paper import Piece, Sheet
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.post import by_post
from compact_cases.office.post.by_post import Paper
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.reports import case_view, timeline
from compact_cases.reports.enclosure import enclosure
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound
from compact_cases.rules.seats import Seat, Side

OFFICERS = {"permission": Permission.OFFICER}


@get("/cases/{ref:str}/letters/{letter:uuid}", opt=OFFICERS, sync_to_thread=True)
def one_letter(
    ref: FromPath[str],
    letter: FromPath[UUID],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Template:
    """The tokens of its links were cut out when it was kept; one for the post never had any."""
    with reading(premises.engine) as conn:
        row = _row(conn, premises, visitor, ref)
        context = {"reference": row.reference, "today": premises.clock.today(), "letter_id": letter}
        if sent := timeline.letter_as_sent(conn, row.case_id, letter):
            return Template("cases/letter.html", context={**context, "letter": sent})
        if paper := by_post.of_case(conn, premises, row.case_id, letter):
            enclosed = _enclosed(conn, premises, row, paper)
            return Template("cases/paper.html", context={**context, "letter": paper, "enclosed": enclosed})
    raise NotFound(NO_CASE)


@get("/cases/{ref:str}/letters/{letter:uuid}/pdf", opt=OFFICERS, sync_to_thread=True)
def one_letter_as_pdf(
    request: Request[Any, Any, Any],
    ref: FromPath[str],
    letter: FromPath[UUID],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    """``large=yes``: in large print; ``enclosed=yes``: with what their page says, once an officer looked."""
    asked = request.query_params
    with reading(premises.engine) as conn:
        row = _row(conn, premises, visitor, ref)
        sheet = _sheet(conn, premises, row, letter, with_page=asked.get("enclosed") == "yes")
    return as_pdf(sheet, "letter", f"{row.reference}-letter", large=asked.get("large") == "yes")


def as_pdf(sheet: Sheet, template: str, name: str, *, large: bool = False) -> Response[bytes]:
    """A file to keep or print; its name holds a reference at most, and nobody's name."""
    made = sheets.pdf(sheet, template, large=large)
    headers = {"content-disposition": f'attachment; filename="{name}{"-large" if large else ""}.pdf"'}
    return Response(made.content, media_type="application/pdf", headers=headers)


def _row(conn: Connection, premises: Premises, visitor: Visitor, ref: str) -> CaseRow:
    reference = normalise(ref, premises.settings.office.prefix)
    row = case_summaries.find(conn, reference) if reference else None
    if row is None or not may_open(visitor, row):
        raise NotFound(NO_CASE)
    return row


def _sheet(conn: Connection, premises: Premises, row: CaseRow, letter: UUID, *, with_page: bool) -> Sheet:
    """As it was sent where it was; else as it would be posted today."""
    office = premises.settings.office.name
    if sent := timeline.letter_as_sent(conn, row.case_id, letter):
        return _as_sent(sent, office, row.reference)
    paper = by_post.of_case(conn, premises, row.case_id, letter)
    if paper is None:
        raise NotFound(NO_CASE)
    pieces = _enclosed(conn, premises, row, paper) if with_page else ()
    return Sheet(
        title=paper.subject,
        office=office,
        foot=row.reference,
        address="\n".join(line for line in (paper.name, "" if paper.by_phone else paper.address) if line),
        day=in_words(premises.clock.today()),
        words=paper.text,
        pieces=(sheets.BREAK, *pieces) if pieces else (),
    )


def _as_sent(sent: Mapping[str, Any], office: str, reference: str) -> Sheet:
    day = (sent["sent_at"] or sent["queued_at"]).date()
    address = sent["address"] if sent["state"] == "posted" else ""
    return Sheet(sent["subject"], office, reference, address, in_words(day), sent["text"])


def _enclosed(conn: Connection, premises: Premises, row: CaseRow, paper: Paper) -> tuple[Piece, ...]:
    """What the page says to the person of this letter; nothing where they have no page."""
    visitor = _as_they(row, paper)
    if visitor is None or (visitor.is_respondent and not row.had_notice):
        return ()
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    try:
        view = case_view.view(conn, rulebook, row, visitor, premises.clock.now())
    except NotFound:
        return ()
    return enclosure(view, paper.asks)


def _as_they(row: CaseRow, paper: Paper) -> Visitor | None:
    """The eyes of whoever gets the letter: their side's, at their post."""
    if paper.seat.side is Side.RAISER:
        return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id, case_id=row.case_id)
    if paper.seat.side is Side.RESPONDENT:
        return Visitor(paper.seat, person_id=paper.person, case_id=row.case_id)
    return None


routes = [one_letter, one_letter_as_pdf]
