"""Intake, its particulars: which body a concern is about, which undertakings it cites, who handles it."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import handling, review, succession, urgency
from compact_cases.rules.act import REASON, Act, Need, Now, Rank, still_handled, still_open
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.events import Event
from compact_cases.rules.events import intake as happened
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries, Statement


@dataclass(frozen=True)
class MatchRespondent(Carries):
    body: UUID


@dataclass(frozen=True)
class CiteClause(Carries):
    """A new link, or another role for the link of this clause that is there already."""

    clause: str
    edition: str
    role: LinkRole
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class DropClause(Carries):
    link: int
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class CitedAs(Carries):
    """An undertaking as a case is to cite it from now on; without a role it is taken out."""

    clause: str
    edition: str
    role: LinkRole | None


@dataclass(frozen=True)
class Assign(Carries):
    officer: UUID


@dataclass(frozen=True)
class HandOver(Carries):
    officer: UUID
    reason: Annotated[Statement, REASON]


ParticularsCommand = (
    MatchRespondent | CiteClause | DropClause | Assign | HandOver | succession.SuccessionCommand
)


# --- when each can be done --------------------------------------------------------------------------------


def can_be_matched(case: Case, now: Now) -> None:
    if case.had_notice:
        raise Refused("The concern has been put to the respondent, so the respondent cannot be changed now.")
    still_open(case, now)
    if case.closing.taken_in:
        raise Refused(
            "Another concern about this body was merged into this one. Undo that merge before the body is "
            "changed.",
            "body",
        )


def another_body(respondent: UUID | None, raiser_body: UUID | None, field: str) -> None:
    """A concern is about another body than its raiser's."""
    if respondent is not None and respondent == raiser_body:
        raise Refused(
            "This is the raiser’s own body, and a concern is about another one. Please choose that.", field
        )


def can_be_assigned(case: Case, now: Now) -> None:
    still_open(case, now)
    _somebody_may(case, now)


def _somebody_may(case: Case, now: Now) -> None:
    if now.officers and not review.who_may_handle(case, now):
        raise Refused(
            "Nobody here can take this case over: each has a conflict of interest in it, or handled it "
            "before its senior review. It can be handed on to another office."
        )


def is_handled(case: Case, now: Now) -> None:
    still_handled(case, now)
    _somebody_may(case, now)
    if case.intake.officer is None:
        raise Refused("Nobody handles this case yet. Please say first who does.", "officer")


def respondent_first(case: Case) -> Rank:
    return Rank.WAITED_FOR if case.intake.respondent is None and not case.is_closed else Rank.USUAL


# --- what follows -----------------------------------------------------------------------------------------


def match_respondent(command: MatchRespondent, case: Case, now: Now) -> list[Event]:
    if command.body not in now.register:
        raise Refused("This body is not on the register. Please choose one that is.", "body")
    another_body(command.body, case.intake.raiser_body, "body")
    if case.intake.respondent == command.body:
        return []
    volunteer_run = now.register[command.body].volunteer_run
    urgent = urgency.became_urgent(case, case.intake.closes_on, volunteer_run, now)
    return [happened.RespondentMatched(command.body), *urgent]


def cite_clause(command: CiteClause, case: Case, now: Now) -> list[Event]:
    same = [link for link in case.intake.links if link.clause == command.clause]
    if any(link.role is command.role for link in same):
        raise Refused("This undertaking is already cited in that way.", "clause")
    number = same[0].id if same else 1 + len(case.intake.every_link)
    if command.role is not LinkRole.NOT_MET:
        _not_the_only_one(number, case)
    reason = command.reason.sealed()
    return [happened.ClauseCited(number, command.clause, command.edition, command.role.value, reason)]


def drop_clause(command: DropClause, case: Case, now: Now) -> list[Event]:
    if all(one.id != command.link for one in case.intake.links):
        raise Refused("This undertaking is not cited in this case.", "clause")
    _not_the_only_one(command.link, case)
    return [happened.ClauseDropped(command.link, command.reason.sealed())]


def recited(
    clauses: tuple[CitedAs, ...], why: Statement | None, case: Case, now: Now
) -> tuple[list[Event], Case]:
    """What changes in the undertakings that another act settles too, and the case after it."""
    events: list[Event] = []
    for one in clauses:
        link = next((link for link in case.intake.links if link.clause == one.clause), None)
        if one.role is (link.role if link else None):
            continue
        if why is None or why.is_empty:
            raise Refused(REASON.needed, "why")
        number = link.id if link else 1 + len(case.intake.every_link)
        event: Event = happened.ClauseDropped(number, why.sealed())
        if one.role:
            event = happened.ClauseCited(number, one.clause, one.edition, one.role.value, why.sealed())
        events.append(event)
        case = evolve(case, event, now.at)
    return events, case


def assign(command: Assign, case: Case, now: Now) -> list[Event]:
    _an_officer(command.officer, case, now)
    if case.intake.officer == command.officer:
        return []
    return [*handling.found(command.officer, case), happened.OfficerAssigned(command.officer)]


def hand_over(command: HandOver, case: Case, now: Now) -> list[Event]:
    if case.intake.officer == command.officer:
        raise Refused("This officer has the case already. Please choose another one.", "officer")
    _an_officer(command.officer, case, now)
    return [
        *handling.found(command.officer, case),
        happened.HandedOver(command.officer, command.reason.sealed()),
    ]


def _an_officer(officer: UUID, case: Case, now: Now) -> None:
    if officer in case.handling.conflicted:
        raise Refused(
            "This officer has a conflict of interest in the case. Please choose another.", "officer"
        )
    if officer in review.who_may_handle(case, now):
        return
    if officer not in now.officers:
        raise Refused("This is no officer of the office. Please choose one who is.", "officer")
    raise Refused(
        "This officer handled the case before its senior review, and whoever convenes that is new to it. "
        "Please choose another.",
        "officer",
    )


def _not_the_only_one(link: int, case: Case) -> None:
    """From the notice on there is always something for the respondent to answer."""
    if case.enquiry.had_notice and [one.id for one in case.intake.to_answer] == [link]:
        raise Refused(
            "This is the only undertaking that the respondent was asked about. Add another one first.",
            "clause",
        )


MATCH: Act[Any] = Act(
    MatchRespondent,
    name="respondent",
    words="Say which body this is about",
    by=CASE_STAFF,
    open=can_be_matched,
    decide=match_respondent,
    needs=frozenset({Need.REGISTER}),
    body=lambda command: command.body,
    rank=respondent_first,
)
ACTS: tuple[Act[Any], ...] = (
    Act(
        CiteClause,
        name="clauses",
        words="Change the undertakings",
        by=CASE_STAFF,
        open=still_open,
        decide=cite_clause,
        rank=Rank.SELDOM,
    ),
    Act(DropClause, name="clauses", by=CASE_STAFF, open=still_open, decide=drop_clause, rank=Rank.SELDOM),
    Act(
        Assign,
        name="assignment",
        words="Say who handles it",
        by=CASE_STAFF,
        open=can_be_assigned,
        decide=assign,
        needs=frozenset({Need.STAFF}),
        rank=Rank.SELDOM,
    ),
    Act(
        HandOver,
        name="assignment",
        by=CASE_STAFF,
        open=is_handled,
        decide=hand_over,
        needs=frozenset({Need.STAFF}),
        rank=Rank.SELDOM,
    ),
    *succession.ACTS,
)
