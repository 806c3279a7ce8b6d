"""Closing: a case is closed with its outcome, withdrawn by its raiser, or merged into another one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.obligations import term
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
    "merged",
)
ENDED_WITHOUT_AN_ANSWER = frozenset({"withdrawn", "no further contact", "not enough information"})
"""Nobody answered on the matter itself. Why is not for a raiser whose concern was merged into such a case."""
SETTLES_NOTHING = ENDED_WITHOUT_AN_ANSWER | {
    "not accepted",
    "referred elsewhere",
    "overtaken by events",
    "respondent declined",
}
"""After these an officer asks whether the concerns that were merged into such a case go on by themselves."""


@dataclass(frozen=True)
class Close:
    outcome: str
    summary: Statement


@dataclass(frozen=True)
class Withdraw:
    """``sure`` is the confirming step; no reason is asked, words are taken if given."""

    sure: bool
    words: Statement | None = None


@dataclass(frozen=True)
class Merge:
    """Ends ``acknowledge``: the concern goes on together with another one about the same body.

    ``other`` is the case ``into`` as it is now; the office reads it under the lock of both.
    """

    officer: UUID
    into: UUID
    explanation: Statement
    other: Case | None = None


@dataclass(frozen=True)
class TakeIn:
    """Given with ``Merge``, in the same transaction, to the case that goes on."""

    case: UUID


@dataclass(frozen=True)
class Unmerge:
    reason: Statement


@dataclass(frozen=True)
class GiveBack:
    """Given with ``Unmerge`` to the case that went on."""

    case: UUID


ClosingCommand = Close | Withdraw | Merge | TakeIn | Unmerge | GiveBack


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


def merge(command: Merge, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    other = command.other
    if case.owed("acknowledge") is None:
        raise Refused("A concern can be merged only as long as it waits to be acknowledged.")
    if case.taken_in:
        raise Refused(
            "Another concern was merged into this one. Undo that first, or merge the other way round."
        )
    if case.respondent is None:
        raise Refused("Please say first which body on the register this concern is about.", "into")
    if other is None or not other.position:
        raise Refused("Please say into which case this concern is merged.", "into")
    if other.is_closed:
        raise Refused("That case is closed, so nothing can be merged into it.", "into")
    if other.respondent != case.respondent:
        raise Refused(
            "That case is about another body. Only concerns about the same body are merged.", "into"
        )
    if not command.explanation.text.strip():
        raise Refused("Please tell the raiser why their concern goes on with another one.", "explanation")
    return [
        happened.Acknowledged(command.officer, None),
        happened.MergedInto(command.into, command.explanation.sealed()),
        happened.Closed("merged", None),
    ]


def take_in(command: TakeIn, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.is_closed or command.case in case.taken_in:
        raise Refused("Nothing can be merged into this case.")
    return [happened.TookIn(command.case)]


def unmerge(command: Unmerge, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.merged_into is None:
        raise Refused("This case is not merged into another one.")
    if not command.reason.text.strip():
        raise Refused("Please give a reason; it is kept with the case and only officers read it.", "reason")
    acknowledge = term("acknowledge", at, rulebook)
    return [happened.Unmerged(case.merged_into, command.reason.sealed(), acknowledge)]


def give_back(command: GiveBack, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if command.case not in case.taken_in:
        raise Refused("That case is not merged into this one.")
    return [happened.GaveBack(command.case)]


def _accepted_or_offered(case: Case) -> bool:
    return any(
        reply.offer is not None or any(one.answer in ("accept", "in-part") for one in reply.answers)
        for reply in case.released_replies
    )
