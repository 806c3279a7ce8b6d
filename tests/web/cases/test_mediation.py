"""A mediation over the real doors: each side, the officer, and a mediator who declares conflicts first."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from compact_cases.office.registry import library, mediators
from compact_cases.records import letters
from compact_cases.rules.concern import Confidentiality, Raiser
from compact_cases.settings import Settings
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, set_the_table, visible

PLACE = "Stroud library, the small room"


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def on_the_register(players: Players, name: str = "Mara Quill") -> UUID:
    email = f"{name.split()[0].lower()}@mediators.example"
    return mediators.add(players.desk.premises, name, email, languages="English").person_id


def agreed(players: Players, case: PlayedCase, **said: str) -> PlayedCase:
    case.accepted().replied().released()
    with case.as_raiser() as browser:
        assert "Ask for mediation" in visible(browser.get(case.path).text)
        case.done(browser, "mediation", papers="yes", **said)
    with case.as_party(players.champion) as browser:
        case.done(browser, "mediation-consent", yes="yes", papers="yes")
    return case


def asked(players: Players, case: PlayedCase, who: UUID, **said: str) -> PlayedCase:
    agreed(players, case, **said)
    with players.as_officer() as browser:
        case.done(browser, "mediator", mediator=str(who), pays="both")
        case.done(browser, "mediator-name", party="raiser", accepted="yes")
    with case.as_party(players.champion) as browser:
        assert "Mara Quill" in visible(browser.get(case.path).text)
        case.done(browser, "mediator-name", accepted="yes")
    return case


def day_after(players: Players, days: int, field: str) -> dict[str, str]:
    with players.desk.premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
    day: date = calendar.plus(players.desk.clock.today(), days)
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}


def test_a_mediator_declares_first_then_arranges_a_session_and_says_how_it_ended(players: Players) -> None:
    who = on_the_register(players)
    case = asked(players, players.raised(), who)
    with case.as_party(who) as browser:
        first = visible(browser.get(case.path).text)
        assert "Your first step" in first
        assert "Do you have a conflict of interest?" in first
        assert "What it is about" not in first
        assert "Raise a concern" not in first
        case.done(browser, "declaration", conflict="no")
        page = visible(browser.get(case.path).text)
        assert "What it is about" in page  # everybody agreed that the mediator reads it
        days = day_after(players, 3, "days.0.on") | {"days.0.time": "10:00"}
        case.done(browser, "session-days", with_="both", **days)
    with case.as_raiser() as browser:
        case.done(browser, "session-answer", can="1", words="No steps, please.")
    with case.as_party(players.champion) as browser:
        page = visible(browser.get(f"{case.path}/session-answer").text)
        assert "No steps" not in page  # whose need it is is nobody’s to know
    with case.as_party(who) as browser:
        assert "No steps, please." in visible(browser.get(case.path).text)
        fixed = day_after(players, 3, "on") | {"time": "10:00", "online": "no", "place": PLACE}
        case.done(browser, "session", with_="both", needs="No steps.", **fixed)
    with case.as_party(players.champion) as browser:
        assert PLACE in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        at_work = browser.post(
            f"/office/mediators/{who}/removal", data=fields(browser.get("/office/mediators").text)
        )
        assert at_work.status_code == 422
        beside = at_work.text.split(f'id="m-{who}"')[1].split("</section>")[0]
        assert f"They are the mediator of {case.reference}" in visible(beside)
    with case.as_party(who) as browser:
        case.done(browser, "mediation-end", ending="partly settled", settled="1")
        assert "There is nothing left for you to do" in visible(browser.get(case.path).text)
    mediators.take_off(players.desk.premises, who)
    with case.as_raiser() as browser:
        assert "partly settled" in visible(browser.get(case.path).text)


def test_in_mediation_the_raiser_reads_first_until_when_it_lasts_and_who_else_reads(players: Players) -> None:
    who = on_the_register(players)
    case = asked(players, players.raised(), who)
    with case.as_party(who) as browser:
        case.done(browser, "declaration", conflict="no")
        mine = visible(browser.get(case.path).text)
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
    first, decide = "The mediation is to be over by", "Please tell us what you would like to do"
    assert page.index(first) < page.index(decide)
    assert "It goes on when the mediation is over." in page
    assert "goes on by itself" not in page
    assert "Does this settle your concern?" in page
    assert "You, Northvale County Council, the Compact officers and the mediator can read this" in page
    assert "Write to both sides, or to one of them alone." in mine


def test_a_conflict_of_interest_shuts_the_door_at_once(players: Players) -> None:
    who = on_the_register(players)
    case = asked(players, players.raised(), who)
    with case.as_party(who) as browser:
        case.done(browser, "declaration", conflict="yes")
        assert browser.get(case.path).status_code == 404
        assert browser.get(f"{case.path}/mediation-end").status_code == 404
    with players.as_officer() as browser:
        assert "A Compact officer looks for a mediator" in visible(browser.get(case.path).text)


def test_a_mediator_of_nobody_asked_opens_nothing(players: Players) -> None:
    who, other = on_the_register(players), on_the_register(players, "Tom Hartley")
    case = asked(players, players.raised(), who)
    with case.as_party(other) as browser:
        assert browser.get(case.path).status_code == 404


def test_a_hidden_raiser_is_known_to_the_mediator_alone_and_only_by_consent(players: Players) -> None:
    who = on_the_register(players)
    raiser = Raiser(
        "Whitfield Allotments", "community-group", area="Stroud", person="Ann Quince", email="a@w.example"
    )
    hidden = players.hidden_one(Confidentiality.CONFIDENTIAL, raiser=raiser)
    case = asked(players, hidden, who, known="mediator")
    with case.as_party(who) as browser:
        assert "Whitfield" not in visible(browser.get(case.path).text)
        case.done(browser, "declaration", conflict="no")
        page = visible(browser.get(case.path).text)
        assert "Whitfield Allotments" in page
        assert "meet each side apart" in page
    with case.as_party(players.champion) as browser:
        assert "Whitfield" not in browser.get(case.path).text


def test_a_yes_with_never_again_is_asked_about_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        case.done(browser, "mediation")
    with case.as_party(players.champion) as browser:
        sent = case.post(browser, "mediation-consent", yes="yes", never="yes")
        assert sent.status_code == 422
        assert "Which of the two is it?" in visible(sent.text)


def test_the_register_of_mediators_takes_somebody_and_keeps_what_was_typed(players: Players) -> None:
    with players.as_officer() as browser:
        page = browser.get("/office/mediators")
        typed = fields(page.text) | {"name": "Mara Quill", "email": "nobody", "areas": "Stroud"}
        wrong = browser.post("/office/mediators", data=typed)
        assert wrong.status_code == 422
        assert "Mara Quill" in wrong.text
        right = browser.post("/office/mediators", data=typed | {"email": "mara@mediators.example"})
        assert right.status_code == 303
        assert "Mara Quill" in visible(browser.get("/office/mediators").text)


def test_the_letter_on_paper_says_that_the_mediator_rings_as_no_officer_can_read_the_room_out(
    players: Players,
) -> None:
    who = on_the_register(players)
    raiser = Raiser("Elmfield Tenants", "community-group", person="Rose", post="4 Elm Road\nStroud")
    case = asked(players, players.raised(raiser=raiser), who)
    with case.as_party(who) as browser:
        case.done(browser, "declaration", conflict="no")
    with players.desk.premises.engine.connect() as conn:
        filed = letters.of_case(conn, case.row.case_id)
    [letter] = [one.id for one in filed if (one.notice, one.state) == ("mediator-appointed", "to-post")]
    with players.as_officer() as officer:
        page = visible(officer.get(f"{case.path}/letters/{letter}").text)
    assert "which no Compact officer can open or read to you" in page
    assert "The mediator rings you when something is new there." in page
