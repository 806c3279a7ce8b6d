"""Enquiry as one visitor may see it: what the respondent was told, its replies, what the raiser decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.audience import Audience
from compact_cases.rules.enquiry import WAIT, choices, last_day_to_wait
from compact_cases.rules.events.enquiry import Enquiry, Reply
from compact_cases.rules.names import without
from compact_cases.rules.onward import is_further_on, ways_on
from compact_cases.rules.statements import Sealed

THEIRS = Audience.RESPONDENT_AND_OFFICERS
ANSWER_WORDS = {
    "accept": "Accepted",
    "in-part": "Accepted in part",
    "dispute": "Seen differently",
    "not-ours": "Not theirs",
}


@dataclass(frozen=True)
class Answered:
    """What a reply says of one link. ``words`` are what this visitor reads; ``whole`` is for officers."""

    link: int
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


@dataclass(frozen=True, kw_only=True)
class EnquiryShown(Part):
    """``decisions`` is what the raiser can say now, for those who can say it.

    ``ways``: the stages that it can still go on to, each with its name. ``asked_after``: the later stages
    that are over. ``wait_until`` is the last day to which the raiser may wait; None where there is nothing
    to wait for.
    """

    wording: Said | None
    replies: tuple[ReplyShown, ...]
    earlier_replies: tuple[ReplyShown, ...]  # those from before the case was opened again
    decision: str | None
    decision_words: Said | None
    decisions: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    asked_after: tuple[str, ...]
    wait_until: date | None


def enquiry(ground: Ground, reader: Reader) -> EnquiryShown:
    part, at = ground.case.enquiry, ground.changed_at
    can_say = choices(ground.case, ground.now) if reader.sees(Audience.RAISER_AND_OFFICERS) else ()
    return EnquiryShown(
        wording=reader.said(part.wording, Audience.CASE, at),
        replies=_replies(part, ground, reader),
        earlier_replies=tuple(reply for one in part.before for reply in _replies(one, ground, reader)),
        decision=part.decision,
        decision_words=reader.said(part.decision_words, Audience.RAISER_AND_OFFICERS, at),
        decisions=can_say,
        ways=_ways(ground) if can_say else (),
        asked_after=part.asked_after,
        wait_until=last_day_to_wait(ground.now) if WAIT in can_say else None,
    )


def _ways(ground: Ground) -> tuple[tuple[str, str], ...]:
    if is_further_on(ground.case):
        return ()
    procedure = ground.rulebook.procedure
    return tuple((one.value, procedure.stages[one.value]) for one in ways_on(ground.case, procedure))


def _replies(part: Enquiry, ground: Ground, reader: Reader) -> tuple[ReplyShown, ...]:
    """Each reply as this visitor may read it: the raiser once it is released, without what was hidden."""
    return tuple(
        _reply(number, one, ground, reader)
        for number, one in enumerate(part.replies)
        if one.released_at is not None or reader.sees(THEIRS)
    )


def _reply(number: int, one: Reply, ground: Ground, reader: Reader) -> ReplyShown:
    released = Audience.CASE if one.released_at is not None else None
    links = ground.case.intake.every_link
    part = _taken_out(one, reader)

    def whole(sealed: Sealed | None) -> Said | None:
        return reader.said(sealed, THEIRS, one.at, now=released)

    answers = tuple(
        Answered(
            answer.link,
            clause := links[answer.link].clause,
            title_of(clause, links[answer.link].edition, ground.rulebook.codes),
            answer.answer,
            ANSWER_WORDS[answer.answer],
            part(whole(answer.words)),
            whole(answer.words) if reader.is_officer else None,
        )
        for answer in one.answers
    )
    hidden = reader.said(one.hidden, Audience.OFFICERS, one.at)
    return ReplyShown(
        number, one.at, one.released_at, answers, part(whole(one.offer)), part(whole(one.signed)), hidden
    )


def _taken_out(one: Reply, reader: Reader) -> Callable[[Said | None], Said | None]:
    """What the raising side reads of a reply. When the list of phrases is gone, so is the text for them."""
    if reader.viewpoint not in ("raiser", "panellist") or one.hidden is None:
        return lambda said: said
    phrases = reader.raw(one.hidden)

    def part(said: Said | None) -> Said | None:
        if said is None or said.text is None:
            return said
        text = None if phrases is None else without(said.text, phrases.splitlines())
        return Said(text, said.audience, said.at)

    return part
