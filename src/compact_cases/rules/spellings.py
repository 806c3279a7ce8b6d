"""How words, initials, numbers and addresses are written: their shapes in a text, a plain form of each."""

import re
import unicodedata

from compact_cases.rules.writing import JOINERS

# Marks that belong to the letter before them: of Latin, Hebrew, Arabic, of the scripts of India and beyond.
_MARKS = "".join(
    chr(sign)
    for block in (range(0x300, 0x1B00), range(0x1DC0, 0x1E00), range(0xA800, 0xAC00))
    for sign in block
    if unicodedata.category(chr(sign)).startswith("M")
)
_LETTER = rf"[^\W_{JOINERS}][{_MARKS}{JOINERS}]*"
WORD = re.compile(rf"(?:{_LETTER})+(?:['’](?:{_LETTER})+)*")
_CAPITAL = "[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]"
INITIALS = re.compile(
    rf"(?<![^\W_])(?:{_CAPITAL}(?:\. ?{_CAPITAL})+\.?|{_CAPITAL}(?: {_CAPITAL})+|[^\W\d_](?:\.[^\W\d_])+\.?)"
    r"(?![^\W_])"
)
ADDRESS = re.compile(r"(?:[\w.+-]+@)?(?:[\w-]{2,}\.)+[a-z]{2,}(?![\w@])", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w])\+?\(?\d[\d ()./-]{4,30}\d(?!\w)")
TOGETHER = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Of scripts that put no space between words, or put endings on to a name."""
_ALIKE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_DROPPED = dict.fromkeys(map(ord, f"'’{JOINERS}"))
SHORTEST_NUMBER = 6  # a local number, without its area


def plain(word: str) -> str:
    """A word without marks, case, apostrophes and joiners."""
    if word.isascii():
        return word.casefold().replace("'", "")
    apart = unicodedata.normalize("NFKD", word.translate(_DROPPED)).casefold().translate(_ALIKE)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def bare(word: str) -> str:
    """A word without the s that says whose, and without that of several: ``Ng’s``, ``HTAs``."""
    word = re.sub(r"['’]s?$", "", word)
    return word[:-1] if len(word) > 2 and word.endswith("s") and word[:-1].isupper() else word


def letters_of(word: str) -> int:
    return sum(sign.isalpha() for sign in word)


def number_of(text: str) -> str:
    """The digits of a telephone number without what stands for the country; empty where it is too short."""
    digits = "".join(sign for sign in text if sign.isdigit())
    if text.startswith("+") or digits.startswith("00"):
        digits = re.sub(r"^0*44", "", digits)
    digits = digits.lstrip("0")
    return digits if len(digits) >= SHORTEST_NUMBER else ""
