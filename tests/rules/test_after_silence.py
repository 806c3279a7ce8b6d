"""Nothing is closed over somebody's head: while a reply waits, before a last letter had its days, unheard."""

from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Withdraw, outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import (
    Decide,
    ReleaseReply,
    WaitForReply,
    may_decide,
)
from compact_cases.rules.events import Event
from compact_cases.rules.events.enquiry import (
    LastLetterSent,
    RaiserDecided,
    ReplyReleased,
    SilenceRecorded,
    WaitChosen,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    PUT_TO_THE_COUNCIL,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    given,
    now,
    on,
    said,
)
from tests.rules.test_enquiry import REPLY, after

# ten working days after the decision was due on Fri 27 March, Easter between; five later it is Tue 21 April
LETTER = LastLetterSent(date(2026, 4, 14), Term(date(2026, 4, 14), 5, date(2026, 4, 21)))
ASKED_LAST = RELEASED + on("2026-04-14 08:00", LETTER)
CLOSE = Term(date(2026, 4, 21), 5, date(2026, 4, 28))
UNHEARD = ASKED_LAST + on("2026-04-21 08:00", SilenceRecorded(date(2026, 4, 21), CLOSE))
# no reply was recorded, and nobody decided either
UNHEARD_UNREPLIED = SILENT + on(
    "2026-04-22 08:00", LastLetterSent(date(2026, 4, 22), Term(date(2026, 4, 22), 5, date(2026, 4, 29)))
)
UNHEARD_UNREPLIED += on(
    "2026-04-29 08:00", SilenceRecorded(date(2026, 4, 29), Term(date(2026, 4, 29), 5, date(2026, 5, 7)))
)
SILENCE = RecordSilence(date(2026, 4, 21))
LAST = SendLastLetter(date(2026, 4, 14))


def owed(case: Case) -> list[tuple[str, int]]:
    return [(one.name, one.cycle) for one in case.open_obligations]


# --- the last letter and its five days ---------------------------------------------------------------------


def test_the_last_letter_has_five_working_days_from_the_day_it_was_written() -> None:
    given(RELEASED).when(LAST, at="2026-04-14 08:00").then(LETTER)
    # after an outage, and on a Saturday: what is done on a day that does not work counts from the next
    term = Term(date(2026, 5, 5), 5, date(2026, 5, 12))
    late = given(RELEASED).when(LAST, at="2026-05-05 08:00").then(LastLetterSent(date(2026, 4, 14), term))
    assert owed(late) == [("decide", 1)]
    given(RELEASED).when(LAST, at="2026-05-02 23:00").then(LastLetterSent(date(2026, 4, 14), term))


def test_the_letter_states_its_date_and_from_when_an_officer_may_close() -> None:
    case = given(ASKED_LAST).case
    assert notices_after(LETTER, case) == [
        Notice(
            "last-letter",
            given(ASKED_LAST).case.open_obligations[0].owner,
            {"obligation": "decide", "due": "2026-04-21", "written": "2026-04-14"},
            Rest.RUNNING,
        )
    ]


def test_it_waits_for_another_day_than_a_reminder_s() -> None:
    early = given(RELEASED).when(LAST, at="2026-04-14 08:00", reminded_today=True).then_refused("has gone")
    assert isinstance(early, NotYet)
    assert early.until == date(2026, 4, 15)


def test_it_is_sent_once() -> None:
    assert given(ASKED_LAST).when(LAST, at="2026-04-15 08:00").events() == []


@pytest.mark.parametrize("at", ["2026-04-14 08:00", "2026-04-20 23:59"])
def test_silence_waits_for_the_five_days(at: str) -> None:
    refused = given(ASKED_LAST).when(SILENCE, at=at).then_refused("five working days")
    assert isinstance(refused, NotYet)
    assert refused.until == date(2026, 4, 21)


def test_silence_waits_for_a_letter_that_has_not_left() -> None:
    refused = (
        given(ASKED_LAST).when(SILENCE, at="2026-04-21 08:00", last_letter_waits=True).then_refused("left")
    )
    assert isinstance(refused, NotYet)
    assert refused.until == date(2026, 4, 22)
    case = given(ASKED_LAST).when(SILENCE, at="2026-04-22 08:00").then_case()
    assert (case.stage, owed(case)) == (Stage.CLOSING, [("close", 1)])


