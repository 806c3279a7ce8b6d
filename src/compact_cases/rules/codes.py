"""The Codes of Practice of the Compact: Code, Edition, Clause, and citing a clause in any spelling."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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

    @property
    def id(self) -> str:
        """Stable for ever: ``community-groups/8.2``, ``multi-sector-partnerships/5.14/c``."""
        whole = f"{self.code}/{self.number}"
        return f"{whole}/{self.letter}" if self.letter else whole

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
        context = [section for section in self.sections if section.owed_by is None]
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
    """A Code the Compact names; without editions its text is not held yet."""

    slug: str
    title: str
    editions: tuple[Edition, ...] = ()

    @property
    def newest(self) -> Edition | None:
        return self.editions[-1] if self.editions else None

    def edition(self, edition_id: str | None = None) -> Edition | None:
        if edition_id is None:
            return self.newest
        return next((edition for edition in self.editions if edition.id == edition_id), None)


@dataclass(frozen=True)
class Codes:
    """All Codes the Compact names, held or not, in the Compact's order."""

    codes: tuple[Code, ...] = ()

    @classmethod
    def holding(cls, editions: list[Edition]) -> "Codes":
        """The named Codes with these editions, oldest first, and any other Code that has an edition."""
        titles = NAMED_CODES | {one.code: one.title for one in editions if one.code not in NAMED_CODES}
        return cls(
            tuple(
                Code(slug, title, tuple(one for one in editions if one.code == slug))
                for slug, title in titles.items()
            )
        )

    @cached_property
    def citable(self) -> frozenset[str]:
        """The id of every undertaking and sub-point in the newest editions."""
        wholes = [clause for edition in self.held() for clause in edition.clauses]
        return frozenset(one.id for clause in wholes for one in (clause, *clause.parts))

    @cached_property
    def _by_slug(self) -> dict[str, Code]:
        return {code.slug: code for code in self.codes}

    def code(self, slug: str) -> Code | None:
        return self._by_slug.get(slug)

    def held(self) -> tuple[Edition, ...]:
        """The newest edition of each Code whose text is held."""
        return tuple(code.newest for code in self.codes if code.newest)

    def clause(self, citation: str, edition: str | None = None) -> Clause | None:
        """The clause with exactly this id, in the newest edition or the one named."""
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

    def _named(self, name: str, number: str) -> Code:
        words = _words(name)
        if not words:
            holders = [edition.code for edition in self.held() if edition.clause(number)]
            examples = " or ".join(f"{slug}/{number}" for slug in holders) or f"community-groups/{number}"
            raise UnknownClause(f"Numbers repeat across Codes: write {examples}.", "clause")
        found = [code for code in self.codes if _words(code.slug)[: len(words)] == words]
        if len(found) != 1:
            raise UnknownClause(f"There is no Code called {name.strip(' /,:')!r}.", "clause")
        return found[0]


CITATION = re.compile(
    r"(?P<name>[^0-9]*?)[\s/,:]*(?P<number>\d{1,3}\.\d{1,3})\.?\s*(?:[/(]?\s*(?P<letter>[a-z])\s*\)?)?", re.I
)


def _words(name: str) -> list[str]:
    """The words of a Code's name, without "Code of Practice", without plural, whatever joins them."""
    text = re.sub(r"\b(?:the|codes? of practice|code|clause|undertaking|para(?:graph)?)\b", " ", name.lower())
    return [word.removesuffix("s") for word in re.findall(r"[a-z]+", text)]


def slug_of_title(title: str) -> str | None:
    """The named Code that a title means ("Multi-sector Partnership Code of Practice"); None for no other."""
    return next((slug for slug in NAMED_CODES if _words(slug) == _words(title)), None)
