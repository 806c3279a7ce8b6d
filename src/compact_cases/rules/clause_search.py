"""Finding undertakings by words: plain look-up for browsing, with no ranking by meaning."""

import re
import unicodedata

from compact_cases.rules.codes import Clause, Codes, UnknownClause
from compact_cases.rules.plain_words import PlainWords

ENDINGS = re.compile(r"(?:ations?|ings?|ies|ed|es|s|y|e)$")
SHORTEST_STEM = 3
SMALL_WORDS = frozenset(
    re.findall(r"\w+", "a an and are as at be by for from in is it of on or our that the this to was we with")
)


def search_clauses(codes: Codes, words: str, most: int = 20, plain: PlainWords | None = None) -> list[Clause]:
    """The undertakings that hold these words, those with more of them first, else in the Codes' order.

    ``plain``: other words by which people mean an undertaking. A citation ("Community Groups 8.2") finds that
    one first. Sub-points are found as their undertaking.
    """
    try:
        cited = [codes.cite(words)]
    except UnknownClause:
        cited = []
    wanted = _stems(words)
    counted = [
        (len(wanted & _stems(_whole_text(clause, (plain or {}).get(clause.id, ())))), clause)
        for edition in codes.held()
        for clause in edition.clauses
    ]
    best = max((count for count, _ in counted), default=0)
    # One word of a long sentence stands in half of both Codes: what has far fewer than the best is left out.
    found = [(count, clause) for count, clause in counted if count and count * 2 > best]
    found.sort(key=lambda pair: -pair[0])
    return list(dict.fromkeys(cited + [clause for _, clause in found]))[:most]


def _whole_text(clause: Clause, plain: tuple[str, ...]) -> str:
    return " ".join([clause.text, *(part.text for part in clause.parts), clause.closing, *plain])


def _stems(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = set(re.findall(r"[a-z]+", re.sub(r"['’]s?\b", "", plain))) - SMALL_WORDS
    return frozenset(_stem(word) for word in words)


def _stem(word: str) -> str:
    short = ENDINGS.sub("", word)
    return short if len(short) >= SHORTEST_STEM else word
