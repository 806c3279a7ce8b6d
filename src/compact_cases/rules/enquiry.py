"""Enquiry: the respondent replies, an officer releases the reply, the raiser decides."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case
from compact_cases.rules.events import ClauseReply, Event, Term
from compact_cases.rules.obligations import term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import Statement
from compact_cases.rules.working_days import LONDON

ANSWERS = ("accept", "in-part", "dispute", "not-ours")
DECISIONS = ("settled", "partly", "not", "stop")
LONGEST_WAIT = 10  # working days, after no reply was recorded


@dataclass(frozen=True)
class Answer:
    """accept, in-part, dispute or not-ours (then the words say whose); only ``accept`` needs no words."""

    clause: str
    answer: str
    words: Statement | None


@dataclass(frozen=True)
class SendReply:
    """``signed`` is the name and post of who replies: councils forward mail, so it is asked each time."""

    answers: tuple[Answer, ...]
    offer: Statement | None
    person: UUID | None
    signed: Statement


@dataclass(frozen=True)
class ReleaseReply:
    """``looked`` says that the officer looked for names that must not be there; ``hidden`` lists phrases,
    one a line, that are taken out before the raiser reads the reply."""

    looked: bool
    hidden: Statement | None = None


@dataclass(frozen=True)
class Decide:
    """settled, partly (then close or go on), not, or stop: close although no reply came."""

    decision: str
    then: str = ""
    words: Statement | None = None


@dataclass(frozen=True)
class WaitForReply:
    until: date


@dataclass(frozen=True)
class RecordNoReply:
    day: date


@dataclass(frozen=True)
class SendLastLetter:
    day: date


@dataclass(frozen=True)
class RecordSilence:
    day: date


EnquiryCommand = (
    SendReply | ReleaseReply | Decide | WaitForReply | RecordNoReply | SendLastLetter | RecordSilence
)


def send_reply(command: SendReply, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if not case.awaits_reply:  # early resolution, or later when none was recorded
        raise Refused("This case is not waiting for a reply.")
    given = {one.clause: one for one in command.answers}
    for clause in case.clauses_to_answer:
        one = given.get(clause)
        if one is None or one.answer not in ANSWERS:
            raise Refused(f"Please answer each undertaking; {clause} has no answer yet.", f"answer-{clause}")
        if one.answer != "accept" and not (one.words and one.words.text.strip()):
            raise Refused(f"Please say why, in a sentence or more, for {clause}.", f"words-{clause}")
    if not command.signed.text.strip():
        raise Refused("Please give the name and post of the person who replies.", "signed")
    answers = tuple(
        ClauseReply(clause, given[clause].answer, words.sealed() if (words := given[clause].words) else None)
        for clause in case.clauses_to_answer
    )
    offer = command.offer.sealed() if command.offer else None
    release = term("release", at, rulebook)
    return [happened.ReplySent(answers, offer, command.person, command.signed.sealed(), release)]


def release_reply(command: ReleaseReply, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    number = case.reply_to_release
    if number is None or case.is_closed:
        raise Refused("There is no reply waiting to be released in this case.")
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    hidden = command.hidden.sealed() if command.hidden else None
    undecided = case.decision is None and (case.owed("reply") is None)
    decide = term("decide", at, rulebook) if undecided else None
    return [happened.ReplyReleased(number, hidden, decide)]


def decide(command: Decide, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.owed("decide") is None:
        raise Refused("There is nothing to decide in this case at the moment.")
    if command.decision not in DECISIONS:
        raise Refused("Please choose one of the answers.", "decision")
    replied = bool(case.released_replies)
    if command.decision in ("settled", "partly") and not replied:
        raise Refused(
            "No reply has reached you yet, so please choose to go on, to wait or to close.", "decision"
        )
    if command.decision == "stop" and replied:
        raise Refused("Please say whether the reply settles it, partly or not.", "decision")
    then = {"settled": "close", "stop": "close", "not": "go-on"}.get(command.decision, command.then)
    if then not in ("close", "go-on"):
        raise Refused(
            "Please say whether this is enough to close the case, or whether you want to go on.", "then"
        )
    opens = term("close" if then == "close" else "next-step", at, rulebook)
    words = command.words.sealed() if command.words else None
    return [happened.RaiserDecided(command.decision, then, words, opens)]


def wait_for_reply(command: WaitForReply, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.owed("decide") is None or case.released_replies:
        raise Refused("There is no reply to wait for in this case at the moment.")
    calendar, today = rulebook.calendar, at.astimezone(LONDON).date()
    latest = calendar.plus(calendar.start_day(at), LONGEST_WAIT)
    if not today < command.until <= latest:
        raise Refused(
            f"Please choose a day after today and not later than {latest:%A} {latest.day} {latest:%B %Y}.",
            "until",
        )
    due = calendar.working_on_or_after(command.until)
    start = calendar.start_day(at)
    return [happened.WaitChosen(Term(start, calendar.working_days_between(start, due), due))]


def record_no_reply(command: RecordNoReply, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.owed("reply") is None:
        raise Refused("No reply is awaited in this case.")
    return [happened.NoReplyRecorded(command.day, term("decide", at, rulebook))]


def send_last_letter(command: SendLastLetter, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.owed("decide") is None:
        raise Refused("The raiser has decided, so no last letter is needed.")
    return [happened.LastLetterSent(command.day)]


def record_silence(command: RecordSilence, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.owed("decide") is None:
        raise Refused("The raiser has decided, so there is no silence to record.")
    return [happened.SilenceRecorded(command.day, term("close", at, rulebook))]
