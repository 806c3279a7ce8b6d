"""The one assembly of a case for a visitor: everything they may see, and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, make_dataclass
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import Recorded
from compact_cases.reports import acts, parties, standing, timeline
from compact_cases.reports.agreement import AgreementShown, agreement
from compact_cases.reports.board import BoardShown, board
from compact_cases.reports.case_shape import (
    BodyShown,
    Entry,
    Linked,
    NotNow,
    Offered,
    Owed,
    Part,
    PersonShown,
    Said,
)
from compact_cases.reports.clocks import ClocksShown, clocks
from compact_cases.reports.closing import ClosingShown, closing
from compact_cases.reports.enquiry import EnquiryShown, enquiry
from compact_cases.reports.fast_track import FastTrackShown, fast_track
from compact_cases.reports.ground import Ground, read
from compact_cases.reports.handling import HandlingShown, handling
from compact_cases.reports.intake import IntakeShown, intake
from compact_cases.reports.just_done import JustDone, just_done
from compact_cases.reports.lessons import LessonsShown, lessons
from compact_cases.reports.mediation import MediationShown, mediation
from compact_cases.reports.notes import NotesShown, notes
from compact_cases.reports.owed import owed_now
from compact_cases.reports.panel import PanelShown, panel
from compact_cases.reports.reader import Reader
from compact_cases.reports.relations import RelationsShown, relations
from compact_cases.reports.reopening import ReopeningShown, reopening
from compact_cases.reports.review import ReviewShown, review
from compact_cases.reports.room import RoomDoor, room
from compact_cases.reports.speaking import SpeakingShown, speaking
from compact_cases.reports.strangers import for_a_panellist, for_the_chair, for_the_mediator
from compact_cases.reports.talk import TalkPart, talk
from compact_cases.reports.timetable import TimetableShown, timetable
from compact_cases.rules.audience import Audience, in_words
from compact_cases.rules.bodies import KIND_WORDS
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.events.clocks import Escalated
from compact_cases.rules.events.enquiry import NoReplyRecorded, TakenUpAgain
from compact_cases.rules.fast_track import opened_to
from compact_cases.rules.handling import nobody_handles
from compact_cases.rules.panel_access import may_read, sits_on_it
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NO_CASE, NotFound
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat

DECIDED = {
    "settled": "this settles it",
    "partly": "this settles it in part",
    "not": "this does not settle it",
    "stop": "to close the case",
}
ASKED_BEFORE = 10  # working days before its date somebody is asked how an agreement holds
ESCALATED = (Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER, Seat.RAISERS_LEAD, Seat.RAISERS_CHIEF)


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Who, about whom, where it stands and what is next; then a part a chapter.

    ``seen`` is the position that a form must send back.
    """

    reference: str
    seen: int
    viewpoint: str  # officer, raiser, respondent, panellist, chair, mediator
    title: str
    raiser: str
    shown_as: str  # how the respondent reads who raised it
    respondent: str
    confidentiality: str
    stage: str
    stage_in_words: str
    standing: str
    flags: tuple[tuple[str, str], ...]  # words, meaning
    ladder: tuple[tuple[str, str], ...]
    officer: str | None
    officer_id: UUID | None
    next: Owed | None
    owed: tuple[Owed, ...]
    acts: tuple[Offered, ...]
    refused: tuple[NotNow, ...]
    people: tuple[PersonShown, ...]
    body: BodyShown | None
    has_champion: bool
    timeline: tuple[Entry, ...]
    linked: tuple[Linked, ...]
    procedure: str
    calendar: str

    intake: IntakeShown
    talk: TalkPart
    fast_track: FastTrackShown
    enquiry: EnquiryShown
    review: ReviewShown
    panel: PanelShown
    mediation: MediationShown
    closing: ClosingShown
    reopening: ReopeningShown
    relations: RelationsShown
    lessons: LessonsShown
    agreement: AgreementShown
    clocks: ClocksShown
    timetable: TimetableShown
    notes: NotesShown
    handling: HandlingShown
    board: BoardShown
    speaking: SpeakingShown
    room: RoomDoor

    def flat(self) -> dict[str, Any]:
        """Head and parts side by side under the names that JSON has always had."""
        names: dict[str, Any] = {}
        for name, value in vars(self).items():
            names |= vars(value) if isinstance(value, Part) else {name: value}
        return names

    def may(self, resource: str) -> bool:
        return any(act.resource == resource for act in self.acts)

    @property
    def also_owed(self) -> tuple[Owed, ...]:
        """What is owed beside the next step; nothing that lies months ahead."""
        return tuple(one for one in self.owed if one is not self.next and _comes_next(one))

    @property
    def foremost(self) -> Owed | None:
        """What the page of a party says first: its own step where one runs, else the next of anybody."""
        mine = [one for one in self.owed if one.mine and _comes_next(one)]
        running = [one for one in mine if one.due]
        others_run = self.next is not None and self.next.due is not None
        return next(iter(running or ([] if others_run else mine)), self.next)

    @property
    def also_mine(self) -> tuple[Owed, ...]:
        """What the same party owes beside that."""
        theirs = (one for one in self.owed if one.mine and _comes_next(one))
        return tuple(one for one in theirs if one is not self.foremost)

    def news_since(self, seen: int) -> tuple[Entry, ...]:
        """What happened after a position, for somebody whose page is older."""
        return tuple(one for one in self.timeline if one.position > seen)

    @property
    def by_hand(self) -> tuple[Entry, ...]:
        """Letters that an officer is to post or to read out; parties are not shown this."""
        return tuple(one for one in self.timeline if one.kind == "letter" and one.facts["state"] == "to-post")

    @property
    def decided_in_words(self) -> str:
        """Where there was no reply nothing is said of one: the raiser chose to go on without it."""
        decision = self.enquiry.decision or ""
        if decision == "not" and not self.enquiry.replies and not self.enquiry.asked_after:
            return "to go on without a reply"
        return DECIDED.get(decision, decision)

    def readers(self, said: Said) -> str:
        """Who can read a text, in words for this visitor."""
        words = in_words(said.audience, self.respondent)
        if self.viewpoint == "mediator":
            return "Both sides, the Compact officers and you can read this"
        if said.audience is Audience.CASE and (also := self._of_neither_side()):
            words = words.replace(" and the Compact officers", f", the Compact officers and the {also}")
        if self.viewpoint == "raiser":
            return words.replace("the raiser", "you").replace("The raiser", "You")
        return words

    def _of_neither_side(self) -> str:
        """Who reads what both sides read as well: a mediator where all agree, a panel once it is named."""
        if self.panel.panel_members:
            return "panel"
        part = self.mediation
        return "mediator" if part.mediation_papers and part.mediator and not part.mediation_ended_at else ""

    def by_day(self, oldest_first: bool) -> list[tuple[date, list[Entry]]]:
        """The timeline by day, one way or the other."""
        found: dict[date, list[Entry]] = {}
        for entry in self.timeline if oldest_first else self.timeline[::-1]:
            found.setdefault(entry.at.date(), []).append(entry)
        return list(found.items())


