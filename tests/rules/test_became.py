"""What became of each obligation: who owed it to whom, by when, and how it ended, as reports say it."""

from datetime import date
from typing import Any

import pytest

from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.agreed_actions import ConfirmAction, RecordNotKept, WaiveAction
from compact_cases.rules.agreement import AnswerAgreement, WaiveReflection
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.events.clocks import Pause, Request
from compact_cases.rules.events.review import Meeting, Note, SideText
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.review import AnswerMeeting, CancelMeeting, RecordMeeting, SetMeeting
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from tests.builders import (
    AGREED,
    CHAMPION,
    CLOSED,
    CLOSED_WITH_ACTIONS,
    OFFICER,
    OTHER_OFFICER,
    REPLIED,
    SILENT,
    History,
    given,
    local,
    said,
)
from tests.rules.test_extensions import ASKED
from tests.rules.test_onward import ALONE, GOES_ON, IN_REVIEW
from tests.rules.test_review import SET, then
from tests.rules.test_told_agreed_actions import DONE_AGAIN, OURS_TO_CONFIRM
from tests.rules.test_told_agreement import REFLECTING, WRITE
from tests.rules.test_told_clocks import ASKED_AGAIN, REFUSED
from tests.rules.test_told_note import NOTE

Became = tuple[str, str, str, str | None]


def became(case: Case, *names: str) -> list[Became]:
    """Those of these names: what, from whom to whom, until when, and how it ended."""
    return [
        (
            f"{one.name} {one.item}".strip(),
            f"{one.owner.word} to {one.to.word}",
            one.due.isoformat() if one.due else "paused",
            one.ended_how,
        )
        for one in case.obligations
        if one.name in names
    ]


OUR_LEAD, THEIR_LEAD = "raiser-senior-lead to senior-lead", "senior-lead to raiser-senior-lead"
OFFICE = "officer to raiser"


def meets(day: int) -> SetMeeting:
    return SetMeeting(date(2026, 4, day), "10:00", online=True, place=said("a link"))


THIRD = meets(22)
COMMENT = CommentOnNote("raiser", said("We heard it otherwise."))


def through(history: History, *acts: tuple[Any, str]) -> History:
    for command, at in acts:
        history = then(history, command, at)
    return history


REVIEWED = through(
    SET,
    (AnswerMeeting("raiser", comes=False), "2026-04-08 10:00"),
    (meets(21), "2026-04-09 10:00"),
    (AnswerMeeting("raiser", comes=True), "2026-04-10 10:00"),
    (AnswerMeeting("respondent", comes=True), "2026-04-10 11:00"),
    (CancelMeeting(), "2026-04-13 10:00"),
    (THIRD, "2026-04-14 10:00"),
    (RecordMeeting(held=True), "2026-04-22 12:00"),
    (NOTE, "2026-04-23 10:00"),
    (COMMENT, "2026-04-24 10:00"),
    (ReleaseText(looked=True), "2026-04-24 12:00"),
    (RecordNoComment(date(2026, 5, 1)), "2026-05-01 08:00"),
)


def test_a_review_to_its_end() -> None:
    case = given(REVIEWED).case
    assert became(case, "next-step", "convene", "meet", "note", "comment", "release", "decide") == [
        ("decide", "raiser to officer", "2026-04-08", "decided: not"),
        ("next-step", OFFICE, "2026-04-08", "the senior review is open"),
        ("convene", OFFICE, "2026-04-09", "convened"),
        ("note", OFFICE, "2026-04-30", "written"),
        ("meet raiser", OUR_LEAD, "2026-04-20", "answered"),
        ("meet respondent", THEIR_LEAD, "2026-04-20", "another day was set"),
        ("convene", OFFICE, "2026-04-15", "convened"),
        ("meet raiser", OUR_LEAD, "2026-04-21", "answered"),
        ("meet respondent", THEIR_LEAD, "2026-04-21", "answered"),
        ("convene", OFFICE, "2026-04-20", "convened"),
        ("meet raiser", OUR_LEAD, "2026-04-22", "the leads met"),
        ("meet respondent", THEIR_LEAD, "2026-04-22", "the leads met"),
        ("comment raiser", "raiser-senior-lead to officer", "2026-04-30", "commented"),
        ("comment respondent", "senior-lead to officer", "2026-04-30", "no comment"),
        ("release comment-raiser", "officer to senior-lead", "2026-04-28", "released"),
        ("decide", "raiser to officer", "2026-05-18", None),
    ]


