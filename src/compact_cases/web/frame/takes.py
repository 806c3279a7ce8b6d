"""What a form or a call takes, as data: read from either by the same names, and described for OpenAPI."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from uuid import UUID

from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.json_reader import JsonReader

Door = Form | JsonReader
NOT_AMONG = "Please choose somebody else, or nobody: this one cannot be chosen here."
MOST_CHOSEN = 5_000  # characters of all that is chosen together
JsonSchema = dict[str, Any]
Options = Collection[str] | Callable[[Any], Collection[str] | None]
"""What can be chosen; asked of the desk where it depends on the case. None: the rules say why nothing can."""


class Values(dict[str, Any]):
    """What was said: every field has a value. ``number`` is that of a part among its likes."""

    number = 0


@dataclass(frozen=True, kw_only=True)
class Field:
    """``required`` is the sentence for whoever leaves it out.

    ``when`` names another field and the answers to it with which this one is asked: ``("drop", True)``.
    ``default`` is what JSON means by leaving it out. ``control`` is its name in a form that needs another.
    """

    name: str = field(kw_only=False)
    required: str = ""
    when: tuple[Any, ...] = ()
    default: Any = None
    control: str = ""
    empty: ClassVar[Any] = ""
    shape: ClassVar[JsonSchema] = {"type": "string"}

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        return not self.when or values[self.when[0]] in self.when[1:]

    def read(self, sent: Door, desk: Any) -> Any:
        if isinstance(sent, Form):
            return self.value(sent, self.control or self.name, desk)
        if self.default is not None and sent.leaves_out(self.name):
            return self.default(desk) if callable(self.default) else self.default
        return self.value(sent, self.name, desk)

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        raise NotImplementedError

    def names(self) -> Iterator[str]:
        yield self.name

    def texts_in(self, form: Form) -> Iterator[str]:
        """Only of what is written, not chosen, ticked or looked up."""
        yield from ()

    def schema(self) -> JsonSchema:
        about: JsonSchema = {}
        if self.when:
            about["description"] = f"With `{self.when[0]}`: {', '.join(map(_written, self.when[1:]))}."
        if self.default is not None and not callable(self.default):
            about["default"] = self.default
        return {**self.shape, **about}


@dataclass(frozen=True)
class Text(Field):
    most: int = field(kw_only=False)
    of_lines: ClassVar[bool] = True

    def value(self, sent: Door, name: str, desk: Any) -> str:
        return sent.text(name, required=self.required, most=self.most, lines=self.of_lines)

    def texts_in(self, form: Form) -> Iterator[str]:
        yield from form.all(self.control or self.name)

    def schema(self) -> JsonSchema:
        return {**super().schema(), "maxLength": self.most}


@dataclass(frozen=True)
class Line(Text):
    """A text of one line."""

    of_lines: ClassVar[bool] = False


@dataclass(frozen=True)
class Named(Line):
    """Of which thing a part speaks: a page sends it by itself, and nobody types it."""

    def texts_in(self, form: Form) -> Iterator[str]:
        yield from ()


@dataclass(frozen=True)
class Lines(Text):
    """Several texts: a line each in a form, a list in JSON."""

    empty: ClassVar[Any] = ()

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        return sent.lines(name, most=self.most)

    def schema(self) -> JsonSchema:
        return {**Field.schema(self), "type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Choice(Field):
    options: Options = field(kw_only=False)

    def value(self, sent: Door, name: str, desk: Any) -> str:
        options = self.options(desk) if callable(self.options) else self.options
        return sent.text(name) if options is None else sent.choice(name, options, required=self.required)

    def schema(self) -> JsonSchema:
        known = {} if callable(self.options) else {"enum": list(self.options)}
        return {**super().schema(), **known}


@dataclass(frozen=True)
class Several(Choice):
    """Boxes to tick in a form, a list of texts in JSON; which of them will do, the rule says there."""

    empty: ClassVar[Any] = ()

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        options = self.options(desk) if callable(self.options) else self.options
        if isinstance(sent, Form):
            return sent.choices(name, options or ())
        return sent.lines(name, most=MOST_CHOSEN)

    def schema(self) -> JsonSchema:
        return {**Field.schema(self), "type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Id(Field):
    """``among``: the ids that will do, where the act knows them."""

    among: Callable[[Any], Collection[UUID]] | None = field(kw_only=False, default=None)
    empty: ClassVar[Any] = None
    shape: ClassVar[JsonSchema] = {"type": "string", "format": "uuid"}

    def value(self, sent: Door, name: str, desk: Any) -> UUID | None:
        found = sent.id(name, required=self.required)
        if found and self.among and found not in self.among(desk):
            sent.refuse(name, self.required or NOT_AMONG)
        return found


@dataclass(frozen=True)
class Day(Field):
    """Three boxes in a form: ``name-day``, ``name-month``, ``name-year``."""

    empty: ClassVar[Any] = None
    shape: ClassVar[JsonSchema] = {"type": "string", "format": "date"}

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        return sent.date(name, required=self.required)


@dataclass(frozen=True)
class Number(Field):
    """A whole number, 0 or more."""

    empty: ClassVar[Any] = None
    shape: ClassVar[JsonSchema] = {"type": "integer", "minimum": 0}

    def value(self, sent: Door, name: str, desk: Any) -> int | None:
        return sent.number_in(name, required=self.required)


@dataclass(frozen=True)
class Tick(Field):
    """A box to tick; where it is required, nothing goes on without it."""

    empty: ClassVar[Any] = False
    shape: ClassVar[JsonSchema] = {"type": "boolean"}

    def value(self, sent: Door, name: str, desk: Any) -> bool:
        ticked = sent.tick(name)
        if self.required and not ticked:
            sent.refuse(name, self.required)
        return ticked

    def schema(self) -> JsonSchema:
        return {**super().schema(), "const": True} if self.required else super().schema()


@dataclass(frozen=True)
class YesOrNo(Field):
    """A question that is to be answered either way; with a ``default`` JSON may leave it out."""

    shape: ClassVar[JsonSchema] = {"type": "boolean"}

    def value(self, sent: Door, name: str, desk: Any) -> bool | None:
        return sent.yes_or_no(name, required=self.required)


class Takes:
    """Fields that are read together. ``given`` are answers that an address of its own has settled."""

    def __init__(self, *fields: Field, given: Mapping[str, Any] | None = None) -> None:
        self.fields, self._given = fields, given or {}

    def read(self, sent: Door, desk: Any = None) -> Values:
        """Every field that is asked; what is wrong with any stands in ``sent.problems``."""
        values, known = Values(self._given), set()
        for one in self.fields:
            if asked := one.is_asked(values):
                values[one.name] = one.read(sent, desk)
            else:
                values.setdefault(one.name, one.empty)
            if asked or values[one.when[0]] in ("", None) or not sent.one(one.name):
                known.add(one.name)  # nor is called unknown what is empty or hangs on a missing answer
        values.number = sent.number
        if isinstance(sent, JsonReader):
            sent.done(known)
        return values

    def given(self, **answers: Any) -> "Takes":
        """The same where these are answered: they are not asked any more, nor what hangs on other answers."""
        settled = [one for one in self.fields if one.when and one.when[0] in answers]
        left = [
            replace(one, when=()) if one in settled else one
            for one in self.fields
            if one.name not in answers and (one not in settled or one.is_asked(answers))
        ]
        return Takes(*left, given={**self._given, **answers})

    def unfinished(self) -> "Takes":
        """The same where nothing need be there yet."""
        return Takes(*(replace(one, required="") for one in self.fields), given=self._given)

    def names(self) -> list[str]:
        """As they are written in JSON and in forms, ``answers.N.words`` for a field of a part."""
        return list(dict.fromkeys(name for one in self.fields for name in one.names()))

    def texts_in(self, form: Form) -> list[str]:
        """What somebody wrote into its texts, in the order of the fields."""
        found = (text for one in self.fields for text in one.texts_in(form))
        return list(dict.fromkeys(text for text in found if text.strip()))

    def schema(self) -> JsonSchema:
        properties: JsonSchema = {}
        for one in self.fields:  # one that is asked in two ways is described without either
            properties[one.name] = one.shape if one.name in properties else one.schema()
        required = [one.name for one in self.fields if one.required and not one.when and one.default is None]
        shape = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**shape, "required": required} if required else shape


@dataclass(frozen=True)
class Part(Field):
    takes: Takes = field(kw_only=False)
    empty: ClassVar[Any] = None

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        part = sent.part(name)
        return None if part is None else self.takes.read(part, desk)

    def names(self) -> Iterator[str]:
        yield from (f"{self.name}.{name}" for name in self.takes.names())

    def texts_in(self, form: Form) -> Iterator[str]:
        yield from self.takes.texts_in(form.part(self.name))

    def schema(self) -> JsonSchema:
        return self.takes.schema()


@dataclass(frozen=True)
class Parts(Part):
    """``answers.0.words`` in a form, a list of objects in JSON."""

    empty: ClassVar[Any] = ()

    def value(self, sent: Door, name: str, desk: Any) -> Any:
        return [self.takes.read(one, desk) for one in sent.parts(name)]

    def names(self) -> Iterator[str]:
        yield from (f"{self.name}.N.{name}" for name in self.takes.names())

    def texts_in(self, form: Form) -> Iterator[str]:
        for one in form.parts(self.name):
            yield from self.takes.texts_in(one)

    def schema(self) -> JsonSchema:
        return {"type": "array", "items": self.takes.schema()}


def _written(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)
