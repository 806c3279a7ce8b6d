"""Drafts of an agreement in a mediation room: the form of one, what is read from it, what fills it."""

from typing import Any

from litestar.response import Template

from compact_cases.office.room.inside import Inside
from compact_cases.rules.mediating import OTHER, PARTIES
from compact_cases.rules.room import DRAFT, Draft, DraftTerm, Entry
from compact_cases.web.frame.forms import Form
from compact_cases.web.room.shown import shown

LOOKS = "look"  # the button that makes room for one more: the page again, with what was typed
LONGEST = 20_000
MOST_TERMS = 12
TEXTS = ("what", "known_by")
SAYS = (*TEXTS, "by-day", "by-month", "by-year", "side")


def page(inside: Inside, form: Form, status: int = 200) -> Template:
    said = [one for one in form.parts("terms") if any(one.one(name) for name in SAYS)]
    places = min(MOST_TERMS, max(1, len(said) + (1 if form.one(LOOKS) else 0)))
    context = {
        "room": shown(inside),
        "form": form,
        "places": [f"terms.{number}." for number in range(places)],
    }
    return Template("room/draft.html", context=context, status_code=status)


def read(form: Form) -> tuple[str, Draft] | None:
    """To whom it goes, and the version; None where something is to be mended."""
    parts = _written(form)
    if not parts:
        form.refuse("terms.0.what", "Please write down at least one thing that somebody does.")
    if len(parts) > MOST_TERMS:
        form.refuse("terms.0.what", f"Please put it into {MOST_TERMS} actions or fewer.")
    terms = [_term(one) for one in parts]
    settles = form.yes_or_no("settles", required="Please say whether this settles everything.")
    to = form.text("to", required="Please say who is to read it.")
    if not form.is_good:
        return None
    return to, Draft(tuple(one for one in terms if one), settles is True)


def readable(inside: Inside, number: str) -> Entry | None:
    """The draft of a number, of those that they may read."""
    found = (one for each, one in enumerate(inside.read, 1) if str(each) == number)
    return next((one for one in found if one.kind == DRAFT), None)


def typed(entry: Entry) -> dict[str, str]:
    """A new version begins with the words of another one."""
    assert entry.draft is not None  # noqa: S101 (asked by readable)
    found = {"settles": "yes" if entry.draft.settles else "no"}
    for number, one in enumerate(entry.draft.terms):
        where = f"terms.{number}."
        found |= {f"{where}side": one.side, f"{where}what": one.what, f"{where}known_by": one.known_by}
        days = (("day", one.by.day), ("month", one.by.month), ("year", one.by.year))
        found |= {f"{where}by-{name}": str(value) for name, value in days}
    return found


def texts_in(form: Form) -> list[str]:
    return [text for part in form.parts("terms") for name in TEXTS if (text := part.one(name)).strip()]


def _written(form: Form) -> list[Form]:
    """Without the empty ones after the last that says something."""
    parts: list[Any] = form.parts("terms")
    while parts and not any(parts[-1].one(name).strip() for name in SAYS):
        parts.pop()
    return parts


def _term(part: Form) -> DraftTerm | None:
    side = part.choice("side", (*PARTIES, OTHER), required="Please say who does it.")
    what = part.text("what", required="Please say what is to be done.", most=LONGEST, lines=True)
    by = part.date("by", required="Please say by which day.")
    both = "Please say how all will know that it is done."
    known_by = part.text("known_by", required=both, most=LONGEST, lines=True)
    return DraftTerm(side, what, by, known_by) if by else None
