"""The Codes of Practice of the Compact: Code, Edition, Clause, and citing a clause in any spelling."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import groupby, takewhile

from compact_cases.rules.refusals import Refused

# The seven Codes that the Compact names (section 2 of each Code), in its own order.
NAMED_CODES = {
    "advancing-equality": "Advancing Equality",
    "commissioning": "Commissioning",
    "community-groups": "Community Groups",
    "consultation": "Consultation",
    "mediation": "Mediation",
    "multi-sector-partnerships": "Multi-sector Partnerships",
    "volunteering": "Volunteering",
}
NOT_HELD = "named, text not held yet"
SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


class OwedBy(StrEnum):
    """Who made the promise: an attribute of the clause, read from its section's heading."""

    JOINT = "joint"
    PUBLIC_SECTOR = "public-sector"
    COMMUNITY_GROUPS = "community-groups"
    VCS = "vcs"

    @property
    def words(self) -> str:
        return OWED_BY_WORDS[self]


OWED_BY_WORDS = {
    OwedBy.JOINT: "all partners together",
    OwedBy.PUBLIC_SECTOR: "public sector partners",
    OwedBy.COMMUNITY_GROUPS: "community group partners",
    OwedBy.VCS: "voluntary and community sector partners",
}


class UnknownClause(Refused):
    """A citation that names no undertaking we hold, or more than one."""


@dataclass(frozen=True)
class Clause:
    """One undertaking, or one lettered sub-point of one (``letter`` set, ``parts`` empty)."""

    code: str
    number: str
    text: str
    owed_by: OwedBy
    section: str
    line: int = field(compare=False)
    letter: str | None = None
    parts: tuple["Clause", ...] = ()
    closing: str = ""  # words after the sub-points that belong to all of them

    @property
    def id(self) -> str:
        """Stable for ever: ``community-groups/8.2``, ``multi-sector-partnerships/5.14/c``."""
        whole = f"{self.code}/{self.number}"
        return f"{whole}/{self.letter}" if self.letter else whole

    @property
    def place(self) -> int:
        """Where a letter stands in a list that begins with (a): printed letters may leave one out."""
        return ord(self.letter or "a") - ord("a") + 1

    @property
    def label(self) -> str:
        return f"{self.number} ({self.letter})" if self.letter else self.number


@dataclass(frozen=True)
class Section:
    """One numbered section of a Code; ``owed_by`` is None where it holds context and no undertakings."""

    number: int
    heading: str
    text: str
    owed_by: OwedBy | None = None

    @property
    def blocks(self) -> list[tuple[bool, list[str]]]:
        """Its words as a page shows them: plain lists (True) and paragraphs, each a list of lines."""
        found: list[tuple[bool, list[str]]] = []
        for block in self.text.split("\n\n"):
            lines = [re.sub(r"\*{2,3}", "", line.strip()) for line in block.split("\n")]
            for is_list, run in groupby(lines, lambda line: line.startswith("- ")):
                found.append((is_list, [line.removeprefix("- ") for line in run]))
        return found


@dataclass(frozen=True)
class Edition:
    """One version of a Code's text; ``clauses`` are the numbered undertakings in their order."""

    id: str
    code: str
    title: str
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]

    @property
    def definitions(self) -> Section | None:
        """The section before the first undertakings, which says what the Code's own words mean."""
        context = list(takewhile(lambda section: section.owed_by is None, self.sections))
        return context[-1] if context else None

    @property
    def owing_sectors(self) -> frozenset[OwedBy]:
        return frozenset(clause.owed_by for clause in self.clauses)

    def clause(self, number: str, letter: str | None = None) -> Clause | None:
        whole = next((clause for clause in self.clauses if clause.number == number), None)
        if whole is None or letter is None:
            return whole
        return next((part for part in whole.parts if part.letter == letter), None)

    def neighbours(self, clause: Clause) -> tuple[Clause | None, Clause | None]:
        """The undertakings, or sub-points of the same undertaking, before and after this one."""
        whole = self.clause(clause.number)
        row = whole.parts if clause.letter and whole else self.clauses
        place = [one.id for one in row].index(clause.id)
        return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None


@dataclass(frozen=True)
class Code:
    """A Code of the Compact. Without an edition in force its text is not held, or it was set aside."""

    slug: str
    title: str
    editions: tuple[Edition, ...] = ()  # in the order in which they came to be held
    in_force: Edition | None = None

    def edition(self, edition_id: str | None = None) -> Edition | None:
        """The edition of this name, or the one in force."""
        if edition_id is None:
            return self.in_force
        return next((edition for edition in self.editions if edition.id == edition_id), None)


