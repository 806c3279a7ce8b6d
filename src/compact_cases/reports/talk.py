"""Talk first as one visitor may see it: what was said to the body, and how to reach the other side."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, PersonShown, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.seats import Seat


@dataclass(frozen=True)
class TalkShown:
    """``ended_by``: raiser, respondent, office, or time. ``them``: the other side, while the two talk."""

    began_at: datetime
    wording: Said | None
    until: date | None
    ended_by: str | None
    them: PersonShown | None


@dataclass(frozen=True, kw_only=True)
class TalkPart(Part):
    """None where nobody was put in touch."""

    talk: TalkShown | None


def talk(ground: Ground, reader: Reader) -> TalkPart:
    part, owed = ground.case.talk, ground.case.owed("talk")
    if part.began_at is None:
        return TalkPart(talk=None)
    wording = reader.said(part.wording, Audience.CASE, part.began_at)
    until = owed.due if owed else None
    return TalkPart(talk=TalkShown(part.began_at, wording, until, part.ended_by, _them(ground, reader)))


def _them(ground: Ground, reader: Reader) -> PersonShown | None:
    """Only as long as they talk; a deputy where the champion is away."""
    if ground.case.owed("talk") is None or reader.is_officer:
        return None
    role = Seat.RAISER.word if reader.viewpoint == "respondent" else Seat.CHAMPION.word
    theirs = [one for one in ground.in_touch if one.role == role]
    today = ground.at.date()
    here = [one for one in theirs if one.absent_until is None or one.absent_until < today]
    return next(iter(here or theirs), None)
