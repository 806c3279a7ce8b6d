"""Every event has a chapter, a name and an audience, and changes no part of a case but its chapter's."""

import json
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from compact_cases.records.event_codec import decode
from compact_cases.rules.agreed import Action, AgreedTerm, Agreement, Claim, Version
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import AUDIENCE, EVENT_TYPES, Event, stored_name
from compact_cases.rules.events.agreement import AgreementEvent, CheckInAnswered, CheckInPassed
from compact_cases.rules.events.board import BoardEvent
from compact_cases.rules.events.clocks import (
    AdjustmentRecorded,
    ClocksEvent,
    Escalated,
    Paused,
    PauseInError,
    Posted,
    Resumed,
)
from compact_cases.rules.events.closing import ClosingEvent
from compact_cases.rules.events.enquiry import EnquiryEvent
from compact_cases.rules.events.fast_track import DateAnswered, FastTrackEvent
from compact_cases.rules.events.handling import HandlingEvent
from compact_cases.rules.events.intake import Intake, IntakeEvent, Question, RespondentMatched
from compact_cases.rules.events.lessons import LessonsEvent
from compact_cases.rules.events.mediation import (
    ConsentAnswered,
    ConsentUnanswered,
    MediationEvent,
    NameAnswered,
    NameUnanswered,
    OfferDeclined,
    SessionAnswered,
)
from compact_cases.rules.events.moving import MovingEvent
from compact_cases.rules.events.notes import NotesEvent
from compact_cases.rules.events.panel import PanelEvent
from compact_cases.rules.events.relations import RelationsEvent
from compact_cases.rules.events.reopening import Reopening, ReopeningEvent, Request
from compact_cases.rules.events.review import ReviewEvent
from compact_cases.rules.events.speaking import SpeakingEvent
from compact_cases.rules.events.talk import TalkEvent
from compact_cases.rules.events.timetable import TimetableEvent
from compact_cases.rules.events.together import GoOnAnswered, GoOnUnanswered, TogetherEvent
from compact_cases.rules.seats import Seat, Side
from tests.builders import COUNCIL, local, sealed

CHAPTERS = {
    "intake": IntakeEvent,
    "talk": TalkEvent,
    "fast_track": FastTrackEvent,
    "enquiry": EnquiryEvent,
    "review": ReviewEvent,
    "panel": PanelEvent,
    "mediation": MediationEvent | TogetherEvent,
    "clocks": ClocksEvent,
    "closing": ClosingEvent,
    "reopening": ReopeningEvent,
    "relations": RelationsEvent,
    "lessons": LessonsEvent,
    "agreement": AgreementEvent,
    "handling": HandlingEvent,
    "board": BoardEvent,
    "speaking": SpeakingEvent,
    "notes": NotesEvent,
    "moving": MovingEvent,
    "timetable": TimetableEvent,
}
GOLDEN = Path(__file__).parents[1] / "records" / "golden" / "events.jsonl"
BY_PARTY = (
    *(ConsentAnswered, ConsentUnanswered, OfferDeclined, NameAnswered, NameUnanswered),
    *(SessionAnswered, GoOnAnswered, GoOnUnanswered),
)
SECOND = {"mediation": "together"}
"""A chapter that has grown keeps some of its events in a second module."""
EVENTS = [decode(row["name"], row["body"]) for row in map(json.loads, GOLDEN.read_text().splitlines())]
AT = local("2026-03-02 09:30")
TERM = AgreedTerm("respondent", sealed(), AT.date(), sealed(), None)
# a case with a question, an agreement, an action and a request to open it again, which owes nothing yet:
# every event folds into it
LAID = Version(1, (TERM,), False, AT)
ASKED = Case(
    intake=Intake(questions=(Question(sealed(), AT),)),
    reopening=Reopening((Request(Side.RAISER, "error", sealed(), AT),)),
    agreement=Agreement((LAID,), (Action(1, TERM, AT, claims=(Claim(False, "respondent", sealed(), AT),)),)),
)


def chapter_of(kind: type) -> str:
    (owner,) = [name for name, events in CHAPTERS.items() if kind in (get_args(events) or (events,))]
    return owner


@pytest.mark.parametrize("kind", get_args(Event))
def test_an_event_has_one_chapter_in_whose_module_it_stands(kind: type) -> None:
    chapter = chapter_of(kind)
    assert kind.__module__ in {f"compact_cases.rules.events.{one}" for one in (chapter, SECOND.get(chapter))}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: stored_name(type(event)))
def test_an_event_changes_the_part_of_its_own_chapter_only(event: Event) -> None:
    after = evolve(ASKED, event, AT)
    changed = {one.name for one in fields(Case) if getattr(after, one.name) != getattr(ASKED, one.name)}
    assert changed <= {"course", chapter_of(type(event))}
    assert (after.position, after.at) == (1, AT)


def test_the_part_of_every_chapter_stands_in_the_case() -> None:
    assert {one.name for one in fields(Case)} == {"course", *CHAPTERS}


def test_every_event_has_a_stored_name_of_its_own() -> None:
    assert len(EVENT_TYPES) == len(get_args(Event))
    assert {stored_name(kind) for kind in get_args(Event)} == set(EVENT_TYPES)
    assert stored_name(RespondentMatched) == "respondent-matched"


def test_every_event_says_who_reads_that_it_happened() -> None:
    assert set(AUDIENCE) == set(get_args(Event))
    said = {kind: audience for kind, audience in AUDIENCE.items() if not callable(audience)}
    depends = {
        AdjustmentRecorded,
        Escalated,
        Paused,
        PauseInError,
        Resumed,
        CheckInAnswered,
        CheckInPassed,
        Posted,
        DateAnswered,
        *BY_PARTY,
    }
    assert set(AUDIENCE) - set(said) == depends
    assert all(isinstance(audience, Audience) for audience in said.values())


def test_who_is_late_inside_the_office_is_not_for_the_respondent() -> None:
    of_escalation = AUDIENCE[Escalated]
    assert not isinstance(of_escalation, Audience)
    late = {name: Escalated(name, "", 1, AT.date(), "office/chair", None) for name in ("reply", "release")}
    assert of_escalation(late["reply"]) is Audience.CASE
    assert of_escalation(late["release"]) is Audience.RAISER_AND_OFFICERS


def test_how_somebody_is_reached_is_not_for_the_other_side() -> None:
    of_posting = AUDIENCE[Posted]
    assert not isinstance(of_posting, Audience)
    to = {seat: Posted(COUNCIL, "notice", seat.value, "post", AT.date(), (), None) for seat in Seat}
    assert of_posting(to[Seat.RAISER]) is Audience.RAISER_AND_OFFICERS
    assert of_posting(to[Seat.CHAMPION]) is Audience.RESPONDENT_AND_OFFICERS


def test_a_case_is_not_changed_by_what_happens_to_its_copy() -> None:
    after = evolve(Case(), RespondentMatched(COUNCIL), AT)
    assert (Case().intake.respondent, after.intake.respondent) == (None, COUNCIL)