@dataclass(frozen=True)
class Codes:
    """All Codes the Compact names, held or not, in the Compact's order; and those that were set aside.

    A Code set aside is in no list and cannot be cited, but a case that cited it still finds its words.
    """

    codes: tuple[Code, ...] = ()
    aside: tuple[Code, ...] = ()

    @classmethod
    def holding(
        cls,
        editions: Iterable[Edition],
        named: Mapping[str, str] = NAMED_CODES,
        chosen: Mapping[str, str | None] | None = None,
    ) -> "Codes":
        """The named Codes with these editions, oldest first, and any other Code that has one in force.

        ``chosen`` is the edition in force of each Code, None for a Code set aside; the newest of the others.
        """
        held: dict[str, list[Edition]] = {slug: [] for slug in named}
        for one in editions:
            held.setdefault(one.code, []).append(one)
        codes = []
        for slug, its in held.items():
            choice = (chosen or {}).get(slug, its[-1].id if its else None)
            in_force = next((one for one in its if one.id == choice), None)
            codes.append(Code(slug, named.get(slug) or its[-1].title, tuple(its), in_force))
        listed = [one for one in codes if one.in_force or one.slug in named]
        return cls(tuple(listed), tuple(one for one in codes if one not in listed))

    @cached_property
    def citable(self) -> frozenset[str]:
        """The id of every undertaking and sub-point in the editions in force."""
        wholes = [clause for edition in self.held() for clause in edition.clauses]
        return frozenset(one.id for clause in wholes for one in (clause, *clause.parts))

    @cached_property
    def _by_slug(self) -> dict[str, Code]:
        return {code.slug: code for code in (*self.codes, *self.aside)}

    def code(self, slug: str) -> Code | None:
        return self._by_slug.get(slug)

    def held(self) -> tuple[Edition, ...]:
        """The edition in force of each Code whose text is held."""
        return tuple(code.in_force for code in self.codes if code.in_force)

    def clause(self, citation: str, edition: str | None = None) -> Clause | None:
        """The clause with exactly this id, in the edition in force or the one named."""
        slug, _, rest = citation.partition("/")
        number, _, letter = rest.partition("/")
        code = self.code(slug)
        held = code.edition(edition) if code else None
        return held.clause(number, letter or None) if held else None

    def cite(self, text: str, edition: str | None = None) -> Clause:
        """The clause a person means by "Community Groups 8.2" or "multi-sector 5.14(c)".

        Raises UnknownClause with what to write instead; a number alone is never enough (5.3 is in both).
        """
        if exact := self.clause(text.strip(), edition):
            return exact
        spelled = CITATION.fullmatch(text.strip())
        if not spelled:
            raise UnknownClause(
                f"{text.strip()[:60]!r} is not an undertaking; write it like community-groups/8.2.", "clause"
            )
        name, number, letter = spelled["name"] or "", spelled["number"], spelled["letter"]
        code = self._named(name, number)
        held = code.edition(edition)
        if held is None:
            missing = f"in edition {edition!r}" if edition and code.editions else "yet"
            raise UnknownClause(f"The text of the Code {code.title} is not held {missing}.", "clause")
        clause = held.clause(number, letter.lower() if letter else None)
        if clause is None:
            which = f"{number}/{letter.lower()}" if letter else number
            raise UnknownClause(f"The Code {code.title} has no undertaking {which}.", "clause")
        return clause

    def meant_by(self, text: str) -> str:
        """The id of the clause that a person means; what means none stays as it was typed."""
        try:
            return self.cite(text).id
        except UnknownClause:
            return text

    def named(self, name: str) -> Code:
        """The Code that a person means by "Community Groups"; one set aside by its whole name alone."""
        words = words_of(name)
        found = [code for code in self.codes if words and words_of(code.slug)[: len(words)] == words]
        found = found or [code for code in self.aside if words_of(code.slug) == words]
        if len(found) != 1:
            raise UnknownClause(f"There is no Code called {name.strip(' /,:')!r}.", "clause")
        return found[0]

    def _named(self, name: str, number: str) -> Code:
        if words_of(name):
            return self.named(name)
        holders = [edition.code for edition in self.held() if edition.clause(number)]
        examples = " or ".join(f"{slug}/{number}" for slug in holders) or f"community-groups/{number}"
        raise UnknownClause(f"Numbers repeat across Codes: write {examples}.", "clause")


CITATION = re.compile(
    r"(?P<name>[^0-9]*?)[\s/,:]*(?P<number>\d{1,3}\.\d{1,3})\.?\s*(?:[/(]?\s*(?P<letter>[a-z])\s*\)?)?", re.I
)


def words_of(name: str) -> list[str]:
    """The words of a Code's name, without "Code of Practice", without plural, whatever joins them."""
    text = re.sub(r"\b(?:the|codes? of practice|code|clause|undertaking|para(?:graph)?)\b", " ", name.lower())
    return [word.removesuffix("s") for word in re.findall(r"[a-z]+", text)]
