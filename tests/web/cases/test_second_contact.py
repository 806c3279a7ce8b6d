"""A second contact: read by officers beside the raiser, hidden as the raiser is, and never written to."""

from uuid import UUID

import pytest
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.records import people
from compact_cases.records.people import SECOND_CONTACT
from compact_cases.rules.concern import Confidentiality, Raiser
from tests.builders import local
from tests.sink import Sink
from tests.web.case_players import PlayedCase, Players, visible

REACH = "zelda@zorghost.example"
WITH_A_SECOND = Raiser(
    name="Elmfield Tenants",
    kind="community-group",
    area="Stroud",
    person="Rose Raiser",
    email="rose@elmfield.example",
    second_name="Zelda Quince",
    second_reach=REACH,
)
TELLING = (
    "Ms Quince had ten days.",
    "Zelda had ten days.",
    "We heard it from zorghost.",
    "Quince's club had ten.",
)


def second_of(players: Players, case: PlayedCase) -> UUID:
    with players.desk.premises.engine.connect() as conn:
        found = people.of_concern(conn, case.row.concern_id)
    (second,) = [one for one in found if one.role == SECOND_CONTACT]
    assert (second.name, second.deputy_of) == ("Zelda Quince", case.row.raiser_id)
    return second.id


def test_officers_read_beside_the_raiser_who_else_can_be_asked(players: Players) -> None:
    case = players.raised(raiser=WITH_A_SECOND).accepted()
    second_of(players, case)
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
    raiser = seen.index("rose@elmfield.example")
    second = seen.index("Second contact: Zelda Quince")
    reach = seen.index(f"How to reach them: {REACH}")
    assert raiser < second < reach < seen.index("Chris Champion", raiser)
    assert seen.count("Zelda") == 1


def test_a_way_to_reach_somebody_without_a_name_is_shown_too(players: Players) -> None:
    raiser = Raiser(**{**vars(WITH_A_SECOND), "second_name": ""})
    case = players.raised(raiser=raiser)
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
    assert f"How to reach them: {REACH}" in seen
    assert "Second contact" not in seen


def test_the_other_side_never_reads_of_them(players: Players) -> None:
    case = players.raised(raiser=WITH_A_SECOND).accepted()
    with case.as_champion() as browser:
        seen = browser.get(case.path).text
    assert "Elmfield Tenants" in seen  # nobody is hidden here
    assert "Quince" not in seen
    assert REACH not in seen


@pytest.mark.parametrize("wording", TELLING)
def test_their_name_tells_who_a_hidden_raiser_is_on_the_page_and_by_call(
    players: Players, wording: str
) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL, raiser=WITH_A_SECOND)
    typed = {"restated": "You say so.", "wording": wording}
    with players.as_officer() as browser:
        page = case.post(browser, "acknowledgement", decision="accept", **typed)
        assert page.status_code == 422
        assert "These words could tell the respondent who raised it" in visible(page.text)
        token = accounts.add_token(players.desk.premises, players.officer.email)
        headers = {"authorization": f"Bearer {token}", "if-match": f'"{case.row.position}"'}
        call = browser.post(f"/api{case.path}/acknowledgement", json=typed, headers=headers)
        assert call.status_code == 422
        assert [one["field"] for one in call.json()["errors"]] == ["wording"]
    assert not case.row.had_notice


def test_their_name_is_marked_in_a_reply_before_its_release(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL, raiser=WITH_A_SECOND)
    case.accepted("Ten days were too short.").replied("We told Quince so.")
    with players.as_officer() as browser:
        assert "<mark>Quince</mark>" in browser.get(f"{case.path}/release").text


def test_their_name_in_the_explanation_of_a_merge_is_refused(players: Players) -> None:
    first, other = players.raised(raiser=WITH_A_SECOND), players.hidden_one(Confidentiality.ANONYMOUS)
    with players.as_officer() as browser:
        answer = other.post(browser, "merge", into=first.reference, explanation="Zelda Quince told us too.")
    assert answer.status_code == 422
    assert "who raised the other one: Zelda, Quince." in visible(answer.text)


@pytest.mark.parametrize(
    "reached", [{}, {"email": "", "phone": "01453 555 019"}, {"email": "", "post": "The Hall"}]
)
def test_no_letter_and_no_link_ever_goes_to_them(
    players: Players, smtp_sink: Sink, reached: dict[str, str]
) -> None:
    """Not where the raiser has no e-mail either, nor while the raiser is silent and chased."""
    case = players.raised(raiser=Raiser(**{**vars(WITH_A_SECOND), **reached}))
    second = second_of(players, case)
    with players.as_officer() as browser:
        case.done(browser, "question", question="On which day did it open?")
    for moment in ("2026-03-09 09:00", "2026-03-16 09:00", "2026-03-17 09:00"):
        go_on(players, moment)
    case.accepted().replied().released()
    for moment in ("2026-03-24 09:00", "2026-03-31 09:00", "2026-04-16 09:00", "2026-04-24 09:00"):
        go_on(players, moment)
    with players.desk.premises.engine.connect() as conn:
        told = conn.execute(text("SELECT count(*) FROM letters WHERE seat = 'raiser/named'")).scalar_one()
        for table in ("letters", "party_links", "ledger", "contact_points", "sessions"):
            to_them = text(f"SELECT count(*) FROM {table} WHERE person_id = :id")
            assert conn.execute(to_them, {"id": second}).scalar_one() == 0, table
    assert told > 3
    assert smtp_sink.letters
    assert smtp_sink.to(REACH) == []
    assert not [one for one in smtp_sink.letters if "Quince" in one.subject]


def go_on(players: Players, moment: str) -> None:
    """What beat does at this moment."""
    players.desk.clock.move(local(moment))
    reminders.sweep(players.desk.premises)
    post_room.send_waiting(players.desk.premises)
