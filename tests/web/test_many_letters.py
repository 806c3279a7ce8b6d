"""No flood of letters: by mailbox, by draft or case, and by whoever asks; and the page says so."""

from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import text

from tests.desk import Desk
from tests.web.case_players import Players
from tests.web.form_filler import FormFiller

FILED = "SELECT count(*) FROM letters WHERE notice = :notice AND state = 'waiting'"


@pytest.fixture
def desk(players: Players) -> Desk:
    """With the council on its register that the form's answers name."""
    return players.desk


@pytest.fixture
def person(desk: Desk) -> Iterator[FormFiller]:
    with desk.browser() as browser:
        yield FormFiller(browser)


def waiting(desk: Desk, notice: str) -> int:
    with desk.premises.engine.connect() as conn:
        return int(conn.execute(text(FILED), {"notice": notice}).scalar_one())


def forget_tries(desk: Desk) -> None:
    """As another network address would have them: none."""
    with desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("DELETE FROM attempts WHERE position('sender' in what) > 0 OR what = 'draft'")


def asks_for_link(person: FormFiller, email: str) -> tuple[int, str]:
    answer = person.client.post(f"{person.address}/saved", data={"email": email})
    return answer.status_code, unescape(answer.text)


def gives_address(person: FormFiller, email: str) -> str:
    """On the page that asks how to reach them; what the next page says."""
    person.answers["reach"] = {"raiser-email": email}
    went = person.put("reach")
    assert went.status_code == 303
    return unescape(person.client.get(went.headers["location"]).text)


def test_one_draft_sends_five_letters_an_hour_to_whomever(desk: Desk, person: FormFiller) -> None:
    person.begin()
    said = [gives_address(person, f"victim{number}@elmfield.example") for number in range(30)]
    assert waiting(desk, "draft-saved") == 5
    assert ["No link by e-mail" in one for one in said] == [False] * 5 + [True] * 25
    status, page = asks_for_link(person, "one-more@elmfield.example")
    assert status == 422
    assert "several links already" in page
    assert 'value="one-more@elmfield.example"' in page
    assert person.secret in page  # the address to keep instead
    desk.pass_time(minutes=61)
    assert asks_for_link(person, "one-more@elmfield.example")[0] == 200
    assert waiting(desk, "draft-saved") == 6


def test_one_sender_sends_ten_letters_an_hour_from_whatever_drafts(desk: Desk, person: FormFiller) -> None:
    for number in range(20):
        person.begin()
        status, _ = asks_for_link(person, f"victim{number}@elmfield.example")
        assert status == (200 if number < 10 else 422)
    assert waiting(desk, "draft-saved") == 10


def test_one_mailbox_gets_five_however_its_address_is_written(desk: Desk, person: FormFiller) -> None:
    for number in range(8):
        forget_tries(desk)
        person.begin()
        asks_for_link(person, f"{'Victim' if number % 2 else 'victim'}+{number}@Elmfield.example")
    assert waiting(desk, "draft-saved") == 5


def test_who_is_held_back_uses_up_nobody_elses_letters(desk: Desk, person: FormFiller) -> None:
    """A sender over the limit is not counted for the mailbox as well."""
    person.begin()
    for number in range(5):
        asks_for_link(person, f"one{number}@elmfield.example")
    for _ in range(20):
        asks_for_link(person, "victim@elmfield.example")
    forget_tries(desk)
    person.begin()
    assert asks_for_link(person, "victim@elmfield.example")[0] == 200


def test_one_mailbox_gets_five_receipts_an_hour_and_every_concern_is_opened(
    desk: Desk, person: FormFiller
) -> None:
    pages = []
    for _ in range(7):
        forget_tries(desk)
        person.begin()
        person.fill()
        sent = person.send()
        assert sent.status_code == 303
        pages.append(unescape(person.client.get(sent.headers["location"]).text))
    assert desk.count("concerns") == 7
    assert waiting(desk, "receipt") == 5
    assert ["no receipt by e-mail" in page for page in pages] == [False] * 5 + [True] * 2
    assert all("Your return code" in page for page in pages)


