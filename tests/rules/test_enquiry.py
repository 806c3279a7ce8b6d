"""Enquiry: reply, release, decide; no reply, late replies, silence."""

from datetime import date

import pytest

from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import (
    Answer,
    Decide,
    RecordNoReply,
    ReleaseReply,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.events.enquiry import (
    ClauseReply,
    LastLetterSent,
    NoReplyRecorded,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
    SilenceRecorded,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.rules.statements import sealed_if
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    given,
    local,
    on,
    rulebook,
    said,
)

SIGNED = said("Ann Lee, policy manager")
REPLY = SendReply(
    (Answer(1, "in-part", said("We gave eight days.")),), said("Two more weeks."), CHAMPION, SIGNED
)
UNHEARD = SILENT + on(
    "2026-04-22 08:00",
    LastLetterSent(date(2026, 4, 22)),
    SilenceRecorded(date(2026, 4, 29), Term(date(2026, 4, 29), 5, date(2026, 5, 7))),
)


def after(history: History, command: SendReply | Decide, at: str) -> History:
    return history + on(at, *given(history).when(command, at=at).events())


def test_a_reply_late_on_the_last_evening_is_in_time() -> None:
    reply = given(PUT_TO_THE_COUNCIL).case.obligations[-1]
    assert not reply.is_overdue(local("2026-03-16 22:45"), rulebook().calendar)
    assert reply.is_overdue(local("2026-03-17 00:05"), rulebook().calendar)
    case = (
        given(PUT_TO_THE_COUNCIL)
        .when(REPLY, at="2026-03-16 22:45")
        .then(
            ReplySent(
                (ClauseReply(1, "in-part", sealed_if(REPLY.answers[0].words)),),
                sealed_if(REPLY.offer),
                CHAMPION,
                REPLY.signed.sealed(),
                Term(date(2026, 3, 17), 2, date(2026, 3, 19)),
            )
        )
    )
    assert [one.name for one in case.open_obligations] == ["release"]


def test_only_undertakings_cited_as_not_met_have_to_be_answered() -> None:
    to_answer = given(PUT_TO_THE_COUNCIL).case.intake.to_answer
    assert [(link.id, link.clause) for link in to_answer] == [(1, "community-groups/5.3")]
    nothing = SendReply((), None, CHAMPION, SIGNED)
    refused = given(PUT_TO_THE_COUNCIL).when(nothing, at="2026-03-10 10:00").then_refused("5.3 has no answer")
    assert refused.field == "answers.0.answer"


@pytest.mark.parametrize("words", [None, said(" ")])
def test_an_answer_other_than_accept_needs_words(words: object) -> None:
    bare = SendReply((Answer(1, "dispute", words),), None, CHAMPION, SIGNED)  # type: ignore[arg-type]
    refused = given(PUT_TO_THE_COUNCIL).when(bare, at="2026-03-10 10:00").then_refused("say why")
    assert refused.field == "answers.0.words"
    accepted = SendReply((Answer(1, "accept", None),), None, CHAMPION, SIGNED)
    given(PUT_TO_THE_COUNCIL).when(accepted, at="2026-03-10 10:00").then_case()


def test_a_reply_is_taken_once_and_not_before_the_notice() -> None:
    given(RECEIVED).when(REPLY, at="2026-02-24 10:00").then_refused("not waiting")
    given(REPLIED).when(REPLY, at="2026-03-13 10:00").then_refused("not waiting")
    unsigned = SendReply(REPLY.answers, None, CHAMPION, said(""))
    refused = given(PUT_TO_THE_COUNCIL).when(unsigned, at="2026-03-10 10:00").then_refused("name and post")
    assert refused.field == "signed"


def test_a_reply_is_released_after_a_look_for_names() -> None:
    given(REPLIED).when(ReleaseReply(looked=False), at="2026-03-13 10:00").then_refused("look for names")
    case = (
        given(REPLIED)
        .when(ReleaseReply(looked=True), at="2026-03-13 10:00")
        .then(ReplyReleased(0, None, Term(date(2026, 3, 13), 10, date(2026, 3, 27))))
    )
    assert case.stage is Stage.RAISER_DECIDES
    assert len(case.enquiry.released) == 1
    given(RELEASED).when(ReleaseReply(looked=True), at="2026-03-14 10:00").then_refused("no reply waiting")


def test_what_is_taken_out_stands_in_the_reply_that_waits() -> None:
    reply = "We rang Rose  Elmfield.\nShe was out."
    found = ReleaseReply(looked=True, hidden=said("rose elmfield\n\nout"))
    case = (
        given(REPLIED)
        .when(found, at="2026-03-13 10:00", waiting_reply=reply)
        .then(ReplyReleased(0, sealed_if(found.hidden), Term(date(2026, 3, 13), 10, date(2026, 3, 27))))
    )
    assert case.enquiry.released[0].hidden == sealed_if(found.hidden)
    slip = ReleaseReply(looked=True, hidden=said("Rose Elmfield\nRosa Elmfield"))
    refused = (
        given(REPLIED)
        .when(slip, at="2026-03-13 10:00", waiting_reply=reply)
        .then_refused("“Rosa Elmfield” does not stand in the reply.")
    )
    assert refused.field == "hidden"


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
        .then(RaiserDecided(command.decision, then, None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))))
    )
    assert case.stage is stage
    assert [(one.name, one.owner) for one in case.open_obligations] == [(owes, Seat.OFFICER)]
    assert (case.owed("next-step") is not None) is (owes == "next-step")


