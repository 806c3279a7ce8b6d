"""Names that must not be there: finding a raiser's words in a text, and taking phrases out of one."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from compact_cases.rules.refusals import Refused
from compact_cases.rules.spellings import (
    ADDRESS,
    INITIALS,
    NUMBER,
    TOGETHER,
    WORD,
    bare,
    letters_of,
    number_of,
    plain,
)

REMOVED = "[removed]"
# Words of names that say nothing of who it is; without them every text would be full of warnings.
EVERYDAY = frozenset(
    re.findall(
        "[a-z]+",
        "a all an and any are as at by for from has he her his i in is it its may me my no not of off on one "
        "or our out she sir so st the their they this to two up us was we who will with yes you your "
        "am pm eg ie mr mrs ms miss dr rev cllr councillor cic ltd plc llp uk agm "
        "association charity club committee community company council county "
        "district forum foundation friends group groups neighbourhood network organisation parish "
        "partnership people project public residents service services society support team trust union "
        "voluntary volunteers volunteer member members board chair chairman chairwoman chairperson vice "
        "secretary treasurer trustee trustees officer manager director leader coordinator worker contact "
        "agreed asked meeting minutes office info admin enquiries hello mail email "
        "http https www com co org net gov ac example",
    )
)
# Said alone they tell nothing, two together may: "Church Lane".
OF_PLACES = frozenset(
    re.findall(
        "[a-z]+",
        "avenue centre church close court drive flat floor gardens hall high house lane park place road "
        "school square street terrace town village way",
    )
)
PROVIDERS = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|btinternet|aol|sky|talktalk|proton|protonmail"
    r"|facebook|instagram|twitter|x|youtube|linkedin)\.[a-z.]+"
)
SHORT, WITHIN, NUMBERED, AT = "=", "~", "#", "@"
"""How a telling word begins that is not simply a plain one: of up to three letters, as it is written; of a
script without spaces; the digits of a telephone number; an address."""
SHORT_AT_MOST = 3


def telling_words(names: Iterable[str], sentences: Iterable[str] = ()) -> frozenset[str]:
    """Marks of the words by which somebody could be known: from their names, group, role, place, addresses.

    ``sentences``: what they wrote in words of their own, such as who let them speak. Names alone tell there.
    """
    marks: set[str] = set()
    for text in names:
        marks |= set(_marks(text, WORD.findall(_without_addresses(text))))
    for text in sentences:
        some = [
            one
            for one in WORD.findall(_without_addresses(text))
            if one != one.lower() or TOGETHER.search(one)
        ]
        marks |= set(_marks(text, some))
    return frozenset(marks)


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
    for start, stop in sorted(_spans(text, words), key=lambda span: (span[0], -span[1])) if words else ():
        if start < end:  # within one that was found already
            continue
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
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


# --- what tells -------------------------------------------------------------------------------------------


def _marks(text: str, names: list[str]) -> Iterator[str]:
    for found in ADDRESS.finditer(text):
        yield from _of_address(found[0].casefold())
    for found in NUMBER.finditer(text):
        if number := number_of(found[0]):
            yield NUMBERED + number
    for found in INITIALS.finditer(text):
        yield from _of_word("".join(sign for sign in found[0] if sign.isalpha()))
    for name in names:
        yield from _of_word(name)
    for one, two in pairwise(names):
        joined = plain(one) + plain(two)
        if letters_of(joined) > SHORT_AT_MOST and not {plain(one), plain(two)} & EVERYDAY:
            yield joined


def _of_word(word: str) -> Iterator[str]:
    word = bare(word)
    folded = plain(word)
    if folded in EVERYDAY or folded in OF_PLACES or re.fullmatch(r"\d+(?:st|nd|rd|th)?", folded):
        return
    if TOGETHER.search(word):
        if len(word) > 1:
            yield WITHIN + word
    elif letters_of(folded) > SHORT_AT_MOST:
        yield folded
    elif letters_of(folded) > 1 or len(folded) > 1:
        yield SHORT + word


def _of_address(address: str) -> Iterator[str]:
    """An e-mail or web address in small letters: whole, its host, and the words of both."""
    local, _, host = address.rpartition("@")
    host = host.removeprefix("www.")
    if local:
        yield AT + address
    known = PROVIDERS.fullmatch(host)
    if not known:
        yield AT + host
    for word in WORD.findall(local if known else address):
        for spelled in (word, word.upper()):  # in an address the case says nothing
            yield from _of_word(spelled)


def _without_addresses(text: str) -> str:
    return NUMBER.sub(" ", ADDRESS.sub(" ", INITIALS.sub(" ", text)))


# --- where it stands --------------------------------------------------------------------------------------


def _spans(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    yield from _of_addresses(text, words)
    yield from _of_numbers(text, words)
    for found in INITIALS.finditer(text):
        if _tells("".join(sign for sign in found[0] if sign.isalpha()), words):
            yield found.span()
    for mark in words:
        if mark.startswith(WITHIN):
            yield from (found.span() for found in re.finditer(re.escape(mark[1:]), text))
    last: re.Match[str] | None = None
    for word in WORD.finditer(text):
        if _tells(word[0], words) and not _is_compound(text, word):
            yield word.span()
            last = None
            continue
        if last and re.fullmatch(r"[\s.-]{1,2}", text[last.end() : word.start()]):
            joined = plain(last[0]) + plain(bare(word[0]))
            if joined in words:
                yield last.start(), word.end()
        last = word


def _tells(word: str, words: frozenset[str]) -> bool:
    """One word of a text: as it is, without an s that was added, or as several that are written together."""
    for form in {word, bare(word)}:
        folded = plain(form)
        if SHORT + form in words or folded in words or (folded.endswith("s") and folded[:-1] in words):
            return True
    parts = re.findall(r"[A-ZÀ-Þ][^\W\dA-ZÀ-Þ_]+", word)
    if len(parts) > 1 and any(plain(part) in words for part in parts):
        return True
    return _is_made_of(plain(word).strip("0123456789"), words)


def _is_made_of(word: str, words: frozenset[str]) -> bool:
    """Whether a word is telling words and everyday ones written together, at least one of each or two."""
    reached = {0: False}  # up to where it can be cut, and whether a telling word was among the pieces
    for end in range(2, min(len(word), 80) + 1):
        for start in list(reached):
            piece = word[start:end]
            tells = len(piece) > SHORT_AT_MOST and piece in words
            if tells or piece in EVERYDAY or piece in OF_PLACES or (piece == "s" and end == len(word)):
                reached[end] = reached.get(end, False) or tells or reached[start]
    return reached.get(len(word), False)


def _is_compound(text: str, word: re.Match[str]) -> bool:
    """A short word within another one, like that of Wi-Fi; capitals alone are no part of one."""
    if letters_of(plain(word[0])) > SHORT_AT_MOST or word[0].isupper():
        return False
    return bool(re.match(r"-\w", text[word.end() :]) or re.search(r"\w-$", text[: word.start()]))


def _of_addresses(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    for mark in words:
        if mark.startswith(AT):
            here = rf"(?<![\w-]){re.escape(mark[1:])}(?![\w-])"
            yield from (found.span() for found in re.finditer(here, text, re.IGNORECASE))


def _of_numbers(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    numbers = [mark[1:] for mark in words if mark.startswith(NUMBERED)]
    for found in NUMBER.finditer(text) if numbers else ():
        number = number_of(found[0])
        if number and any(one.endswith(number) or number.endswith(one) for one in numbers):
            yield found.span()
