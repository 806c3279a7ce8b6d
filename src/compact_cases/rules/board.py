"""Board: what the board chair is asked, who reads a reason from a list and no content."""

from collections.abc import Iterable
from typing import Any

from compact_cases.rules import appeals, asked_pauses
from compact_cases.rules.act import Act
from compact_cases.rules.appeals import AppealsCommand
from compact_cases.rules.asked_pauses import AskedPausesCommand
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.notices import Notice

BoardCommand = AskedPausesCommand | AppealsCommand
OBLIGATIONS = (asked_pauses.ANSWER, appeals.APPEAL)
NOTICES = ("pause-asked", "pause-refused", "appeal-asked", "appeal-answered")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    yield from asked_pauses.notices(event, case)
    yield from appeals.notices(event, case)


ACTS: tuple[Act[Any], ...] = (*asked_pauses.ACTS, *appeals.ACTS)
