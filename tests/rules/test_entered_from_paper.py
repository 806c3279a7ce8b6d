"""What an officer did while a case was kept on paper is entered with its days, and limits count from them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.events.intake import EnteredFromPaper
from compact_cases.rules.intake import Accept
from compact_cases.rules.noted import CommentOnNote, ReleaseText, WriteNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.past import Past
from compact_cases.rules.review import RecordMeeting, SetMeeting
from compact_cases.rules.terms import Term
from tests.builders import CHAMPION, OFFICER, OTHER_OFFICER, PUT_TO_THE_COUNCIL, History, given, said
from tests.rules.test_past import by
from tests.rules.test_review import then

ENTERED = "2026-05-18 10:00"


def on(text: str) -> date:
    return date.fromisoformat(text)


def paper(text: str) -> Arrived:
    return Arrived(on(text), "paper")


def released(text: str) -> ReleaseReply:
    return ReleaseReply(looked=True, done_on=on(text))


def reply(text: str) -> SendReply:
    return SendReply((Answer(1, "dispute", said()),), None, CHAMPION, said("Ann Lee"), paper(text))


TAKEN_ON = Accept(OFFICER, said(), said(), past=Past(on("2026-02-24"), on("2026-03-02")))
REPLIED = (TAKEN_ON, reply("2026-03-12"))
DECIDED = (*REPLIED, released("2026-03-13"), Decide("not", came=paper("2026-03-20")))
OPENED = (*DECIDED, OpenNextStep("senior-review", OTHER_OFFICER, done_on=on("2026-03-24")))
MEET = SetMeeting(on("2026-04-15"), "14:30", online=False, place=said("Shire Hall"), done_on=on("2026-03-26"))
HELD = (*OPENED, MEET, RecordMeeting(held=True, done_on=on("2026-04-15")))
NOTED = (*HELD, WriteNote(said(), said(), done_on=on("2026-04-17")))
KNOWN: dict[str, Any] = {"officers": frozenset({OFFICER, OTHER_OFFICER})}


def entered(commands: Iterable[Any]) -> History:
    history = by("paper")
    for command in commands:
        history = then(history, command, ENTERED, **KNOWN)
    return history


def term_of(case: Case, name: str, item: str = "") -> Term:
    one = case.owed(name, item)
    assert one is not None
    return one.term


@pytest.mark.parametrize(
    ("done", "stage", "owed", "term"),
    [
        (REPLIED, Stage.EARLY_RESOLUTION, "release", Term(on("2026-03-12"), 2, on("2026-03-16"))),
        (DECIDED[:3], Stage.RAISER_DECIDES, "decide", Term(on("2026-03-13"), 10, on("2026-03-27"))),
        (DECIDED, Stage.RAISER_DECIDES, "next-step", Term(on("2026-03-20"), 5, on("2026-03-27"))),
        (OPENED, Stage.SENIOR_REVIEW, "note", Term(on("2026-03-24"), 20, on("2026-04-23"))),
        (HELD, Stage.SENIOR_REVIEW, "note", Term(on("2026-03-24"), 20, on("2026-04-23"))),
        (NOTED, Stage.SENIOR_REVIEW, "comment respondent", Term(on("2026-04-17"), 5, on("2026-04-24"))),
    ],
)
def test_each_limit_counts_from_the_true_day(done: Any, stage: Stage, owed: str, term: Term) -> None:
    case = given(entered(done)).case
    name, _, item = owed.partition(" ")
    assert (case.stage, term_of(case, name, item)) == (stage, term)


def test_what_was_done_on_paper_is_marked_so_and_what_is_done_here_is_not() -> None:
    marks = [event for event, _ in entered(NOTED) if isinstance(event, EnteredFromPaper)]
    assert [(one.act, one.on.isoformat()) for one in marks] == [
        ("reply", "2026-03-12"),
        ("release", "2026-03-13"),
        ("decision", "2026-03-20"),
        ("next-step", "2026-03-24"),
        ("convening", "2026-03-26"),
        ("meeting", "2026-04-15"),
        ("note", "2026-04-17"),
    ]
    here = given(entered(REPLIED)).when(ReleaseReply(looked=True), ENTERED)
    assert not any(isinstance(one, EnteredFromPaper) for one in here.events())
    assert term_of(here.then_case(), "decide").start == on("2026-05-18")


def test_the_last_comment_on_paper_gives_the_raiser_their_turn_from_its_day() -> None:
    comments = (
        CommentOnNote("respondent", None, None, paper("2026-04-21")),
        CommentOnNote("raiser", said("Not quite."), None, paper("2026-04-22")),
        ReleaseText(looked=True, done_on=on("2026-04-23")),
    )
    case = given(entered((*NOTED, *comments))).case
    assert case.stage is Stage.RAISER_DECIDES
    assert term_of(case, "decide") == Term(on("2026-04-23"), 10, on("2026-05-08"))


@pytest.mark.parametrize(
    ("before", "command", "words"),
    [
        (REPLIED, released("2026-03-11"), "before Thursday 12 March 2026"),
        (REPLIED, released("2026-05-19"), "taken over from paper on Monday 18 May 2026"),
        (DECIDED, OpenNextStep("senior-review", OTHER_OFFICER, done_on=on("2026-03-19")), "before Friday 20"),
        (OPENED, replace(MEET, done_on=on("2026-03-23")), "before Tuesday 24 March 2026"),
        (HELD, WriteNote(said(), None, done_on=on("2026-03-23")), "before Tuesday 24 March 2026"),
        (HELD, WriteNote(said(), None, done_on=on("2026-04-14")), "met on Wednesday 15 April 2026"),
    ],
)
def test_an_order_that_cannot_be_is_refused(before: Any, command: Any, words: str) -> None:
    refused = given(entered(before)).when(command, ENTERED, **KNOWN).then_refused(words)
    assert refused.field == "done_on"


def test_what_has_begun_here_is_not_undone_by_a_day_of_the_past() -> None:
    history = then(entered(REPLIED), ReleaseReply(looked=True), "2026-05-20 10:00")
    history = then(history, Decide("not"), "2026-05-21 10:00")
    late = OpenNextStep("senior-review", OTHER_OFFICER, done_on=on("2026-04-01"))
    given(history).when(late, "2026-05-22 10:00", **KNOWN).then_refused("before Thursday 21 May 2026")


def test_a_case_that_was_raised_here_has_no_such_past() -> None:
    history = then(PUT_TO_THE_COUNCIL, reply("2026-03-10"), "2026-03-10 10:00")
    refused = given(history).when(released("2026-03-10"), "2026-03-11 10:00").then_refused("kept on paper")
    assert refused.field == "done_on"
