"""A senior review over the real doors: its officer, both leads, the raiser, and what each of them reads."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.identity import new_id, statement
from compact_cases.office.registry import library, registry
from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.bodies import BodyEntry, ContactEntry
from compact_cases.rules.concern import Confidentiality, Raiser
from compact_cases.rules.noted import ReleaseText, WriteNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.reopening import Reopen
from compact_cases.rules.review import RecordMeeting
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.web.case_players import PlayedCase, Players, set_the_table, visible

WITHOUT_CONTENT = "This page names no group and no body, and shows nothing of what was said."
PLACE = "Stroud library, the small room"


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def colleague(players: Players) -> StaffMember:
    return accounts.add_officer(players.desk.premises, "new@office.example", "Asha Verma", Seat.OFFICER)


def in_review(players: Players, case: PlayedCase) -> PlayedCase:
    new = colleague(players)
    case.accepted().replied().released().decided("not")
    with players.as_officer() as browser:
        case.done(browser, "next-step", officer=str(new.id))
    return case


def day_after(players: Players, days: int) -> dict[str, str]:
    with players.desk.premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
    day: date = calendar.plus(players.desk.clock.today(), days)
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def convened(players: Players, case: PlayedCase) -> PlayedCase:
    with players.as_officer() as browser:
        typed = day_after(players, 3) | {"time": "14:30", "online": "no", "place": PLACE}
        case.done(browser, "convening", needs="No steps.", **typed)
    return case


def test_a_colleague_convenes_and_the_handler_cannot(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided("not")
    with players.as_officer() as browser:
        alone = case.post(browser, "next-step", officer=str(players.officer.id))
        assert alone.status_code == 422
        assert "which other office’s officer convenes it" in visible(alone.text)
    new = colleague(players)
    with players.as_officer() as browser:
        own = case.post(browser, "next-step", officer=str(players.officer.id))
        assert "Please choose an officer who has not handled this case" in visible(own.text)
        case.done(browser, "next-step")  # there is one only
        page = visible(browser.get(case.path).text)
    assert case.row.officer_id == new.id
    assert "Asha Verma convenes it." in page


def test_the_leads_read_where_when_and_what_is_asked_of_them(players: Players) -> None:
    case = convened(players, in_review(players, players.raised()))
    with case.as_party(players.senior) as browser:
        page = visible(browser.get(case.path).text)
        for words in ("What we ask of you Your answer about the meeting is due", PLACE, "14:30", "No steps."):
            assert words in page, words
        assert "Withdraw" not in page
        case.done(browser, "meeting-answer", comes="no", words="Any Tuesday.")
        assert "cannot come on that day: Any Tuesday." in visible(browser.get(case.path).text)
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "Northvale County Council cannot come on that day" in page
        assert "Any Tuesday" not in page
        nothing = case.post(browser, "meeting-answer")
        assert nothing.status_code == 422
        case.done(browser, "meeting-answer", comes="yes")


def test_before_the_review_a_senior_lead_finds_no_case(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_party(players.senior) as browser:
        assert browser.get(case.path).status_code == 404


def test_from_the_note_to_the_raisers_turn(players: Players) -> None:
    case = convened(players, in_review(players, players.raised()))
    players.desk.pass_time(days=5)
    with players.as_officer() as browser:
        case.done(browser, "meeting", held="yes")
        empty = case.post(browser, "note")
        assert "Please write what is agreed, or what is not." in visible(empty.text)
        case.done(browser, "note", agreed="Six weeks from now on.", open="The route itself.")
    with case.as_party(players.senior) as browser:
        case.done(browser, "comment", words="As we heard it from Jo.")
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "Six weeks from now on." in page
        assert "As we heard it" not in page
        case.done(browser, "comment", words="")
    with players.as_officer() as browser:
        case.done(browser, "text-release", looked="yes", hidden="from Jo")
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "As we heard it [removed]." in page
        assert "Does this settle your concern?" in page
        assert "I want to go on" in page  # to mediation, as long as they do not say that they do not want it
        case.done(browser, "mediation-offer")
        assert "I want to go on" in visible(browser.get(case.path).text)  # to a panel
        case.done(browser, "decision", decision="settled")
    with players.as_officer() as browser:
        case.done(browser, "closing", outcome="agreed at senior review", summary="Six weeks from now on.")
    assert case.row.outcome == "agreed at senior review"


def raised_by_a_body(players: Players, **more: str) -> tuple[PlayedCase, UUID]:
    """A raiser that is on the register, with a senior lead of its own."""
    body, lead = players.add_body(new_id(), "Hearth and Home Trust"), new_id()
    with players.desk.premises.engine.begin() as conn:
        people.add(
            conn, Person(lead, "senior-lead", body_id=body, name="Beth Lyle"), players.desk.clock.now()
        )
        at = players.desk.clock.now()
        people.add_contact_point(conn, new_id(), lead, "email", "beth@hearth.example", at)
    raiser = Raiser(
        name="Hearth and Home Trust",
        kind="vcs-organisation",
        person="Owen Carr",
        email="owen@hearth.example",
        body_id=body,
    )
    changes = {name: Confidentiality(value) for name, value in more.items()}
    return players.raised(raiser=raiser, **changes), lead


def seats_told(players: Players, case: PlayedCase, notice: str) -> dict[str, UUID]:
    with players.desk.premises.engine.connect() as conn:
        query = text("SELECT seat, person_id FROM letters WHERE case_id = :case AND notice = :notice")
        return dict(tuple(row) for row in conn.execute(query, {"case": case.row.case_id, "notice": notice}))


def test_the_raisers_own_senior_lead_is_invited_and_sits_on_the_raisers_side(players: Players) -> None:
    case, lead = raised_by_a_body(players)
    convened(players, in_review(players, case))
    assert seats_told(players, case, "invitation") == {
        Seat.RAISERS_LEAD.value: lead,
        Seat.SENIOR_LEAD.value: players.senior,
    }
    with case.as_party(lead) as browser:
        page = visible(browser.get(case.path).text)
        assert "Your organisation’s concern about Northvale County Council" in page
        assert case.post(browser, "withdrawal", sure="yes").status_code == 403
        assert case.post(browser, "decision", decision="settled").status_code == 403
        case.done(browser, "meeting-answer", comes="yes")
    with players.as_officer() as browser:
        assert "The raiser’s side comes" in visible(browser.get(case.path).text)


def test_of_a_hidden_raiser_nobody_of_their_side_is_told_and_nothing_says_who(players: Players) -> None:
    case, lead = raised_by_a_body(players, confidentiality="confidential")
    convened(players, in_review(players, case))
    assert seats_told(players, case, "invitation") == {Seat.SENIOR_LEAD.value: players.senior}
    told = [seats_told(players, case, name) for name in ("review-opened", "statement-asked")]
    assert lead not in {person for one in told for person in one.values()}
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "Write my statement" in page
        assert "Your statement for the senior review is due" in page
        case.done(browser, "meeting-answer", comes="no", words="We at Hearth and Home had ten days.")
    with case.as_party(players.senior) as browser:
        page = visible(browser.get(case.path).text)
        assert "ten days." not in page.partition("The senior review")[2].partition("What it is about")[0]
    with players.as_officer() as browser:
        telling = case.post(browser, "text-release", looked="yes")
        assert telling.status_code == 422
        case.done(browser, "text-release", looked="yes", hidden="Hearth and Home")
    with case.as_party(players.senior) as browser:
        page = visible(browser.get(case.path).text)
    assert "We at [removed] had ten days." in page
    for word in ("Hearth", "Owen", "Beth", "Lyle"):
        assert word not in page, word


def test_a_review_opened_without_a_day_is_owed_one(players: Players) -> None:
    case = in_review(players, players.raised())
    with players.as_officer() as browser:
        past = case.post(browser, "convening", **day_after(players, 40), time="25:00", online="no", place="x")
        assert past.status_code == 422
        assert "not later than" in visible(past.text)
        assert 'value="25:00"' in past.text
        case.done(browser, "convening", **day_after(players, 2), time="10:00", online="yes", place="A link")
        assert "A link</textarea>" in browser.get(f"{case.path}/convening").text  # to change the hour alone
        case.done(browser, "convening", cancel="yes")
        page = visible(browser.get(case.path).text)
    assert "The meeting of the senior leads is off." in page


def test_where_no_officer_is_left_the_board_chair_convenes_and_works_on_that_case_alone(
    players: Players,
) -> None:
    case = players.raised().accepted().replied().released().decided("not")
    other = players.raised().accepted()
    chair = accounts.add_officer(players.desk.premises, "chair@office.example", "Ruth Selby", Seat.CHAIR)
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        assert WITHOUT_CONTENT in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        case.done(browser, "next-step")
    assert seats_told(players, case, "assigned") == {Seat.OFFICER.value: chair.id}
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        case.done(browser, "convening", **day_after(players, 3), time="14:30", online="no", place=PLACE)
        assert WITHOUT_CONTENT not in visible(browser.get(case.path).text)
        assert WITHOUT_CONTENT in visible(browser.get(other.path).text)
        assert browser.get("/cases").status_code == 403


def test_a_new_senior_lead_is_invited_to_the_meeting_that_is_set(players: Players) -> None:
    case = convened(players, in_review(players, players.raised()))
    registry.change_body(
        players.desk.premises,
        players.council,
        BodyEntry(
            "Northvale County Council",
            "public-body",
            contacts=(
                ContactEntry("champion", "Chris Champion", "chris@northvale.example"),
                ContactEntry("senior-lead", "Nia New", "nia@northvale.example"),
            ),
        ),
    )
    assert seats_told(players, case, "invitation")[Seat.SENIOR_LEAD.value] != players.senior


def test_a_withdrawal_takes_the_meeting_out_of_both_calendars(players: Players) -> None:
    case = convened(players, in_review(players, players.raised()))
    with case.as_raiser() as browser:
        case.done(browser, "withdrawal", sure="yes")
    assert seats_told(players, case, "invitation-cancelled").keys() == {
        Seat.RAISERS_LEAD.value,
        Seat.SENIOR_LEAD.value,
    }


def test_the_note_of_an_earlier_review_is_read_after_the_case_was_opened_again(players: Players) -> None:
    case = convened(players, in_review(players, players.raised()))
    third = accounts.add_officer(players.desk.premises, "dee@office.example", "Dee Officer")
    fourth = accounts.add_officer(players.desk.premises, "eve@office.example", "Eve Officer")
    players.desk.pass_time(days=5)
    case.act(RecordMeeting(held=True))
    case.act(WriteNote(statement("Six weeks from now on."), statement("The route itself.")))
    with case.as_party(players.senior) as browser:
        case.done(browser, "comment", words="As we heard it from Jo.")
    case.act(ReleaseText(looked=True, hidden=statement("from Jo")))
    with case.as_raiser() as browser:
        case.done(browser, "comment", words="We heard it otherwise, from Sue.")
    case.act(ReleaseText(looked=True, hidden=statement("from Sue")))
    case.decided().closed("agreed at senior review")
    with case.as_raiser() as browser:
        case.done(browser, "reopening", why="new-evidence", words="A paper was found.")
    matter = statement("The paper says that the date was set before.")
    case.act(Reopen(third.id, "early-resolution", statement("A paper was found."), matter))
    case.replied().released().decided("not")
    case.act(OpenNextStep("senior-review", fourth.id))
    earlier = "An earlier senior review, before the case was opened again"
    reads = {}
    for who in (case.as_raiser, case.as_champion, players.as_officer):
        with who() as browser:
            page = visible(browser.get(case.path).text)
            assert earlier in page
            assert "Six weeks from now on." in page
            reads[who.__name__] = page
    assert "As we heard it [removed]." in reads["as_raiser"]
    assert "from Jo" not in reads["as_raiser"]
    assert "We heard it otherwise, from Sue." in reads["as_raiser"]
    assert "We heard it otherwise, [removed]." in reads["as_champion"]
    assert "from Sue" not in reads["as_champion"]
    assert "from Jo" in reads["as_officer"]
