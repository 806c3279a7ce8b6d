"""Who gets a letter is asked when it is sent, and so is whether it is still true."""

from functools import partial

from sqlalchemy import text

from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id, statement
from compact_cases.office.post import post_room
from compact_cases.office.post.post_room import Posted
from compact_cases.office.registry import mediators
from compact_cases.records import letters, people, staff
from compact_cases.records.letters import LetterRow
from compact_cases.records.people import Person
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.notices import Rest
from compact_cases.rules.particulars import Assign
from compact_cases.rules.seats import Seat
from tests.builders import local
from tests.office.staging import Scene
from tests.sink import Sink

CHAMPION, NEW = "champion@northvale.example", "new@northvale.example"
MEDIATE = ("mo", "robin")
MORGAN, ASHA = "morgan@office.example", "asha@office.example"


def post(stage: Scene) -> Posted:
    return post_room.send_waiting(stage.premises)


def new_champion(stage: Scene, kind: str = "email", address: str = NEW) -> Person:
    person = Person(new_id(), "champion", body_id=stage.council, name="Nia New")
    with stage.premises.engine.begin() as conn:
        people.end(conn, stage.champion, stage.clock.now())
        people.add(conn, person, stage.clock.now())
        people.add_contact_point(conn, new_id(), person.id, kind, address, stage.clock.now())
    return person


def subjects(smtp_sink: Sink, address: str) -> list[str]:
    return [str(one.subject).partition(": ")[2] for one in smtp_sink.to(address)]


