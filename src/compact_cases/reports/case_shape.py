"""What a case is to one visitor: plain data for pages and calls, with nothing in it that they may not see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from compact_cases.rules.audience import Audience, in_words
from compact_cases.rules.working_days import Day


@dataclass(frozen=True)
class Said:
    """A text that this visitor may read. ``text`` is None when it was removed on request."""

    text: str | None
    audience: Audience
    at: datetime


@dataclass(frozen=True)
class Owed:
    """An open obligation in this visitor's words: ``sentence`` + "by" + the date.

    ``days_left`` are working days to ``due``, less than 0 when overdue. A paused one has no ``due`` but
    ``paused_since``, ``days_kept`` and ``pause_ends``.
    """

    name: str
    cycle: int
    owner: str
    to: str
    sentence: str
    who: str
    mine: bool
    started_on: date
    due: date | None
    days_left: int | None
    is_overdue: bool
    paused_since: date | None = None
    days_kept: int | None = None
    pause_ends: date | None = None
    pause_reason: str | None = None
    proof: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Cited:
    """A clause as this case cites it. ``warning`` says who owes it when the respondent does not."""

    clause: str
    title: str
    text: str
    owed_by: str
    role: str
    address: str | None
    edition: str
    paragraph: Said | None = None
    warning: str | None = None


@dataclass(frozen=True)
class Answered:
    """What a reply says of one clause. ``words`` are what this visitor reads; ``whole`` is for officers."""

    clause: str
    title: str
    answer: str
    in_words: str
    words: Said | None
    whole: Said | None = None


@dataclass(frozen=True)
class ReplyShown:
    number: int
    at: datetime
    released_at: datetime | None
    answers: tuple[Answered, ...]
    offer: Said | None
    signed: Said | None
    hidden: Said | None = None


@dataclass(frozen=True)
class Asked:
    question: Said | None
    at: datetime
    answer: Said | None


@dataclass(frozen=True)
class Reach:
    kind: str
    address: str
    refused: str | None


@dataclass(frozen=True)
class PersonShown:
    """A party and how to reach them; officers only."""

    id: UUID
    role: str
    name: str
    post_title: str
    organisation: str
    area: str
    points: tuple[Reach, ...]
    details: tuple[tuple[str, str], ...] = ()
    deputy: bool = False
    absent_until: date | None = None


@dataclass(frozen=True)
class BodyShown:
    """The respondent as the register knows it."""

    id: UUID
    name: str
    kind: str
    area: str
    volunteer_run: bool
    signed_on: date | None


class Entry(msgspec.Struct, frozen=True):
    """A line of the timeline. ``kind``: event, escalation or letter; ``name``: of the event or the notice."""

    kind: str
    name: str
    at: datetime
    position: int = 0
    by: str = ""
    facts: dict[str, object] = {}  # a struct gives each its own

    @property
    def instant(self) -> str:
        return self.at.isoformat()


@dataclass(frozen=True)
class Act:
    """Something that this visitor may do now, at ``POST /cases/{ref}/{resource}``."""

    resource: str
    words: str


@dataclass(frozen=True)
class Linked:
    """Another case of the same concern; ``opens``: this visitor may go there."""

    reference: str
    respondent: str
    stage: str
    opens: bool


@dataclass(frozen=True)
class Together:
    """The case that a merged concern goes on in, without a name or a text of it.

    ``sentence`` + "by" + ``due`` is what is next there; ``ended`` says how it ended once it has.
    """

    reference: str | None
    stage: str
    sentence: str
    due: date | None
    days_left: int | None
    closed_at: datetime | None
    ended: str


@dataclass(frozen=True)
class MergedHere:
    """A concern that was merged into this case; officers only."""

    reference: str
    raiser: str


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """``seen`` is the position that a form must send back."""

    reference: str
    seen: int
    viewpoint: str  # officer, raiser, respondent
    title: str
    raiser: str
    shown_as: str  # how the respondent reads who raised it
    respondent: str
    confidentiality: str
    stage: str
    stage_in_words: str
    standing: str
    flags: tuple[tuple[str, str], ...] = ()  # words, meaning
    ladder: tuple[tuple[str, str], ...] = ()
    received_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    closes_on: date | None = None
    closes_in: int | None = None
    officer: str | None = None
    officer_id: UUID | None = None
    channel: str
    next: Owed | None = None
    owed: tuple[Owed, ...] = ()
    clauses: tuple[Cited, ...] = ()
    to_answer: tuple[Cited, ...] = ()
    account: Said | None = None
    told: tuple[tuple[str, Said], ...] = ()
    remedies: tuple[str, ...] = ()
    restated: Said | None = None
    wording: Said | None = None
    questions: tuple[Asked, ...] = ()
    replies: tuple[ReplyShown, ...] = ()
    declined: tuple[str, Said | None] | None = None
    decision: str | None = None
    decision_words: Said | None = None
    summary: Said | None = None
    outcomes: tuple[str, ...] = ()
    people: tuple[PersonShown, ...] = ()
    body: BodyShown | None = None
    has_champion: bool = False
    timeline: tuple[Entry, ...] = ()
    acts: tuple[Act, ...] = ()
    linked: tuple[Linked, ...] = ()
    together: Together | None = None
    merge_explanation: Said | None = None
    merged_here: tuple[MergedHere, ...] = ()
    wait_until: date | None = None
    procedure: str
    calendar: str

    def may(self, resource: str) -> bool:
        return any(act.resource == resource for act in self.acts)

    def news_since(self, seen: int) -> tuple[Entry, ...]:
        """What happened after a position, for somebody whose page is older."""
        return tuple(one for one in self.timeline if one.position > seen)

    def readers(self, said: Said) -> str:
        """Who can read a text, in words for this visitor."""
        words = in_words(said.audience, self.respondent)
        if self.viewpoint == "raiser":
            return words.replace("the raiser", "you").replace("The raiser", "You")
        return words

    def by_day(self, oldest_first: bool) -> list[tuple[date, list[Entry]]]:
        """The timeline by day, one way or the other."""
        found: dict[date, list[Entry]] = {}
        for entry in self.timeline if oldest_first else self.timeline[::-1]:
            found.setdefault(entry.at.date(), []).append(entry)
        return list(found.items())