def test_the_words_of_a_decision_are_kept() -> None:
    command = Decide("not", words=said("It is still too short."))
    case = given(RELEASED).when(command, at="2026-03-16 12:00").then_case()
    assert case.enquiry.decision_words == sealed_if(command.words)


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
        .then(NoReplyRecorded(date(2026, 3, 23), Term(date(2026, 3, 23), 10, date(2026, 4, 8))))
    )
    assert case.stage is Stage.RAISER_DECIDES
    given(SILENT).when(REPLY, at="2026-03-24 12:00").then_case()
    given(SILENT).when(RecordNoReply(date(2026, 3, 23)), at="2026-03-24 12:00").then_refused("is awaited")
    for reply_only in (Decide("settled"), Decide("partly", "close")):
        given(SILENT).when(reply_only, at="2026-03-24 12:00").then_refused("No reply has reached you")
    goes_on = given(SILENT).when(Decide("not"), at="2026-03-24 12:00").then_case()
    assert goes_on.owed("next-step") is not None
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
    late = after(SILENT, REPLY, "2026-03-30 09:00")
    case = given(late).when(ReleaseReply(looked=True), at="2026-03-31 09:00").then_case()
    decide = case.owed("decide")
    assert decide is not None
    assert (decide.cycle, decide.due) == (2, date(2026, 4, 16))
    assert case.obligations[-2].name == "release"


def test_a_late_reply_after_the_decision_is_only_passed_on() -> None:
    decided = after(SILENT, Decide("not"), "2026-03-24 12:00")
    late = after(decided, REPLY, "2026-03-30 09:00")
    case = (
        given(late).when(ReleaseReply(looked=True), at="2026-03-31 09:00").then(ReplyReleased(0, None, None))
    )
    assert [one.name for one in case.open_obligations] == ["next-step"]


def test_silence_after_the_last_letter_lets_an_officer_close() -> None:
    letter = LastLetterSent(date(2026, 4, 14), Term(date(2026, 4, 14), 5, date(2026, 4, 21)))
    given(RELEASED).when(SendLastLetter(date(2026, 4, 14)), at="2026-04-14 08:00").then(letter)
    asked_last = RELEASED + on("2026-04-14 08:00", letter)
    case = given(asked_last).when(RecordSilence(date(2026, 4, 21)), at="2026-04-21 08:00").then_case()
    assert case.stage is Stage.CLOSING
    assert [one.name for one in case.open_obligations] == ["close"]
    given(SETTLED).when(RecordSilence(date(2026, 4, 21)), at="2026-04-21 08:00").then_refused("has decided")
    given(SETTLED).when(SendLastLetter(date(2026, 4, 14)), at="2026-04-21 08:00").then_refused("has decided")


def test_a_late_reply_that_is_released_after_silence_gives_the_raiser_another_turn() -> None:
    late = after(UNHEARD, REPLY, "2026-04-30 09:00")
    assert [one.name for one in given(late).case.open_obligations] == ["close", "release"]
    case = given(late).when(ReleaseReply(looked=True), at="2026-04-30 12:00").then_case()
    assert case.stage is Stage.RAISER_DECIDES
    assert [(one.name, one.cycle) for one in case.open_obligations] == [("decide", 2)]
    (close,) = [one for one in case.obligations if one.name == "close"]
    assert close.ended_how == "a late reply was released"


def test_close_is_owed_anew_and_once_when_the_raiser_then_settles() -> None:
    late = after(UNHEARD, REPLY, "2026-04-30 09:00")
    released = late + on(
        "2026-04-30 12:00", ReplyReleased(0, None, Term(date(2026, 4, 30), 10, date(2026, 5, 15)))
    )
    case = given(released).when(Decide("settled"), at="2026-05-01 12:00").then_case()
    assert [(one.name, one.cycle) for one in case.open_obligations] == [("close", 2)]
