"""Who is told what of more time and of pauses, with which facts; and their edges by the day."""

from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.agreement import WriteAgreement, WrittenTerm
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.events.clocks import (
    Extended,
    ExtensionAnswered,
    ExtensionAsked,
    Paused,
    Resumed,
)
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime, RecordNoAnswer, can_be_extended
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, RELEASED, History, given, now, on, said
from tests.rules.test_review import NOTED

THIRD, PROCEEDINGS, BREAK = "waiting for a third party", "other proceedings", "agreed break"
FIVE = AskForTime(5, "", WHY[0], said("We are away."))
ALL = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)


def after(history: History, *acts: tuple[str, Any, Seat]) -> History:
    for at, command, seat in acts:
        history = history + on(at, *given(history).when(command, at=at, seat=seat).events())
    return history


EXTENDED = after(RELEASED, ("2026-03-27 22:00", FIVE, Seat.RAISER))  # from 27 March to 7 April, over Easter
ASKED = after(EXTENDED, ("2026-04-07 12:00", FIVE, Seat.RAISER))
TO_HER = after(ASKED, ("2026-04-08 10:00", AnswerTime(False), Seat.CHAMPION))
REFUSED = after(TO_HER, ("2026-04-09 10:00", AnswerTime(False), Seat.CHAIR))
GRANTED = after(ASKED, ("2026-04-08 10:00", AnswerTime(True), Seat.CHAMPION))
ASKED_AGAIN = after(GRANTED, ("2026-04-14 12:00", FIVE, Seat.RAISER))


# --- more time --------------------------------------------------------------------------------------------


def more(due: str, obligation: str = "decide") -> list[Notice]:
    facts = {"obligation": obligation, "due": due, "item": ""}
    return [Notice("extended", seat, facts, Rest.OWED, confirms=True) for seat in ALL]


def time_asked(seat: Seat, due: str, *, yours: bool = False, confirms: bool = False) -> Notice:
    facts = {"obligation": "extension-answer", "due": due, "yours": yours}
    return Notice("time-asked", seat, facts, Rest.OWED, confirms=confirms)


def test_the_new_date_is_told_to_all_whoever_asked() -> None:
    asked = given(RELEASED).when(FIVE, at="2026-03-27 22:00", seat=Seat.RAISER)
    asked.then_told(*more("2026-04-07"))


def test_a_further_request_goes_to_the_other_side_and_holds_the_clock_until_both_could_have_answered() -> (
    None
):
    asked = given(EXTENDED).when(FIVE, at="2026-04-07 12:00", seat=Seat.RAISER)
    assert FIVE.reason is not None
    reason, answer = FIVE.reason.sealed(), Term(date(2026, 4, 7), 3, date(2026, 4, 10))
    raiser, why = "raiser/named", "more time is asked for"
    held = (Held("decide", "", 2),)
    asked.then(
        ExtensionAsked(2, "decide", "", 5, raiser, "respondent/champion", WHY[0], reason, answer),
        Paused(1, why, raiser, raiser, date(2026, 4, 7), date(2026, 4, 20), held, "extension-answer"),
    )
    asked.then_told(
        time_asked(Seat.CHAMPION, "2026-04-10", yours=True),
        time_asked(Seat.RAISER, "2026-04-10", confirms=True),
        time_asked(Seat.OFFICER, "2026-04-10", confirms=True),
    )


def test_what_was_left_is_kept_where_that_is_more_than_two_days() -> None:
    (_, paused) = given(EXTENDED).when(FIVE, at="2026-03-30 12:00", seat=Seat.RAISER).events()
    assert isinstance(paused, Paused)
    assert paused.obligations == (Held("decide", "", 4),)  # 31 March, 1, 2 and 7 April


def test_a_yes_counts_from_the_old_date_and_is_told_to_all() -> None:
    going = Going("decide", "", Term(date(2026, 4, 8), 4, date(2026, 4, 14)))
    yes = given(ASKED).when(AnswerTime(True), at="2026-04-08 10:00", seat=Seat.CHAMPION)
    yes.then(
        ExtensionAnswered(2, True, "respondent/champion", None, None),
        Resumed(1, "more time was given", date(2026, 4, 8), (going,)),
    )
    yes.then_told(*more("2026-04-14"))


