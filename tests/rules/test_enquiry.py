"""Enquiry: reply, release, decide; no reply, late replies, silence; and closing."""

from datetime import date

import pytest

from compact_cases.rules import events as happened
from compact_cases.rules.audience import Role
from compact_cases.rules.case import Stage
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.closing import Close, Withdraw, outcomes_open
from compact_cases.rules.enquiry import (
    Answer,
    Decide,
    RecordNoReply,
    RecordSilence,
    ReleaseReply,
    SendLastLetter,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.events import Hold, Term
from tests.builders import (
    CHAMPION,
    CLOSED,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    given,
    local,
    on,
    rulebook,
    said,
    sealed,
)

WHY, SIGNED, OFFER = said("We gave eight days."), said("Ann Lee, policy manager"), said("Two more weeks.")
REPLY = SendReply((Answer("community-groups/5.3", "in-part", WHY),), OFFER, CHAMPION, SIGNED)


def test_a_reply_late_on_the_last_evening_is_in_time() -> None:
    reply = given(PUT_TO_THE_COUNCIL).case.obligations[-1]
    assert not reply.is_overdue(local("2026-03-16 22:45"), rulebook().calendar)
    assert reply.is_overdue(local("2026-03-17 00:05"), rulebook().calendar)
    case = (
        given(PUT_TO_THE_COUNCIL)
        .when(REPLY, at="2026-03-16 22:45")
        .then(
            happened.ReplySent(
                (happened.ClauseReply("community-groups/5.3", "in-part", WHY.sealed()),),
                OFFER.sealed(),
                CHAMPION,
                SIGNED.sealed(),
                Term(date(2026, 3, 17), 2, date(2026, 3, 19)),
            )
        )
    )
    assert [one.name for one in case.open_obligations] == ["release"]


def test_only_undertakings_cited_as_not_met_have_to_be_answered() -> None:
    assert given(PUT_TO_THE_COUNCIL).case.clauses_to_answer == ("community-groups/5.3",)
    nothing = SendReply((), None, CHAMPION, SIGNED)
    refused = given(PUT_TO_THE_COUNCIL).when(nothing, at="2026-03-10 10:00").then_refused("5.3 has no answer")
    assert refused.field == "answer-community-groups/5.3"


def test_an_answer_other_than_accept_needs_words() -> None:
    bare = SendReply((Answer("community-groups/5.3", "dispute", None),), None, CHAMPION, SIGNED)
    given(PUT_TO_THE_COUNCIL).when(bare, at="2026-03-10 10:00").then_refused("say why")
    accepted = SendReply((Answer("community-groups/5.3", "accept", None),), None, CHAMPION, SIGNED)
    given(PUT_TO_THE_COUNCIL).when(accepted, at="2026-03-10 10:00").then_case()


def test_a_reply_is_taken_once_and_not_before_the_notice() -> None:
    given(RECEIVED).when(REPLY, at="2026-02-24 10:00").then_refused("not waiting")
    given(REPLIED).when(REPLY, at="2026-03-13 10:00").then_refused("not waiting")
    unsigned = SendReply(REPLY.answers, None, CHAMPION, said(""))
    given(PUT_TO_THE_COUNCIL).when(unsigned, at="2026-03-10 10:00").then_refused("name and post")


def test_a_reply_is_released_after_a_look_for_names() -> None:
    given(REPLIED).when(ReleaseReply(looked=False), at="2026-03-13 10:00").then_refused("look for names")
    case = (
        given(REPLIED)
        .when(ReleaseReply(looked=True), at="2026-03-13 10:00")
        .then(happened.ReplyReleased(0, None, Term(date(2026, 3, 13), 10, date(2026, 3, 27))))
    )
    assert case.stage is Stage.RAISER_DECIDES
    assert len(case.released_replies) == 1
    given(RELEASED).when(ReleaseReply(looked=True), at="2026-03-14 10:00").then_refused("no reply waiting")


@pytest.mark.parametrize(
    ("command", "then", "owes", "stage"),
    [
        (Decide("settled"), "close", "close", Stage.CLOSING),
        (Decide("partly", "close"), "close", "close", Stage.CLOSING),
        (Decide("partly", "go-on"), "go-on", "next-step", Stage.RAISER_DECIDES),
        (Decide("not"), "go-on", "next-step", Stage.RAISER_DECIDES),
    ],
)
def test_the_raiser_decides(command: Decide, then: str, owes: str, stage: Stage) -> None:
    case = (
        given(RELEASED)
        .when(command, at="2026-03-16 12:00")
        .then(
            happened.RaiserDecided(
                command.decision, then, None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))
            )
        )
    )
    assert case.stage is stage
    assert [(one.name, one.owner) for one in case.open_obligations] == [(owes, Role.OFFICER)]
    assert case.wants_to_go_on is (owes == "next-step")


