"""Reopening as one visitor may see it: until when somebody can ask, who asked, and how it ended before."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.events.reopening import Request
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import ACTION_NOT_KEPT, COME_BACK, ERROR, NEW_EVIDENCE, last_day
from compact_cases.rules.seats import Side

REASONS = {
    NEW_EVIDENCE: "there is something new",
    ERROR: "there was an error",
    ACTION_NOT_KEPT: "an agreed action was not kept",
    COME_BACK: "they come back to what they left",
}


@dataclass(frozen=True)
class RequestShown:
    """``explanation`` says why it was declined; whoever did not ask reads only that somebody did."""

    side: str
    why: str
    in_words: str
    at: datetime
    words: Said | None
    explanation: Said | None


@dataclass(frozen=True)
class EndingShown:
    """How a case had ended before it was opened again, and why it was."""

    outcome: str
    closed_at: datetime | None
    summary: Said | None
    reopened_because: Said | None


@dataclass(frozen=True, kw_only=True)
class ReopeningShown(Part):
    """``reopen_until``: of a closed case, the last day on which a side can ask; None where nobody can."""

    reopen_until: date | None
    reopening_requests: tuple[RequestShown, ...]
    earlier_endings: tuple[EndingShown, ...]


def reopening(ground: Ground, reader: Reader) -> ReopeningShown:
    at = ground.changed_at
    return ReopeningShown(
        reopen_until=_until(ground),
        reopening_requests=tuple(_request(one, reader) for one in ground.case.reopening.requests),
        earlier_endings=tuple(
            EndingShown(
                one.outcome or "",
                one.closed_at,
                reader.said(one.summary, Audience.CASE, at),
                reader.said(one.explanation, Audience.CASE, at),
            )
            for one in ground.case.closing.before
        ),
    )


def _until(ground: Ground) -> date | None:
    closing = ground.case.closing
    if closing.closed_at is None or closing.outcome in ("merged", "referred elsewhere"):
        return None
    try:
        return last_day(closing.closed_at, ground.rulebook.calendar)
    except Refused:  # the calendar does not reach so far
        return None


def _request(one: Request, reader: Reader) -> RequestShown:
    theirs = Audience.RAISER_AND_OFFICERS if one.side is Side.RAISER else Audience.RESPONDENT_AND_OFFICERS
    return RequestShown(
        one.side.value,
        one.why,
        REASONS.get(one.why, one.why),
        one.at,
        reader.said(one.words, theirs, one.at),
        reader.said(one.explanation, Audience.CASE, one.at),
    )
