"""A closed case with things to do is swept, written about and led to as an open one; what is over is not."""

from datetime import date

import pytest

from compact_cases.office.casework import integrity, reminders
from compact_cases.office.identity import statement
from compact_cases.office.post import post_room
from compact_cases.office.registry import registry
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.agreed_actions import ConfirmAction, ReleaseActionWords, SayActionDone, WaiveAction
from compact_cases.rules.agreement import AnswerAgreement, WriteAgreement, WrittenTerm
from compact_cases.rules.bodies import BodyEntry, ContactEntry
from compact_cases.rules.closing import Close
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat
from compact_cases.rules.standing import standing_facts
from tests.builders import CLOSED_WITH_ACTIONS, given
from tests.office.casework.ticking import CHAMPION, LEAD, SUE, subjects
from tests.office.staging import Scene
from tests.sink import Sink

DEE = ContactEntry("champion", "Dee Day", "dee@northvale.example")


@pytest.fixture
def closed(stage: Scene, noticed: CaseRow, smtp_sink: Sink) -> CaseRow:
    """Agreed on 2 March, it stands since Tuesday 10 March, and was closed that day: to be done by 6 May."""
    term = WrittenTerm("respondent", statement("Ask again."), date(2026, 5, 6), statement("It is there."))
    reference = noticed.reference
    stage.act(reference, WriteAgreement((term,), settles=True))
    stage.act(reference, AnswerAgreement("raiser", "yes"), stage.raiser_of(noticed))
    stage.act(reference, AnswerAgreement("respondent", "yes"), stage.champion_of(noticed))
    reminders.sweep_until_done(stage.at("2026-03-10 08:05").premises)
    stage.act(reference, Close("resolved early", statement("Both sides agreed.")))
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    return stage.row(reference)


def swept(stage: Scene, moment: str) -> None:
    reminders.sweep_until_done(stage.at(moment).premises)
    post_room.send_waiting(stage.premises)


def test_its_steps_come_on_their_days_and_their_letters_lead_to_it(
    stage: Scene, closed: CaseRow, smtp_sink: Sink
) -> None:
    assert (closed.stage, closed.next_name) == ("closed", "action")
    swept(stage, "2026-04-21 08:05")
    assert subjects(smtp_sink, CHAMPION) == ["action 1 of the agreement, due by Wednesday 6 May 2026"]
    assert "stage: Closed" in (smtp_sink.to(CHAMPION)[-1].body("plain") or "")
    links = "SELECT obligation, item FROM party_links WHERE made_at = :at"
    assert str(stage.query(links, at=stage.clock.now())) == "[('action', '1')]"
    for moment in ("2026-05-07 08:05", "2026-05-13 08:05"):
        swept(stage, moment)
    assert subjects(smtp_sink, LEAD) == ["nothing is recorded of an agreed action"]
    swept(stage, "2026-05-20 08:05")
    assert subjects(smtp_sink, SUE)[-1] == "action 1 is recorded as not kept"
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_a_letter_about_what_was_done_meanwhile_does_not_leave(
    stage: Scene, closed: CaseRow, smtp_sink: Sink
) -> None:
    reminders.sweep_until_done(stage.at("2026-04-21 08:05").premises)
    stage.act(closed.reference, WaiveAction("1", sure=True), stage.raiser_of(closed))
    post_room.send_waiting(stage.premises)
    assert subjects(smtp_sink, CHAMPION) == ["nothing is left to do about action 1"]
    swept(stage, "2026-05-13 08:05")
    assert subjects(smtp_sink, LEAD) == []
    assert stage.row(closed.reference).next_name is None


def test_what_was_said_to_be_done_is_confirmed_before_the_letter_leaves(
    stage: Scene, closed: CaseRow, smtp_sink: Sink
) -> None:
    stage.act(closed.reference, SayActionDone("1", statement("It is there.")), stage.champion_of(closed))
    stage.act(closed.reference, ReleaseActionWords("1", looked=True))
    stage.act(closed.reference, ConfirmAction("1"), stage.raiser_of(closed))
    post_room.send_waiting(stage.premises)
    assert subjects(smtp_sink, SUE) == []
    assert subjects(smtp_sink, CHAMPION) == ["nothing is left to do about action 1"]


def test_a_new_champion_hears_of_an_action_though_the_case_is_closed(
    stage: Scene, closed: CaseRow, smtp_sink: Sink
) -> None:
    entry = BodyEntry("Northvale County Council", "public-body", contacts=(DEE,))
    registry.change_body(stage.premises, stage.council, entry)
    post_room.send_waiting(stage.premises)
    (heard,) = subjects(smtp_sink, "dee@northvale.example")
    assert "action 1 of the agreement" in heard


def test_what_a_letter_of_a_closed_case_rests_on() -> None:
    case = given(CLOSED_WITH_ACTIONS).case
    owed = case.open_obligations

    def stands(notice: Notice) -> bool:
        found = standing_facts(notice.name, notice.facts, notice.rests_on, owed, False, lambda: case)
        return found is not None

    action = {"obligation": "action", "item": "1", "due": "2026-05-06", "cycle": 1}
    for rests_on in (Rest.OPEN, Rest.OWED, Rest.RUNNING):
        assert stands(Notice("action-again", Seat.CHAMPION, action, rests_on))
        assert not stands(Notice("action-again", Seat.CHAMPION, {**action, "item": "7"}, rests_on))
        assert not stands(
            Notice("reminder", Seat.RAISER, {"obligation": "reply", "due": "2026-05-06"}, rests_on)
        )
    both = {"items": [action, {"obligation": "reply", "item": "", "due": "2026-03-16", "cycle": 1}]}
    found = standing_facts("reminder", both, Rest.RUNNING, owed, False, lambda: case)
    assert found == {"items": [action]}
    assert not stands(Notice("agreement-answered", Seat.OFFICER, {"answer": "yes"}))
