"""What the head and the parts of a case are made of: plain data, and only what its visitor may see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from compact_cases.rules.audience import Audience
from compact_cases.rules.working_days import Day


class Part:
    """What a chapter shows of a case. In JSON its fields stand beside those of the head."""


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
    ``paused_since``, ``days_kept`` and ``pause_ends``, after which it goes on, if that ``ends_by_itself``.
    """

    name: str
    item: str
    cycle: int
    owner: str
    owner_side: str
    to: str
    to_side: str
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
    ends_by_itself: bool = False
    proof: tuple[Day, ...] = ()
    longer: bool = False


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


@dataclass(frozen=True)
class Offered:
    """Something that this visitor may do now, at ``POST /cases/{ref}/{resource}``."""

    resource: str
    words: str


@dataclass(frozen=True)
class NotNow:
    """An act that is an officer's to do, but not in this case at the moment; ``why`` is a sentence."""

    resource: str
    words: str
    why: str


@dataclass(frozen=True)
class Linked:
    """Another case of the same concern; ``opens``: this visitor may go there."""

    reference: str
    respondent: str
    stage: str
    opens: bool
