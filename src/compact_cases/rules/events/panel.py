"""Panel, its events: members are named and declare, both sides write, it is heard, found and answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never, get_args
from uuid import UUID

from compact_cases.rules.agreed import SEAT_OF
from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.heard import (
    ANSWER,
    BOARD,
    SIDES,
    STATEMENT,
    Finding,
    Found,
    Hearing,
    Member,
    Panel,
    PanelText,
    Recommendation,
    Recommended,
    called_off,
    to_look_at,
    without,
)
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class PanelOpened:
    """``guard``: how long all of it may take; None where it is heard again, which changes nothing in that."""

    constitute: Term
    guard: Term | None


@dataclass(frozen=True)
class PanelNamed:
    """Proposed to both sides, with the day of the hearing. ``see``: for so long each side looks at the names.

    ``statement``, ``papers`` and ``hear`` have the dates that follow from the day of the hearing.
    """

    members: tuple[UUID, ...]
    lead: UUID
    number: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    see: Term
    statement: Term
    papers: Term
    hear: Term


@dataclass(frozen=True)
class MemberRefused:
    """By a raiser who is not to be known, without reasons. The other side does not learn of it."""

    member: UUID
    replace: Term


@dataclass(frozen=True)
class PanelStood:
    """Both sides have seen the names by ``day``; who has not declared yet is asked to by ``declare``."""

    day: date
    declare: Term


@dataclass(frozen=True)
class MemberDeclared:
    """``conflict``: they cannot sit, for whatever reason; ``replace`` says by when another is named."""

    member: UUID
    conflict: bool
    reason: Sealed | None
    replace: Term | None


@dataclass(frozen=True)
class MemberReplaced:
    member: UUID
    by: UUID
    lead: UUID
    see: Term


@dataclass(frozen=True)
class HearingMoved:
    """To another day; of the dates before it those go along that are still ahead."""

    number: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    statement: Term | None
    papers: Term | None
    hear: Term


@dataclass(frozen=True)
class HearingCalledOff:
    """Both sides agree to mediation first. Where that does not settle it, another day is set."""

    number: int
    constitute: Term


@dataclass(frozen=True)
class StatementSent:
    """``release``: an officer reads it before the other side and the panel do."""

    side: str
    words: Sealed
    release: Term


@dataclass(frozen=True)
class NoStatementRecorded:
    side: str
    day: date


@dataclass(frozen=True)
class PanelTextReleased:
    """``hidden`` seals the phrases taken out before the others read it."""

    what: str
    side: str
    item: str
    hidden: Sealed | None


@dataclass(frozen=True)
class PapersSent:
    """``statements``: the sides whose statements are in them."""

    statements: tuple[str, ...]


@dataclass(frozen=True)
class HearingHeld:
    """``came``: the sides that somebody came for. Where none did it was heard on paper."""

    on: date
    came: tuple[str, ...]
    findings: Term


@dataclass(frozen=True)
class FindingsSent:
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    lead: str


@dataclass(frozen=True)
class FindingCorrected:
    """It supersedes the finding of the same link, which stays readable. ``why`` seals what was wrong."""

    finding: Finding
    why: Sealed


@dataclass(frozen=True)
class RecommendationAnswered:
    """``release``: an officer reads a side's reasons before the other side does."""

    item: str
    side: str
    answer: str
    reasons: Sealed | None
    release: Term | None


@dataclass(frozen=True)
class NoPanelAnswerRecorded:
    """It stands on the board's list until it is marked as discussed."""

    item: str
    day: date


@dataclass(frozen=True)
class RecommendationDiscussed:
    item: str


@dataclass(frozen=True)
class PanelOver:
    """Everything recommended is answered, or its date is over."""

    close: Term


PanelEvent = (
    PanelOpened
    | PanelNamed
    | MemberRefused
    | PanelStood
    | MemberDeclared
    | MemberReplaced
    | HearingMoved
    | HearingCalledOff
    | StatementSent
    | NoStatementRecorded
    | PanelTextReleased
    | PapersSent
    | HearingHeld
    | FindingsSent
    | FindingCorrected
    | RecommendationAnswered
    | NoPanelAnswerRecorded
    | RecommendationDiscussed
    | PanelOver
)
AUDIENCE: dict[type, Audience] = {
    **dict.fromkeys(get_args(PanelEvent), Audience.CASE),
    MemberRefused: Audience.RAISER_AND_OFFICERS,
    MemberDeclared: Audience.OFFICERS,  # else the other side could tell a refusal from it
    RecommendationDiscussed: Audience.OFFICERS,
}


