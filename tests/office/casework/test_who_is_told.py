"""Who hears of an act: those whose turn it is now, at once, and nobody of what they did themselves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from compact_cases.office.identity import new_id, statement
from compact_cases.office.post import post_room
from compact_cases.office.reception import reception
from compact_cases.office.registry import register_file, registry
from compact_cases.records import people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.bodies import BodyEntry, ContactEntry
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.intake import AddToConcern, AnswerQuestion, AskForMore
from compact_cases.rules.particulars import Assign, HandOver
from compact_cases.rules.permissions import Visitor
from tests.office.casework.ticking import CHAMPION, LEAD, SUE, no_faults, subjects
from tests.office.staging import Scene
from tests.sink import Sink

MORGAN, ASHA, RUTH = "morgan@office.example", "asha@office.example", "ruth@office.example"
EVERYBODY = (MORGAN, ASHA, RUTH, CHAMPION, LEAD, SUE)


def told(stage: Scene, smtp_sink: Sink, act: Callable[[], object]) -> dict[str, list[str]]:
    """The subjects of the letters that an act makes, by address."""
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    act()
    post_room.send_waiting(stage.premises)
    return {one: found for one in EVERYBODY if (found := subjects(smtp_sink, one))}


def words(smtp_sink: Sink, address: str) -> str:
    return " ".join((smtp_sink.to(address)[-1].body("plain") or "").split())


@pytest.fixture
def asked(stage: Scene) -> CaseRow:
    """Morgan's case, whose raiser was asked for more."""
    row = stage.raised()
    stage.act(row.reference, Assign(stage.officer.staff_id))  # type: ignore[arg-type]
    stage.act(row.reference, AskForMore(statement("On which day?")))
    return row


def test_the_officer_hears_that_the_raiser_has_answered(
    stage: Scene, asked: CaseRow, smtp_sink: Sink
) -> None:
    answer = AnswerQuestion(statement("On the ninth."))
    raiser = stage.raiser_of(asked)
    heard = told(stage, smtp_sink, lambda: stage.act(asked.reference, answer, raiser))
    assert heard == {MORGAN: ["the raiser has answered"]}
    letter = words(smtp_sink, MORGAN)
    assert "A concern is waiting to be acknowledged, by" in letter
    assert "ninth" not in letter


def test_of_an_answer_that_a_colleague_wrote_down_the_officer_hears_too(
    stage: Scene, asked: CaseRow, smtp_sink: Sink
) -> None:
    answer = AnswerQuestion(statement("On the ninth."))
    heard = told(stage, smtp_sink, lambda: stage.act(asked.reference, answer, stage.second))
    assert heard == {MORGAN: ["the raiser has answered"]}


def test_nobody_is_mailed_about_an_answer_that_they_wrote_down_themselves(
    stage: Scene, asked: CaseRow, smtp_sink: Sink
) -> None:
    answer = AnswerQuestion(statement("On the ninth."))
    assert told(stage, smtp_sink, lambda: stage.act(asked.reference, answer)) == {}
    assert stage.query("SELECT 1 FROM tasks") == []
    no_faults(stage)