def test_there_is_no_silence_without_a_last_letter() -> None:
    given(RELEASED).when(SILENCE, at="2026-04-21 08:00").then_refused("No last letter")


def test_a_letter_of_an_earlier_turn_is_none_of_this_one() -> None:
    unreplied = SILENT + on("2026-04-22 08:00", LastLetterSent(date(2026, 4, 22)))
    waited = unreplied + on("2026-04-23 09:00", WaitChosen(Term(date(2026, 4, 23), 5, date(2026, 4, 30))))
    given(waited).when(RecordSilence(date(2026, 4, 29)), at="2026-05-29 08:00").then_refused("No last letter")
    released = on("2026-04-24 09:00", ReplyReleased(0, None, Term(date(2026, 4, 24), 10, date(2026, 5, 11))))
    late = after(unreplied, REPLY, "2026-04-23 09:00") + released
    given(late).when(RecordSilence(date(2026, 4, 29)), at="2026-05-29 08:00").then_refused("No last letter")


# --- while a reply waits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [LAST, SILENCE])
def test_nobody_is_called_silent_while_a_reply_waits_to_be_released(
    command: SendLastLetter | RecordSilence,
) -> None:
    asked_last = SILENT + on("2026-04-22 08:00", LastLetterSent(date(2026, 4, 22)))
    for history in (SILENT, asked_last):
        late = after(history, REPLY, "2026-04-23 09:00")
        refused = given(late).when(command, at="2026-05-29 08:00").then_refused("waits to be released")
        assert isinstance(refused, NotYet)
        assert refused.until == date(2026, 6, 1)


def test_nothing_is_closed_while_a_reply_waits_to_be_released() -> None:
    stopped = after(SILENT, Decide("stop"), "2026-03-24 12:00")
    for history, outcome in ((stopped, "withdrawn"), (UNHEARD_UNREPLIED, "no further contact")):
        assert outcomes(given(history).case, now("2026-05-04 12:00"))["outcome"] != ()
        late = after(history, REPLY, "2026-05-05 09:00")
        given(late).when(Close(outcome, said()), at="2026-05-05 12:00").then_refused("waits to be released")
        assert outcomes(given(late).case, now("2026-05-05 12:00"))["outcome"] == ()


def test_a_raiser_may_withdraw_over_a_reply_of_which_they_know_nothing() -> None:
    assert given(REPLIED).when(Withdraw(sure=True), at="2026-03-12 12:00").then_case().is_closed


# --- after silence -----------------------------------------------------------------------------------------


def test_silence_leaves_the_raiser_with_no_overdue_date_and_with_the_decision() -> None:
    case = given(UNHEARD).case
    assert owed(case) == [("close", 1)]
    assert may_decide(case)
    assert [one.ended_how for one in case.obligations if one.name == "decide"] == ["no further contact"]


@pytest.mark.parametrize(
    ("decision", "then", "owes", "stage"),
    [
        ("settled", "", ("close", 2), Stage.CLOSING),
        ("partly", "close", ("close", 2), Stage.CLOSING),
        ("partly", "go-on", ("next-step", 1), Stage.RAISER_DECIDES),
        ("not", "", ("next-step", 1), Stage.RAISER_DECIDES),
    ],
)
def test_a_decision_after_silence_ends_that_close(
    decision: str, then: str, owes: tuple[str, int], stage: Stage
) -> None:
    case = given(UNHEARD).when(Decide(decision, then), at="2026-04-24 12:00").then_case()
    assert (owed(case), case.stage) == ([owes], stage)
    first = next(one for one in case.obligations if one.name == "close")
    assert first.ended_how == f"decided: {decision}"
    assert case.enquiry.decision == decision


