"""How a story tells of pauses, of what the board chair is asked, of a group that ended, of a withdrawal."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from compact_cases.office.identity import new_id, statement, statement_if
from compact_cases.rules.acts import Command
from compact_cases.rules.appeals import STANDS, UPHELD, WHY, AnswerAppeal, AppealRefusal
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause
from compact_cases.rules.bodies import folded
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.handling import ChairDeclares
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.reopening import DeclineReopening
from compact_cases.rules.speaking import MEMBER, PROXY, RecordGroupEnded, Speaker, TakeOver
from compact_cases.rules.succession import ChooseSuccessor
from compact_cases.sample.stories import PAUSE, RESUME, WITHDRAW, Act

DECLINE_REOPENING, APPEAL, ANSWER_APPEAL = "decline-reopening", "appeal", "answer-appeal"
ASK_PAUSE, ANSWER_PAUSE = "ask-for-pause", "answer-pause"
GROUP_ENDED, TAKE_OVER = "group-ended", "take-over"
CHOOSE_BODY, CHAIR_DECLARES = "choose-body", "chair-declares"
OF_THE_CHAIR = (ANSWER_APPEAL, ANSWER_PAUSE, CHAIR_DECLARES)
"""``choice`` of an answer is yes or no; of an appeal the stage; of a pause how many days."""


def command(act: Act, officer: UUID, case: Case) -> Command:
    """``officer`` is who of the office gives it. Raises KeyError for what is none of these acts."""
    if act.what == CHOOSE_BODY:
        return ChooseSuccessor(case.intake.heirs[int(act.choice)], statement(act.words))
    return COMMANDS[act.what](act, officer)


def _taken_over(act: Act) -> Command:
    """``choice`` is the name of whoever is new, empty where whoever was named before goes on."""
    if not act.choice:
        return TakeOver(MEMBER, statement(act.words))
    mailbox = folded(act.choice).replace(" ", ".")
    return TakeOver(
        PROXY, statement(act.words), Speaker(act.choice, email=f"{mailbox}@hub.example"), new_id()
    )


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
    GROUP_ENDED: lambda act, officer: RecordGroupEnded(
        date.fromisoformat(act.choice), statement_if(act.words)
    ),
    TAKE_OVER: lambda act, officer: _taken_over(act),
    CHAIR_DECLARES: lambda act, officer: ChairDeclares(officer, act.choice == "yes"),
    ANSWER_PAUSE: lambda act, officer: AnswerPause(act.choice == "yes"),
}
