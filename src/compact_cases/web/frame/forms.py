"""Forms: what was typed, read field by field, with every problem collected instead of only the first."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from compact_cases.rules.concern import HIDDEN, MAIL_ADDRESS, Problem

# Pasted from word processors and PDFs, and harmless: line ends of other systems, and marks without width.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")

HIDDEN_TAKEN_OUT = (
    "There were hidden characters in this, which we have taken out. "
    "Please read it once more and press the button again."
)
MOST_FIELDS = 400
MOST_CHARACTERS = 60_000  # of one field, before its own limit is looked at: what is kept when it is too long

Typed = Mapping[str, str | Sequence[str]]


def cleaned(text: str) -> tuple[str, bool]:
    """The text as we keep it (NFC, newlines as ``\\n``), and whether hidden characters were taken out."""
    text = WITHOUT_WIDTH.sub("", LINE_ENDS.sub("\n", text))
    shown = HIDDEN.sub("", text)
    return unicodedata.normalize("NFC", shown), shown != text


class Form:
    """What was typed and what is wrong with it. Reading a field never fails; it adds to ``problems``."""

    def __init__(self, typed: Typed | None = None, problems: Iterable[Problem] = ()) -> None:
        self.typed: dict[str, list[str]] = {}
        self.problems: list[Problem] = list(problems)
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
        return next(iter(self.typed.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return self.typed.get(name, [])

    def error(self, name: str) -> str:
        return next((problem.sentence for problem in self.problems if problem.field == name), "")

    # --- for handlers ----------------------------------------------------------------------------------

    @property
    def is_good(self) -> bool:
        return not self.problems

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; the first sentence about a field stands."""
        if not self.error(name):
            self.problems.append(Problem(name, sentence))

    def refuse_hidden(self) -> None:
        """Say of every box from which hidden characters were taken that it needs another look."""
        for name in sorted(self._hidden):
            self.refuse(name, HIDDEN_TAKEN_OUT)

    def text(self, name: str, *, required: str = "", most: int = 200, lines: bool = False) -> str:
        """A text without outer white space. ``required`` is the sentence for an empty one."""
        text = self.one(name).strip()
        if not lines:
            text = " ".join(text.split())
        if name in self._hidden:
            self.refuse(name, HIDDEN_TAKEN_OUT)
        if not text and required:
            self.refuse(name, required)
        if len(text) > most:
            self.refuse(
                name,
                f"This has {len(text):,} characters. Please shorten it to {most:,} or fewer.",
            )
        return text

    def email(self, name: str, *, required: str = "") -> str:
        text = self.text(name, required=required, most=254)
        if text and not MAIL_ADDRESS.fullmatch(text):
            self.refuse(name, "Please give the whole e-mail address, like name@group.org.uk.")
        return text

    def choice(self, name: str, options: Collection[str], *, required: str = "") -> str:
        """One of ``options``, or empty. Anything else is refused as if nothing had been chosen."""
        value = self.one(name)
        if value in options:
            return value
        if value or required:
            self.refuse(name, required or "Please choose one of the answers shown.")
        return ""

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

    def number(self, name: str, *, least: int, most: int, required: str = "") -> int | None:
        text = self.one(name).strip()
        if not text and not required:
            return None
        if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
            self.refuse(name, required or f"Please give a whole number from {least} to {most}.")
            return None
        return int(text)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4)):
        raise ValueError(text)
    return int(text) + (2000 if len(text) == 2 else 0)


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(text: str) -> int:
    if text[:3].casefold() in MONTHS:
        return MONTHS.index(text[:3].casefold()) + 1
    return int(text)
