"""One mediation for two cases on real PostgreSQL: an act changes both in one transaction, a sweep as well."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.office.casework import casebook, integrity, reminders
from compact_cases.office.identity import new_id
from compact_cases.office.registry import mediators
from compact_cases.office.room import writing
from compact_cases.office.room.forgetting import forget_rooms
from compact_cases.office.room.inside import look
from compact_cases.office.room.writing import Page
from compact_cases.records import bodies, people, statements
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import Person
from compact_cases.rules.appointing import AnswerName, DeclareInterest, ProposeMediator
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.mediating import OTHER
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.mediation_ends import EndMediation, LeaveMediation
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotAllowed, Refused
from compact_cases.rules.room import ALL, MEDIATOR, Draft, DraftTerm, mark_of
from compact_cases.rules.seats import Seat
from compact_cases.rules.together import AskTogether, SayGoOn
from tests.office.staging import Scene


def a_trust(stage: Scene) -> UUID:
    """A second body on the register, with a champion of its own."""
    trust, champion = new_id(), new_id()
    with stage.premises.engine.begin() as conn:
        at = stage.clock.now()
        bodies.add(conn, Body(trust, "Severn Health Trust", BodyKind.PUBLIC_BODY), at)
        people.add(conn, Person(champion, "champion", body_id=trust, name="Tess Lane"), at)
        people.add_contact_point(conn, new_id(), champion, "email", "tess@severn.example", at)
    return trust


def in_both(stage: Scene) -> tuple[CaseRow, CaseRow]:
    """A concern about two bodies, with both replies released."""
    named = (RespondentNamed(body_id=stage.council), RespondentNamed(body_id=a_trust(stage)))
    first = stage.raised(respondents=named)
    number = int(first.reference.rpartition("-")[2]) + 1
    second = stage.row(f"{first.reference.rpartition('-')[0]}-{number:04}")
    assert second.concern_id == first.concern_id
    for row in (first, second):
        stage.at("2026-03-02 09:30").accept(row.reference)
        stage.reply(row)
        stage.at("2026-03-03 09:30").release(row.reference)
    return first, second


def mediated(stage: Scene) -> tuple[CaseRow, CaseRow]:
    first, second = in_both(stage)
    mara = mediators.add(stage.premises, "Mara Quill", "mara@mediators.example").person_id
    stage.act(first.reference, AskTogether(second.case_id, agreed=True))
    stage.act(first.reference, AnswerMediation("raiser", True))
    stage.act(second.reference, AnswerMediation("respondent", True))
    stage.act(first.reference, AnswerMediation("respondent", True))
    stage.act(first.reference, ProposeMediator(mara, "both"))
    for row, party in ((first, "raiser"), (first, "respondent"), (second, "respondent")):
        stage.act(row.reference, AnswerName(party, True))
    mediator = Visitor(Seat.MEDIATOR, person_id=mara, case_id=first.case_id)
    stage.act(first.reference, DeclareInterest(False), by=mediator)
    return first, second


def by(stage: Scene, row: CaseRow, seat: Seat) -> Visitor:
    """Whoever sits there in this case; the second body has a champion of its own."""
    sql = "SELECT id FROM people WHERE role = 'champion' AND body_id = :body"
    champion = stage.query(sql, body=row.respondent_id)[0][0]  # type: ignore[index]
    who = {
        Seat.RAISER: row.raiser_id,
        Seat.CHAMPION: champion,
        Seat.MEDIATOR: stage.row(row.reference).mediator_id,
    }
    return Visitor(seat, person_id=who[seat], case_id=row.case_id)


def seen(stage: Scene, row: CaseRow, seat: Seat) -> list[str]:
    return [one.words or one.kind for one in look(stage.premises, row.reference, by(stage, row, seat)).read]


def says(stage: Scene, row: CaseRow, seat: Seat, words: str, to: str = ALL) -> None:
    who = by(stage, row, seat)
    page = Page(mark_of(look(stage.premises, row.reference, who).around), 0)
    writing.say(stage.premises, row.reference, to, words, by=who, page=page)


def letters_of(stage: Scene, row: CaseRow, notice: str) -> list[str]:
    sql = "SELECT seat FROM letters WHERE case_id = :case AND notice = :notice ORDER BY seat"
    return [one[0] for one in stage.query(sql, case=row.case_id, notice=notice)]  # type: ignore[index]


def test_what_is_done_in_one_is_done_in_both_and_the_house_is_sound(stage: Scene) -> None:
    first, second = (stage.row(one.reference) for one in mediated(stage))
    assert (first.mediated_with, second.mediated_with) == (second.case_id, first.case_id)
    assert first.mediator_id == second.mediator_id is not None
    assert (first.stage, second.stage) == ("mediation", "mediation")
    assert letters_of(stage, second, "mediator-proposed") == ["respondent/champion"]
    assert "independent/mediator" in letters_of(stage, second, "mediator-appointed")
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_who_leaves_is_out_and_the_rest_go_on_by_themselves(stage: Scene) -> None:
    first, second = mediated(stage)
    stage.at("2026-03-10 10:00").act(first.reference, LeaveMediation("respondent", sure=True))
    gone, rest = stage.row(first.reference), stage.row(second.reference)
    assert (gone.next_name, gone.mediated_with, rest.mediated_with) == ("decide", None, None)
    assert letters_of(stage, rest, "go-on") == [
        *("independent/mediator", "office/officer"),
        *("raiser/named", "respondent/champion"),
    ]
    for party in ("raiser", "respondent"):
        stage.act(rest.reference, SayGoOn(party, yes=True))
    assert "independent/mediator" in letters_of(stage, rest, "goes-on")
    assert stage.row(rest.reference).stage == "mediation"
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_silence_about_going_on_ends_it_after_three_working_days(stage: Scene) -> None:
    first, second = mediated(stage)
    stage.at("2026-03-10 10:00").act(second.reference, LeaveMediation("respondent", sure=True))
    for day, ends in (("13", False), ("16", True)):
        stage.at(f"2026-03-{day} 08:00")
        reminders.sweep(stage.premises)
        assert (stage.row(first.reference).next_name == "decide") is ends


@pytest.mark.parametrize("which", [0, 1])
def test_a_sweep_that_ends_one_question_ends_both(stage: Scene, which: int) -> None:
    """Whose answer is missing is told to nobody."""
    pair = in_both(stage)
    stage.act(pair[0].reference, AskTogether(pair[1].case_id, agreed=True))
    stage.act(pair[which].reference, AnswerMediation("respondent", True))
    stage.at("2026-03-18 08:00")  # the raiser is a group, and has ten days; a body has five
    reminders.sweep(stage.premises)
    assert [stage.row(one.reference).mediated_with for one in pair] == [None, None]
    assert [letters_of(stage, one, "mediation-declined") for one in pair] == [
        ["office/officer", "raiser/named", "respondent/champion"]
    ] * 2


def test_a_concern_withdrawn_about_one_body_asks_the_rest(stage: Scene) -> None:
    first, second = mediated(stage)
    stage.at("2026-03-10 10:00").act(second.reference, Withdraw(sure=True), by=stage.raiser_of(second))
    assert stage.row(second.reference).stage == "closed"
    assert letters_of(stage, first, "go-on")
    assert stage.row(first.reference).next_due == date(2026, 3, 13)


# --- their room -------------------------------------------------------------------------------------------


def test_all_three_and_the_mediator_are_in_one_room(stage: Scene) -> None:
    first, second = mediated(stage)
    says(stage, first, Seat.RAISER, "to everybody")
    says(stage, second, Seat.CHAMPION, "from the trust to the mediator", MEDIATOR)
    says(stage, first, Seat.MEDIATOR, "to the trust alone", OTHER)
    says(stage, first, Seat.CHAMPION, "from the council to everybody")
    for_all = ["to everybody", "from the council to everybody"]
    assert seen(stage, first, Seat.CHAMPION) == seen(stage, first, Seat.RAISER) == for_all
    assert len(seen(stage, second, Seat.CHAMPION)) == len(seen(stage, second, Seat.MEDIATOR)) == 4
    names = look(stage.premises, second.reference, by(stage, second, Seat.CHAMPION)).names
    assert (names["respondent"], names["other"]) == ("Northvale County Council", "Severn Health Trust")
    assert stage.query("SELECT count(*) FROM rooms") == [(1,)]
    assert set(letters_of(stage, second, "room-news")) == {"respondent/champion"}


def test_who_leaves_cannot_open_it_and_what_is_written_after_goes_to_the_rest(stage: Scene) -> None:
    first, second = mediated(stage)
    says(stage, first, Seat.RAISER, "before")
    stage.at("2026-03-10 10:00").act(first.reference, LeaveMediation("respondent", sure=True))
    with pytest.raises(NotAllowed):
        look(stage.premises, first.reference, by(stage, first, Seat.CHAMPION))
    stage.at("2026-03-11 10:00")
    says(stage, second, Seat.RAISER, "after")
    assert seen(stage, second, Seat.CHAMPION) == ["before", "after"]
    assert seen(stage, first, Seat.RAISER) == ["before"]  # in that case it is over
    around = look(stage.premises, second.reference, by(stage, second, Seat.RAISER)).around
    assert around.everybody == ("raiser", "other", MEDIATOR)


def test_an_agreement_leaves_it_by_all_three_and_each_case_holds_its_own_share(stage: Scene) -> None:
    first, second = mediated(stage)
    terms = tuple(
        DraftTerm(side, f"{side} does it", date(2026, 5, 5), "All look at it.")
        for side in ("raiser", "respondent", OTHER)
    )
    who = by(stage, first, Seat.RAISER)
    page = Page(mark_of(look(stage.premises, first.reference, who).around), 0)
    with pytest.raises(Refused, match="at least one thing"):
        writing.put(stage.premises, first.reference, ALL, Draft(terms[1:2], True), by=who, page=page)
    writing.put(stage.premises, first.reference, ALL, Draft(terms, True), by=who, page=page)
    everybody = (first, Seat.RAISER), (first, Seat.CHAMPION), (second, Seat.CHAMPION)
    agreed = [
        writing.answer(stage.premises, row.reference, 1, by=by(stage, row, seat)) for row, seat in everybody
    ]
    assert agreed == [False, False, True]
    for row, own in ((first, "respondent"), (second, OTHER)):
        case = casebook.read(stage.premises, row.case_id)
        assert case.mediation.ending == "settled"
        (version,) = case.agreement.versions
        with stage.premises.engine.connect() as conn:
            kept = statements.get(conn, [one.what.statement for one in version.terms])
        texts = [kept[one.what.statement].text for one in version.terms]
        assert texts == ["raiser does it", f"{own} does it"]
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_the_room_goes_thirty_days_after_the_last_of_them(stage: Scene) -> None:
    first, second = mediated(stage)
    says(stage, first, Seat.RAISER, "zebra")
    mediator = by(stage, first, Seat.MEDIATOR)
    stage.at("2026-03-10 10:00").act(first.reference, EndMediation("settled"), by=mediator)
    stage.at("2026-04-10 10:00")
    assert forget_rooms(stage.premises) == 0
    assert seen(stage, second, Seat.CHAMPION) == ["zebra"]
    stage.act(second.reference, EndMediation("not settled"), by=by(stage, second, Seat.MEDIATOR))
    stage.at("2026-05-11 10:00")
    assert forget_rooms(stage.premises) == 1
