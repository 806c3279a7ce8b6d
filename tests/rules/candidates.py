"""For every act the commands that a page could send: well formed, and made from the case as it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Now, Panellist, Registered, ToPost
from compact_cases.rules.acts import Command
from compact_cases.rules.adjustments import SIDES as ADJUSTED
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.case import Case, replay
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Unmerge, Withdraw
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.course import Stage
from compact_cases.rules.date_passes import SIDES as ASKED_SIDES
from compact_cases.rules.date_passes import (
    WAS_EXTENDED,
    RecordDatePassed,
    RecordNoDateAnswer,
    SayWhatFollowed,
)
from compact_cases.rules.enquiry import (
    AFTER_A_REPLY,
    STOP,
    Decide,
    RecordNoReply,
    ReleaseReply,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.errors import MarkInError, can_be_marked
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.extensions import RecordNoAnswer as RecordNoMoreTime
from compact_cases.rules.fast_track import (
    HOLD_ANSWERS,
    AnswerHold,
    RecordNoHoldAnswer,
    ReleaseHoldWords,
)
from compact_cases.rules.guard import RecordLongTime
from compact_cases.rules.handling import ChairDeclares, DeclareConflict, HandOn, PresumeConflict
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Cite,
    Decline,
    Receive,
    Told,
)
from compact_cases.rules.lessons import RaiserSuggests, RespondentSuggests, SumUp
from compact_cases.rules.moving import MoveToEdition
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText, WriteNote
from compact_cases.rules.notes import WriteDownContact, WritePrivateNote
from compact_cases.rules.onward import WAYS, OpenNextStep
from compact_cases.rules.particulars import (
    Assign,
    CiteClause,
    CitedAs,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.past import Past
from compact_cases.rules.pauses import REASONS, PauseClocks, ResumeClocks
from compact_cases.rules.posting import RecordPosted
from compact_cases.rules.relations import KINDS, DropLink, LinkCases, TakeLink, UndoLink
from compact_cases.rules.reopening import (
    ACTION_NOT_KEPT,
    COME_BACK,
    ERROR,
    NEW_EVIDENCE,
    AskToReopen,
    DeclineReopening,
    Reopen,
    RespondentAsksToReopen,
)
from compact_cases.rules.review import (
    AnswerMeeting,
    CancelMeeting,
    RecordMeeting,
    RecordNoMeeting,
    SetMeeting,
    last_day,
)
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.rules.succession import Succeed
from compact_cases.rules.talk import EndTalk, RecordTalkOver, TalkFirst
from tests.builders import (
    CHAMPION,
    CONCERN,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    RAISER,
    RELEASED,
    another,
    another_rulebook,
    said,
)
from tests.rules.candidates_of_agreements import OF_AGREEMENTS
from tests.rules.candidates_of_mediation import MEDIATORS, OF_MEDIATION
from tests.rules.candidates_of_panels import OF_PANELS, PANELLISTS
from tests.rules.candidates_of_the_board import HEIRS, OF_THE_BOARD
from tests.rules.candidates_of_timetables import OF_TIMETABLES
from tests.rules.days_of_the_past import dated_too
from tests.rules.late_news import in_time, replies

HALL, OTHER = UUID(int=76), UUID(int=77)
CHAIR = UUID(int=120)
LINKED = tuple(UUID(int=one) for one in range(78, 98))  # enough that there is always one more
GOES_ON = replay(another(RELEASED))
CLAUSES = ("community-groups/5.3", "community-groups/5.8", "community-groups/8.2")
KNOWN: dict[str, Any] = {
    "register": {COUNCIL: Registered(), HALL: Registered(volunteer_run=True), HEIRS[1]: Registered()},
    "officers": frozenset({OFFICER, OTHER_OFFICER}),
    "chair": CHAIR,
    "raisers_words": frozenset({"elmfield"}),
    "waiting_reply": "We rang Elmfield.",
    "hold_words": "Elmfield said so.",
    "others_words": frozenset({"rodborough"}),
    "small_sides": frozenset({Side.RAISER}),
    "onto": another_rulebook(),
    "panellists": {one: Panellist(("public-sector", "vcs")[n % 2]) for n, one in enumerate(PANELLISTS)},
    "panel_words": "We rang Elmfield.",
    "action_words": {"1": "We rang Elmfield."},
    "mediators": {one: frozenset() for one in MEDIATORS},
    "to_post": (
        ToPost(UUID(int=81), "reply-released", Seat.RAISER, date(2026, 1, 5), obligation="decide"),
        ToPost(UUID(int=82), "notice", Seat.CHAMPION, date(2026, 1, 5), obligation="reply"),
        ToPost(UUID(int=83), "question", Seat.RAISER, date(2026, 1, 5), obligation="answer"),
        ToPost(UUID(int=84), "last-letter", Seat.RAISER, date(2026, 1, 5), obligation="decide"),
    ),
}
"""What is true beside every case of the histories, as ``Now`` takes it."""


def receiving(confidentiality: Confidentiality, channel: str = "web") -> Receive:
    return Receive(
        "GC-2026-0001",
        CONCERN,
        None if confidentiality is Confidentiality.ANONYMOUS else RAISER,
        HALL if confidentiality is Confidentiality.OPEN else None,
        confidentiality,
        channel,
        said("It was too short."),
        (Told("tried", said("I rang.")),),
        ("apology",),
        date(2026, 3, 2),
        COUNCIL if channel == "web" else None,
        (
            Cite(CLAUSES[0], "1", LinkRole.NOT_MET),
            Cite("consultation", "", LinkRole.NOT_MET, said("page 3")),
            Cite("consultation", "", LinkRole.SUPPORTING, said("page 9")),
        ),
    )


def _escalations(case: Case, now: Now) -> Iterator[Command]:
    for one in case.open_obligations:
        yield Escalate(one.name, one.item, one.cycle, now.at.date(), Seat.CHAIR, None)


def _days_ago(now: Now, *many: int) -> tuple[date, ...]:
    return tuple(now.at.date() - timedelta(days=one) for one in many)


def _days(case: Case, now: Now) -> Iterator[date]:
    calendar = now.rulebook.calendar
    if case.owed("note"):
        yield from (calendar.next_working(now.at.date()), last_day(case, calendar))


def _words_of_sides() -> Iterator[dict[str, Any]]:
    yield {}
    yield {"of_raiser": said()}
    yield {"of_respondent": said()}


UNDATED: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    Receive: lambda case, now: (receiving(one) for one in Confidentiality),
    MatchRespondent: lambda case, now: (MatchRespondent(body) for body in (COUNCIL, HALL)),
    CiteClause: lambda case, now: (
        CiteClause(clause, "1", role, said()) for clause, role in product(CLAUSES, LinkRole)
    ),
    DropClause: lambda case, now: (DropClause(link.id, said()) for link in case.intake.links),
    Assign: lambda case, now: (Assign(officer) for officer in (OFFICER, OTHER_OFFICER)),
    HandOver: lambda case, now: (HandOver(officer, said()) for officer in (OFFICER, OTHER_OFFICER)),
    AskForMore: lambda case, now: iter([AskForMore(said())]),
    AnswerQuestion: lambda case, now: iter([AnswerQuestion(said())]),
    AddToConcern: lambda case, now: iter([AddToConcern(said())]),
    Accept: lambda case, now: (
        Accept(
            OFFICER,
            said(),
            said(),
            clauses=clauses,
            why=said(),
            harm=hold,
            closes_on=day,
            hold=hold,
            past=past,
        )
        for hold, day in ((False, None), (True, now.at.date() + timedelta(days=4)))
        for past in (None, Past(now.at.date(), now.at.date()), Past(*_days_ago(now, 14, 7)))
        for clauses in ((), (CitedAs(CLAUSES[1], "1", LinkRole.NOT_MET), CitedAs(CLAUSES[0], "1", None)))
    ),
    TalkFirst: lambda case, now: iter([TalkFirst(OFFICER, said(), said(), agreed=True)]),
    EndTalk: lambda case, now: (EndTalk(ends) for ends in ("go-on", "put-right")),
    RecordTalkOver: lambda case, now: iter([RecordTalkOver(now.at.date())]),
    SayWhatFollowed: lambda case, now: (
        SayWhatFollowed(side, followed, said(), said())
        for side, followed in product(ASKED_SIDES, WAS_EXTENDED)
    ),
    RecordDatePassed: lambda case, now: iter([RecordDatePassed(now.at.date())]),
    RecordNoDateAnswer: lambda case, now: iter([RecordNoDateAnswer(now.at.date())]),
    AnswerHold: lambda case, now: (
        AnswerHold(answer, now.at.date() + timedelta(days=30), words, CHAMPION)
        for answer, words in product(HOLD_ANSWERS, (None, said("Elmfield said so.")))
    ),
    ReleaseHoldWords: lambda case, now: (
        ReleaseHoldWords(looked=True, hidden=hidden) for hidden in (None, said("Elmfield"))
    ),
    RecordNoHoldAnswer: lambda case, now: iter([RecordNoHoldAnswer(now.at.date())]),
    Decline: lambda case, now: (
        Decline(OFFICER, reason, said(), repeats)
        for reason, repeats in product(DECLINE_REASONS, (None, LINKED[-1]))
    ),
    SendReply: lambda case, now: replies(case, now),
    ReleaseReply: lambda case, now: (
        ReleaseReply(looked=True, hidden=hidden) for hidden in (None, said("Elmfield"))
    ),
    Decide: lambda case, now: (
        Decide(decision, then, said())
        for decision, then in product((*AFTER_A_REPLY, STOP), ("close", "go-on"))
    ),
    WaitForReply: lambda case, now: (WaitForReply(now.at.date() + timedelta(days=days)) for days in (1, 9)),
    RecordNoReply: lambda case, now: iter([RecordNoReply(now.at.date())]),
    OpenNextStep: lambda case, now: (
        OpenNextStep(stage.value, officer, words)
        for stage, officer, words in product(WAYS, (OFFICER, OTHER_OFFICER, CHAIR, None), (None, said()))
    ),
    SetMeeting: lambda case, now: (
        SetMeeting(day, "14:30", online=False, place=said()) for day in _days(case, now)
    ),
    CancelMeeting: lambda case, now: iter([CancelMeeting()]),
    AnswerMeeting: lambda case, now: (
        AnswerMeeting(side, comes, **words)
        for side, comes, words in product(SIDES, (True, False), _words_of_sides())
    ),
    RecordMeeting: lambda case, now: (RecordMeeting(held) for held in (True, True, True, False)),
    WriteNote: lambda case, now: (WriteNote(*texts) for texts in ((said(), None), (said(), said()))),
    CommentOnNote: lambda case, now: (
        CommentOnNote(side, **words, came=came)
        for side, words in product(SIDES, _words_of_sides())
        for came in in_time(case, now, "comment", side)
    ),
    RecordNoComment: lambda case, now: iter([RecordNoComment(now.at.date())]),
    ReleaseText: lambda case, now: iter([ReleaseText(looked=True)]),
    RecordNoMeeting: lambda case, now: iter([RecordNoMeeting(now.at.date())]),
    **OF_PANELS,
    **OF_MEDIATION,
    SendLastLetter: lambda case, now: iter([SendLastLetter(now.at.date())]),
    RecordSilence: lambda case, now: iter([RecordSilence(now.at.date())]),
    PauseClocks: lambda case, now: (
        PauseClocks(reason, ends=ends, agreed=True)
        for reason in REASONS
        for ends in (now.rulebook.calendar.plus(now.at.date(), 1), None)
    ),
    ResumeClocks: lambda case, now: (ResumeClocks(one.number) for one in case.clocks.pauses),
    MarkInError: lambda case, now: (
        MarkInError(position, said("Another case.")) for position, _ in can_be_marked(case)
    ),
    RecordAdjustment: lambda case, now: (
        RecordAdjustment(side, days, said("She reads slowly.")) for side in ADJUSTED for days in (0, 5)
    ),
    AskForTime: lambda case, now: (
        AskForTime(days, name, WHY[0], said("We are away."))
        for days in (2, 10)
        for name in ("", "decide", "reply")
    ),
    AnswerTime: lambda case, now: (AnswerTime(granted) for granted in (True, False)),
    RecordNoMoreTime: lambda case, now: iter([RecordNoMoreTime(now.at.date())]),
    EndPause: lambda case, now: (EndPause(one.number) for one in case.clocks.pauses),
    Escalate: _escalations,
    MoveToEdition: lambda case, now: iter([MoveToEdition("other", "other")]),
    RecordLongTime: lambda case, now: iter([RecordLongTime(now.at.date())]),
    RecordPosted: lambda case, now: (RecordPosted(one.id, now.at.date()) for one in now.to_post),
    Close: lambda case, now: (Close(outcome, said()) for outcome in OUTCOMES),
    Withdraw: lambda case, now: (Withdraw(sure=True, words=words) for words in (None, said())),
    Merge: lambda case, now: iter([Merge(OFFICER, OTHER, said())]),
    TakeIn: lambda case, now: iter([TakeIn(OTHER)]),
    Unmerge: lambda case, now: iter([Unmerge(said())]),
    GiveBack: lambda case, now: iter([GiveBack(OTHER)]),
    AskToReopen: lambda case, now: (
        AskToReopen(why, said()) for why in (NEW_EVIDENCE, ERROR, ACTION_NOT_KEPT, COME_BACK)
    ),
    RespondentAsksToReopen: lambda case, now: (
        RespondentAsksToReopen(why, said()) for why in (NEW_EVIDENCE, ERROR, ACTION_NOT_KEPT)
    ),
    Reopen: lambda case, now: (
        Reopen(OFFICER, stage.value, said(), said(), convenor=convenor, elsewhere=elsewhere)
        for stage in (
            *(Stage.RECEIVED, Stage.EARLY_RESOLUTION, Stage.RAISER_DECIDES, Stage.SENIOR_REVIEW),
            Stage.PANEL,
        )
        for convenor, elsewhere in ((OFFICER, None), (OTHER_OFFICER, None), (None, said()))
    ),
    LinkCases: lambda case, now: (LinkCases(other, kind, said()) for other in LINKED for kind in KINDS),
    UndoLink: lambda case, now: (UndoLink(one.case, one.kind, said()) for one in case.relations.links),
    TakeLink: lambda case, now: (TakeLink(other, KINDS[0]) for other in LINKED),
    DropLink: lambda case, now: (DropLink(one.case, one.kind) for one in case.relations.links),
    Succeed: lambda case, now: (Succeed(body) for body in (COUNCIL, HALL)),
    DeclareConflict: lambda case, now: (
        DeclareConflict(declared, officer, said())
        for declared in (OFFICER, OTHER_OFFICER, UUID(int=1000 + case.position))  # nobody is the last
        for officer in (None, OFFICER, OTHER_OFFICER)
    ),
    ChairDeclares: lambda case, now: (ChairDeclares(CHAIR, said_so) for said_so in (False, True)),
    PresumeConflict: lambda case, now: iter([PresumeConflict(OTHER_OFFICER, OFFICER, nobody=False)]),
    HandOn: lambda case, now: iter([HandOn(said(), said(), consented=True)]),
    SumUp: lambda case, now: (SumUp(link.id, said()) for link in case.intake.links),
    RaiserSuggests: lambda case, now: (RaiserSuggests(link.id, said()) for link in case.intake.links),
    RespondentSuggests: lambda case, now: (RespondentSuggests(link.id, said()) for link in case.intake.links),
    DeclineReopening: lambda case, now: iter([DeclineReopening(OFFICER, said())]),
    **OF_AGREEMENTS,
    WriteDownContact: lambda case, now: (
        WriteDownContact(now.at.date() - timedelta(days=days), whom, said())
        for days, whom in ((0, Seat.RAISER), (2, Seat.PUBLIC))
    ),
    WritePrivateNote: lambda case, now: iter([WritePrivateNote(said())]),
    **OF_THE_BOARD,
    **OF_TIMETABLES,
}
CANDIDATES = dated_too(UNDATED)
