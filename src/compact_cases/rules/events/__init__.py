"""What can happen to a case. One module a chapter: its events, the part of the case they make, how they fold.

Names and fields are stored for ever (see ``records.event_codec``): fields are only added. No event holds
personal data or free text: people and raisers stand as party ids, bodies as body ids, texts as seals. A
chapter imports no other chapter.
"""

import re
from typing import get_args

from compact_cases.rules.events import (
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
from compact_cases.rules.events.board import BoardEvent
from compact_cases.rules.events.clocks import ClocksEvent
from compact_cases.rules.events.closing import ClosingEvent
from compact_cases.rules.events.enquiry import EnquiryEvent
from compact_cases.rules.events.fast_track import FastTrackEvent
from compact_cases.rules.events.handling import HandlingEvent
from compact_cases.rules.events.intake import IntakeEvent
from compact_cases.rules.events.lessons import LessonsEvent
from compact_cases.rules.events.mediation import MediationEvent
from compact_cases.rules.events.moving import MovingEvent
from compact_cases.rules.events.notes import NotesEvent
from compact_cases.rules.events.panel import PanelEvent
from compact_cases.rules.events.relations import RelationsEvent
from compact_cases.rules.events.reopening import ReopeningEvent
from compact_cases.rules.events.review import ReviewEvent
from compact_cases.rules.events.speaking import SpeakingEvent
from compact_cases.rules.events.talk import TalkEvent
from compact_cases.rules.events.timetable import TimetableEvent
from compact_cases.rules.events.together import TogetherEvent

Event = (
    IntakeEvent
    | TalkEvent
    | FastTrackEvent
    | EnquiryEvent
    | ReviewEvent
    | PanelEvent
    | MediationEvent
    | TogetherEvent
    | ClocksEvent
    | ClosingEvent
    | NotesEvent
    | AgreementEvent
    | ReopeningEvent
    | RelationsEvent
    | LessonsEvent
    | HandlingEvent
    | BoardEvent
    | SpeakingEvent
    | MovingEvent
    | TimetableEvent
)


def stored_name(kind: type) -> str:
    """``ReplySent`` is stored as ``reply-sent``; a golden file holds every name to what it always was."""
    return re.sub(r"(?<=.)([A-Z])", r"-\1", kind.__name__).lower()


EVENT_TYPES: dict[str, type[Event]] = {stored_name(kind): kind for kind in get_args(Event)}
"""Every event by its stored name."""
AUDIENCE = (
    intake.AUDIENCE
    | talk.AUDIENCE
    | fast_track.AUDIENCE
    | enquiry.AUDIENCE
    | review.AUDIENCE
    | panel.AUDIENCE
    | mediation.AUDIENCE
    | together.AUDIENCE
    | clocks.AUDIENCE
    | closing.AUDIENCE
    | notes.AUDIENCE
    | agreement.AUDIENCE
    | reopening.AUDIENCE
    | relations.AUDIENCE
    | lessons.AUDIENCE
    | handling.AUDIENCE
    | board.AUDIENCE
    | speaking.AUDIENCE
    | moving.AUDIENCE
    | timetable.AUDIENCE
)
"""Who reads that an event happened. Texts have audiences of their own."""
