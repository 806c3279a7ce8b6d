"""The acts of a panel as the careless give them: anybody as a member, any day, answers that are none."""

from datetime import date
from uuid import UUID

from hypothesis import strategies as some

from compact_cases.rules.acts import Command
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.constituting import (
    ConstitutePanel,
    DeclareForPanel,
    HearAgain,
    RefuseMember,
    ReplaceMember,
)
from compact_cases.rules.findings import (
    AnswerRecommendation,
    CorrectFinding,
    GivenFinding,
    MarkDiscussed,
    Recommend,
    SendFindings,
)
from compact_cases.rules.hearings import MoveHearing
from compact_cases.rules.panel import RecordHearing, ReleaseForPanel, SendPapers, SendStatement
from compact_cases.rules.referring import ReferToMediation
from tests.builders import CHAMPION, said

MEMBER = some.sampled_from([UUID(int=101), UUID(int=102), UUID(int=103), CHAMPION])
DAYS = some.dates(date(2026, 1, 5), date(2026, 12, 31))
WORDS = some.builds(said, some.sampled_from(["words", "", "Elmfield and Rodborough"]))
MAYBE = some.none() | WORDS
HOUR = some.sampled_from(["10:00", "noon"])
ITEM = some.sampled_from(["1", "2", "x"])
YES = some.booleans()
HOW = some.sampled_from(["met", "not-met", "broken"])
FINDING = some.builds(GivenFinding, some.integers(1, 5), HOW, WORDS)
ADVICE = some.builds(Recommend, some.sampled_from(["raiser", "respondent", "board", ""]), WORDS, WORDS)

OF_PANELS: tuple[some.SearchStrategy[Command], ...] = (
    some.builds(ConstitutePanel, some.lists(MEMBER).map(tuple), MEMBER, DAYS, HOUR, YES, WORDS),
    some.builds(RefuseMember, MEMBER),
    some.builds(DeclareForPanel, YES, some.none() | MEMBER, MAYBE),
    some.builds(ReplaceMember, MEMBER, MEMBER, some.none() | MEMBER),
    some.builds(MoveHearing, DAYS, HOUR, YES, WORDS),
    some.builds(HearAgain, YES),
    some.builds(SendStatement, some.sampled_from([*SIDES, ""]), of_raiser=MAYBE, of_respondent=MAYBE),
    some.builds(ReleaseForPanel, looked=YES),
    some.builds(SendPapers, looked=YES),
    some.builds(RecordHearing, some.lists(some.sampled_from([*SIDES, "board"])).map(tuple)),
    some.builds(SendFindings, some.lists(FINDING).map(tuple), some.lists(ADVICE).map(tuple), both_agree=YES),
    some.builds(CorrectFinding, FINDING, WORDS),
    some.builds(ReferToMediation, YES),
    some.builds(AnswerRecommendation, ITEM, some.sampled_from(["accepted", "rejected", "perhaps"]), DAYS),
    some.builds(MarkDiscussed, ITEM),
)
