"""A case is a head and a part a chapter: flat in JSON, under the names that callers know."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import get_type_hints

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports import case_view
from compact_cases.reports.case_shape import Part
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.mediation import MediationShown
from compact_cases.reports.timetable import TimetableShown
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from compact_cases.web.frame.templating import template_engine
from tests.web.case_players import Players, set_the_table, visible

# In a caller's program; a name may come in, and none may go.
NAMES = """
account acts body calendar channel clauses closed_at closes_in closes_on confidentiality decision
decision_words declined flags has_champion ladder linked merge_explanation merged_here next officer
officer_id outcome outcomes owed people procedure questions raiser received_at reference remedies
replies respondent restated seen shown_as stage stage_in_words standing summary timeline title
to_answer together told viewpoint wait_until wording
"""


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def test_json_has_the_names_that_it_always_had_side_by_side(players: Players) -> None:
    case = players.raised()
    token = accounts.add_token(players.desk.premises, players.officer.email, "a caller")
    with players.browser() as browser:
        answer = browser.get(f"/api{case.path}", headers={"Authorization": f"Bearer {token}"})
    since = {"decisions", "refused", "additions", "raiser_sectors", "respondent_sectors"}
    since |= {
        "earlier_replies",
        "reopen_until",
        "reopening_requests",
        "earlier_endings",
        "linked_cases",
        "lessons_said",
    }
    since |= {"ways", "asked_after", "review", "meet_by", "convened_elsewhere", "did_not_meet", "meeting"}
    since |= {"meeting_answers", "met_on", "review_note", "review_texts", "without_comment", "review_sides"}
    since |= {
        "panel",
        "panel_members",
        "missing_members",
        "hearing",
        "heard_on",
        "came_to_hearing",
        "papers_sent_at",
    }
    since |= {
        "panel_texts",
        "statements_before",
        "no_statement",
        "findings",
        "findings_sent_at",
        "recommendations",
        "panel_to_answer",
        "panel_writers",
        "panel_waits",
        "panel_me",
    }
    agreed = {"agreement", "earlier_versions", "agreed_actions", "to_do", "check_ins"}
    since |= {"date_passed", "date_answers", "date_sides", "talk", "urgent_because", "officer_back", "hold"}
    since |= {"room_opens", "room_until"}
    since |= {one.name for one in fields(MediationShown)}
    since |= {one.name for one in fields(TimetableShown)}
    since |= {"more_time", "most_days", "running_pauses", "time_request", "has_more_time", "long_time"}
    since |= {"conflicted", "nobody_handles", "other_office", "sent_to_office"}
    since |= {"contacts", "private_notes"}
    since |= {"entered_on"}
    since |= {"pause_request", "appeal", "appeal_until"}
    since |= {"group_ended_on", "group_ended_because", "nobody_speaks", "speaks_as", "authority"}
    since |= {"ended_in_words", "earlier_reviews", "entered_on"}
    assert set(answer.json()) == {*NAMES.split(), *since, *agreed}


def test_each_name_stands_once_and_each_part_in_the_module_of_its_chapter() -> None:
    shown = get_type_hints(CaseView)
    parts = {name: kind for name, kind in shown.items() if isinstance(kind, type) and issubclass(kind, Part)}
    assert {name: kind.__module__ for name, kind in parts.items()} == {
        name: f"compact_cases.reports.{name}"
        for name in (
            "intake",
            "talk",
            "fast_track",
            "enquiry",
            "review",
            "mediation",
            "panel",
            "closing",
            "reopening",
            "relations",
            "lessons",
            "agreement",
            "clocks",
            "timetable",
            "handling",
            "notes",
            "board",
            "speaking",
            "room",
        )
    }
    names = [*shown.keys() - parts, *(name for part in parts.values() for name in get_type_hints(part))]
    assert sorted(names) == sorted(set(names))


def test_an_officer_reads_under_a_fold_why_something_cannot_be_done_now(players: Players) -> None:
    premises, row = players.desk.premises, players.raised().row
    officer = Visitor(Seat.OFFICER, staff_id=players.officer.id)
    with reading(premises.engine) as conn:
        rulebook = library.current_rulebook(conn)
        view = case_view.view(conn, rulebook, row, officer, premises.clock.now())
    page = template_engine(premises).get_template("cases/officer.html")
    assert "Why can I not" not in page.render(view=replace(view, refused=()))
    shown = visible(page.render(view=view))
    assert "Why can I not do something else? Read the reply and release it There is no reply waiting" in shown
