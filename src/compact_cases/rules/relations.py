"""Relations: an officer links two cases by a kind, with a reason, and can undo it; both cases record it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules.act import REASON, Act, Choices, Need, Now, Rank, always
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import relations as happened
from compact_cases.rules.notices import Notice
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries, Statement

DUPLICATE = "duplicate of"
KINDS = ("related", "same concern", DUPLICATE, "follow-on", "alleged reprisal for")
"""Stored names, for ever."""


@dataclass(frozen=True)
class LinkCases(Carries):
    """``kind`` says what this case is to the other one."""

    other: UUID
    kind: str
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class UndoLink(Carries):
    other: UUID
    kind: str
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class TakeLink(Carries):
    """Given to the other case, with ``LinkCases`` or with a ``Decline`` that names what it repeats."""

    case: UUID
    kind: str


@dataclass(frozen=True)
class DropLink(Carries):
    """Given to the other case, with ``UndoLink``."""

    case: UUID
    kind: str


RelationsCommand = LinkCases | UndoLink | TakeLink | DropLink


def has_links(case: Case, now: Now) -> None:
    if not case.relations.links:
        raise Refused("This case is linked to no other one.")


def can_be_linked(case: Case, now: Now) -> None:
    if not case.position:
        raise Refused("There is no such case.")


def kinds(case: Case, now: Now) -> Choices:
    return {"kind": KINDS}


def link_cases(command: LinkCases, case: Case, now: Now) -> list[Event]:
    if command.kind not in KINDS:
        raise Refused("Please choose in which way the two are linked.", "kind")
    _another(case, now, "other")
    if case.relations.is_linked(command.other, command.kind):
        raise Refused("The two cases are linked in this way already.", "kind")
    return [happened.CasesLinked(command.other, command.kind, True, command.reason.sealed())]


def _another(case: Case, now: Now, field: str) -> None:
    other = now.other
    if other is None or not other.position:
        raise Refused("Please say which case it is, by its reference.", field)
    if other.intake.reference == case.intake.reference:
        raise Refused("A case is not linked to itself. Please choose another one.", field)


def repeats(other: UUID, case: Case, now: Now) -> Event:
    """For a concern that is declined because it was looked at before."""
    _another(case, now, "repeats")
    if case.relations.is_linked(other, DUPLICATE):
        raise Refused("It is linked to that case as a duplicate already. Please leave this empty.", "repeats")
    return happened.CasesLinked(other, DUPLICATE, True, None)


OF_A_REPEAT: dict[str, Any] = {
    "needs": frozenset({Need.OTHER_CASE}),
    "other": lambda command, case: command.repeats,
    "half": TakeLink,
    "passes": lambda command: (DUPLICATE,),
}
"""How such a decline is declared: the case that it repeats records the link too."""


def take_link(command: TakeLink, case: Case, now: Now) -> list[Event]:
    if case.relations.is_linked(command.case, command.kind):
        raise Refused("The two cases are linked in this way already.")
    return [happened.CasesLinked(command.case, command.kind, False, None)]


def undo_link(command: UndoLink, case: Case, now: Now) -> list[Event]:
    if not case.relations.is_linked(command.other, command.kind):
        raise Refused("The two cases are not linked in this way.", "other")
    return [happened.LinkUndone(command.other, command.kind, command.reason.sealed())]


def drop_link(command: DropLink, case: Case, now: Now) -> list[Event]:
    if not case.relations.is_linked(command.case, command.kind):
        raise Refused("The two cases are not linked in this way.")
    return [happened.LinkUndone(command.case, command.kind, None)]


OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    return ()


def _other(command: Any, case: Case) -> UUID:
    other: UUID = command.other
    return other


ACTS: tuple[Act[Any], ...] = (
    Act(
        LinkCases,
        name="links",
        words="Link it to another case",
        by=CASE_STAFF,
        open=can_be_linked,
        decide=link_cases,
        choices=kinds,
        needs=frozenset({Need.OTHER_CASE}),
        other=_other,
        half=TakeLink,
        passes=lambda command: (command.kind,),
        rank=Rank.SELDOM,
    ),
    Act(
        UndoLink,
        name="links",
        by=CASE_STAFF,
        open=has_links,
        decide=undo_link,
        other=_other,
        half=DropLink,
        passes=lambda command: (command.kind,),
        rank=Rank.SELDOM,
    ),
    Act(TakeLink, by=CASE_STAFF, open=always, decide=take_link),
    Act(DropLink, by=CASE_STAFF, open=always, decide=drop_link),
)
