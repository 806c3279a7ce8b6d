"""What was sent, by a form or as JSON: read field by field, every problem collected, not only the first."""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Self

from compact_cases.rules.concern import Problem
from compact_cases.rules.writing import as_kept, one_line, problem_with, without_unseen


def cleaned(text: str) -> tuple[str, bool]:
    """The text as we keep it, and whether hidden characters were taken out."""
    if text.isascii() and text.isprintable():  # most fields; a concern asks fifty times, at 0.7 µs each
        return text, False
    text = as_kept(text)
    shown = without_unseen(text)
    return shown, shown != text


MOST_PROBLEMS = 100  # that are named: nobody reads more, and each costs the next one a look
MORE = "More is wrong than is named here. Please mend these first, and send it again."


class Sent:
    """Reading a field never fails; it adds to ``problems``, in sentences that are the same for both.

    ``where`` is the place of a part in the whole, like ``answers.0.``, and ``number`` its own.
    """

    with_hidden = ""  # what is said of a text with hidden characters in it

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems: list[Problem] = list(problems)
        self.where, self.number = "", 0

    @property
    def is_good(self) -> bool:
        return not self.problems

    def error(self, name: str) -> str:
        name = self.where + name
        return next((problem.sentence for problem in self.problems if problem.field == name), "")

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; the first sentence about a field stands."""
        if len(self.problems) > MOST_PROBLEMS or self.error(name):
            return
        named = len(self.problems) < MOST_PROBLEMS
        self.problems.append(Problem(self.where + name, sentence) if named else Problem("", MORE))

    def text(self, name: str, *, required: str = "", most: int = 200, lines: bool = False) -> str:
        """A text without outer white space. ``required`` is the sentence for an empty one."""
        text = self.one(name).strip()
        if self.had_hidden(name):
            self.refuse(name, self.with_hidden)
        if not lines:
            text = one_line(text)
            if wrong := problem_with(text):
                self.refuse(name, wrong)
        if not text and required:
            self.refuse(name, required)
        if len(text) > most:
            self.refuse(
                name,
                f"This has {len(text):,} characters. Please shorten it to {most:,} or fewer.",
            )
        return text

    def lines(self, name: str, *, most: int) -> tuple[str, ...]:
        """Several texts, none of them empty."""
        typed = Sent.text(self, name, most=most, lines=True).splitlines()
        return tuple(one.strip() for one in typed if one.strip())

    def choice(self, name: str, options: Collection[str], *, required: str = "") -> str:
        """One of ``options``, or empty. Anything else is refused as if nothing had been chosen."""
        value = self.one(name)
        if value in options:
            return value
        if value or required:
            self.refuse(name, required or self.not_one_of(name, options))
        return ""

    def _part(self, name: str, number: int = 0) -> Self:
        """A part of what was sent; its problems are the whole's."""
        part = copy(self)
        part.where, part.number = f"{self.where}{name}.", number
        return part

    # --- each door in its own way: tick, yes_or_no, date, id, part, parts, and these ---------------------

    def one(self, name: str) -> str:
        """The field as it was sent, cleaned; empty where there is none."""
        raise NotImplementedError

    def had_hidden(self, name: str) -> bool:
        raise NotImplementedError

    def not_one_of(self, name: str, options: Collection[str]) -> str:
        raise NotImplementedError
