"""Intake: a concern is received, looked at, and either put to the respondent or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import coming, fast_track, guard, particulars, relations, succession, urgency
from compact_cases.rules.act import Act, Choices, Need, Now, Rank, still_open
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.choices import AFRAID_OF_IT
from compact_cases.rules.coming import Arrived, asked_at, due_of
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import intake as happened
from compact_cases.rules.names import hides_from
from compact_cases.rules.notices import Notice, Rest, all_owed, owed
from compact_cases.rules.particulars import CitedAs, ParticularsCommand, another_body
from compact_cases.rules.past import Past, as_of
from compact_cases.rules.pausing import WAITING_FOR_THE_RAISER, asking_term, may_pause, paused, resumed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import closed_facts
from compact_cases.rules.seats import CASE_STAFF, EVERYBODY, IN_PERSON, Seat
from compact_cases.rules.statements import Carries, Kept, Statement

OURS = Audience.RAISER_AND_OFFICERS

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
AS_NAMED = "respondent-as-named"
"""The question whose answer is the body's name as typed, of a body that is not on the register."""
AFRAID, ADJUSTMENTS = "afraid", "adjustments"
"""The questions whether the raiser is afraid of consequences, and what to do differently for them."""


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cite(Carries):
    """A clause by id and edition; or, for a Code not held, its slug and the paragraph as typed."""

    clause: str
    edition: str
    role: LinkRole
    paragraph: Annotated[Statement | None, Kept("paragraph", OURS)] = None


@dataclass(frozen=True)
class Told(Carries):
    """The answer to another question of the form."""

    question: str
    answer: Annotated[Statement, Kept("told", OURS)]


@dataclass(frozen=True)
class Receive(Carries):
    """Opens a case. Given by reception, once for each respondent named."""

    reference: str
    concern: UUID
    raiser: UUID | None
    raiser_body: UUID | None
    confidentiality: Confidentiality
    channel: str
    account: Annotated[Statement, Kept("account", OURS, "Please say what happened, in your own words.")]
    told: tuple[Told, ...]
    remedies: tuple[str, ...]
    closes_on: date | None
    respondent: UUID | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class AskForMore(Carries):
    question: Annotated[Statement, Kept("question", OURS, "Please write the question for the raiser.")]


@dataclass(frozen=True)
class AnswerQuestion(Carries):
    answer: Annotated[Statement, Kept("answer", OURS, "Please write the answer.")]
    came: Arrived | None = None


@dataclass(frozen=True)
class AddToConcern(Carries):
    """What the raiser wants to say beside the account, unasked and at any time until the case is closed."""

    addition: Annotated[Statement, Kept("addition", OURS, "Please write what you want to add.")]
    came: Arrived | None = None


@dataclass(frozen=True)
class Accept(Carries):
    """Acknowledges, and puts the concern to the respondent in the same act.

    ``wording`` is the text that the respondent will read. ``words_may_stay``: somebody looked at the words in
    it that could tell who raised it. ``fear_considered``: of a raiser who is afraid, that somebody asked
    themselves what this notice may bring. ``clauses`` are undertakings linked, or taken out, in the same act,
    and ``why``. ``harm`` cannot be undone; ``closes_on``, as known by now; ``hold``: the
    body is asked to extend it, to pause it, or to say why not.
    """

    officer: UUID
    restated: Annotated[
        Statement, Kept("restated", OURS, "Please restate the concern to its raiser in a sentence or two.")
    ]
    wording: Annotated[
        Statement, Kept("wording", Audience.CASE, "Please write the text that the respondent will read.")
    ]
    words_may_stay: bool = False
    fear_considered: bool = False
    clauses: tuple[CitedAs, ...] = ()
    why: Annotated[Statement | None, Kept("reason", Audience.OFFICERS)] = None
    harm: bool = False
    closes_on: date | None = None
    hold: bool = False
    past: Past | None = None


@dataclass(frozen=True)
class Decline(Carries):
    officer: UUID
    reason: str
    explanation: Annotated[
        Statement, Kept("explanation", OURS, "Please explain why, and where else the raiser can turn.")
    ]
    repeats: UUID | None = None  # the case in which it was looked at before


IntakeCommand = Receive | AskForMore | AnswerQuestion | AddToConcern | Accept | Decline | ParticularsCommand


# --- when each can be done --------------------------------------------------------------------------------


def not_there_yet(case: Case, now: Now) -> None:
    if case.position:
        raise Refused("This concern has already been received.")


