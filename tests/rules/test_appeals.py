"""An appeal against the answer that a case stays closed: by who asked, once, in time, to somebody else."""

from datetime import date

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appeals import AnswerAppeal, AppealRefusal
from compact_cases.rules.events.board import AppealAnswered, ReopeningAppealed
from compact_cases.rules.events.handling import ConflictDeclared
from compact_cases.rules.events.reopening import ReopeningAsked, ReopeningDeclined
from compact_cases.rules.reopening import ERROR, AskToReopen, DeclineReopening, Reopen, RespondentAsksToReopen
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import CLOSED, OFFICER, OTHER_OFFICER, History, given, on, said, sealed
from tests.rules.test_reopening import ANSWERED, ASKED

WHY, STAGE = "the answer does not say why", "raiser-decides"
DECLINED: History = ASKED + on(ANSWERED, ReopeningDeclined("raiser", sealed(), OFFICER))
AT = "2026-04-21 10:00"
BY = Term(date(2026, 4, 21), 5, date(2026, 4, 28))
APPEALED = ReopeningAppealed("raiser", WHY, STAGE, "office/chair", BY)
WAITING: History = DECLINED + on(AT, APPEALED)
UPHELD = AppealAnswered(
    True, "the answer was too short", "office/chair", Term(date(2026, 4, 22), 5, date(2026, 4, 29))
)
CHAIR = {"seat": Seat.CHAIR}
ASKS = AppealRefusal(WHY, STAGE)


def test_who_asked_turns_to_the_board_chair() -> None:
    case = given(DECLINED).when(ASKS, at=AT, seat=Seat.RAISER).then(APPEALED)
    (owed,) = case.open_obligations
    assert (owed.name, owed.owner, owed.to) == ("appeal", Seat.CHAIR, Seat.RAISER)
    assert case.is_closed
    told = [(one.name, one.to, one.confirms) for one in notices_after(APPEALED, case)]
    assert told == [("appeal-asked", Seat.CHAIR, False), ("appeal-asked", Seat.RAISER, True)]


def test_upheld_an_officer_opens_it_at_the_stage_that_was_asked_for_and_cannot_say_no_again() -> None:
    answers = AnswerAppeal(OTHER_OFFICER, True, UPHELD.because)
    case = given(WAITING).when(answers, at="2026-04-22 10:00", **CHAIR).then(UPHELD)
    owed = case.owed("reopen")
    assert owed is not None
    assert owed.due == date(2026, 4, 29)
    told = [(one.name, one.to) for one in notices_after(UPHELD, case)]
    assert told == [("appeal-answered", Seat.RAISER), ("appeal-answered", Seat.OFFICER)]
    upheld = WAITING + on("2026-04-22 10:00", UPHELD)
    no = DeclineReopening(OTHER_OFFICER, said())
    given(upheld).when(no, at="2026-04-23 10:00").then_refused("An appeal was upheld")
    elsewhere = Reopen(OTHER_OFFICER, "early-resolution", said(), said())
    assert given(upheld).when(elsewhere, at="2026-04-23 10:00").then_refused("where").field == "stage"
    opened = given(upheld).when(Reopen(OTHER_OFFICER, STAGE, said()), at="2026-04-23 10:00").then_case()
    assert not opened.is_closed
    assert opened.owed("decide")


def test_the_answer_stands_and_that_is_the_end_of_it() -> None:
    stands = AppealAnswered(False, "the answer says why", "office/chair", None)
    answers = AnswerAppeal(OTHER_OFFICER, False, stands.because)
    case = given(WAITING).when(answers, at="2026-04-22 10:00", **CHAIR).then(stands)
    assert case.is_closed
    assert not case.open_obligations
    done = WAITING + on("2026-04-22 10:00", stands)
    given(done).when(ASKS, at="2026-04-23 10:00", seat=Seat.RAISER).then_refused("once")