def test_the_latest_request_is_the_one_that_is_answered() -> None:
    going = Going("decide", "", Term(date(2026, 4, 15), 4, date(2026, 4, 21)))
    given(ASKED_AGAIN).when(AnswerTime(True), at="2026-04-15 10:00", seat=Seat.CHAMPION).then(
        ExtensionAnswered(3, True, "respondent/champion", None, None),
        Resumed(2, "more time was given", date(2026, 4, 15), (going,)),
    )
    no = ExtensionAnswered(
        3, False, "respondent/champion", "office/chair", Term(date(2026, 4, 15), 3, date(2026, 4, 20))
    )
    given(ASKED_AGAIN).when(AnswerTime(False), at="2026-04-15 10:00", seat=Seat.CHAMPION).then(no)
    over = given(ASKED_AGAIN).when(EndPause(2), at="2026-04-28 08:00", seat=Seat.SYSTEM).events()
    assert over == [
        ExtensionAnswered(3, False, "respondent/champion", None, None),
        Resumed(
            2,
            "no more time was given",
            date(2026, 4, 28),
            (Going("decide", "", Term(date(2026, 4, 28), 2, date(2026, 4, 30))),),
        ),
    ]


@pytest.mark.parametrize(
    ("command", "at", "seat", "start", "due"),
    [
        (AnswerTime(False), "2026-04-08 10:00", Seat.CHAMPION, date(2026, 4, 8), date(2026, 4, 13)),
        (
            RecordNoAnswer(date(2026, 4, 13)),
            "2026-04-13 08:00",
            Seat.SYSTEM,
            date(2026, 4, 13),
            date(2026, 4, 16),
        ),
    ],
)
def test_after_a_no_and_after_silence_the_board_chair_is_asked_and_the_others_know(
    command: Any, at: str, seat: Seat, start: date, due: date
) -> None:
    no = given(ASKED).when(command, at=at, seat=seat)
    no.then(ExtensionAnswered(2, False, "respondent/champion", "office/chair", Term(start, 3, due)))
    no.then_told(
        time_asked(Seat.CHAIR, due.isoformat(), yours=True),
        *(time_asked(one, due.isoformat()) for one in ALL),
    )


def test_her_no_is_told_to_all_and_two_working_days_remain() -> None:
    no = given(TO_HER).when(AnswerTime(False), at="2026-04-09 10:00", seat=Seat.CHAIR)
    going = Going("decide", "", Term(date(2026, 4, 9), 2, date(2026, 4, 13)))
    no.then(
        ExtensionAnswered(2, False, "office/chair", None, None),
        Resumed(1, "no more time was given", date(2026, 4, 9), (going,)),
    )
    facts = {"obligation": "decide", "due": "2026-04-13", "item": ""}
    no.then_told(*(Notice("time-refused", seat, facts, Rest.OWED, confirms=True) for seat in ALL))


def test_a_request_is_answered_by_whom_it_was_put_to_or_for_them_by_an_officer() -> None:
    theirs = given(ASKED).when(AnswerTime(True), at="2026-04-08 10:00", seat=Seat.RAISER)
    theirs.then_refused("This request for more time is for somebody else to answer.")
    for seat in (Seat.CHAMPION, Seat.SENIOR_LEAD, Seat.OFFICER):
        given(ASKED).when(AnswerTime(True), at="2026-04-08 10:00", seat=seat).then_case()


def test_silence_is_no_answer_only_after_the_last_day_for_one() -> None:
    silence = RecordNoAnswer(date(2026, 4, 10))
    early = given(ASKED).when(silence, at="2026-04-10 23:00", seat=Seat.SYSTEM)
    refused = early.then_refused("There is still time to answer this request.")
    assert isinstance(refused, NotYet)
    assert refused.until == date(2026, 4, 10)


WRITE = WriteAgreement(
    (WrittenTerm("respondent", said("Six weeks."), date(2026, 5, 6), said("It is on the site.")),), True
)


def test_more_time_is_for_what_is_due_first_unless_another_is_named() -> None:
    def asked(history: History, obligation: str) -> str:
        command = AskForTime(5, obligation, WHY[0], said())
        (event,) = given(history).when(command, at="2026-03-26 12:00", seat=Seat.RAISER).events()
        assert isinstance(event, Extended)
        return f"{event.obligation} {event.item}".strip()

    # the raiser is to decide by 27 March
    answer_later = after(RELEASED, ("2026-03-26 10:00", WRITE, Seat.OFFICER))  # by 2 April
    assert (asked(answer_later, ""), asked(answer_later, "agree raiser")) == ("decide", "agree raiser")
    answer_first = after(RELEASED, ("2026-03-19 10:00", WRITE, Seat.OFFICER))  # by 26 March
    assert (asked(answer_first, ""), asked(answer_first, "decide")) == ("agree raiser", "decide")


