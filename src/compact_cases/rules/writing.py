"""What people write: characters that nobody sees are refused by one function, whichever way they come in.

They hide something: a control sequence from a terminal, a turned order from a reader (Unicode TR 36), a
second name from a search. But some scripts and pictures need a few of them, and there they stay: see
``docs/decisions/040-letters-and-whom-they-reach.md``.
"""

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = "This has hidden characters in it. Please type it again without them."
MORE_LINES = "This has more than one line. Please write it on one line."
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

# Control characters, halves, no characters; blanks that look like nothing at all; and what Unicode calls
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt).
PERHAPS = re.compile(
    "[\x00-\x08\v\f\r\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
JOINERS = "\u200c\u200d\u180b\u180c\u180d\u180e\u180f"
JOINED_SCRIPTS = re.compile(  # Arabic to Vedic, the Indic blocks beside Latin's, and those of the next plane
    "[\u0600-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
PICTURE_SELECTORS = "\ufe0e\ufe0f"
SKINS = re.compile("[\U0001f3fb-\U0001f3ff]")
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")  # UTS 51: Wales


def problem_with(text: str, *, lines: bool = False) -> str:
    """The sentence about a text that hides something, or has several lines without ``lines``; else empty."""
    if text.isascii() and text.isprintable():  # most fields; a concern asks fifty times
        return ""
    if unseen_in(text):
        return UNSEEN
    return MORE_LINES if not lines and "\n" in text else ""


def unseen_in(text: str) -> list[str]:
    """The characters that nobody sees and nothing around them needs."""
    return [text[place] for place in _unseen(text)]


def without_unseen(text: str) -> str:
    """The text without what is refused in it."""
    gone = set(_unseen(text))
    return "".join(sign for place, sign in enumerate(text) if place not in gone) if gone else text


def as_kept(text: str) -> str:
    """In one spelling (NFC), lines ended by ``\\n`` alone, whatever system they were written on."""
    return unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Without outer blanks, and one between words. ``str.split()`` would swallow what is to be refused."""
    return BLANKS.sub(" ", text).strip(" ")


def _unseen(text: str) -> Iterator[int]:
    """Where something stands that nobody sees, and that nothing around it needs."""
    flags = {place for found in FLAG.finditer(text) for place in range(*found.span())}
    for found in PERHAPS.finditer(text):
        place, sign = found.start(), found[0]
        if place in flags:
            continue
        if sign in JOINERS and (_joins_letters(text, place) or _joins_pictures(text, place)):
            continue
        if sign in PICTURE_SELECTORS and _is_a_picture(text[place - 1 : place], keys=True):
            continue
        yield place


def _joins_letters(text: str, place: int) -> bool:
    """It stands after a letter or mark of a script that joins; also at the end of a word."""
    before = text[place - 1 : place]
    return bool(JOINED_SCRIPTS.match(before)) and unicodedata.category(before)[0] in "LM"


def _joins_pictures(text: str, place: int) -> bool:
    """A zero width joiner between two pictures, the first perhaps with its selector or its skin."""
    before = text[max(place - 2, 0) : place].rstrip(PICTURE_SELECTORS)[-1:]
    after = text[place + 1 : place + 2]
    return text[place] == "\u200d" and all(_is_a_picture(one) for one in (before, after))


def _is_a_picture(sign: str, keys: bool = False) -> bool:
    """``keys``: a digit too, which a selector makes into the picture of a key."""
    if not sign:
        return False
    return (
        bool(SKINS.match(sign))
        or unicodedata.category(sign) in ("So", "Sm")
        or (keys and sign in "0123456789#*")
    )