def _flat_fields() -> Iterator[tuple[str, Any]]:
    for name, kind in get_type_hints(CaseView).items():
        if isinstance(kind, type) and issubclass(kind, Part):
            yield from get_type_hints(kind).items()
        else:
            yield name, kind


FLAT = make_dataclass("Case", list(_flat_fields()))
"""The shape of ``CaseView.flat()``, for whoever describes it."""


def view(
    conn: Connection,
    rulebook: Rulebook,
    row: CaseRow,
    visitor: Visitor,
    at: datetime,
    siblings: Sequence[CaseRow] | None = None,
) -> CaseView:
    """The case for this visitor, who has been let in; ``rulebook`` is that of the row's editions.

    ``siblings`` are all cases of the concern, where the caller has read them already.

    Raises NotFound for a senior lead or chief officer to whom the case has not been escalated.
    """
    return view_since(conn, rulebook, row, visitor, at, siblings, None)[0]


def view_since(
    conn: Connection,
    rulebook: Rulebook,
    row: CaseRow,
    visitor: Visitor,
    at: datetime,
    siblings: Sequence[CaseRow] | None,
    since: int | None,
) -> tuple[CaseView, JustDone | None]:
    """The same, and what this visitor has done since a position of the log, as long as it is new."""
    ground, reader = read(conn, rulebook, row, visitor, at, siblings)
    if visitor.seat in ESCALATED and not _concerns(ground, visitor.seat):
        raise NotFound(NO_CASE)
    sits_on_it(ground.case, visitor)
    seen = _assembled(ground, reader, visitor)
    if reader.viewpoint == "panellist":
        seen = for_a_panellist(seen, may_read(ground.case, visitor))
    if reader.viewpoint == "chair":
        seen = for_the_chair(seen, ground)
    if reader.viewpoint == "mediator":
        seen = for_the_mediator(seen, ground)
    return seen, just_done(ground, visitor, seen.timeline, since)


PARTS: dict[str, Callable[[Ground, Reader], Any]] = {
    "intake": intake,
    "talk": talk,
    "fast_track": fast_track,
    "enquiry": enquiry,
    "review": review,
    "panel": panel,
    "mediation": mediation,
    "closing": closing,
    "handling": handling,
    "reopening": reopening,
    "relations": relations,
    "lessons": lessons,
    "agreement": agreement,
    "clocks": clocks,
    "timetable": timetable,
    "notes": notes,
    "board": board,
    "speaking": speaking,
    "room": room,
}
"""A part a chapter, each as this visitor may read it."""


