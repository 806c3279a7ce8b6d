"""How a story tells of an agreement: a version line by line, what each side says to it, its actions."""

from collections.abc import Callable
from datetime import date

from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.acts import Command
from compact_cases.rules.agreed_actions import (
    ConfirmAction,
    DisputeAction,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.agreement import AnswerAgreement, WaiveReflection, WriteAgreement, WrittenTerm
from compact_cases.rules.case import Case
from compact_cases.rules.check_ins import AnswerCheckIn
from compact_cases.sample.stories import Act

AGREE, ANSWER_AGREEMENT, WAIVE_REFLECTION = "agreement", "acceptance", "reflection"
DONE, DISPUTED, CONFIRMED, WAIVED = "action-done", "action-disputed", "action-confirmed", "action-waived"
PASS_ON, CHECK_IN = "action-release", "check-in"
OF_SIDES = (ANSWER_AGREEMENT, WAIVE_REFLECTION, DONE, DISPUTED, CONFIRMED, WAIVED, CHECK_IN)
"""``choice`` of these begins with the side that does it: ``respondent 2``."""


def side_of(act: Act) -> str:
    return act.choice.partition(" ")[0]


def command(act: Act, case: Case, in_days: Callable[[int], date]) -> Command:
    """Raises KeyError for what is no act of an agreement; ``in_days`` counts working days from its day."""
    if act.what == AGREE:
        first = case.intake.links[0].id if case.intake.links else None
        terms = tuple(_term(line, first, in_days) for line in act.words.splitlines())
        return WriteAgreement(terms, act.choice == "settles")
    return _COMMANDS[act.what](act, act.choice.rpartition(" ")[2])


def _term(line: str, link: int | None, in_days: Callable[[int], date]) -> WrittenTerm:
    """``respondent 2026-12-24 What is done. | How both will know.``; ``+15`` is so many days on."""
    side, day, words = line.split(maxsplit=2)
    what, _, known_by = words.partition(" | ")
    by = in_days(int(day)) if day.startswith("+") else date.fromisoformat(day)
    return WrittenTerm(side, statement(what), by, statement(known_by), link)


_COMMANDS: dict[str, Callable[[Act, str], Command]] = {
    ANSWER_AGREEMENT: lambda act, answer: AnswerAgreement(side_of(act), answer, statement_if(act.words)),
    WAIVE_REFLECTION: lambda act, side: WaiveReflection(side, sure=True),
    DONE: lambda act, item: SayActionDone(item, statement(act.words)),
    DISPUTED: lambda act, item: DisputeAction(item, statement(act.words)),
    CONFIRMED: lambda act, item: ConfirmAction(item),
    WAIVED: lambda act, item: WaiveAction(item, sure=True),
    PASS_ON: lambda act, item: ReleaseActionWords(item, looked=True),
    CHECK_IN: lambda act, months: AnswerCheckIn(f"{months}-{side_of(act)}", statement(act.words)),
}
