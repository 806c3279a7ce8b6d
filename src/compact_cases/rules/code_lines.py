"""What a line of a Code document is, by its look alone: a heading, or an item with its number or letter."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import BLANKS, unseen_in

# Both styles in use: "## 5. Joint Undertakings" and "**1. Who is this Code for?**", or both at once.
HEADING = re.compile(
    r"(?:#{1,6} +(?:\*\*)?(?:section +)?(?P<number>\d{1,3})[.:)]? +(?P<words>.+?)(?:\*\*)?"
    r"|\*\*(?:section +)?(?P<bold>\d{1,3})[.:)] +(?P<said>.+?)\*\*:?)",
    re.IGNORECASE,
)
RULER = re.compile(r" *([-*_=])(?: *\1){2,} *")
BULLETS = "•·▪▫◦●○■□‣⁃∙➢➤►✓✔"
ITEM = re.compile(rf"(?P<indent> *)(?:(?P<dash>[-*+–—−o]) +|(?P<bullet>[{BULLETS}]) *)?(?P<rest>.+)")
LEVELS = re.compile(r"\d{1,3}(?:\.\d{1,3}){2,}[.):]?(?: |$)")
NUMBERED = re.compile(r"(?P<label>\d{1,3}\.\d{1,3})[.):]?(?:(?: +[-–—])? +(?P<text>.+))?")
LETTERED = re.compile(r"(?:\((?P<label>[a-z])\)|(?P<bare>[a-z])[.)]) +(?P<text>.+)")
ROMAN = re.compile(r"(?:\([ivx]{2,5}\)|[ivx]{2,5}[.)]) +(?P<text>.+)")
CAPITAL = re.compile(r"(?:\([A-Z]\)|[A-Z]\)) +(?P<text>.+)")
SINGLE = re.compile(r"(?:\(\d{1,3}\)|\d{1,3}[.)]) +(?P<text>.+)")
PAGE_FOOT = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
FOOTNOTE = re.compile(
    r"\[\^[^\]]{1,20}\]|\[\d{1,3}\]|[⁰¹⁴-⁹*†‡]|(?<!m)[²³]|(?<=[A-Za-z]{3})[.,;:)”’\"]?\d{1,2}(?![\w.%])"
)
OF_A_WEB_PAGE = re.compile(r"</?[A-Za-z][^>]*>|&(?:[A-Za-z]{2,8}|#\d{2,5});|\]\(|\\[^\w\s]")
OPEN_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as at be been between by each for from has have if in into is its no not of on "
        "or our than that the their these this those to under upon when where which who whose will with "
        "within",
    )
)
"""A line that ends with one of these goes on in the next."""


class CodeRefused(Refused):
    """A document that cannot be read whole; ``line`` is where, counted from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.line = line


class Mark(Enum):
    """What an item begins with. The last four are refused under a heading of undertakings."""

    NUMBER = "5.1"
    LETTER = "(a)"
    BULLET = "-"
    LEVELS = "5.1.1"
    ROMAN = "(ii)"
    CAPITAL = "(A)"
    SINGLE = "1."


SHAPES = (
    (Mark.LEVELS, LEVELS),
    (Mark.NUMBER, NUMBERED),
    (Mark.LETTER, LETTERED),
    (Mark.ROMAN, ROMAN),
    (Mark.CAPITAL, CAPITAL),
    (Mark.SINGLE, SINGLE),
)


@dataclass(frozen=True)
class Item:
    """A line that begins something. What is indented to ``content`` goes on with it."""

    mark: Mark
    label: str
    text: str
    bullet: str
    indent: int
    content: int


def spaced(line: str) -> str:
    """The line with plain spaces for tabs and for every blank of a word processor, in one spelling (NFC)."""
    plain = BLANKS.sub(lambda blank: blank[0].translate(_AS_SPACE), line).expandtabs(4)
    return unicodedata.normalize("NFC", plain).rstrip()


_AS_SPACE = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")


def check_characters(number: int, line: str) -> None:
    """Beside what nobody sees: what has no shape of its own, such as a bullet of a word processor's font."""
    strange = unseen_in(line) + [sign for sign in line if unicodedata.category(sign) in ("Co", "Cn")]
    if strange:
        raise CodeRefused(
            number,
            f"there is a hidden character here (U+{ord(strange[0]):04X}). Take it out; for a bullet write -.",
        )


def heading_in(line: str) -> tuple[int, str] | None:
    """The number and the words of a section's heading."""
    found = HEADING.fullmatch(line.strip())
    if found is None:
        return None
    return int(found["number"] or found["bold"]), (found["words"] or found["said"]).strip("* ").rstrip(": ")


def item_in(line: str) -> Item | None:
    """The item that a line begins: with a bullet, a number, a letter, or several of them."""
    found = ITEM.fullmatch(line)
    if found is None:
        return None
    bullet, rest = found["dash"] or found["bullet"] or "", without_emphasis(found["rest"])
    indent = len(found["indent"])
    starts = indent + (found.start("rest") - found.end("indent"))
    for mark, shape in SHAPES:
        if shaped := shape.match(rest):
            if mark is Mark.LEVELS:
                return Item(mark, shaped[0].strip(" .):"), rest, bullet, indent, starts)
            if shaped.end() != len(rest):
                continue
            groups = shaped.groupdict()
            text = groups["text"] or ""
            label = groups.get("label") or groups.get("bare") or ""
            content = starts if bullet else starts + len(rest) - len(text)
            return Item(mark, label, text, bullet, indent, content)
    return Item(Mark.BULLET, "", rest, bullet, indent, starts) if bullet else None


def without_emphasis(text: str) -> str:
    """Bold and italic say how a text looks, not what it says."""
    return EMPHASIS.sub(r"\2", text)


def plain_text(number: int, text: str) -> str:
    """One line of an undertaking as it is kept. Raises CodeRefused for what is no text of it."""
    text = " ".join(without_emphasis(text).split())
    if found := OF_A_WEB_PAGE.search(text):
        raise CodeRefused(number, f"{found[0]!r} is how a web page is written. Write plain text instead.")
    if found := FOOTNOTE.search(text):
        raise CodeRefused(
            number,
            f"{found[0]!r} looks like a footnote mark. Take it out, with its note; a number that belongs to "
            "the text stands apart from the word before it.",
        )
    return text


def goes_on(before: str, after: str) -> bool:
    """Whether a line without an indent can only go on with the sentence before it."""
    if before.endswith((".", "!", "?", ":", ";")):
        return False
    last = re.sub(r"\W", "", before.split()[-1]).lower()
    return after.lstrip("(“‘\"'")[:1].islower() or before.endswith((",", "-")) or last in OPEN_WORDS


def joined(number: int, before: str, after: str, document: str) -> str:
    """Two lines of one sentence. A word parted at the end of a line is joined as the document writes it."""
    parted = re.search(r"(\w+)-$", before)
    first = re.match(r"\w+", after)
    if not (parted and first) or first[0] in ("and", "or", "to"):
        return f"{before} {after}"
    spellings = [
        word
        for word in (parted[1] + first[0], f"{parted[1]}-{first[0]}")
        if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", document, re.IGNORECASE)
    ]
    if len(spellings) != 1:
        raise CodeRefused(
            number, f"{parted[0]!r} is parted at the end of the line before. There write the word whole."
        )
    return before[: parted.start()] + spellings[0] + after[first.end() :]
