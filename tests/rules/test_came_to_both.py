"""What either side sends by post or says by phone in a review, or about an agreement, is dated as it came."""

from datetime import date
from typing import Any

import pytest

from compact_cases.rules.agreed_actions import ConfirmAction, DisputeAction, RecordNotDisputed, SayActionDone
from compact_cases.rules.agreement import AnswerAgreement
from compact_cases.rules.coming import Arrived
from compact_cases.rules.events.review import NoteCommented
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText
from compact_cases.rules.review import AnswerMeeting
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came
from tests.builders import CLOSED_WITH_ACTIONS, RELEASED, History, given, said
from tests.rules.test_agreed_actions import TO_CONFIRM
from tests.rules.test_agreement import WRITE
from tests.rules.test_review import NOTED, SET, then

WRITTEN = then(RELEASED, WRITE, "2026-03-16 12:00")
NOBODY_DISPUTED = then(TO_CONFIRM, RecordNotDisputed(date(2026, 5, 21), "1"), "2026-05-21 08:00")
SILENT = then(NOTED, RecordNoComment(date(2026, 4, 29)), "2026-04-29 08:00")  # the respondent's five days


def paper(day: str) -> Arrived:
    return Arrived(date.fromisoformat(day), "paper")


@pytest.mark.parametrize(
    ("history", "command", "at", "came"),
    [
        (WRITTEN, AnswerAgreement("raiser", "yes", None, paper("2026-03-18")), "2026-03-20 10:00", True),
        (SET, AnswerMeeting("raiser", True, None, None, paper("2026-04-08")), "2026-04-10 10:00", True),
        (NOTED, CommentOnNote("raiser", said(), None, paper("2026-04-22")), "2026-04-24 10:00", True),
        (CLOSED_WITH_ACTIONS, SayActionDone("1", said(), paper("2026-05-07")), "2026-05-11 10:00", False),
        (CLOSED_WITH_ACTIONS, SayActionDone("1", said(), paper("2026-05-06")), "2026-05-11 10:00", True),
        (TO_CONFIRM, ConfirmAction("1", paper("2026-05-20")), "2026-05-20 10:00", True),
        (TO_CONFIRM, DisputeAction("1", said(), paper("2026-05-11")), "2026-05-13 10:00", True),
    ],
)
def test_each_is_kept_with_its_day_and_whether_that_was_in_time(
    history: History, command: Any, at: str, came: bool
) -> None:
    event: Any = given(history).when(command, at).events()[0]
    assert event.came == Came(command.came.on, "paper", came)


@pytest.mark.parametrize(
    ("history", "command", "first"),
    [
        (WRITTEN, AnswerAgreement("raiser", "yes", None, paper("2026-03-13")), "16 March 2026"),
        (SET, AnswerMeeting("raiser", True, None, None, paper("2026-04-06")), "7 April 2026"),
        (NOTED, CommentOnNote("raiser", said(), None, paper("2026-04-20")), "21 April 2026"),
        (TO_CONFIRM, DisputeAction("1", said(), paper("2026-05-05")), "6 May 2026"),
        (TO_CONFIRM, ConfirmAction("1", paper("2026-05-05")), "6 May 2026"),
    ],
)
def test_none_can_have_come_before_what_it_answers(history: History, command: Any, first: str) -> None:
    last = history[-1][1].strftime("%Y-%m-%d 18:00")
    assert given(history).when(command, last).then_refused(first).field == "came_on"


def test_a_party_writes_down_no_day_of_its_own() -> None:
    theirs = ConfirmAction("1", paper("2026-05-06"))
    refused = given(TO_CONFIRM).when(theirs, "2026-05-07 10:00", seat=Seat.RAISER)
    refused.then_refused("Only a Compact officer")


def test_a_comment_posted_in_time_is_taken_after_none_was_recorded() -> None:
    comment = CommentOnNote("respondent", None, said("We agree."), paper("2026-04-28"))
    outcome = given(SILENT).when(comment, "2026-04-30 10:00")
    [event] = outcome.events()
    assert isinstance(event, NoteCommented)
    case = outcome.then_case()
    assert case.review.silent == ()
    assert case.owed("release", "comment-respondent") is not None
    read = then([*SILENT, (event, outcome.now.at)], ReleaseText(looked=True), "2026-04-30 12:00")
    assert given(read).case.owed("decide") is None  # the raiser's side has its own days still


def test_a_comment_that_was_late_is_not_taken_nor_one_of_no_day() -> None:
    late = CommentOnNote("respondent", None, said(), paper("2026-04-29"))
    assert given(SILENT).when(late, "2026-04-30 10:00").then_refused("if that was in time").field == "came_on"
    bare = CommentOnNote("respondent", None, said())
    assert given(SILENT).when(bare, "2026-04-30 10:00").then_refused("if that was in time").field == "came_on"
    given(SILENT).when(bare, "2026-04-30 10:00", seat=Seat.SENIOR_LEAD).then_refused("No comment on a note")


def test_a_dispute_posted_in_time_is_taken_after_nobody_had_disputed() -> None:
    outcome = given(NOBODY_DISPUTED).when(DisputeAction("1", said(), paper("2026-05-20")), "2026-05-22 10:00")
    case = outcome.then_case()
    assert case.agreement.actions[0].state == "dispute-read"
    assert case.owed("action-release", "1") is not None
    late = DisputeAction("1", said(), paper("2026-05-21"))
    given(NOBODY_DISPUTED).when(late, "2026-05-22 10:00").then_refused("counts as done")
    months_later = DisputeAction("1", said(), paper("2026-05-20"))
    given(NOBODY_DISPUTED).when(months_later, "2026-08-22 10:00").then_refused("No agreed action waits")
