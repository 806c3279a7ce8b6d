"""What a panel is made of: its members, its hearing, what each side wrote, what it found and recommends."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from compact_cases.rules.agreed import SEAT_OF, other_than
from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import OF_THE_PANEL, Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term

SIDES = (Side.RAISER.value, Side.RESPONDENT.value)
BOARD = "board"
ADDRESSEES = (*SIDES, BOARD)
"""To whom a panel recommends something: a side, or the board of the Compact."""
MET, PARTLY_MET, NOT_MET = "met", "partly-met", "not-met"
FINDINGS = (MET, PARTLY_MET, NOT_MET, "not-determined", "not-considered", "not-owed", "not-applicable")
"""Whether one undertaking was kept by one respondent. Stored names."""
BESIDE = ("reason-given-in-advance", "already-put-right", "unintentional", "new-signatory")
"""What a panel may say beside a finding. Stored names."""
PANEL = "panel"
"""The source of a finding. What a respondent accepts stands in its reply."""
ACCEPTED, IN_PART, REJECTED = "accepted", "in-part", "rejected"
ANSWERS = (ACCEPTED, IN_PART, REJECTED)
STATEMENT, ANSWER = "statement", "answer"
"""What one side writes for the other and the panel: before the hearing, and on what is recommended."""
OF_SIDE = {
    Side.RAISER.value: Audience.RAISER_AND_OFFICERS,
    Side.RESPONDENT.value: Audience.RESPONDENT_AND_OFFICERS,
    BOARD: Audience.CASE,
}


@dataclass(frozen=True)
class Member:
    """``declared``: whether they have said that nothing stands between them and this case."""

    id: UUID
    declared: bool = False


@dataclass(frozen=True)
class Hearing:
    """``number`` counts the days that were set, from 0 on. ``off``: both sides are in mediation first."""

    number: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    off: bool = False


@dataclass(frozen=True)
class PanelText:
    """What one side wrote. ``item``: the recommendation that it answers; ``hidden``: what was cut out."""

    what: str
    side: str
    item: str
    words: Sealed
    at: datetime
    released_at: datetime | None = None
    hidden: Sealed | None = None

    @property
    def mark(self) -> str:
        """Of its obligation to be released."""
        return f"panel-{self.item or self.side}"


@dataclass(frozen=True)
class Finding:
    """Of one link of the case. ``edition`` is that of its Code; the day is that of the event."""

    link: int
    finding: str
    edition: str
    reasons: Sealed
    evidence: Sealed | None
    beside: tuple[str, ...]
    differing: Sealed | None
    source: str = PANEL


@dataclass(frozen=True)
class Found:
    """A finding since the day on which the panel sent it. ``why``: of one that corrects an earlier one."""

    finding: Finding
    at: datetime
    why: Sealed | None = None


@dataclass(frozen=True)
class Recommendation:
    """``known_by``: how all will know that it is done. ``link``: the undertaking that it is about, if one."""

    to: str
    what: Sealed
    known_by: Sealed
    link: int | None
    term: Term


@dataclass(frozen=True)
class Recommended:
    """A recommendation and what became of it. ``silent_on``: the day on which no answer was recorded."""

    number: int
    recommendation: Recommendation
    answer: str | None = None
    answered_at: datetime | None = None
    silent_on: date | None = None
    discussed: bool = False

    @property
    def item(self) -> str:
        return str(self.number)

    @property
    def is_on_the_boards_list(self) -> bool:
        return self.silent_on is not None and not self.discussed


@dataclass(frozen=True)
class Panel:
    """The panel that is under way, or the last one.

    ``lost`` are those who were named and do not sit: refused, in conflict, or otherwise prevented.
    ``findings`` and ``recommended`` are all that were ever sent, also by a panel before this one; the latest
    finding of a link stands last: none is overwritten. ``before``: the statements for a panel before it.
    """

    was_opened: bool = False
    members: tuple[Member, ...] = ()
    lost: tuple[UUID, ...] = ()
    lead: UUID | None = None
    hearing: Hearing | None = None
    said: int = 0
    texts: tuple[PanelText, ...] = ()
    before: tuple[PanelText, ...] = ()
    none_sent: tuple[str, ...] = ()
    papers_sent_at: datetime | None = None
    held_on: date | None = None
    came: tuple[str, ...] = ()
    findings: tuple[Found, ...] = ()
    recommended: tuple[Recommended, ...] = ()
    sent_at: datetime | None = None
    over: bool = False

    @property
    def is_ahead(self) -> bool:
        """Whether a hearing is set that nobody has come to."""
        return self.hearing is not None and not self.hearing.off and self.held_on is None

    @property
    def leads(self) -> UUID | None:
        """Its lead; where they do not sit any more and nobody is named instead, the first who does."""
        sit = [one.id for one in self.members]
        return self.lead if self.lead in sit else next(iter(sit), None)

    @property
    def written(self) -> tuple[str, ...]:
        """The sides that have sent their statement for this panel."""
        return tuple(one.side for one in self.texts if one.what == STATEMENT)

    @property
    def to_release(self) -> PanelText | None:
        """What waits for the officer's look, the oldest first."""
        return next((one for one in self.texts if one.released_at is None), None)

    @property
    def current(self) -> tuple[Found, ...]:
        """The latest finding of each link."""
        return tuple({one.finding.link: one for one in self.findings}.values())

    def member(self, person: UUID | None) -> Member | None:
        return next((one for one in self.members if one.id == person), None)

    def recommendation(self, item: str) -> Recommended | None:
        return next((one for one in self.recommended if one.item == item), None)

    def with_recommended(self, item: str, **news: Any) -> "Panel":
        changed = (replace(one, **news) if one.item == item else one for one in self.recommended)
        return replace(self, recommended=tuple(changed))


# small steps of the fold


def without(part: Panel, course: Course, member: UUID, term: Term | None, how: str) -> tuple[Panel, Course]:
    course = course.ended("declare-member", how, str(member))
    if term:
        course = course.owing("replace", Seat.SECRETARY, Seat.RAISER, term, str(member))
    left = tuple(one for one in part.members if one.id != member)
    return replace(part, members=left, lost=(*part.lost, member)), course


def called_off(part: Panel, course: Course, number: int, constitute: Term) -> tuple[Panel, Course]:
    """What was written stays. Whose date was over without a statement may write after all."""
    for one in course.open_obligations:
        if one.name in OF_THE_PANEL:
            course = course.ended(one.name, "in mediation first", one.item)
    hearing = replace(part.hearing, off=True) if part.hearing else None
    off = replace(part, hearing=hearing, said=number + 1, papers_sent_at=None, none_sent=())
    return off, course.owing("constitute", Seat.SECRETARY, Seat.RAISER, constitute)


def to_look_at(part: Panel, course: Course, text: PanelText, term: Term) -> tuple[Panel, Course]:
    to = SEAT_OF[other_than(text.side)]
    name = "release" if text.what == STATEMENT else "answer-release"
    return replace(part, texts=(*part.texts, text)), course.owing(name, Seat.OFFICER, to, term, text.mark)
