"""What is known of a mediation: who agreed to it, who mediates, its sessions, how it ended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON

RAISER, RESPONDENT, OFFICER = Side.RAISER.value, Side.RESPONDENT.value, "officer"
PARTIES = (RAISER, RESPONDENT)
THE_PANEL = "panel"
"""Who proposes mediation in place of findings."""
OTHER = "other"
"""The respondent of the other case that one mediation serves too, as this case calls it."""
SEAT_OF = {RAISER: Seat.RAISER, RESPONDENT: Seat.CHAMPION}
YES, NO, SILENT = "yes", "no", "silent"
SETTLED, PARTLY, NOT_SETTLED = "settled", "partly settled", "not settled"
A_PARTY_LEFT, MEDIATOR_ENDED = "a party left", "mediator ended it"
NO_MEDIATOR, TIME_OVER, WENT_ON = "no mediator found", "time over", "the case went on"
SETTLES = frozenset({SETTLED, PARTLY, WENT_ON})
"""After these the outcome is the mediation's, where the rest is settled too."""
ENDINGS = (
    *(SETTLED, PARTLY, NOT_SETTLED, A_PARTY_LEFT, MEDIATOR_ENDED, NO_MEDIATOR, TIME_OVER),
    WENT_ON,  # its raiser settled or withdrew it, or it was closed
)
BY_PROXY, THE_MEDIATOR = "proxy", "mediator"
"""Who will know a raiser who is not to be known: nobody but the one who speaks for them, or the mediator."""


@dataclass(frozen=True)
class PartyTerm:
    """By when a party answers."""

    party: str
    term: Term


@dataclass(frozen=True)
class SessionDate:
    on: date
    time: str


@dataclass(frozen=True)
class Consent:
    """``answer``: yes, no or silent. The rest see ``ConsentAnswered``."""

    party: str
    answer: str
    papers: bool
    known: str | None
    proxy: Sealed | None
    at: datetime


@dataclass(frozen=True)
class SessionAnswer:
    party: str
    can: tuple[int, ...]
    needs: Sealed | None


@dataclass(frozen=True)
class Session:
    """Days that were proposed, what each of ``asked`` said of them, and the one that was fixed."""

    number: int
    dates: tuple[SessionDate, ...]
    asked: tuple[str, ...]
    answers: tuple[SessionAnswer, ...] = ()
    on: date | None = None
    time: str = ""
    online: bool = False
    place: Sealed | None = None
    needs: Sealed | None = None
    who: tuple[str, ...] = ()
    said: int = 0
    off_at: datetime | None = None

    @property
    def cancelled(self) -> bool:
        return self.off_at is not None

    @property
    def stands(self) -> bool:
        return self.on is not None and not self.cancelled

    def is_ahead(self, at: datetime) -> bool:
        """Whether people are to come to it yet, by its day and its hour."""
        moment = at.astimezone(LONDON)
        return (
            self.on is not None and self.stands and (self.on, self.time) > (moment.date(), f"{moment:%H:%M}")
        )


