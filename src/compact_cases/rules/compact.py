"""What an office says of its Compact: its name, the Codes it names, the words in which promises are made."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from compact_cases.rules.codes import NAMED_CODES, SLUG, OwedBy, words_of
from compact_cases.rules.plain_words import PLAIN_WORDS, PlainWords
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import problem_with

# As published Codes write them; an office adds its own ("the council"). The longest of two that fit counts:
# "voluntary and community groups" are not taken for community groups.
OWNERS: Mapping[OwedBy, tuple[str, ...]] = {
    OwedBy.JOINT: (
        "joint",
        "shared",
        "all partners",
        "all parties",
        "all sectors",
        "both sectors",
        "both sides",
    ),
    OwedBy.PUBLIC_SECTOR: (
        "public sector",
        "public body",
        "public bodies",
        "statutory",
        "local authority",
        "local authorities",
    ),
    OwedBy.COMMUNITY_GROUPS: ("community group",),
    OwedBy.VCS: (
        "voluntary and community",
        "voluntary sector",
        "voluntary organisation",
        "voluntary group",
        "third sector",
        "vcs",
        "vcse",
    ),
}
PROMISES = (
    *("undertaking", "undertake", "commitment", "commit to", "commits to", "committed to"),
    *("agree to", "agrees to", "pledge", "promise", "will", "shall"),
)
CLAUSE = re.compile(rf"{SLUG.pattern}/\d{{1,3}}\.\d{{1,3}}")
AUXILIARIES = frozenset({"will", "shall"})  # "How this Code will be kept alive" promises nothing


class Unclear(Exception):
    """A heading that promises something, in the name of nobody that we know, or of several."""


@dataclass(frozen=True)
class Compact:
    """One office's Compact. Without an office file it is that of Gloucestershire."""

    name: str = "Gloucestershire Compact"
    codes: tuple[tuple[str, str], ...] = tuple(NAMED_CODES.items())  # short name, title; in its own order
    shipped_codes: bool = True  # False: those that come with the software are another county's
    owners: Mapping[OwedBy, tuple[str, ...]] = field(default_factory=lambda: OWNERS, hash=False)
    promises: tuple[str, ...] = PROMISES
    plain_words: PlainWords = field(default_factory=lambda: PLAIN_WORDS, hash=False)

    def with_words(
        self, owners: Mapping[OwedBy, tuple[str, ...]] | None = None, promises: tuple[str, ...] = ()
    ) -> "Compact":
        """The same with words of the office's own beside the usual ones."""
        more = owners or {}
        every = {one: (*words, *more.get(one, ())) for one, words in self.owners.items()}
        return replace(self, owners=every, promises=(*self.promises, *promises))

    def is_called(self, name: str) -> bool:
        """Whether a document that names its Compact so is of this one: "The Northvale Local Compact" is."""
        ours, theirs = set(words_of(self.name)), set(words_of(name))
        return ours <= theirs or theirs <= ours

    def slug_of(self, title: str) -> str | None:
        """The Code that a title means ("Multi-sector Partnership Code of Practice"); None for no other."""
        return next((slug for slug, named in self.codes if words_of(named) == words_of(title)), None)

    def title_of(self, slug: str, title: str) -> str:
        return dict(self.codes).get(slug, title)

    def promise_in(self, text: str) -> str:
        """The first word of promise in a text, as it stands there; empty for none."""
        found = self._promise.search(text)
        return found[0] if found else ""

    def owners_in(self, text: str) -> list[OwedBy]:
        """Everybody named in a text who could owe something, in its order."""
        return [self._owner[_plain(found["who"])] for found in self._owners.finditer(text)]

    def owed_by(self, heading: str) -> OwedBy | None:
        """In whose name the section under a heading promises something; None for context. Raises Unclear."""
        words = heading.strip(" *:…")
        promises = [found[0].lower() for found in self._promise.finditer(words)]
        if not promises or words.endswith("?"):
            return None
        owners = set(self.owners_in(words))
        if len(owners) == 1:
            return owners.pop()
        if not owners and AUXILIARIES.issuperset(promises) and not self._promise_ends(words):
            return None
        raise Unclear

    def promiser(self, line: str) -> OwedBy | None:
        """Who promises what stands below a line such as "The public sector will:"; None for other lines."""
        words = re.split(r"(?<=[.!?])\s+", line.strip(" *"))[-1]
        owner, promise = self._owners.search(words), self._promise.search(words)
        if not (owner and promise and (words.endswith(":") or self._promise_ends(words))):
            return None
        # "The council will:", "Undertakings for the council:"; not "It will help the council with:".
        theirs = owner.start() < promise.start() or promise.start() == 0
        return self._owner[_plain(owner["who"])] if theirs else None

    def _promise_ends(self, words: str) -> bool:
        ends = [found.end() for found in self._promise.finditer(words)]
        return bool(ends) and words[ends[-1] :].strip(" :…*") in ("", "to")

    @cached_property
    def _owner(self) -> dict[str, OwedBy]:
        return {_plain(word): owner for owner, words in self.owners.items() for word in words}

    @cached_property
    def _owners(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?P<who>{_longest_first(self._owner)})(?:['’]?s)?\b", re.IGNORECASE)

    @cached_property
    def _promise(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_longest_first(self.promises)})s?\b", re.IGNORECASE)


def _longest_first(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def read_compact(table: object, area: str) -> Compact:
    """The table ``compact`` of an office's file. Raises Refused with the setting and how to write it."""
    if not isinstance(table, dict):
        raise Refused("'compact' must be a table, like [compact].")
    known = {"name", "shipped_codes", "promises", "codes", "owners", "plain_words"}
    if strange := sorted(set(table) - known):
        raise Refused(f"'compact' has a setting {strange[0]!r} that is not known.")
    name = table.get("name", f"{area} Compact")
    if not _is_text(name):
        raise Refused("'compact.name' must be the name of your Compact, like \"Northvale Compact\".")
    shipped = table.get("shipped_codes", True)
    if not isinstance(shipped, bool):
        raise Refused("'compact.shipped_codes' must be true or false.")
    usual = NAMED_CODES if shipped else {}
    plain = _plain_words(table.get("plain_words", {}), PLAIN_WORDS if shipped else {})
    compact = Compact(name, tuple(_codes(table.get("codes", usual))), shipped, plain_words=plain)
    owners = dict(_owners(table.get("owners", {})))
    return compact.with_words(owners, _words("promises", table.get("promises", [])))


def _codes(table: object) -> Iterator[tuple[str, str]]:
    for slug, title in table.items() if isinstance(table, dict) else [("", "")]:
        if not (SLUG.fullmatch(slug) and _is_text(title)):
            raise Refused(
                "'compact.codes' must name each Code of Practice by a short name in small letters and its "
                "title, "
                'like consultation = "Consultation".'
            )
        yield slug, title


def _owners(table: object) -> Iterator[tuple[OwedBy, tuple[str, ...]]]:
    for owner, words in table.items() if isinstance(table, dict) else [("", [])]:
        if owner not in tuple(OwedBy):
            raise Refused(
                f"'compact.owners' may have {', '.join(OwedBy)}, each a list of words, and no more."
            )
        yield OwedBy(owner), _words(f"owners.{owner}", words)


def _plain_words(table: object, shipped: PlainWords) -> dict[str, tuple[str, ...]]:
    """The office's own after those that come with the shipped Codes."""
    found = dict(shipped)
    for clause, words in table.items() if isinstance(table, dict) else [("", [])]:
        if not CLAUSE.fullmatch(clause):
            raise Refused(
                "'compact.plain_words' must name each undertaking by its Code and number, with a list of "
                'words, like "consultation/3.2" = ["deadline"].'
            )
        found[clause] = (*found.get(clause, ()), *_words(f"plain_words.{clause}", words))
    return found


def _words(setting: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(_is_text(word) for word in value):
        return tuple(" ".join(str(word).split()) for word in value)
    raise Refused(f"'compact.{setting}' must be a list of words, like [\"the council\"].")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not problem_with(value)
