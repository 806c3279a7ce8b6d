"""Who is told what of a notice, a reply and a decision, with which facts; what is kept; edges by the day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import (
    TWO_THINGS,
    Answer,
    Decide,
    RecordNoReply,
    ReleaseReply,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.events.enquiry import (
    NoReplyPutRight,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
    WaitChosen,
)
from compact_cases.rules.events.intake import EnteredFromPaper, KeptOnPaper
from compact_cases.rules.intake import Accept
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import SendLastLetter
from compact_cases.rules.terms import Came, Term
from tests.builders import (
    AGREED,
    CHAMPION,
    CLOSED,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    confidential,
    given,
    now,
    on,
    said,
)
from tests.rules.test_onward import IN_REVIEW

ALL = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
REPLY = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
UNDECIDED = SILENT  # no reply was recorded on 23 March, and the raiser is to decide by 8 April
DECIDE = {"obligation": "decide", "due": "2026-03-27"}


def to_all(name: str, facts: dict[str, Any], rests_on: Rest = Rest.OPEN) -> list[Notice]:
    return [Notice(name, seat, facts, rests_on) for seat in ALL]


# --- who is told ------------------------------------------------------------------------------------------


def test_the_notice_goes_to_the_champion_and_the_raiser_hears_until_when_a_reply_is_due() -> None:
    facts = {"obligation": "reply", "due": "2026-03-16"}
    given(RECEIVED).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30").then_told(
        Notice("acknowledgement", Seat.RAISER, facts, Rest.OWED),
        Notice("notice", Seat.CHAMPION, facts, Rest.OWED),
    )


def test_where_a_hold_is_asked_for_the_raiser_hears_until_when_that_is_answered_and_no_notice_goes() -> None:
    command = Accept(OFFICER, said(), said(), harm=True, closes_on=date(2026, 3, 20), hold=True)
    found = given(RECEIVED).when(command, at="2026-03-02 09:30").told()
    hold = {"obligation": "hold", "due": "2026-03-04"}
    assert Notice("acknowledgement", Seat.RAISER, hold, Rest.OWED) in found
    assert "notice" not in [one.name for one in found]


def test_a_reply_is_told_to_the_officer_and_to_the_champion_even_if_they_sent_it() -> None:
    facts = {"obligation": "release", "due": "2026-03-12"}
    given(PUT_TO_THE_COUNCIL).when(REPLY, at="2026-03-10 10:00").then_told(
        Notice("reply-received", Seat.OFFICER, facts, Rest.OWED),
        Notice("reply-received", Seat.CHAMPION, facts, confirms=True),
    )


def test_a_released_reply_is_told_to_the_raiser_with_the_day_by_which_to_decide() -> None:
    given(REPLIED).when(ReleaseReply(looked=True), at="2026-03-13 10:00").then_told(
        Notice("reply-released", Seat.RAISER, DECIDE, Rest.OWED)
    )


def test_a_late_reply_after_the_decision_asks_for_nothing() -> None:
    went_on = SILENT + on(
        "2026-03-30 12:00",
        RaiserDecided("not", "go-on", None, Term(date(2026, 3, 30), 5, date(2026, 4, 8))),
        *[event for event, _ in REPLIED[-1:]],
    )
    outcome = given(went_on).when(ReleaseReply(looked=True), at="2026-03-31 10:00")
    outcome.then(ReplyReleased(0, None, None))
    outcome.then_told(Notice("reply-released", Seat.RAISER))


def test_that_no_reply_came_is_told_to_all_with_the_day_by_which_the_raiser_decides() -> None:
    step = RecordNoReply(date(2026, 3, 23))
    given(PUT_TO_THE_COUNCIL).when(step, at="2026-03-23 08:00").then_told(
        *to_all("no-reply", {"obligation": "decide", "due": "2026-04-08"}, Rest.OWED)
    )


def test_a_reply_that_was_there_all_the_time_is_told_with_the_day_on_which_it_was_written() -> None:
    came = replace(REPLY, came=Arrived(date(2026, 3, 23), "paper"))
    found = given(UNDECIDED).when(came, at="2026-03-25 10:00").told()
    assert [one for one in found if one.name == "reply-in-time"] == [
        Notice("reply-in-time", seat, {"written": "2026-03-23"})
        for seat in (Seat.RAISER, Seat.CHAMPION, Seat.SENIOR_LEAD)
    ]


def test_the_last_letter_says_until_when_and_when_it_was_written_and_leaves_only_as_its_clock_runs() -> None:
    facts = {"obligation": "decide", "due": "2026-04-29", "written": "2026-04-22"}
    step = SendLastLetter(date(2026, 4, 22))
    given(UNDECIDED).when(step, at="2026-04-22 08:00").then_told(
        Notice("last-letter", Seat.RAISER, facts, Rest.RUNNING)
    )


@pytest.mark.parametrize(
    ("command", "obligation", "then"),
    [
        (Decide("settled"), "close", "close"),
        (Decide("partly", "close"), "close", "close"),
        (Decide("partly", "go-on"), "next-step", "go-on"),
        (Decide("not"), "next-step", "go-on"),
    ],
)
def test_a_decision_is_told_to_all_with_what_comes_of_it_and_when(
    command: Decide, obligation: str, then: str
) -> None:
    outcome = given(RELEASED).when(command, at="2026-03-16 12:00")
    outcome.then_told(
        *to_all("decision-recorded", {"obligation": obligation, "due": "2026-03-23", "then": then})
    )


# --- the reply --------------------------------------------------------------------------------------------


def test_a_reply_of_the_day_on_which_none_was_recorded_was_there_and_one_of_the_next_day_was_not() -> None:
    def put_right(day: date) -> bool:
        came = replace(REPLY, came=Arrived(day, "paper"))
        events = given(UNDECIDED).when(came, at="2026-03-25 10:00").events()
        return NoReplyPutRight(day) in events

    assert [put_right(date(2026, 3, day)) for day in (20, 23, 24)] == [True, True, False]


def test_the_day_on_which_none_was_recorded_is_that_of_london_also_after_midnight_in_summer() -> None:
    late = PUT_TO_THE_COUNCIL + on(
        "2026-04-01 00:30",
        *given(PUT_TO_THE_COUNCIL).when(RecordNoReply(date(2026, 3, 31)), at="2026-04-01 00:30").events(),
    )
    came = replace(REPLY, came=Arrived(date(2026, 4, 1), "paper"))
    assert NoReplyPutRight(date(2026, 4, 1)) in given(late).when(came, at="2026-04-01 10:00").events()


def test_a_look_for_names_is_asked_for_at_its_field_and_a_phrase_is_shown_up_to_eighty_letters() -> None:
    unlooked = given(REPLIED).when(ReleaseReply(looked=False), at="2026-03-13 10:00")
    assert unlooked.then_refused("Please look for names").field == "looked"
    long = ReleaseReply(looked=True, hidden=said("x" * 90))
    nowhere = given(REPLIED).when(long, at="2026-03-13 10:00", waiting_reply="We rang Jo.")
    nowhere.then_refused(f"“{'x' * 80}” does not stand in the reply.")


def test_a_reply_does_not_name_a_hidden_raiser_until_that_is_taken_out_or_may_stay() -> None:
    known: dict[str, Any] = {
        "waiting_reply": "We rang Jo at Elmfield.",
        "raisers_words": frozenset({"elmfield"}),
    }

    def release(history: History, command: ReleaseReply) -> Any:
        return given(history).when(command, at="2026-03-13 10:00", **known)

    secret, looked = confidential(REPLIED), ReleaseReply(looked=True)
    refused = release(secret, looked).then_refused("These words could tell others who raised it: Elmfield.")
    assert refused.field == "hidden"
    release(secret, replace(looked, words_may_stay=True)).then_case()
    release(secret, replace(looked, hidden=said("at Elmfield"))).then_case()
    release(REPLIED, looked).then_case()  # who is open is named


# --- the decision -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "command", "words", "field"),
    [
        (RELEASED, Decide("perhaps"), "Please choose one of the answers.", "decision"),
        (RELEASED, Decide("stop"), "Please say whether the reply settles it, partly or not.", "decision"),
        (
            SILENT,
            Decide("settled"),
            "No reply has reached you yet, so please choose to go on, to wait or to close.",
            "decision",
        ),
        (
            IN_REVIEW,
            Decide("not"),
            "It goes on already. You can say that it is settled, or settled in part and enough.",
            "decision",
        ),
        (
            RELEASED,
            Decide("partly"),
            "Please say whether this is enough to close the case, or whether it is to go on.",
            "then",
        ),
        (RELEASED, Decide("settled", "go-on"), TWO_THINGS["settled"], "then"),
        (RELEASED, Decide("not", "close"), TWO_THINGS["not"], "then"),
        (SILENT, Decide("stop", "go-on"), TWO_THINGS["stop"], "then"),
        (IN_REVIEW, Decide("partly", "go-on"), "There is nothing left that it could go on to here.", "then"),
        (RECEIVED, Decide("settled"), "There is nothing to decide in this case at the moment.", ""),
        (CLOSED, Decide("settled"), "This case is closed, so there is nothing to decide any more.", ""),
        (AGREED, Decide("settled"), "Both sides have agreed on what settles everything", ""),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_can(
    history: History, command: Decide, words: str, field: str
) -> None:
    refused = given(history).when(command, at="2026-04-08 10:00").then_refused(words)
    assert (refused.field or "") == field


@pytest.mark.parametrize(
    ("history", "decision"),
    [
        (RELEASED, ("settled", "partly", "not")),
        (SILENT, ("not", "stop")),
        (IN_REVIEW, ("settled", "partly")),
        (RECEIVED, ()),
        (CLOSED, ()),
    ],
)
def test_what_can_be_said_is_offered(history: History, decision: tuple[str, ...]) -> None:
    found = act_of(Decide("settled")).choices(given(history).case, now("2026-04-08 10:00"))
    assert found == {"decision": decision}


def test_a_decision_to_go_on_opens_the_next_step_and_to_close_the_closing() -> None:
    opens = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
    for command, then in ((Decide("not"), "go-on"), (Decide("settled"), "close")):
        given(RELEASED).when(command, at="2026-03-16 12:00").then(
            RaiserDecided(command.decision, then, None, opens, None)
        )
    # what is said once more changes nothing
    given(SETTLED).when(Decide("settled"), at="2026-03-17 12:00").then()


def test_a_decision_of_a_paper_case_may_be_old_and_otherwise_may_not() -> None:
    came = Decide("settled", came=Arrived(date(2026, 3, 13), "paper"))
    on_paper = RELEASED + on("2026-03-13 10:00", KeptOnPaper(date(2026, 2, 3), date(2026, 2, 16)))
    decided, entered = given(on_paper).when(came, at="2026-05-20 12:00").events()
    assert isinstance(decided, RaiserDecided)
    assert entered == EnteredFromPaper("decision", date(2026, 3, 13))
    assert decided.came == Came(date(2026, 3, 13), "paper", in_time=True)
    given(RELEASED).when(came, at="2026-05-20 12:00").then_refused("That is long ago.")


# --- to wait ----------------------------------------------------------------------------------------------


def test_the_raiser_may_wait_from_tomorrow_to_the_tenth_working_day() -> None:
    def wait(until: date, at: str = "2026-03-24 10:00") -> Any:
        return given(SILENT).when(WaitForReply(until), at=at)

    wait(date(2026, 3, 25)).then(WaitChosen(Term(date(2026, 3, 24), 1, date(2026, 3, 25)), None))
    wait(date(2026, 4, 9)).then(WaitChosen(Term(date(2026, 3, 24), 10, date(2026, 4, 9)), None))
    wait(date(2026, 4, 5)).then(WaitChosen(Term(date(2026, 3, 24), 8, date(2026, 4, 7)), None))
    for day in (date(2026, 3, 24), date(2026, 4, 10)):
        refused = wait(day).then_refused("after today and not later than Thursday 9 April 2026.")
        assert refused.field == "until"
    wait(date(2026, 4, 2), "2026-04-02 00:30").then_refused("after today")  # still the 1st in UTC


def test_nobody_waits_twice_nor_for_a_reply_that_is_there() -> None:
    waits = SILENT + on("2026-03-24 10:00", WaitChosen(Term(date(2026, 3, 24), 1, date(2026, 3, 25)), None))
    again = given(waits).when(WaitForReply(date(2026, 4, 1)), at="2026-03-26 10:00")
    again.then_refused("The raiser has chosen to wait once already. Please choose to go on, or to close")
    there = given(RELEASED).when(WaitForReply(date(2026, 4, 1)), at="2026-03-26 10:00")
    there.then_refused("There is no reply to wait for in this case at the moment.")
    assert isinstance(REPLIED[-1][0], ReplySent)
