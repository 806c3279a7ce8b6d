"""Who reads what, and how a page says it."""

import pytest

from compact_cases.rules.audience import Audience, in_words, may_see
from compact_cases.rules.seats import Seat


@pytest.mark.parametrize(
    ("audience", "sees", "sees_not", "words"),
    [
        (
            Audience.CASE,
            {Seat.RAISER, Seat.CHAMPION, Seat.OFFICER},
            {Seat.CHAIR, Seat.ADMINISTRATOR, Seat.PUBLIC},
            "The raiser, Rodborough Council and the Compact officers can read this",
        ),
        (
            Audience.RAISER_AND_OFFICERS,
            {Seat.RAISER, Seat.RAISERS_LEAD, Seat.CO_OFFICER},
            {Seat.CHAMPION, Seat.CHAIR},
            "Only the raiser and the Compact officers can read this",
        ),
        (
            Audience.RESPONDENT_AND_OFFICERS,
            {Seat.CHAMPION, Seat.CHIEF_OFFICER, Seat.SECRETARY},
            {Seat.RAISER, Seat.CHAIR},
            "Only Rodborough Council and the Compact officers can read this",
        ),
        (
            Audience.OFFICERS,
            {Seat.OFFICER},
            {Seat.RAISER, Seat.CHAMPION, Seat.CHAIR, Seat.MEDIATOR},
            "Only the Compact officers can read this",
        ),
        (
            Audience.MEDIATION,
            {Seat.MEDIATOR},
            {Seat.OFFICER, Seat.CHAIR},
            "Only those in the mediation can read this",
        ),
        (
            Audience.PANEL,
            {Seat.PANELLIST, Seat.OFFICER},
            {Seat.RAISER, Seat.CHAIR},
            "Only the panel and the Compact officers can read this",
        ),
        (Audience.PUBLIC, {Seat.PUBLIC, Seat.RAISER, Seat.CHAIR}, set(), "Everyone can read this"),
    ],
)
def test_who_reads_what_and_how_a_page_says_it(
    audience: Audience, sees: set[Seat], sees_not: set[Seat], words: str
) -> None:
    assert {seat for seat in sees | sees_not if may_see(seat, audience)} == sees
    assert in_words(audience, "Rodborough Council") == words
