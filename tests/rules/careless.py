"""What people do who are careless: acts out of their turn, without words, by the wrong person."""

from uuid import UUID

from hypothesis import strategies as some

from compact_cases.rules.acts import (
    Command,
)
from compact_cases.rules.adjustments import SIDES as ADJUSTED
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.agreed_actions import (
    ConfirmAction,
    DisputeAction,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.agreement import AnswerAgreement, WaiveReflection, WriteAgreement, WrittenTerm
from compact_cases.rules.appeals import STANDS, UPHELD, AnswerAppeal, AppealRefusal
from compact_cases.rules.appeals import WHY as APPEALED
from compact_cases.rules.appointing import (
    AnswerName,
    ChangeMediator,
    DeclareInterest,
    ProposeMediator,
)
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause
from compact_cases.rules.check_ins import ITEMS, AnswerCheckIn
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Unmerge, Withdraw
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.course import Stage
from compact_cases.rules.date_passes import SayWhatFollowed
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.fast_track import HOLD_ANSWERS, AnswerHold, ReleaseHoldWords
from compact_cases.rules.handling import ChairDeclares, DeclareConflict, HandOn, PresumeConflict
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Decline,
)
from compact_cases.rules.lessons import RaiserSuggests, RespondentSuggests, SumUp
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer
from compact_cases.rules.mediation_ends import (
    EndMediation,
    ExtendMediation,
    LeaveMediation,
)
from compact_cases.rules.noted import CommentOnNote, ReleaseText, WriteNote
from compact_cases.rules.notes import WriteDownContact, WritePrivateNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.particulars import (
    Assign,
    CiteClause,
    CitedAs,
    DropClause,
    HandOver,
    MatchRespondent,
)
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
from compact_cases.rules.review import AnswerMeeting, CancelMeeting, RecordMeeting, SetMeeting
from compact_cases.rules.seats import Seat
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.speaking import CAPACITIES, RecordGroupEnded, Speaker, TakeOver
from compact_cases.rules.succession import ChooseSuccessor
from compact_cases.rules.talk import EndTalk, TalkFirst
from compact_cases.rules.timetable import (
    AnswerTimetable,
    EndTimetable,
    OtherDate,
    ProposeTimetable,
    TakeBackTimetable,
)
from compact_cases.rules.together import AskTogether, SayGoOn, TakeTogether
from tests.builders import (
    CHAMPION,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    local,
    said,
)
from tests.rules.candidates import CLAUSES, HALL, OTHER
from tests.rules.careless_of_panels import OF_PANELS

