"""What an act is: one command, who may give it, when it can be done, what follows, what it must know.

An act is declared once, at the end of its chapter's module. Refusals, offers and "why can I not do this?" all
ask its ``open``; pages, API and rule share its ``choices``; ``carry_out`` asks its ``by`` before anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Carries, Kept
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import Start


class Need(StrEnum):
    """What a rule must know that does not stand in its case. Read under the case's lock when it decides."""

    REGISTER = "register"  # the case's respondent, and the body that the command names
    STAFF = "staff"  # who is an officer, and who the board chair
    RAISERS_WORDS = "raisers-words"  # by which the raiser could be known
    WAITING_TEXT = "waiting-text"  # the statement or comment that is not released yet
    WAITING_REPLY = "waiting-reply"  # the texts of a reply that is not released yet
    HOLD_WORDS = "hold-words"  # those of an answer to a hold request that are not released yet
    LAST_LETTER = "last-letter"  # whether the last letter has left
    REMINDED = "reminded"  # whether a chasing letter to the raiser went today, or waits to go
    FEAR = "fear"  # whether the raiser said that they are afraid of consequences
    CLOSER = "closer"  # who closed the case, and which other officers are here
    CHAIR = "chair"  # whether the Compact has a board chair
    TO_POST = "to-post"  # the letters that somebody is to post or to read out
    PARTNER = "partner"  # the other case that a mediation serves too
    SIBLINGS = "siblings"  # the other open cases of its concern
    OTHER_CASE = "other-case"  # the one that the act is about too, and its raiser's words
    STAFF_THERE = "staff-there"  # who of the office may handle the other case
    SMALL_SIDES = "small-sides"  # which sides are community groups or run by volunteers
    REACH = "reach"  # whether a letter can reach whoever raised it
    EDITIONS = "editions"  # the rulebook to which a case is moved
    PANELLISTS = "panellists"  # the register of panellists, and which of them belong to a party
    PANEL_WORDS = "panel-words"  # a statement or an answer to the panel that is not released yet
    MEDIATORS = "mediators"  # who is on the register of mediators, and their known conflicts
    ACTION_WORDS = "action-words"  # what was written about agreed actions and is not released yet


OWED_BY = {"decide": Side.RAISER, "reply": Side.RESPONDENT, "talk": Side.RAISER}
"""The side that always owes these; others say it where their limit is made."""


@dataclass(frozen=True)
class Registered:
    """A body that is on the register."""

    volunteer_run: bool = False
    has_champion: bool = True
    has_senior_lead: bool = True
    has_chief: bool = True


@dataclass(frozen=True)
class Panellist:
    """Somebody who may sit on a panel. ``of_a_party``: of a side, of what it follows, or of its lead."""

    sector: str
    of_a_party: bool = False


@dataclass(frozen=True)
class ToPost:
    """A letter that waits to be posted, or read out: to whom, and what it asks of them, if anything."""

    id: UUID
    notice: str
    seat: Seat
    written_on: date
    by_phone: bool = False
    chasing: bool = False
    obligation: str = ""
    item: str = ""


