"""The same of what the board chair is asked, and of who speaks for a group that ended."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.appeals import STANDS, UPHELD, WHY, AnswerAppeal, AppealRefusal
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause, RecordNoPause
from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.pauses import REASONS
from compact_cases.rules.speaking import CAPACITIES, RecordGroupEnded, RecordNobody, Speaker, TakeOver
from compact_cases.rules.succession import ChooseSuccessor, Divide
from tests.builders import OFFICER, OTHER_OFFICER, said

SPEAKER = UUID(int=99)
HEIRS = (UUID(int=76), UUID(int=100))

OF_THE_BOARD: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    AppealRefusal: lambda case, now: (AppealRefusal(WHY[0], stage.value) for stage in Stage),
    AnswerAppeal: lambda case, now: (
        AnswerAppeal(officer, upheld, because)
        for officer in (OFFICER, OTHER_OFFICER)
        for upheld, because in ((True, UPHELD[0]), (False, STANDS[0]))
    ),
    AskForPause: lambda case, now: (AskForPause(reason, 5, agreed=True) for reason in REASONS),
    AnswerPause: lambda case, now: (AnswerPause(granted) for granted in (True, False)),
    RecordNoPause: lambda case, now: iter([RecordNoPause(now.at.date())]),
    Divide: lambda case, now: iter([Divide(HEIRS)]),
    ChooseSuccessor: lambda case, now: (ChooseSuccessor(body, said()) for body in HEIRS),
    RecordGroupEnded: lambda case, now: iter([RecordGroupEnded(now.at.date())]),
    TakeOver: lambda case, now: (
        TakeOver(capacity, said(), who, SPEAKER if who else None)
        for capacity in CAPACITIES
        for who in (None, Speaker("Sam Hill", email="sam@hill.example"))
    ),
    RecordNobody: lambda case, now: iter([RecordNobody(now.at.date())]),
}
