"""Reading JSON that others sent: every wrong field is named at once, with a sentence; nothing is guessed."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules.concern import Problem
from compact_cases.web.frame.errors import UNSTORABLE, Failure

NOT_JSON = "The body is not JSON that we can read. Send a JSON object."
NOT_AN_OBJECT = "The body must be a JSON object, like {...}."


@dataclass
class JsonReader:
    """One JSON object. ``where`` is its place in the whole body, like ``raiser.`` or ``respondents.0.``."""

    values: dict[str, Any]
    where: str = ""
    problems: list[Problem] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def text(self, name: str, default: str = "") -> str:
        value = self._take(name)
        if value is None:
            return default
        if not isinstance(value, str):
            self._wrong(name, "must be a text in quotation marks.")
            return default
        return value.strip()

    def truth(self, name: str) -> bool:
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self._wrong(name, "must be true or false.")
        return value is True

    def day(self, name: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._wrong(name, "must be a date like 2026-05-05.")
            return None

    def uuid(self, name: str) -> UUID | None:
        text = self.text(name)
        try:
            return UUID(text) if text else None
        except ValueError:
            self._wrong(name, "must be an id like 01890a5d-ac96-774b-bcce-b302099a8057.")
            return None

    def one_of(self, name: str, allowed: Collection[str], default: str) -> str:
        text = self.text(name, default)
        if text not in allowed:
            self._wrong(name, f"must be one of: {', '.join(allowed)}.")
            return default
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._wrong(name, "must be a list of texts.")
            return ()
        return tuple(one.strip() for one in value)

    def part(self, name: str) -> "JsonReader | None":
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(name, "must be a JSON object.")
            return None
        return JsonReader(value, f"{self.where}{name}.", self.problems)

    def parts(self, name: str) -> list["JsonReader"]:
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._wrong(name, "must be a list of JSON objects.")
            return []
        return [
            JsonReader(one, f"{self.where}{name}.{number}.", self.problems)
            for number, one in enumerate(value)
        ]

    def done(self) -> None:
        """Names every field that this call does not know: a misspelt one must not vanish in silence."""
        for name in sorted(self.values.keys() - self.known):
            self._wrong(name, "is not a field of this call.")

    def _take(self, name: str) -> Any:
        self.known.add(name)
        return self.values.get(name)

    def _wrong(self, name: str, sentence: str) -> None:
        self.problems.append(Problem(self.where + name[:100], f"“{name[:100]}” {sentence}"))


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
