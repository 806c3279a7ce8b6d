"""Panel, its members: three or more of both sectors, none from a party, seen by both sides; they declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import hearings
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import panel as happened
from compact_cases.rules.hearings import (
    PAPERS_BEFORE,
    STATEMENTS_BEFORE,
    MoveHearing,
    before,
    is_a_good_day,
    said_of_it,
)
from compact_cases.rules.offering import panel_goes_on, panel_waits
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import in_words
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, SYSTEM, Seat
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.urgency import is_volunteer_run

LEAST = 3  # members; procedure, section 3
EARLIEST = 20  # working days after the members are named: five to write a statement in
TO_READ = 8  # a new member: three in which both sides see the name, then five with the papers


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConstitutePanel(Carries):
    """``needs``: of the room, without whose they are. ``words_may_stay``: somebody looked at them."""

    members: tuple[UUID, ...]
    lead: UUID | None
    on: date
    time: str
    online: bool
    place: Annotated[
        Statement, Kept("place", Audience.CASE, "Please say where it is, or how to join if it is online.")
    ]
    needs: Annotated[Statement | None, Kept("needs", Audience.CASE)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class RefuseMember(Carries):
    """By a raiser who is not to be known; no reason is asked."""

    member: UUID


@dataclass(frozen=True)
class LetPanelStand(Carries):
    """Given by the sweep once both sides have seen the names."""

    day: date


@dataclass(frozen=True)
class DeclareForPanel(Carries):
    """``member``: for whom an officer writes it down. ``conflict``: or whatever else keeps them away."""

    conflict: bool
    member: UUID | None = None
    reason: Annotated[Statement | None, Kept("reason", Audience.OFFICERS)] = None


@dataclass(frozen=True)
class ReplaceMember(Carries):
    """``lead``: who leads from now on; None: as before, or the new member where the lead was lost."""

    member: UUID
    by: UUID
    lead: UUID | None = None


@dataclass(frozen=True)
class HearAgain(Carries):
    """A panel that lost a member after the hearing began starts anew."""

    sure: bool


ConstitutingCommand = (
    ConstitutePanel | RefuseMember | LetPanelStand | DeclareForPanel | ReplaceMember | MoveHearing | HearAgain
)


# --- it is opened, as the next step of a case -------------------------------------------------------------


def opened(case: Case, now: Now) -> list[Event]:
    small = is_volunteer_run(case.intake.respondent, now)
    return [happened.PanelOpened(now.term("constitute"), now.term("panel-guard", volunteer_run=small))]


# --- when each can be done --------------------------------------------------------------------------------


def can_be_constituted(case: Case, now: Now) -> None:
    if case.owed("constitute") is None:
        raise Refused("No panel is to be put together in this case at the moment.")
    panel_goes_on(case)


def can_be_refused(case: Case, now: Now) -> None:
    if case.owed("see") is None:
        raise Refused("No names for a panel are to be looked at in this case at the moment.")
    if not case.intake.is_hidden:
        raise Refused(
            "Only a raiser whose name is not told may refuse a member without a reason. Please ring us."
        )


def names_are_seen(case: Case, now: Now) -> None:
    if case.owed("see") is None:
        raise Refused("The names of this panel stand already.")


def sits(case: Case, now: Now) -> None:
    """Who sits on a panel that has not decided; a member asks for themselves alone."""
    if not (case.stage is Stage.PANEL or panel_waits(case)) or not case.panel.members:
        raise Refused("No panel sits in this case at the moment.")
    if now.seat is Seat.PANELLIST and case.panel.member(now.person) is None:
        raise Refused("You are not on the panel of this case.")


def somebody_is_missing(case: Case, now: Now) -> None:
    if not missing(case):
        raise Refused("No member of the panel is to be replaced at the moment.")
    hearing, earliest = case.panel.hearing, _earliest_with_a_new_member(now)
    if hearing is None or hearing.on < earliest:
        raise Refused(
            "Both sides see the new name for three working days, and then the new member has the papers for "
            f"five. Please move the hearing to {in_words(earliest)} or later first."
        )


def _earliest_with_a_new_member(now: Now) -> date:
    calendar = now.rulebook.calendar
    return calendar.plus(calendar.start_day(now.at), TO_READ)


def missing(case: Case) -> tuple[UUID, ...]:
    """Whose place is to be filled."""
    return tuple(one for one in case.panel.lost if case.owed("replace", str(one)))


def is_too_small(case: Case, now: Now) -> None:
    if case.owed("findings") is None or len(case.panel.members) >= LEAST:
        raise Refused("This panel is complete, or has not begun, so it is not heard again.")
    panel_goes_on(case)


def seen_members(case: Case, now: Now) -> Choices:
    waits = case.owed("see") is not None and case.intake.is_hidden
    named = (one for one in case.panel.members if not one.declared) if waits else ()
    return {"member": tuple(str(one.id) for one in named)}


# --- what follows -----------------------------------------------------------------------------------------


def constitute(command: ConstitutePanel, case: Case, now: Now) -> list[Event]:
    right_members(command.members, now)
    if command.lead not in command.members:
        raise Refused("Please say which of the members leads the panel.", "lead")
    calendar = now.rulebook.calendar
    start = calendar.start_day(now.at)
    earliest, last = calendar.plus(start, EARLIEST), now.term("hear").due
    if not earliest <= command.on <= last:
        raise Refused(
            f"Please choose a day from {in_words(earliest)} to {in_words(last)}, so that both sides can "
            "write and everybody can read.",
            "on",
        )
    texts = said_of_it(command.place, command.needs, may_stay=command.words_may_stay)
    is_a_good_day(command.on, command.time, texts, case, now)
    assert command.lead is not None  # noqa: S101 (it is one of the members)
    return [
        happened.PanelNamed(
            command.members,
            command.lead,
            case.panel.said,
            command.on,
            command.time,
            command.online,
            command.place.sealed(),
            sealed_if(command.needs),
            now.term("see"),
            before(STATEMENTS_BEFORE, command.on, start, now),
            before(PAPERS_BEFORE, command.on, start, now),
            before(0, command.on, start, now),
        )
    ]


def right_members(members: Sequence[UUID], now: Now, field: str = "members") -> None:
    """Raises Refused for a panel of two, of one sector, or with somebody of a party."""
    if len(set(members)) < max(LEAST, len(members)):
        raise Refused("A panel has three members or more. Please choose three different people.", field)
    _known(members, now, field)
    if len({now.panellists[one].sector for one in members}) < 2:
        raise Refused(
            "All of these are of one sector. A panel has members of the public sector and of the voluntary "
            "and community sector.",
            field,
        )


def _known(members: Sequence[UUID], now: Now, field: str) -> None:
    for one in members:
        if one not in now.panellists:
            raise Refused("Please choose people who are on the register of panellists.", field)
        if now.panellists[one].of_a_party:
            raise Refused(
                "One of these belongs to a side of this case, or to a body that it follows or that leads it. "
                "Please choose somebody else.",
                field,
            )


def refuse_member(command: RefuseMember, case: Case, now: Now) -> list[Event]:
    one = case.panel.member(command.member)
    if one is None or one.declared:
        raise Refused("Please choose one of the people who are proposed.", "member")
    return [happened.MemberRefused(one.id, now.term("replace"))]


def let_panel_stand(command: LetPanelStand, case: Case, now: Now) -> list[Event]:
    return [happened.PanelStood(command.day, now.term("declare-member"))]


def declare(command: DeclareForPanel, case: Case, now: Now) -> list[Event]:
    member = now.person if now.seat is Seat.PANELLIST else command.member
    one = case.panel.member(member)
    if one is None:
        raise Refused("Please say which member of the panel this is.", "member")
    if command.conflict:
        again = now.term("replace") if case.owed("hear") else None
        return [happened.MemberDeclared(one.id, True, sealed_if(command.reason), again)]
    if case.owed("declare-member", str(one.id)) is None:
        raise Refused("This is recorded already, or both sides have not seen the names yet.", "conflict")
    return [happened.MemberDeclared(one.id, False, None, None)]


def replace_member(command: ReplaceMember, case: Case, now: Now) -> list[Event]:
    if command.member not in missing(case):
        raise Refused("Please say whose place is filled.", "member")
    if command.by in case.panel.lost or case.panel.member(command.by):
        raise Refused("This person sits on the panel, or cannot. Please choose somebody else.", "by")
    _known([command.by], now, "by")
    sat = [one.id for one in case.panel.members]
    if len(missing(case)) == 1:
        right_members([*sat, command.by], now, "by")
    lead = command.lead or (case.panel.lead if case.panel.lead in sat else command.by)
    if lead not in (*sat, command.by):
        raise Refused("Please say which of the members leads the panel.", "lead")
    return [happened.MemberReplaced(command.member, command.by, lead, now.term("see"))]


def hear_again(command: HearAgain, case: Case, now: Now) -> list[Event]:
    if not command.sure:
        raise Refused("Please confirm that both sides are heard again by a new panel.", "sure")
    return [happened.PanelOpened(now.term("constitute"), None)]


DAY_NEEDS = frozenset({Need.RAISERS_WORDS, Need.PANELLISTS})
ACTS: tuple[Act[Any], ...] = (
    Act(
        ConstitutePanel,
        name="panel",
        words="Name the panel and the day of the hearing",
        by=CASE_STAFF,
        open=can_be_constituted,
        decide=constitute,
        needs=DAY_NEEDS,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RefuseMember,
        name="panel-refusal",
        words="Write down that the raiser refuses a name",
        party_words="Refuse one of the names for the panel",
        by=IN_PERSON | CASE_STAFF,
        open=can_be_refused,
        decide=refuse_member,
        choices=seen_members,
    ),
    Act(LetPanelStand, by=SYSTEM, open=names_are_seen, decide=let_panel_stand, effect="panel-stands"),
    Act(
        DeclareForPanel,
        name="panel-declaration",
        words="Write down what a member of the panel declares",
        party_words="Say whether you have a conflict of interest",
        by=CASE_STAFF | frozenset({Seat.PANELLIST}),
        open=sits,
        decide=declare,
        rank=lambda case: Rank.LAST if all(one.declared for one in case.panel.members) else Rank.WAITED_FOR,
    ),
    Act(
        ReplaceMember,
        name="panel-member",
        words="Name another member of the panel",
        by=CASE_STAFF,
        open=somebody_is_missing,
        decide=replace_member,
        needs=frozenset({Need.PANELLISTS}),
        rank=Rank.WAITED_FOR,
    ),
    *hearings.ACTS,
    Act(
        HearAgain,
        name="panel-again",
        words="Have it heard again by a new panel",
        by=CASE_STAFF,
        open=is_too_small,
        decide=hear_again,
        rank=Rank.SELDOM,
    ),
)
