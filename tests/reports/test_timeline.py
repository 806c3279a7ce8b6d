"""Every event of the log and every letter has its line on the timeline, for each who may read it."""

import typing
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any
from uuid import UUID

import pytest
from jinja2 import Environment, StrictUndefined

from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.records.event_codec import NAMES
from compact_cases.records.event_log import Recorded
from compact_cases.reports.case_shape import Entry
from compact_cases.reports.reader import Reader
from compact_cases.reports.timeline import events_shown, in_order
from compact_cases.rules.acts import NOTICES
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.codes import Codes
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.events import EVENT_TYPES, Event
from compact_cases.rules.events.clocks import Escalated, Paused, Resumed
from compact_cases.rules.events.closing import GaveBack, MergedInto, TookIn, Unmerged
from compact_cases.rules.events.enquiry import ClauseReply, LastLetterSent, PutToRespondent, SilenceRecorded
from compact_cases.rules.events.intake import (
    AlsoTold,
    ClauseCited,
    ConcernReceived,
    Declined,
    HandedOver,
    Link,
    MoreAnswered,
    MoreAsked,
)
from compact_cases.rules.events.timetable import PlannedDate
from compact_cases.rules.heard import Finding
from compact_cases.rules.notices import in_words
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Going, Held, Term
from compact_cases.settings import Settings
from compact_cases.shipped import templates_folder
from compact_cases.web.frame.templating import template_engine
from tests.builders import local

AT = local("2026-03-02 09:30")
DAY = date(2026, 3, 16)
SAMPLES: dict[Any, Any] = {
    str: "community-groups/5.3",
    int: 1,
    bool: True,
    date: DAY,
    UUID: UUID(int=7),
    Sealed: Sealed(UUID(int=9), "0" * 64),
    Term: Term(date(2026, 3, 2), 10, DAY),
    AgreedTerm: AgreedTerm(
        "respondent", Sealed(UUID(int=9), "0" * 64), DAY, Sealed(UUID(int=9), "0" * 64), None
    ),
    Came: Came(DAY, "paper", True),
    Finding: Finding(1, "met", "2005", Sealed(UUID(int=9), "0" * 64), None, (), None),
}
WORDS = {
    "decision": "settled",
    "then": "close",
    "to": Seat.SENIOR_LEAD.value,
    "obligation": "reply",
    "role": "not-met",
    "time": "14:30",
    "channel": "phone",
    "side": "respondent",
    "notice": "question",
    "way": "post",
    "whom": Seat.CHAMPION.value,
}


PARTS = {
    PlannedDate: PlannedDate("respond", "2", 1, AT.date(), AT.date()),
    ClauseReply: ClauseReply(1, "accept", None),
    Held: Held("acknowledge", "", 4),
    Going: Going("acknowledge", "", Term(DAY, 4, DAY)),
}
LINKS = {1: Link(1, "community-groups/5.3", "1", LinkRole.NOT_MET)}


def sample(kind: type, full: bool) -> Event:
    """An event of this kind with every field filled, or with the optional ones left out."""
    hints = typing.get_type_hints(kind)
    values = {one.name: WORDS.get(one.name) or _value(hints[one.name], full) for one in fields(kind)}
    made: Event = kind(**values)
    return made


def _value(hint: Any, full: bool) -> Any:
    if isinstance(hint, UnionType):
        inner = next(one for one in typing.get_args(hint) if one is not type(None))
        return _value(inner, full) if full else None
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return (PARTS.get(inner, "apology"),)
    return SAMPLES[hint]


def recorded(event: Event, position: int = 1, actor: str = Seat.OFFICER.value) -> Recorded:
    name = NAMES[type(event)]
    return Recorded(
        UUID(int=1), position, name, event, b"", AT, actor, UUID(int=7), None, "default-2026-3", "one"
    )


@dataclass
class Ending:
    """Of a case that ended as its group did: the line says it in these words, and not in those of a list."""

    outcome: str = "no further contact"
    ended_in_words: str = "the group has ended"


@dataclass
class Page:
    viewpoint: str
    respondent: str = "Northvale County Council"
    confidentiality: str = "open"
    reference: str = "GC-2026-0001"
    closing: Ending = field(default_factory=Ending)


@pytest.fixture(scope="module")
def environment() -> Environment:
    """The templates as pages have them, strict about names; nothing here asks the database."""
    settings = Settings(environment="development", database_url="postgresql:///never-asked")
    made: Environment = template_engine(open_premises(settings, clock=HandClock(AT))).engine
    made.undefined = StrictUndefined
    return made


def line(environment: Environment, viewpoint: str, entry: Entry) -> str:
    source = '{% import "macros/parts.html" as parts %}{% include "timeline/entry.html" %}'
    return environment.from_string(source).render(entry=entry, view=Page(viewpoint))


READERS = {"officer": Seat.OFFICER, "raiser": Seat.RAISER, "respondent": Seat.CHAMPION}