def test_what_a_review_keeps() -> None:
    review = given(REVIEWED).case.review
    set_at = local("2026-04-14 10:00")
    set_at, place = local("2026-04-14 10:00"), THIRD.place.sealed()
    assert review.meeting == Meeting(3, date(2026, 4, 22), "10:00", True, place, None, set_at)
    assert (review.was_opened, review.meet_by, review.said) == (True, date(2026, 4, 23), 4)
    assert (review.held_on, review.did_not_meet) == (date(2026, 4, 22), False)
    assert NOTE.agreed is not None
    assert NOTE.open is not None
    assert review.note == Note(NOTE.agreed.sealed(), NOTE.open.sealed(), local("2026-04-23 10:00"))
    assert COMMENT.of_raiser is not None
    text = SideText(
        "comment",
        "raiser",
        COMMENT.of_raiser.sealed(),
        local("2026-04-24 10:00"),
        local("2026-04-24 12:00"),
    )
    assert (review.texts, review.silent) == ((text,), ("respondent",))


@pytest.mark.parametrize(
    ("history", "how"),
    [
        (through(SET, (CancelMeeting(), "2026-04-09 10:00")), "the meeting is off"),
        (through(SET, (RecordMeeting(held=False), "2026-04-21 10:00")), "it did not take place"),
        (
            through(SET, (RecordMeeting(held=False), "2026-04-30 10:00")),
            "over: senior-review",
        ),
        (through(SET, (Withdraw(sure=True), "2026-04-09 10:00")), "withdrawn"),
    ],
)
def test_how_the_answers_to_an_invitation_end_that_nobody_gave(history: History, how: str) -> None:
    assert became(given(history).case, "meet") == [
        ("meet raiser", OUR_LEAD, "2026-04-20", how),
        ("meet respondent", THEIR_LEAD, "2026-04-20", how),
    ]


def test_a_day_is_to_be_found_once_until_both_have_answered() -> None:
    cannot = AnswerMeeting("raiser", comes=False)
    changed = through(
        SET, (cannot, "2026-04-08 10:00"), (AnswerMeeting("raiser", comes=True), "2026-04-08 11:00")
    )
    assert became(given(changed).case, "convene")[-1] == (
        "convene",
        OFFICE,
        "2026-04-15",
        "both have answered",
    )


def test_an_agreement_to_its_end() -> None:
    case = given(AGREED).case
    assert became(case, "decide", "agree", "reflect", "close", "action", "check-in") == [
        ("decide", "raiser to officer", "2026-03-27", "settled by an agreement"),
        ("agree raiser", "raiser to officer", "2026-03-23", "accepted"),
        ("agree respondent", "champion to officer", "2026-03-23", "accepted"),
        ("reflect raiser", "raiser to officer", "2026-03-25", "it stands"),
        ("reflect respondent", "champion to officer", "2026-03-25", "it stands"),
        ("close", OFFICE, "2026-04-02", None),
        ("action 1", "champion to raiser", "2026-05-06", None),
        ("action 2", "raiser to champion", "2026-04-20", None),
        ("check-in 3-raiser", "raiser to officer", "2026-07-10", None),
        ("check-in 3-respondent", "champion to officer", "2026-07-10", None),
        ("check-in 12-raiser", "raiser to officer", "2027-04-13", None),
        ("check-in 12-respondent", "champion to officer", "2027-04-13", None),
    ]
    (version,) = case.agreement.versions
    assert [(one.side, one.answer) for one in version.answers] == [("raiser", "yes"), ("respondent", "yes")]
    assert (version.at, version.made_at) == (local("2026-03-16 12:00"), local("2026-03-26 08:00"))
    assert case.agreement.settled


