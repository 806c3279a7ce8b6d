"""The table of all acts, from every chapter: what a command decides, and what can be done now."""

from dataclasses import dataclass, replace
from typing import Any

from compact_cases.rules import (
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
    past,
    relations,
    reopening,
    review,
    speaking,
    talk,
    timetable,
)
from compact_cases.rules.act import Act, Now
from compact_cases.rules.agreement import AgreementCommand
from compact_cases.rules.board import BoardCommand
from compact_cases.rules.case import Case
from compact_cases.rules.clocks import ClocksCommand
from compact_cases.rules.closing import ClosingCommand
from compact_cases.rules.enquiry import EnquiryCommand
from compact_cases.rules.events import Event
from compact_cases.rules.events.intake import EnteredFromPaper
from compact_cases.rules.fast_track import FastTrackCommand
from compact_cases.rules.handling import HandlingCommand
from compact_cases.rules.intake import IntakeCommand
from compact_cases.rules.lessons import LessonsCommand
from compact_cases.rules.mediation import MediationCommand
from compact_cases.rules.moving import MovingCommand
from compact_cases.rules.notes import NotesCommand
from compact_cases.rules.notices import OF_NO_CHAPTER, Notice
from compact_cases.rules.panel import PanelCommand
from compact_cases.rules.procedure import Known
from compact_cases.rules.relations import RelationsCommand
from compact_cases.rules.reopening import ReopeningCommand
from compact_cases.rules.review import ReviewCommand
from compact_cases.rules.seats import REACHED, Seat
from compact_cases.rules.speaking import SpeakingCommand
from compact_cases.rules.statements import all_written
from compact_cases.rules.talk import TalkCommand
from compact_cases.rules.timetable import TimetableCommand

Command = (
    IntakeCommand
    | TalkCommand
    | FastTrackCommand
    | EnquiryCommand
    | ReviewCommand
    | PanelCommand
    | MediationCommand
    | ClosingCommand
    | ClocksCommand
    | NotesCommand
    | AgreementCommand
    | ReopeningCommand
    | RelationsCommand
    | LessonsCommand
    | HandlingCommand
    | BoardCommand
    | SpeakingCommand
    | MovingCommand
    | TimetableCommand
)

CHAPTERS = (
    intake,
    talk,
    handling,
    enquiry,
    fast_track,
    review,
    panel,
    mediation,
    agreement,
    closing,
    reopening,
    relations,
    lessons,
    clocks,
    timetable,
    board,
    speaking,
    moving,
    notes,
)
ACTS: tuple[Act[Any], ...] = tuple(act for chapter in CHAPTERS for act in chapter.ACTS)
BY_COMMAND: dict[type, Act[Any]] = {act.command: act for act in ACTS}
BY_EFFECT: dict[str, Act[Any]] = {act.effect: act for act in ACTS if act.effect}
NOTICES = tuple(name for chapter in CHAPTERS for name in chapter.NOTICES) + OF_NO_CHAPTER
"""Stored names of every letter. Each is a folder of templates."""
KNOWN = Known(
    obligations=frozenset(name for chapter in CHAPTERS for name in chapter.OBLIGATIONS),
    effects=frozenset(BY_EFFECT),
    letters=frozenset(NOTICES),
    seats=REACHED,
)
"""What a procedure may name."""


def act_of(command: Command) -> Act[Any]:
    return BY_COMMAND[type(command)]


def at_address(name: str) -> tuple[Act[Any], ...]:
    """The acts that share an address."""
    return tuple(act for act in ACTS if act.name == name)


def decide(command: Command, case: Case, now: Now) -> list[Event]:
    """The events that follow from a command. Raises Refused with a sentence."""
    act = act_of(command)
    day = past.day_of(command, act.name, case, now)
    now = past.at_noon(day, now) if day else now
    act.open(case, now)
    if case.clocks.adjusted:
        now = replace(now, longer=dict(case.clocks.adjusted))
    events: list[Event] = act.decide(command, case, now)
    events += speaking.also_held(case, events, now)
    events += timetable.also_over(case, events, now)
    all_written(command)
    return [*events, EnteredFromPaper(act.name, day)] if day and events else events


def has_moved_on(case: Case, seen: int, act: Act[Any]) -> bool:
    """Whether a case is another than the page showed from which an act is given.

    Notes beside it leave it as it was: the council may send its reply while an officer writes one. To the
    next note they do not, so that a form that is sent twice is one note.
    """
    same = seen == case.position or (act not in notes.ACTS and case.notes.are_all_since(seen, case.position))
    return not same


@dataclass(frozen=True)
class Offers:
    """Addresses that somebody may go to now, the likeliest first; and those they may not, each with why."""

    open: tuple[Act[Any], ...]
    refused: tuple[tuple[Act[Any], str], ...]


def offers(case: Case, now: Now) -> Offers:
    """What the visitor's seat may do now. An address is open as long as one of its acts is."""
    theirs = [act for act in ACTS if act.name and now.seat in act.by]
    reasons = {act: act.why_not(case, now) for act in theirs}
    first_of_each = {act.name: act for act in reversed(theirs)}
    ranked = sorted(first_of_each.values(), key=lambda act: (act.rank_in(case), theirs.index(act)))
    open_names = {act.name for act, reason in reasons.items() if reason is None}
    return Offers(
        tuple(act for act in ranked if act.name in open_names),
        tuple(
            (act, reason.sentence)
            for act in ranked
            if act.name not in open_names and (reason := reasons[act]) is not None
        ),
    )


def notices_after(event: Event, case: Case) -> list[Notice]:
    """Who must be told what after an event; ``case`` is the case after all events of the same act."""
    filed = (notice for chapter in CHAPTERS for notice in chapter.notices(event, case))
    return [true for notice in filed if (true := speaking.true_of(notice, case))]


def behalf(act: Act[Any], command: Command, case: Case) -> Seat | None:
    """The seat for which an officer gives this act, where it is a party's."""
    seats = (seat for seat in (Seat.RAISER, Seat.CHAMPION) if seat in act.by)
    if act.side is None:
        return next(seats, None)
    side = act.side(command, case)
    return next((seat for seat in seats if seat.side.value == side), None)
