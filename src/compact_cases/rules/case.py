"""Case: the course and one part a chapter, folded from its events; ``evolve`` copies, it computes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from compact_cases.rules.agreed import Agreement
from compact_cases.rules.course import Course, Obligation, Stage
from compact_cases.rules.events import (
    Event,
    agreement,
    board,
    clocks,
    closing,
    enquiry,
    fast_track,
    handling,
    intake,
    lessons,
    mediation,
    moving,
    notes,
    panel,
    relations,
    reopening,
    review,
    speaking,
    talk,
    timetable,
    together,
)
from compact_cases.rules.events.agreement import AgreementEvent
from compact_cases.rules.events.board import Board, BoardEvent
from compact_cases.rules.events.clocks import Clocks, ClocksEvent
from compact_cases.rules.events.closing import Closing, ClosingEvent
from compact_cases.rules.events.enquiry import Enquiry, EnquiryEvent
from compact_cases.rules.events.fast_track import FastTrack, FastTrackEvent
from compact_cases.rules.events.handling import Handling, HandlingEvent
from compact_cases.rules.events.intake import Intake, IntakeEvent
from compact_cases.rules.events.lessons import Lessons, LessonsEvent
from compact_cases.rules.events.mediation import MediationEvent
from compact_cases.rules.events.moving import Moving, MovingEvent
from compact_cases.rules.events.notes import Notes, NotesEvent
from compact_cases.rules.events.panel import PanelEvent
from compact_cases.rules.events.relations import Relations, RelationsEvent
from compact_cases.rules.events.reopening import Reopening, ReopeningEvent
from compact_cases.rules.events.review import Review, ReviewEvent
from compact_cases.rules.events.speaking import Speaking, SpeakingEvent
from compact_cases.rules.events.talk import Talk, TalkEvent
from compact_cases.rules.events.timetable import Timetable, TimetableEvent
from compact_cases.rules.events.together import TogetherEvent
from compact_cases.rules.heard import Panel
from compact_cases.rules.mediating import SETTLES, Mediation


@dataclass(frozen=True)
class Case:
    """A fold of the log. An event belongs to one chapter, which changes its own part and moves the course."""

    course: Course = field(default_factory=Course)
    intake: Intake = field(default_factory=Intake)
    talk: Talk = field(default_factory=Talk)
    fast_track: FastTrack = field(default_factory=FastTrack)
    enquiry: Enquiry = field(default_factory=Enquiry)
    review: Review = field(default_factory=Review)
    panel: Panel = field(default_factory=Panel)
    mediation: Mediation = field(default_factory=Mediation)
    clocks: Clocks = field(default_factory=Clocks)
    closing: Closing = field(default_factory=Closing)
    reopening: Reopening = field(default_factory=Reopening)
    relations: Relations = field(default_factory=Relations)
    lessons: Lessons = field(default_factory=Lessons)
    agreement: Agreement = field(default_factory=Agreement)
    notes: Notes = field(default_factory=Notes)
    handling: Handling = field(default_factory=Handling)
    board: Board = field(default_factory=Board)
    speaking: Speaking = field(default_factory=Speaking)
    moving: Moving = field(default_factory=Moving)
    timetable: Timetable = field(default_factory=Timetable)

    # what everybody asks of the course

    @property
    def position(self) -> int:
        return self.course.position

    @property
    def at(self) -> datetime | None:
        return self.course.at

    @property
    def stage(self) -> Stage:
        return self.course.stage

    @property
    def is_closed(self) -> bool:
        return self.course.is_closed

    @property
    def had_notice(self) -> bool:
        """Whether the respondent has heard of it: by the notice, or because the two talk first."""
        return self.enquiry.had_notice or self.talk.began

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        return self.course.obligations

    @property
    def open_obligations(self) -> tuple[Obligation, ...]:
        return self.course.open_obligations

    @property
    def editions(self) -> tuple[str, str]:
        """Of the procedure and of the calendar, by which it goes now."""
        first = self.intake
        return self.moving.procedure or first.procedure, self.moving.calendar or first.calendar

    @property
    def is_settled(self) -> bool:
        """Whether an agreement settled everything, and the case was not opened again since."""
        made = [one.made_at for one in self.agreement.versions if one.settles and one.made_at]
        opened = self.closing.before[-1].closed_at if self.closing.before else None
        is_over = bool(made and opened and made[-1] < opened)
        return self.agreement.settled and not is_over

    @property
    def settled_by_mediation(self) -> bool:
        """Whether what is settled was settled there: it ended so, or its raiser said so while it went on.

        Not where a senior review came after it, or where the case was opened again since.
        """
        part = self.mediation
        tried = [one for one in self.course.trail if one in (Stage.MEDIATION, Stage.SENIOR_REVIEW)]
        opened = self.closing.before[-1].closed_at if self.closing.before else None
        is_old = opened is not None and part.ended_at is not None and part.ended_at < opened
        in_it = bool(part.mediators) and part.ending in SETTLES
        return in_it and tried[-1:] == [Stage.MEDIATION] and not is_old

    @property
    def has_findings(self) -> bool:
        """Whether a panel has sent its findings, and the case was not opened again since."""
        opened = self.closing.before[-1].closed_at if self.closing.before else None
        sent = self.panel.sent_at
        return sent is not None and not (opened and sent < opened)

    @property
    def waits_to_be_read(self) -> bool:
        """Whether something that one side wrote waits for the officer's look, before the other reads it."""
        return (
            self.enquiry.to_release is not None
            or self.review.to_release is not None
            or self.panel.to_release is not None
            or self.fast_track.words_wait
        )

    def owed(self, name: str, item: str = "") -> Obligation | None:
        """The open obligation of this name and item, if there is one."""
        return self.course.owed(name, item)


