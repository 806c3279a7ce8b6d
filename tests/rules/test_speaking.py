"""A group that ended: what stands still, who may take over, who hears of what; nothing closes by itself."""

from dataclasses import replace
from datetime import date
from typing import Any

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.closing import Close, Withdraw, outcomes
from compact_cases.rules.enquiry import Decide, RecordNoReply, ReleaseReply
from compact_cases.rules.events.intake import RaiserSucceeded
from compact_cases.rules.events.speaking import GroupEnded, NobodyTookOver, TakenOver
from compact_cases.rules.mediation import AskForMediation
from compact_cases.rules.pauses import ResumeClocks, running_pauses
from compact_cases.rules.seats import Seat
from compact_cases.rules.speaking import RecordGroupEnded, RecordNobody, Speaker, TakeOver
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED,
    CLOSED,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RELEASED,
    REPLIED,
    SILENT,
    Given,
    History,
    given,
    now,
    said,
)
from tests.rules.candidates_of_the_board import SPEAKER

# released on Thursday 12 March 2026; the group is written down as ended on Monday 16 March
AT, ENDED_ON = "2026-03-16 10:00", date(2026, 3, 2)
ENDS = RecordGroupEnded(ENDED_ON)
BY = Term(date(2026, 3, 16), 20, date(2026, 4, 15))
AFTER = "2026-04-16 00:01"
SAM = Speaker("Sam Hill", email="sam@hill.example")


def begun(**first: Any) -> History:
    """Put to the council, with another beginning."""
    (received, at), *others = PUT_TO_THE_COUNCIL
    return [(replace(received, **first), at), *others]


def ended(history: History, at: str = AT, **known: Any) -> Case:
    return given(history).when(ENDS, at=at, **known).then_case()


def test_for_twenty_working_days_somebody_may_take_over_and_nothing_of_theirs_runs() -> None:
    case = ended(RELEASED)
    asked, decide = case.owed("take-over"), case.owed("decide")
    assert asked is not None
    assert decide is not None
    assert (asked.owner, asked.due) == (Seat.RAISER, BY.due)
    assert (decide.due, decide.hold_reason) == (None, "the group has ended")
    assert decide.hold is not None
    assert decide.hold.ends == BY.due
    assert not running_pauses(case), "no officer ends it by hand"
    Given(case).when(ResumeClocks(), at="2026-03-17 10:00").then_refused("No pause")


def test_what_the_respondent_owes_runs_on_and_what_it_opens_for_the_group_stands_still_at_once() -> None:
    case = ended(PUT_TO_THE_COUNCIL, "2026-03-04 10:00")
    reply = case.owed("reply")
    assert reply is not None
    assert reply.due == date(2026, 3, 16)
    late = Given(case).when(RecordNoReply(date(2026, 3, 23)), at="2026-03-23 08:00").then_case()
    decide = late.owed("decide")
    assert decide is not None
    assert decide.is_paused
    read = Given(ended(REPLIED, "2026-03-11 10:00")).when(ReleaseReply(looked=True), at="2026-03-12 10:00")
    waits = read.then_case().owed("decide")
    assert waits is not None
    assert waits.is_paused


def test_no_letter_asks_the_group_for_what_stands_still_nor_names_a_date_for_it() -> None:
    waiting = ended(PUT_TO_THE_COUNCIL, "2026-03-04 10:00")
    silent = Given(waiting).when(RecordNoReply(date(2026, 3, 23)), at="2026-03-23 08:00")
    event, case = silent.events()[0], silent.then_case()
    told = {one.to: one.facts for one in notices_after(event, case)}
    assert Seat.RAISER not in told
    assert "due" not in told[Seat.OFFICER]


def test_where_no_letter_reaches_them_an_officer_looks_for_somebody() -> None:
    case = ended(RELEASED, raiser_reached=False)
    asked = case.owed("take-over")
    assert asked is not None
    assert asked.owner is Seat.OFFICER


def test_the_reminders_are_kind_and_go_to_nobody_above() -> None:
    steps = now(AT).rulebook.step_days("take-over", BY.due)
    assert [step.kind.value for step, _ in steps] == ["reminder", "reminder", "reminder", "effect"]
    assert {step.to.value for step, _ in steps[:3]} == {"owner"}


