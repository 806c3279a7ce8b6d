"""Talk first: an officer puts both sides in touch, and either ends it on any day (procedure, section 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules.act import Act, Choices, Need, Now
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import intake as taken_on
from compact_cases.rules.events import talk as happened
from compact_cases.rules.intake import can_be_accepted
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement

AFRAID_TO_TALK = "This raiser is afraid of what may follow, so the two are not put in touch."
PUT_RIGHT, GO_ON = "put-right", "go-on"
"""How a talk ends: the raiser says that it is put right, or either side goes back to the officer."""


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TalkFirst(Carries):
    """Acknowledges, and puts the two in touch instead of asking for a reply.

    ``agreed``: the raiser has not spoken with them yet, and agrees that each reads how to reach the other.
    """

    officer: UUID
    restated: Annotated[
        Statement,
        Kept(
            "restated",
            Audience.RAISER_AND_OFFICERS,
            "Please restate the concern to its raiser in a sentence or two.",
        ),
    ]
    wording: Annotated[
        Statement, Kept("wording", Audience.CASE, "Please write the text that the respondent will read.")
    ]
    agreed: bool = False


@dataclass(frozen=True)
class EndTalk(Carries):
    """``put-right``, which closes the case and is the raiser's to say; or ``go-on``: back to the officer.

    Nobody is asked why.
    """

    ends: str


@dataclass(frozen=True)
class RecordTalkOver(Carries):
    day: date


TalkCommand = TalkFirst | EndTalk | RecordTalkOver


# --- when each can be done --------------------------------------------------------------------------------


def may_talk(case: Case) -> None:
    """What speaks against it, whatever the register says."""
    if case.talk.began:
        raise Refused("They have talked first already; that is done once.", "decision")
    if case.intake.is_hidden:
        raise Refused(
            "This raiser is not to be known to the other side, so the two cannot be put in touch.", "decision"
        )
    if case.fast_track.is_on:
        raise Refused("On the fast track there is no time to talk first.", "decision")


def can_talk_first(case: Case, now: Now) -> None:
    can_be_accepted(case, now)
    may_talk(case)


def they_talk(case: Case, now: Now) -> None:
    if case.owed("talk") is None:
        raise Refused("The two sides of this case are not talking first at the moment.")


def ways_to_end(case: Case, now: Now) -> Choices:
    return {"ends": (GO_ON,) if now.seat.side is Side.RESPONDENT else (PUT_RIGHT, GO_ON)}


# --- what follows -----------------------------------------------------------------------------------------


def talk_first(command: TalkFirst, case: Case, now: Now) -> list[Event]:
    if now.raiser_is_afraid:
        raise Refused(AFRAID_TO_TALK, "decision")
    if not command.agreed:
        raise Refused(
            "Please ask the raiser first, and tick that they have not spoken with them yet and agree.",
            "agreed",
        )
    respondent = case.intake.respondent
    assert respondent is not None  # noqa: S101 (asked by can_be_accepted)
    return [
        taken_on.Acknowledged(command.officer, command.restated.sealed()),
        happened.PutInTouch(respondent, command.wording.sealed(), now.term("talk")),
    ]


def end_talk(command: EndTalk, case: Case, now: Now) -> list[Event]:
    if command.ends not in ways_to_end(case, now)["ends"]:
        raise Refused("Whether it is put right is the raiser’s to say. You can end the talk.", "ends")
    if command.ends == PUT_RIGHT:
        return [happened.PutRight(), ended.Closed("resolved directly", None)]
    return [_ended(now.seat.side.value, case, now)]


def record_talk_over(command: RecordTalkOver, case: Case, now: Now) -> list[Event]:
    return [_ended("time", case, now)]


def _ended(by: str, case: Case, now: Now) -> happened.TalkEnded:
    """Its last day is day 0 of the acknowledgement, however late its end is recorded."""
    talk, calendar = case.owed("talk"), now.rulebook.calendar
    assert talk is not None  # noqa: S101 (asked by they_talk)
    last = min(calendar.start_day(now.at), talk.term.due)
    return happened.TalkEnded(by, days_term(last, now.rulebook.limit("acknowledge"), calendar))


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("talk",)
NOTICES = ("talk-first", "talk-over", "put-right")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.PutInTouch(talk=talk):
            facts = owed("talk", talk.due)
            yield from (Notice("talk-first", seat, facts, Rest.OWED) for seat in (Seat.RAISER, Seat.CHAMPION))
        case happened.TalkEnded(acknowledge=acknowledge):
            facts = owed("acknowledge", acknowledge.due)
            for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER):
                yield Notice("talk-over", seat, facts, Rest.OWED)
        case happened.PutRight():
            yield Notice("put-right", Seat.OFFICER, rests_on=Rest.ALWAYS)
        case taken_on.Declined() if case.talk.began:
            yield Notice("closed", Seat.CHAMPION, rests_on=Rest.ALWAYS)


ACTS: tuple[Act[Any], ...] = (
    Act(
        TalkFirst,
        name="acknowledgement",
        by=CASE_STAFF,
        open=can_talk_first,
        decide=talk_first,
        needs=frozenset({Need.REGISTER, Need.FEAR}),
    ),
    Act(
        EndTalk,
        name="talk",
        words="Write down how their talk went",
        party_words="Say how your talk went",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=they_talk,
        decide=end_talk,
        choices=ways_to_end,
    ),
    Act(RecordTalkOver, by=SYSTEM, open=they_talk, decide=record_talk_over, effect="talk-over"),
)
