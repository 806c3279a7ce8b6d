"""One page of a case for an officer who stands in: where it stands, who owes what, whom to ring.

A hidden raiser is not named on it: paper lies on desks, and their name stands on the page of the case.
"""

from collections.abc import Iterator
from textwrap import shorten

from compact_cases.mail import paper
from compact_cases.mail.letters import in_words
from compact_cases.mail.paper import Piece
from compact_cases.reports.case_shape import PersonShown, Said
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.enclosure import in_a_sentence
from compact_cases.rules.choices import FEARS
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.seats import spoken

MOST = 280  # letters of a text that somebody wrote: the page of the case has it whole
ON_THE_PAGE = "Name and telephone stand on the page of the case, not on paper"


def cover(view: CaseView) -> tuple[Piece, ...]:
    return (
        *_section("Where it stands", [f"{view.stage_in_words}. {view.standing}", *_flags(view)]),
        *_section("Who owes what", [in_a_sentence(one) for one in view.owed]),
        *_section("What was promised, and asked for", list(_promised(view))),
        *_section("To post or read out", [_letter(one.facts) for one in view.by_hand]),
        *_section("What not to say, and to whom", list(_kept(view))),
        *_people(view),
    )


def _section(title: str, items: list[str]) -> Iterator[Piece]:
    if items:
        yield paper.heading(title, 2)
        yield paper.listed(items)


def _flags(view: CaseView) -> Iterator[str]:
    yield from (words + "." for words, _ in view.flags if not words.startswith("Confidential"))
    yield f"{view.officer} looks after it." if view.officer else "Nobody looks after it yet."


def _promised(view: CaseView) -> Iterator[str]:
    for reply in view.enquiry.replies:
        if reply.offer and reply.offer.text:
            read = "" if reply.released_at else " (not released yet)"
            yield f"{view.respondent} offers{read}: {_short(reply.offer, view)}"
    if view.enquiry.decision:
        yield f"The raiser decided: {view.decided_in_words}."
    if view.intake.sought:
        yield f"The raiser asks for: {', '.join(view.intake.sought)}."
    if view.intake.closes_on:
        yield f"Something closes or is decided on {in_words(view.intake.closes_on)}."
    differently = view.intake.answer_to("adjustments")
    if differently and differently.text:
        yield f"To do differently for the raiser: {_short(differently, view)}"


def _letter(facts: dict[str, object]) -> str:
    return f"“{facts['words']}”, to the {facts['role']}"


def _kept(view: CaseView) -> Iterator[str]:
    if view.confidentiality == Confidentiality.CONFIDENTIAL:
        yield (
            f"{view.respondent} does not know who raised this, and must not learn it. Say “{view.shown_as}”;"
            " give no name, no place and no detail that could tell."
        )
    if view.confidentiality == Confidentiality.ANONYMOUS:
        yield "Nobody knows who raised this. Do not guess, and do not ask around."
    fear = view.intake.answer_to("afraid")
    if fear and fear.text in FEARS:
        yield "The raiser is afraid of what may follow. Ring nobody else about it before you have read why."
    if any(one.released_at is None for one in view.enquiry.replies):
        yield "To the raiser, nothing of the reply: it has come, and is not released yet."
    if view.intake.received_at and not view.enquiry.wording:
        yield f"To {view.respondent}, nothing: it has had no notice of the concern."


def _people(view: CaseView) -> Iterator[Piece]:
    hidden = view.confidentiality == Confidentiality.CONFIDENTIAL
    said = [
        (spoken(one.role).capitalize(), ON_THE_PAGE if hidden and _raising(one) else _reach(one))
        for one in view.people
        if not one.deputy or any(other.absent_until for other in view.people if other.role == one.role)
    ]
    if view.confidentiality == Confidentiality.ANONYMOUS:
        said.insert(0, ("Raiser", "Anonymous: reached through their page only"))
    if said:
        yield paper.heading("Whom to ring", 2)
        yield paper.pairs(said)


def _raising(one: PersonShown) -> bool:
    return one.role in ("raiser", "proxy", "second-contact")


def _reach(one: PersonShown) -> str:
    ways = [point.address.replace("\n", ", ") for point in one.points if not point.refused]
    away = f"away until {in_words(one.absent_until)}" if one.absent_until else ""
    return ". ".join(
        filter(None, (", ".join(filter(None, (one.name, one.post_title))), "; ".join(ways), away))
    )


def _short(said: Said, view: CaseView) -> str:
    """Somebody's words may name a hidden raiser, so they stay where they are."""
    if view.confidentiality != Confidentiality.OPEN:
        return "it stands on the page of the case."
    return shorten(said.text or "removed on request", MOST, placeholder=" …")
