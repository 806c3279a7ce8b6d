"""Mediation, its end: settled or not, somebody leaves, its time is over; and what the case does then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules.act import Act, Choices, Now, Rank
from compact_cases.rules.case import Case
from compact_cases.rules.course import OF_A_STAGE, Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as agreed
from compact_cases.rules.events import closing as closed
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.mediating import (
    A_PARTY_LEFT,
    MEDIATOR_ENDED,
    NO_MEDIATOR,
    NOT_SETTLED,
    PARTIES,
    PARTLY,
    SETTLED,
    THE_PANEL,
    TIME_OVER,
    seats_told,
)
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pausing import resumed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Term

BY_THE_MEDIATOR = (SETTLED, PARTLY, NOT_SETTLED, MEDIATOR_ENDED)


@dataclass(frozen=True)
class EndMediation(Carries):
    """``settled``: the links of the case that are settled, where it is partly settled."""

    ending: str
    settled: tuple[int, ...] = ()


@dataclass(frozen=True)
class LeaveMediation(Carries):
    """``sure`` is the confirming step; no reason is asked."""

    party: str
    sure: bool


@dataclass(frozen=True)
class ExtendMediation(Carries):
    """``agreed``: everybody who is in it agrees."""

    until: date
    agreed: bool


@dataclass(frozen=True)
class RecordMediationOver(Carries):
    """Given by the sweep on the day after its last."""

    day: date


EndingCommand = EndMediation | LeaveMediation | ExtendMediation | RecordMediationOver


def is_mediated(case: Case, now: Now) -> None:
    if case.owed("mediate") is None:
        raise Refused("No mediator is at work in this case at the moment.")


def is_led_here(case: Case) -> None:
    if case.mediation.partner and not case.mediation.leads:
        raise Refused("This mediation serves another case of the same concern too, and is arranged there.")


def has_begun(case: Case, now: Now) -> None:
    if case.mediation.began_at is None:
        raise Refused("No mediation has begun in this case.")


def can_be_left(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    if not case.mediation.is_under_way or own not in ("", *case.mediation.in_it):
        raise Refused("You are not in a mediation at the moment.")


def can_last_longer(case: Case, now: Now) -> None:
    is_led_here(case)
    is_mediated(case, now)
    mediate, latest = case.owed("mediate"), case.mediation.latest
    if mediate and latest and mediate.due and mediate.due >= latest:
        raise Refused("The mediation has all the time already that the procedure gives it.")


def endings(case: Case, now: Now) -> Choices:
    return {"ending": BY_THE_MEDIATOR if case.owed("mediate") else ()}


def end(command: EndMediation, case: Case, now: Now) -> list[Event]:
    if command.ending not in BY_THE_MEDIATOR:
        raise Refused("Please say how the mediation ended.", "ending")
    cited = tuple(one.id for one in case.intake.links)
    if command.ending != PARTLY:
        return over(command.ending, case, now, cited if command.ending == SETTLED else ())
    if set(command.settled) - set(cited):
        raise Refused("Please choose undertakings that this case cites.", "settled")
    if cited and not command.settled:
        raise Refused("Please tick which of the undertakings are settled.", "settled")
    return over(PARTLY, case, now, command.settled)


def leave(command: LeaveMediation, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say which side leaves.", "party")
    if party not in case.mediation.in_it:
        raise Refused("This side is not in the mediation.", "party")
    if not command.sure:
        raise Refused("Please confirm that you want to leave the mediation.", "sure")
    return [happened.PartyLeft(party), *over(A_PARTY_LEFT, case, now)]


def extend(command: ExtendMediation, case: Case, now: Now) -> list[Event]:
    mediate, latest, calendar = case.owed("mediate"), case.mediation.latest, now.rulebook.calendar
    assert mediate is not None and mediate.due is not None and latest is not None  # noqa: S101, PT018
    if not mediate.due < command.until <= latest:
        raise Refused(
            f"Please choose a day after {in_words(mediate.due)} and not later than {in_words(latest)}.",
            "until",
        )
    if not calendar.is_working(command.until):
        raise Refused("That is no working day. Please choose another day.", "until")
    if not command.agreed:
        raise Refused("Please ask everybody who is in the mediation, and tick that all agree.", "agreed")
    start = mediate.term.start
    term = Term(start, calendar.working_days_between(start, command.until), command.until)
    return [happened.MediationExtended(term)]


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def record_over(command: RecordMediationOver, case: Case, now: Now) -> list[Event]:
    return over(TIME_OVER, case, now) if case.owed("mediate") else []


def over(ending: str, case: Case, now: Now, settled: tuple[int, ...] = ()) -> list[Event]:
    """Where it never began, the case goes on where it stood, with the days that were left, as does a panel
    that had proposed it; else the raiser decides on what is open."""
    stood = case.owed("decide") or case.owed("note")
    back = case.mediation.before_it if ending == NO_MEDIATOR and stood else None
    if case.mediation.asked_by == THE_PANEL and ending != SETTLED:
        back = Stage.PANEL.value
    others = any(one.is_paused and one.name not in OF_A_STAGE for one in case.open_obligations)
    ended = happened.MediationEnded(ending, settled, back)
    going = resumed(case, now, "mediate", f"mediation: {ending}") if back or others else []
    decide = [] if back else [put.DecisionAsked(Stage.MEDIATION.value, now.term("decide"))]
    return [*going, ended, *decide]


OBLIGATIONS = ("mediate",)
NOTICES = ("mediation-time", "mediation-ended")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    part = case.mediation
    match event:
        case happened.MediationExtended(mediate=mediate):
            facts = owed("mediate", mediate.due)
            told = (*seats_told(part, part.in_it), Seat.OFFICER)
            yield from (Notice("mediation-time", seat, facts) for seat in told)
        case happened.MediationEnded(ending=ending):
            facts = {"ending": ending, **({"panel": True} if event.back == Stage.PANEL else {})}
            decide = case.owed("decide")
            theirs = facts | owed("decide", decide.due) if decide and decide.due else facts
            yield Notice("mediation-ended", Seat.RAISER, theirs, confirms=True)
            yield from (
                Notice("mediation-ended", seat, facts, confirms=seat is Seat.CHAMPION)
                for seat in (Seat.CHAMPION, Seat.OFFICER, *_mediators(case))
            )
        case closed.Closed() | agreed.AgreementMade() | put.RaiserDecided() if is_ended_by(case):
            facts = {"ending": part.ending or ""}
            yield from (Notice("mediation-ended", seat, facts, Rest.ALWAYS) for seat in _mediators(case))


def _mediators(case: Case) -> tuple[Seat, ...]:
    return (Seat.MEDIATOR,) if case.mediation.mediator else ()


def is_ended_by(case: Case) -> bool:
    """Whether this very act ended it, in another way than its own."""
    return case.mediation.ended_at is not None and case.mediation.ended_at == case.at


MEDIATING = frozenset({Seat.MEDIATOR})
ACTS: tuple[Act[Any], ...] = (
    Act(
        EndMediation,
        name="mediation-end",
        words="Say how the mediation ended",
        party_words="Say how the mediation ended",
        by=MEDIATING,
        open=is_mediated,
        decide=end,
        choices=endings,
        rank=Rank.SELDOM,
    ),
    Act(
        ExtendMediation,
        name="mediation-time",
        words="Write down that all agree to more time",
        party_words="Write down that all agree to more time",
        by=MEDIATING,
        open=can_last_longer,
        decide=extend,
        rank=Rank.SELDOM,
    ),
    Act(
        LeaveMediation,
        name="mediation-leaving",
        words="Write down that a side leaves the mediation",
        party_words="Leave the mediation",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=can_be_left,
        decide=leave,
        side=lambda command, case: command.party,
        rank=Rank.LAST,
    ),
    Act(RecordMediationOver, by=SYSTEM, open=has_begun, decide=record_over, effect="mediation-over"),
)