def test_without_a_reply_the_raiser_may_still_go_on_stop_or_wait_after_silence() -> None:
    for decision, owes in (("not", ("next-step", 1)), ("stop", ("close", 2))):
        assert owed(given(UNHEARD_UNREPLIED).when(Decide(decision), at="2026-05-01 12:00").then_case()) == [
            owes
        ]
    waits = given(UNHEARD_UNREPLIED).when(WaitForReply(date(2026, 5, 8)), at="2026-05-01 12:00").then_case()
    assert (owed(waits), waits.stage) == ([("decide", 2)], Stage.RAISER_DECIDES)


def test_waiting_is_chosen_once() -> None:
    waits = SILENT + on("2026-03-24 12:00", WaitChosen(Term(date(2026, 3, 24), 5, date(2026, 3, 31))))
    given(waits).when(WaitForReply(date(2026, 4, 1)), at="2026-03-25 12:00").then_refused("once already")
    later = waits + on("2026-04-24 08:00", LastLetterSent(date(2026, 4, 24)))
    silence = SilenceRecorded(date(2026, 5, 1), Term(date(2026, 5, 1), 5, date(2026, 5, 11)))
    unheard = later + on("2026-05-01 08:00", silence)
    given(unheard).when(WaitForReply(date(2026, 5, 8)), at="2026-05-05 12:00").then_refused("once already")
    given(unheard).when(Decide("not"), at="2026-05-05 12:00").then_case()


# --- until it is closed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "then", "owes"),
    [("partly", "go-on", ("next-step", 1)), ("not", "", ("next-step", 1)), ("partly", "close", ("close", 2))],
)
def test_a_decision_may_be_changed_until_the_case_is_closed(
    decision: str, then: str, owes: tuple[str, int]
) -> None:
    case = given(SETTLED).when(Decide(decision, then), at="2026-03-17 12:00").then_case()
    assert (owed(case), case.enquiry.decision) == ([owes], decision)
    given(CLOSED).when(Decide(decision, then), at="2026-03-18 13:00").then_refused("closed")


def test_a_changed_decision_ends_the_next_step_too() -> None:
    goes_on = RELEASED + on(
        "2026-03-16 12:00",
        RaiserDecided("not", "go-on", None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))),
    )
    case = given(goes_on).when(Decide("settled"), at="2026-03-17 12:00").then_case()
    assert (owed(case), case.stage) == ([("close", 1)], Stage.CLOSING)


def test_the_same_decision_again_changes_nothing_unless_words_come_with_it() -> None:
    same: list[Event] = given(SETTLED).when(Decide("settled"), at="2026-03-17 12:00").events()
    assert same == []
    case = given(SETTLED).when(Decide("settled", words=said("Thank you.")), at="2026-03-17 12:00").then_case()
    assert owed(case) == [("close", 2)]


@pytest.mark.parametrize(
    ("history", "decision", "then"),
    [
        (RELEASED, "settled", "go-on"),
        (RELEASED, "not", "close"),
        (SILENT, "stop", "go-on"),
        (SILENT, "not", "close"),
    ],
)
def test_a_decision_that_says_two_things_is_answered_with_a_question(
    history: History, decision: str, then: str
) -> None:
    refused = (
        given(history).when(Decide(decision, then), at="2026-03-24 12:00").then_refused("Which of the two")
    )
    assert refused.sentence.endswith("?")
    assert refused.field == "then"


def test_nothing_is_decided_before_it_is_the_raisers_turn() -> None:
    for history in (PUT_TO_THE_COUNCIL, REPLIED):
        given(history).when(Decide("not"), at="2026-03-12 12:00").then_refused("nothing to decide")


def test_a_reply_released_after_the_decision_leaves_it_and_lets_it_be_changed() -> None:
    stopped = after(SILENT, Decide("stop"), "2026-03-24 12:00")
    late = after(stopped, REPLY, "2026-03-25 09:00")
    released = late + on(
        "2026-03-26 09:00", *given(late).when(ReleaseReply(True), at="2026-03-26 09:00").events()
    )
    assert owed(given(released).case) == [("close", 1)]
    assert owed(given(released).when(Decide("not"), at="2026-03-26 12:00").then_case()) == [("next-step", 1)]