FIRST, LAST = local("2026-01-05 10:00"), local("2026-09-30 10:00")
SOMEBODY = some.sampled_from([OFFICER, OTHER_OFFICER, CHAMPION])
DAYS = some.dates(FIRST.date(), LAST.date())
WORDS = some.builds(said, some.sampled_from(["words", "", "  ", "Elmfield and Rodborough"]))
ANSWERS = some.builds(
    Answer,
    some.integers(1, 5),
    some.sampled_from(["accept", "in-part", "dispute", "not-ours", "perhaps"]),
    some.none() | WORDS,
)
ITEM = some.sampled_from(["1", "2", "x"])
CITED = some.builds(
    CitedAs, some.sampled_from(CLAUSES), some.just("1"), some.none() | some.sampled_from(LinkRole)
)
MAYBE = some.none() | WORDS
AN_HOUR = some.sampled_from(["14:30", "noon"])
A_PARTY = some.sampled_from(["raiser", "respondent", "officer", "both", "nobody"])
A_KNOWN = some.sampled_from(["", "mediator", "proxy", "both", "everybody"])
A_SIDE = some.sampled_from([*SIDES, ""])
BUILDS: tuple[some.SearchStrategy[Command], ...] = (
    *OF_PANELS,
    some.builds(MatchRespondent, some.sampled_from([COUNCIL, HALL, OTHER])),
    some.builds(CiteClause, some.sampled_from(CLAUSES), some.just("1"), some.sampled_from(LinkRole), WORDS),
    some.builds(DropClause, some.integers(0, 5), WORDS),
    some.builds(Assign, SOMEBODY),
    some.builds(HandOver, SOMEBODY, WORDS),
    some.builds(AskForMore, WORDS),
    some.builds(AnswerQuestion, WORDS),
    some.builds(AddToConcern, WORDS),
    some.builds(
        Accept,
        SOMEBODY,
        WORDS,
        WORDS,
        some.booleans(),
        clauses=some.lists(CITED, max_size=3).map(tuple),
        why=some.none() | WORDS,
    ),
    some.builds(Decline, SOMEBODY, some.sampled_from([*DECLINE_REASONS, "because"]), WORDS),
    some.builds(
        SendReply, some.lists(ANSWERS, max_size=3).map(tuple), some.none() | WORDS, some.none(), WORDS
    ),
    some.builds(ReleaseReply, some.booleans(), some.none() | WORDS),
    some.builds(
        Decide,
        some.sampled_from(["settled", "partly", "not", "stop", "perhaps"]),
        some.sampled_from(["close", "go-on", ""]),
    ),
    some.builds(WaitForReply, DAYS),
    some.builds(OpenNextStep, some.sampled_from(["", *Stage]), SOMEBODY, some.none() | WORDS),
    some.builds(
        PauseClocks,
        some.sampled_from([*REASONS, "because"]),
        some.sampled_from(["raiser", "champion", "officer", "somebody"]),
        some.none() | DAYS,
        some.none() | DAYS,
        some.sampled_from([(), ("reply",), ("decide", "reply")]),
        some.booleans(),
    ),
    some.builds(ResumeClocks, some.integers(0, 3)),
    some.builds(
        AskForTime,
        some.integers(-1, 12),
        some.sampled_from(["", "reply", "decide", "acknowledge"]),
        some.sampled_from(["", *WHY, "because"]),
        some.none() | WORDS,
    ),
    some.builds(AnswerTime, some.booleans()),
    some.builds(MarkInError, some.integers(0, 40), WORDS),
    some.builds(WriteDownContact, DAYS, some.sampled_from(Seat), WORDS),
    some.builds(WritePrivateNote, WORDS),
    some.builds(RecordAdjustment, some.sampled_from([*ADJUSTED, "all"]), some.integers(-1, 25)),
    some.builds(Close, some.sampled_from([*OUTCOMES, "well"]), WORDS),
    some.builds(Withdraw, some.booleans()),
    some.builds(Merge, SOMEBODY, some.just(OTHER), WORDS, some.booleans()),
    some.just(TakeIn(OTHER)),
    some.just(GiveBack(OTHER)),
    some.builds(
        WriteAgreement,
        some.lists(
            some.builds(WrittenTerm, some.sampled_from([*SIDES, "both"]), WORDS, DAYS, WORDS, some.none()),
            max_size=2,
        ).map(tuple),
        some.booleans(),
    ),
    some.builds(AnswerAgreement, some.sampled_from([*SIDES, ""]), some.sampled_from(["yes", "not", ""])),
    some.builds(WaiveReflection, some.sampled_from(SIDES), some.booleans()),
    some.builds(SayActionDone, ITEM, WORDS),
    some.builds(DisputeAction, ITEM, WORDS),
    some.builds(ReleaseActionWords, ITEM, some.booleans()),
    some.builds(ConfirmAction, ITEM),
    some.builds(WaiveAction, ITEM, some.booleans()),
    some.builds(AnswerCheckIn, some.sampled_from(ITEMS), WORDS),
    some.builds(AskForMediation, A_PARTY, some.booleans(), A_KNOWN, MAYBE),
    some.builds(AnswerMediation, A_PARTY, some.booleans(), some.booleans(), some.booleans(), A_KNOWN, MAYBE),
    some.builds(DeclineOffer, A_PARTY),
    some.builds(ProposeMediator, some.sampled_from([OFFICER, None]), A_KNOWN, MAYBE),
    some.builds(AnswerName, A_PARTY, some.booleans(), MAYBE, MAYBE),
    some.builds(DeclareInterest, some.booleans()),
    some.builds(ChangeMediator, some.sampled_from(["ill", "tired"])),
    some.builds(ProposeSession, some.tuples(DAYS), some.tuples(AN_HOUR), A_PARTY),
    some.builds(AnswerSession, A_PARTY, some.tuples(some.integers(0, 4)), MAYBE, MAYBE),
    some.builds(FixSession, DAYS, AN_HOUR, some.booleans(), A_PARTY, WORDS, MAYBE),
    some.just(CancelSession()),
    some.builds(EndMediation, some.sampled_from(["settled", "partly settled", "bored"])),
    some.builds(ExtendMediation, DAYS, some.booleans()),
    some.builds(LeaveMediation, A_PARTY, some.booleans()),
    some.builds(SetMeeting, DAYS, AN_HOUR, some.booleans(), WORDS, MAYBE),
    some.just(CancelMeeting()),
    some.builds(AnswerMeeting, A_SIDE, some.booleans(), MAYBE, MAYBE),
    some.builds(RecordMeeting, some.booleans()),
    some.builds(WriteNote, MAYBE, MAYBE),
    some.builds(CommentOnNote, A_SIDE, MAYBE, MAYBE),
    some.builds(ReleaseText, some.booleans(), MAYBE),
    some.builds(AskToReopen, some.sampled_from([NEW_EVIDENCE, ACTION_NOT_KEPT, COME_BACK, ""]), MAYBE),
    some.builds(RespondentAsksToReopen, some.sampled_from([ERROR, ACTION_NOT_KEPT, COME_BACK]), MAYBE),
    some.builds(
        Reopen,
        SOMEBODY,
        some.sampled_from(["", *Stage]),
        WORDS,
        MAYBE,
        some.booleans(),
        some.none() | SOMEBODY,
    ),
    some.builds(DeclineReopening, SOMEBODY, WORDS),
    some.builds(AppealRefusal, some.sampled_from([*APPEALED, "no"]), some.sampled_from(["", *Stage])),
    some.builds(AnswerAppeal, SOMEBODY, some.booleans(), some.sampled_from([*UPHELD, *STANDS, ""])),
    some.builds(AskForPause, some.sampled_from([*REASONS, "no"]), some.integers(-1, 12)),
    some.builds(AnswerPause, some.booleans()),
    some.builds(RecordGroupEnded, DAYS, MAYBE),
    some.builds(ChooseSuccessor, some.sampled_from([COUNCIL, HALL, OTHER]), WORDS),
    some.builds(
        TakeOver,
        some.sampled_from([*CAPACITIES, "friend"]),
        WORDS,
        some.none()
        | some.builds(Speaker, some.sampled_from(["", "Sam Hill"]), email=some.just("a@b.example")),
        some.none() | SOMEBODY,
    ),
    some.builds(TalkFirst, SOMEBODY, WORDS, WORDS, some.booleans()),
    some.builds(EndTalk, some.sampled_from(["put-right", "go-on", "perhaps"])),
    some.builds(
        AnswerHold, some.sampled_from([*HOLD_ANSWERS, "perhaps"]), some.none() | DAYS, MAYBE, SOMEBODY
    ),
    some.builds(ReleaseHoldWords, some.booleans(), MAYBE),
    some.builds(SayWhatFollowed, A_SIDE, some.sampled_from(["yes", "no", "perhaps"]), MAYBE, MAYBE),
    some.builds(LinkCases, some.just(OTHER), some.sampled_from([*KINDS, "cousin"]), WORDS),
    some.builds(UndoLink, some.just(OTHER), some.sampled_from(KINDS), WORDS),
    some.builds(DeclareConflict, SOMEBODY, some.none() | SOMEBODY, WORDS),
    some.builds(HandOn, WORDS, WORDS, some.booleans()),
    some.builds(ChairDeclares, SOMEBODY, some.booleans()),
    some.builds(PresumeConflict, SOMEBODY, some.none() | SOMEBODY, some.booleans()),
    some.builds(TakeLink, some.just(OTHER), some.sampled_from(KINDS)),
    some.builds(DropLink, some.just(OTHER), some.sampled_from(KINDS)),
    some.builds(RaiserSuggests, some.integers(0, 5), WORDS),
    some.builds(RespondentSuggests, some.integers(0, 5), WORDS),
    some.builds(SumUp, some.integers(0, 5), WORDS),
    some.builds(RecordPosted, some.sampled_from([UUID(int=81), OTHER]), DAYS),
    some.builds(Unmerge, WORDS),
    some.builds(
        ProposeTimetable,
        some.lists(
            some.builds(
                OtherDate, some.sampled_from(["reply", "decide", "respond 1", "release"]), some.none() | DAYS
            ),
            max_size=3,
        ).map(tuple),
        some.sampled_from(["", "raiser", "respondent", "office"]),
    ),
    some.builds(AskTogether, some.none() | SOMEBODY, some.booleans()),
    some.builds(TakeTogether, SOMEBODY),
    some.builds(SayGoOn, A_SIDE, some.booleans()),
    some.builds(AnswerTimetable, some.booleans()),
    some.builds(TakeBackTimetable),
    some.builds(EndTimetable, some.sampled_from(["", "raiser", "respondent", "office"])),
)
"""Every act that somebody can give; those of the system are no page's."""
CARELESS: some.SearchStrategy[Command] = some.one_of(*BUILDS)