def test_one_sender_s_concerns_fill_no_ten_mailboxes_an_hour_with_receipts(
    desk: Desk, person: FormFiller
) -> None:
    for number in range(12):
        person.answers["reach"] = {"raiser-email": f"victim{number}@elmfield.example"}
        person.begin()
        person.fill()
        assert person.send().status_code == 303
    assert desk.count("concerns") == 12
    assert waiting(desk, "receipt") == 10


def test_by_the_api_the_same_limits_hold(desk: Desk, person: FormFiller) -> None:
    raiser = {
        "name": "Hillside",
        "kind": "community-group",
        "person": "Rosa",
        "email": "Rosa+9@hillside.example",
    }
    body = {"raiser": raiser, "respondents": [{"name": "Northvale"}], "account": "Eight days."}
    for _ in range(7):
        assert person.client.post("/api/concerns", json=body).status_code == 201
    assert (desk.count("concerns"), waiting(desk, "receipt")) == (7, 5)


def test_an_officer_who_fills_in_for_somebody_is_held_to_no_sender(
    players: Players, desk: Desk, person: FormFiller
) -> None:
    """A village hall: one line to the network, twelve people, each with a mailbox of their own."""
    desk.signed_in(person.client, players.officer)
    token = (
        person.client.get("/concerns/new").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    )
    person.client.headers["x-csrf-token"] = token
    for number in range(12):
        person.answers["reach"] = {"raiser-email": f"somebody{number}@elmfield.example"}
        person.begin(**{"for": "meeting"})
        person.fill()
        assert person.send().status_code == 303
    assert waiting(desk, "receipt") == 12


def test_drafts_that_were_saved_up_are_not_sent_in_one_go(desk: Desk, person: FormFiller) -> None:
    """Each concern is a letter to every officer: who has begun many over days sends forty an hour."""
    secrets = []
    for _ in range(42):
        forget_tries(desk)
        person.begin()
        person.fill()
        secrets.append(person.secret)
    forget_tries(desk)
    for number, secret in enumerate(secrets):
        person.secret = secret
        sent = person.send()
        assert sent.status_code == (303 if number < 40 else 429)
    assert "sent forty concerns" in unescape(sent.text)
    assert "Elmfield Tenants" in sent.text  # nothing typed is lost
    assert desk.count("concerns") == 40
    desk.pass_time(minutes=61)
    assert person.send().status_code == 303


def test_fresh_links_are_held_to_case_and_sender_and_the_page_says_so(desk: Desk) -> None:
    links = []
    for number in range(12):
        case = desk.case(number + 1)
        links.append(desk.link(case.raiser, case.case_id))
    desk.pass_time(days=100)
    with desk.browser() as browser:
        first = browser.post(f"{links[0]}/fresh")
        assert "three an hour" in first.text
        for _ in range(5):
            browser.post(f"{links[0]}/fresh")
        assert waiting(desk, "fresh-link") == 3
        forget_tries(desk)
        answers = [browser.post(f"{link}/fresh").status_code for link in links[1:]]
    assert answers == [200] * 10 + [429]
    assert waiting(desk, "fresh-link") == 13


def test_a_party_gives_twelve_acts_an_hour_in_a_case(players: Players) -> None:
    """Each of them is a letter to somebody: what is added to a concern, and a decision that is changed."""
    case = players.raised()
    with case.as_raiser() as browser:
        for number in range(15):
            page = case.post(browser, "addition", addition=f"One more thing, the {number}th.")
            assert page.status_code == (303 if number < 12 else 422)
        said = unescape(page.text)
        assert "twelve times within the hour" in said
        assert "One more thing, the 14th." in said
        assert waiting(players.desk, "addition") == 12
    players.desk.pass_time(minutes=61)
    with case.as_raiser() as browser:  # who came in by a return code is out after half an hour
        case.done(browser, "addition", addition="At last.")
    with players.as_officer() as browser:
        for number in range(14):
            case.done(browser, "addition", addition=f"They rang, {number}.")