def test_a_no_to_one_limit_is_none_to_another() -> None:
    twice = (("2026-04-09 11:00", WRITE, Seat.OFFICER), ("2026-04-09 12:00", WRITE, Seat.OFFICER))
    case = given(after(REFUSED, *twice)).case
    found = can_be_extended(case, now("2026-04-09 13:00", seat=Seat.RAISER))
    assert [one.name for one in found] == ["agree"]


def test_the_limit_that_is_held_goes_on_and_no_other() -> None:
    answer = AskForTime(5, "agree raiser", WHY[0], said())
    asked = after(
        RELEASED,
        ("2026-03-19 10:00", WRITE, Seat.OFFICER),
        ("2026-03-26 12:00", answer, Seat.RAISER),
        ("2026-03-26 13:00", answer, Seat.RAISER),
        ("2026-03-26 14:00", AnswerTime(True), Seat.CHAMPION),
    )
    case = given(asked).case
    agree, decide = case.owed("agree", "raiser"), case.owed("decide")
    assert agree is not None
    assert decide is not None
    assert (agree.due, decide.due) == (date(2026, 4, 13), date(2026, 3, 27))


def test_from_one_working_day_to_ten_may_be_asked_for_and_in_a_review_to_twenty() -> None:
    def ask(days: int, history: History, at: str, seat: Seat) -> Any:
        return given(history).when(AskForTime(days, "", WHY[0], said()), at=at, seat=seat)

    for days in (1, 10):
        ask(days, RELEASED, "2026-03-27 12:00", Seat.RAISER).then_case()
    for days in (1, 20):
        ask(days, NOTED, "2026-04-22 12:00", Seat.RAISERS_LEAD).then_case()
    ask(21, NOTED, "2026-04-22 12:00", Seat.RAISERS_LEAD).then_refused("working days from 1 to 20.")


def test_a_closed_case_has_no_more_time() -> None:
    given(CLOSED).when(FIVE, at="2026-03-19 12:00", seat=Seat.RAISER).then_refused("This case is closed")
    assert can_be_extended(given(CLOSED).case, now("2026-03-19 12:00", seat=Seat.RAISER)) == []


# --- pauses -----------------------------------------------------------------------------------------------


def test_a_pause_is_told_to_all_with_its_reason_and_its_end() -> None:
    facts = {"obligation": "reply", "due": "2026-03-23", "item": "", "why": THIRD}
    given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD), at="2026-03-09 10:00").then_told(
        *(Notice("paused", seat, facts, Rest.PAUSED) for seat in ALL)
    )


def test_that_it_runs_again_is_told_to_all_with_the_new_date() -> None:
    paused = after(PUT_TO_THE_COUNCIL, ("2026-03-09 16:30", PauseClocks(THIRD), Seat.OFFICER))
    facts = {"obligation": "reply", "due": "2026-03-27", "item": ""}
    given(paused).when(ResumeClocks(), at="2026-03-20 10:00").then_told(
        *(Notice("resumed", seat, facts, Rest.OWED) for seat in ALL)
    )


def test_an_agreed_break_keeps_who_asked_and_that_both_agree() -> None:
    command = PauseClocks(BREAK, "raiser", agreed=True)
    held, ends = (Held("reply", "", 5),), date(2026, 3, 23)
    raiser, officer = "raiser/named", "office/officer"
    given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00").then(
        Paused(1, BREAK, raiser, officer, date(2026, 3, 9), ends, held, None, agreed=True)
    )


def test_a_renewed_pause_says_so_of_the_one_before() -> None:
    paused = after(PUT_TO_THE_COUNCIL, ("2026-03-09 10:00", PauseClocks(PROCEEDINGS), Seat.OFFICER))
    (resumed, _) = given(paused).when(PauseClocks(PROCEEDINGS), at="2026-04-07 10:00").events()
    assert isinstance(resumed, Resumed)
    assert resumed.because == "renewed"


