"""An escalation goes to the first up the line who can be reached; who was passed over is written down."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from compact_cases.office.casework.needs import folded, now_for
from compact_cases.office.identity import new_id, statement
from compact_cases.office.post import chores, post_room
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.registry import library
from compact_cases.records import people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import Person
from compact_cases.reports import case_view
from compact_cases.rules.acts import ACTS
from compact_cases.rules.handling import ChairDeclares, DeclareConflict
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.seats import Seat
from tests.office.casework.ticking import CHAMPION, LEAD, SUE, events, no_faults, subjects, tick
from tests.office.staging import Scene
from tests.sink import Sink

CHIEF, MORGAN, ASHA, RUTH = (
    "chief-officer@northvale.example",
    "morgan@office.example",
    "asha@office.example",
    "ruth@office.example",
)
ESCALATES = "2026-03-19 08:00"
Trouble = Callable[[Scene], None]


def refused(stage: Scene) -> None:
    """Mail to the senior lead came back for good."""
    with stage.premises.engine.begin() as conn:
        for point in people.points_of(conn, [stage.senior_lead])[stage.senior_lead]:
            people.refuse(conn, point.id, "gone", stage.clock.now())


def gone(stage: Scene) -> None:
    with stage.premises.engine.begin() as conn:
        people.end(conn, stage.senior_lead, stage.clock.now())


def away(stage: Scene) -> None:
    with stage.premises.engine.begin() as conn:
        people.set_absence(conn, stage.senior_lead, date(2026, 4, 2))


def reads_the_champions_mail(stage: Scene) -> None:
    with stage.premises.engine.begin() as conn:
        people.add_contact_point(conn, new_id(), stage.senior_lead, "email", CHAMPION, stage.clock.now())


TROUBLES = [
    (refused, "no-address", "no working address is known for the senior lead"),
    (gone, "nobody", "there is no senior lead to write to"),
    (away, "away", "the senior lead is away until Thursday 2 April 2026"),
    (reads_the_champions_mail, "owes-it", "the senior lead is who owes it"),
]


def passed_over(stage: Scene, row: CaseRow) -> list[tuple[str, str, str]]:
    found = stage.query(
        "SELECT step, seat, outcome FROM ledger WHERE case_id = :c"
        " AND outcome NOT IN ('letter', 'digest', 'superseded', 'effect') ORDER BY step_day, seat",
        c=row.case_id,
    )
    return [tuple(one) for one in found]  # type: ignore[arg-type, misc]


def tasks_of(stage: Scene, row: CaseRow) -> list[tuple[str, str]]:
    found = stage.query("SELECT kind, sentence FROM tasks WHERE case_id = :c ORDER BY kind", c=row.case_id)
    return [tuple(one) for one in found]  # type: ignore[arg-type, misc]


def chief_of(stage: Scene) -> Visitor:
    [(chief,)] = stage.query("SELECT id FROM people WHERE role = 'chief-officer'")  # type: ignore[misc]
    return Visitor(Seat.CHIEF_OFFICER, person_id=chief)  # type: ignore[has-type]


def opens(stage: Scene, row: CaseRow, visitor: Visitor) -> bool:
    with stage.premises.engine.connect() as conn:
        rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
        try:
            case_view.view(conn, rulebook, stage.row(row.reference), visitor, stage.clock.now())
        except NotFound:
            return False
    return True


def letter_to(smtp_sink: Sink, address: str) -> str:
    return " ".join((smtp_sink.to(address)[-1].body("plain") or "").split())


@pytest.mark.parametrize(("trouble", "why", "words"), TROUBLES, ids=[one[1] for one in TROUBLES])
def test_whoever_cannot_be_reached_is_passed_over_and_that_is_written_down(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink, trouble: Trouble, why: str, words: str
) -> None:
    trouble(stage)
    assert not opens(stage, noticed, chief_of(stage))
    swept = tick(stage, ESCALATES)
    assert (swept.escalations, swept.skipped) == (1, {"passed over": 1})
    assert subjects(smtp_sink, CHIEF) == ["no reply is recorded"]
    assert subjects(smtp_sink, LEAD) == []
    step = "+3-escalation-senior-lead"
    assert passed_over(stage, noticed) == [(step, "respondent/senior-lead", why)]
    assert tasks_of(stage, noticed) == [
        ("passed-over", f"In {noticed.reference} {words}, so the chief officer was told instead.")
    ]
    name, body = events(stage, noticed)[-1]
    assert (name, body["to"], body["person"]) == (
        "escalated",
        "respondent/chief-officer",
        str(chief_of(stage).person_id),
    )
    copy = letter_to(smtp_sink, CHAMPION)
    assert "We have now told the chief officer of your organisation too" in copy
    assert "senior lead" not in copy
    assert opens(stage, noticed, chief_of(stage))  # it was their letter: its link must lead somewhere
    assert tick(stage, "2026-03-19 09:00").escalations == 0
    no_faults(stage)


def test_where_nobody_up_the_line_can_be_reached_no_letter_says_that_somebody_was_told(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    refused(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE people SET ended_at = created_at WHERE role = 'chief-officer'"))
    swept = tick(stage, ESCALATES)
    assert swept.skipped == {"no-contact": 1}
    assert tasks_of(stage, noticed) == [
        (
            "no-contact",
            f"In {noticed.reference} nobody could be told that a date has passed: no working address is known"
            " for the senior lead; there is no chief officer to write to. Please name somebody.",
        )
    ]
    step = "+3-escalation-senior-lead"
    assert passed_over(stage, noticed) == [
        (step, "respondent/senior-lead", "no-address"),
        (step, "respondent/senior-lead", "no-contact"),
    ]
    copy = letter_to(smtp_sink, CHAMPION)
    assert "told" not in copy
    assert "No reply is recorded." in copy
    name, body = events(stage, noticed)[-1]
    assert (name, body["to"], body["person"]) == ("escalated", "respondent/senior-lead", None)
    no_faults(stage)


def test_somebody_away_is_told_where_there_is_nobody_else(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    away(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE people SET ended_at = created_at WHERE role = 'chief-officer'"))
    assert tick(stage, ESCALATES).skipped == {}
    assert subjects(smtp_sink, LEAD) == ["no reply is recorded"]
    assert tasks_of(stage, noticed) == []


def test_the_deputy_of_somebody_away_is_told_and_nobody_is_passed_over(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    away(stage)
    deputy = new_id()
    with stage.premises.engine.begin() as conn:
        at = stage.clock.now()
        person = Person(deputy, "senior-lead", body_id=stage.council, deputy_of=stage.senior_lead, name="Dee")
        people.add(conn, person, at)
        people.add_contact_point(conn, new_id(), deputy, "email", "dee@northvale.example", at)
    assert tick(stage, ESCALATES).skipped == {}
    assert subjects(smtp_sink, "dee@northvale.example") == ["no reply is recorded"]
    assert tasks_of(stage, noticed) == []


# --- the office's own line --------------------------------------------------------------------------------


def late(stage: Scene, smtp_sink: Sink) -> CaseRow:
    """Received Monday 23 February, to be acknowledged by Monday 2 March; the officers have their letters."""
    row = stage.raised()
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    return row


def test_a_raiser_reads_that_somebody_was_told_only_where_somebody_was(stage: Scene, smtp_sink: Sink) -> None:
    late(stage, smtp_sink)
    tick(stage, "2026-03-03 08:00")
    assert "Somebody else in the office has been told" in letter_to(smtp_sink, SUE)


def test_an_office_of_one_tells_nobody_else_and_does_not_say_so(stage: Scene, smtp_sink: Sink) -> None:
    row = late(stage, smtp_sink)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE staff SET ended_at = created_at WHERE email <> :m"), {"m": MORGAN})
    tick(stage, "2026-03-03 08:00")
    letter = letter_to(smtp_sink, SUE)
    assert "We are sorry." in letter
    assert "has been told" not in letter
    [(kind, sentence)] = tasks_of(stage, row)
    assert kind == "no-contact"
    assert "there is no co-officer to write to; there is no board chair to write to" in sentence


def test_a_co_officer_who_is_away_is_passed_over_for_the_chair(stage: Scene, smtp_sink: Sink) -> None:
    row = late(stage, smtp_sink)
    with stage.premises.engine.begin() as conn:
        staff.change(conn, stage.second.staff_id, absent_until=date(2026, 3, 13))  # type: ignore[arg-type]
    tick(stage, "2026-03-03 08:00")
    assert subjects(smtp_sink, RUTH) == ["no acknowledgement is recorded"]
    assert subjects(smtp_sink, ASHA) == []
    assert tasks_of(stage, row) == [
        (
            "passed-over",
            f"In {row.reference} the co-officer is away until Friday 13 March 2026,"
            " so the board chair was told instead.",
        )
    ]
    assert passed_over(stage, row) == [("+1-escalation-co-officer", "office/co-officer", "away")]
    assert "Somebody else in the office has been told" in letter_to(smtp_sink, SUE)
    assert events(stage, row)[-1][1]["to"] == "office/chair"


# --- one chasing letter a day, and whom nobody can ring ---------------------------------------------------


def test_a_last_letter_waits_for_a_reminder_that_is_late_itself(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    smtp_sink.answers[SUE] = "451 4.7.1 Later"
    tick(stage, "2026-03-27 08:00")  # the reminder of the last day, held up till that of the last letter
    del smtp_sink.answers[SUE]
    for hour in (8, 9, 12, 17):
        tick(stage, f"2026-04-14 {hour:02}:00")
    assert subjects(smtp_sink, SUE) == ["your decision, which was due by Friday 27 March 2026"]
    assert events(stage, noticed)[-1][0] == "reply-released"
    tick(stage, "2026-04-15 08:00")
    assert subjects(smtp_sink, SUE)[1:] == ["would you like us to go on?"]
    no_faults(stage)


def test_a_last_letter_waits_for_tomorrow_where_a_reminder_went_today_and_has_all_its_days(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)
    for day in ("2026-03-20", "2026-03-25", "2026-03-27"):
        tick(stage, f"{day} 08:00")
    stage.at("2026-04-14 07:30")
    with stage.premises.engine.begin() as conn:  # some other reminder has gone to the raiser this morning
        conn.execute(text("ALTER TABLE letters DISABLE TRIGGER letters_sent"))
        conn.execute(
            text("UPDATE letters SET sent_at = :at WHERE notice = 'reminder' AND seat = 'raiser/named'"),
            {"at": stage.clock.now()},
        )
        conn.execute(text("ALTER TABLE letters ENABLE ALWAYS TRIGGER letters_sent"))
    before = len(subjects(smtp_sink, SUE))
    for hour in (8, 12, 17):
        assert tick(stage, f"2026-04-14 {hour:02}:00").effects == 0
    assert len(subjects(smtp_sink, SUE)) == before
    assert tasks_of(stage, noticed) == []  # too early is no fault
    assert tick(stage, "2026-04-15 08:00").effects == 1
    assert subjects(smtp_sink, SUE)[-1] == "would you like us to go on?"
    name, body = events(stage, noticed)[-1]
    assert (name, body["day"], body["until"]["due"]) == ("last-letter-sent", "2026-04-14", "2026-04-22")  # type: ignore[index]
    assert tick(stage, "2026-04-21 08:00").effects == 0
    assert tick(stage, "2026-04-22 08:00").effects == 1
    no_faults(stage)


def test_a_board_chair_who_has_taken_a_case_over_is_nobody_above_herself(
    stage: Scene, noticed: CaseRow
) -> None:
    """No escalation, no question of a pause or of more time goes from her to her."""
    morgan, asha = stage.officer, stage.second
    assert morgan.staff_id
    assert asha.staff_id
    with stage.premises.engine.connect() as conn:
        (ruth,) = staff.in_list_order(conn, Seat.CHAIR)
    stage.act(noticed.reference, DeclareConflict(morgan.staff_id, asha.staff_id, statement("My sister.")))
    stage.act(noticed.reference, DeclareConflict(asha.staff_id, None, statement("My friend.")), asha)
    chair = Visitor(Seat.CHAIR, staff_id=ruth.id)
    stage.act(noticed.reference, ChairDeclares(ruth.id, conflict=False), chair)
    row = stage.row(noticed.reference)
    with stage.premises.engine.connect() as conn:
        book = Addressees(conn, [row], stage.clock.now().date())
        assert getattr(book.find(row, Seat.OFFICER), "person_id", None) == ruth.id
        assert book.find(row, Seat.CO_OFFICER) is None
        line = book.up_the_line(row, Seat.CO_OFFICER, None)
        assert line.who is None
        assert [(one.seat, one.why) for one in line.passed] == [
            (Seat.CO_OFFICER, "conflict"),
            (Seat.CHAIR, "handles-it"),
        ]
        task = chores.nobody_up_the_line(row, line, stage.clock.now())
        assert "the board chair handles the case herself" in task.sentence
        case, rulebook = (
            folded(conn, row.case_id),
            library.rulebook(conn, row.procedure_edition, row.calendar_edition),
        )
        act = next(one for one in ACTS if one.name == "pause-request")
        asked = now_for(conn, act, None, case, stage.clock.now(), rulebook, Seat.OFFICER)  # type: ignore[arg-type]
        assert asked.has_chair is False
