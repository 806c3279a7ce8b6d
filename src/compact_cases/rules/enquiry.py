"""Enquiry: the respondent replies, an officer releases the reply, the raiser decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import coming, onward, silence
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived, asked_at, due_of
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import enquiry as happened
from compact_cases.rules.events.enquiry import ClauseReply
from compact_cases.rules.names import hides_from, missing, without
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.offering import offered
from compact_cases.rules.onward import OpenNextStep, is_further_on, ways_on, wished
from compact_cases.rules.past import OnPaper
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, SYSTEM, Seat
from compact_cases.rules.silence import SilenceCommand
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Came, Term
from compact_cases.rules.working_days import LONDON

ANSWERS = ("accept", "in-part", "dispute", "not-ours")
AFTER_A_REPLY = ("settled", "partly", "not")
AT_ANY_TIME = ("settled", "partly")
"""What can be said while a later stage is under way: that it need not go on."""
GO_ON, WAIT, STOP = "go-on", "wait", "stop"
"""What can be said where no reply came. To go on is kept as ``not``."""
TWO_THINGS = {
    "settled": "You say that this settles it, and that you want to go on. Which of the two is it?",
    "not": "You say that you want to go on, and that it is enough to close the case. Which of the two is it?",
    "stop": "You say that the case is to be closed, and that you want to go on. Which of the two is it?",
}
NOTHING_LEFT = (
    "There is nothing left that it could go on to here. Please say that it is enough, or that it does not "
    "settle it."
)
LONGEST_WAIT = 10  # working days, after no reply was recorded
THEIRS = Audience.RESPONDENT_AND_OFFICERS
"""Who reads a reply until an officer has released it; from then on both sides do."""


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer(Carries):
    """accept, in-part, dispute or not-ours (then the words say whose); only ``accept`` needs no words."""

    link: int
    answer: str
    words: Annotated[Statement | None, Kept("reply", THEIRS)]


@dataclass(frozen=True)
class SendReply(Carries):
    """``signed`` is the name and post of who replies: councils forward mail, so it is asked each time."""

    answers: tuple[Answer, ...]
    offer: Annotated[Statement | None, Kept("offer", THEIRS)]
    person: UUID | None
    signed: Annotated[
        Statement, Kept("signed", THEIRS, "Please give the name and post of the person who replies.")
    ]
    came: Arrived | None = None


@dataclass(frozen=True)
class ReleaseReply(OnPaper):
    """``looked`` says that the officer looked for names that must not be there; ``hidden`` lists phrases,
    one a line, that are taken out before the raiser reads the reply."""

    looked: bool
    hidden: Annotated[Statement | None, Kept("hidden", Audience.OFFICERS)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class Decide(Carries):
    """settled, partly (then close or go on), not, or stop: close although no reply came.

    ``stage``: to which later stage to go on, where there is more than one left.
    """

    decision: str
    then: str = ""
    words: Annotated[Statement | None, Kept("words", Audience.RAISER_AND_OFFICERS)] = None
    stage: str = ""
    came: Arrived | None = None


@dataclass(frozen=True)
class WaitForReply(Carries):
    until: date
    came: Arrived | None = None


@dataclass(frozen=True)
class RecordNoReply(Carries):
    day: date


EnquiryCommand = (
    SendReply | ReleaseReply | Decide | WaitForReply | RecordNoReply | SilenceCommand | OpenNextStep
)


# --- when each can be done --------------------------------------------------------------------------------


def reply_is_awaited(case: Case) -> bool:
    """Early resolution, or later as long as no reply has come: a late reply is taken until closing."""
    return case.enquiry.had_notice and not case.enquiry.replies and not case.is_closed


def awaits_reply(case: Case, now: Now) -> None:
    if not reply_is_awaited(case):
        raise Refused("This case is not waiting for a reply.")


def reply_waits(case: Case, now: Now) -> None:
    if case.enquiry.to_release is None or case.is_closed:
        raise Refused("There is no reply waiting to be released in this case.")


def may_decide(case: Case) -> bool:
    """From the raiser's first turn until the case is closed: after silence too, and to decide otherwise."""
    if case.is_closed or case.is_settled or case.has_findings:
        return False
    turns = sum(one.name == "decide" for one in case.obligations)
    return turns > case.enquiry.turns_before


def something_to_decide(case: Case, now: Now) -> None:
    if case.is_settled and not case.is_closed:
        raise Refused("Both sides have agreed on what settles everything, so there is nothing to decide.")
    if case.has_findings and not case.is_closed:
        raise Refused("The panel has sent its findings, so there is nothing to decide any more.")
    if not may_decide(case):
        raise Refused(
            "This case is closed, so there is nothing to decide any more."
            if case.is_closed
            else "There is nothing to decide in this case at the moment."
        )


