"""Forms: what was typed, to be read field by field and to be shown again."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from uuid import UUID

from compact_cases.mail import addresses
from compact_cases.rules.concern import Problem
from compact_cases.web.frame.sent import Sent, cleaned

HIDDEN_TAKEN_OUT = (
    "There were hidden characters in this, which we have taken out. "
    "Please read it once more and press the button again."
)
MOST_FIELDS = 400
MOST_CHARACTERS = 60_000  # of one field, before its own limit is looked at: what is kept when it is too long

Typed = Mapping[str, str | Sequence[str]]


class Form(Sent):
    """What was typed and what is wrong with it."""

    with_hidden = HIDDEN_TAKEN_OUT

    def __init__(self, typed: Typed | None = None, problems: Iterable[Problem] = ()) -> None:
        super().__init__(problems)
        self.kept_at: datetime | None = None  # when it was typed, of one that was not sent in time
        self.typed: dict[str, list[str]] = {}
        self._hidden: set[str] = set()
        for name, values in list((typed or {}).items())[:MOST_FIELDS]:
            each = [values] if isinstance(values, str) else values[:MOST_FIELDS]
            self.typed[name] = [self._clean(name, value) for value in each]

    def _clean(self, name: str, value: str) -> str:
        text, had_hidden = cleaned(value[:MOST_CHARACTERS])
        if had_hidden:
            self._hidden.add(name)
        return text

    # --- for templates ---------------------------------------------------------------------------------

    def one(self, name: str) -> str:
        """The field as typed, to be shown again."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        return self.typed.get(self.where + name, [])

    def places(self, name: str, key: str, wanted: Iterable[str]) -> dict[str, str]:
        """Where each of ``wanted`` stands in the form, or would: in the part whose ``key`` names it."""
        return places_of(name, {one.one(key): one.number for one in self.parts(name)}, wanted)

    # --- for handlers ----------------------------------------------------------------------------------

    def refuse_hidden(self) -> None:
        """Say of every box from which hidden characters were taken that it needs another look."""
        for name in sorted(self._hidden):
            self.refuse(name, HIDDEN_TAKEN_OUT)

    def had_hidden(self, name: str) -> bool:
        return self.where + name in self._hidden

    def not_one_of(self, name: str, options: Collection[str]) -> str:
        return "Please choose one of the answers shown."

    def number_in(self, name: str, *, required: str = "") -> int | None:
        text = self.text(name, required=required, most=20)
        if text and not (text.isascii() and text.isdigit() and len(text) <= 6):
            self.refuse(name, "Please write a whole number in digits, like 5.")
            return None
        return int(text) if text else None

    def tick(self, name: str) -> bool:
        return bool(self.one(name))

    def yes_or_no(self, name: str, *, required: str) -> bool | None:
        answer = self.choice(name, ("yes", "no"), required=required)
        return answer == "yes" if answer else None

    def id(self, name: str, *, required: str = "") -> UUID | None:
        try:
            return UUID(self.one(name))
        except ValueError:
            self.choice(name, (), required=required)
            return None

    def part(self, name: str) -> "Form":
        return self._part(name)

    def parts(self, name: str) -> list["Form"]:
        """``answers.0.words``, ``answers.1.words`` and so on, in the order of their numbers."""
        numbered = re.compile(re.escape(self.where + name) + r"\.(0|[1-9][0-9]{0,2})\.")
        numbers = {int(found[1]) for typed in self.typed if (found := numbered.match(typed))}
        return [self._part(f"{name}.{number}", number) for number in sorted(numbers)]

    def email(self, name: str, *, required: str = "") -> str:
        text = addresses.as_typed(self.text(name, required=required, most=addresses.LONGEST))
        if text and (wrong := addresses.problem_with(text)):
            self.refuse(name, wrong)
        return text

    def choices(self, name: str, options: Collection[str], *, most: int = 0) -> tuple[str, ...]:
        """The ticked ones, each once, in the order of the page."""
        ticked = tuple(dict.fromkeys(self.all(name)))
        if any(value not in options for value in ticked):
            self.refuse(name, "Please choose from the answers shown.")
        if most and len(ticked) > most:
            self.refuse(name, f"Please tick at most {most}. You have ticked {len(ticked)}.")
        return tuple(value for value in ticked if value in options)

    def date(self, name: str, *, required: str = "") -> date | None:
        """From the three boxes ``name-day``, ``name-month``, ``name-year``; a month may be a word."""
        day, month, year = (self.one(f"{name}-{part}").strip() for part in ("day", "month", "year"))
        if not (day or month or year):
            if required:
                self.refuse(name, required)
            return None
        missing = [word for word, given in (("day", day), ("month", month), ("year", year)) if not given]
        if missing:
            self.refuse(name, f"Please give the {' and the '.join(missing)} too.")
            return None
        try:
            return date(_year(year), _month(month), int(day))
        except (ValueError, OverflowError):
            self.refuse(name, "There is no such date. Please give it like 30 12 2026.")
            return None


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4)):
        raise ValueError(text)
    return int(text) + (2000 if len(text) == 2 else 0)


MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


def _month(text: str) -> int:
    """A number, or the whole name or its usual short form: a word that only begins like one is none."""
    word = text.casefold().removesuffix(".")
    for number, month in enumerate(MONTHS, 1):
        if word in (month, month[:3]) or (word == "sept" and number == 9):
            return number
    return int(text)


def places_of(name: str, numbers: Mapping[str, int], wanted: Iterable[str]) -> dict[str, str]:
    """``answers.0.`` for each: its own number, or the next that is free."""
    free = count(max(numbers.values(), default=-1) + 1)
    return {one: f"{name}.{numbers[one] if one in numbers else next(free)}." for one in wanted}
