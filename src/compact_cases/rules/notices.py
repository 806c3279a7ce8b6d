"""What somebody must be told, for a letter. Each notice is a folder of templates of the same name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.seats import Seat


@dataclass(frozen=True)
class Notice:
    """``facts`` are words and ISO dates for the letter: never a name, an address or a text of the case.

    ``confirms``: it goes to whoever did it too. The others go to nobody about their own act.
    """

    name: str
    to: Seat
    facts: dict[str, Any] = field(default_factory=dict)
    confirms: bool = False


OF_NO_CHAPTER = (
    "draft-saved",
    "draft-ends-soon",
    "reminder",
    "nudge",
    "escalation",
    "sign-in",
    "fresh-link",
    "undeliverable",
    "taken-over",
)
"""Letters of drafts, of the sweep, accounts and the register; those of events stand with their chapter."""


IN_WORDS = {
    "receipt": "we have your concern",
    "new-concern": "a new concern",
    "delay": "this takes longer",
    "acknowledgement": "we take it on",
    "question": "a question",
    "addition": "something was added",
    "answered": "the raiser has answered",
    "assigned": "a case to look after",
    "handed-over": "a case was handed over",
    "declined": "we do not take it further",
    "notice": "a concern, and a reply is asked for",
    "reply-received": "a reply has come",
    "reply-released": "a reply to read",
    "reminder": "a reminder",
    "nudge": "the date has passed",
    "escalation": "no answer is recorded",
    "no-reply": "no reply is recorded",
    "last-letter": "our last letter",
    "decision-recorded": "a decision is recorded",
    "closed": "the case is closed",
    "withdrawn": "the concern is withdrawn",
    "merged": "the concern goes on with another one",
    "merged-ended": "how the matter ended",
    "unmerged": "the concern goes on by itself",
    "draft-saved": "how to come back to your concern",
    "draft-ends-soon": "your saved concern will be removed",
    "fresh-link": "a fresh link",
    "sign-in": "your link to sign in",
    "undeliverable": "a letter did not arrive",
    "taken-over": "what is now yours to do",
}
"""What people call each letter, on pages and in tasks; never its stored name."""
OF_THE_END = frozenset({"closed", "declined", "withdrawn", "merged", "merged-ended"})
"""Letters that tell how a case ended, and so outlive it."""
STILL_WAITED_FOR: Mapping[str, Callable[[Case], bool]] = {
    "reply": lambda case: not case.enquiry.replies,
    "answer": lambda case: case.owed("acknowledge") is not None and case.intake.questions[-1].answer is None,
    "decide": lambda case: case.enquiry.decision is None,
}
"""What is taken after its date too, so that a letter about it matters until it has come."""


def in_words(notice: str) -> str:
    return IN_WORDS[notice]


def is_over(notice: str, facts: Mapping[str, Any], chasing: bool, case: Case) -> bool:
    """Whether a letter that has not left yet says nothing that still matters, so that nobody need post it.

    What chases is over when its date is; another letter only when what it speaks of was done.
    """
    if case.is_closed or notice in OF_THE_END:
        return case.is_closed != (notice in OF_THE_END)
    named = [one for one in facts.get("items", [facts]) if "obligation" in one]
    return bool(named) and not any(_matters(one, chasing, case) for one in named)


def _matters(item: Mapping[str, Any], chasing: bool, case: Case) -> bool:
    owed = case.owed(item["obligation"], item.get("item", ""))
    if owed and owed.cycle == item.get("cycle", owed.cycle):
        return True
    waited_for = STILL_WAITED_FOR.get(item["obligation"])
    return not chasing and waited_for is not None and waited_for(case)


def owed(obligation: str, due: date) -> dict[str, Any]:
    """The facts of a letter about an obligation."""
    return {"obligation": obligation, "due": due.isoformat()}


def all_owed(open_ones: Iterable[Obligation], *owners: Seat) -> dict[str, Any]:
    """The facts of a letter to whoever now owes what these seats owe; none where nothing runs."""
    items = [
        {**owed(one.name, one.due), "item": one.item, "cycle": one.cycle}
        for one in open_ones
        if one.due is not None and one.owner in owners
    ]
    return {"items": items} if items else {}