def may_wait(case: Case, now: Now) -> None:
    part = case.enquiry
    if not may_decide(case) or part.decision or part.released or part.asked_after:
        raise Refused("There is no reply to wait for in this case at the moment.")
    if case.enquiry.has_waited:
        raise Refused(
            "The raiser has chosen to wait once already. Please choose to go on, or to close the case."
        )


def reply_is_owed(case: Case, now: Now) -> None:
    reply = case.owed("reply")
    if reply is None or reply.is_paused:
        raise Refused("No reply is awaited in this case.")


def choices(case: Case, now: Now) -> tuple[str, ...]:
    """What the raiser can say now, as pages and the API ask it; what was used up is left out."""
    if not may_decide(case):
        return ()
    if is_further_on(case):
        return AT_ANY_TIME
    if case.enquiry.released or case.enquiry.asked_after:
        return AFTER_A_REPLY
    try:
        may_wait(case, now)
    except Refused:
        return GO_ON, STOP
    return GO_ON, WAIT, STOP


def decisions(case: Case, now: Now) -> Choices:
    """The same, as ``Decide`` says it: to wait is an act of its own."""
    said = (one for one in choices(case, now) if one != WAIT)
    return {"decision": tuple("not" if one == GO_ON else one for one in said)}


def last_day_to_wait(now: Now) -> date:
    calendar = now.rulebook.calendar
    return calendar.plus(calendar.start_day(now.at), LONGEST_WAIT)


# --- what follows -----------------------------------------------------------------------------------------


def send_reply(command: SendReply, case: Case, now: Now) -> list[Event]:
    given = {one.link: one for one in command.answers}
    answers: list[ClauseReply] = []
    for number, link in enumerate(case.intake.to_answer):
        one = given.get(link.id)
        if one is None or one.answer not in ANSWERS:
            raise Refused(
                f"Please answer each undertaking; {link.clause} has no answer yet.",
                f"answers.{number}.answer",
            )
        if one.answer != "accept" and (one.words is None or one.words.is_empty):
            raise Refused(
                f"Please say why, in a sentence or more, for {link.clause}.", f"answers.{number}.words"
            )
        answers.append(ClauseReply(link.id, one.answer, sealed_if(one.words)))
    offer, signed = sealed_if(command.offer), command.signed.sealed()
    came = coming.came(
        command.came, now, asked_at(case, "reply"), due_of(case, "reply"), bool(case.intake.on_paper)
    )
    sent = happened.ReplySent(tuple(answers), offer, command.person, signed, now.term("release"), came)
    if came and _was_there_before_none_was_recorded(came, case):
        return [sent, happened.NoReplyPutRight(came.on)]
    return [sent]


def _was_there_before_none_was_recorded(came: Came, case: Case) -> bool:
    """Once the case has gone on to a stage of its own, it stays there, and the reply is a late one."""
    if case.stage not in (Stage.RAISER_DECIDES, Stage.CLOSING):
        return False
    ended = [one.ended_at for one in case.obligations if one.name == "reply" and one.ended_at]
    return bool(ended) and came.on <= ended[-1].astimezone(LONDON).date()


def release_reply(command: ReleaseReply, case: Case, now: Now) -> list[Event]:
    number = case.enquiry.to_release
    assert number is not None  # noqa: S101 (asked by reply_waits)
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    phrases = command.hidden.text.splitlines() if command.hidden else []
    if nowhere := missing(now.waiting_reply, phrases):
        phrase = nowhere[0].strip()[:80]
        raise Refused(f"“{phrase}” does not stand in the reply. Please copy it as it stands there.", "hidden")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("others who raised it", without(now.waiting_reply, phrases), now.raisers_words, "hidden")
    undecided = case.enquiry.decision is None and not case.is_settled
    undecided = undecided and not case.mediation.is_under_way  # they decide when that is over
    decide = now.term("decide") if undecided else None
    return [happened.ReplyReleased(number, sealed_if(command.hidden), decide)]


def decide(command: Decide, case: Case, now: Now) -> list[Event]:
    if command.decision not in (*AFTER_A_REPLY, STOP):
        raise Refused("Please choose one of the answers.", "decision")
    if command.decision not in decisions(case, now)["decision"]:
        raise Refused(_what_can_be_said(case), "decision")
    left = () if is_further_on(case) else ways_on(case, now.rulebook.procedure)
    not_then = "go-on" if left else "close"
    then = {"settled": "close", "stop": "close", "not": not_then}.get(command.decision, command.then)
    if then == "go-on" and not left:
        raise Refused(NOTHING_LEFT, "then")
    if then not in ("close", "go-on"):
        raise Refused(
            "Please say whether this is enough to close the case, or whether it is to go on.", "then"
        )
    if command.then not in ("", then):
        raise Refused(TWO_THINGS[command.decision], "then")
    stage = wished(command.stage, left) if then == "go-on" else None
    words = command.words is not None and not command.words.is_empty
    said = (case.enquiry.decision, case.enquiry.then)
    if (command.decision, then) == said and stage in (None, case.enquiry.wish) and not words:
        return []
    opens = now.term("close" if then == "close" else "next-step")
    came = _of_a_turn(command.came, case, now)
    return [happened.RaiserDecided(command.decision, then, sealed_if(command.words), opens, stage, came)]


