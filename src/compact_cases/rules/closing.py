"""Closing: a case is closed with its outcome, withdrawn by its raiser, or merged into another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import agreement, coming, urgency
from compact_cases.rules.act import REASON, Act, Choices, Need, Now, Rank, always
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived, asked_at
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as happened
from compact_cases.rules.events import intake as taken_on
from compact_cases.rules.names import hides_from
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import closed_facts
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, SYSTEM, Seat
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.working_days import LONDON

OUTCOMES = (
    "resolved directly",
    "resolved early",
    "reply accepted",
    "agreed at senior review",
    "panel findings",
    "settled by mediation",
    "partly settled",
    "not settled",
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


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Close(Carries):
    outcome: str
    summary: Annotated[
        Statement,
        Kept("summary", Audience.CASE, "Please say in a few sentences how it ended and who does what."),
    ]
    words_may_stay: bool = False


@dataclass(frozen=True)
class Withdraw(Carries):
    """``sure`` is the confirming step; no reason is asked, words are taken if given."""

    sure: bool
    words: Annotated[Statement | None, Kept("words", Audience.RAISER_AND_OFFICERS)] = None
    came: Arrived | None = None


@dataclass(frozen=True)
class Merge(Carries):
    """Ends ``acknowledge``: the concern goes on together with another one about the same body.

    ``words_may_stay``: somebody looked at the words that could tell who raised the other one.
    """

    officer: UUID
    into: UUID
    explanation: Annotated[
        Statement,
        Kept(
            "explanation",
            Audience.RAISER_AND_OFFICERS,
            "Please tell the raiser why their concern goes on with another one.",
        ),
    ]
    words_may_stay: bool = False


@dataclass(frozen=True)
class TakeIn(Carries):
    """Given with ``Merge``, in the same transaction, to the case that goes on."""

    case: UUID


@dataclass(frozen=True)
class Unmerge(Carries):
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class GiveBack(Carries):
    """Given to the case that went on, with ``Unmerge`` or with the ``Withdraw`` of a merged raiser."""

    case: UUID


ClosingCommand = Close | Withdraw | Merge | TakeIn | Unmerge | GiveBack


# --- when each can be done --------------------------------------------------------------------------------


def can_be_closed(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed already.")
    if case.owed("close") is None:
        raise Refused("This case cannot be closed yet, because something is still open in it.")
    if case.enquiry.to_release is not None:
        raise Refused(
            "A reply waits to be released, so this case is not closed yet. Please read the reply first."
        )
    if agreement.is_considered(case):
        raise Refused(
            "An agreement waits for an answer, or both sides have days to reflect on it, so this case is not "
            "closed yet."
        )
    if case.fast_track.words_wait:
        raise Refused(
            "Words about the hold request wait to be released, so this case is not closed yet. Please read "
            "them first."
        )
    if case.waits_to_be_read:
        raise Refused("What one side wrote waits to be released. Please read it first: then close the case.")


def can_be_withdrawn(case: Case, now: Now) -> None:
    """What was merged goes on with another one, which its raiser may leave."""
    if case.is_closed and case.closing.merged_into is None:
        raise Refused("This case is closed already, so there is nothing to withdraw.")


def can_be_merged(case: Case, now: Now) -> None:
    if case.owed("acknowledge") is None:
        raise Refused("A concern can be merged only as long as it waits to be acknowledged.")
    if case.closing.taken_in:
        raise Refused(
            "Another concern was merged into this one. Undo that first, or merge the other way round."
        )
    if case.intake.respondent is None:
        raise Refused("Please say first which body on the register this concern is about.", "into")


def is_merged(case: Case, now: Now) -> None:
    if case.closing.merged_into is None:
        raise Refused("This case is not merged into another one.")
    if now.seat is Seat.ADMINISTRATOR and now.free_there:
        raise Refused("Somebody of this office can handle the other case, so it is theirs to undo.")


def outcomes(case: Case, now: Now) -> Choices:
    """The outcomes with which this case may be closed now; the likeliest stands first."""
    if case.owed("close") is None or case.waits_to_be_read or agreement.is_considered(case):
        return {"outcome": ()}
    decision, agreed = case.enquiry.decision, agreement.outcome(case)
    if agreed:
        first: tuple[str, ...] = (agreed,)
    elif case.has_findings:
        first = ("panel findings",)
    elif decision is None or (decision == "not" and case.speaking.closes):
        first = ("no further contact",)
    elif decision == "settled":
        first = _settled(case)
    elif decision == "partly":
        first = ("partly settled",)
    elif decision == "not":  # nothing was left to go on to
        first = ("not settled",)
    else:
        first = ("respondent declined", "withdrawn")
    closes_on = urgency.closing_date(case)
    passed = closes_on is not None and closes_on < now.at.astimezone(LONDON).date()
    return {"outcome": (*first, "overtaken by events") if passed else first}


# --- what follows -----------------------------------------------------------------------------------------


def close(command: Close, case: Case, now: Now) -> list[Event]:
    allowed = outcomes(case, now)["outcome"]
    if command.outcome not in allowed:
        raise Refused(f"This case can be closed as: {', '.join(allowed)}.", "outcome")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("the respondent who raised it", command.summary.text, now.raisers_words, "summary")
    return [happened.Closed(command.outcome, command.summary.sealed())]


def withdraw(command: Withdraw, case: Case, now: Now) -> list[Event]:
    if not command.sure:
        raise Refused("Please confirm that you want to withdraw.", "sure")
    came = coming.came(command.came, now, asked_at(case, "acknowledge"))
    return [happened.Withdrawn(sealed_if(command.words), came), happened.Closed("withdrawn", None)]


def merge(command: Merge, case: Case, now: Now) -> list[Event]:
    other = now.other
    if other is None or not other.position:
        raise Refused("Please say into which case this concern is merged.", "into")
    if other.intake.reference == case.intake.reference:
        raise Refused("A case cannot be merged into itself. Please choose another one.", "into")
    if other.is_closed:
        raise Refused("That case is closed, so nothing can be merged into it.", "into")
    if other.intake.respondent != case.intake.respondent:
        raise Refused(
            "That case is about another body. Only concerns about the same body are merged.", "into"
        )
    explanation = command.explanation
    if not command.words_may_stay:
        theirs = now.others_words - now.raisers_words
        hides_from("who raised the other one", explanation.text, theirs, "explanation")
    return [
        taken_on.Acknowledged(command.officer, None),
        happened.MergedInto(command.into, explanation.sealed()),
        happened.Closed("merged", None),
    ]


def take_in(command: TakeIn, case: Case, now: Now) -> list[Event]:
    if case.is_closed or command.case in case.closing.taken_in:
        raise Refused("Nothing can be merged into this case.")
    return [happened.TookIn(command.case)]


def unmerge(command: Unmerge, case: Case, now: Now) -> list[Event]:
    other = case.closing.merged_into
    assert other is not None  # noqa: S101 (asked by is_merged)
    return [happened.Unmerged(other, command.reason.sealed(), urgency.acknowledge_anew(case, now))]


def give_back(command: GiveBack, case: Case, now: Now) -> list[Event]:
    if command.case not in case.closing.taken_in:
        raise Refused("That case is not merged into this one.")
    return [happened.GaveBack(command.case)]


def _settled(case: Case) -> tuple[str, ...]:
    """Settled in the review or after it, it was ``agreed at senior review``; so of an agreement too."""
    if case.settled_by_mediation:
        return ("settled by mediation",)
    if case.review.was_opened:
        return ("agreed at senior review",)
    return ("resolved early",) if _accepted_or_offered(case) else ("reply accepted",)


def _accepted_or_offered(case: Case) -> bool:
    return any(
        reply.offer is not None or any(one.answer in ("accept", "in-part") for one in reply.answers)
        for reply in case.enquiry.released
    )


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("close",)
NOTICES = ("closed", "withdrawn", "merged", "merged-ended", "unmerged")
BOTH_SIDES = (Seat.RAISER, Seat.CHAMPION)
MERGED_ENDED = Notice("merged-ended", Seat.RAISER, rests_on=Rest.ALWAYS)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.Withdrawn():
            told = [Seat.RAISER, Seat.OFFICER, *([Seat.CHAMPION] if case.had_notice else [])]
            facts = closed_facts(case)
            yield from (Notice("withdrawn", seat, facts, Rest.ALWAYS) for seat in told)
        case happened.MergedInto():
            yield Notice("merged", Seat.RAISER, rests_on=Rest.ALWAYS)
        case happened.Unmerged(acknowledge=acknowledge):
            yield Notice("unmerged", Seat.RAISER, owed("acknowledge", acknowledge.due), Rest.OWED)
        case happened.Closed(outcome=outcome):
            withdrawn = outcome == "withdrawn" and case.enquiry.decision != "stop"
            if case.intake.declined is None and not withdrawn and case.closing.merged_into is None:
                facts = closed_facts(case)
                sides = BOTH_SIDES if case.had_notice else (Seat.RAISER,)
                facts = {**facts, "to_do": len(case.course.to_do)}
                facts |= {"handed_on": True} if case.handling.office else {}
                theirs = {"group_ended": True} if is_over_with_its_group(case) else {}
                for seat in sides:
                    its = theirs if seat is Seat.RAISER else {}
                    yield Notice("closed", seat, {**facts, **its}, Rest.ALWAYS)
            # the others have letters of their own


def is_over_with_its_group(case: Case) -> bool:
    """Whether its raiser's group ended and nobody was heard of; the other side is not told of that."""
    return case.closing.outcome == "no further contact" and case.speaking.closes