def test_whoever_was_named_goes_on_with_the_days_that_were_left() -> None:
    case = Given(ended(RELEASED)).when(TakeOver("member", said()), at="2026-03-27 10:00").then_case()
    decide = case.owed("decide")
    assert decide is not None
    assert decide.due == date(2026, 4, 13), "nine working days of ten were left"
    assert case.owed("take-over") is None
    assert case.intake.raiser == given(RELEASED).case.intake.raiser


def test_somebody_new_is_whom_letters_go_to_and_the_other_side_hears_only_that_somebody_speaks() -> None:
    before = ended(RELEASED)
    takes = TakeOver("proxy", said("The last committee asked us."), SAM, SPEAKER)
    events = Given(before).when(takes, at="2026-03-27 10:00").events()
    taken, succeeded = events[:2]
    assert taken == TakenOver("proxy", False, takes.authority.sealed())
    assert succeeded == RaiserSucceeded(SPEAKER)
    case = Given(before).when(takes, at="2026-03-27 10:00").then_case()
    assert case.intake.raiser == SPEAKER
    told = [(one.name, one.to) for one in notices_after(taken, case)]
    assert told == [("speaker", Seat.RAISER), ("speaker", Seat.OFFICER), ("speaker", Seat.CHAMPION)]
    assert notices_after(events[2], case) == [], "the letter about it says that the dates run again"


def test_of_a_hidden_raiser_the_other_side_hears_nothing() -> None:
    history = begun(confidentiality="confidential")
    case = ended(history, "2026-03-04 10:00")
    event = GroupEnded(ENDED_ON, None, "raiser/named", BY)
    assert [one.to for one in notices_after(event, case)] == [Seat.RAISER]
    assert [one.to for one in notices_after(event, ended(PUT_TO_THE_COUNCIL, "2026-03-04 10:00"))] == [
        Seat.RAISER,
        Seat.CHAMPION,
    ]


def test_nobody_takes_over_so_an_officer_owes_the_closing_and_nothing_closes_itself() -> None:
    waiting = ended(RELEASED)
    pause = waiting.clocks.pauses[-1].number
    case = Given(waiting).when(EndPause(pause), at=AFTER, seat=Seat.SYSTEM).then_case()
    assert not case.is_closed
    close, decide = case.owed("close"), case.owed("decide")
    assert close is not None
    assert decide is not None
    assert (close.owner, close.due, decide.is_paused) == (Seat.OFFICER, date(2026, 4, 23), True)
    assert outcomes(case, now(AFTER)) == {"outcome": ("no further contact",)}
    closed = Given(case).when(Close("no further contact", said()), at="2026-04-20 10:00").then_case()
    assert closed.is_closed
    assert not closed.open_obligations


def test_until_it_is_closed_somebody_may_still_take_over_and_then_it_is_not_closed() -> None:
    waiting = ended(RELEASED)
    case = Given(waiting).when(EndPause(1), at=AFTER, seat=Seat.SYSTEM).then_case()
    case = Given(case).when(TakeOver("member", said()), at="2026-04-17 10:00").then_case()
    assert case.owed("close") is None
    decide = case.owed("decide")
    assert decide is not None
    assert decide.due is not None


def test_where_nothing_of_theirs_was_owed_the_step_itself_says_that_nobody_was_heard_of() -> None:
    waiting = ended(PUT_TO_THE_COUNCIL, "2026-03-04 10:00")
    early = Given(waiting).when(RecordNobody(date(2026, 4, 1)), at="2026-04-01 22:00", seat=Seat.SYSTEM)
    early.then_refused("still time")
    over = Given(waiting).when(RecordNobody(date(2026, 4, 2)), at="2026-04-02 08:00", seat=Seat.SYSTEM)
    (event,) = over.events()
    assert isinstance(event, NobodyTookOver)
    ended_already = Given(over.then_case()).when(
        RecordNobody(date(2026, 4, 2)), at="2026-04-02 08:00", seat=Seat.SYSTEM
    )
    assert ended_already.events() == [], "the pause had its end in the same round"
    given(RELEASED).when(RecordNobody(date(2026, 4, 2)), at=AFTER, seat=Seat.SYSTEM).then_refused("Nobody is")


