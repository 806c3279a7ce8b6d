"""The papers of a panel, to print: what each is and from which side, the same for everybody who has them.

Made from what both sides may read, so that it holds no name that must not be there, and nothing of another
case.
"""

from collections.abc import Iterator

from compact_cases.mail.paper import BREAK, Piece, heading, pairs, text
from compact_cases.reports.case_shape import Said
from compact_cases.reports.case_view import CaseView

GONE = "Removed on request."
ANSWERS = {
    "accept": "Accepted",
    "in-part": "Accepted in part",
    "dispute": "Disputed",
    "not-ours": "Not ours",
}
FOUND = {
    "met": "Met",
    "partly-met": "Partly met",
    "not-met": "Not met",
    "not-determined": "Not determined",
    "not-considered": "Not considered",
    "not-owed": "Not owed: another sector’s",
    "not-applicable": "Not applicable",
}


def pack(view: CaseView) -> tuple[Piece, ...]:
    return tuple(_pieces(view))


def _pieces(view: CaseView) -> Iterator[Piece]:
    hearing = view.panel.hearing
    members = [f"{one.name}{' (leads the panel)' if one.leads else ''}" for one in view.panel.panel_members]
    said = [("Raised by", view.shown_as), ("About", view.respondent), ("The panel", "\n".join(members))]
    if hearing:
        said.append(("Hearing on", f"{hearing.on:%A} {hearing.on.day} {hearing.on:%B %Y}, {hearing.time}"))
    yield pairs(said)
    yield heading("What is in it", 3)
    yield {"kind": "contents"}
    yield from _paper("The concern, as it was put to the respondent", f"From {view.shown_as}")
    yield text(_of(view.enquiry.wording))
    yield from _paper("The undertakings that it is about", "From the Compact’s Codes of Practice")
    for clause in view.intake.clauses:
        yield heading(clause.title, 3)
        yield text(clause.text or "The text of this Code is not held yet.")
    yield from _opened_again(view)
    released = [one for one in view.enquiry.replies if one.released_at is not None]
    if not released:
        yield from _paper("No reply", "None is recorded. That says nothing for or against")
    for number, reply in enumerate(released, 1):
        yield from _paper("The reply" if number == 1 else f"Reply {number}", f"From {view.respondent}")
        for one in reply.answers:
            yield heading(f"{one.title}: {ANSWERS.get(one.answer, one.answer)}", 3)
            yield text(_of(one.words))
        if reply.offer:
            yield heading("What it offers", 3)
            yield text(_of(reply.offer))
    yield from _statements(view)
    yield from _written_before(view)
    yield from _found_before(view)


def _opened_again(view: CaseView) -> Iterator[Piece]:
    """What is new: for that a case is opened again, and a new panel looks at it."""
    for one in view.reopening.earlier_endings:
        if one.reopened_because and one.closed_at:
            yield from _paper("Why the case was opened again", "From a Compact officer, to both sides")
            yield text(_of(one.reopened_because))


def _written_before(view: CaseView) -> Iterator[Piece]:
    """What both sides wrote for a panel before: papers of the case, which the new panel reads too."""
    names = {"raiser": view.shown_as, "respondent": view.respondent}
    for one in view.panel.statements_before:
        if one.released_at:
            yield from _paper(
                f"Statement for the earlier panel, {names[one.side]}", f"From {names[one.side]}"
            )
            yield text(_of(one.words))


def _found_before(view: CaseView) -> Iterator[Piece]:
    """Of a case that was opened again on what a panel had found."""
    for one in view.panel.findings if view.panel.findings_sent_at is None else ():
        if not one.superseded:
            title = f"Found before, on {one.sent_at:%A} {one.sent_at.day} {one.sent_at:%B %Y}: {one.title}"
            yield from _paper(title, "By the panel that sat then")
            yield heading(FOUND[one.finding], 3)
            yield text(_of(one.reasons))


def _statements(view: CaseView) -> Iterator[Piece]:
    names = {"raiser": view.shown_as, "respondent": view.respondent}
    for one in view.panel.panel_texts:
        if one.what == "statement" and one.released_at:
            yield from _paper(f"Statement for the panel, {names[one.side]}", f"From {names[one.side]}")
            yield text(_of(one.words))
    for side in view.panel.no_statement:
        yield from _paper(f"No statement, {names[side]}", "None was sent. That says nothing for or against")


def _paper(title: str, whose: str) -> Iterator[Piece]:
    yield BREAK
    yield heading(title, 2)
    yield text(whose + ".")


def _of(said: Said | None) -> str:
    return said.text if said and said.text is not None else GONE