def test_partly_asks_one_more_question() -> None:
    assert (
        given(RELEASED).when(Decide("partly"), at="2026-03-16 12:00").then_refused("enough").field == "then"
    )
    given(RELEASED).when(Decide("perhaps"), at="2026-03-16 12:00").then_refused("one of the answers")
    given(RELEASED).when(Decide("stop"), at="2026-03-16 12:00").then_refused("settles it")
    given(PUT_TO_THE_COUNCIL).when(Decide("settled"), at="2026-03-05 12:00").then_refused("nothing to decide")


def test_no_reply_recorded_leaves_the_choice_with_the_raiser() -> None:
    case = (
        given(PUT_TO_THE_COUNCIL)
        .when(RecordNoReply(date(2026, 3, 23)), at="2026-03-23 08:00")
        .then(happened.NoReplyRecorded(date(2026, 3, 23), Term(date(2026, 3, 23), 10, date(2026, 4, 8))))
    )
    assert case.stage is Stage.RAISER_DECIDES
    assert case.awaits_reply
    given(SILENT).when(Decide("settled"), at="2026-03-24 12:00").then_refused("No reply has reached you")
    assert given(SILENT).when(Decide("not"), at="2026-03-24 12:00").then_case().wants_to_go_on
    assert given(SILENT).when(Decide("stop"), at="2026-03-24 12:00").then_case().stage is Stage.CLOSING


def test_the_raiser_may_wait_ten_working_days_and_no_longer() -> None:
    case = given(SILENT).when(WaitForReply(date(2026, 4, 4)), at="2026-03-24 12:00").then_case()
    decide = case.owed("decide")
    assert decide is not None
    assert (decide.cycle, decide.due) == (2, date(2026, 4, 7))  # Easter Monday is the sixth
    given(SILENT).when(WaitForReply(date(2026, 4, 10)), at="2026-03-24 12:00").then_refused("9 April 2026")
    given(SILENT).when(WaitForReply(date(2026, 3, 24)), at="2026-03-24 12:00").then_refused("after today")
    given(RELEASED).when(WaitForReply(date(2026, 3, 24)), at="2026-03-17 12:00").then_refused(
        "no reply to wait"
    )


def test_a_late_reply_is_taken_and_its_release_sets_the_decision_anew() -> None:
    late = SILENT + on("2026-03-30 09:00", *given(SILENT).when(REPLY, at="2026-03-30 09:00").events())
    case = given(late).when(ReleaseReply(looked=True), at="2026-03-31 09:00").then_case()
    decide = case.owed("decide")
    assert decide is not None
    assert (decide.cycle, decide.due) == (2, date(2026, 4, 16))
    assert case.obligations[-2].name == "release"


def test_a_late_reply_after_the_decision_is_only_passed_on() -> None:
    decided = SILENT + on(
        "2026-03-24 12:00", *given(SILENT).when(Decide("not"), at="2026-03-24 12:00").events()
    )
    late = decided + on("2026-03-30 09:00", *given(decided).when(REPLY, at="2026-03-30 09:00").events())
    case = (
        given(late)
        .when(ReleaseReply(looked=True), at="2026-03-31 09:00")
        .then(happened.ReplyReleased(0, None, None))
    )
    assert [one.name for one in case.open_obligations] == ["next-step"]


def test_silence_after_the_last_letter_lets_an_officer_close() -> None:
    given(RELEASED).when(SendLastLetter(date(2026, 4, 14)), at="2026-04-14 08:00").then(
        happened.LastLetterSent(date(2026, 4, 14))
    )
    case = given(RELEASED).when(RecordSilence(date(2026, 4, 21)), at="2026-04-21 08:00").then_case()
    assert [one.name for one in case.open_obligations] == ["close"]
    assert outcomes_open(case, local("2026-04-21 09:00")) == ("no further contact",)
    given(SETTLED).when(RecordSilence(date(2026, 4, 21)), at="2026-04-21 08:00").then_refused("has decided")