# --- how it folds -----------------------------------------------------------------------------------------


def evolve(part: Panel, course: Course, event: PanelEvent, at: datetime) -> tuple[Panel, Course]:
    match event:
        case (
            PanelOpened()
            | PanelNamed()
            | MemberRefused()
            | PanelStood()
            | MemberDeclared()
            | MemberReplaced()
        ):
            return _of_members(part, course, event)
        case HearingMoved() | StatementSent() | NoStatementRecorded() | PanelTextReleased():
            return _before_it(part, course, event, at)
        case HearingCalledOff():
            return called_off(part, course, event.number, event.constitute)
        case PapersSent():
            return replace(part, papers_sent_at=at), course.ended("papers", "sent")
        case HearingHeld(on=on, came=came, findings=term):
            heard = course.ended("hear", "it was heard")
            for name, item in (("see", ""), *(("statement", side) for side in SIDES)):
                heard = heard.ended(name, "it was heard", item)
            return replace(part, held_on=on, came=came), heard.owing(
                "findings", Seat.PANELLIST, Seat.RAISER, term
            )
        case FindingsSent():
            return _found(part, course, event, at)
        case FindingCorrected(finding=finding, why=why):
            return replace(part, findings=(*part.findings, Found(finding, at, why))), course
        case RecommendationAnswered():
            return _answered(part, course, event, at)
        case NoPanelAnswerRecorded(item=item, day=day):
            return part.with_recommended(item, silent_on=day), course.ended("respond", "no answer", item)
        case RecommendationDiscussed(item=item):
            return part.with_recommended(item, discussed=True), course
        case PanelOver(close=close):
            over = course.stage_over("answered").to_stage(Stage.CLOSING)
            return replace(part, over=True), over.owing("close", Seat.OFFICER, Seat.RAISER, close)
        case _:
            assert_never(event)


OfMembers = PanelOpened | PanelNamed | MemberRefused | PanelStood | MemberDeclared | MemberReplaced


def _of_members(part: Panel, course: Course, event: OfMembers) -> tuple[Panel, Course]:
    match event:
        case PanelOpened(constitute=constitute, guard=guard):
            opened = course.ended("next-step", "the panel is open").to_stage(Stage.PANEL)
            opened = opened.stage_over("the panel is open")
            if guard:
                opened = opened.ended("guard", "the panel is open").ended(
                    "panel-guard", "a new panel is open"
                )
                opened = opened.owing("panel-guard", Seat.OFFICER, Seat.RAISER, guard)
            again = _anew(part)
            return again, opened.owing("constitute", Seat.SECRETARY, Seat.RAISER, constitute)
        case PanelNamed():
            return _named(part, course, event)
        case MemberRefused(member=member, replace=term):
            return without(part, course, member, term, "refused")
        case PanelStood(declare=term):
            seen = course.ended("see", "both sides have seen the names")
            for one in part.members:
                if not one.declared and not seen.owed("declare-member", str(one.id)):
                    seen = seen.owing("declare-member", Seat.PANELLIST, Seat.OFFICER, term, str(one.id))
            return part, seen
        case MemberDeclared(member=member, conflict=conflict, replace=term):
            if conflict:
                return without(part, course, member, term, "a member cannot sit")
            members = tuple(replace(one, declared=True) if one.id == member else one for one in part.members)
            return replace(part, members=members), course.ended("declare-member", "declared", str(member))
        case MemberReplaced():
            course = course.ended("replace", "another is named", str(event.member))
            course = course.ended("see", "another is named").owing(
                "see", Seat.OFFICER, Seat.RAISER, event.see
            )
            return replace(part, members=(*part.members, Member(event.by)), lead=event.lead), course


