"""Agreement: an officer writes who does what by when, both sides answer, reflect, and then it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules import agreed_actions, check_ins, coming, mediation_ends
from compact_cases.rules.act import Act, Choices, Need, Now, Rank, always
from compact_cases.rules.agreed import MONTHS, NOT, SEAT_OF, SIDES, YES, AgreedTerm, Version, other_than
from compact_cases.rules.agreed_actions import ActionCommand
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.check_ins import CheckInCommand
from compact_cases.rules.coming import Arrived
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as happened
from compact_cases.rules.mediating import PARTLY, SETTLED
from compact_cases.rules.names import hides_from
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON, in_time

LATE_START = 5  # working days, where the date of an action has come before the agreement stands
ANSWERS = (YES, NOT)


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WrittenTerm(Carries):
    """One line: who does what by when, how both will know, and the number of the link that it is about."""

    side: str
    what: Annotated[Statement, Kept("agreed", Audience.CASE, "Please say what is to be done.")]
    by: date
    known_by: Annotated[
        Statement, Kept("known-by", Audience.CASE, "Please say how both sides will know that it is done.")
    ]
    link: int | None = None


@dataclass(frozen=True)
class WriteAgreement(Carries):
    """``settles``: with it nothing stays open. ``words_may_stay``: somebody looked at telling words."""

    terms: tuple[WrittenTerm, ...]
    settles: bool
    words_may_stay: bool = False


@dataclass(frozen=True)
class SettleInMediation(Carries):
    """The version to which each side has said yes in the mediation room: with that the mediation ends."""

    terms: tuple[WrittenTerm, ...]
    settles: bool


@dataclass(frozen=True)
class AnswerAgreement(Carries):
    """``words``, for the officers alone, say what should be otherwise."""

    side: str
    answer: str
    words: Annotated[Statement | None, Kept("words", Audience.OFFICERS)] = None
    came: Arrived | None = None


@dataclass(frozen=True)
class WaiveReflection(Carries):
    side: str
    sure: bool


@dataclass(frozen=True)
class RecordNoAnswer(Carries):
    day: date
    item: str


@dataclass(frozen=True)
class LetAgreementStand(Carries):
    day: date
    item: str


AgreementCommand = (
    WriteAgreement
    | SettleInMediation
    | AnswerAgreement
    | WaiveReflection
    | RecordNoAnswer
    | LetAgreementStand
    | ActionCommand
    | CheckInCommand
)


# --- when each can be done --------------------------------------------------------------------------------


def can_be_written(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so no agreement can be written in it.")
    if not case.enquiry.had_notice:
        raise Refused("An agreement can be written once the respondent has had notice of the concern.")
    if case.is_settled:
        raise Refused("Both sides have agreed on what settles everything, so there is nothing to add.")


def can_be_settled(case: Case, now: Now) -> None:
    can_be_written(case, now)
    if case.mediation.mediator is None or not case.mediation.is_under_way:
        raise Refused("No mediator is at work in this case, so nothing can be settled in a mediation.")
    if set(case.mediation.in_it) != set(SIDES):
        raise Refused("A side has left the mediation, so there is nobody to agree with.")


def can_be_answered(case: Case, now: Now) -> None:
    if case.is_closed or case.agreement.lying is None:
        raise Refused("There is no agreement to answer in this case at the moment.")


def is_reflected_on(case: Case, now: Now) -> None:
    if not _reflecting(case, now):
        raise Refused("Nobody has days to reflect at the moment, or they are waived already.")


def answers(case: Case, now: Now) -> Choices:
    """Whose answer it may be, and which: the other one than was given."""
    lying = case.agreement.lying
    if case.is_closed or lying is None:
        return {"side": (), "answer": ()}
    sides = own_side(SIDES, now)
    news = {answer for side in sides for answer in ANSWERS if lying.answer_of(side) != answer}
    return {"side": sides, "answer": tuple(one for one in ANSWERS if one in news)}


def waiving(case: Case, now: Now) -> Choices:
    return {"side": _reflecting(case, now)}


def _reflecting(case: Case, now: Now) -> tuple[str, ...]:
    return own_side((side for side in SIDES if case.owed("reflect", side)), now)


def own_side(sides: Iterable[str], now: Now) -> tuple[str, ...]:
    """Those for which a visitor may speak: parties for their own, officers for either."""
    speaks_for_one = now.seat.side in (Side.RAISER, Side.RESPONDENT)
    return tuple(one for one in sides if not speaks_for_one or one == now.seat.side.value)


# --- what follows -----------------------------------------------------------------------------------------


def write_agreement(command: WriteAgreement, case: Case, now: Now) -> list[Event]:
    return [written(command, case, now)]


def written(command: WriteAgreement, case: Case, now: Now) -> happened.AgreementWritten:
    """A version as it would stand. Raises Refused at the field of what no agreement can hold."""
    if not command.terms:
        raise Refused("Please write down at least one thing that somebody does.", "terms.0.what")
    terms = tuple(_term(number, one, command, case, now) for number, one in enumerate(command.terms))
    raiser, respondent = (now.term_of(side, "agree") for side in SIDES)
    number = len(case.agreement.versions) + 1
    return happened.AgreementWritten(number, terms, command.settles, raiser, respondent)


def settle_in_mediation(command: SettleInMediation, case: Case, now: Now) -> list[Event]:
    """Both have accepted it where it was written, so that only their days to reflect are left."""
    version = written(WriteAgreement(command.terms, command.settles, words_may_stay=True), case, now)
    reflect = now.term("reflect", owner=now.slower)
    how = SETTLED if command.settles else PARTLY
    first, last = (
        happened.AgreementAnswered(version.version, side, YES, None, term)
        for side, term in zip(SIDES, (None, reflect), strict=True)
    )
    links = tuple(one.id for one in case.intake.links) if command.settles else ()
    return [version, first, last, *mediation_ends.over(how, case, now, links)]


def _term(number: int, one: WrittenTerm, command: WriteAgreement, case: Case, now: Now) -> AgreedTerm:
    where = f"terms.{number}."
    if one.side not in SIDES:
        raise Refused("Please say who does it: the raiser or the respondent.", f"{where}side")
    for name, text in (("what", one.what), ("known_by", one.known_by)):
        if text.is_empty:
            assert text.kept is not None  # noqa: S101 (bound by the command that carries it)
            raise Refused(text.kept.needed, f"{where}{name}")
        if case.intake.is_hidden and not command.words_may_stay:
            hides_from("the respondent who raised it", text.text, now.raisers_words, f"{where}{name}")
    is_a_day_to_come(one.by, f"{where}by", now)
    if one.link is not None and one.link not in [link.id for link in case.intake.links]:
        raise Refused("Please choose an undertaking that this case is about, or none.", f"{where}link")
    return AgreedTerm(one.side, one.what.sealed(), one.by, one.known_by.sealed(), one.link)


def is_a_day_to_come(day: date, field: str, now: Now) -> None:
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    if day <= today:
        raise Refused("Please choose a day after today.", field)
    if day > calendar.last:
        raise Refused(f"Our calendar ends in {calendar.last.year}. Please choose an earlier day.", field)
    if why := calendar.why_closed(day):
        before = calendar.minus(day, 1)
        raise Refused(
            f"{day.day} {day:%B %Y} is not a working day ({why}). "
            f"The working day before it is {before:%A} {before.day} {before:%B}.",
            field,
        )


def answer_agreement(command: AnswerAgreement, case: Case, now: Now) -> list[Event]:
    lying = case.agreement.lying
    assert lying is not None  # noqa: S101 (asked by can_be_answered)
    speaks(command.side, own_side(SIDES, now))
    if command.answer not in ANSWERS:
        raise Refused("Please say whether the agreement is accepted, or not like this.", "answer")
    if command.answer == lying.answer_of(command.side):
        raise Refused("This is the answer that is recorded already.", "answer")
    words = sealed_if(command.words)
    both = command.answer == YES and lying.answer_of(other_than(command.side)) == YES
    reflect = now.term("reflect", owner=now.slower) if both else None
    came = coming.of_item(command.came, case, now, "agree", command.side, lying.at)
    return [happened.AgreementAnswered(lying.number, command.side, command.answer, words, reflect, came)]


def speaks(side: str, allowed: tuple[str, ...], field: str = "side") -> None:
    if side not in allowed:
        raise Refused("Please say for which side this is; a side speaks for itself alone.", field)


def waive_reflection(command: WaiveReflection, case: Case, now: Now) -> list[Event]:
    speaks(command.side, _reflecting(case, now))
    if not command.sure:
        raise Refused("Please confirm that no more days to reflect are needed.", "sure")
    lying = case.agreement.lying
    assert lying is not None  # noqa: S101 (both accepted it)
    waived: list[Event] = [happened.ReflectionWaived(lying.number, command.side)]
    return waived if case.owed("reflect", other_than(command.side)) else [*waived, _made(lying, case, now)]


def record_no_answer(command: RecordNoAnswer, case: Case, now: Now) -> list[Event]:
    lying = case.agreement.lying
    if lying is None or case.owed("agree", command.item) is None:
        raise Refused("No answer to an agreement is awaited from this side.")
    return [happened.AgreementUnanswered(lying.number, command.item, command.day)]


def let_it_stand(command: LetAgreementStand, case: Case, now: Now) -> list[Event]:
    """Where those of both sides end on one day, the second finds it done."""
    lying = case.agreement.lying
    if lying is None and case.agreement.versions:
        return []
    if lying is None or case.owed("reflect", command.item) is None:
        raise Refused("Nobody has days to reflect on an agreement any more.")
    other = case.owed("reflect", other_than(command.item))
    if other and (other.due is None or in_time(now.at, other.due)):
        return []  # they have longer, or their days stand still: it stands when those are over too
    return [_made(lying, case, now)]


def _made(version: Version, case: Case, now: Now) -> Event:
    calendar = now.rulebook.calendar
    start = calendar.start_day(now.at)

    def term(due: date) -> Term:
        return Term(start, calendar.working_days_between(start, due), due)

    actions = tuple(
        term(one.by if one.by > start else calendar.plus(start, LATE_START)) for one in version.terms
    )
    asked = tuple(term(check_ins.answer_by(start, months, now)) for months in MONTHS)
    close = now.term("close") if version.settles else None
    return happened.AgreementMade(version.number, actions, asked, close)


def outcome(case: Case) -> str | None:
    """How a case ended in which an agreement settles everything; None where none does."""
    if not case.is_settled:
        return None
    if case.settled_by_mediation:
        return "settled by mediation"
    return "agreed at senior review" if case.review.was_opened else "resolved early"


def is_considered(case: Case) -> bool:
    """Whether a side still has days to answer or to reflect: nothing is closed meanwhile."""
    return any(one.name in ("agree", "reflect") for one in case.open_obligations)


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("agree", "reflect", *agreed_actions.OBLIGATIONS, *check_ins.OBLIGATIONS)
NOTICES = (
    "agreement",
    "agreement-answered",
    "agreement-reflect",
    "agreement-not-accepted",
    "agreement-made",
    *agreed_actions.NOTICES,
    *check_ins.NOTICES,
)


def notices(event: Event, case: Case) -> Iterator[Notice]:
    match event:
        case happened.AgreementWritten():
            asked = zip(SIDES, (event.raiser, event.respondent), strict=True)
            for side, term in ((side, term) for side, term in asked if case.owed("agree", side)):
                facts = owed("agree", term.due) | {"item": side, "version": event.version}
                yield Notice("agreement", SEAT_OF[side], facts, Rest.OWED)
        case happened.AgreementAnswered(answer=answer, side=side, reflect=reflect):
            facts = {"side": side, "answer": answer}
            if reflect:
                for one in SIDES:
                    due = owed("reflect", reflect.due) | {"item": one}
                    yield Notice("agreement-reflect", SEAT_OF[one], due, Rest.OWED, confirms=True)
            yield Notice("agreement-answered", Seat.OFFICER, facts)
            if answer == NOT:
                yield Notice("agreement-not-accepted", SEAT_OF[other_than(side)], facts)
        case happened.AgreementUnanswered(side=side):
            facts = {"side": side, "answer": "silent"}
            yield Notice("agreement-answered", Seat.OFFICER, facts)
            yield Notice("agreement-not-accepted", SEAT_OF[other_than(side)], facts)
        case happened.AgreementMade(close=close, actions=actions):
            facts = {"actions": len(actions), "settles": close is not None}
            due = owed("close", close.due) if close else {}
            for seat in (*SEAT_OF.values(), Seat.OFFICER):
                yield Notice("agreement-made", seat, facts | due, Rest.ALWAYS, confirms=True)
        case _:
            yield from agreed_actions.notices(event, case)


ACTS: tuple[Act[Any], ...] = (
    Act(
        WriteAgreement,
        name="agreement",
        words="Write down an agreement",
        by=CASE_STAFF,
        open=can_be_written,
        decide=write_agreement,
        needs=frozenset({Need.RAISERS_WORDS, Need.SMALL_SIDES}),
    ),
    Act(SettleInMediation, by=SYSTEM, open=can_be_settled, decide=settle_in_mediation),
    Act(
        AnswerAgreement,
        name="acceptance",
        words="Write down what a side says to the agreement",
        party_words="Say whether you accept the agreement",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=can_be_answered,
        decide=answer_agreement,
        choices=answers,
        side=lambda command, case: command.side,
    ),
    Act(
        WaiveReflection,
        name="reflection",
        words="Write down that a side needs no days to reflect",
        party_words="Say that you need no more days to reflect",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=is_reflected_on,
        decide=waive_reflection,
        choices=waiving,
        rank=Rank.SELDOM,
        side=lambda command, case: command.side,
    ),
    Act(RecordNoAnswer, by=SYSTEM, open=always, decide=record_no_answer, effect="not-accepted"),
    Act(LetAgreementStand, by=SYSTEM, open=always, decide=let_it_stand, effect="agreement-stands"),
    *agreed_actions.ACTS,
    *check_ins.ACTS,
)