def to_acknowledge(case: Case, now: Now) -> None:
    if case.owed("acknowledge") is None:
        raise Refused("This concern has been acknowledged already.")


def can_be_asked(case: Case, now: Now) -> None:
    to_acknowledge(case, now)
    if case.owed("answer"):
        raise Refused("The raiser has been asked already, and the answer is still awaited.")
    acknowledge, calendar = case.owed("acknowledge"), now.rulebook.calendar
    runs_on = urgency.answer_by(case, now)
    if acknowledge and not runs_on and not acknowledge.is_overdue(now.at, calendar):
        may_pause(case, now)  # what is overdue may be asked about, and is not paused


def question_is_open(case: Case, now: Now) -> None:
    """An answer is taken until the concern is acknowledged, also after its date."""
    questions = case.intake.questions
    if not questions or questions[-1].answer is not None or case.owed("acknowledge") is None:
        raise Refused("There is no question waiting for an answer in this case.")


def can_be_accepted(case: Case, now: Now) -> None:
    to_acknowledge(case, now)
    respondent = case.intake.respondent
    if respondent is None:
        raise Refused(
            "Please say first which body on the register this concern is about, or add it to the register.",
            "respondent",
        )
    another_body(respondent, case.intake.raiser_body, "respondent")
    body = now.register.get(respondent)
    if body is None or not body.has_champion:
        raise Refused(
            "The respondent has no named contact (champion) yet. Please add one to the register first.",
            "respondent",
        )


def reasons_to_decline(case: Case, now: Now) -> Choices:
    return {"reason": tuple(DECLINE_REASONS)}


# --- what follows -----------------------------------------------------------------------------------------


def receive(command: Receive, case: Case, now: Now) -> list[Event]:
    another_body(command.respondent, command.raiser_body, "respondent")
    acknowledge, urgent = urgency.at_receipt(command.closes_on, command.respondent, now)
    events: list[Event] = [
        happened.ConcernReceived(
            command.reference,
            command.concern,
            command.raiser,
            command.raiser_body,
            command.confidentiality.value,
            command.channel,
            now.rulebook.procedure.edition,
            now.rulebook.calendar.edition,
            command.account.sealed(),
            acknowledge,
        )
    ]
    if command.respondent:
        events.append(happened.RespondentMatched(command.respondent))
    for link, cite in enumerate(command.cites, 1):
        role = cite.role.value
        if cite.paragraph:
            events.append(happened.CodeNamed(link, cite.clause, role, cite.paragraph.sealed()))
        else:
            events.append(happened.ClauseCited(link, cite.clause, cite.edition, role, None))
    if command.closes_on:
        events += [happened.ClosingDateGiven(command.closes_on), *urgent]
    if command.remedies:
        events.append(happened.RemediesSought(command.remedies))
    events += [happened.AlsoTold(one.question, one.answer.sealed()) for one in command.told]
    return events


def ask_for_more(command: AskForMore, case: Case, now: Now) -> list[Event]:
    if sooner := urgency.answer_by(case, now):
        return [happened.MoreAsked(command.question.sealed(), sooner)]
    answer = asking_term(now, "answer")
    asked = happened.MoreAsked(command.question.sealed(), answer)
    pause = paused(case, now, ["acknowledge"], WAITING_FOR_THE_RAISER, until=answer.due, awaits="answer")
    return [asked, *pause]


def answer_question(command: AnswerQuestion, case: Case, now: Now) -> list[Event]:
    came = coming.came(command.came, now, case.intake.questions[-1].at, due_of(case, "answer"))
    answered = happened.MoreAnswered(command.answer.sealed(), came)
    return [answered, *resumed(case, now, "answer", "answered")]


def add_to_concern(command: AddToConcern, case: Case, now: Now) -> list[Event]:
    came = coming.came(command.came, now, asked_at(case, "acknowledge"))
    return [happened.AddedToConcern(command.addition.sealed(), came)]


def accept(command: Accept, case: Case, now: Now) -> list[Event]:
    now = as_of(command.past, case, now) if command.past else now
    linked, cited = particulars.recited(command.clauses, command.why, case, now)
    if not cited.intake.to_answer:
        raise Refused("Please link at least one undertaking that the respondent may not have met.", "clauses")
    if now.raiser_is_afraid and not command.fear_considered:
        raise Refused(AFRAID_OF_IT, "fear_considered")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("the respondent who raised it", command.wording.text, now.raisers_words, "wording")
    respondent = case.intake.respondent
    assert respondent is not None  # noqa: S101 (asked by can_be_accepted)
    urgent, after = fast_track.at_acceptance(command.closes_on, command.harm, command.hold, case, now)
    reply = None if command.hold else urgency.ordinary_reply(case, now.at, now)
    guarded = guard.term(case, now)
    return [
        *linked,
        *urgent,
        happened.Acknowledged(command.officer, command.restated.sealed()),
        put.PutToRespondent(respondent, command.wording.sealed(), reply, guarded),
        *after,
        *([happened.KeptOnPaper(**vars(command.past))] if command.past else []),
    ]


