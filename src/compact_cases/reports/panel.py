"""A panel as one visitor may see it: its members, what both sides wrote, hearing, findings, answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.constituting import missing
from compact_cases.rules.findings import answerable
from compact_cases.rules.heard import OF_SIDE, Found, PanelText, Recommended
from compact_cases.rules.heard import Panel as Sitting
from compact_cases.rules.names import without
from compact_cases.rules.offering import panel_waits
from compact_cases.rules.panel import writing


@dataclass(frozen=True)
class MemberShown:
    id: UUID
    name: str
    leads: bool
    declared: bool


@dataclass(frozen=True)
class HearingShown:
    on: date
    time: str
    online: bool
    place: Said | None
    needs: Said | None


@dataclass(frozen=True)
class PanelTextShown:
    """``words`` are what this visitor reads; ``hidden`` is for officers. ``item``: what it answers."""

    what: str
    side: str
    item: str
    words: Said | None
    at: datetime
    released_at: datetime | None
    hidden: Said | None


@dataclass(frozen=True)
class FindingShown:
    """``sent_at``: of a superseded one too; ``why``: what was wrong with the one before it."""

    link: int
    clause: str
    title: str
    finding: str
    source: str
    edition: str
    reasons: Said | None
    evidence: Said | None
    beside: tuple[str, ...]
    differing: Said | None
    why: Said | None
    sent_at: datetime
    superseded: bool


@dataclass(frozen=True)
class RecommendationShown:
    item: str
    to: str
    what: Said | None
    known_by: Said | None
    due: date | None  # of one whose answer is paused
    answer: str | None
    silent_on: date | None
    discussed: bool


@dataclass(frozen=True, kw_only=True)
class PanelShown(Part):
    """``panel``: none, open or over. ``missing_members``: whose place is to be filled. ``panel_to_answer``:
    the numbers of the recommendations that this visitor may answer now; ``panel_writers``: the sides that
    they may write for. ``statements_before``: what was written for one before it. ``panel_waits``: for
    what both sides say about mediation (asked), or for its end.
    """

    panel: str
    panel_members: tuple[MemberShown, ...]
    missing_members: tuple[MemberShown, ...]
    hearing: HearingShown | None
    heard_on: date | None
    came_to_hearing: tuple[str, ...]
    papers_sent_at: datetime | None
    panel_texts: tuple[PanelTextShown, ...]
    statements_before: tuple[PanelTextShown, ...]
    no_statement: tuple[str, ...]
    findings: tuple[FindingShown, ...]
    findings_sent_at: datetime | None
    recommendations: tuple[RecommendationShown, ...]
    panel_to_answer: tuple[str, ...]
    panel_writers: tuple[str, ...]
    panel_waits: str
    panel_me: UUID | None


def panel(ground: Ground, reader: Reader) -> PanelShown:
    part, at, now = ground.case.panel, ground.changed_at, ground.now
    sent = part.sent_at or at
    return PanelShown(
        panel="none"
        if not part.was_opened
        else ("over" if part.sent_at or ground.case.is_closed else "open"),
        panel_members=tuple(_member(ground, one.id, one.declared) for one in part.members),
        missing_members=tuple(_member(ground, one, False) for one in missing(ground.case))
        if reader.is_officer
        else (),
        hearing=_hearing(part, reader, at),
        heard_on=part.held_on,
        came_to_hearing=part.came,
        papers_sent_at=part.papers_sent_at,
        panel_texts=tuple(_texts(part.texts, reader)),
        statements_before=tuple(_texts(part.before, reader)),
        no_statement=part.none_sent,
        findings=tuple(_finding(one, part, ground, reader) for one in part.findings),
        findings_sent_at=part.sent_at,
        recommendations=tuple(_recommended(one, ground.case, reader, sent) for one in part.recommended),
        panel_to_answer=tuple(one.item for one in answerable(ground.case, now)),
        panel_writers=writing(ground.case, now),
        panel_waits=_waits(ground.case),
        panel_me=now.person if reader.viewpoint == "panellist" else None,
    )


def _waits(case: Case) -> str:
    if not panel_waits(case):
        return ""
    return "in-mediation" if case.mediation.is_under_way else "asked"


def _member(ground: Ground, person: UUID, declared: bool) -> MemberShown:
    name = ground.staff.get(person, "a member of the panel")
    return MemberShown(person, name, person == ground.case.panel.leads, declared)


def _hearing(part: Sitting, reader: Reader, at: datetime) -> HearingShown | None:
    one = part.hearing
    if one is None or one.off:
        return None
    place, needs = (reader.said(text, Audience.CASE, at) for text in (one.place, one.needs))
    return HearingShown(one.on, one.time, one.online, place, needs)


def _texts(texts: Iterable[PanelText], reader: Reader) -> Iterator[PanelTextShown]:
    """What is not released yet is for the side that wrote it, and for officers."""
    for one in texts:
        own = reader.sees(OF_SIDE[one.side])
        if one.released_at is not None or own:
            yield PanelTextShown(
                one.what,
                one.side,
                one.item,
                _words(one, reader),
                one.at,
                one.released_at,
                reader.said(one.hidden, Audience.OFFICERS, one.at),
            )


def _words(one: PanelText, reader: Reader) -> Said | None:
    """The others read it without what was taken out; when the list of that is gone, not at all."""
    released = Audience.CASE if one.released_at is not None else None
    words = reader.said(one.words, OF_SIDE[one.side], one.at, now=released)
    if words and words.text is not None and one.hidden and not reader.sees(OF_SIDE[one.side]):
        phrases = reader.raw(one.hidden)
        text = None if phrases is None else without(words.text, phrases.splitlines())
        return Said(text, words.audience, words.at)
    return words


def _finding(found: Found, part: Sitting, ground: Ground, reader: Reader) -> FindingShown:
    one = found.finding
    link = ground.case.intake.every_link[one.link]
    texts = (one.reasons, one.evidence, one.differing, found.why)
    reasons, evidence, differing, why = (reader.said(text, Audience.CASE, found.at) for text in texts)
    return FindingShown(
        one.link,
        link.clause,
        title_of(link.clause, one.edition, ground.rulebook.codes),
        one.finding,
        one.source,
        one.edition,
        reasons,
        evidence,
        one.beside,
        differing,
        why,
        found.at,
        found not in part.current,
    )


def _recommended(one: Recommended, case: Case, reader: Reader, at: datetime) -> RecommendationShown:
    """With the date as it is now: it may have been moved, or agreed to be another, since it was made."""
    made, asked = one.recommendation, case.owed("respond", one.item)
    due = asked.due if asked else made.term.due
    what, known_by = (reader.said(text, Audience.CASE, at) for text in (made.what, made.known_by))
    return RecommendationShown(
        one.item, made.to, what, known_by, due, one.answer, one.silent_on, one.discussed
    )
