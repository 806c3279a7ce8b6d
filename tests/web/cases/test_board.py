"""What the board chair is asked, over the real doors: a longer pause, and an appeal; with no content."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.records.staff import StaffMember
from compact_cases.rules.seats import Seat
from tests.web.case_players import ACCOUNT, PlayedCase, Players, visible

NO = "The reply says six weeks."
HIDDEN = ("Elmfield", "Northvale", "Rose", "Chris", "bus cuts", ACCOUNT[:20], NO, "A minute")


@contextmanager
def the_chair(players: Players, member: StaffMember) -> Iterator[TestClient[Litestar]]:
    with players.browser() as browser:
        players.desk.signed_in(browser, member)
        yield browser


def a_chair(players: Players) -> StaffMember:
    return accounts.add_officer(players.desk.premises, "chair@office.example", "Canon Selby", Seat.CHAIR)


def declined(players: Players) -> PlayedCase:
    case = players.raised().accepted().replied().released().decided().closed()
    with case.as_raiser() as browser:
        case.done(browser, "reopening", why="new-evidence", words="A minute shows it.")
    with players.as_officer() as browser:
        case.done(browser, "reopening-answer", answer="decline", explanation=NO)
    players.desk.clock.move(players.desk.clock.now() + timedelta(days=1))
    return case


def test_a_raiser_appeals_and_the_board_chair_upholds_it_without_reading_the_case(players: Players) -> None:
    chair, case = a_chair(players), declined(players)
    with the_chair(players, chair) as hers:
        with case.as_raiser() as browser:
            assert "ask for it to be looked at again" in visible(browser.get(case.path).text)
            wrong = case.post(browser, "appeal", because="", stage="raiser-decides")
            assert wrong.status_code == 422
            assert "why you do not agree" in visible(wrong.text)
            case.done(browser, "appeal", because="the answer does not say why", stage="raiser-decides")
            seen = visible(browser.get(case.path).text)
            assert "The answer that the case stays closed is looked at again by" in seen
            assert "ask for it to be looked at again" not in seen
        page = hers.get(case.path).text
        form = hers.get(f"{case.path}/appeal-answer").text
        assert "You are asked" in visible(page)
        assert "the answer does not say why" in visible(form)
        for text in (page, form):
            for words in HIDDEN:
                assert words not in text, words
        mixed = case.post(hers, "appeal-answer", upheld="yes", because="the answer says why")
        assert "goes with your answer" in visible(mixed.text)
        case.done(hers, "appeal-answer", upheld="yes", because="the answer was too short")
    with players.as_officer() as browser:
        assert f"Answer whether {case.reference}" in visible(browser.get("/office/attention").text)
        no = case.post(browser, "reopening-answer", answer="decline", explanation=NO)
        assert "An appeal was upheld" in visible(no.text)
        case.done(browser, "reopening-answer", answer="open", stage="raiser-decides", explanation="Again.")
    assert case.row.closed_at is None


def test_the_answer_stands_and_both_read_that_it_was_the_last_one(players: Players) -> None:
    chair, case = a_chair(players), declined(players)
    with the_chair(players, chair) as hers:
        with case.as_raiser() as browser:
            case.done(browser, "appeal", because="another reason", stage="early-resolution")
        case.done(hers, "appeal-answer", upheld="no", because="the answer says why")
    with case.as_raiser() as browser:
        seen = visible(browser.get(case.path).text)
        assert "The answer stands: the answer says why. That was the last answer here." in seen
        assert case.post(browser, "appeal", because="another reason", stage="received").status_code == 409
    assert case.row.closed_at is not None


def test_an_officer_asks_for_a_longer_pause_and_she_grants_it(players: Players) -> None:
    clock = players.desk.clock
    chair, case = a_chair(players), players.raised().accepted()
    for _ in range(2):
        with players.as_officer() as browser:
            case.done(browser, "pause", reason="waiting for a third party", asked_by="officer")
        clock.move(clock.now() + timedelta(days=15))
        reminders.sweep_until_done(players.desk.premises)
    with players.as_officer() as browser:
        needs_her = case.post(browser, "pause", reason="waiting for a third party", asked_by="officer")
        assert "ask her for it" in visible(needs_her.text)
        case.done(browser, "pause-request", reason="waiting for a third party", days="5", asked_by="officer")
        assert "The board chair is asked for a longer pause" in visible(browser.get(case.path).text)
    with the_chair(players, chair) as hers:
        form = hers.get(f"{case.path}/pause-answer").text
        assert "A pause of 5 working days is asked for. The reason: waiting for a third party." in visible(
            form
        )
        for words in HIDDEN:
            assert words not in form, words
        case.done(hers, "pause-answer", granted="yes")
        assert "granted a pause" not in visible(hers.get(case.path).text)
    assert case.row.paused