@dataclass(frozen=True)
class Now:
    """What is true beside the case: the instant, the rulebook, who asks, and what the act said it needs."""

    at: datetime
    rulebook: Rulebook
    seat: Seat = Seat.SYSTEM
    person: UUID | None = None  # who asks, of a side or of a panel
    panellists: Mapping[UUID, Panellist] = field(default_factory=dict)
    panel_words: str = ""
    register: Mapping[UUID, Registered] = field(default_factory=dict)
    officers: frozenset[UUID] = frozenset()
    chair: UUID | None = None
    raisers_words: frozenset[str] = frozenset()
    raiser_is_afraid: bool = False
    waiting_reply: str = ""
    hold_words: str = ""
    waiting_text: str = ""
    last_letter_waits: bool = False
    reminded_today: bool = False
    has_chair: bool = True
    officer_back: date | None = None  # the next working day on which one is there; at receipt
    longer: Mapping[Side, int] = field(default_factory=dict)
    to_post: tuple[ToPost, ...] = ()
    other: Case | None = None
    others_words: frozenset[str] = frozenset()
    free_there: frozenset[UUID] = frozenset()  # officers and the board chair who may handle the other case
    siblings: Mapping[UUID, Case] = field(default_factory=dict)  # the other open cases of its concern
    closed_by: UUID | None = None
    other_officers: tuple[UUID, ...] = ()  # than the one who closed it, and who are here
    small_sides: frozenset[Side] = frozenset()
    raiser_reached: bool = True
    action_words: Mapping[str, str] = field(default_factory=dict)
    onto: Rulebook | None = None
    # each with the bodies with which they have a conflict of interest
    mediators: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)

    def waiting_of(self, item: str) -> str:
        """What waits to be released about one agreed action."""
        return self.action_words.get(item, "")

    def term(
        self,
        name: str,
        *,
        volunteer_run: bool = False,
        owner: Side | None = None,
        start: Start | None = None,
    ) -> Term:
        """The limit of an obligation that opens now: longer where an adjustment is recorded for its owner.

        ``owner`` is the side that owes it, where it is not always the same one; ``start``, where its days
        count from another moment than this one.
        """
        limit = self.rulebook.limit(name, volunteer_run=volunteer_run)
        limit += self.longer.get(owner or OWED_BY.get(name, Side.OFFICE), 0)
        return days_term(start or self.at, limit, self.rulebook.calendar)

    def term_of(self, side: Side | str, name: str) -> Term:
        """The limit of what this side owes; community groups and volunteers have longer, on either side."""
        owner = Side(side)
        return self.term(name, volunteer_run=owner in self.small_sides, owner=owner)

    @property
    def slower(self) -> Side:
        """Whose limits are longer by more: what both sides do together waits for them."""
        return max((Side.RAISER, Side.RESPONDENT), key=lambda side: self.longer.get(side, 0))


class Rank(IntEnum):
    """How far up an act stands among those that can be done; of one rank, in the order of the table."""

    WAITED_FOR = 0
    USUAL = 1
    SELDOM = 2
    LAST = 3


C = TypeVar("C", bound=Carries)
Choices = Mapping[str, tuple[str, ...]]


def no_choices(case: Case, now: Now) -> Choices:
    return {}


@dataclass(frozen=True, eq=False)  # there is one of each; to compare sixteen fields takes a page 0.05 ms
class Act(Generic[C]):
    """``name`` is its address, ``POST /cases/{ref}/{name}``; acts may share one, the system's have none.

    ``words`` and ``party_words`` are what an officer and a party read on the way to it. ``body`` and
    ``other`` say which body and which other case it is about; ``half`` is given to that other case in the
    same transaction, with the id of this one and what the act ``passes`` on.
    ``effect``: the step of a procedure that gives it. ``side``:
    of an act that both sides may give, the one that gives it.
    """

    command: type[C]
    by: frozenset[Seat]
    open: Callable[[Case, Now], None]
    decide: Callable[[C, Case, Now], list[Event]]
    name: str = ""
    words: str = ""
    party_words: str = ""
    needs: frozenset[Need] = frozenset()
    choices: Callable[[Case, Now], Choices] = no_choices
    rank: Rank | Callable[[Case], Rank] = Rank.USUAL
    body: Callable[[C], UUID] | None = None
    other: Callable[[C, Case], UUID | None] | None = None
    half: type[Any] | None = None
    passes: Callable[[C], tuple[Any, ...]] = lambda command: ()
    effect: str = ""
    side: Callable[[C, Case], str] | None = None
    onto: Callable[[C], tuple[str, str]] | None = None  # the editions to which it moves the case

    def rank_in(self, case: Case) -> Rank:
        return self.rank if isinstance(self.rank, Rank) else self.rank(case)

    def why_not(self, case: Case, now: Now) -> Refused | None:
        """The sentence why it cannot be done now, whatever is typed; None when it can."""
        try:
            self.open(case, now)
        except Refused as refused:
            return refused
        return None


# what many chapters ask

REASON = Kept(
    "reason", Audience.OFFICERS, "Please give a reason; it is kept with the case and only officers read it."
)


def always(case: Case, now: Now) -> None:
    """Open at any time; what it says is asked by ``decide``."""


def still_handled(case: Case, now: Now) -> None:
    """Open; or closed, and somebody waits for an officer to answer whether it is opened again."""
    if case.owed("reopen") is None:
        still_open(case, now)


def still_open(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so it cannot be changed.")