def test_a_contact_who_was_replaced_gets_no_letter_and_the_successor_does(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    person = new_champion(stage)
    post(stage)
    assert smtp_sink.to(CHAMPION) == []
    [letter] = smtp_sink.to(NEW)
    assert "Nia New" in str(letter.body("plain"))
    [kept] = stage.query("SELECT person_id FROM letters WHERE notice = 'notice'")
    assert kept[0] == person.id  # type: ignore[index]


def test_a_reminder_decided_for_one_goes_to_another_and_the_ledger_stays(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post(stage)
    stage.at("2026-03-02 09:00")
    reminders.sweep(stage.premises)
    person = new_champion(stage)
    post(stage)
    assert len(smtp_sink.to(CHAMPION)) == 1  # the notice
    assert len(smtp_sink.to(NEW)) == 1
    both = "SELECT g.person_id, l.person_id FROM ledger g JOIN letters l ON l.id = g.letter_id"
    assert stage.query(both) == [(stage.champion, person.id)]


def test_nobody_is_told_twice_of_one_obligation_on_a_day(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post(stage)
    stage.at("2026-03-02 09:00")
    reminders.sweep(stage.premises)
    person = new_champion(stage)
    stage.letter_to(row, "champion", notice="notice", person=person.id, obligation="reply")
    assert post(stage) == Posted(sent=1, withdrawn=1)
    assert len(smtp_sink.to(NEW)) == 1


def test_a_successor_without_e_mail_is_written_to_by_post(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    person = new_champion(stage, "post", "County Hall")
    assert post(stage).by_hand == 1
    found = stage.query("SELECT state, person_id FROM letters WHERE notice = 'notice'")
    assert found == [("to-post", person.id)]
    [task] = stage.query("SELECT kind FROM tasks")
    assert task[0] == "post"  # type: ignore[index]


def test_an_officers_reminder_is_not_for_who_has_handed_the_case_on(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.at("2026-02-27 09:00")
    reminders.sweep(stage.premises)  # to the first in the office's list
    second = stage.second.staff_id
    assert second is not None
    stage.act(row.reference, Assign(second))
    post(stage)
    assert len(subjects(smtp_sink, MORGAN)) == 1  # the new concern
    assert len(subjects(smtp_sink, ASHA)) == 2  # and that it is hers, with its date: no reminder on that day


def test_an_officer_who_has_left_gets_no_letter_of_a_new_concern(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    with stage.premises.engine.begin() as conn:
        staff.change(conn, stage.second.staff_id, ended_at=stage.clock.now())  # type: ignore[arg-type]
    assert post(stage) == Posted(sent=2, withdrawn=1)
    assert smtp_sink.to(ASHA) == []
    assert stage.query("SELECT 1 FROM tasks") == []


def test_an_absent_champions_letter_goes_to_the_deputy(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    deputy = Person(new_id(), "champion", body_id=stage.council, deputy_of=stage.champion, name="Dee Deputy")
    with stage.premises.engine.begin() as conn:
        people.add(conn, deputy, stage.clock.now())
        people.add_contact_point(conn, new_id(), deputy.id, "email", NEW, stage.clock.now())
        people.set_absence(conn, stage.champion, local("2026-03-06 10:00").date())
    post(stage)
    assert (len(smtp_sink.to(CHAMPION)), len(smtp_sink.to(NEW))) == (0, 1)


def test_a_new_address_of_the_same_person_is_the_one_that_is_used(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    with stage.premises.engine.begin() as conn:
        people.add_contact_point(conn, new_id(), stage.champion, "email", NEW, stage.clock.now())
    post(stage)
    assert (len(smtp_sink.to(CHAMPION)), len(smtp_sink.to(NEW))) == (0, 1)


def test_what_was_answered_meanwhile_is_not_asked(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.act(row.reference, AskForMore(statement("When was it?")))
    stage.act(row.reference, AnswerQuestion(statement("In March.")), stage.raiser_of(row))
    post(stage)
    assert "question" not in " ".join(subjects(smtp_sink, "sue@elmfield.example"))
    states = stage.query("SELECT state FROM letters WHERE notice = 'question'")
    assert [one[0] for one in states] == ["withdrawn"]  # type: ignore[index]


def test_a_reply_that_is_released_needs_no_letter_that_it_waits(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post(stage)
    stage.at("2026-03-02 10:00").reply(row)
    stage.release(row.reference)
    post(stage)
    found = stage.query("SELECT seat, state FROM letters WHERE notice = 'reply-received' ORDER BY seat")
    assert [tuple(one) for one in found] == [  # type: ignore[arg-type]
        ("office/officer", "withdrawn"),
        ("respondent/champion", "sent"),
    ]


def test_nothing_is_said_of_a_case_that_was_withdrawn_meanwhile_but_that(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    stage.act(row.reference, Withdraw(sure=True), stage.raiser_of(row))
    post(stage)
    for letter in smtp_sink.letters:
        assert str(letter.subject).endswith("the concern was withdrawn"), letter.subject


def test_a_mediator_hears_that_a_session_is_off_and_a_successor_reads_no_letter_of_theirs(
    stage: Scene, smtp_sink: Sink
) -> None:
    """Both were filed while Mo mediated, and leave when Robin does."""
    row, now = stage.raised(), stage.clock.now()
    mo, robin = (
        mediators.add(stage.premises, name, f"{name}@mediates.example").person_id for name in MEDIATE
    )
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE case_summaries SET mediator_id = :m"), {"m": robin})
        of_mo = partial(
            LetterRow,
            case_id=row.case_id,
            person_kind="contact",
            person_id=mo,
            seat=Seat.MEDIATOR.value,
            point_id=None,
            queued_at=now,
            not_before=now,
            rests_on=Rest.ALWAYS.value,
        )
        off = {"session": 1, "number": 1, "gone": True}
        due = {"obligation": "mediate", "due": "2026-04-20"}
        letters.file(
            conn,
            [
                of_mo(new_id(), "session-cancelled", message_id="<1@office.example>", facts=off),
                of_mo(new_id(), "mediator-appointed", message_id="<2@office.example>", facts=due),
            ],
        )
    assert post(stage).withdrawn == 1
    assert smtp_sink.to("robin@mediates.example") == []
    [letter] = smtp_sink.to("mo@mediates.example")
    assert "You are not the mediator any more" in " ".join(str(letter.body("plain")).split())
    assert robin != mo
