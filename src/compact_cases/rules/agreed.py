"""What is agreed: versions with their terms, actions and how each stands, what was said months later."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.rules.copying import replace
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed

YES, NOT, SILENT = "yes", "not", "silent"
SIDES = (Side.RAISER.value, Side.RESPONDENT.value)
SEAT_OF = {Side.RAISER.value: Seat.RAISER, Side.RESPONDENT.value: Seat.CHAMPION}


def other_than(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


MONTHS = (3, 12)
"""After how many months both sides are asked how the agreement holds."""


@dataclass(frozen=True)
class AgreedTerm:
    """Who (a side) does what by when, how both will know, and which link of the case it is about."""

    side: str
    what: Sealed
    by: date
    known_by: Sealed
    link: int | None


@dataclass(frozen=True)
class Answer:
    side: str
    answer: str
    words: Sealed | None
    at: datetime


@dataclass(frozen=True)
class Version:
    number: int
    terms: tuple[AgreedTerm, ...]
    settles: bool
    at: datetime
    answers: tuple[Answer, ...] = ()  # the latest of each side
    waived: tuple[str, ...] = ()
    made_at: datetime | None = None

    def answer_of(self, side: str) -> str | None:
        return next((one.answer for one in self.answers if one.side == side), None)

    def answered(self, answer: Answer) -> "Version":
        others = tuple(one for one in self.answers if one.side != answer.side)
        return replace(self, answers=(*others, answer), waived=())


@dataclass(frozen=True)
class Claim:
    """That an action is done, with its proof; or that it is not, with a reason."""

    is_dispute: bool
    side: str
    words: Sealed
    at: datetime
    released_at: datetime | None = None
    hidden: Sealed | None = None


OWED, DONE_READ, TO_CONFIRM, DISPUTE_READ = "to-do", "done-read", "to-confirm", "dispute-read"
CONFIRMED, NOT_DISPUTED, WAIVED, NOT_KEPT = "confirmed", "not-disputed", "waived", "not-kept"
OVER = frozenset({CONFIRMED, NOT_DISPUTED, WAIVED})
"""Nothing is to be done about it any more. What was not kept can still be done, late."""


@dataclass(frozen=True)
class Action:
    """``read`` states: an officer reads what one side wrote, before the other one does.

    ``asked_at``: when what is owed about it now, by whoever owes it, was first there to be answered.
    """

    number: int
    term: AgreedTerm
    asked_at: datetime
    state: str = OWED
    claims: tuple[Claim, ...] = ()

    @property
    def item(self) -> str:
        """Of its obligations."""
        return str(self.number)

    @property
    def side(self) -> str:
        return self.term.side

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def disputes(self) -> int:
        return sum(one.is_dispute for one in self.claims)

    @property
    def waiting(self) -> Claim | None:
        """What an officer has not read yet, of the latest."""
        last = self.claims[-1] if self.claims else None
        return last if last and last.released_at is None and not self.is_over else None


@dataclass(frozen=True)
class CheckIn:
    months: int
    side: str
    answer: Sealed
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """``settled``: one stands with which nothing stays open."""

    versions: tuple[Version, ...] = ()
    actions: tuple[Action, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    settled: bool = False

    @property
    def lying(self) -> Version | None:
        """The newest version, as long as it does not stand: both sides may answer it."""
        last = self.versions[-1] if self.versions else None
        return last if last and last.made_at is None else None

    @property
    def not_kept(self) -> tuple[int, ...]:
        """The numbers of actions that were not kept; for them a case may be opened again."""
        return tuple(one.number for one in self.actions if one.state == NOT_KEPT)

    def action(self, item: str) -> Action | None:
        return next((one for one in self.actions if one.item == item), None)
