"""What the page of a case says to one party, for whoever has only paper: put into the letter when posted.

It is made from the same view as their page, so that nothing is on it that they may not read.
"""

from collections.abc import Iterator

from compact_cases.mail import paper
from compact_cases.mail.letters import in_words
from compact_cases.mail.paper import Piece
from compact_cases.reports.case_shape import Owed, Said
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.enquiry import ReplyShown
from compact_cases.reports.undertakings import Cited

REMOVED = "This was removed on request."


def enclosure(view: CaseView, asked: tuple[str, str] = ("", "")) -> tuple[Piece, ...]:
    """From where it stands to what was said, in the order of the page.

    ``asked``: what the letter itself asks for. It alone gives that date, which its posting moves.
    """
    return (
        paper.heading(f"{view.reference}: what your page says", 2),
        paper.text(view.standing),
        *_section("What is next", [_next(one, asked) for one in view.owed]),
        *_dates(view),
        *_wording(view),
        *_undertakings(view.intake.clauses),
        *_questions(view),
        *(piece for one in view.enquiry.replies for piece in _reply(one, view)),
        *_ended(view),
    )


def _next(one: Owed, asked: tuple[str, str]) -> str:
    if one.due is not None and (one.name, one.item) == asked:
        return f"{one.sentence} by the date in our letter."
    return in_a_sentence(one)


def in_a_sentence(one: Owed) -> str:
    """What is owed, with its date or how its pause ends."""
    if one.due is not None:
        return f"{one.sentence} by {in_words(one.due)}."
    until = (
        f" It goes on by itself after {in_words(one.pause_ends)}."
        if one.pause_ends and one.ends_by_itself
        else ""
    )
    return f"{one.sentence}. This is paused.{until}"


def _section(title: str, items: list[str]) -> Iterator[Piece]:
    if items:
        yield paper.heading(title, 3)
        yield paper.listed(items)


def _dates(view: CaseView) -> Iterator[Piece]:
    """A letter about other dates names those of it alone; for what each is stands here."""
    part = view.timetable
    if part.timetable_proposal:
        yield paper.heading("Other dates that are proposed", 3)
        yield paper.pairs(
            [
                (one.words, f"{in_words(one.on)}, instead of {in_words(one.was)}" if one.was else "")
                for one in part.timetable_proposal.dates
            ]
        )
    if part.timetable:
        yield paper.heading("Dates that both sides agreed", 3)
        yield paper.pairs([(one.words, f"{one.who}, by {in_words(one.on)}") for one in part.timetable])


def _text(one: Said | None) -> str:
    if one is None:
        return ""
    return REMOVED if one.text is None else one.text


def _wording(view: CaseView) -> Iterator[Piece]:
    if view.viewpoint == "raiser" and view.intake.account:
        yield paper.heading("What you told us", 3)
        yield paper.text(_text(view.intake.account))
    if view.enquiry.wording:
        theirs = view.viewpoint == "respondent"
        yield paper.heading("What the concern is" if theirs else f"What {view.respondent} was told", 3)
        yield paper.text(_text(view.enquiry.wording))


def _undertakings(cited: tuple[Cited, ...]) -> Iterator[Piece]:
    if cited:
        yield paper.heading("The undertakings it is about", 3)
        yield paper.pairs([(one.title, _said_of(one)) for one in cited])


def _said_of(one: Cited) -> str:
    return one.text or _text(one.paragraph) or "The text of this Code is not held yet."


def _questions(view: CaseView) -> Iterator[Piece]:
    for asked in view.intake.questions:
        yield paper.heading("We asked you" if view.viewpoint == "raiser" else "We asked", 3)
        yield paper.text(_text(asked.question))
        if asked.answer:
            yield paper.heading("You answered" if view.viewpoint == "raiser" else "The answer", 3)
            yield paper.text(_text(asked.answer))


def _reply(one: ReplyShown, view: CaseView) -> Iterator[Piece]:
    theirs = view.viewpoint == "respondent"
    yield paper.heading("Your reply" if theirs else f"The reply of {view.respondent}", 3)
    said = [(f"{each.title}: {each.in_words.lower()}", _text(each.words)) for each in one.answers]
    if one.offer:
        said.append(("What you offer" if theirs else "What they offer", _text(one.offer)))
    if one.signed:
        said.append(("Signed", _text(one.signed)))
    yield paper.pairs(said)


def _ended(view: CaseView) -> Iterator[Piece]:
    summary = _text(view.closing.summary)
    if summary:
        yield paper.heading("How it ended", 3)
        yield paper.text(summary)
