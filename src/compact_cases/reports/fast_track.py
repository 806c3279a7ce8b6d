"""The fast track as one visitor may see it: why, the hold request, its answer, words to send oneself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.date_passes import sides_asked
from compact_cases.rules.names import without
from compact_cases.rules.seats import Side

OURS, THEIRS = Audience.RAISER_AND_OFFICERS, Audience.RESPONDENT_AND_OFFICERS
HOLD_ANSWERED = {
    "extended": "it is extended",
    "paused": "it is put on hold",
    "no": "it is neither extended nor put on hold",
}


@dataclass(frozen=True)
class HoldShown:
    """``words`` are what this visitor reads: the raiser once they are released, without what was hidden."""

    closes_on: date
    days_left: int
    due: date
    answer: str | None
    in_words: str
    until: date | None
    words: Said | None
    answered_at: datetime | None
    released_at: datetime | None
    no_answer: bool


@dataclass(frozen=True)
class DateAnswer:
    side: str
    extended: str
    words: Said | None


@dataclass(frozen=True, kw_only=True)
class FastTrackShown(Part):
    """``urgent_because``: closes-on or harm, where it is on one and this visitor may know.

    ``date_sides``: those for whom this visitor may still say what became of the date.
    ``officer_back``: the date comes before that day, on which an officer is there again.
    """

    urgent_because: str | None
    officer_back: date | None
    hold: HoldShown | None
    date_passed: date | None
    date_answers: tuple[DateAnswer, ...]
    date_sides: tuple[str, ...]


def fast_track(ground: Ground, reader: Reader) -> FastTrackShown:
    part = ground.case.fast_track
    ours = reader.sees(OURS)
    known = ours or ground.case.enquiry.had_notice
    return FastTrackShown(
        urgent_because=part.because if known else None,
        officer_back=part.officer_back if ours and not ground.case.enquiry.had_notice else None,
        hold=_hold(ground, reader),
        date_passed=passed.closes_on if (passed := part.date_passed) else None,
        date_answers=tuple(_date_answers(ground, reader)),
        date_sides=sides_asked(ground.case, ground.now),
    )


def _date_answers(ground: Ground, reader: Reader) -> Iterator[DateAnswer]:
    """Each side's is for itself and the officers."""
    for one in ground.case.fast_track.date_answers:
        audience = OURS if one.side == Side.RAISER else THEIRS
        if reader.sees(audience):
            yield DateAnswer(one.side, one.extended, reader.said(one.words, audience, ground.changed_at))


def _hold(ground: Ground, reader: Reader) -> HoldShown | None:
    part = ground.case.fast_track
    asked, answered = part.hold, part.hold_answer
    if asked is None:
        return None
    return HoldShown(
        asked.closes_on,
        asked.days_left,
        asked.hold.due,
        answered.answer if answered else None,
        HOLD_ANSWERED[answered.answer] if answered else "",
        answered.until if answered else None,
        _words(ground, reader),
        part.hold_answered_at,
        part.hold_released_at,
        part.no_hold_answer,
    )


def _words(ground: Ground, reader: Reader) -> Said | None:
    """When the list of phrases to take out is gone, so is the text for the raising side."""
    part, at = ground.case.fast_track, ground.changed_at
    sealed = part.hold_answer.words if part.hold_answer else None
    said = reader.said(sealed, THEIRS, at, now=Audience.CASE if part.hold_released_at else None)
    if said is None or said.text is None or reader.viewpoint != "raiser" or part.hold_hidden is None:
        return said
    phrases = reader.raw(part.hold_hidden)
    text = None if phrases is None else without(said.text, phrases.splitlines())
    return Said(text, said.audience, said.at)
