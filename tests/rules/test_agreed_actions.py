"""Agreed actions and check-ins: done, confirmed, disputed, waived, not kept; on after closing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after, offers
from compact_cases.rules.agreed_actions import (
    ConfirmAction,
    DisputeAction,
    RecordNotDisputed,
    RecordNotKept,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.case import Case
from compact_cases.rules.check_ins import AnswerCheckIn, PassCheckIn
from compact_cases.rules.events.agreement import (
    ActionConfirmed,
    ActionDisputed,
    ActionDone,
    ActionNotDisputed,
    ActionNotKept,
    ActionWaived,
    ActionWordsReleased,
    CheckInAnswered,
    CheckInPassed,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED,
    CLOSED_WITH_ACTIONS,
    SETTLED,
    confidential,
    given,
    now,
    on,
    rulebook,
    said,
    sealed,
)

RELEASE = Term(date(2026, 5, 5), 2, date(2026, 5, 7))
CONFIRM = Term(date(2026, 5, 6), 10, date(2026, 5, 20))
AGAIN = Term(date(2026, 5, 8), 10, date(2026, 5, 22))
DONE = CLOSED_WITH_ACTIONS + on("2026-05-05 10:00", ActionDone(1, "respondent", sealed(), RELEASE))
TO_CONFIRM = DONE + on("2026-05-06 10:00", ActionWordsReleased(1, None, CONFIRM, None))
DISPUTED = TO_CONFIRM + on("2026-05-07 10:00", ActionDisputed(1, "raiser", sealed(), RELEASE))
OWED_AGAIN = DISPUTED + on("2026-05-08 10:00", ActionWordsReleased(1, None, None, AGAIN))
DONE_AGAIN = (
    OWED_AGAIN
    + on("2026-05-12 10:00", ActionDone(1, "respondent", sealed(), RELEASE))
    + on("2026-05-13 10:00", ActionWordsReleased(1, None, CONFIRM, None))
)
NOT_KEPT = CLOSED_WITH_ACTIONS + on(
    "2026-05-20 08:00", ActionNotKept(1, "its date has passed", date(2026, 5, 20))
)
SAY_DONE, DISPUTE = SayActionDone("1", said("It is on the site.")), DisputeAction("1", said("It is not."))
LOOKED = ReleaseActionWords("1", looked=True)


def state(case: Case) -> str:
    return case.agreement.actions[0].state


def owed(case: Case) -> list[tuple[str, Seat, date | None]]:
    return [(one.name, one.owner, one.due) for one in case.course.to_do if one.item == "1"]


# --- done -------------------------------------------------------------------------------------------------


def test_an_action_is_owed_to_the_other_side_on_its_own_date_though_the_case_is_closed() -> None:
    case = given(CLOSED_WITH_ACTIONS).case
    first, second = case.course.to_do
    assert (first.owner, first.to, first.due) == (Seat.CHAMPION, Seat.RAISER, date(2026, 5, 6))
    assert (second.owner, second.to, second.due) == (Seat.RAISER, Seat.CHAMPION, date(2026, 4, 20))
    steps = rulebook().step_days("action", date(2026, 5, 6))
    assert [(step.key, day) for step, day in steps] == [
        ("-10-reminder-owner", date(2026, 4, 21)),
        ("-2-reminder-owner", date(2026, 5, 1)),
        ("+0-reminder-owner", date(2026, 5, 6)),
        ("+1-nudge-owner", date(2026, 5, 7)),
        ("+5-escalation-owner-senior-lead", date(2026, 5, 13)),
        ("+10-effect-not-kept", date(2026, 5, 20)),
    ]


def test_its_owner_says_that_it_is_done_and_an_officer_reads_it_before_the_other_side() -> None:
    after = given(CLOSED_WITH_ACTIONS).when(SAY_DONE, at="2026-05-05 10:00", seat=Seat.CHAMPION).then_case()
    assert owed(after) == [("action-release", Seat.OFFICER, date(2026, 5, 7))]
    released = given(DONE).when(LOOKED, at="2026-05-06 10:00").then_case()
    assert owed(released) == [("confirm", Seat.RAISER, date(2026, 5, 20))]
    (event,) = given(DONE).when(LOOKED, at="2026-05-06 10:00").events()
    (told,) = notices_after(event, released)
    assert (told.name, told.to) == ("action-to-confirm", Seat.RAISER)


def test_done_on_the_last_evening_is_done() -> None:
    given(CLOSED_WITH_ACTIONS).when(SAY_DONE, at="2026-05-06 22:45", seat=Seat.CHAMPION).then_case()


@pytest.mark.parametrize(
    ("history", "seat"),
    [(DONE, Seat.CHAMPION), (TO_CONFIRM, Seat.CHAMPION), (SETTLED, Seat.CHAMPION), (DISPUTED, Seat.CHAMPION)],
)
def test_what_is_said_to_be_done_is_not_said_twice(history: Any, seat: Seat) -> None:
    given(history).when(SAY_DONE, at="2026-05-07 12:00", seat=seat).then_refused("no agreed action")


def test_a_side_says_it_of_its_own_actions_alone() -> None:
    theirs = given(CLOSED_WITH_ACTIONS).when(SAY_DONE, at="2026-04-01 10:00", seat=Seat.RAISER)
    assert theirs.then_refused("which of the agreed actions").field == "item"
    given(CLOSED_WITH_ACTIONS).when(SAY_DONE, at="2026-04-01 10:00", seat=Seat.OFFICER).then_case()


# --- read by an officer -----------------------------------------------------------------------------------


def test_words_about_an_action_are_looked_through_and_phrases_taken_out() -> None:
    unlooked = given(DONE).when(ReleaseActionWords("1", looked=False), at="2026-05-06 10:00")
    assert unlooked.then_refused("look for names").field == "looked"
    waiting = {"action_words": {"1": "We rang Jo at Elmfield."}}
    nowhere = given(DONE).when(
        ReleaseActionWords("1", looked=True, hidden=said("Sue")), at="2026-05-06 10:00", **waiting
    )
    assert nowhere.then_refused("does not stand in it").field == "hidden"
    taken = ReleaseActionWords("1", looked=True, hidden=said("jo AT elmfield"))
    given(DONE).when(taken, at="2026-05-06 10:00", **waiting).then_case()


def test_a_hidden_raiser_is_not_named_in_them() -> None:
    hidden = confidential(DONE)
    known: dict[str, Any] = {
        "action_words": {"1": "We rang Jo at Elmfield."},
        "raisers_words": frozenset({"elmfield"}),
    }
    refused = given(hidden).when(LOOKED, at="2026-05-06 10:00", **known).then_refused("Elmfield")
    assert refused.field == "hidden"
    given(hidden).when(replace(LOOKED, words_may_stay=True), at="2026-05-06 10:00", **known).then_case()
    without = replace(LOOKED, hidden=said("at Elmfield"))
    given(hidden).when(without, at="2026-05-06 10:00", **known).then_case()


@pytest.mark.parametrize("history", [CLOSED_WITH_ACTIONS, TO_CONFIRM, OWED_AGAIN, NOT_KEPT])
def test_there_is_nothing_to_read_where_nothing_waits(history: Any) -> None:
    given(history).when(LOOKED, at="2026-05-21 10:00").then_refused("Nothing about an agreed action")


# --- the other side ---------------------------------------------------------------------------------------


def test_the_other_side_confirms() -> None:
    outcome = given(TO_CONFIRM).when(ConfirmAction("1"), at="2026-05-07 10:00", seat=Seat.RAISER)
    after = outcome.then(ActionConfirmed(1, "raiser"))
    assert (state(after), owed(after)) == ("confirmed", [])
    (told,) = notices_after(outcome.events()[0], after)
    assert (told.name, told.to) == ("action-settled", Seat.CHAMPION)


@pytest.mark.parametrize("history", [CLOSED_WITH_ACTIONS, DONE, DISPUTED, NOT_KEPT])
def test_the_other_side_may_confirm_what_it_sees_done_whatever_was_said(history: Any) -> None:
    after = given(history).when(ConfirmAction("1"), at="2026-05-21 10:00", seat=Seat.RAISER).then_case()
    assert owed(after) == []


def test_nobody_confirms_disputes_or_waives_an_action_of_their_own() -> None:
    for command in (ConfirmAction("1"), DISPUTE, WaiveAction("1", sure=True)):
        refused = given(TO_CONFIRM).when(command, at="2026-05-07 10:00", seat=Seat.CHAMPION)
        assert refused.then_refused("").sentence
    dispute = given(TO_CONFIRM).when(DISPUTE, at="2026-05-07 10:00", seat=Seat.CHAMPION)
    dispute.then_refused("Only the side to which an action is owed")


def test_silence_means_not_disputed() -> None:
    command = RecordNotDisputed(date(2026, 5, 21), "1")
    after = (
        given(TO_CONFIRM).when(command, at="2026-05-21 08:00").then(ActionNotDisputed(1, date(2026, 5, 21)))
    )
    assert (state(after), owed(after)) == ("not-disputed", [])
    given(DISPUTED).when(command, at="2026-05-21 08:00").then_refused("does not wait to be confirmed")


def test_a_first_dispute_returns_the_action_for_ten_days_once_its_reason_is_released() -> None:
    outcome = given(TO_CONFIRM).when(DISPUTE, at="2026-05-07 10:00", seat=Seat.RAISER)
    assert owed(outcome.then_case()) == [("action-release", Seat.OFFICER, date(2026, 5, 11))]
    after = given(DISPUTED).when(LOOKED, at="2026-05-08 10:00").then_case()
    assert owed(after) == [("action", Seat.CHAMPION, date(2026, 5, 22))]
    (event,) = given(DISPUTED).when(LOOKED, at="2026-05-08 10:00").events()
    (told,) = notices_after(event, after)
    assert (told.name, told.to) == ("action-again", Seat.CHAMPION)


def test_a_second_dispute_is_not_kept_and_everybody_hears() -> None:
    outcome = given(DONE_AGAIN).when(DISPUTE, at="2026-05-14 10:00", seat=Seat.RAISER)
    after = outcome.then_case()
    assert after.agreement.not_kept == (1,)
    assert owed(after) == [("action-release", Seat.OFFICER, date(2026, 5, 18))]  # its reason is passed on
    not_kept = outcome.events()[-1]
    assert isinstance(not_kept, ActionNotKept)
    told = {one.to for one in notices_after(not_kept, after)}
    assert told == {Seat.RAISER, Seat.CHAMPION, Seat.OFFICER}


def test_only_what_is_said_to_be_done_can_be_disputed() -> None:
    for history in (CLOSED_WITH_ACTIONS, DONE, OWED_AGAIN, NOT_KEPT):
        given(history).when(DISPUTE, at="2026-05-21 10:00", seat=Seat.RAISER).then_refused("said to be done")
    other = given(TO_CONFIRM).when(DisputeAction("2", said()), at="2026-05-07 10:00", seat=Seat.RAISER)
    assert other.then_refused("which of the agreed actions").field == "item"


def test_the_other_side_alone_waives() -> None:
    waive = WaiveAction("1", sure=True)
    after = given(CLOSED_WITH_ACTIONS).when(waive, at="2026-04-01 10:00", seat=Seat.RAISER).then_case()
    assert (state(after), owed(after)) == ("waived", [])
    unsure = given(CLOSED_WITH_ACTIONS).when(WaiveAction("1", sure=False), at="2026-04-01 10:00")
    assert unsure.then_refused("confirm").field == "sure"
    gone = CLOSED_WITH_ACTIONS + on("2026-04-01 10:00", ActionWaived(1, "raiser"))
    again = given(gone).when(waive, at="2026-04-02 10:00", seat=Seat.RAISER)
    again.then_refused("no agreed action here that is owed")


def test_an_action_unheard_of_for_ten_days_is_not_kept_and_may_still_be_done_late() -> None:
    command = RecordNotKept(date(2026, 5, 20), "1")
    after = given(CLOSED_WITH_ACTIONS).when(command, at="2026-05-20 08:00").then(NOT_KEPT[-1][0])
    assert (after.agreement.not_kept, owed(after)) == ((1,), [])
    given(DONE).when(command, at="2026-05-20 08:00").then_refused("not owed")  # said to be done meanwhile
    late = given(NOT_KEPT).when(SAY_DONE, at="2026-05-21 10:00", seat=Seat.CHAMPION).then_case()
    assert late.agreement.not_kept == ()
    assert owed(late) == [("action-release", Seat.OFFICER, date(2026, 5, 26))]


def test_what_each_side_is_offered() -> None:
    def names(history: Any, seat: Seat) -> set[str]:
        found = offers(given(history).case, now("2026-05-07 10:00", seat=seat))
        return {act.name for act in found.open}

    assert names(TO_CONFIRM, Seat.CHAMPION) == {"action-confirmed", "action-waived"}  # the raiser's action
    assert names(TO_CONFIRM, Seat.RAISER) == {
        *("action-done", "action-confirmed", "action-disputed", "action-waived"),
    }
    assert names(TO_CONFIRM, Seat.CHAIR) == set()


# --- check-ins --------------------------------------------------------------------------------------------


def test_both_sides_are_asked_after_three_and_twelve_months() -> None:
    due = {one.item: one.due for one in given(AGREED).case.open_obligations if one.name == "check-in"}
    assert due == {
        "3-raiser": date(2026, 7, 10),
        "3-respondent": date(2026, 7, 10),
        "12-raiser": date(2027, 4, 13),
        "12-respondent": date(2027, 4, 13),
    }
    steps = rulebook().step_days("check-in", date(2026, 7, 10))
    assert [(step.letter, day) for step, day in steps] == [
        ("check-in", date(2026, 6, 26)),  # three months after 26 March
        (None, date(2026, 7, 8)),
        (None, date(2026, 7, 13)),
    ]


def test_a_check_in_is_answered_from_the_day_on_which_it_is_asked() -> None:
    command = AnswerCheckIn("3-raiser", said("It holds."))
    early = given(CLOSED_WITH_ACTIONS).when(command, at="2026-06-25 10:00", seat=Seat.RAISER)
    early.then_refused("Nobody is asked")
    asked = given(CLOSED_WITH_ACTIONS).when(command, at="2026-06-26 10:00", seat=Seat.RAISER)
    after = asked.then(CheckInAnswered(3, "raiser", command.answer.sealed()))
    assert after.owed("check-in", "3-raiser") is None
    other = given(CLOSED_WITH_ACTIONS).when(command, at="2026-06-26 10:00", seat=Seat.CHAMPION)
    assert other.then_refused("which check-in").field == "item"


def test_an_unanswered_check_in_passes_and_means_nothing() -> None:
    command = PassCheckIn(date(2026, 7, 13), "3-raiser")
    after = (
        given(CLOSED_WITH_ACTIONS)
        .when(command, at="2026-07-13 08:00")
        .then(CheckInPassed(3, "raiser", date(2026, 7, 13)))
    )
    assert after.agreement.not_kept == ()
    given(SETTLED).when(command, at="2026-07-13 08:00").then_refused("Nobody is asked")
