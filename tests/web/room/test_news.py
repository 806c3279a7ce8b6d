"""Letters about the room: that something is new and nothing of it, once a day at most, for whom it is new."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.post import post_room
from compact_cases.office.premises import Premises
from compact_cases.rules.notices import ROOM_NEWS
from tests.sink import Sink
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.room.mediating import Mediated, in_mediation

WORDS = "Zebra: we might accept a crossing."
NEWS = "something new in the mediation room"


@pytest.fixture
def post(mediation: Mediated, smtp_sink: Sink) -> "Post":
    premises = mediation.players.desk.premises
    found = Post(
        mediation, replace(premises, settings=replace(premises.settings, smtp_url=smtp_sink.url)), smtp_sink
    )
    found.goes()
    return found


class Post:
    def __init__(self, mediation: Mediated, premises: Premises, sink: Sink) -> None:
        self.mediation, self.premises, self.sink = mediation, premises, sink

    def goes(self, **after: float) -> list[str]:
        """To whom letters about the room go now."""
        self.mediation.players.desk.pass_time(**after)
        before = len(self.sink.letters)
        post_room.send_waiting(self.premises)
        news = [one for one in self.sink.letters[before:] if NEWS in one.subject]
        assert all("Zebra" not in f"{one.body('plain')}{one.body('html')}" for one in news)
        return [one.to[0] for one in news]

    def states(self) -> Sequence[str]:
        from sqlalchemy import text

        with self.premises.engine.connect() as conn:
            rows = conn.execute(
                text("SELECT state FROM letters WHERE notice = :one ORDER BY queued_at, id"),
                {"one": ROOM_NEWS},
            )
            return [state for (state,) in rows]


def test_the_others_are_told_a_quarter_of_an_hour_later_and_once_for_several_things(
    post: Post, mediation: Mediated
) -> None:
    with mediation.case.as_raiser() as raiser:
        for words in (WORDS, "And another thing."):
            mediation.says(raiser, words)
    assert post.goes(minutes=14) == []
    assert post.goes(minutes=2) == ["chris@northvale.example"]
    assert post.goes(days=2) == []


def test_whoever_has_read_it_meanwhile_gets_no_letter(post: Post, mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.says(raiser, WORDS)
        mediation.read(champion)
        assert post.goes(minutes=16) == []
        assert post.states() == ["withdrawn"]
        mediation.says(raiser, "One more.")  # and what came after that is told
    assert post.goes(minutes=16) == ["chris@northvale.example"]


def test_read_and_added_to_before_the_letter_went_it_is_told_all_the_same(
    post: Post, mediation: Mediated
) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.says(raiser, WORDS)
        mediation.read(champion)
        mediation.says(raiser, "One more.")
    assert post.goes(minutes=16) == ["chris@northvale.example"]


def test_one_a_day_and_the_next_one_on_the_morning_after(post: Post, mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.says(raiser, WORDS)
        assert post.goes(minutes=16) == ["chris@northvale.example"]
        mediation.read(champion)
        mediation.says(raiser, "One more.")
        mediation.says(raiser, "And one.")
        assert post.goes(hours=8) == []
        assert post.goes(hours=15) == ["chris@northvale.example"]


def test_what_is_for_the_mediator_alone_is_no_news_to_the_other_side(post: Post, mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser:
        mediation.says(raiser, WORDS, "mediator")
    assert "chris@northvale.example" not in post.goes(minutes=16)


def test_after_the_end_and_to_whoever_left_no_letter_goes(post: Post, mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser:
        mediation.says(raiser, WORDS)
    mediation.left("respondent")
    assert post.goes(minutes=16) == []
    with mediation.as_mediator() as mediator:
        mediation.says(mediator, WORDS)
    mediation.ended()
    assert post.goes(minutes=16) == []


def test_officers_see_nothing_of_these_letters_but_that_one_failed(post: Post, mediation: Mediated) -> None:
    players = mediation.players
    token = accounts.add_token(players.desk.premises, players.officer.email)
    headers = {"authorization": f"Bearer {token}"}
    with mediation.case.as_raiser() as raiser, players.as_officer() as officer:
        before = officer.get(mediation.case.path).text
        listed = officer.get(f"/api{mediation.case.path}/letters", headers=headers).text
        mediation.says(raiser, WORDS)
        post.goes(minutes=0)
        assert officer.get(mediation.case.path).text == before
        assert officer.get(f"/api{mediation.case.path}/letters", headers=headers).text == listed
        post.goes(minutes=16)
        assert NEWS not in visible(officer.get(mediation.case.path).text)
        assert ROOM_NEWS not in officer.get(f"/api{mediation.case.path}/letters", headers=headers).text
    with mediation.case.as_champion() as champion:  # it is their own
        assert NEWS in visible(champion.get(mediation.case.path).text)


def by_post(players: Players) -> PlayedCase:
    raiser = players.concern().raiser
    assert raiser is not None
    raiser = replace(raiser, email="", phone="", post="4 Elm Road\nStroud")
    return players.raised(raiser=raiser).accepted().replied().released()


def test_a_side_without_e_mail_comes_in_by_its_return_code_and_no_officer_learns_of_it(
    players: Players,
) -> None:
    mediation = in_mediation(players, by_post(players))
    with players.as_officer() as officer, mediation.as_mediator() as mediator:
        before = [officer.get(path).text for path in (mediation.case.path, "/office/attention")]
        filed = players.desk.count("letters")
        mediation.says(mediator, WORDS)
        mediation.drafts(mediator)
        assert players.desk.count("letters") == filed + 1  # the champion's, of both
        after = [officer.get(path).text for path in (mediation.case.path, "/office/attention")]
        assert after == before
        assert "No letter tells Elmfield Tenants that something new is here" in mediation.read(mediator)
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        page = mediation.read(raiser)
        assert WORDS in page
        assert "no letter tells you that something new is here" in page
        assert "No Compact officer can read this room to you." in page
        assert "No letter tells" not in mediation.read(champion)
        mediation.says(raiser, "We could.")
        mediation.answers(raiser)
        assert mediation.answers(champion).headers["location"] == mediation.case.path


def test_who_is_reached_by_e_mail_reads_nothing_about_letters(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.as_mediator() as mediator:
        assert "no letter tells you" not in mediation.read(raiser)
        assert "No letter tells" not in mediation.read(mediator)
