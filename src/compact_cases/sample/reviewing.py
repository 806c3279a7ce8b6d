"""How a story tells of a senior review, and of clocks: who comes, what is noted, what is paused and why."""

from collections.abc import Callable, Mapping
from datetime import date

from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.acts import Command
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.case import Case
from compact_cases.rules.errors import MarkInError, can_be_marked
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.noted import CommentOnNote, ReleaseText, WriteNote
from compact_cases.rules.review import AnswerMeeting, RecordMeeting, SetMeeting
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import Statement
from compact_cases.sample import stories
from compact_cases.sample.stories import Act

InDays = Callable[[int], date]
"""The day so many working days after that of an act."""


def _set(act: Act, case: Case, in_days: InDays) -> Command:
    return SetMeeting(in_days(int(act.choice)), "14:30", online=False, place=statement(act.words))


def _of_raiser(act: Act) -> Statement | None:
    return statement_if(act.words) if act.choice == Side.RAISER else None


def _of_respondent(act: Act) -> Statement | None:
    return statement_if(act.words) if act.choice == Side.RESPONDENT else None


COMMANDS: Mapping[str, Callable[[Act, Case, InDays], Command]] = {
    stories.CONVENE: _set,
    stories.COMES: lambda act, case, in_days: AnswerMeeting(
        act.choice, not act.words, _of_raiser(act), _of_respondent(act)
    ),
    stories.MET: lambda act, case, in_days: RecordMeeting(held=act.choice != "no"),
    stories.NOTE: lambda act, case, in_days: WriteNote(statement(act.words), statement_if(act.choice)),
    stories.COMMENT: lambda act, case, in_days: CommentOnNote(
        act.choice, _of_raiser(act), _of_respondent(act)
    ),
    stories.RELEASE_TEXT: lambda act, case, in_days: ReleaseText(looked=True),
    stories.MORE_TIME: lambda act, case, in_days: AskForTime(
        int(act.choice), "reply", WHY[0], statement(act.words)
    ),
    stories.YES: lambda act, case, in_days: AnswerTime(granted=True),
    stories.NO: lambda act, case, in_days: AnswerTime(granted=False),
    stories.ADJUST: lambda act, case, in_days: RecordAdjustment(act.choice, 5),
    stories.IN_ERROR: lambda act, case, in_days: MarkInError(
        next(position for position, _ in can_be_marked(case)), statement(act.words)
    ),
}
