"""Intake: a concern is received, looked at, and either put to the respondent or not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.events import Event, Hold
from compact_cases.rules.obligations import Obligation, days_term, term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import Statement
from compact_cases.rules.working_days import LONDON

PAUSE_CAP = 10  # working days; procedure, section 4
PAUSES_IN_ALL = 20  # more ordinary pauses than this in one case need the chair

DECLINE_REASONS: dict[str, str] = {
    "no undertaking engaged": "not accepted",
    "not a partner": "not accepted",
    "over 12 months old": "not accepted",
    "personal grievance": "not accepted",
    "repeat": "not accepted",
    "another route fits": "referred elsewhere",
    "not enough information": "not enough information",
}
"""The reasons for which a concern may be declined, and the outcome that each one is."""


@dataclass(frozen=True)
class Cite:
    """A clause by id and edition; or, for a Code not held, its slug and the paragraph as typed."""

    clause: str
    edition: str
    role: LinkRole
    paragraph: Statement | None = None


@dataclass(frozen=True)
class Receive:
    """Opens a case. Given by reception, once for each respondent named."""

    concern: UUID
    raiser: UUID | None
    confidentiality: Confidentiality
    channel: str
    account: Statement
    told: tuple[tuple[str, Statement], ...]
    remedies: tuple[str, ...]
    closes_on: date | None
    respondent: UUID | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class MatchRespondent:
    body: UUID


@dataclass(frozen=True)
class CiteClause:
    clause: str
    edition: str
    role: LinkRole
    reason: Statement


@dataclass(frozen=True)
class DropClause:
    clause: str
    reason: Statement


@dataclass(frozen=True)
class Assign:
    officer: UUID


@dataclass(frozen=True)
class HandOver:
    officer: UUID
    reason: Statement


@dataclass(frozen=True)
class AskForMore:
    question: Statement


@dataclass(frozen=True)
class AnswerQuestion:
    answer: Statement


@dataclass(frozen=True)
class Accept:
    """Acknowledges, and puts the concern to the respondent in the same act.

    ``wording`` is the text that the respondent will read; ``volunteer_run`` and ``has_champion`` are read
    from the register by the office.
    """

    officer: UUID
    restated: Statement
    wording: Statement
    volunteer_run: bool = False
    has_champion: bool = True


@dataclass(frozen=True)
class Decline:
    officer: UUID
    reason: str
    explanation: Statement


IntakeCommand = (
    Receive
    | MatchRespondent
    | CiteClause
    | DropClause
    | Assign
    | HandOver
    | AskForMore
    | AnswerQuestion
    | Accept
    | Decline
)


def receive(command: Receive, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.position:
        raise Refused("This concern has already been received.")
    if not command.account.text.strip():
        raise Refused("Please say what happened, in your own words.", "account")
    acknowledge = term("acknowledge", at, rulebook)
    events: list[Event] = [
        happened.ConcernReceived(
            command.concern,
            command.raiser,
            command.confidentiality.value,
            command.channel,
            command.account.sealed(),
            acknowledge,
        )
    ]
    if command.respondent:
        events.append(happened.RespondentMatched(command.respondent))
    for cite in command.cites:
        if cite.paragraph:
            events.append(happened.CodeNamed(cite.clause, cite.paragraph.sealed()))
        else:
            events.append(happened.ClauseCited(cite.clause, cite.edition, cite.role.value, None))
    if command.closes_on:
        events.append(happened.ClosingDateGiven(command.closes_on))
    if command.remedies:
        events.append(happened.RemediesSought(command.remedies))
    events += [happened.AlsoTold(question, answer.sealed()) for question, answer in command.told]
    return events


def match_respondent(command: MatchRespondent, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if case.had_notice:
        raise Refused("The concern has been put to the respondent, so the respondent cannot be changed now.")
    _still_open(case)
    if case.taken_in:
        raise Refused(
            "Another concern about this body was merged into this one. Undo that merge before the body is "
            "changed.",
            "body",
        )
    if case.respondent == command.body:
        return []
    return [happened.RespondentMatched(command.body)]


def cite_clause(command: CiteClause, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _still_open(case)
    _reasoned(command.reason)
    if any(link.clause == command.clause and link.role is command.role for link in case.links):
        raise Refused("This undertaking is already cited in that way.", "clause")
    return [
        happened.ClauseCited(command.clause, command.edition, command.role.value, command.reason.sealed())
    ]


def drop_clause(command: DropClause, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _still_open(case)
    _reasoned(command.reason)
    if all(link.clause != command.clause for link in case.links):
        raise Refused("This undertaking is not cited in this case.", "clause")
    if case.had_notice and case.clauses_to_answer == (command.clause,):
        raise Refused(
            "This is the only undertaking that the respondent was asked about. Add another one first.",
            "clause",
        )
    return [happened.ClauseDropped(command.clause, command.reason.sealed())]


def assign(command: Assign, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _still_open(case)
    return [] if case.officer == command.officer else [happened.OfficerAssigned(command.officer)]


def hand_over(command: HandOver, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _still_open(case)
    _reasoned(command.reason)
    if case.officer == command.officer:
        raise Refused("This officer has the case already. Please choose another one.", "officer")
    return [happened.HandedOver(command.officer, command.reason.sealed())]


def ask_for_more(command: AskForMore, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    acknowledge = _to_acknowledge(case)
    if not command.question.text.strip():
        raise Refused("Please write the question for the raiser.", "question")
    if case.owed("answer"):
        raise Refused("The raiser has been asked already, and the answer is still awaited.")
    calendar, today = rulebook.calendar, at.astimezone(LONDON).date()
    used = sum(calendar.working_days_between(on, until) for on, until in case.holds if until)
    if used + PAUSE_CAP > PAUSES_IN_ALL:
        raise Refused(
            "This case has been paused for so long already that one more pause needs the chair. "
            "Please go on with what there is."
        )
    hold = None
    if acknowledge.due is not None and not acknowledge.is_overdue(at, calendar):
        left = calendar.working_days_left_at(acknowledge.term.start, acknowledge.term.limit, today)
        hold = Hold(today, left, calendar.plus(today, PAUSE_CAP))
    return [happened.MoreAsked(command.question.sealed(), term("answer", at, rulebook), hold)]


def answer_question(command: AnswerQuestion, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    if not case.questions or case.questions[-1].answer is not None or case.owed("acknowledge") is None:
        raise Refused("There is no question waiting for an answer in this case.")
    if not command.answer.text.strip():
        raise Refused("Please write your answer.", "answer")
    acknowledge = case.owed("acknowledge")
    resumed = None
    if acknowledge and acknowledge.hold and acknowledge.due is None:
        resumed = days_term(at, acknowledge.hold.days_left, rulebook.calendar)
    return [happened.MoreAnswered(command.answer.sealed(), resumed)]


def accept(command: Accept, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _to_acknowledge(case)
    if case.respondent is None:
        raise Refused(
            "Please say first which body on the register this concern is about, or add it to the register.",
            "respondent",
        )
    if not command.has_champion:
        raise Refused(
            "The respondent has no named contact (champion) yet. Please add one to the register first.",
            "respondent",
        )
    if not case.clauses_to_answer:
        raise Refused("Please link at least one undertaking that the respondent may not have met.", "clauses")
    if not command.restated.text.strip():
        raise Refused("Please restate the concern to its raiser in a sentence or two.", "restated")
    if not command.wording.text.strip():
        raise Refused("Please write the text that the respondent will read.", "wording")
    reply = term("reply", at, rulebook, volunteer_run=command.volunteer_run)
    return [
        happened.Acknowledged(command.officer, command.restated.sealed()),
        happened.PutToRespondent(case.respondent, command.wording.sealed(), reply),
    ]


def decline(command: Decline, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    _to_acknowledge(case)
    if command.reason not in DECLINE_REASONS:
        raise Refused("Please choose one of the reasons for not taking the concern further.", "reason")
    if not command.explanation.text.strip():
        raise Refused("Please explain why, and where else the raiser can turn.", "explanation")
    return [
        happened.Acknowledged(command.officer, None),
        happened.Declined(command.reason, command.explanation.sealed()),
        happened.Closed(DECLINE_REASONS[command.reason], None),
    ]


def _to_acknowledge(case: Case) -> Obligation:
    acknowledge = case.owed("acknowledge")
    if acknowledge is None:
        raise Refused("This concern has been acknowledged already.")
    return acknowledge


def _still_open(case: Case) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so it cannot be changed.")


def _reasoned(reason: Statement) -> None:
    if not reason.text.strip():
        raise Refused("Please give a reason; it is kept with the case and only officers read it.", "reason")
