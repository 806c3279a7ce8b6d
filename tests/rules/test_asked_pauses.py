"""A pause that needs the board chair: an officer asks her, she says yes or no, and silence is no."""

from datetime import date

from compact_cases.rules.acts import notices_after
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause, RecordNoPause
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.events.board import PauseAnswered, PauseAsked
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import THIRD_PARTY
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Held, Term
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, History, given, now, on

# put to the council on Monday 2 March 2026; two pauses of ten working days, the second over on 9 April
AT = "2026-04-10 10:00"
ASKED = PauseAsked(THIRD_PARTY, "office/officer", 5, False, Term(date(2026, 4, 10), 3, date(2026, 4, 15)))


def had_its_share() -> History:
    history = PUT_TO_THE_COUNCIL
    for begins, number, over in (
        ("2026-03-09 10:00", 1, "2026-03-24 00:01"),
        ("2026-03-24 10:00", 2, "2026-04-10 00:01"),
    ):
        history = history + on(begins, *given(history).when(PauseClocks(THIRD_PARTY), at=begins).events())
        history = history + on(over, *given(history).when(EndPause(number), at=over).events())
    return history


SHARE = had_its_share()
WAITING: History = SHARE + on(AT, ASKED)


def test_the_chair_is_asked_and_has_three_working_days() -> None:
    case = given(SHARE).when(AskForPause(THIRD_PARTY, 5), at=AT).then(ASKED)
    owed = case.owed("pause-answer")
    assert owed is not None
    assert (owed.owner, owed.to, owed.due) == (Seat.CHAIR, Seat.OFFICER, date(2026, 4, 15))
    told = [(one.name, one.to) for one in notices_after(ASKED, case)]
    assert told == [("pause-asked", Seat.CHAIR)]
    reply = case.owed("reply")
    assert reply is not None
    assert reply.due, "the clocks run until she has answered"


def test_she_grants_it_and_it_begins_that_day() -> None:
    case = (
        given(WAITING)
        .when(AnswerPause(True), at="2026-04-10 15:00", seat=Seat.CHAIR)
        .then(
            PauseAnswered(True, "office/chair"),
            Paused(
                3,
                THIRD_PARTY,
                "office/officer",
                "office/chair",
                date(2026, 4, 10),
                date(2026, 4, 17),
                (Held("reply", "", 3),),
                None,
            ),
        )
    )
    assert case.owed("pause-answer") is None


def test_on_her_own_page_of_pauses_she_answers_it_too() -> None:
    case = given(WAITING).when(PauseClocks(THIRD_PARTY), at="2026-04-10 15:00", seat=Seat.CHAIR).then_case()
    assert case.owed("pause-answer") is None
    assert case.board.pause is None


def test_no_and_silence_leave_the_dates_as_they_are() -> None:
    for command, at, by in (
        (AnswerPause(False), "2026-04-10 15:00", Seat.CHAIR),
        (RecordNoPause(date(2026, 4, 16)), "2026-04-16 08:00", Seat.SYSTEM),
    ):
        event = PauseAnswered(False, by.value)
        case = given(WAITING).when(command, at=at, seat=by).then(event)
        assert not any(one.is_paused for one in case.open_obligations)
        (notice,) = notices_after(event, case)
        assert (notice.name, notice.to, notice.facts) == (
            "pause-refused",
            Seat.OFFICER,
            {"silent": by is Seat.SYSTEM},
        )
    early = given(WAITING).when(RecordNoPause(date(2026, 4, 15)), at="2026-04-15 22:00", seat=Seat.SYSTEM)
    early.then_refused("still time to answer")


def test_what_can_go_wrong_is_said_at_its_field() -> None:
    for command, field, words in (
        (AskForPause("other proceedings", 5), "reason", "one of the reasons"),
        (AskForPause(THIRD_PARTY, 11), "days", "from 1 to 10"),
        (AskForPause(THIRD_PARTY, 0), "days", "from 1 to 10"),
        (AskForPause(THIRD_PARTY, 5, "somebody"), "asked_by", "who asks"),
        (AskForPause(THIRD_PARTY, 5, "champion"), "asked_by", "cannot pause its own clock"),
        (AskForPause("agreed break", 5), "agreed", "both sides agree"),
    ):
        assert given(SHARE).when(command, at=AT).then_refused(words).field == field


def test_when_she_is_not_asked() -> None:
    asks = AskForPause(THIRD_PARTY, 5)
    given(PUT_TO_THE_COUNCIL).when(asks, at="2026-03-09 10:00").then_refused("without asking")
    given(SHARE).when(asks, at=AT, has_chair=False).then_refused("There is no board chair")
    given(WAITING).when(asks, at=AT).then_refused("has not answered yet")
    given(CLOSED).when(asks, at=AT).then_refused("closed")
    given(SHARE).when(AnswerPause(True), at=AT, seat=Seat.CHAIR).then_refused("No request for a pause")


def test_both_who_are_asked_about_time_are_reminded_before_silence_counts() -> None:
    book = now(AT).rulebook
    for name in ("extension-answer", "pause-answer"):
        days = [(step.kind.value, day) for step, day in book.step_days(name, date(2026, 4, 14))]
        assert days[:2] == [("reminder", date(2026, 4, 13)), ("reminder", date(2026, 4, 14))]
