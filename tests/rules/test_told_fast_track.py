"""Who is told what of a hold request and of talking first, with which facts; and what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import act_of
from compact_cases.rules.events.fast_track import (
    FastTracked,
    HoldAnswered,
    HoldAsked,
    HoldWordsReleased,
)
from compact_cases.rules.events.intake import ClosingDateGiven
from compact_cases.rules.events.talk import TalkEnded
from compact_cases.rules.fast_track import (
    AnswerHold,
    RecordNoHoldAnswer,
    ReleaseHoldWords,
    opened_to,
)
from compact_cases.rules.intake import Accept, Decline
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat
from compact_cases.rules.talk import EndTalk, RecordTalkOver, TalkFirst
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    History,
    confidential,
    given,
    now,
    on,
    said,
)
from tests.rules.test_fast_track import CLOSES, accept, urgent
from tests.rules.test_hold import held
from tests.rules.test_intake import receive
from tests.rules.test_talk import IN_TOUCH

EXTENDED = AnswerHold("extended", date(2026, 5, 19), None, CHAMPION)
NO = AnswerHold("no", None, said("The grant must be spent."), CHAMPION)
SILENCE = RecordNoHoldAnswer(date(2026, 5, 5))


def after(history: History, command: Any, at: str) -> History:
    return history + on(at, *given(history).when(command, at=at).events())


# --- a hold request ---------------------------------------------------------------------------------------


def test_champion_and_senior_lead_get_the_request_together_with_both_dates() -> None:
    facts = {"obligation": "hold", "due": "2026-05-01", "closes": "2026-05-05"}
    asked = given(urgent()).when(accept(hold=True), at="2026-04-30 12:00")
    found = [one for one in asked.told() if one.name == "hold-request"]
    assert found == [
        Notice("hold-request", seat, facts, Rest.OWED) for seat in (Seat.CHAMPION, Seat.SENIOR_LEAD)
    ]


def test_an_answer_is_told_to_the_raiser_the_officer_and_the_champion_who_now_owes_a_reply() -> None:
    given(held()).when(EXTENDED, at="2026-05-01 10:00").then_told(
        Notice("hold-answered", Seat.RAISER),
        Notice("hold-answered", Seat.OFFICER),
        Notice("hold-answered", Seat.CHAMPION, {"obligation": "reply", "due": "2026-05-18"}, confirms=True),
    )


def test_an_answer_with_words_says_to_the_officer_until_when_to_release_them() -> None:
    given(held()).when(NO, at="2026-05-01 10:00").then_told(
        Notice("hold-answered", Seat.RAISER),
        Notice("hold-answered", Seat.OFFICER, {"obligation": "hold-release", "due": "2026-05-05"}),
        Notice("hold-answered", Seat.CHAMPION, {"obligation": "reply", "due": "2026-05-18"}, confirms=True),
    )


def test_silence_is_told_to_both_sides_their_chief_officer_and_the_officer_with_the_date_of_the_reply() -> (
    None
):
    facts = {"obligation": "reply", "due": "2026-05-19"}
    seats = (Seat.RAISER, Seat.CHIEF_OFFICER, Seat.CHAMPION, Seat.OFFICER)
    given(held()).when(SILENCE, at="2026-05-05 08:00").then_told(
        *(Notice("no-hold-answer", seat, facts) for seat in seats)
    )


def test_a_late_answer_opens_no_second_reply() -> None:
    late = after(held(), SILENCE, "2026-05-05 08:00")
    given(late).when(EXTENDED, at="2026-05-06 10:00").then_told(
        Notice("hold-answered", Seat.RAISER),
        Notice("hold-answered", Seat.OFFICER),
        Notice("hold-answered", Seat.CHAMPION, confirms=True),
    )


def test_released_words_are_told_to_the_raiser() -> None:
    answered = after(held(), NO, "2026-05-01 10:00")
    given(answered).when(ReleaseHoldWords(looked=True), at="2026-05-01 12:00").then_told(
        Notice("hold-words", Seat.RAISER)
    )


def test_an_answer_keeps_its_words_its_new_day_and_who_gave_it() -> None:
    reply = Term(date(2026, 5, 1), 10, date(2026, 5, 18))
    assert NO.words is not None
    given(held()).when(NO, at="2026-05-01 10:00").then(
        HoldAnswered(
            "no", None, NO.words.sealed(), CHAMPION, reply, Term(date(2026, 5, 1), 1, date(2026, 5, 5))
        )
    )
    (answered, moved, *_) = given(held()).when(EXTENDED, at="2026-05-01 10:00").events()
    assert answered == HoldAnswered("extended", date(2026, 5, 19), None, CHAMPION, reply, None)
    assert moved == ClosingDateGiven(date(2026, 5, 19))
    # a day beside another answer is none
    with_a_day = replace(NO, until=date(2026, 5, 19))
    (answered,) = given(held()).when(with_a_day, at="2026-05-01 10:00").events()
    assert isinstance(answered, HoldAnswered)
    assert answered.until is None


def test_words_about_a_hold_are_looked_through_and_what_is_taken_out_is_kept() -> None:
    history = after(held(), NO, "2026-05-01 10:00")
    known: dict[str, Any] = {
        "hold_words": "We rang Jo at Elmfield.",
        "raisers_words": frozenset({"elmfield"}),
    }

    def release(command: ReleaseHoldWords, of: History = history) -> Any:
        return given(of).when(command, at="2026-05-01 12:00", **known)

    looked = ReleaseHoldWords(looked=True)
    unlooked = release(ReleaseHoldWords(looked=False)).then_refused("Please look for names")
    assert unlooked.field == "looked"
    nowhere = release(replace(looked, hidden=said("x" * 90)))
    assert nowhere.then_refused(f"“{'x' * 80}” does not stand in the words.").field == "hidden"
    telling = release(looked, confidential(history))
    refused = telling.then_refused("These words could tell others who raised it: Elmfield.")
    assert refused.field == "hidden"
    taken_out = replace(looked, hidden=said("at Elmfield"))
    assert taken_out.hidden is not None
    release(taken_out, confidential(history)).then(HoldWordsReleased(taken_out.hidden.sealed()))


def test_a_hold_is_asked_for_up_to_the_day_itself_and_on_the_fast_track_alone() -> None:
    (asked,) = [
        one
        for one in given(urgent()).when(accept(hold=True), at="2026-05-05 10:00").events()
        if isinstance(one, HoldAsked)
    ]
    assert asked == HoldAsked(CLOSES, 0, Term(date(2026, 5, 5), 0, date(2026, 5, 5)))
    (asked,) = [
        one
        for one in given(urgent()).when(accept(hold=True), at="2026-04-30 12:00").events()
        if isinstance(one, HoldAsked)
    ]
    assert asked == HoldAsked(CLOSES, 2, Term(date(2026, 4, 30), 1, date(2026, 5, 1)))
    past = given(urgent()).when(accept(hold=True), at="2026-05-06 10:00")
    refused = past.then_refused(
        "To ask for a hold, please give the day on which it closes or is decided; it must not be past."
    )
    assert refused.field == "hold"
    ordinary = given(RECEIVED).when(accept(hold=True), at="2026-02-24 10:00")
    ordinary.then_refused(
        "Only on the fast track a body is asked to put something on hold: something closes soon, or harm "
        "cannot be undone."
    )


def test_a_date_that_the_officer_learns_of_is_kept_once() -> None:
    def days(history: History, closes_on: date | None) -> list[Any]:
        events = given(history).when(accept(closes_on=closes_on), at="2026-04-30 12:00").events()
        return [one for one in events if isinstance(one, ClosingDateGiven)]

    assert days(urgent(), CLOSES) == []  # as the raiser said
    assert days(urgent(), None) == []
    assert days(urgent(), date(2026, 5, 7)) == [ClosingDateGiven(date(2026, 5, 7))]


def test_a_body_run_by_volunteers_is_on_the_fast_track_ten_working_days_longer() -> None:
    """Received on 23 February: 15 working days end on 16 March, 25 on 30 March."""

    def is_fast(closes_on: date, volunteer_run: bool) -> bool:
        known = {"register": {COUNCIL: Registered(volunteer_run=volunteer_run)}}
        command = Accept(OFFICER, said(), said(), closes_on=closes_on)
        events = given(RECEIVED).when(command, at="2026-02-24 10:00", **known).events()
        return any(isinstance(one, FastTracked) for one in events)

    assert [is_fast(date(2026, 3, day), volunteer_run=False) for day in (16, 17)] == [True, False]
    assert [is_fast(date(2026, 3, day), volunteer_run=True) for day in (30, 31)] == [True, False]


def test_who_may_open_a_case_because_of_a_hold_request() -> None:
    silent = after(held(), SILENCE, "2026-05-05 08:00")
    found = [opened_to(given(history).case) for history in (PUT_TO_THE_COUNCIL, held(), silent)]
    assert found == [
        frozenset(),
        frozenset({Seat.SENIOR_LEAD}),
        frozenset({Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER}),
    ]


def test_the_three_answers_are_offered() -> None:
    found = act_of(NO).choices(given(held()).case, now("2026-05-01 10:00"))
    assert found == {"answer": ("extended", "paused", "no")}


def test_an_urgent_receipt_names_the_date_to_the_office_and_to_a_raiser_only_who_is_on_their_own() -> None:
    urgent_one = receive(closes_on=date(2026, 3, 2))
    facts = {"obligation": "acknowledge", "due": "2026-02-24"}
    closes = {"closes": "2026-03-02"}
    given([]).when(urgent_one, at="2026-02-23 10:00").then_told(
        Notice("receipt", Seat.RAISER, facts, Rest.OWED, confirms=True),
        Notice("new-concern", Seat.OFFICER, facts | closes, Rest.RUNNING),
    )


# --- they talk first --------------------------------------------------------------------------------------

TALK = TalkFirst(OFFICER, said(), said(), agreed=True)


def test_both_are_told_until_when_they_may_talk() -> None:
    facts = {"obligation": "talk", "due": "2026-03-16"}
    given(RECEIVED).when(TALK, at="2026-03-02 09:30").then_told(
        *(Notice("talk-first", seat, facts, Rest.OWED) for seat in (Seat.RAISER, Seat.CHAMPION))
    )


@pytest.mark.parametrize(
    ("command", "at", "seat", "by", "due"),
    [
        (EndTalk("go-on"), "2026-03-05 10:00", Seat.CHAMPION, "respondent", "2026-03-12"),
        (EndTalk("go-on"), "2026-03-05 10:00", Seat.RAISER, "raiser", "2026-03-12"),
        (RecordTalkOver(date(2026, 3, 17)), "2026-03-19 08:00", Seat.SYSTEM, "time", "2026-03-23"),
    ],
)
def test_that_it_is_over_is_told_to_all_with_the_date_of_the_acknowledgement(
    command: Any, at: str, seat: Seat, by: str, due: str
) -> None:
    outcome = given(IN_TOUCH).when(command, at=at, seat=seat)
    (ended,) = outcome.events()
    assert isinstance(ended, TalkEnded)
    assert ended.by == by
    facts = {"obligation": "acknowledge", "due": due}
    seats = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    outcome.then_told(*(Notice("talk-over", seat, facts, Rest.OWED) for seat in seats))


def test_that_it_is_put_right_is_told_to_the_officer_and_both_sides_hear_of_the_end() -> None:
    found = given(IN_TOUCH).when(EndTalk("put-right"), at="2026-03-05 10:00", seat=Seat.RAISER).told()
    assert Notice("put-right", Seat.OFFICER, rests_on=Rest.ALWAYS) in found
    assert [one.to for one in found if one.name == "closed"] == [Seat.RAISER, Seat.CHAMPION]


def test_whoever_was_put_in_touch_hears_when_it_is_not_taken_further_and_nobody_else() -> None:
    over = after(IN_TOUCH, EndTalk("go-on"), "2026-03-05 10:00")
    decline = Decline(OFFICER, "not a partner", said("It is no partner."))
    found = given(over).when(decline, at="2026-03-06 10:00").told()
    assert Notice("closed", Seat.CHAMPION, rests_on=Rest.ALWAYS) in found
    never = given(RECEIVED).when(decline, at="2026-02-24 10:00").told()
    assert [one.to for one in never] == [Seat.RAISER]


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (
            after(IN_TOUCH, EndTalk("go-on"), "2026-03-05 10:00"),
            "They have talked first already; that is done once.",
        ),
        (
            confidential(RECEIVED),
            "This raiser is not to be known to the other side, so the two cannot be put in touch.",
        ),
        (
            RECEIVED + on("2026-02-23 10:00", FastTracked("harm", None, None)),
            "On the fast track there is no time to talk first.",
        ),
    ],
)
def test_why_they_do_not_talk_first_is_said_at_the_choice(history: History, words: str) -> None:
    assert given(history).when(TALK, at="2026-03-05 12:00").then_refused(words).field == "decision"
