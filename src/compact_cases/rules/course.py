"""The course of a case: how far its log goes, its stage, and who owes whom what. Every chapter moves it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from compact_cases.rules.copying import replace
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Hold, Term
from compact_cases.rules.working_days import LONDON, Calendar


class Stage(StrEnum):
    """Stored names, for ever."""

    RECEIVED = "received"
    EARLY_RESOLUTION = "early-resolution"
    RAISER_DECIDES = "raiser-decides"
    SENIOR_REVIEW = "senior-review"
    MEDIATION = "mediation"
    PANEL = "panel"
    ANSWER_TO_PANEL = "answer-to-panel"
    CLOSING = "closing"
    CLOSED = "closed"


class OwedTwice(Exception):
    """One was opened while another of its name and item is open: a fault of ours, never a refusal."""


OF_THE_PANEL = frozenset(
    {"constitute", "see", "declare-member", "replace", "statement", "papers", "hear", "findings"}
)
OF_A_STAGE = (
    frozenset(
        {"decide", "close", "next-step", "convene", "meet", "note", "comment"}
        | {"consent", "appoint", "name", "declare", "mediate", "session", "go-on"}
    )
    | OF_THE_PANEL
    | frozenset({"respond"})
)
"""What is over with the stage that the case leaves. All else goes on: a late reply is still taken, what came
is still read, what was asked about a date or an agreement is still to be answered."""
ON_A_HEARING = frozenset({"statement", "papers", "hear"})
"""These hang on the day of a hearing, which both sides know: they are moved with it, and by nothing else."""
WITH_A_PAUSE = frozenset({"answer", "consent", "take-over"})
"""The date of such a question is one with the end of the pause that waits for it."""
TO_DO = frozenset({"action", "confirm", "action-release"})
"""Each is one thing that somebody has to do about one agreed action; there is one at a time."""
WATCHED = frozenset({"guard", "panel-guard"})
"""Dates that only watch how long a case takes: owed by nobody, next for nobody, and stopped by no pause."""
LIVES_ON = TO_DO | {"check-in", "reopen", "appeal", "choose-successor", "answer-release"}
"""Obligations that closing and withdrawing leave as they are: what was agreed is owed all the same."""
Key = tuple[str, str, int]
"""What an obligation of a case is known by: its name, its item and its cycle."""


@dataclass(frozen=True)
class Obligation:
    """One cycle of one obligation of a case. ``cycle`` counts how often its due date has been set.

    ``item`` tells obligations of one name apart, each of which runs by itself: an agreed action, one side's
    consent; it is empty where there is only one. Open and running: ``due`` is set. Open and paused: ``due``
    is None and ``hold`` says how it goes on. ``agreed``: it goes by a timetable that both sides agreed.
    """

    name: str
    cycle: int
    owner: Seat
    to: Seat
    opened_at: datetime
    term: Term
    due: date | None
    item: str = ""
    hold: Hold | None = None
    hold_reason: str | None = None
    ended_at: datetime | None = None
    ended_how: str | None = None
    agreed: bool = False

    @property
    def key(self) -> Key:
        return self.name, self.item, self.cycle

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.hold is not None

    def is_overdue(self, at: datetime, calendar: Calendar) -> bool:
        """From the next working day after the due day, not from midnight."""
        today = at.astimezone(LONDON).date()
        return self.is_open and self.due is not None and calendar.is_overdue(self.due, today)

    def is_a(self, name: str, item: str) -> bool:
        """Whether it is the open one of this name and item."""
        return self.name == name and self.item == item and self.is_open


@dataclass(frozen=True)
class Course:
    """``position`` is that of the last event; ``at`` its instant, which every change below is made at.

    ``trail`` are the stages that the case has taken, in their order, this one last; ``turns`` says when it
    came to each, from the second on.
    """

    position: int = 0
    at: datetime | None = None
    stage: Stage = Stage.RECEIVED
    trail: tuple[Stage, ...] = (Stage.RECEIVED,)
    turns: tuple[datetime, ...] = ()
    obligations: tuple[Obligation, ...] = ()

    def owed(self, name: str, item: str = "") -> Obligation | None:
        """The open obligation of this name and item, if there is one.

        A page of a case asks it ninety times: a plain loop, for `next` and a method took 3 % of that page.
        """
        for one in self.obligations:
            if one.name == name and one.item == item and one.ended_at is None:
                return one
        return None

    @property
    def open_obligations(self) -> tuple[Obligation, ...]:
        """What somebody owes; a date that is only watched is not among them."""
        return tuple(one for one in self.obligations if one.is_open and one.name not in WATCHED)

    @property
    def is_closed(self) -> bool:
        return self.stage is Stage.CLOSED

    @property
    def to_do(self) -> tuple[Obligation, ...]:
        """What is agreed and not done yet, were the case closed: "closed, three things to do"."""
        return tuple(one for one in self.open_obligations if one.name in TO_DO)

    # small steps of the fold

    def after(self, at: datetime) -> "Course":
        """One event further on."""
        return replace(self, position=self.position + 1, at=at)

    def to_stage(self, stage: Stage) -> "Course":
        if stage is self.stage:
            return self
        return replace(self, stage=stage, trail=(*self.trail, stage), turns=(*self.turns, self._now))

    def owing(
        self, name: str, owner: Seat, to: Seat, term: Term, item: str = "", *, agreed: bool = False
    ) -> "Course":
        """A new obligation, or the next cycle of an ended one. Raises OwedTwice while one is open."""
        if self.owed(name, item):
            raise OwedTwice(f"{f'{name} {item}'.strip()} is owed twice.")
        cycle = 1 + sum(one.name == name and one.item == item for one in self.obligations)
        new = Obligation(name, cycle, owner, to, self._now, term, term.due, item, agreed=agreed)
        return replace(self, obligations=(*self.obligations, new))

    def ended(self, name: str, how: str, item: str = "") -> "Course":
        """The open obligation of this name and item is over; nothing changes where there is none."""
        return self._each(lambda one: one.is_a(name, item), ended_at=self._now, ended_how=how)

    def all_ended(self, how: str, but: Collection[str] = ()) -> "Course":
        """Everything that is open is over, but what lives on after closing, and what else is named."""
        stays = LIVES_ON.union(but)
        return self._each(
            lambda one: one.is_open and one.name not in stays, ended_at=self._now, ended_how=how
        )

    def stage_over(self, how: str) -> "Course":
        """Nothing of this stage is owed any more."""
        return self._each(
            lambda one: one.is_open and one.name in OF_A_STAGE, ended_at=self._now, ended_how=how
        )

    def held(self, name: str, item: str, hold: Hold, reason: str) -> "Course":
        return self._each(lambda one: one.is_a(name, item), due=None, hold=hold, hold_reason=reason)

    def set_anew(self, name: str, term: Term, how: str, item: str = "", *, agreed: bool = False) -> "Course":
        """The same obligation with a new due date: the old cycle ends, the next one begins.

        What goes by a timetable stays in it, however its date is moved.
        """
        old = self.owed(name, item)
        if old is None:
            return self
        in_it = agreed or old.agreed
        return self.ended(name, how, item).owing(name, old.owner, old.to, term, item, agreed=in_it)

    def without_a_timetable(self) -> "Course":
        return self._each(lambda one: one.is_open and one.agreed, agreed=False)

    @property
    def _now(self) -> datetime:
        assert self.at is not None  # noqa: S101 (set before any chapter sees the course)
        return self.at

    def _each(self, wanted: Callable[[Obligation], bool], **news: object) -> "Course":
        changed = (replace(one, **news) if wanted(one) else one for one in self.obligations)  # type: ignore[arg-type]
        return replace(self, obligations=tuple(changed))
