"""Events to JSON and back. Stored names are for ever; fields are only added, with a default."""

import json
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.events import Event

EVENT_TYPES: dict[str, type] = {
    "concern-received": happened.ConcernReceived,
    "also-told": happened.AlsoTold,
    "remedies-sought": happened.RemediesSought,
    "closing-date-given": happened.ClosingDateGiven,
    "respondent-matched": happened.RespondentMatched,
    "clause-cited": happened.ClauseCited,
    "code-named": happened.CodeNamed,
    "clause-dropped": happened.ClauseDropped,
    "officer-assigned": happened.OfficerAssigned,
    "handed-over": happened.HandedOver,
    "more-asked": happened.MoreAsked,
    "more-answered": happened.MoreAnswered,
    "acknowledged": happened.Acknowledged,
    "put-to-respondent": happened.PutToRespondent,
    "declined": happened.Declined,
    "reply-sent": happened.ReplySent,
    "reply-released": happened.ReplyReleased,
    "no-reply-recorded": happened.NoReplyRecorded,
    "raiser-decided": happened.RaiserDecided,
    "wait-chosen": happened.WaitChosen,
    "last-letter-sent": happened.LastLetterSent,
    "silence-recorded": happened.SilenceRecorded,
    "pause-ended": happened.PauseEnded,
    "escalated": happened.Escalated,
    "withdrawn": happened.Withdrawn,
    "closed": happened.Closed,
}
NAMES: dict[type, str] = {kind: name for name, kind in EVENT_TYPES.items()}


class UnknownEvent(Exception):
    """The log holds a name that this version does not know, or a body that does not fit its name."""


def name_of(event: Event) -> str:
    return NAMES[type(event)]


def encode(event: Event) -> str:
    """The body of an event as JSON with sorted keys and no spaces: the exact text that is digested."""
    return json.dumps(_plain(event), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decode(name: str, body: str) -> Event:
    """Raises UnknownEvent when the name or the shape is not known."""
    kind = EVENT_TYPES.get(name)
    if kind is None:
        raise UnknownEvent(f"The log holds an event named {name!r}, which this version does not know.")
    try:
        event: Event = _typed(kind, json.loads(body))
    except (KeyError, TypeError, ValueError) as problem:
        raise UnknownEvent(f"The body of an event {name!r} cannot be read: {problem}.") from None
    return event


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {one: _plain(getattr(value, one)) for one in value.__dataclass_fields__}
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@cache
def _shape(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, hints[one.name]) for one in fields(kind))


def _typed(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _typed(next(arg for arg in get_args(kind) if arg is not type(None)), value)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], one) for one in value)
    if kind is UUID:
        return UUID(value)
    if kind is date:
        return date.fromisoformat(value)
    if hasattr(kind, "__dataclass_fields__"):
        return kind(**{name: _typed(hint, value[name]) for name, hint in _shape(kind) if name in value})
    return value