def test_whoever_is_given_a_case_hears_of_it_and_of_what_is_owed(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    asha = stage.second.staff_id
    assert asha is not None
    heard = told(stage, smtp_sink, lambda: stage.act(row.reference, Assign(asha)))
    assert heard == {ASHA: ["you look after this case"]}
    assert "A concern is waiting to be acknowledged, by Monday 2 March 2026" in words(smtp_sink, ASHA)
    own = Assign(stage.officer.staff_id)  # type: ignore[arg-type]
    assert told(stage, smtp_sink, lambda: stage.act(row.reference, own)) == {}


def test_whoever_takes_a_case_over_hears_of_it(stage: Scene, asked: CaseRow, smtp_sink: Sink) -> None:
    asha = stage.second.staff_id
    assert asha is not None
    over = HandOver(asha, statement("I know the raiser."))
    heard = told(stage, smtp_sink, lambda: stage.act(asked.reference, over))
    assert heard == {ASHA: ["a case was handed over to you"]}
    assert "know the raiser" not in words(smtp_sink, ASHA)
    back = HandOver(stage.officer.staff_id, statement("She is back."))  # type: ignore[arg-type]
    assert told(stage, smtp_sink, lambda: stage.act(asked.reference, back, stage.second)) == {
        MORGAN: ["a case was handed over to you"]
    }


def test_nobody_is_mailed_about_their_own_act(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    assert told(stage, smtp_sink, lambda: stage.reply(row)) == {
        MORGAN: ["a reply to release by Wednesday 25 February 2026"],
        # a letter may have been passed on to whoever replied: its addressee hears of the reply
        CHAMPION: ["your organisation's reply has reached us"],
    }
    assert told(stage, smtp_sink, lambda: stage.release(row.reference)) == {
        SUE: ["there is a reply for you to read"]
    }
    assert told(stage, smtp_sink, lambda: stage.decide(row, "settled")) == {
        MORGAN: ["the decision is recorded"],
        CHAMPION: ["the decision is recorded"],
    }
    not_enough = Decide("not", "go-on", statement("We want to go on after all."))
    assert told(stage, smtp_sink, lambda: stage.act(row.reference, not_enough)) == {
        CHAMPION: ["the decision is recorded"],
        SUE: ["thank you, we have your decision"],  # an officer wrote it down
    }
    assert told(stage, smtp_sink, lambda: stage.decide(row, "settled")).keys() == {MORGAN, CHAMPION}
    close = Close("resolved early", statement("They run it again."))
    assert told(stage, smtp_sink, lambda: stage.act(row.reference, close)).keys() == {SUE, CHAMPION}


def test_whoever_withdraws_is_not_told_that_they_did(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    withdraw = Withdraw(sure=True)
    heard = told(stage, smtp_sink, lambda: stage.act(row.reference, withdraw, stage.raiser_of(row)))
    assert heard.keys() == {MORGAN, CHAMPION}
    other = stage.raised()
    stage.accept(other.reference)
    assert told(stage, smtp_sink, lambda: stage.act(other.reference, withdraw)).keys() == {SUE, CHAMPION}


def test_what_an_officer_writes_down_for_a_raiser_is_told_to_a_colleague_only(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.act(row.reference, Assign(stage.officer.staff_id))  # type: ignore[arg-type]

    def more() -> AddToConcern:
        return AddToConcern(statement("And one thing more."))

    assert told(stage, smtp_sink, lambda: stage.act(row.reference, more())) == {}
    assert told(stage, smtp_sink, lambda: stage.act(row.reference, more(), stage.second)) == {
        MORGAN: ["something was added to the concern"]
    }


def test_an_officer_who_types_a_concern_in_is_not_told_of_it(stage: Scene, smtp_sink: Sink) -> None:
    concern = replace(stage.concern(), channel="phone", filled_by=stage.officer.staff_id)
    heard = told(stage, smtp_sink, lambda: reception.raise_concern(stage.premises, concern, by=stage.officer))
    assert heard.keys() == {ASHA, SUE}  # the receipt is owed to whoever raises it


# --- those who take over from a contact -------------------------------------------------------------------


def entry(*contacts: ContactEntry) -> BodyEntry:
    return BodyEntry("Northvale County Council", "public-body", contacts=contacts)


DEE = ContactEntry("champion", "Dee New", "dee@northvale.example")


def to_dee(stage: Scene, smtp_sink: Sink, act: Callable[[], object]) -> list[str]:
    told(stage, smtp_sink, act)
    return subjects(smtp_sink, "dee@northvale.example")


def by_page(stage: Scene, contact: ContactEntry) -> Callable[[], object]:
    return lambda: registry.change_body(stage.premises, stage.council, entry(contact))


def by_file(stage: Scene, contact: ContactEntry) -> Callable[[], object]:
    document = (
        "body,kind,champion_name,champion_email\n"
        f"Northvale County Council,public-body,{contact.name},{contact.email}\n"
    )
    return lambda: register_file.import_bodies(stage.premises, document)


@pytest.mark.parametrize("way", [by_page, by_file])
def test_a_new_champion_is_told_at_once_of_what_is_owed(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink, way: Callable[[Scene, ContactEntry], Callable[[], None]]
) -> None:
    second = stage.raised()
    stage.accept(second.reference)
    received = stage.raised()  # not put to the council yet
    stage.reply(second)
    assert to_dee(stage, smtp_sink, way(stage, DEE)) == ["a reply, due by Monday 16 March 2026"]
    letter = words(smtp_sink, "dee@northvale.example")
    assert "Dear Dee New," in letter
    assert noticed.reference in letter
    assert "we now write to you" in letter
    assert "/links/" in letter
    assert received.reference not in letter
    assert subjects(smtp_sink, CHAMPION) == []
    assert to_dee(stage, smtp_sink, way(stage, DEE)) == []  # who has it already takes nothing over
    no_faults(stage)


def test_a_deputy_who_steps_in_for_good_is_told(stage: Scene, noticed: CaseRow, smtp_sink: Sink) -> None:
    deputy = replace(DEE, deputy=True)
    assert to_dee(stage, smtp_sink, by_page(stage, deputy)) == []
    assert to_dee(stage, smtp_sink, by_page(stage, DEE)) == ["a reply, due by Monday 16 March 2026"]


def test_where_nobody_takes_over_the_officers_have_a_task(stage: Scene, noticed: CaseRow) -> None:
    registry.change_body(stage.premises, stage.council, entry(ContactEntry("champion")))
    [task] = stage.query("SELECT kind, sentence FROM tasks WHERE case_id = :c", c=noticed.case_id)
    assert task[0] == "no-contact"  # type: ignore[index]
    assert f"There is no champion to write to in {noticed.reference}." in task[1]  # type: ignore[index]


def test_what_was_done_before_the_letter_left_makes_it_needless(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    by_page(stage, DEE)()
    stage.act(noticed.reference, Withdraw(sure=True), stage.raiser_of(noticed))
    post_room.send_waiting(stage.premises)
    assert subjects(smtp_sink, "dee@northvale.example") == ["the concern was withdrawn"]


def test_a_change_that_is_refused_tells_nobody(stage: Scene, noticed: CaseRow) -> None:
    bad = BodyEntry("Northvale County Council", "club", contacts=(DEE,))
    with pytest.raises(registry.EntryRefused):
        registry.change_body(stage.premises, stage.council, bad)
    assert stage.query("SELECT 1 FROM letters WHERE notice = 'taken-over'") == []


def test_a_new_senior_lead_owes_nothing_and_is_not_told(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    lead = ContactEntry("senior-lead", "Dee New", "dee@northvale.example")
    assert to_dee(stage, smtp_sink, by_page(stage, lead)) == []


def test_the_substitute_of_an_absent_officer_is_not_told_of_their_own_act(
    stage: Scene, asked: CaseRow, smtp_sink: Sink
) -> None:
    with stage.premises.engine.begin() as conn:
        until = stage.clock.today()
        staff.change(conn, stage.officer.staff_id, absent_until=until)  # type: ignore[arg-type]
    answer = AnswerQuestion(statement("On the ninth."))
    assert told(stage, smtp_sink, lambda: stage.act(asked.reference, answer, stage.second)) == {}


def test_a_deputy_s_own_decision_is_theirs_alone(stage: Scene, smtp_sink: Sink) -> None:
    """The deputy is away no longer, and replies by their own link: the champion hears of it."""
    deputy = new_id()
    with stage.premises.engine.begin() as conn:
        person = people.Person(
            deputy, "champion", body_id=stage.council, deputy_of=stage.champion, name="Dee"
        )
        people.add(conn, person, stage.clock.now())
    row = stage.raised()
    stage.accept(row.reference)
    as_deputy = Visitor(stage.champion_of(row).seat, person_id=deputy, case_id=row.case_id)
    stage.champion_of = lambda _: as_deputy  # type: ignore[method-assign, assignment]
    assert CHAMPION in told(stage, smtp_sink, lambda: stage.reply(row))
