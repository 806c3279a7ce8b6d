"""Reading JSON that others sent: every wrong field is named at once, with a sentence; nothing is guessed."""

import json
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from compact_cases.rules.writing import UNSEEN
from compact_cases.web.frame.errors import UNSTORABLE, Failure
from compact_cases.web.frame.sent import Sent, cleaned

NOT_JSON = "The body is not JSON that we can read. Send a JSON object."
NOT_AN_OBJECT = "The body must be a JSON object, like {...}."
TEXT = "must be a text in quotation marks."
MOST_PARTS = 100  # of one list
Read = TypeVar("Read")


A_NUMBER = "must be a whole number, 0 or more."


class JsonReader(Sent):
    """One JSON object. ``null`` is the same as leaving a field out."""

    with_hidden = UNSEEN

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__()
        self.values = values

    def one(self, name: str) -> str:
        return cleaned(self._raw(name))[0]

    def had_hidden(self, name: str) -> bool:
        return cleaned(self._raw(name))[1]

    def not_one_of(self, name: str, options: Collection[str]) -> str:
        return f"“{name}” must be one of: {', '.join(options)}."

    def leaves_out(self, name: str) -> bool:
        return self.values.get(name) is None

    def text(self, name: str, *, required: str = "", most: int = 200, lines: bool = False) -> str:
        self._held(name, TEXT, str)
        return super().text(name, required=required, most=most, lines=lines)

    def lines(self, name: str, *, most: int) -> tuple[str, ...]:
        self._held(name, "must be a list of texts.", list, str)
        return super().lines(name, most=most)

    def choice(self, name: str, options: Collection[str], *, required: str = "") -> str:
        self._held(name, TEXT, str)
        return super().choice(name, options, required=required)

    def number_in(self, name: str, *, required: str = "") -> int | None:
        value: int | None = self._held(name, A_NUMBER, int)
        if value is None:
            if required and self.leaves_out(name):
                self.refuse(name, required)
            return None
        if isinstance(value, bool) or not 0 <= value < 1_000_000:
            self._wrong(name, A_NUMBER)
            return None
        return value

    def tick(self, name: str) -> bool:
        return self._held(name, "must be true or false.", bool) is True

    def yes_or_no(self, name: str, *, required: str) -> bool | None:
        if required and self.leaves_out(name):
            self.refuse(name, required)
            return None
        return self.tick(name)

    def date(self, name: str, *, required: str = "") -> date | None:
        return self._parsed(name, required, date.fromisoformat, "must be a date like 2026-05-05.")

    def id(self, name: str, *, required: str = "") -> UUID | None:
        sentence = "must be an id like 01890a5d-ac96-774b-bcce-b302099a8057."
        return self._parsed(name, required, UUID, sentence)

    def part(self, name: str) -> "JsonReader | None":
        value = self._held(name, "must be a JSON object.", dict)
        return None if value is None else self._holding(value, name)

    def parts(self, name: str) -> list["JsonReader"]:
        values = self._held(name, "must be a list of JSON objects.", list, dict) or []
        if len(values) > MOST_PARTS:
            self._wrong(name, f"has {len(values):,} objects; {MOST_PARTS} are the most.")
            values = values[:MOST_PARTS]
        return [self._holding(one, f"{name}.{number}", number) for number, one in enumerate(values)]

    def done(self, known: Collection[str]) -> None:
        """Names every field that this call does not know: a misspelt one must not vanish in silence."""
        for name in sorted(self.values.keys() - set(known)):
            self._wrong(name, "is not a field of this call.")

    def _raw(self, name: str) -> str:
        value = self.values.get(name)
        each = value if isinstance(value, list) else [value]
        return "\n".join(one for one in each if isinstance(one, str))

    def _held(self, name: str, sentence: str, kind: type, inside: type = object) -> Any:
        """The value of a field where it is of its kind; None, and the sentence, where it is not."""
        value = self.values.get(name)
        each = value if isinstance(value, list) else ()
        if value is None or (isinstance(value, kind) and all(isinstance(one, inside) for one in each)):
            return value
        self._wrong(name, sentence)
        return None

    def _parsed(self, name: str, required: str, parse: Callable[[str], Read], sentence: str) -> Read | None:
        text = self.text(name, required=required)
        try:
            return parse(text) if text else None
        except ValueError:
            self._wrong(name, sentence)
            return None

    def _holding(self, values: dict[str, Any], name: str, number: int = 0) -> "JsonReader":
        part = self._part(name, number)
        part.values = values
        return part

    def _wrong(self, name: str, sentence: str) -> None:
        self.refuse(name[:100], f"“{name[:100]}” {sentence}")


def read_object(body: bytes) -> JsonReader:
    """Raises Failure for anything but a JSON object in UTF-8: 400, or 422 where half a character is in it."""
    try:
        value = json.loads(body or b"{}")
        # A lone surrogate (\ud800) can neither be stored nor be quoted in an answer.
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Failure(422, UNSTORABLE) from None
    except (ValueError, RecursionError):
        raise Failure(400, NOT_JSON) from None
    if not isinstance(value, dict):
        raise Failure(400, NOT_AN_OBJECT)
    return JsonReader(value)