def _anew(part: Panel) -> Panel:
    """What a panel before it read, found and recommends stays beside it, and what was answered to that."""
    answers = tuple(one for one in part.texts if one.what == ANSWER)
    read = (*part.before, *(one for one in part.texts if one.what == STATEMENT))
    said = part.said + part.is_ahead
    kept = Panel(True, said=said, findings=part.findings, recommended=part.recommended)
    return replace(kept, texts=answers, before=read)


def _named(part: Panel, course: Course, event: PanelNamed) -> tuple[Panel, Course]:
    course = course.ended("constitute", "named").owing("see", Seat.OFFICER, Seat.RAISER, event.see)
    written = part.written  # before a mediation that did not settle it
    for side in (one for one in SIDES if one not in written):
        course = course.owing("statement", SEAT_OF[side], Seat.SECRETARY, event.statement, side)
    course = course.owing("papers", Seat.SECRETARY, Seat.RAISER, event.papers)
    course = course.owing("hear", Seat.SECRETARY, Seat.RAISER, event.hear)
    members = tuple(Member(one) for one in event.members)
    return replace(part, members=members, lead=event.lead, hearing=_day(event), said=event.number + 1), course


def _day(event: PanelNamed | HearingMoved) -> Hearing:
    return Hearing(event.number, event.on, event.time, event.online, event.place, event.needs)


BeforeIt = HearingMoved | StatementSent | NoStatementRecorded | PanelTextReleased


def _before_it(part: Panel, course: Course, event: BeforeIt, at: datetime) -> tuple[Panel, Course]:
    match event:
        case HearingMoved():
            terms = [("papers", "", event.papers), ("hear", "", event.hear)]
            for name, item, term in [*(("statement", side, event.statement) for side in SIDES), *terms]:
                course = course.set_anew(name, term, "the hearing was moved", item) if term else course
            return replace(part, hearing=_day(event), said=event.number + 1), course
        case StatementSent(side=side, words=words, release=release):
            text = PanelText(STATEMENT, side, "", words, at)
            return to_look_at(part, course.ended("statement", "sent", side), text, release)
        case NoStatementRecorded(side=side):
            silent = replace(part, none_sent=(*part.none_sent, side))
            return silent, course.ended("statement", "none sent", side)
        case PanelTextReleased():
            return _released(part, course, event, at)


def _released(part: Panel, course: Course, event: PanelTextReleased, at: datetime) -> tuple[Panel, Course]:
    texts = tuple(
        replace(one, released_at=at, hidden=event.hidden)
        if (one.what, one.side, one.item, one.released_at) == (event.what, event.side, event.item, None)
        else one
        for one in part.texts
    )
    name = "release" if event.what == STATEMENT else "answer-release"
    return replace(part, texts=texts), course.ended(name, "released", f"panel-{event.item or event.side}")


def _found(part: Panel, course: Course, event: FindingsSent, at: datetime) -> tuple[Panel, Course]:
    course = course.stage_over("the panel has decided").to_stage(Stage.ANSWER_TO_PANEL)
    owners = {Side.RAISER.value: Seat.RAISER, Side.RESPONDENT.value: Seat(event.lead), BOARD: Seat.CHAIR}
    first = 1 + len(part.recommended)
    recommended = tuple(Recommended(number, one) for number, one in enumerate(event.recommendations, first))
    for one in recommended:
        to = Seat.CHAMPION if one.recommendation.to == Side.RAISER else Seat.RAISER
        course = course.owing("respond", owners[one.recommendation.to], to, one.recommendation.term, one.item)
    findings = (*part.findings, *(Found(one, at) for one in event.findings))
    recommended = (*part.recommended, *recommended)
    return replace(part, findings=findings, recommended=recommended, sent_at=at), course


def _answered(
    part: Panel, course: Course, event: RecommendationAnswered, at: datetime
) -> tuple[Panel, Course]:
    part = part.with_recommended(event.item, answer=event.answer, answered_at=at)
    course = course.ended("respond", event.answer, event.item)
    if event.reasons is None:
        return part, course
    if event.release is None:  # the board's: both sides may read it at once
        text = PanelText(ANSWER, event.side, event.item, event.reasons, at, at)
        return replace(part, texts=(*part.texts, text)), course
    return to_look_at(
        part, course, PanelText(ANSWER, event.side, event.item, event.reasons, at), event.release
    )
