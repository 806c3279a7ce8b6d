"""The same of an agreement, what is done of it, and how it holds."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.agreed_actions import (
    ConfirmAction,
    DisputeAction,
    RecordNotDisputed,
    RecordNotKept,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.agreement import (
    AnswerAgreement,
    LetAgreementStand,
    RecordNoAnswer,
    SettleInMediation,
    WaiveReflection,
    WriteAgreement,
    WrittenTerm,
)
from compact_cases.rules.case import Case
from compact_cases.rules.check_ins import ITEMS, AnswerCheckIn, PassCheckIn
from tests.builders import said
from tests.rules.late_news import in_time


def _terms(now: Now, sides: tuple[str, ...]) -> tuple[WrittenTerm, ...]:
    day = now.rulebook.calendar.plus(now.at.date(), 20)
    return tuple(WrittenTerm(side, said(), day, said()) for side in sides)


def _owed(case: Case, name: str) -> list[str]:
    """The items of what is owed: what the system records of one that is not owed is nothing."""
    return [one.item for one in case.open_obligations if one.name == name]


def _items(case: Case) -> list[str]:
    return [one.item for one in case.agreement.actions] or ["1"]


OF_AGREEMENTS: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    WriteAgreement: lambda case, now: (
        WriteAgreement(_terms(now, sides), settles)
        for sides, settles in product((("respondent",), ("respondent", "raiser")), (True, False))
    ),
    SettleInMediation: lambda case, now: (
        SettleInMediation(_terms(now, ("respondent",)), settles) for settles in (True, False)
    ),
    AnswerAgreement: lambda case, now: (
        AnswerAgreement(side, answer, words)
        for side, answer, words in (
            ("raiser", "yes", None),
            ("respondent", "yes", None),
            ("raiser", "yes", said()),
            ("respondent", "yes", said()),
            ("raiser", "not", said()),
            ("respondent", "not", None),
        )
    ),
    WaiveReflection: lambda case, now: (WaiveReflection(side, sure=True) for side in SIDES),
    RecordNoAnswer: lambda case, now: (RecordNoAnswer(now.at.date(), one) for one in _owed(case, "agree")),
    LetAgreementStand: lambda case, now: (
        LetAgreementStand(now.at.date(), one) for one in _owed(case, "reflect")
    ),
    SayActionDone: lambda case, now: (SayActionDone(item, said()) for item in _items(case)),
    DisputeAction: lambda case, now: (
        DisputeAction(item, said(), came)
        for item in _items(case)
        for came in in_time(case, now, "confirm", item)
    ),
    ReleaseActionWords: lambda case, now: (ReleaseActionWords(item, looked=True) for item in _items(case)),
    ConfirmAction: lambda case, now: (ConfirmAction(item) for item in _items(case)),
    WaiveAction: lambda case, now: (WaiveAction(item, sure=True) for item in _items(case)),
    RecordNotDisputed: lambda case, now: (
        RecordNotDisputed(now.at.date(), one) for one in _owed(case, "confirm")
    ),
    RecordNotKept: lambda case, now: (RecordNotKept(now.at.date(), one) for one in _owed(case, "action")),
    AnswerCheckIn: lambda case, now: (AnswerCheckIn(item, said()) for item in ITEMS),
    PassCheckIn: lambda case, now: (
        PassCheckIn(now.at.date(), one.item)
        for one in case.open_obligations
        if one.name == "check-in" and one.due and one.due < now.at.date()
    ),
}