def test_a_new_version_and_a_no_end_what_the_older_one_asked() -> None:
    history = through(
        REFLECTING,
        (WaiveReflection("raiser", sure=True), "2026-03-19 09:00"),
        (WRITE, "2026-03-19 10:00"),
        (AnswerAgreement("raiser", "yes"), "2026-03-19 11:00"),
        (AnswerAgreement("respondent", "yes"), "2026-03-19 12:00"),
        (AnswerAgreement("respondent", "not"), "2026-03-20 10:00"),
    )
    case = given(history).case
    assert [(what, how) for what, _, _, how in became(case, "agree", "reflect")] == [
        ("agree raiser", "accepted"),
        ("agree respondent", "accepted"),
        ("reflect raiser", "waived"),
        ("reflect respondent", "a new version"),
        ("agree raiser", "accepted"),
        ("agree respondent", "accepted"),
        ("reflect raiser", "not accepted"),
        ("reflect respondent", "not accepted"),
    ]
    first, second = case.agreement.versions
    assert (first.waived, second.waived) == (("raiser",), ())
    assert isinstance(second.terms[0], AgreedTerm)


def test_an_action_said_to_be_done_disputed_and_said_again() -> None:
    """Whoever waits to read what the other side wrote is the one to whom an officer owes the reading."""
    case = given(DONE_AGAIN).case
    assert [one for one in became(case, "action", "confirm", "action-release") if one[0][-1] == "1"] == [
        ("action 1", "champion to raiser", "2026-05-06", "said to be done"),
        ("action-release 1", "officer to raiser", "2026-05-07", "released"),
        ("confirm 1", "raiser to champion", "2026-05-20", "disputed"),
        ("action-release 1", "officer to champion", "2026-05-07", "released"),
        ("action 1", "champion to raiser", "2026-05-22", "said to be done"),
        ("action-release 1", "officer to raiser", "2026-05-07", "released"),
        ("confirm 1", "raiser to champion", "2026-05-20", None),
    ]
    action = case.agreement.actions[0]
    assert [(one.is_dispute, one.side) for one in action.claims] == [
        (False, "respondent"),
        (True, "raiser"),
        (False, "respondent"),
    ]
    assert [one.released_at for one in action.claims] == [
        local(f"2026-05-{day} 10:00") for day in ("06", "08", "13")
    ]


@pytest.mark.parametrize(
    ("history", "command", "ended"),
    [
        (OURS_TO_CONFIRM, ConfirmAction("2"), ("confirm 2", "confirmed")),
        (CLOSED_WITH_ACTIONS, WaiveAction("2", sure=True), ("action 2", "waived")),
        (CLOSED_WITH_ACTIONS, RecordNotKept(date(2026, 5, 5), "2"), ("action 2", "not kept")),
    ],
)
def test_how_an_action_ends(history: History, command: Any, ended: tuple[str, str]) -> None:
    case = given(then(history, command, "2026-05-05 10:00")).case
    found = [(what, how) for what, _, _, how in became(case, "action", "confirm") if how]
    assert ended in found
    assert [one.item for one in case.course.to_do] == ["1"]


def test_requests_for_more_time_and_the_clock_that_they_held() -> None:
    raisers = "raiser to officer"
    assert became(given(ASKED_AGAIN).case, "decide", "extension-answer") == [
        ("decide", raisers, "2026-03-27", "more time"),
        ("decide", raisers, "paused", "the pause ended"),
        ("extension-answer", "champion to raiser", "2026-04-10", "more time was given"),
        ("decide", raisers, "paused", None),
        ("extension-answer", "champion to raiser", "2026-04-17", None),
    ]
    refused = given(REFUSED).case
    assert became(refused, "extension-answer") == [
        ("extension-answer", "champion to raiser", "2026-04-10", "the other side did not agree"),
        ("extension-answer", "chair to raiser", "2026-04-13", "no more time was given"),
    ]
    assert refused.clocks.requests == (
        Request(1, "decide", "", 1, 5, "people are away", granted=True),
        Request(2, "decide", "", 2, 5, "people are away", granted=False),
    )
    assert refused.clocks.pauses == (
        Pause(
            1,
            "more time is asked for",
            date(2026, 4, 7),
            date(2026, 4, 20),
            "extension-answer",
            date(2026, 4, 9),
            11,
        ),
    )


