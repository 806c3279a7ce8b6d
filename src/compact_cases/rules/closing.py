"""Closing: a case is closed with its outcome, or withdrawn by its raiser."""

from dataclasses import dataclass
from datetime import datetime

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import Statement
from compact_cases.rules.working_days import LONDON

OUTCOMES = (
    "resolved early",
    "reply accepted",
    "partly settled",
    "withdrawn",
    "no further contact",
    "not enough information",
    "not accepted",
    "referred elsewhere",
    "overtaken by events",
    "respondent declined",
)


@dataclass(frozen=True)
class Close:
    outcome: str
    summary: Statement


@dataclass(frozen=True)
class Withdraw:
    """``sure`` is the confirming step; no reason is asked, words are taken if given."""

    sure: bool
    words: Statement | None = None


ClosingCommand = Close | Withdraw


def outcomes_open(case: Case, at: datetime) -> tuple[str, ...]:
    """The outcomes with which this case may be closed now; the likeliest stands first."""
    if case.owed("close") is None:
        return ()
    if case.decision is None:
        first: tuple[str, ...] = ("no further contact",)
    elif case.decision == "settled":
        first = ("resolved early",) if _accepted_or_offered(case) else ("reply accepted",)
    elif case.decision == "partly":
        first = ("partly settled",)
    else:
        first = ("respondent declined", "withdrawn")
    passed = case.closes_on is not None and case.closes_on < at.astimezone(LONDON).date()
    return (*first, "overtaken by events") if passed else first


def close(command: Close, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.is_closed:
        raise Refused("This case is closed already.")
    allowed = outcomes_open(case, at)
    if not allowed:
        raise Refused("This case cannot be closed yet, because something is still open in it.")
    if command.outcome not in allowed:
        raise Refused(f"This case can be closed as: {', '.join(allowed)}.", "outcome")
    if not command.summary.text.strip():
        raise Refused("Please say in a few sentences how it ended and who does what.", "summary")
    return [happened.Closed(command.outcome, command.summary.sealed())]


def withdraw(command: Withdraw, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.is_closed:
        raise Refused("This case is closed already, so there is nothing to withdraw.")
    if not command.sure:
        raise Refused("Please confirm that you want to withdraw.", "sure")
    words = command.words.sealed() if command.words else None
    return [happened.Withdrawn(words), happened.Closed("withdrawn", None)]


def _accepted_or_offered(case: Case) -> bool:
    return any(
        reply.offer is not None or any(one.answer in ("accept", "in-part") for one in reply.answers)
        for reply in case.released_replies
    )
