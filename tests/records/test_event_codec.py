"""Stored names and shapes are for ever: one golden line for every event, read and written to the letter."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from compact_cases.records.event_codec import UnknownEvent, decode, encode, name_of
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.events import EVENT_TYPES, Event
from compact_cases.rules.events.agreement import (
    ActionConfirmed,
    ActionDisputed,
    ActionDone,
    ActionNotDisputed,
    ActionNotKept,
    ActionTakenOn,
    ActionWaived,
    ActionWordsReleased,
    AgreementAnswered,
    AgreementMade,
    AgreementUnanswered,
    AgreementWritten,
    CheckInAnswered,
    CheckInPassed,
    ReflectionWaived,
)
from compact_cases.rules.events.board import AppealAnswered, PauseAnswered, PauseAsked, ReopeningAppealed
from compact_cases.rules.events.clocks import (
    AdjustmentRecorded,
    Escalated,
    Extended,
    ExtensionAnswered,
    ExtensionAsked,
    LongTimeReached,
    Paused,
    PauseInError,
    Posted,
    Resumed,
    Took,
)
from compact_cases.rules.events.closing import (
    Closed,
    GaveBack,
    MergedInto,
    Reopened,
    TookIn,
    Unmerged,
    Withdrawn,
)
from compact_cases.rules.events.enquiry import (
    ClauseReply,
    DecisionAsked,
    LastLetterPosted,
    LastLetterSent,
    NoReplyPutRight,
    NoReplyRecorded,
    PutToRespondent,
    RaiserDecided,
    ReplyInError,
    ReplyReleased,
    ReplySent,
    SilenceRecorded,
    TakenUpAgain,
    WaitChosen,
)
from compact_cases.rules.events.fast_track import (
    DateAnswered,
    DatePassed,
    DateWatched,
    FastTracked,
    HoldAnswered,
    HoldAsked,
    HoldWordsReleased,
    NoDateAnswerRecorded,
    NoHoldAnswerRecorded,
)
from compact_cases.rules.events.handling import ConflictDeclared, HandedOn
from compact_cases.rules.events.intake import (
    Acknowledged,
    AddedToConcern,
    AlsoTold,
    ClauseCited,
    ClauseDropped,
    ClosingDateGiven,
    CodeNamed,
    ConcernReceived,
    Declined,
    EnteredFromPaper,
    HandedOver,
    KeptOnPaper,
    MoreAnswered,
    MoreAsked,
    OfficerAssigned,
    RaiserSucceeded,
    RemediesSought,
    RespondentDivided,
    RespondentMatched,
    RespondentSucceeded,
)
from compact_cases.rules.events.lessons import LessonSaid
from compact_cases.rules.events.mediation import (
    ConsentAnswered,
    ConsentUnanswered,
    MediationAgreed,
    MediationAsked,
    MediationEnded,
    MediationExtended,
    MediationNotAgreed,
    MediatorAppointed,
    MediatorAsked,
    MediatorGone,
    MediatorProposed,
    NameAnswered,
    NameUnanswered,
    OfferDeclined,
    PartyLeft,
    SessionAnswered,
    SessionCancelled,
    SessionFixed,
    SessionProposed,
)
from compact_cases.rules.events.moving import MovedToEdition
from compact_cases.rules.events.notes import ContactWrittenDown, PrivateNoteWritten
from compact_cases.rules.events.panel import (
    FindingsSent,
    HearingHeld,
    HearingMoved,
    MemberDeclared,
    MemberRefused,
    MemberReplaced,
    NoPanelAnswerRecorded,
    NoStatementRecorded,
    PanelNamed,
    PanelOpened,
    PanelOver,
    PanelStood,
    PanelTextReleased,
    PapersSent,
    RecommendationAnswered,
    RecommendationDiscussed,
    StatementSent,
)
from compact_cases.rules.events.relations import CasesLinked, LinkUndone
from compact_cases.rules.events.reopening import ReopeningAsked, ReopeningDeclined
from compact_cases.rules.events.review import (
    MeetingAnswered,
    MeetingCancelled,
    MeetingHeld,
    MeetingNotHeld,
    MeetingSet,
    NoCommentRecorded,
    NoMeetingRecorded,
    NoteCommented,
    NoteWritten,
    ReviewOpened,
    TextReleased,
)
from compact_cases.rules.events.speaking import GroupEnded, NobodyTookOver, TakenOver
from compact_cases.rules.events.talk import PutInTouch, PutRight, TalkEnded
from compact_cases.rules.heard import Finding, Recommendation
from compact_cases.rules.mediating import PartyTerm, SessionDate
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Going, Held, Term

GOLDEN = Path(__file__).parent / "golden" / "events.jsonl"
ONE, TWO = UUID(int=1), UUID(int=2)
TERM, SEALED = Term(date(2026, 3, 2), 10, date(2026, 3, 16)), Sealed(UUID(int=9), "ab" * 32)
EVENTS: list[Event] = [
    ConcernReceived(
        "GC-2026-0042",
        ONE,
        TWO,
        ONE,
        "confidential",
        "web",
        "default-2026",
        "england-and-wales-2026",
        SEALED,
        TERM,
    ),
    AlsoTold("tried", SEALED),
    RemediesSought(("apology", "explanation")),
    ClosingDateGiven(date(2026, 5, 5)),
    RespondentMatched(ONE),
    ClauseCited(1, "community-groups/5.3", "1", "not-met", None),
    CodeNamed(2, "consultation", "not-met", SEALED),
    ClauseDropped(1, SEALED),
    OfficerAssigned(ONE),
    HandedOver(ONE, SEALED),
    MoreAsked(SEALED, TERM),
    MoreAnswered(SEALED),
    AddedToConcern(SEALED),
    EnteredFromPaper("release", date(2026, 3, 2)),
    KeptOnPaper(date(2026, 2, 9), date(2026, 2, 16)),
    Acknowledged(ONE, SEALED),
    PutToRespondent(ONE, SEALED, TERM, TERM),
    FastTracked("closes-on", TERM, date(2026, 5, 5)),
    HoldAsked(date(2026, 5, 5), 2, TERM),
    HoldAnswered("extended", date(2026, 5, 19), SEALED, ONE, TERM, TERM),
    NoHoldAnswerRecorded(date(2026, 5, 5), TERM),
    HoldWordsReleased(SEALED),
    DateWatched(TERM),
    DatePassed(date(2026, 5, 5), TERM, TERM),
    DateAnswered("raiser", "no", SEALED),
    NoDateAnswerRecorded(date(2026, 5, 13), ("respondent",)),
    PutInTouch(ONE, SEALED, TERM),
    TalkEnded("respondent", TERM),
    PutRight(),
    Declined("repeat", SEALED),
    ReplySent((ClauseReply(1, "accept", SEALED),), SEALED, ONE, SEALED, TERM),
    ReplyReleased(0, SEALED, TERM),
    NoReplyRecorded(date(2026, 3, 23), TERM),
    NoReplyPutRight(date(2026, 3, 13)),
    RaiserDecided("not", "go-on", None, TERM, "senior-review", Came(date(2026, 3, 13), "paper", True)),
    DecisionAsked("senior-review", TERM),
    WaitChosen(TERM),
    LastLetterSent(date(2026, 4, 14), TERM),
    SilenceRecorded(date(2026, 4, 21), TERM),
    ReviewOpened(ONE, SEALED, TERM, date(2026, 4, 21), TERM),
    MeetingSet(0, date(2026, 4, 20), "14:30", False, SEALED, SEALED, "respondent/senior-lead", True, TERM),
    MeetingCancelled(1, TERM),
    MeetingAnswered("raiser", False, SEALED, TERM, TERM),
    MeetingHeld(date(2026, 4, 20)),
    MeetingNotHeld(TERM),
    NoteWritten(SEALED, SEALED, "respondent/senior-lead", TERM, TERM),
    NoteCommented("respondent", SEALED, TERM),
    NoCommentRecorded("raiser", date(2026, 5, 6)),
    TextReleased("comment", "respondent", SEALED),
    NoMeetingRecorded(date(2026, 4, 28)),
    PanelOpened(TERM, TERM),
    PanelNamed(
        (ONE, TWO),
        ONE,
        0,
        date(2026, 5, 19),
        "10:00",
        False,
        SEALED,
        SEALED,
        *(TERM for _ in range(4)),
    ),
    MemberRefused(TWO, TERM),
    PanelStood(date(2026, 4, 22), TERM),
    MemberDeclared(ONE, True, SEALED, TERM),
    MemberReplaced(ONE, TWO, TWO, TERM),
    HearingMoved(1, date(2026, 5, 26), "10:00", True, SEALED, None, TERM, None, TERM),
    StatementSent("raiser", SEALED, TERM),
    NoStatementRecorded("respondent", date(2026, 4, 28)),
    PanelTextReleased("answer", "respondent", "1", SEALED),
    PapersSent(("raiser",)),
    HearingHeld(date(2026, 5, 19), ("respondent",), TERM),
    FindingsSent(
        (Finding(1, "partly-met", "1", SEALED, SEALED, ("unintentional",), SEALED),),
        (Recommendation("respondent", SEALED, SEALED, 1, TERM),),
        "respondent/chief-officer",
    ),
    RecommendationAnswered("1", "respondent", "in-part", SEALED, TERM),
    NoPanelAnswerRecorded("2", date(2026, 6, 16)),
    RecommendationDiscussed("2"),
    PanelOver(TERM),
    ActionTakenOn(AgreedTerm("respondent", SEALED, date(2026, 9, 1), SEALED, 1), TERM),
    MediationAsked("raiser", (PartyTerm("respondent", TERM),), True, "mediator", SEALED, True),
    ConsentAnswered("respondent", True, False, True, "proxy", SEALED),
    ConsentUnanswered("respondent", date(2026, 4, 28)),
    MediationNotAgreed(),
    OfferDeclined("raiser"),
    MediationAgreed(("raiser", "respondent"), True, False, TERM),
    MediatorProposed(ONE, "both", (PartyTerm("raiser", TERM),), SEALED),
    NameAnswered("raiser", False, SEALED),
    NameUnanswered("respondent", date(2026, 4, 28)),
    MediatorAsked(ONE, TERM),
    MediatorAppointed(ONE, TERM, date(2026, 7, 28)),
    MediatorGone(ONE, "conflict", TERM),
    MediationExtended(TERM),
    SessionProposed(1, (SessionDate(date(2026, 5, 12), "14:30"),), (PartyTerm("raiser", TERM),)),
    SessionAnswered(1, "raiser", (0,), SEALED),
    SessionFixed(1, 0, date(2026, 5, 12), "14:30", False, SEALED, SEALED, ("raiser", "respondent")),
    SessionCancelled(1, 1),
    PartyLeft("respondent"),
    MediationEnded("partly settled", (1, 2), "raiser-decides"),
    Paused(
        1,
        "waiting for the raiser",
        "office/officer",
        "office/officer",
        date(2026, 3, 9),
        date(2026, 3, 23),
        (Held("acknowledge", "", 5),),
        "answer",
    ),
    Resumed(1, "answered", date(2026, 3, 11), (Going("acknowledge", "", TERM),)),
    Escalated("reply", "", 1, date(2026, 3, 19), "respondent/senior-lead", None),
    Extended(1, "reply", "", TERM, "respondent/champion", "people are away", SEALED),
    ExtensionAsked(2, "reply", "", 5, "respondent/champion", "raiser/named", None, None, TERM),
    ExtensionAnswered(2, False, "raiser/named", "office/chair", TERM),
    AdjustmentRecorded("raiser", 5, (Going("decide", "", TERM),), (Held("reply", "", 3),), SEALED),
    Posted(
        ONE,
        "question",
        "raiser/named",
        "post",
        date(2026, 3, 4),
        (Going("answer", "", Term(date(2026, 3, 6), 10, date(2026, 3, 20))),),
        date(2026, 3, 20),
    ),
    LastLetterPosted(Term(date(2026, 3, 9), 5, date(2026, 3, 16))),
    PauseInError(7, 1, (Going("reply", "", TERM),), SEALED),
    LongTimeReached(
        date(2026, 5, 29),
        date(2026, 6, 5),
        date(2026, 3, 2),
        60,
        5,
        (Took("stage", "early-resolution", 65), Took("longer-limit", "", None)),
    ),
    ReplyInError(9, TERM, SEALED, TERM),
    MovedToEdition(
        "default-2026-2", "2024-2032.2", (Going("reply", "", Term(date(2026, 3, 9), 10, date(2026, 3, 23))),)
    ),
    Withdrawn(None),
    MergedInto(ONE, SEALED),
    TookIn(ONE),
    Unmerged(ONE, SEALED, TERM),
    GaveBack(ONE),
    Closed("resolved early", SEALED),
    Reopened("received", SEALED, TERM),
    TakenUpAgain(SEALED, TERM, TERM, TERM, TERM),
    ReopeningAsked("raiser", "new-evidence", SEALED, TERM),
    ReopeningDeclined("raiser", SEALED, ONE),
    CasesLinked(ONE, "follow-on", True, SEALED),
    LinkUndone(ONE, "follow-on", SEALED),
    RespondentSucceeded(ONE, (Going("reply", "", TERM),)),
    ConflictDeclared(ONE, SEALED),
    PauseAsked("waiting for a third party", "office/officer", 5, False, TERM),
    PauseAnswered(False, "none/system"),
    ReopeningAppealed("raiser", "the answer does not say why", "raiser-decides", "office/chair", TERM),
    RespondentDivided((ONE,), (Going("reply", "", TERM),), TERM),
    GroupEnded(date(2026, 3, 2), SEALED, "raiser/named", TERM),
    TakenOver("proxy", False, SEALED),
    NobodyTookOver(date(2026, 3, 31), TERM),
    RaiserSucceeded(ONE),
    AppealAnswered(True, "the answer was too short", "office/chair", TERM),
    HandedOn(SEALED, SEALED),
    LessonSaid("raiser", 1, "community-groups/5.3", SEALED),
    AgreementWritten(1, (AgreedTerm("respondent", SEALED, date(2026, 5, 6), SEALED, 1),), True, TERM, TERM),
    AgreementAnswered(1, "raiser", "yes", SEALED, TERM),
    AgreementUnanswered(1, "respondent", date(2026, 3, 17)),
    ReflectionWaived(1, "raiser"),
    AgreementMade(1, (TERM,), (TERM, TERM), TERM),
    ActionDone(1, "respondent", SEALED, TERM),
    ActionDisputed(1, "raiser", SEALED, TERM),
    ActionWordsReleased(1, SEALED, TERM, None),
    ActionConfirmed(1, "raiser"),
    ActionNotDisputed(1, date(2026, 5, 21)),
    ActionWaived(1, "raiser"),
    ActionNotKept(1, "its date has passed", date(2026, 5, 20)),
    CheckInAnswered(3, "raiser", SEALED),
    CheckInPassed(12, "respondent", date(2027, 4, 14)),
    ContactWrittenDown(date(2026, 3, 4), "respondent/champion", SEALED),
    PrivateNoteWritten(SEALED),
]


def golden() -> dict[str, str]:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return {row["name"]: row["body"] for row in rows}


def test_every_event_has_a_golden_line() -> None:
    assert sorted(golden()) == sorted(EVENT_TYPES)
    assert sorted(name_of(event) for event in EVENTS) == sorted(EVENT_TYPES)


@pytest.mark.parametrize("event", EVENTS, ids=name_of)
def test_an_event_is_stored_as_it_always_was(event: Event) -> None:
    assert encode(event) == golden()[name_of(event)]
    assert decode(name_of(event), golden()[name_of(event)]) == event


def test_a_field_that_a_later_version_added_is_passed_over() -> None:
    assert decode("withdrawn", '{"later":"added","words":null}') == Withdrawn(None)


def test_a_decision_of_an_earlier_version_says_of_no_stage() -> None:
    term = '{"due":"2026-03-16","limit":10,"start":"2026-03-02"}'
    body = f'{{"decision":"settled","next":{term},"then":"close","words":null}}'
    assert decode("raiser-decided", body) == RaiserDecided("settled", "close", None, TERM)


WITHOUT_CAME = {
    "reply-sent": {"answers": [], "offer": None, "person": None},
    "more-answered": {},
    "added-to-concern": {},
    "wait-chosen": {},
    "withdrawn": {"words": None},
    "agreement-answered": {"words": None},
    "action-done": {},
    "action-disputed": {},
    "action-confirmed": {},
    "note-commented": {"words": None},
    "meeting-answered": {"words": None},
    "raiser-decided": {"decision": "settled", "then": "close", "words": None},
}


@pytest.mark.parametrize("name", WITHOUT_CAME)
def test_what_an_earlier_version_wrote_down_came_when_it_was_written(name: str) -> None:
    body = json.loads(golden()[name]) | WITHOUT_CAME[name]
    del body["came"]
    made: Any = decode(name, json.dumps(body))
    assert made.came is None


def test_a_last_letter_of_an_earlier_version_says_of_no_days() -> None:
    assert decode("last-letter-sent", '{"day":"2026-04-14"}') == LastLetterSent(date(2026, 4, 14))


def test_a_pause_of_an_earlier_version_was_not_agreed_by_both_sides() -> None:
    earlier = golden()["paused"].replace('"agreed":false,', "")
    pause = decode("paused", earlier)
    assert isinstance(pause, Paused)
    assert not pause.agreed


@pytest.mark.parametrize("name", ["put-to-respondent", "taken-up-again"])
def test_a_case_of_an_earlier_version_is_not_watched(name: str) -> None:
    body = json.loads(golden()[name])
    del body["guard"]
    made: Any = decode(name, json.dumps(body))
    assert made.guard is None


@pytest.mark.parametrize(("name", "body"), [("unheard-of", "{}"), ("closed", "{}"), ("closed", "[")])
def test_what_cannot_be_read_is_said(name: str, body: str) -> None:
    with pytest.raises(UnknownEvent):
        decode(name, body)