def notices_of_merged(event: Event) -> list[Notice]:
    """What each raiser whose concern was merged into a case is told after an event of that case."""
    return [MERGED_ENDED] if isinstance(event, happened.Closed) else []


def _goes_on_in(command: Any, case: Case) -> UUID | None:
    """The case into which this one was merged, if it was."""
    return case.closing.merged_into


ACTS: tuple[Act[Any], ...] = (
    Act(
        Close,
        name="closing",
        words="Close the case",
        by=CASE_STAFF,
        open=can_be_closed,
        decide=close,
        choices=outcomes,
        needs=frozenset({Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        Merge,
        name="merge",
        words="Merge it into another case",
        by=CASE_STAFF,
        open=can_be_merged,
        decide=merge,
        needs=frozenset({Need.OTHER_CASE, Need.RAISERS_WORDS}),
        other=lambda command, case: command.into,
        half=TakeIn,
    ),
    Act(TakeIn, by=CASE_STAFF, open=always, decide=take_in),
    Act(
        Unmerge,
        name="unmerge",
        words="Undo the merge",
        party_words="Undo the merge",
        by=CASE_STAFF | {Seat.ADMINISTRATOR},
        open=is_merged,
        decide=unmerge,
        needs=frozenset({Need.STAFF_THERE}),
        other=_goes_on_in,
        half=GiveBack,
    ),
    Act(GiveBack, by=CASE_STAFF | SYSTEM, open=always, decide=give_back),
    Act(
        Withdraw,
        name="withdrawal",
        words="Write down a withdrawal",
        party_words="Withdraw this concern",
        by=IN_PERSON | CASE_STAFF,
        open=can_be_withdrawn,
        decide=withdraw,
        other=_goes_on_in,
        half=GiveBack,
        rank=Rank.LAST,
    ),
)
