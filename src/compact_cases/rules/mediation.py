"""Mediation: all agree to it, a mediator is found and meets them, and it ends, in whichever way."""

from collections.abc import Iterable
from typing import Any

from compact_cases.rules.act import Act
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.notices import Notice

OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    return ()


ACTS: tuple[Act[Any], ...] = ()