def test_nobody_with_a_conflict_of_interest_hears_it() -> None:
    """The board chair handled the case, as every officer has a conflict: there is nobody above her."""
    barred = on("2026-04-20 09:00", ConflictDeclared(OTHER_OFFICER, sealed()))
    declined = ASKED + barred + on(ANSWERED, ReopeningDeclined("raiser", sealed(), OFFICER))
    asked = given(declined).when(ASKS, at=AT, seat=Seat.RAISER, has_chair=False)
    asked.then_refused("nobody here who could look at this again")


def test_within_ten_working_days_of_the_answer() -> None:
    """Answered on Monday 20 April 2026; 4 May is a holiday."""
    given(DECLINED).when(ASKS, at="2026-05-05 22:50", seat=Seat.RAISER).then_case()
    late = given(DECLINED).when(ASKS, at="2026-05-06 09:00", seat=Seat.RAISER)
    late.then_refused("over on Tuesday 5 May 2026")


def test_only_after_a_no_and_only_of_the_side_that_had_asked() -> None:
    given(CLOSED).when(ASKS, at=AT).then_refused("has been declined")
    given(ASKED).when(ASKS, at=AT).then_refused("has been declined")
    given(DECLINED).when(ASKS, at=AT, seat=Seat.CHAMPION).then_refused("The other side had asked")
    given(WAITING).when(ASKS, at=AT).then_refused("once")


def test_while_it_is_looked_at_nobody_else_asks_to_open_the_case() -> None:
    asks = RespondentAsksToReopen(ERROR, said("We never promised it."))
    given(DECLINED).when(asks, at=ANSWERED).then_refused("over on Friday 17 April")
    early: History = CLOSED + on("2026-03-23 10:00", ReopeningAsked("raiser", ERROR, sealed(), BY))
    early += on("2026-03-24 10:00", ReopeningDeclined("raiser", sealed(), OFFICER))
    early += on("2026-03-24 12:00", APPEALED)
    given(early).when(asks, at="2026-03-25 10:00").then_refused("appealed")
    given(early).when(AskToReopen(ERROR, said()), at="2026-03-25 10:00").then_refused("appealed")


def test_without_a_board_chair_another_officer_looks_at_it_and_where_there_is_none_it_is_said() -> None:
    case = given(DECLINED).when(ASKS, at=AT, has_chair=False).then_case()
    (owed,) = case.open_obligations
    assert owed.owner is Seat.CO_OFFICER
    alone = given(DECLINED).when(ASKS, at=AT, has_chair=False, officers=frozenset({OFFICER}))
    alone.then_refused("no board chair, and no other officer")
    hers = given(DECLINED).when(ASKS, at=AT, chair=OFFICER).then_case()
    assert hers.open_obligations[0].owner is Seat.CO_OFFICER, "the answer was the board chair's own"
    with_officer = DECLINED + on(AT, ReopeningAppealed("raiser", WHY, STAGE, "office/co-officer", BY))
    same = AnswerAppeal(OFFICER, False, "the answer says why")
    given(with_officer).when(same, at=AT).then_refused("You gave the answer")
    given(with_officer).when(same, at=AT, **CHAIR).then_refused("somebody else to answer")
    given(WAITING).when(same, at=AT).then_refused("somebody else to answer")


def test_a_reason_from_the_lists_and_a_stage_that_there_is() -> None:
    for command, field in (
        (AppealRefusal("no", STAGE), "because"),
        (AppealRefusal(WHY, "received"), "stage"),
    ):
        given(DECLINED).when(command, at=AT).then_refused("Please choose")
        assert given(DECLINED).when(command, at=AT).then_refused("").field == field
    for upheld, because in ((True, "the answer says why"), (False, "the answer was too short"), (True, "")):
        wrong = given(WAITING).when(AnswerAppeal(OTHER_OFFICER, upheld, because), at=AT, **CHAIR)
        assert wrong.then_refused("goes with your answer").field == "because"