REPLY = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))


def test_a_request_that_a_reply_makes_needless() -> None:
    case = given(then(ASKED, REPLY, "2026-03-24 10:00")).case
    assert became(case, "reply", "extension-answer")[-2:] == [
        ("reply", "champion to raiser", "paused", "reply sent"),
        ("extension-answer", "raiser to champion", "2026-03-26", "no longer needed"),
    ]


def test_the_raisers_turns_where_no_reply_came() -> None:
    waited = through(
        SILENT,
        (WaitForReply(date(2026, 3, 31)), "2026-03-24 10:00"),
        (SendLastLetter(date(2026, 4, 16)), "2026-04-16 08:00"),
        (RecordSilence(date(2026, 4, 23)), "2026-04-23 08:00"),
        (REPLY, "2026-04-23 10:00"),
        (ReleaseReply(looked=True), "2026-04-24 10:00"),
        (Decide("settled"), "2026-04-27 10:00"),
        (Close("resolved early", said()), "2026-04-28 10:00"),
    )
    case = given(waited).case
    raisers = "raiser to officer"
    assert became(case, "reply", "decide", "release", "close") == [
        ("reply", "champion to raiser", "2026-03-16", "no reply recorded"),
        ("decide", raisers, "2026-04-08", "waiting, as the raiser chose"),
        ("decide", raisers, "2026-03-31", "no further contact"),
        ("close", OFFICE, "2026-04-30", "a late reply was released"),
        ("release", OFFICE, "2026-04-27", "released"),
        ("decide", raisers, "2026-05-11", "decided: settled"),
        ("close", OFFICE, "2026-05-05", "closed"),
    ]
    assert case.enquiry.has_waited
    assert [one.value for one in case.course.trail] == [
        *("received", "early-resolution", "raiser-decides", "closing", "raiser-decides", "closing", "closed"),
    ]


def test_a_reply_that_had_come_after_all_takes_the_turn_back() -> None:
    went_on = through(
        SILENT,
        (Decide("not"), "2026-03-24 10:00"),
        (
            SendReply(REPLY.answers, None, CHAMPION, said("Ann"), Arrived(date(2026, 3, 16), "paper")),
            "2026-03-25 10:00",
        ),
    )
    case = given(went_on).case
    assert became(case, "decide", "next-step") == [
        ("decide", "raiser to officer", "2026-04-08", "decided: not"),
        ("next-step", OFFICE, "2026-03-31", "a reply had come after all"),
    ]
    (reply,) = case.enquiry.replies
    assert (reply.came_on, reply.at) == (date(2026, 3, 16), local("2026-03-25 10:00"))


def test_a_released_reply_keeps_when_and_what_was_taken_out() -> None:
    command = ReleaseReply(looked=True, hidden=said("Jo"))
    assert command.hidden is not None
    outcome = given(REPLIED).when(command, at="2026-03-13 10:00", waiting_reply="We rang Jo.")
    (reply,) = outcome.then_case().enquiry.replies
    assert (reply.released_at, reply.hidden) == (local("2026-03-13 10:00"), command.hidden.sealed())


def test_after_a_review_what_the_raiser_said_before_is_kept_beside_their_new_turn() -> None:
    enquiry = given(REVIEWED).case.enquiry
    assert (enquiry.decision, enquiry.then, enquiry.wish) == (None, None, None)
    assert (enquiry.asked_after, enquiry.decided_before) == (("senior-review",), ("not",))


def test_who_convenes_elsewhere_is_kept() -> None:
    command = OpenNextStep("", None, said("The office of Stroud."))
    assert command.elsewhere is not None
    case = given(GOES_ON).when(command, at="2026-03-31 10:00", **ALONE).then_case()
    assert case.review.elsewhere == command.elsewhere.sealed()
    assert case.intake.officer == OFFICER
    assert given(IN_REVIEW).case.intake.officer == OTHER_OFFICER
    assert given(CLOSED).case.review.elsewhere is None
