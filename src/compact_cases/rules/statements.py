"""Free text and its seal: an event keeps the seal, the words live in a row that can be erased."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import problem_with

SALT_BYTES = 16


@dataclass(frozen=True)
class Sealed:
    """What an event keeps of a text: which row holds it, and its seal (64 hex digits, see ``seal_of``)."""

    statement: UUID
    seal: str


class Kept(NamedTuple):
    """What a text is kept as, said on the field of the command that carries it:
    ``words: Annotated[Statement, Kept("words", Audience.CASE)]``.

    ``needed`` is the sentence for whoever leaves it empty, from a form, by a call or otherwise.
    """

    kind: str
    audience: Audience
    needed: str = ""


@dataclass(frozen=True)
class Statement:
    """A text on its way into the records, with the random salt that the office made for it.

    ``kept`` is known once a command carries it: a text that nobody may read can be neither sealed nor kept.
    """

    statement: UUID
    text: str
    salt: bytes
    kept: Kept | None = None

    def sealed(self) -> Sealed:
        if self.kept is None:
            raise TypeError("A text is sealed only as the field of a command that says who may read it.")
        kind, audience, _ = self.kept
        return Sealed(self.statement, seal_of(self.salt, self.statement, kind, audience, self.text))

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


class Carries:
    """A command, or a part of one: each of its texts is bound to what its field says of kind and audience."""

    def __post_init__(self) -> None:
        kind: Any = type(self)
        for name, kept in _texts_of(kind):
            if isinstance(one := getattr(self, name), Statement):
                object.__setattr__(self, name, replace(one, kept=kept))


def all_written(command: Carries) -> None:
    """Refuses a command one of whose texts is needed, and empty; or hides something from whoever reads it."""
    kind: Any = type(command)
    for name, kept in _texts_of(kind):
        if kept.needed and getattr(command, name).is_empty:
            raise Refused(kept.needed, name)
    for name, value in vars(command).items():
        for one in texts_in(value):
            if wrong := problem_with(one.text, lines=True):
                raise Refused(wrong, name)


def needed(kind: type[Carries], field: str) -> str:
    """The sentence for whoever leaves this text of a command empty."""
    carrier: Any = kind
    return dict(_texts_of(carrier))[field].needed


def texts_in(value: object) -> Iterator[Statement]:
    """Every text that a command carries, however deep, in the order of its fields."""
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, Carries):
        for one in vars(value).values():
            yield from texts_in(one)


def sealed_if(one: Statement | None) -> Sealed | None:
    return one.sealed() if one else None


def seal_of(salt: bytes, statement: UUID, kind: str, audience: Audience, text: str) -> str:
    """SHA-256 over salt, id, kind, audience at writing, and text, each with its length before it.

    So a row can neither change places with another one nor be shown to more people without a sign of it.
    """
    hashed = hashlib.sha256()
    for part in (salt, statement.bytes, kind.encode(), audience.value.encode(), text.encode()):
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()


@cache
def _texts_of(kind: Any) -> tuple[tuple[str, Kept], ...]:
    marks = ((one.name, getattr(one.type, "__metadata__", ())) for one in fields(kind))
    return tuple((name, mark) for name, found in marks for mark in found if isinstance(mark, Kept))
