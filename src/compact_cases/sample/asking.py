"""How a story tells of pauses, of an appeal and what else the board chair is asked, and of a withdrawal."""

from collections.abc import Callable
from uuid import UUID

from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.acts import Command
from compact_cases.rules.appeals import STANDS, UPHELD, WHY, AnswerAppeal, AppealRefusal
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.reopening import DeclineReopening
from compact_cases.sample.stories import PAUSE, RESUME, WITHDRAW, Act

DECLINE_REOPENING, APPEAL, ANSWER_APPEAL = "decline-reopening", "appeal", "answer-appeal"
ASK_PAUSE, ANSWER_PAUSE = "ask-for-pause", "answer-pause"
OF_THE_CHAIR = (ANSWER_APPEAL, ANSWER_PAUSE)
"""``choice`` of an answer is yes or no; of an appeal the stage; of a pause how many days."""


def command(act: Act, officer: UUID) -> Command:
    """``officer`` is who of the office gives it. Raises KeyError for what is none of these acts."""
    return COMMANDS[act.what](act, officer)


def _answer(act: Act, officer: UUID) -> Command:
    upheld = act.choice == "yes"
    return AnswerAppeal(officer, upheld, (UPHELD if upheld else STANDS)[0])


COMMANDS: dict[str, Callable[[Act, UUID], Command]] = {
    PAUSE: lambda act, officer: PauseClocks(act.choice),
    RESUME: lambda act, officer: ResumeClocks(),
    WITHDRAW: lambda act, officer: Withdraw(sure=True, words=statement_if(act.words)),
    DECLINE_REOPENING: lambda act, officer: DeclineReopening(officer, statement(act.words)),
    APPEAL: lambda act, officer: AppealRefusal(WHY[0], act.choice),
    ANSWER_APPEAL: _answer,
    ASK_PAUSE: lambda act, officer: AskForPause(act.words, int(act.choice)),
    ANSWER_PAUSE: lambda act, officer: AnswerPause(act.choice == "yes"),
}
