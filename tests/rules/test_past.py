"""A case that was kept on paper so far is taken on with its true dates."""

from dataclasses import replace
from datetime import date

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import replay
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.events.enquiry import PutToRespondent, ReplySent
from compact_cases.rules.events.intake import ConcernReceived, KeptOnPaper
from compact_cases.rules.intake import Accept
from compact_cases.rules.past import Past
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came, Term
from tests.builders import CHAMPION, OFFICER, RECEIVED, History, given, on, said


def day(text: str) -> date:
    return date.fromisoformat(text)


def by(channel: str) -> History:
    (first, at), *others = RECEIVED
    assert isinstance(first, ConcernReceived)
    return [(replace(first, channel=channel), at), *others]


def accept(received: str, told: str) -> Accept:
    return Accept(OFFICER, said(), said(), past=Past(day(received), day(told)))


def test_every_date_counts_from_the_day_on_which_both_sides_were_told() -> None:
    outcome = given(by("paper")).when(accept("2026-02-03", "2026-02-16"), "2026-02-24 10:00")
    case = outcome.then_case()
    reply = case.owed("reply")
    assert reply is not None
    assert reply.term == Term(day("2026-02-16"), 10, day("2026-03-02"))
    assert case.intake.on_paper == KeptOnPaper(day("2026-02-03"), day("2026-02-16"))


def test_both_sides_get_one_letter_that_it_has_a_page_and_none_of_the_past() -> None:
    outcome = given(by("paper")).when(accept("2026-02-03", "2026-02-16"), "2026-02-24 10:00")
    case, events = outcome.then_case(), outcome.events()
    told = [notice for event in events for notice in notices_after(event, case)]
    assert [(one.name, one.to) for one in told] == [
        ("kept-on-paper", Seat.RAISER),
        ("kept-on-paper", Seat.CHAMPION),
    ]
    assert any(isinstance(event, PutToRespondent) for event in events)


def test_what_came_in_that_past_is_written_down_with_its_day_however_old() -> None:
    taken = given(by("paper")).when(accept("2026-01-06", "2026-01-12"), "2026-03-16 10:00")
    history = by("paper") + on("2026-03-16 10:00", *taken.events())
    reply = SendReply(
        (Answer(1, "accept", None),), None, CHAMPION, said("Ann"), Arrived(day("2026-01-20"), "paper")
    )
    sent = given(history).when(reply, "2026-03-16 10:10").events()[0]
    assert isinstance(sent, ReplySent)
    assert sent.came == Came(day("2026-01-20"), "paper", in_time=True)
    early = replace(reply, came=Arrived(day("2026-01-09"), "paper"))
    assert given(history).when(early, "2026-03-16 10:10").then_refused("12 January 2026").field == "came_on"
    assert replay(history).owed("reply") is not None


def test_a_past_that_cannot_be_is_refused_at_its_field() -> None:
    def refused(received: str, told: str, words: str, channel: str = "paper") -> str | None:
        return given(by(channel)).when(accept(received, told), "2026-02-24 10:00").then_refused(words).field

    assert refused("2026-02-03", "2026-02-25", "has not come yet") == "told_on"
    assert refused("2026-02-17", "2026-02-16", "before the concern was received") == "told_on"
    assert refused("2025-02-20", "2026-02-16", "over 12 months ago") == "received_on"
    assert refused("2026-02-03", "2026-02-16", "raised here", "web") == "told_on"
