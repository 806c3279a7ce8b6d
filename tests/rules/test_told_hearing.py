"""Who is told of statements, papers and the day of a hearing; which dates go with it; when it is heard."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.constituting import (
    DeclareForPanel,
    HearAgain,
    LetPanelStand,
    ReplaceMember,
)
from compact_cases.rules.enquiry import Decide, ReleaseReply
from compact_cases.rules.events.enquiry import ReplySent
from compact_cases.rules.events.panel import (
    HearingHeld,
    HearingMoved,
    NoStatementRecorded,
    PanelOpened,
    PanelTextReleased,
    PapersSent,
    StatementSent,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.panel import (
    RecordHearing,
    RecordNoStatement,
    ReleaseForPanel,
    SendPapers,
    SendStatement,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import CHAMPION, given, local, on, said, sealed
from tests.rules.test_panel import (
    ANN,
    BEN,
    CAT,
    DAN,
    DECLARED,
    HEARD,
    NONE_CAME,
    OPENED,
    RELEASED,
    SENT,
    WRITTEN,
)
from tests.rules.test_review import hidden, then
from tests.rules.test_told_panel import BOTH, MOVE, SWEEP, VCS_DAN, WITHOUT_BEN, fact, to_member, who_owes

# --- both sides write, and the papers go ------------------------------------------------------------------


def test_the_officer_hears_until_when_to_read_a_statement_and_then_the_other_side_does() -> None:
    ours = SendStatement("", of_raiser=said("We were shut out."))
    assert ours.of_raiser
    outcome = given(DECLARED).when(ours, at="2026-04-14 12:00", seat=Seat.RAISER)
    by = Term(date(2026, 4, 14), 2, date(2026, 4, 16))
    outcome.then(StatementSent("raiser", ours.of_raiser.sealed(), by))
    facts = fact("release", "2026-04-16", item="panel-raiser", side="raiser", what="panel")
    outcome.then_told(Notice("text-received", Seat.OFFICER, facts, Rest.OWED))
    assert who_owes(WRITTEN, "release", "panel-raiser") == (Seat.OFFICER, Seat.CHAMPION)
    theirs = SendStatement("respondent", of_respondent=said("We asked."))
    sent = then(DECLARED, theirs, "2026-04-14 12:00")
    assert who_owes(sent, "release", "panel-respondent") == (Seat.OFFICER, Seat.RAISER)
    words = {"panel_words": "We were shut out."}
    released = given(WRITTEN).when(ReleaseForPanel(True, said("shut out")), at="2026-04-15 09:00", **words)
    (event,) = released.events()
    assert isinstance(event, PanelTextReleased)
    assert (event.what, event.side, event.item, event.hidden is None) == ("statement", "raiser", "", False)
    released.then_told(Notice("text-released", Seat.CHAMPION, {"what": "panel"}))
    case = released.then_case()
    assert case.owed("release", "panel-raiser") is None
    (text,) = case.panel.texts
    assert (text.released_at, text.hidden) == (local("2026-04-15 09:00"), event.hidden)


@pytest.mark.parametrize(
    ("command", "by", "field"),
    [
        (SendStatement("respondent", of_respondent=said()), Seat.RAISER, "side"),
        (SendStatement("", of_raiser=said()), Seat.OFFICER, "side"),
        (SendStatement("raiser", of_respondent=said()), Seat.OFFICER, "words"),
        (SendStatement("respondent", of_raiser=said(), of_respondent=said()), Seat.OFFICER, "words"),
        (SendStatement("raiser", of_raiser=said(" ")), Seat.OFFICER, "words"),
        (SendStatement("raiser"), Seat.OFFICER, "words"),
    ],
)
def test_a_statement_is_of_one_side_in_its_own_words(command: SendStatement, by: Seat, field: str) -> None:
    assert given(DECLARED).when(command, at="2026-04-14 12:00", seat=by).then_refused(".").field == field


def test_a_side_may_still_write_after_its_date_until_the_papers_have_gone() -> None:
    ours = SendStatement("", of_respondent=said("Late."))
    given(NONE_CAME).when(ours, at="2026-04-17 10:00", seat=Seat.CHAMPION).then_case()
    given(SENT).when(ours, at="2026-04-21 10:00", seat=Seat.CHAMPION).then_refused("No statement")
    again = SendStatement("", of_raiser=said())
    given(WRITTEN).when(again, at="2026-04-15 10:00", seat=Seat.RAISER).then_refused("No statement")
    given(OPENED).when(ours, at="2026-04-07 10:00").then_refused("No statement")


def test_silence_is_no_statement() -> None:
    none = RecordNoStatement(date(2026, 4, 16), "respondent")
    outcome = given(RELEASED).when(none, at="2026-04-16 08:05", **SWEEP)
    case = outcome.then(NoStatementRecorded("respondent", date(2026, 4, 16)))
    assert case.panel.none_sent == ("respondent",)
    outcome.then_told()
    twice = given(NONE_CAME).when(none, at="2026-04-16 08:06", **SWEEP)
    twice.then_refused("No statement for a panel is awaited")


def test_a_text_is_looked_at_before_others_read_it() -> None:
    unseen = given(WRITTEN).when(ReleaseForPanel(looked=False), at="2026-04-15 09:00")
    assert unseen.then_refused("look for names").field == "looked"
    words = "We of Elmfield were shut out."
    known = {"panel_words": words, "raisers_words": frozenset({"elmfield"})}
    of_hidden = given(hidden(WRITTEN))
    told = of_hidden.when(ReleaseForPanel(looked=True), at="2026-04-15 09:00", **known)
    assert told.then_refused("who raised it: Elmfield").field == "hidden"
    for may in (ReleaseForPanel(True, said("Elmfield")), ReleaseForPanel(True, words_may_stay=True)):
        of_hidden.when(may, at="2026-04-15 09:00", **known).then_case()
    given(WRITTEN).when(ReleaseForPanel(looked=True), at="2026-04-15 09:00", **known).then_case()
    nowhere = given(WRITTEN).when(ReleaseForPanel(True, said("Stroud")), at="2026-04-15 09:00", **known)
    assert nowhere.then_refused("does not stand in the text").field == "hidden"


def test_the_papers_go_to_both_sides_and_to_each_member_who_has_declared() -> None:
    outcome = given(NONE_CAME).when(SendPapers(looked=True), at="2026-04-20 10:00")
    case = outcome.then(PapersSent(("raiser",)))
    outcome.then_told(
        *(Notice("papers", seat, {"more": False}) for seat in BOTH),
        *(to_member("papers", one, {"more": False}) for one in (ANN, BEN, CAT)),
    )
    assert case.owed("papers") is None
    assert case.panel.papers_sent_at == local("2026-04-20 10:00")
    unread = given(NONE_CAME).when(SendPapers(looked=False), at="2026-04-20 10:00")
    assert unread.then_refused("read through").field == "looked"
    given(SENT).when(SendPapers(looked=True), at="2026-04-21 10:00").then_refused("No papers")


def test_a_reply_that_is_released_after_the_papers_goes_to_the_members_too() -> None:
    late = ReplySent((), None, CHAMPION, sealed(), Term(date(2026, 4, 21), 2, date(2026, 4, 23)))
    for history, more in ((SENT, [ANN, BEN, CAT]), (DECLARED, [])):
        waits = history + on("2026-04-21 10:00", late)
        outcome = given(waits).when(ReleaseReply(looked=True), at="2026-04-22 10:00")
        papers = [one for one in outcome.told() if one.name == "papers"]
        assert papers == [to_member("papers", one, {"more": True}) for one in more]
        if more:
            heard = given(waits).when(RecordHearing(()), at="2026-05-07 12:00")
            heard.then_refused("A reply waits to be released")


# --- the hearing ------------------------------------------------------------------------------------------


def test_of_the_days_before_a_hearing_those_go_along_that_are_still_ahead() -> None:
    for history, at, statement, papers in (
        (DECLARED, "2026-04-14 12:00", (6, date(2026, 4, 22)), (11, date(2026, 4, 29))),
        (NONE_CAME, "2026-04-17 12:00", None, (8, date(2026, 4, 29))),
        (SENT, "2026-04-21 12:00", None, None),
    ):
        outcome = given(history).when(MOVE, at=at)
        (moved,) = outcome.events()
        assert isinstance(moved, HearingMoved)
        assert (moved.number, moved.on, moved.time, moved.online) == (1, MOVE.on, "11:00", True)
        assert MOVE.needs
        assert (moved.place, moved.needs) == (MOVE.place.sealed(), MOVE.needs.sealed())
        start = local(at).date()
        assert moved.statement == (Term(start, *statement) if statement else None)
        assert moved.papers == (Term(start, *papers) if papers else None)
        assert (moved.hear.start, moved.hear.due) == (start, MOVE.on)
        day = {"number": 1, "on": "2026-05-14", "time": "11:00", "in_writing": False}
        outcome.then_told(
            *(Notice("hearing", seat, day) for seat in BOTH),
            *(to_member("hearing", one, day) for one in (ANN, BEN, CAT)),
        )
        dates = {f"{one.name} {one.item}".strip(): one.due for one in outcome.then_case().open_obligations}
        assert dates["hear"] == MOVE.on
        assert dates.get("papers") == (papers[1] if papers else None)
        assert dates.get("statement raiser") == (statement[1] if statement else None)


def test_each_word_on_the_day_has_the_next_number_and_the_record_says_how_each_thing_ended() -> None:
    case = given(DECLARED).when(MOVE, at="2026-04-14 12:00").then_case()
    assert case.panel.said == 2
    (guard,) = (one for one in case.course.obligations if one.name == "panel-guard")
    assert (guard.owner, guard.to, guard.is_open) == (Seat.OFFICER, Seat.RAISER, True)
    ended = {f"{one.name} {one.item}".strip(): one.ended_how for one in given(HEARD).case.obligations}
    assert ended["constitute"] == "named"
    assert ended["see"] == "both sides have seen the names"
    assert (ended["statement raiser"], ended["statement respondent"]) == ("sent", "none sent")
    assert (ended["papers"], ended["hear"]) == ("sent", "it was heard")


def test_the_date_of_the_side_that_has_not_written_yet_goes_along_too() -> None:
    case = given(RELEASED).when(MOVE, at="2026-04-15 11:00").then_case()
    assert case.owed("statement", "raiser") is None
    theirs = case.owed("statement", "respondent")
    assert theirs
    assert theirs.due == date(2026, 4, 22)


def test_a_new_hour_or_place_on_the_same_day_moves_no_date() -> None:
    same = replace(MOVE, on=date(2026, 5, 7))
    (moved,) = given(DECLARED).when(same, at="2026-04-14 12:00").events()
    assert isinstance(moved, HearingMoved)
    assert (moved.statement, moved.papers, moved.hear.due) == (None, None, date(2026, 5, 7))


@pytest.mark.parametrize(
    ("news", "at", "words"),
    [
        ({"on": date(2026, 5, 6)}, "2026-04-14 12:00", "not later than Thursday 21 May 2026"),
        ({"on": date(2026, 5, 22)}, "2026-04-14 12:00", "not later than Thursday 21 May 2026"),
        ({"on": date(2026, 5, 7)}, "2026-05-07 09:00", "a day after today"),
        ({"on": date(2026, 5, 9)}, "2026-04-14 12:00", "not a working day"),
    ],
)
def test_a_day_to_which_it_cannot_move(news: dict[str, Any], at: str, words: str) -> None:
    assert given(DECLARED).when(replace(MOVE, **news), at=at).then_refused(words).field == "on"
    given(DECLARED).when(replace(MOVE, on=date(2026, 5, 21)), at="2026-04-14 12:00").then_case()
    wrong = given(DECLARED).when(replace(MOVE, time="11"), at="2026-04-14 12:00")
    assert wrong.then_refused("like 14:30").field == "time"
    given(OPENED).when(MOVE, at="2026-04-07 10:00").then_refused("No hearing is set")


def test_it_is_heard_and_the_lead_has_ten_days_for_the_findings() -> None:
    outcome = given(SENT).when(RecordHearing(("respondent", "raiser")), at="2026-05-07 12:00")
    case = outcome.then(
        HearingHeld(date(2026, 5, 7), ("raiser", "respondent"), Term(date(2026, 5, 7), 10, date(2026, 5, 21)))
    )
    outcome.then_told()
    assert case.owed("hear") is None
    assert who_owes(HEARD, "findings") == (Seat.PANELLIST, Seat.RAISER)
    somebody = given(SENT).when(RecordHearing(("board",)), at="2026-05-07 12:00")
    assert somebody.then_refused("for which sides").field == "came"
    given(hidden(SENT)).when(RecordHearing(("respondent",)), at="2026-05-07 12:00").then_case()


def test_it_is_not_heard_by_a_panel_that_is_not_complete() -> None:
    hears = RecordHearing(())
    lost = then(SENT, DeclareForPanel(conflict=True, member=CAT), "2026-04-21 10:00")
    given(lost).when(hears, at="2026-05-07 12:00").then_refused("not complete")
    filled = then(lost, ReplaceMember(CAT, DAN), "2026-04-22 10:00", **VCS_DAN)
    given(filled).when(hears, at="2026-05-07 12:00").then_refused("not complete")
    stood = then(filled, LetPanelStand(date(2026, 4, 28)), "2026-04-28 08:05", **SWEEP)
    given(stood).when(hears, at="2026-05-07 12:00").then_refused("has not said yet")
    given(OPENED).when(hears, at="2026-05-07 12:00").then_refused("No hearing is set")


@pytest.mark.parametrize("command", [Decide("settled"), Withdraw(sure=True)])
def test_an_end_before_it_is_in_every_calendar_also_in_that_of_whoever_ended_it(command: Any) -> None:
    """The raiser who settles or withdraws had the hearing in their calendar for ever."""
    off = {"number": 1}
    members = [
        to_member("hearing-off", one, off, confirms=False, rests_on=Rest.ALWAYS) for one in (ANN, BEN, CAT)
    ]
    for history, sides in ((SENT, BOTH), (hidden(SENT), (Seat.CHAMPION,))):
        told = given(history).when(command, at="2026-04-22 10:00").told()
        found = [one for one in told if one.name == "hearing-off"]
        theirs = [Notice("hearing-off", seat, off, Rest.ALWAYS, confirms=True) for seat in sides]
        assert found == [*theirs, *members]
    for history in (OPENED, HEARD):
        told = given(history).when(Withdraw(sure=True), at="2026-05-08 10:00").told()
        assert [one for one in told if one.name == "hearing-off"] == []
    settled = then(SENT, Decide("settled"), "2026-04-22 10:00")
    closed = given(settled).when(Close("reply accepted", said()), at="2026-04-23 10:00").told()
    assert [one for one in closed if one.name == "hearing-off"] == []


def test_a_panel_of_two_is_heard_again_from_the_beginning_under_the_same_guard() -> None:
    lost = then(HEARD, DeclareForPanel(conflict=True, member=CAT), "2026-05-08 10:00")
    again = given(lost).when(HearAgain(sure=True), at="2026-05-12 10:00")
    case = again.then(PanelOpened(Term(date(2026, 5, 12), 10, date(2026, 5, 27)), None))
    assert (case.panel.said, case.panel.hearing, case.owed("findings")) == (1, None, None)
    unsure = given(lost).when(HearAgain(sure=False), at="2026-05-12 10:00")
    assert unsure.then_refused("confirm").field == "sure"
    given(WITHOUT_BEN).when(HearAgain(sure=True), at="2026-04-15 10:00").then_refused("has not begun")