def _what_can_be_said(case: Case) -> str:
    if is_further_on(case):
        return "It goes on already. You can say that it is settled, or settled in part and enough."
    if case.enquiry.asked_after:
        return "Please say whether this settles it, partly or not."
    if case.enquiry.released:
        return "Please say whether the reply settles it, partly or not."
    return "No reply has reached you yet, so please choose to go on, to wait or to close."


def _of_a_turn(arrived: Arrived | None, case: Case, now: Now) -> Came | None:
    return coming.came(
        arrived, now, asked_at(case, "decide"), due_of(case, "decide"), bool(case.intake.on_paper)
    )


def wait_for_reply(command: WaitForReply, case: Case, now: Now) -> list[Event]:
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    latest = last_day_to_wait(now)
    if not today < command.until <= latest:
        raise Refused(
            f"Please choose a day after today and not later than {latest:%A} {latest.day} {latest:%B %Y}.",
            "until",
        )
    due, start = calendar.working_on_or_after(command.until), calendar.start_day(now.at)
    decide = Term(start, calendar.working_days_between(start, due), due)
    return [happened.WaitChosen(decide, _of_a_turn(command.came, case, now))]


def record_no_reply(command: RecordNoReply, case: Case, now: Now) -> list[Event]:
    return [happened.NoReplyRecorded(command.day, now.term("decide"))]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("reply", "release", "decide", "next-step")
NOTICES = (
    *("notice", "reply-received", "reply-released", "no-reply", "reply-in-time"),
    *("last-letter", "decision-recorded"),
)
ALL = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.PutToRespondent(reply=reply) if not case.intake.on_paper:  # they were told on paper
            hold = case.owed("hold")  # asked for first: champion and senior lead read of that
            term, name = (reply, "reply") if reply else (hold.term if hold else None, "hold")
            if term:
                facts = owed(name, term.due)
                yield Notice("acknowledgement", Seat.RAISER, facts, Rest.OWED)
                if reply:
                    yield Notice("notice", Seat.CHAMPION, facts, Rest.OWED)
        case happened.ReplySent(release=release):
            facts = owed("release", release.due)
            yield Notice("reply-received", Seat.OFFICER, facts, Rest.OWED)
            # councils forward mail: whoever replied may be another than the one we wrote to
            yield Notice("reply-received", Seat.CHAMPION, facts, confirms=True)
        case happened.ReplyReleased(decide=decide):
            facts, rests = (owed("decide", decide.due), Rest.OWED) if decide else ({}, Rest.OPEN)
            yield Notice("reply-released", Seat.RAISER, facts | offered(case), rests)
        case happened.NoReplyRecorded(decide=decide):
            facts = owed("decide", decide.due) | offered(case)
            yield from (Notice("no-reply", seat, facts, Rest.OWED) for seat in ALL)
        case happened.NoReplyPutRight(on=on):
            told = (Seat.RAISER, Seat.CHAMPION, Seat.SENIOR_LEAD)
            yield from (Notice("reply-in-time", seat, {"written": on.isoformat()}) for seat in told)
        case happened.LastLetterSent(until=until) if until:
            facts = owed("decide", until.due) | {"written": until.start.isoformat()}
            yield Notice("last-letter", Seat.RAISER, facts, Rest.RUNNING)
        case happened.RaiserDecided(then=then, next=term):
            facts = owed("close" if then == "close" else "next-step", term.due) | {"then": then}
            yield from (Notice("decision-recorded", seat, facts) for seat in ALL)


ACTS: tuple[Act[Any], ...] = (
    Act(
        SendReply,
        name="reply",
        words="Write down a reply",
        party_words="Send a reply",
        by=RESPONDING | CASE_STAFF,
        open=awaits_reply,
        decide=send_reply,
    ),
    Act(
        ReleaseReply,
        name="release",
        words="Read the reply and release it",
        by=CASE_STAFF,
        open=reply_waits,
        decide=release_reply,
        needs=frozenset({Need.WAITING_REPLY, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        Decide,
        name="decision",
        words="Write down the raiser’s decision",
        party_words="Say what happens next",
        by=IN_PERSON | CASE_STAFF,
        open=something_to_decide,
        decide=decide,
        choices=decisions,
        rank=lambda case: Rank.USUAL if (one := case.owed("decide")) and one.due else Rank.SELDOM,
    ),
    Act(WaitForReply, name="decision", by=IN_PERSON | CASE_STAFF, open=may_wait, decide=wait_for_reply),
    Act(RecordNoReply, by=SYSTEM, open=reply_is_owed, decide=record_no_reply, effect="no-reply"),
    *silence.ACTS,
    *onward.ACTS,
)