def test_an_answer_that_comes_first_is_taken() -> None:
    case = Given(ended(RELEASED)).when(Decide("settled"), at="2026-03-18 10:00").then_case()
    assert case.owed("close")
    assert case.owed("take-over"), "who speaks is still asked"


def test_what_was_agreed_stands_still_too_and_runs_on_once_nobody_was_heard_of() -> None:
    case = ended(AGREED, "2026-04-01 10:00")
    theirs = [one for one in case.open_obligations if one.name == "action" and one.owner is Seat.RAISER]
    others = [one for one in case.open_obligations if one.name == "action" and one.owner is Seat.CHAMPION]
    assert theirs
    assert all(one.is_paused for one in theirs)
    assert not any(one.is_paused for one in others)
    number = case.clocks.pauses[-1].number
    over = Given(case).when(EndPause(number), at="2026-05-05 00:01", seat=Seat.SYSTEM).then_case()
    assert not any(one.is_paused for one in over.open_obligations if one.name == "action")


def test_a_case_that_is_closed_meanwhile_looks_for_nobody_any_more() -> None:
    case = Given(ended(AGREED, "2026-04-01 10:00")).case
    if not case.is_closed:
        case = Given(case).when(Withdraw(sure=True), at="2026-04-02 10:00").then_case()
    assert case.owed("take-over") is None
    assert not any(one.is_paused for one in case.open_obligations)
    Given(case).when(TakeOver("member", said()), at="2026-04-03 10:00").then_refused("Nobody is looked for")


def test_when_it_cannot_be_written_down() -> None:
    given(CLOSED).when(ENDS, at="2026-03-20 10:00").then_refused("nothing is left to do")
    Given(ended(RELEASED)).when(ENDS, at="2026-03-17 10:00").then_refused("recorded already")
    ahead = RecordGroupEnded(date(2026, 3, 17))
    assert given(RELEASED).when(ahead, at=AT).then_refused("a day that has passed").field == "ended_on"
    given(begun(raiser_body=COUNCIL)).when(ENDS, at="2026-03-04 10:00").then_refused("has not ended")
    given(SILENT).when(TakeOver("member", said()), at="2026-04-20 10:00").then_refused("Nobody is looked for")


def test_whoever_takes_over_says_who_in_which_capacity_and_how_to_reach_them() -> None:
    waiting = ended(RELEASED)
    for command, field in (
        (TakeOver("friend", said()), "capacity"),
        (TakeOver("member", said(), Speaker(" ", email="a@b.example"), SPEAKER), "name"),
        (TakeOver("member", said(), Speaker("Sam Hill"), SPEAKER), "email"),
        (TakeOver("member", said(" ")), "authority"),
    ):
        assert Given(waiting).when(command, at="2026-03-17 10:00").then_refused("").field == field


def test_an_anonymous_raiser_goes_on_by_the_code_and_names_nobody() -> None:
    history = begun(confidentiality="anonymous", raiser=None)
    waiting = ended(history, "2026-03-04 10:00")
    names = TakeOver("member", said(), SAM, OFFICER)
    Given(waiting).when(names, at="2026-03-05 10:00").then_refused("anonymous")
    Given(waiting).when(TakeOver("member", said()), at="2026-03-05 10:00").then_case()


def test_nobody_of_a_group_that_ended_is_asked_about_mediation_or_its_mediator_meanwhile() -> None:
    """Silence would count as their no, and a name would stand that they have not seen."""
    asked = given(RELEASED).when(AskForMediation("officer"), at="2026-03-13 10:00").then_case()
    case = Given(asked).when(ENDS, at=AT).then_case()
    consent = case.owed("consent", "raiser")
    assert consent is not None
    assert (consent.due, consent.hold_reason) == (None, "the group has ended")
    theirs = case.owed("consent", "respondent")
    assert theirs is not None
    assert theirs.due == date(2026, 3, 20)
    assert offers_reminders(case) == {"take-over"}
    goes_on = Given(case).when(TakeOver("member", said("All agreed.")), at="2026-03-20 10:00").then_case()
    again = goes_on.owed("consent", "raiser")
    assert again is not None
    assert again.due == date(2026, 3, 26)
    assert not goes_on.mediation.is_under_way


def offers_reminders(case: Case) -> set[str]:
    """What the raiser's side could be reminded of."""
    return {one.name for one in case.open_obligations if one.owner is Seat.RAISER and one.due}
