"""Names that must not be there: finding a raiser's words in a text, and taking phrases out of one."""

import re
from collections.abc import Iterable

from compact_cases.rules.bodies import folded
from compact_cases.rules.refusals import Refused

REMOVED = "[removed]"
# Words of names that say nothing of who it is; without them every text would be full of warnings.
EVERYDAY = frozenset(
    re.findall(
        "[a-z]+",
        "and the for with from our association charity club committee community company council county "
        "district forum foundation friends group groups neighbourhood network organisation parish "
        "partnership people project public residents service services society support team trust union "
        "voluntary volunteers",
    )
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def telling_words(identity: Iterable[str]) -> frozenset[str]:
    """The folded words by which somebody could be known, from their names, organisation, area, address."""
    words = {word for text in identity for word in folded(re.sub(r"[@.]", " ", text)).split()}
    return frozenset(word for word in words if len(word) > 2 and word not in EVERYDAY and not word.isdigit())


def found_in(text: str, words: frozenset[str]) -> tuple[str, ...]:
    """Those words of a text that tell who it is, as they stand there, each once, in their order."""
    return tuple(dict.fromkeys(piece for piece, tells in marked(text, words) if tells))


def hides_from(whom: str, text: str, words: frozenset[str], field: str) -> None:
    """Refuses a text with words in it that could tell whoever reads it what they are not to know."""
    if found := found_in(text, words):
        raise Refused(
            f"These words could tell {whom}: {', '.join(found)}. "
            "Take them out, or tick the box below to say that they may stay.",
            field,
        )


def marked(text: str, words: frozenset[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a telling word; joined they are the text."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in WORD.finditer(text):
        if not _tells(word[0], words):
            continue
        pieces += [(text[end : word.start()], False), (word[0], True)]
        end = word.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def without(text: str, phrases: Iterable[str]) -> str:
    """The text with each phrase taken out, in any case and with any white space between its words."""
    for phrase in sorted({" ".join(phrase.split()) for phrase in phrases}, key=len, reverse=True):
        if phrase:
            pattern = r"\s+".join(re.escape(word) for word in phrase.split())
            text = re.sub(pattern, REMOVED, text, flags=re.IGNORECASE)
    return text


def missing(text: str, phrases: Iterable[str]) -> list[str]:
    """Phrases that stand nowhere in the text: a slip that would leave a name in."""
    return [phrase for phrase in phrases if phrase.strip() and without(text, [phrase]) == text]


def _tells(word: str, words: frozenset[str]) -> bool:
    plain = folded(word)
    return plain in words or (plain.endswith("s") and plain[:-1] in words)