@dataclass(frozen=True)
class Mediation:
    """The mediation that is asked for or under way, or the last one.

    ``never``: parties that are not to be asked again. ``refused_after``: how far the case had come when not
    everybody wanted it. ``papers``: the mediator may read concern and replies. ``mediators``: all who were
    appointed, the present one last. ``before``: those before it that took place.
    ``together``: the other case of the same concern that it serves too, as long as it does. ``leads``: it is
    arranged here, not there. ``shared`` and ``led``: the same as they were, as the room stays where it is.
    ``alone_at``: since when it serves this case alone.
    """

    asked_by: str | None = None
    consents: tuple[Consent, ...] = ()
    never: tuple[str, ...] = ()
    refused_after: int = 0
    began_at: datetime | None = None
    before_it: str = ""  # the stage that it interrupted
    parties: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    apart: bool = False
    papers: bool = False
    proposed: UUID | None = None
    pays: str = ""
    refused_names: tuple[UUID, ...] = ()
    asked_mediator: UUID | None = None
    mediator: UUID | None = None
    mediators: tuple[UUID, ...] = ()
    appointed_on: date | None = None  # the first of them
    latest: date | None = None
    sessions: tuple[Session, ...] = ()
    said: int = 0  # of sessions, for calendars
    counted: int = 0  # sessions of mediations before
    ended_at: datetime | None = None
    ending: str | None = None
    settled: tuple[int, ...] = ()
    before: tuple["Mediation", ...] = ()
    together: UUID | None = None
    leads: bool = True
    shared: UUID | None = None
    led: bool = True
    alone_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """From the last consent to its end, with a mediator or before one is found."""
        return self.began_at is not None and self.ended_at is None

    @property
    def in_it(self) -> tuple[str, ...]:
        """The parties that agreed to it and have not left."""
        return tuple(one for one in self.parties if one not in self.left)

    @property
    def partner(self) -> UUID | None:
        """The case with which it goes together now: asked for in both, or under way in both."""
        return self.together if self.ended_at is None else None

    @property
    def all_in_it(self) -> tuple[str, ...]:
        """With the respondent of the other case that it serves."""
        return (*self.in_it, OTHER) if self.partner and self.began_at else self.in_it

    @property
    def last_number(self) -> int:
        """Of its sessions; they are counted on from those of the mediations before it."""
        return max((one.number for one in self.sessions), default=self.counted)

    @property
    def joint(self) -> bool:
        """Whether the sides may meet; else the mediator sees each apart."""
        return bool(self.parties) and not self.apart

    @property
    def reads_it(self) -> UUID | None:
        """Who has the mediator's page: appointed, or asked about conflicts."""
        return self.mediator or self.asked_mediator

    @property
    def is_read(self) -> bool:
        """Whether the mediator reads concern and replies: all agree to it, and no conflict was declared."""
        return self.papers and self.mediator is not None and self.ended_at is None

    def ahead(self, at: datetime) -> tuple[Session, ...]:
        """The sessions that are still to come; one that was held stays as it was."""
        return tuple(one for one in self.sessions if one.is_ahead(at))

    def consent_of(self, party: str) -> Consent | None:
        return next((one for one in self.consents if one.party == party), None)

    def consented(self, consent: Consent) -> "Mediation":
        others = (one for one in self.consents if one.party != consent.party)
        return replace(self, consents=(*others, consent))

    def session(self, number: int) -> Session:
        return next((one for one in self.sessions if one.number == number), Session(number, (), ()))

    def with_session(self, one: Session) -> "Mediation":
        others = (each for each in self.sessions if each.number != one.number)
        return replace(self, sessions=tuple(sorted((*others, one), key=lambda each: each.number)))

    def called_off(self, at: datetime) -> "Mediation":
        """Without what was still to come: sessions that are ahead, and days that are only proposed."""
        off = (
            replace(one, off_at=at) if one.is_ahead(at) or (one.on is None and not one.cancelled) else one
            for one in self.sessions
        )
        return replace(self, sessions=tuple(off))

    def ended(self, ending: str, at: datetime) -> "Mediation":
        over = self.called_off(at)
        return replace(over, ending=ending, ended_at=at, proposed=None, asked_mediator=None)


# small steps of the fold


def asked_each(course: Course, name: str, asked: tuple[PartyTerm, ...], to: Seat = Seat.OFFICER) -> Course:
    """Whoever belongs to the other case of a mediation owes it there."""
    for one in (each for each in asked if each.party in SEAT_OF):
        course = course.owing(name, SEAT_OF[one.party], to, one.term, one.party)
    return course


def seats_told(part: Mediation, who: tuple[str, ...]) -> tuple[Seat, ...]:
    """Those of these parties who hear of it in this case: a raiser of two cases in the one that leads."""
    here = (one for one in who if one in SEAT_OF and (part.leads or one != RAISER))
    return tuple(SEAT_OF[one] for one in here)


def all_ended(course: Course, how: str, *names: str) -> Course:
    for one in course.open_obligations:
        if one.name in names:
            course = course.ended(one.name, how, one.item)
    return course
