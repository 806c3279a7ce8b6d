"""Events to JSON and back. Stored names are for ever; fields are only added, with a default."""

from typing import Any

import msgspec

from compact_cases.rules.events import EVENT_TYPES, Event

NAMES: dict[type, str] = {kind: name for name, kind in EVENT_TYPES.items()}
_encoder = msgspec.json.Encoder(order="sorted", uuid_format="canonical")
_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(kind) for name, kind in EVENT_TYPES.items()
}


class UnknownEvent(Exception):
    """The log holds a name that this version does not know, or a body that does not fit its name."""


def name_of(event: Event) -> str:
    return NAMES[type(event)]


def encode(event: Event) -> str:
    """The body of an event as JSON with sorted keys and no spaces: the exact text that is digested."""
    return _encoder.encode(event).decode("utf-8")


def decode(name: str, body: str) -> Event:
    """Raises UnknownEvent when the name or the shape is not known."""
    decoder = _decoders.get(name)
    if decoder is None:
        raise UnknownEvent(f"The log holds an event named {name!r}, which this version does not know.")
    try:
        event: Event = decoder.decode(body)
    except msgspec.DecodeError as problem:
        raise UnknownEvent(f"The body of an event {name!r} cannot be read: {problem}.") from None
    return event