def test_a_case_closes_with_an_outcome_that_fits() -> None:
    at = local("2026-03-18 12:00")
    assert outcomes_open(given(SETTLED).case, at) == ("resolved early",)
    assert outcomes_open(given(RELEASED).case, at) == ()
    given(SETTLED).when(Close("partly settled", said()), at="2026-03-18 12:00").then_refused("resolved early")
    given(SETTLED).when(Close("resolved early", said("")), at="2026-03-18 12:00").then_refused("how it ended")
    given(RELEASED).when(Close("resolved early", said()), at="2026-03-18 12:00").then_refused("still open")
    done = said("The council gave two weeks.")
    case = (
        given(SETTLED)
        .when(Close("resolved early", done), at="2026-03-18 12:00")
        .then(happened.Closed("resolved early", done.sealed()))
    )
    assert case.is_closed
    assert case.open_obligations == ()
    given(CLOSED).when(Close("resolved early", said()), at="2026-03-19 12:00").then_refused("closed already")


def test_a_disputed_reply_without_an_offer_that_settles_it_is_reply_accepted() -> None:
    disputed = PUT_TO_THE_COUNCIL + on(
        "2026-03-12 11:00",
        happened.ReplySent(
            (happened.ClauseReply("community-groups/5.3", "dispute", sealed()),),
            None,
            CHAMPION,
            sealed(),
            Term(date(2026, 3, 12), 2, date(2026, 3, 16)),
        ),
        happened.ReplyReleased(0, None, Term(date(2026, 3, 13), 10, date(2026, 3, 27))),
        happened.RaiserDecided("settled", "close", None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))),
    )
    assert outcomes_open(given(disputed).case, local("2026-03-18 12:00")) == ("reply accepted",)


@pytest.mark.parametrize("history", [RECEIVED, PUT_TO_THE_COUNCIL, REPLIED, RELEASED, SILENT, SETTLED])
def test_a_raiser_may_withdraw_at_any_stage(history: list) -> None:  # type: ignore[type-arg]
    case = (
        given(history)
        .when(Withdraw(sure=True), at="2026-04-10 12:00")
        .then(happened.Withdrawn(None), happened.Closed("withdrawn", None))
    )
    assert case.is_closed
    assert case.open_obligations == ()
    given(history).when(Withdraw(sure=False), at="2026-04-10 12:00").then_refused("confirm")


def test_nothing_is_withdrawn_twice() -> None:
    given(CLOSED).when(Withdraw(sure=True), at="2026-04-10 12:00").then_refused("closed already")


def test_a_pause_that_reached_its_cap_runs_on_from_the_caps_own_day() -> None:
    # procedure, section 4: paused Mon 9 Mar 2026 with 5 left, ended by the cap: due Mon 30 Mar
    paused = on(
        "2026-03-02 10:00",
        happened.ConcernReceived(
            RECEIVED[0][0].concern,  # type: ignore[union-attr]
            None,
            "anonymous",
            "web",
            sealed(),
            Term(date(2026, 3, 2), 10, date(2026, 3, 16)),
        ),
    ) + on(
        "2026-03-09 10:00",
        happened.MoreAsked(
            sealed(),
            Term(date(2026, 3, 9), 10, date(2026, 3, 23)),
            Hold(date(2026, 3, 9), 5, date(2026, 3, 23)),
        ),
    )
    case = (
        given(paused)
        .when(EndPause("acknowledge"), at="2026-03-25 08:00")
        .then(
            happened.PauseEnded(
                "acknowledge",
                "no answer by the end of the pause",
                Term(date(2026, 3, 23), 5, date(2026, 3, 30)),
            )
        )
    )
    assert [(one.name, one.due) for one in case.open_obligations] == [("acknowledge", date(2026, 3, 30))]
    given(RECEIVED).when(EndPause("acknowledge"), at="2026-03-25 08:00").then_refused("not paused")


def test_only_what_is_still_owed_is_escalated() -> None:
    escalate = Escalate("reply", 1, date(2026, 3, 19), "senior-lead", CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(escalate, at="2026-03-19 08:00").then(
        happened.Escalated("reply", 1, date(2026, 3, 19), "senior-lead", CHAMPION)
    )
    given(REPLIED).when(escalate, at="2026-03-19 08:00").then_refused("no longer owed")
