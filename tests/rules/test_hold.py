"""The hold request: by when it is answered, what follows an answer, and what follows none."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.events import Event
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.events.fast_track import (
    HoldAnswered,
    HoldAsked,
    NoHoldAnswerRecorded,
)
from compact_cases.rules.events.intake import (
    Acknowledged,
)
from compact_cases.rules.fast_track import (
    AnswerHold,
    RecordNoHoldAnswer,
    ReleaseHoldWords,
    to_ring_about,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    History,
    given,
    now,
    on,
    received,
    said,
    sealed,
)
from tests.rules.test_fast_track import CLOSES, accept, due_of, then, urgent


def held(at: str = "2026-04-30 12:00") -> History:
    return urgent() + on(
        at,
        Acknowledged(OFFICER, sealed()),
        PutToRespondent(COUNCIL, sealed(), None),
        HoldAsked(CLOSES, 2, Term(date(2026, 4, 30), 1, date(2026, 5, 1))),
    )


# --- the hold request -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "closes", "left", "due"),
    [
        ("2026-04-30 12:00", CLOSES, 2, date(2026, 5, 1)),
        ("2026-05-01 12:00", CLOSES, 1, date(2026, 5, 1)),
        ("2026-05-01 12:00", date(2026, 5, 4), 0, date(2026, 5, 1)),  # a bank holiday
        ("2026-04-30 18:30", CLOSES, 2, date(2026, 5, 1)),  # the 17:00 rule does not apply
        ("2026-04-27 12:00", CLOSES, 5, date(2026, 4, 29)),
        ("2026-04-20 12:00", CLOSES, 10, date(2026, 4, 22)),  # two at most
        ("2026-05-02 12:00", CLOSES, 1, date(2026, 5, 2)),  # a Saturday
    ],
)
def test_a_hold_is_to_be_answered_in_half_of_the_days_that_are_left(
    asked: str, closes: date, left: int, due: date
) -> None:
    history = urgent("2026-04-20 09:00", closes)
    events = given(history).when(accept(hold=True), at=asked).events()
    (hold,) = [one for one in events if isinstance(one, HoldAsked)]
    assert (hold.closes_on, hold.days_left, hold.hold.due) == (closes, left, due)
    assert to_ring_about(hold) is (left == 0)
    case = given(history).when(accept(hold=True), at=asked).then_case()
    assert case.owed("reply") is None
    assert due_of(case, "hold") == due
    assert case.stage is Stage.EARLY_RESOLUTION


def letters_of(events: list[Event], case: Case) -> list[tuple[str, Seat]]:
    return [(one.name, one.to) for event in events for one in notices_after(event, case)]


def test_it_goes_to_champion_and_senior_lead_together_and_never_by_itself() -> None:
    asked = given(urgent()).when(accept(hold=True), at="2026-04-30 12:00")
    assert letters_of(asked.events(), asked.then_case()) == [
        ("acknowledgement", Seat.RAISER),
        ("hold-request", Seat.CHAMPION),
        ("hold-request", Seat.SENIOR_LEAD),
    ]
    unasked = given(urgent()).when(accept(), at="2026-04-30 12:00").then_case()
    assert unasked.fast_track.hold is None
    assert due_of(unasked, "reply") == date(2026, 5, 15)


def test_a_hold_needs_the_fast_track_and_a_date_that_is_not_past() -> None:
    slow = (
        given(RECEIVED).when(accept(hold=True), at="2026-03-02 09:30").then_refused("Only on the fast track")
    )
    assert slow.field == "hold"
    given(RECEIVED).when(accept(hold=True, harm=True), at="2026-03-02 09:30").then_refused("must not be past")
    given(urgent()).when(accept(hold=True), at="2026-05-06 09:30").then_refused("must not be past")
    dated = accept(hold=True, harm=True, closes_on=date(2026, 3, 31))
    case = given(RECEIVED).when(dated, at="2026-03-02 09:30").then_case()
    assert due_of(case, "hold") == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("answer", "until", "words"),
    [("extended", date(2026, 5, 19), None), ("paused", None, None), ("no", None, "It is the law.")],
)
def test_after_each_answer_the_ordinary_days_start_on_that_day(
    answer: str, until: date | None, words: str | None
) -> None:
    command = AnswerHold(answer, until, said(words) if words else None, CHAMPION)
    case = given(held()).when(command, at="2026-05-01 21:30").then_case()
    assert case.owed("hold") is None
    assert due_of(case, "reply") == date(2026, 5, 18)
    assert case.intake.closes_on == (until or CLOSES)
    assert (case.owed("hold-release") is not None) is (words is not None)
    assert ("overtaken by events" in outcomes_later(case)) is (answer != "paused")


def outcomes_later(case: Case) -> tuple[str, ...]:
    """What it could be closed as long after the date, were nothing else open."""
    owing = replace(
        case, course=case.course.owing("close", Seat.OFFICER, Seat.RAISER, case.obligations[0].term)
    )
    ready = replace(owing, fast_track=replace(case.fast_track, hold_released_at=case.at))
    return outcomes(ready, now("2026-06-30 10:00"))["outcome"]


def test_a_body_that_volunteers_run_has_twenty_days_for_the_reply() -> None:
    register = {COUNCIL: Registered(volunteer_run=True)}
    paused = AnswerHold("paused", None, None, CHAMPION)
    case = given(held()).when(paused, at="2026-05-01 10:00", register=register).then_case()
    assert due_of(case, "reply") == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("answer", "until", "words", "sentence", "field"),
    [
        ("perhaps", None, None, "extended, put on hold, or neither", "answer"),
        ("extended", None, None, "Please give the new day", "until"),
        ("extended", CLOSES, None, "comes after Tuesday 5 May 2026", "until"),
        ("no", None, None, "say why not", "words"),
        ("no", None, "  ", "say why not", "words"),
    ],
)
def test_an_answer_that_says_too_little(
    answer: str, until: date | None, words: str | None, sentence: str, field: str
) -> None:
    command = AnswerHold(answer, until, said(words) if words else None, CHAMPION)
    assert given(held()).when(command, at="2026-05-01 10:00").then_refused(sentence).field == field


def test_nothing_to_answer_where_no_hold_was_asked_for_or_it_was_answered() -> None:
    paused = AnswerHold("paused", None, None, CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(paused, at="2026-03-03 10:00").then_refused("Nobody waits")
    answered = held() + on("2026-05-01 10:00", HoldAnswered("paused", None, None, CHAMPION, None, None))
    given(answered).when(paused, at="2026-05-01 11:00").then_refused("answered already")


# --- nobody answers ---------------------------------------------------------------------------------------

SILENCE = RecordNoHoldAnswer(date(2026, 5, 5))


def test_without_an_answer_the_ordinary_days_start_on_the_next_working_day() -> None:
    reply = Term(date(2026, 5, 5), 10, date(2026, 5, 19))
    asked = given(held()).when(SILENCE, at="2026-05-05 08:00")
    case = asked.then(NoHoldAnswerRecorded(date(2026, 5, 5), reply))
    told = [seat for name, seat in letters_of(asked.events(), case) if name == "no-hold-answer"]
    assert told == [Seat.RAISER, Seat.CHIEF_OFFICER, Seat.CHAMPION, Seat.OFFICER]
    assert to_ring_about(asked.events()[0])
    late = given(held()).when(SILENCE, at="2026-05-07 11:00").then_case()
    assert due_of(late, "reply") == date(2026, 5, 19)  # however late it is seen


def test_a_late_answer_is_taken_and_moves_no_date() -> None:
    silent = held() + on(
        "2026-05-05 08:00",
        NoHoldAnswerRecorded(date(2026, 5, 5), Term(date(2026, 5, 5), 10, date(2026, 5, 19))),
    )
    command = AnswerHold("paused", None, None, CHAMPION)
    case = given(silent).when(command, at="2026-05-07 10:00").then_case()
    assert due_of(case, "reply") == date(2026, 5, 19)
    assert case.fast_track.is_put_on_hold
    given(silent).when(SILENCE, at="2026-05-07 10:00").then_refused("No answer to a hold request is awaited")


def test_a_reply_before_the_hold_is_answered_is_not_owed_again() -> None:
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    replied = given(held()).when(reply, at="2026-05-01 09:00").then_case()
    assert due_of(replied, "hold") == date(2026, 5, 1)
    silent = then(replied).when(SILENCE, "2026-05-05 08:00").then_case()
    assert silent.owed("reply") is None
    released = then(silent).when(ReleaseReply(True), "2026-05-05 09:00").then_case()
    assert released.owed("decide") is not None


def test_once_the_raiser_is_content_nobody_is_chased_for_the_hold() -> None:
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    case = given(held()).when(reply, at="2026-05-01 09:00").then_case()
    for command in (ReleaseReply(True), Decide("settled")):
        case = then(case).when(command, "2026-05-01 10:00").then_case()
    assert case.owed("hold") is None


# --- the words of the answer ------------------------------------------------------------------------------

WORDS = held() + on(
    "2026-05-01 10:00",
    HoldAnswered(
        "no",
        None,
        sealed(),
        CHAMPION,
        Term(date(2026, 5, 1), 10, date(2026, 5, 18)),
        Term(date(2026, 5, 1), 1, CLOSES),
    ),
)


def test_the_raiser_reads_the_words_once_an_officer_has_looked() -> None:
    assert given(WORDS).case.fast_track.words_wait
    case = given(WORDS).when(ReleaseHoldWords(True), at="2026-05-01 11:00").then_case()
    assert not case.fast_track.words_wait
    assert case.owed("hold-release") is None
    then(case).when(ReleaseHoldWords(True), "2026-05-01 12:00").then_refused("no words")


def test_a_release_without_a_look_or_of_words_that_are_not_there() -> None:
    given(WORDS).when(ReleaseHoldWords(False), at="2026-05-01 11:00").then_refused("Please look for names")
    hidden = ReleaseHoldWords(True, said("Mrs Barlow"))
    given(WORDS).when(hidden, at="2026-05-01 11:00", hold_words="We cannot.").then_refused("does not stand")


def test_a_hidden_raiser_stays_hidden_in_them() -> None:
    (_, at), *others = WORDS
    hidden = [(received(Term(CLOSES, 1, CLOSES), "confidential"), at), *others]
    known = {"hold_words": "Elmfield has been told.", "raisers_words": frozenset({"elmfield"})}
    refused = given(hidden).when(ReleaseHoldWords(True), at="2026-05-01 11:00", **known)
    refused.then_refused("Elmfield")
    given(hidden).when(ReleaseHoldWords(True, None, True), at="2026-05-01 11:00", **known).then_case()