# Which chapter an event belongs to: the name of its part, and its fold.
_OWNER: dict[type, tuple[str, Any]] = {
    kind: (name, fold)
    for name, fold, events in (
        ("intake", intake.evolve, IntakeEvent),
        ("talk", talk.evolve, TalkEvent),
        ("fast_track", fast_track.evolve, FastTrackEvent),
        ("enquiry", enquiry.evolve, EnquiryEvent),
        ("review", review.evolve, ReviewEvent),
        ("panel", panel.evolve, PanelEvent),
        ("mediation", mediation.evolve, MediationEvent),
        ("mediation", together.evolve, TogetherEvent),
        ("clocks", clocks.evolve, ClocksEvent),
        ("closing", closing.evolve, ClosingEvent),
        ("reopening", reopening.evolve, ReopeningEvent),
        ("relations", relations.evolve, RelationsEvent),
        ("lessons", lessons.evolve, LessonsEvent),
        ("agreement", agreement.evolve, AgreementEvent),
        ("notes", notes.evolve, NotesEvent),
        ("handling", handling.evolve, HandlingEvent),
        ("board", board.evolve, BoardEvent),
        ("speaking", speaking.evolve, SpeakingEvent),
        ("moving", moving.evolve, MovingEvent),
        ("timetable", timetable.evolve, TimetableEvent),
    )
    for kind in get_args(events) or (events,)
}


def replay(history: Iterable[tuple[Event, datetime]]) -> Case:
    """Fold a whole log, oldest event first."""
    return _folded(Case(), history)


def evolve(case: Case, event: Event, at: datetime) -> Case:
    """The case after one more event."""
    return _folded(case, ((event, at),))


def _folded(case: Case, history: Iterable[tuple[Event, datetime]]) -> Case:
    """The case is put together at the end: one for each event took a fifth of a fold."""
    parts: dict[str, Any] = dict(vars(case))
    course: Course = parts.pop("course")
    for event, at in history:
        name, fold = _OWNER[type(event)]
        parts[name], course = fold(parts[name], course.after(at), event, at)
        if parts["clocks"].pauses:
            parts["clocks"], course = clocks.over_with_what_it_held(parts["clocks"], course, at)
        if parts["mediation"].is_under_way:
            parts["mediation"] = mediation.over_with_its_stage(parts["mediation"], course, at)
    return Case(course, **parts)