@pytest.mark.parametrize(
    ("command", "at"),
    [
        (PauseClocks(THIRD, on=date(2026, 3, 2)), "2026-03-03 10:00"),  # the limit began on that day
        (PauseClocks(THIRD, on=date(2026, 3, 9)), "2026-03-10 10:00"),  # a reminder went on that day
        (PauseClocks(THIRD, ends=date(2026, 3, 23)), "2026-03-09 10:00"),  # the tenth working day
        (PauseClocks(THIRD, ends=date(2026, 3, 10)), "2026-03-09 10:00"),  # the next day
    ],
)
def test_the_edges_of_a_pause_are_within_it(command: PauseClocks, at: str) -> None:
    given(PUT_TO_THE_COUNCIL).when(command, at=at).then_case()


def test_the_end_of_a_question_is_nobodys_to_give() -> None:
    given(ASKED).when(ResumeClocks(), at="2026-04-08 10:00").then_refused("No pause of this case is there")


def test_which_reasons_there_are_to_pause_for() -> None:
    act = act_of(PauseClocks(THIRD))

    def found(history: History, at: str) -> Any:
        return act.choices(given(history).case, now(at))

    every = ("waiting for the raiser", THIRD, PROCEEDINGS, BREAK, "adjustment")
    assert found(PUT_TO_THE_COUNCIL, "2026-03-16 22:00") == {"reason": every}
    assert found(PUT_TO_THE_COUNCIL, "2026-03-17 10:00") == {"reason": (PROCEEDINGS, "adjustment")}
    assert found(CLOSED, "2026-03-19 10:00") == {"reason": ()}


def test_what_cannot_be_paused_is_quoted_up_to_sixty_letters() -> None:
    wrong = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, only=("x" * 70,)), at="2026-03-09 10:00")
    wrong.then_refused(f"“{'x' * 60}” cannot be paused here now.")


def test_the_twenty_days_without_a_board_chair_are_said_in_full() -> None:
    used = after(
        PUT_TO_THE_COUNCIL,
        ("2026-03-03 10:00", PauseClocks(THIRD), Seat.OFFICER),
        ("2026-03-18 00:01", EndPause(1), Seat.SYSTEM),
        ("2026-03-18 10:00", PauseClocks(THIRD, ends=date(2026, 3, 30)), Seat.OFFICER),
        ("2026-03-31 00:01", EndPause(2), Seat.SYSTEM),
    )
    alone = given(used).when(PauseClocks(THIRD), at="2026-03-31 10:00", has_chair=False)
    alone.then_refused(
        "After twenty working days of pauses, and without a board chair, both sides have to agree. "
        "Please tick that they do."
    )


def test_a_group_gives_no_reason_the_first_time_and_one_from_the_second_on() -> None:
    group: dict[str, Any] = {"seat": Seat.RAISER, "small_sides": frozenset({Side.RAISER})}
    first = given(RELEASED).when(AskForTime(5), at="2026-03-27 12:00", **group)
    history = RELEASED + on("2026-03-27 12:00", *first.events())
    again = given(history).when(AskForTime(5), at="2026-04-07 12:00", **group)
    assert again.then_refused("Please choose a reason.").field == "because"
    unsaid = given(history).when(AskForTime(5, "", WHY[0]), at="2026-04-07 12:00", **group)
    refused = unsaid.then_refused("Please give the reason in a sentence. Only the Compact officers read it.")
    assert refused.field == "reason"


def test_a_respondents_further_request_goes_to_the_raiser() -> None:
    extended = after(PUT_TO_THE_COUNCIL, ("2026-03-16 12:00", FIVE, Seat.CHAMPION))
    (asked, _) = given(extended).when(FIVE, at="2026-03-23 12:00", seat=Seat.CHAMPION).events()
    assert isinstance(asked, ExtensionAsked)
    assert (asked.asked_by, asked.to) == ("respondent/champion", "raiser/named")


def test_a_pause_for_another_reason_leaves_one_that_runs_as_it_is() -> None:
    lying = after(RELEASED, ("2026-03-19 10:00", WRITE, Seat.OFFICER))
    waits = PauseClocks(THIRD, only=("decide",))
    one = after(lying, ("2026-03-19 11:00", waits, Seat.OFFICER))
    (paused,) = given(one).when(PauseClocks(PROCEEDINGS), at="2026-03-19 12:00").events()
    assert isinstance(paused, Paused)
    assert [each.name for each in paused.obligations] == ["agree", "agree"]