def shown(event: Event, role: Seat) -> list[Entry]:
    """As this role reads it, after the notice has gone."""
    put = sample(PutToRespondent, full=True)
    log = [recorded(put), recorded(event, 2)]
    entries = events_shown(
        log,
        Reader(Visitor(role), {}),
        LINKS,
        Codes(),
        lambda _: "Ann Officer",
        lambda _: "Council",
        lambda _: "GC-2026-0007",
    )
    return [one for one in entries if one.position == 2]


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_every_event_has_a_line_of_its_own(name: str, environment: Environment) -> None:
    assert (templates_folder() / "timeline" / f"{name}.html").is_file()
    for viewpoint, role in READERS.items():
        for full in (True, False):
            for entry in shown(sample(EVENT_TYPES[name], full), role):
                text = line(environment, viewpoint, entry)
                assert text.count("<p>") == 1
                assert "None" not in text


def test_no_partial_is_left_over() -> None:
    parts = {"entry", "letter"}
    assert {path.stem for path in Path(templates_folder() / "timeline").iterdir()} == {*EVENT_TYPES, *parts}


def test_the_officer_sees_every_event_but_a_pause_that_the_question_before_it_tells() -> None:
    for kind in EVENT_TYPES.values():
        assert bool(shown(sample(kind, full=True), Seat.OFFICER)) is (kind is not Paused)
    assert shown(sample(Paused, full=False), Seat.OFFICER)


HIDDEN_FROM_THE_RESPONDENT = (
    ConcernReceived,
    AlsoTold,
    MoreAsked,
    MoreAnswered,
    Declined,
    LastLetterSent,
    SilenceRecorded,
    Resumed,
    MergedInto,
    TookIn,
    Unmerged,
    GaveBack,
)


@pytest.mark.parametrize("kind", HIDDEN_FROM_THE_RESPONDENT)
def test_the_respondent_does_not_see_what_is_between_raiser_and_officers(kind: type) -> None:
    assert not shown(sample(kind, full=True), Seat.CHAMPION)


@pytest.mark.parametrize("kind", [MergedInto, Unmerged])
def test_the_other_case_of_a_merge_has_a_reference_for_officers_only(
    kind: type, environment: Environment
) -> None:
    merge = sample(kind, full=True)
    (officers,), (raisers,) = shown(merge, Seat.OFFICER), shown(merge, Seat.RAISER)
    assert "GC-2026-0007" in line(environment, "officer", officers)
    assert "GC-2026-0007" not in line(environment, "raiser", raisers)
    assert not shown(sample(TookIn, full=True), Seat.RAISER)
    assert not shown(sample(GaveBack, full=True), Seat.RAISER)


def test_the_respondent_s_timeline_begins_with_its_notice() -> None:
    log = [
        recorded(sample(ClauseCited, full=True)),
        recorded(sample(PutToRespondent, True), 2),
    ]
    reader = Reader(Visitor(Seat.CHAMPION), {})
    names = (lambda _: "Ann", lambda _: "Council", lambda _: "GC-2026-0007")
    entries = events_shown(log, reader, LINKS, Codes(), *names)
    assert [one.name for one in entries] == ["put-to-respondent"]


def test_an_escalation_inside_the_office_is_not_the_respondent_s_to_see() -> None:
    inside = Escalated("acknowledge", "", 1, DAY, Seat.CHAIR.value, None)
    assert not shown(inside, Seat.CHAMPION)
    assert shown(inside, Seat.RAISER)
    assert shown(Escalated("reply", "", 1, DAY, Seat.SENIOR_LEAD.value, None), Seat.CHAMPION)


def test_staff_are_named_to_officers_only() -> None:
    event = HandedOver(UUID(int=7), Sealed(UUID(int=9), "0" * 64))
    (officers,), (raisers,) = shown(event, Seat.OFFICER), shown(event, Seat.RAISER)
    assert (officers.by, raisers.by) == ("Ann Officer", "a Compact officer")
    assert raisers.facts["reason"] is None


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("state", ["waiting", "sent", "failed", "withdrawn", "to-post", "posted", "rung"])
def test_every_letter_has_a_line_in_every_state(environment: Environment, notice: str, state: str) -> None:
    words = in_words(notice)
    facts: dict[str, object] = {"state": state, "role": "champion", "words": words}
    more = {"id": UUID(int=3), "to": "Chris", "problem": None, "opens": True}
    assert f"Letter “{words}”" in line(
        environment, "officer", Entry("letter", notice, AT, facts={**facts, **more})
    )
    own = line(environment, "respondent", Entry("letter", notice, AT, facts=facts))
    assert f"A letter to you: {words}" in own
    assert f"({state})" not in own or state in ("sent", "posted")
    assert "Chris" not in own


def test_what_was_done_stands_before_the_letters_it_caused() -> None:
    done, letter = Entry("event", "closed", AT, 9), Entry("letter", "closed", AT)
    assert in_order([done], [letter]) == (done, letter)
