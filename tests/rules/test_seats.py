"""Seats: every post sits on a side, and one word is enough to name a seat."""

import pytest

from compact_cases.rules.audience import WHO_SEES, Audience
from compact_cases.rules.seats import BY_WORD, CASE_STAFF, EVERYBODY, RAISING, RESPONDING, SYSTEM, Seat, Side


@pytest.mark.parametrize(
    ("seat", "side", "post", "word"),
    [
        (Seat.RAISER, Side.RAISER, "named", "raiser"),
        (Seat.PROXY, Side.RAISER, "proxy", "proxy"),
        (Seat.CHAMPION, Side.RESPONDENT, "champion", "champion"),
        (Seat.SENIOR_LEAD, Side.RESPONDENT, "senior-lead", "senior-lead"),
        (Seat.CO_OFFICER, Side.OFFICE, "co-officer", "co-officer"),
        (Seat.CHAIR, Side.OFFICE, "chair", "chair"),
        (Seat.MEDIATOR, Side.INDEPENDENT, "mediator", "mediator"),
        (Seat.SYSTEM, Side.NONE, "system", "system"),
    ],
)
def test_a_seat_has_a_side_a_post_and_a_word(seat: Seat, side: Side, post: str, word: str) -> None:
    assert (seat.side, seat.post, seat.word) == (side, post, word)


def test_a_seat_is_stored_as_its_side_and_its_post() -> None:
    assert Seat.CHAMPION.value == "respondent/champion"
    assert [seat for seat in Seat if seat.value != f"{seat.side}/{seat.post}"] == []


def test_a_word_names_one_seat_and_each_seat_has_one() -> None:
    assert len(BY_WORD) == len(Seat)
    assert {word: seat.word for word, seat in BY_WORD.items()} == {word: word for word in BY_WORD}
    assert all("/" not in word for word in BY_WORD)


def test_who_raises_who_responds_and_who_works_on_cases_are_apart() -> None:
    assert all(seat.side is Side.RAISER for seat in RAISING)
    assert all(seat.side is Side.RESPONDENT for seat in RESPONDING)
    assert all(seat.side is Side.OFFICE for seat in CASE_STAFF)
    assert {Seat.CHAIR, Seat.ADMINISTRATOR}.isdisjoint(CASE_STAFF)
    assert SYSTEM.isdisjoint(EVERYBODY | RESPONDING)


def test_every_audience_says_who_is_in_it() -> None:
    assert set(WHO_SEES) == set(Audience)
    assert all(WHO_SEES.values())
    assert WHO_SEES[Audience.PUBLIC] == set(Seat)
    others = [seen for audience, seen in WHO_SEES.items() if audience is not Audience.PUBLIC]
    assert all({Seat.SYSTEM, Seat.PUBLIC, Seat.CHAIR, Seat.ADMINISTRATOR}.isdisjoint(seen) for seen in others)
