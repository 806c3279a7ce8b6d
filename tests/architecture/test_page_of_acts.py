"""docs/acts.md says what the table of acts says; run as a module, this writes the page anew."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

from compact_cases.rules.act import Act, Need
from compact_cases.rules.acts import ACTS
from compact_cases.rules.audience import WHO_SEES
from compact_cases.rules.seats import CASE_STAFF, EVERYBODY, RAISING, RESPONDING, SYSTEM, Seat
from compact_cases.rules.statements import Carries, Kept
from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "acts.md"
ABOUT = """# Who may do what

The table of acts in words: each chapter of `rules/` ends with its `ACTS`. A test holds this page to them, and
`python -m tests.architecture.test_page_of_acts` writes it anew. An address is a page,
`/cases/{ref}/{address}`, and a [call](api.md#acts). A senior lead or chief officer comes in when the case is
escalated to them. What the respondent replied is read by the raiser too once it is released, without the
phrases that were taken out."""
ALONE = "What the system does by itself, the half that another case is given, and the raising of a concern:"
WHO = {
    "raiser": RAISING,
    "respondent": RESPONDING,
    "officers": CASE_STAFF,
    "panellists": frozenset({Seat.PANELLIST}),
    "the system": SYSTEM,
}
LOOKS_AT = {
    Need.REGISTER: "the register",
    Need.STAFF: "who is an officer, and who the board chair",
    Need.WAITING_TEXT: "the text that waits",
    Need.RAISERS_WORDS: "words that tell who the raiser is",
    Need.FEAR: "whether the raiser is afraid",
    Need.WAITING_REPLY: "the reply that waits",
    Need.HOLD_WORDS: "the words about a hold request that wait",
    Need.LAST_LETTER: "whether the last letter has left",
    Need.REMINDED: "whether a reminder went to the raiser today",
    Need.CLOSER: "who closed it, and which other officers are here",
    Need.SIBLINGS: "the other open cases of its concern",
    Need.PARTNER: "the other case that a mediation serves too",
    Need.CHAIR: "whether there is a board chair",
    Need.TO_POST: "the letters that wait to be posted or read out",
    Need.OTHER_CASE: "the other case, words that tell who raised it",
    Need.STAFF_THERE: "who may handle the other case",
    Need.SMALL_SIDES: "which sides are groups or run by volunteers",
    Need.REACH: "whether a letter can reach whoever raised it",
    Need.EDITIONS: "the editions to which it moves",
    Need.PANELLISTS: "the register of panellists",
    Need.PANEL_WORDS: "the statement or answer that waits",
    Need.MEDIATORS: "the register of mediators",
    Need.ACTION_WORDS: "what waits about an action",
}


def who(seats: frozenset[Seat]) -> str:
    whole = [name for name, group in WHO.items() if group <= seats]
    single = seats - frozenset().union(*(WHO[name] for name in whole))
    return "anybody" if seats == EVERYBODY else ", ".join([*whole, *sorted(single)])


def texts(command: Any) -> Iterator[str]:
    """Each text of a command and of its parts, with who reads it."""
    for one in fields(command):
        kept = [mark for mark in getattr(one.type, "__metadata__", ()) if isinstance(mark, Kept)]
        yield from (f"{one.name}: {who(WHO_SEES[mark.audience])}" for mark in kept)
        parts = [part for part in get_args(one.type) if isinstance(part, type) and issubclass(part, Carries)]
        yield from (f"{one.name}.{text}" for part in parts for text in texts(part))


def row(act: Act[Any], *first: str) -> str:
    does = re.sub(r"(?<=.)([A-Z])", r" \1", act.command.__name__).lower()
    looks_at = [LOOKS_AT[need] for need in Need if need in act.needs]
    return (
        "| "
        + " | ".join([*first, does, who(act.by), "; ".join(texts(act.command)), ", ".join(looks_at)])
        + " |"
    )


def page() -> str:
    rest = "act | given by | its texts, and who reads them | looks first at |"
    when = {act.half: f"with `{act.name}`" for act in ACTS if act.half}
    when |= {act.command: f"step `{act.effect}`" for act in ACTS if act.effect}
    named, alone = [act for act in ACTS if act.name], [act for act in ACTS if not act.name]
    shown = {act: "; to a party: ".join(filter(None, (act.words, act.party_words))) for act in ACTS}
    lines = [ABOUT, "", f"| address | on the page | {rest}", "|---" * 6 + "|"]
    lines += [row(act, f"`{act.name}`", shown[act]) for act in named]
    lines += ["", ALONE, "", f"| when | {rest}", "|---" * 5 + "|"]
    lines += [row(act, when.get(act.command, "")) for act in alone]
    lines += ["", "| who | seats |", "|---|---|"]
    lines += [
        f"| {name} | {', '.join(seat for seat in Seat if seat in group)} |" for name, group in WHO.items()
    ]
    return "\n".join([*lines, ""])


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.architecture.test_page_of_acts"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