def _assembled(ground: Ground, reader: Reader, visitor: Visitor) -> CaseView:
    row, case, viewpoint, respondent = ground.row, ground.case, reader.viewpoint, ground.respondent
    procedure, calendar = ground.rulebook.procedure, ground.rulebook.calendar
    told = viewpoint in ("respondent", "panellist")
    raiser = row.raiser_shown if told else row.raiser_label
    owed = tuple(owed_now(case, viewpoint, respondent, calendar, ground.at))
    officer = case.intake.officer
    offered, refused = acts.acts_of(ground, reader)
    no_reply = _none_since(ground.log)
    return CaseView(
        reference=row.reference,
        seen=row.position,
        viewpoint=viewpoint,
        title=_title(row, raiser, respondent, reader.is_officer),
        raiser=raiser,
        shown_as=row.raiser_shown,
        respondent=respondent,
        confidentiality=row.confidentiality if reader.sees(Audience.RAISER_AND_OFFICERS) else "",
        stage=case.stage.value,
        stage_in_words=procedure.stages[case.stage.value],
        standing=standing.standing(case, viewpoint, respondent, ground.at),
        flags=(*_seen_at_once(ground, reader), *standing.flags(case, owed, viewpoint, no_reply)),
        ladder=standing.ladder(case, procedure),
        officer=None if nobody_handles(case) else ground.staff.get(officer) if officer else None,
        officer_id=officer if reader.is_officer else None,
        next=next((one for one in owed if _comes_next(one)), None),
        owed=owed,
        acts=offered,
        refused=refused,
        people=ground.people,
        body=_body(ground.body) if ground.body and viewpoint != "raiser" else None,
        has_champion=any(one.role == "champion" for one in ground.people),
        timeline=_timeline(ground, reader),
        linked=_linked(ground, visitor) if not told else (),
        procedure=procedure.name,
        calendar=row.calendar_edition,
        **{name: shown(ground, reader) for name, shown in PARTS.items()},
    )


def for_the_panel(conn: Connection, rulebook: Rulebook, row: CaseRow, at: datetime) -> CaseView:
    """As any member who has declared reads it, whoever asks: for what all of them get alike."""
    visitor = Visitor(Seat.PANELLIST, case_id=row.case_id)
    ground, reader = read(conn, rulebook, row, visitor, at)
    seen: CaseView = for_a_panellist(_assembled(ground, reader, visitor), may_read=True)
    return seen


def _none_since(log: Sequence[Recorded]) -> bool:
    """Whether no reply was recorded, since the case was opened again if it was."""
    for one in reversed(log):
        if isinstance(one.event, TakenUpAgain):
            return False
        if isinstance(one.event, NoReplyRecorded):
            return True
    return False


def _comes_next(one: Owed) -> bool:
    """How an agreement holds is asked months later; until then it is no next step of anybody."""
    return one.name != "check-in" or (one.days_left is not None and one.days_left <= ASKED_BEFORE)


def _seen_at_once(ground: Ground, reader: Reader) -> tuple[tuple[str, str], ...]:
    row, raiser = ground.row, next((one for one in ground.people if one.role == "raiser"), None)
    if not reader.is_officer:
        return ()
    is_open = row.confidentiality == Confidentiality.OPEN
    raised_for = dict(raiser.details).get(parties.RAISED_FOR) if raiser and is_open else None
    closes_on = None if ground.case.is_closed else row.closes_on
    return standing.at_first_sight(row.tags, raised_for, closes_on, ground.at.date())


def _title(row: CaseRow, raiser: str, respondent: str, is_officer: bool) -> str:
    """A confidential raiser is not named in a heading, which ends up in windows, histories and prints."""
    hidden = row.confidentiality == Confidentiality.CONFIDENTIAL and is_officer
    hidden = hidden or row.confidentiality == Confidentiality.ANONYMOUS
    return f"{row.raiser_shown if hidden else raiser} about {respondent}"


def _body(body: Body) -> BodyShown:
    return BodyShown(body.id, body.name, KIND_WORDS[body.kind], body.area, body.volunteer_run, body.signed_on)


def _timeline(ground: Ground, reader: Reader) -> tuple[Entry, ...]:
    events = timeline.events_shown(
        ground.log,
        reader,
        ground.case.intake.every_link,
        ground.rulebook.codes,
        ground.staff_name,
        ground.body_name,
        ground.reference_of,
    )
    return timeline.in_order(events, timeline.letters_shown(ground.letters, reader))


def _linked(ground: Ground, visitor: Visitor) -> tuple[Linked, ...]:
    """The other cases of the same concern. A mailed link opens one case; the return code opens them all."""
    opens = visitor.is_officer or visitor.concern_id == ground.row.concern_id
    return tuple(
        Linked(one.reference, one.respondent_label, one.stage, opens)
        for one in ground.siblings
        if one.case_id != ground.row.case_id
    )


def _concerns(ground: Ground, seat: Seat) -> bool:
    """Senior leads from a senior review on; who was asked to put something on hold; and whoever is up the
    line once something was escalated to them."""
    if seat in (Seat.SENIOR_LEAD, Seat.RAISERS_LEAD) and ground.case.review.was_opened:
        return True
    if seat is Seat.CHIEF_OFFICER and ground.case.has_findings:
        return True
    return seat in opened_to(ground.case) or _escalated_to(ground.log, seat)


def _escalated_to(log: Sequence[Recorded], seat: Seat) -> bool:
    return any(isinstance(one.event, Escalated) and one.event.to == seat.value for one in log)
