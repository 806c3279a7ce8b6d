"""Who is told what of an end, a merge and a new beginning, with which facts; and refusals in full."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.agreed_actions import RecordNotKept
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw, outcomes
from compact_cases.rules.coming import Arrived
from compact_cases.rules.events.closing import Closed, Reopened, Withdrawn
from compact_cases.rules.events.enquiry import ClauseReply, RaiserDecided, ReplySent, TakenUpAgain
from compact_cases.rules.events.fast_track import HoldAnswered
from compact_cases.rules.events.intake import ClosingDateGiven, OfficerAssigned
from compact_cases.rules.events.reopening import ReopeningAsked
from compact_cases.rules.events.review import ReviewOpened
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.reopening import (
    ACTION_NOT_KEPT,
    COME_BACK,
    ERROR,
    NEW_EVIDENCE,
    AskToReopen,
    DeclineReopening,
    Reopen,
    RespondentAsksToReopen,
    can_ask_for_an_action,
    closed_facts,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came, Term
from tests.builders import (
    CLOSED,
    CLOSED_WITH_ACTIONS,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    agreed,
    confidential,
    given,
    local,
    now,
    on,
    said,
    sealed,
)
from tests.rules.test_hold import held
from tests.rules.test_merging import GOES_ON, MERGED, OTHER

CLOSE = Close("resolved early", said("Both agree on six weeks."))
BOTH = (Seat.RAISER, Seat.CHAMPION)


def closed_at(at: str) -> dict[str, str]:
    return {"closed": local(at).isoformat()}


# --- an end -----------------------------------------------------------------------------------------------


def test_an_end_is_told_to_both_sides_with_the_instant_from_which_their_days_count() -> None:
    facts = closed_at("2026-03-18 12:00") | {"to_do": 0}
    given(SETTLED).when(CLOSE, at="2026-03-18 12:00").then_told(
        *(Notice("closed", seat, facts, Rest.ALWAYS) for seat in BOTH)
    )


def test_an_end_with_things_left_to_do_says_how_many() -> None:
    facts = closed_at("2026-03-30 12:00") | {"to_do": 2}
    given(agreed()).when(CLOSE, at="2026-03-30 12:00").then_told(
        *(Notice("closed", seat, facts, Rest.ALWAYS) for seat in BOTH)
    )


def test_a_withdrawal_is_told_to_the_respondent_only_if_it_had_notice_and_has_no_second_letter() -> None:
    withdraw = Withdraw(sure=True)
    facts = closed_at("2026-03-09 10:00")
    seats = (Seat.RAISER, Seat.OFFICER, Seat.CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(withdraw, at="2026-03-09 10:00").then_told(
        *(Notice("withdrawn", seat, facts, Rest.ALWAYS) for seat in seats)
    )
    facts = closed_at("2026-02-24 10:00")
    given(RECEIVED).when(withdraw, at="2026-02-24 10:00").then_told(
        *(Notice("withdrawn", seat, facts, Rest.ALWAYS) for seat in seats[:2])
    )


def test_a_raiser_who_stopped_where_no_reply_came_gets_the_letter_of_an_end() -> None:
    """That case is closed as withdrawn by an officer; nobody has written of a withdrawal before."""
    stop = SILENT + on(
        "2026-03-30 12:00",
        RaiserDecided("stop", "close", None, Term(date(2026, 3, 30), 5, date(2026, 4, 8))),
    )
    facts = closed_at("2026-03-31 12:00") | {"to_do": 0}
    given(stop).when(Close("withdrawn", said()), at="2026-03-31 12:00").then_told(
        *(Notice("closed", seat, facts, Rest.ALWAYS) for seat in BOTH)
    )


def test_a_withdrawal_by_phone_keeps_its_day_and_is_confirmed() -> None:
    command = Withdraw(sure=True, came=Arrived(date(2026, 3, 6), "phone"))
    came = Came(date(2026, 3, 6), "phone", in_time=None)
    given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00").then(
        Withdrawn(None, came), Closed("withdrawn", None)
    )
    unsure = given(PUT_TO_THE_COUNCIL).when(Withdraw(sure=False), at="2026-03-09 10:00")
    assert unsure.then_refused("Please confirm that you want to withdraw.").field == "sure"


def test_a_concern_that_is_taken_out_of_another_case_is_told_to_its_raiser_with_a_new_date() -> None:
    facts = {"obligation": "acknowledge", "due": "2026-03-05"}
    given(MERGED).when(Unmerge(said("It is about another survey.")), at="2026-02-26 10:00").then_told(
        Notice("unmerged", Seat.RAISER, facts, Rest.OWED)
    )
    assert given(MERGED).case.closing.merged_into == OTHER


@pytest.mark.parametrize(("answer", "outcome"), [("accept", "resolved early"), ("dispute", "reply accepted")])
def test_settled_with_something_accepted_it_was_resolved_early(answer: str, outcome: str) -> None:
    sent, at = REPLIED[-1]
    assert isinstance(sent, ReplySent)
    replied = replace(sent, answers=(ClauseReply(1, answer, sealed()),))
    history = [*REPLIED[:-1], (replied, at), *SETTLED[len(REPLIED) :]]
    assert outcomes(given(history).case, now("2026-03-18 10:00")) == {"outcome": (outcome,)}


def test_overtaken_by_events_can_be_said_from_the_day_after_the_date_in_london() -> None:
    history = SETTLED + on("2026-03-17 10:00", ClosingDateGiven(date(2026, 3, 31)))

    def found(at: str) -> tuple[str, ...]:
        return outcomes(given(history).case, now(at))["outcome"]

    assert found("2026-03-31 23:00") == ("resolved early",)
    assert found("2026-04-01 00:30") == ("resolved early", "overtaken by events")


def test_what_a_case_can_be_closed_as_is_listed() -> None:
    history = SETTLED + on("2026-03-17 10:00", ClosingDateGiven(date(2026, 3, 17)))
    wrong = given(history).when(Close("not settled", said()), at="2026-03-18 10:00")
    refused = wrong.then_refused("This case can be closed as: resolved early, overtaken by events.")
    assert refused.field == "outcome"


def test_nothing_is_closed_over_what_waits_and_it_is_said_what_that_is() -> None:
    close = Term(date(2026, 5, 5), 5, date(2026, 5, 12))
    words = held() + on(
        "2026-05-05 10:00",
        HoldAnswered("no", None, sealed(), None, None, Term(date(2026, 5, 5), 2, date(2026, 5, 7))),
        RaiserDecided("settled", "close", None, close),
    )
    given(words).when(CLOSE, at="2026-05-05 12:00").then_refused(
        "Words about the hold request wait to be released, so this case is not closed yet. Please read them "
        "first."
    )
    considered = SETTLED + [one for one in agreed()[len(RELEASED) :] if one[1] < local("2026-03-17 10:00")]
    given(considered).when(CLOSE, at="2026-03-18 10:00").then_refused(
        "An agreement waits for an answer, or both sides have days to reflect on it, so this case is not "
        "closed yet."
    )


# --- a new beginning --------------------------------------------------------------------------------------

EVIDENCE = AskToReopen(NEW_EVIDENCE, said("A minute of the meeting."))
ASKED: History = CLOSED + on(
    "2026-04-16 10:00", *given(CLOSED).when(EVIDENCE, at="2026-04-16 10:00").events()
)
REOPEN = {"obligation": "reopen", "due": "2026-04-23"}


@pytest.mark.parametrize(
    ("command", "seat"),
    [
        (EVIDENCE, Seat.RAISER),
        (RespondentAsksToReopen(ERROR, said("It was another survey.")), Seat.CHAMPION),
    ],
)
def test_a_request_is_told_to_whoever_asks_and_to_the_officer_with_the_date_of_the_answer(
    command: Any, seat: Seat
) -> None:
    asked = given(CLOSED).when(command, at="2026-04-16 10:00")
    asked.then_told(
        Notice("reopening-asked", seat, REOPEN, Rest.OWED, confirms=True),
        Notice("reopening-asked", Seat.OFFICER, REOPEN, Rest.OWED),
    )
    history = CLOSED + on("2026-04-16 10:00", *asked.events())
    decline = DeclineReopening(OFFICER, said("It was known."))
    given(history).when(decline, at="2026-04-17 10:00").then_told(
        Notice("reopening-declined", seat, rests_on=Rest.ALWAYS)
    )


def test_that_it_is_open_again_is_told_to_both_sides_and_the_officer_with_what_is_due_first() -> None:
    decides = Reopen(OFFICER, "raiser-decides", said("There is a new minute."))
    facts = {"obligation": "decide", "due": "2026-05-01"}
    found = given(ASKED).when(decides, at="2026-04-17 10:00").told()
    assert found == [Notice("reopened", seat, facts) for seat in (*BOTH, Seat.OFFICER)]


def test_a_raiser_who_left_before_the_notice_comes_back_unheard_of_by_the_respondent() -> None:
    gone = RECEIVED + on("2026-02-24 10:00", Withdrawn(None), Closed("withdrawn", None))
    words = said("We want it looked at after all.")
    back = AskToReopen(COME_BACK, words)
    outcome = given(gone).when(back, at="2026-02-26 10:00", seat=Seat.RAISER)
    assert back.words is not None
    acknowledge = Term(date(2026, 2, 26), 5, date(2026, 3, 5))
    outcome.then(
        ReopeningAsked("raiser", COME_BACK, back.words.sealed(), None),
        Reopened("received", None, acknowledge),
    )
    facts = {"obligation": "acknowledge", "due": "2026-03-05"}
    outcome.then_told(*(Notice("reopened", seat, facts) for seat in (Seat.RAISER, Seat.OFFICER)))


def test_a_concern_that_was_handed_on_names_no_day_from_which_to_ask() -> None:
    handed_on = RECEIVED + on("2026-02-24 10:00", Closed("referred elsewhere", None))
    assert closed_facts(given(handed_on).case) == {}
    assert closed_facts(given(RECEIVED).case) == {}
    assert closed_facts(given(CLOSED).case) == closed_at("2026-03-18 12:00")


def test_the_days_to_ask_end_with_the_twentieth_in_london() -> None:
    last = given(CLOSED).when(EVIDENCE, at="2026-04-17 23:30")
    last.then_case()
    over = given(CLOSED).when(EVIDENCE, at="2026-04-18 00:30")  # still the 17th in UTC
    over.then_refused("For this one they were over on Friday 17 April 2026.")


def test_for_what_was_not_kept_the_days_go_on_after_the_last_date_of_an_action_and_the_last_check_in() -> (
    None
):
    step, at = RecordNotKept(date(2026, 5, 20), "1"), "2026-05-20 08:00"
    history = CLOSED_WITH_ACTIONS + on(at, *given(CLOSED_WITH_ACTIONS).when(step, at=at).events())
    case = given(history).case
    # the last check-in is due on 13 April 2027; the twentieth working day after it is 12 May
    assert can_ask_for_an_action(case, now("2027-05-12 23:00"))
    assert not can_ask_for_an_action(case, now("2027-05-13 00:30"))
    assert not can_ask_for_an_action(given(CLOSED_WITH_ACTIONS).case, now("2026-05-21 10:00"))


def test_whoever_closed_it_does_not_answer_where_another_is_there() -> None:
    def assigned(**known: Any) -> list[Any]:
        history = CLOSED + on("2026-03-18 13:00", *known.pop("first", ()))
        events = given(history).when(EVIDENCE, at="2026-04-16 10:00", **known).events()
        return [one for one in events if isinstance(one, OfficerAssigned)]

    another = [OfficerAssigned(OTHER_OFFICER)]
    assert assigned(closed_by=OFFICER, other_officers=(OTHER_OFFICER,)) == another
    assert assigned(closed_by=OFFICER) == []
    assert assigned(other_officers=(OTHER_OFFICER,)) == []
    moved = {"first": (OfficerAssigned(OTHER_OFFICER),)}  # it is with somebody else since
    assert assigned(**moved, closed_by=OFFICER, other_officers=(OTHER_OFFICER,)) == []


def test_what_a_hidden_raiser_is_told_does_not_tell_who_they_are() -> None:
    known: dict[str, Any] = {"raisers_words": frozenset({"elmfield"})}
    decline = DeclineReopening(OFFICER, said("Elmfield knew of it."))
    refused = given(confidential(ASKED)).when(decline, at="2026-04-17 10:00", **known)
    assert refused.then_refused("the respondent who raised it: Elmfield").field == "explanation"
    may_stay = replace(decline, words_may_stay=True)
    given(confidential(ASKED)).when(may_stay, at="2026-04-17 10:00", **known).then_case()
    given(ASKED).when(decline, at="2026-04-17 10:00", **known).then_case()


def test_after_a_no_the_same_side_does_not_ask_again_and_the_other_still_may() -> None:
    no = DeclineReopening(OFFICER, said("It was known."))
    answered = ASKED + on("2026-04-17 10:00", *given(ASKED).when(no, at="2026-04-17 10:00").events())
    again = given(answered).when(EVIDENCE, at="2026-04-17 11:00")
    again.then_refused("This was asked once since the case was closed, and an officer has answered.")
    theirs = RespondentAsksToReopen(ERROR, said("It was another survey."))
    asked = given(answered).when(theirs, at="2026-04-17 11:00")
    both = answered + on("2026-04-17 11:00", *asked.events())
    both += on("2026-04-17 12:00", *given(both).when(no, at="2026-04-17 12:00").events())
    given(both).when(theirs, at="2026-04-17 13:00").then_refused("This was asked once since")


# --- where it goes on -------------------------------------------------------------------------------------


def test_until_the_days_are_over_new_evidence_may_be_asked_for_and_then_only_what_was_not_kept() -> None:
    """Closed on 30 March 2026; the twentieth working day after it is 29 April."""
    step, at = RecordNotKept(date(2026, 4, 28), "1"), "2026-04-28 08:00"
    case = given(CLOSED_WITH_ACTIONS + on(at, *given(CLOSED_WITH_ACTIONS).when(step, at=at).events())).case
    act = act_of(RespondentAsksToReopen(ERROR, said()))
    every = (NEW_EVIDENCE, ERROR, ACTION_NOT_KEPT)
    assert act.choices(case, now("2026-04-29 23:30")) == {"why": every}
    assert act.choices(case, now("2026-04-30 00:30")) == {"why": (ACTION_NOT_KEPT,)}


def test_a_raiser_who_comes_back_gives_why_if_they_like_and_that_is_kept() -> None:
    gone = PUT_TO_THE_COUNCIL + on("2026-03-05 10:00", Withdrawn(None), Closed("withdrawn", None))
    back = AskToReopen(COME_BACK, said("We can go on after all."))
    (asked, reopened, again) = given(gone).when(back, at="2026-03-09 18:00", seat=Seat.RAISER).events()
    assert back.words is not None
    assert asked == ReopeningAsked("raiser", COME_BACK, back.words.sealed(), None)
    assert reopened == Reopened("early-resolution", None, None)
    # after 17:00 the days count from the next working day
    reply, guard = (
        Term(date(2026, 3, 10), 10, date(2026, 3, 24)),
        Term(date(2026, 3, 10), 60, date(2026, 6, 8)),
    )
    assert again == TakenUpAgain(None, reply, None, guard=guard)


GUARD = Term(date(2026, 4, 17), 60, date(2026, 7, 14))


def test_a_case_that_is_open_again_is_watched_anew_wherever_it_goes_on() -> None:
    decides = Reopen(OFFICER, "raiser-decides", said("There is a new minute."))
    given(ASKED).when(decides, at="2026-04-17 10:00").then(
        Reopened("raiser-decides", decides.explanation.sealed(), None),
        TakenUpAgain(None, None, Term(date(2026, 4, 17), 10, date(2026, 5, 1)), guard=GUARD),
    )
    replies = Reopen(OFFICER, "early-resolution", said("There is a new minute."), said("The new minute."))
    assert replies.wording is not None
    given(ASKED).when(replies, at="2026-04-17 10:00").then(
        Reopened("early-resolution", replies.explanation.sealed(), None),
        TakenUpAgain(
            replies.wording.sealed(), Term(date(2026, 4, 17), 10, date(2026, 5, 1)), None, guard=GUARD
        ),
    )


def test_a_reply_that_waited_when_its_raiser_left_is_read_first() -> None:
    gone = REPLIED + on("2026-03-12 12:00", Withdrawn(None), Closed("withdrawn", None))
    (_, reopened, again) = given(gone).when(AskToReopen(COME_BACK), at="2026-03-16 10:00").events()
    assert reopened == Reopened("early-resolution", None, None)
    release = Term(date(2026, 3, 16), 2, date(2026, 3, 18))
    guard = Term(date(2026, 3, 16), 60, date(2026, 6, 12))
    assert again == TakenUpAgain(None, None, None, release, guard)


def test_a_review_that_another_office_convenes_keeps_why_it_is_open_and_which_office() -> None:
    reopen = Reopen(
        OFFICER, "senior-review", said("There is a new minute."), elsewhere=said("The office of Stroud.")
    )
    assert reopen.elsewhere is not None
    outcome = given(ASKED).when(reopen, at="2026-04-17 10:00", officers=frozenset({OFFICER}))
    (reopened, opened) = outcome.events()
    assert reopened == Reopened("senior-review", reopen.explanation.sealed(), None)
    assert isinstance(opened, ReviewOpened)
    assert opened.elsewhere == reopen.elsewhere.sealed()


def test_a_concern_about_nobody_on_the_register_is_not_merged() -> None:
    merge = Merge(OFFICER, OTHER, said("It is the same survey."))
    refused = given(RECEIVED[:1]).when(merge, at="2026-02-25 10:00", other=GOES_ON)
    sentence = "Please say first which body on the register this concern is about."
    assert refused.then_refused(sentence).field == "into"
