"""Senior review as one visitor may see it: who convenes it, when the leads meet, what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.events.review import SIDES, Answer, SideText
from compact_cases.rules.events.review import Review as Held
from compact_cases.rules.names import without
from compact_cases.rules.noted import late_sides
from compact_cases.rules.review import last_day
from compact_cases.rules.seats import Side

OF_SIDE = {
    Side.RAISER.value: Audience.RAISER_AND_OFFICERS,
    Side.RESPONDENT.value: Audience.RESPONDENT_AND_OFFICERS,
}


@dataclass(frozen=True)
class MeetingShown:
    on: date
    time: str
    online: bool
    place: Said | None
    needs: Said | None


@dataclass(frozen=True)
class AnswerShown:
    """``words``: on which other days, for their own side and officers."""

    side: str
    comes: bool
    in_writing: bool
    words: Said | None


@dataclass(frozen=True)
class NoteShown:
    agreed: Said | None
    open: Said | None
    at: datetime


@dataclass(frozen=True)
class TextShown:
    """A statement or a comment. ``words`` are what this visitor reads; ``hidden`` is for officers."""

    what: str
    side: str
    words: Said | None
    at: datetime
    released_at: datetime | None
    hidden: Said | None = None


@dataclass(frozen=True)
class EarlierReview:
    """One from before the case was opened again, as much of it as this visitor may read."""

    did_not_meet: bool
    met_on: date | None
    review_note: NoteShown | None
    review_texts: tuple[TextShown, ...]
    without_comment: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewShown(Part):
    """``review``: none, open or over. ``convened_elsewhere`` names the other office that convenes it.

    ``review_sides``: those for whom something can be said now of the meeting, or of its note.
    """

    review: str
    meet_by: date | None
    convened_elsewhere: Said | None
    did_not_meet: bool
    meeting: MeetingShown | None
    meeting_answers: tuple[AnswerShown, ...]
    met_on: date | None
    review_note: NoteShown | None
    review_texts: tuple[TextShown, ...]
    without_comment: tuple[str, ...]
    review_sides: tuple[str, ...]
    earlier_reviews: tuple[EarlierReview, ...]


def _goes_on(case: Case) -> bool:
    """In the review, or in a mediation that began while it was open."""
    stage = case.mediation.before_it if case.stage is Stage.MEDIATION else case.stage
    return stage == Stage.SENIOR_REVIEW


def review(ground: Ground, reader: Reader) -> ReviewShown:
    part, at, case = ground.case.review, ground.changed_at, ground.case
    state = ("open" if _goes_on(case) else "over") if part.was_opened else "none"
    late = late_sides(case, ground.now)
    owing = tuple(side for side in SIDES if case.owed("comment", side) or side in late)
    return ReviewShown(
        review=state,
        meet_by=last_day(case, ground.rulebook.calendar) if state == "open" else None,
        convened_elsewhere=reader.said(part.elsewhere, Audience.CASE, at),
        did_not_meet=part.did_not_meet,
        meeting=_meeting(part, reader, at),
        meeting_answers=tuple(_answer(one, part, reader) for one in _last_of_each(part)),
        met_on=part.held_on,
        review_note=_note(part, reader),
        review_texts=_texts(part, reader),
        without_comment=part.silent,
        review_sides=owing if part.note else SIDES,
        earlier_reviews=tuple(_earlier(one, reader) for one in part.before),
    )


def _earlier(one: Held, reader: Reader) -> EarlierReview:
    return EarlierReview(one.did_not_meet, one.held_on, _note(one, reader), _texts(one, reader), one.silent)


def _texts(part: Held, reader: Reader) -> tuple[TextShown, ...]:
    """What has been released; and what has not, for its own side and officers."""
    return tuple(
        _text(one, reader)
        for one in part.texts
        if one.released_at is not None or reader.sees(OF_SIDE[one.side])
    )


def _meeting(part: Held, reader: Reader, at: datetime) -> MeetingShown | None:
    one = part.meeting
    if one is None:
        return None
    place, needs = (reader.said(text, Audience.CASE, at) for text in (one.place, one.needs))
    return MeetingShown(one.on, one.time, one.online, place, needs)


def _last_of_each(part: Held) -> list[Answer]:
    return [one for side in SIDES if (one := part.answer_of(side)) is not None]


def _answer(one: Answer, part: Held, reader: Reader) -> AnswerShown:
    in_writing = any(text.side == one.side and text.words == one.words for text in part.texts)
    words = None if in_writing else reader.said(one.words, OF_SIDE[one.side], one.at)
    return AnswerShown(one.side, one.comes, in_writing, words)


def _note(part: Held, reader: Reader) -> NoteShown | None:
    note = part.note
    if note is None:
        return None
    agreed, left = (reader.said(text, Audience.CASE, note.at) for text in (note.agreed, note.open))
    return NoteShown(agreed, left, note.at)


def _text(one: SideText, reader: Reader) -> TextShown:
    """The other side reads it without what was taken out; when the list of that is gone, not at all."""
    released = Audience.CASE if one.released_at is not None else None
    words = reader.said(one.words, OF_SIDE[one.side], one.at, now=released)
    if words and words.text is not None and one.hidden and not reader.sees(OF_SIDE[one.side]):
        phrases = reader.raw(one.hidden)
        text = None if phrases is None else without(words.text, phrases.splitlines())
        words = Said(text, words.audience, words.at)
    hidden = reader.said(one.hidden, Audience.OFFICERS, one.at)
    return TextShown(one.what, one.side, words, one.at, one.released_at, hidden)