def decline(command: Decline, case: Case, now: Now) -> list[Event]:
    if command.reason not in DECLINE_REASONS:
        raise Refused("Please choose one of the reasons for not taking the concern further.", "reason")
    repeats = [relations.repeats(command.repeats, case, now)] if command.repeats else []
    return [
        *repeats,
        happened.Acknowledged(command.officer, None),
        happened.Declined(command.reason, command.explanation.sealed()),
        ended.Closed(DECLINE_REASONS[command.reason], None),
    ]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("acknowledge", "answer", succession.CHOOSE)
NOTICES = (
    *("receipt", "new-concern", "delay", "acknowledgement", "question", "answered", "addition", "declined"),
    *("assigned", "handed-over", "kept-on-paper", "succeeded", "divided"),
)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.ConcernReceived(acknowledge=acknowledge):
            facts = owed("acknowledge", acknowledge.due)
            soon, alone = fast_track.told_of_the_date(case)
            yield Notice("receipt", Seat.RAISER, {**facts, **alone}, Rest.OWED, confirms=True)
            yield Notice("new-concern", Seat.OFFICER, {**facts, **soon}, Rest.RUNNING)
        case happened.MoreAsked(answer=answer):
            yield Notice("question", Seat.RAISER, owed("answer", answer.due), Rest.OWED)
        case happened.MoreAnswered():
            yield Notice("answered", Seat.OFFICER, _owed_by_the_office(case))
        case happened.OfficerAssigned() if not case.is_closed:  # else a letter of its own says why
            yield Notice("assigned", Seat.OFFICER, _owed_by_the_office(case))
        case happened.HandedOver():
            yield Notice("handed-over", Seat.OFFICER, _owed_by_the_office(case))
        case happened.KeptOnPaper(told_on=told_on) if reply := case.owed("reply"):
            facts = {**owed("reply", reply.term.due), "written": told_on.isoformat()}
            yield from (Notice("kept-on-paper", seat, facts) for seat in (Seat.RAISER, Seat.CHAMPION))
        case happened.RespondentSucceeded():
            yield from succession.told(case)
        case happened.RespondentDivided():
            yield from succession.told_of_division(event)
        case happened.AddedToConcern():
            yield Notice("addition", Seat.OFFICER)
        case happened.Declined():
            yield Notice("declined", Seat.RAISER, closed_facts(case), Rest.ALWAYS)


def _owed_by_the_office(case: Case) -> dict[str, Any]:
    return all_owed(case.open_obligations, *CASE_STAFF)


ACTS: tuple[Act[Any], ...] = (
    Act(Receive, by=EVERYBODY, open=not_there_yet, decide=receive),
    Act(
        Accept,
        name="acknowledgement",
        words="Take it on, or say why not",
        by=CASE_STAFF,
        open=can_be_accepted,
        decide=accept,
        needs=frozenset({Need.REGISTER, Need.RAISERS_WORDS, Need.FEAR, Need.SMALL_SIDES}),
    ),
    Act(
        Decline,
        name="acknowledgement",
        by=CASE_STAFF,
        open=to_acknowledge,
        decide=decline,
        choices=reasons_to_decline,
        **relations.OF_A_REPEAT,
    ),
    particulars.MATCH,
    Act(
        AskForMore,
        name="question",
        words="Ask the raiser for more",
        by=CASE_STAFF,
        open=can_be_asked,
        decide=ask_for_more,
    ),
    Act(
        AnswerQuestion,
        name="answer",
        words="Write down the raiser’s answer",
        party_words="Answer the question",
        by=IN_PERSON | CASE_STAFF,
        open=question_is_open,
        decide=answer_question,
    ),
    *particulars.ACTS,
    Act(
        AddToConcern,
        name="addition",
        words="Write down what the raiser adds",
        party_words="Add something to my concern",
        by=IN_PERSON | CASE_STAFF,
        open=still_open,
        decide=add_to_concern,
        rank=Rank.SELDOM,
    ),
)
