"""Reading a Code of Practice document line by line; what cannot be read whole is refused with its line."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from compact_cases.rules.codes import NAMED_CODES, SLUG, Clause, Edition, OwedBy, Section, slug_of_title
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import unseen_in

# Both styles in use: "## 5. Joint Undertakings" and "**1. Who is this Code for?**", or both at once.
HEADING = re.compile(r"(?:#{1,6} +(?:\*\*)?|\*\*)(?P<number>\d+)\. +(?P<words>.+?)(?:\*\*)?")
ITEM = re.compile(r"(?P<indent> *)[-*•] +(?P<text>.+)")
NUMBERED = re.compile(r"(?P<number>\d+\.\d+)\.?(?: +(?P<text>.+))?")
OWES = {
    "joint": OwedBy.JOINT,
    "public sector": OwedBy.PUBLIC_SECTOR,
    "community group": OwedBy.COMMUNITY_GROUPS,
    "voluntary and community sector": OwedBy.VCS,
}
LONGEST = 500_000  # characters; the Codes we hold have under 7,000


class CodeRefused(Refused):
    """A document that cannot be read whole; ``line`` is where, counted from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.line = line


@dataclass
class _Reading:
    """What has been read so far; a clause grows until the next one starts."""

    titles: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    heading_line: int = 0
    part_indent: int | None = None
    after_blank: bool = False

    @property
    def section(self) -> Section | None:
        return self.sections[-1] if self.sections else None

    def clauses_here(self) -> list[Clause]:
        here = self.section.number if self.section else 0
        return [clause for clause in self.clauses if clause.number.startswith(f"{here}.")]


def read_code(document: str, edition: str = "1", code: str | None = None) -> Edition:
    """Read a whole document. ``code`` names the Code where its title does not.

    Raises CodeRefused with the line and the reason; there is no half-read Code.
    """
    if len(document) > LONGEST:
        raise CodeRefused(1, f"the document is longer than {LONGEST:,} characters, which no Code is.")
    reading = _Reading()
    lines = document.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        _check_characters(number, line)
        _read_line(reading, number, line.expandtabs(4).rstrip())
        reading.after_blank = not line.strip()
    _check_last_section(reading, len(lines))
    if not reading.clauses:
        raise CodeRefused(len(lines), "the document ends and holds no numbered undertaking.")
    title = _title(reading)
    slug = code or slug_of_title(title)
    if slug is None or not SLUG.fullmatch(slug):
        named = ", ".join(NAMED_CODES)
        raise CodeRefused(1, f"{slug or title!r} is not a Code that the Compact names; say which: {named}.")
    clauses = tuple(_of_code(clause, slug, document) for clause in reading.clauses)
    return Edition(edition, slug, NAMED_CODES.get(slug, title), tuple(reading.sections), clauses)


def _read_line(reading: _Reading, number: int, line: str) -> None:
    if not line:
        return
    if heading := HEADING.fullmatch(line):
        _start_section(reading, number, int(heading["number"]), heading["words"].rstrip(": "))
    elif line.startswith("#"):
        raise CodeRefused(number, "this heading has no section number.")
    elif reading.section is None:
        if not re.fullmatch(r"\*\*.+\*\*", line):
            raise CodeRefused(number, "only the title in bold may stand before section 1.")
        reading.titles.append(line.strip("* "))
    elif reading.section.owed_by is None:
        _read_context(reading, number, line)
    else:
        _read_undertaking(reading, reading.section, reading.section.owed_by, number, line)


def _start_section(reading: _Reading, line: int, number: int, words: str) -> None:
    _check_last_section(reading, line)
    expected = reading.section.number + 1 if reading.section else 1
    if number != expected:
        raise CodeRefused(line, f"section {expected} was expected here, but this is section {number}.")
    reading.sections.append(Section(number, words, "", _owed_by(line, words)))
    reading.heading_line, reading.part_indent = line, None


def _owed_by(line: int, words: str) -> OwedBy | None:
    folded = words.lower()
    if "undertaking" not in folded:
        return None
    owing = [sector for phrase, sector in OWES.items() if phrase in folded]
    if len(owing) != 1:
        raise CodeRefused(line, f"the heading {words!r} does not say who owes these undertakings.")
    return owing[0]


def _check_last_section(reading: _Reading, line: int) -> None:
    if reading.section is None or reading.section.owed_by is None:
        return
    here = reading.clauses_here()
    if not here:
        number = reading.section.number
        raise CodeRefused(reading.heading_line, f"section {number} is of undertakings, but holds none.")
    _check_list_follows(here[-1], line)


def _check_list_follows(clause: Clause, line: int) -> None:
    if clause.text.endswith(":") and not clause.parts:
        raise CodeRefused(line, f"undertaking {clause.number} ends with a colon, but no list follows it.")


def _read_context(reading: _Reading, number: int, line: str) -> None:
    item = ITEM.fullmatch(line)
    if item and NUMBERED.fullmatch(item["text"]):
        raise CodeRefused(number, "a numbered undertaking stands outside a section of undertakings.")
    _add_to_section(reading, line)


def _read_undertaking(reading: _Reading, section: Section, owed_by: OwedBy, number: int, line: str) -> None:
    here = reading.clauses_here()
    item = ITEM.fullmatch(line)
    if item and (numbered := NUMBERED.fullmatch(item["text"])) and not item["indent"]:
        _check_number(reading, section, number, numbered["number"], numbered["text"])
        clause = Clause("", numbered["number"], numbered["text"], owed_by, section.heading, line=number)
        reading.clauses.append(clause)
        reading.part_indent = None
    elif item and here:
        _add_part(reading, number, len(item["indent"]), item["text"])
    elif here and line.startswith(" ") and not item and not reading.after_blank:
        _continue(reading, line.strip())
    elif here or item:
        raise CodeRefused(number, "this line belongs to no numbered undertaking.")
    else:
        _add_to_section(reading, line)


def _check_number(reading: _Reading, section: Section, line: int, number: str, text: str | None) -> None:
    if here := reading.clauses_here():
        _check_list_follows(here[-1], line)
    expected = f"{section.number}.{len(here) + 1}"
    if number != expected:
        raise CodeRefused(line, f"undertaking {expected} was expected here, but this is {number}.")
    if not text:
        raise CodeRefused(line, f"undertaking {number} has no text.")


def _add_part(reading: _Reading, line: int, indent: int, text: str) -> None:
    whole = reading.clauses[-1]
    if not whole.text.endswith(":"):
        raise CodeRefused(line, f"this item has no number, and undertaking {whole.number} opens no list.")
    if reading.part_indent is None:
        reading.part_indent = indent
    # A blank line may have broken the list, and the item after it lost its indent; deeper is another list.
    if indent > reading.part_indent:
        raise CodeRefused(line, "this item is a list inside a list of sub-points, which has no letters.")
    if len(whole.parts) == 26:
        raise CodeRefused(line, f"undertaking {whole.number} has more than 26 sub-points.")
    letter = chr(ord("a") + len(whole.parts))
    part = Clause("", whole.number, text, whole.owed_by, whole.section, line=line, letter=letter)
    reading.clauses[-1] = replace(whole, parts=(*whole.parts, part))


def _continue(reading: _Reading, text: str) -> None:
    whole = reading.clauses[-1]
    if whole.parts:
        longer = replace(whole.parts[-1], text=f"{whole.parts[-1].text} {text}")
        reading.clauses[-1] = replace(whole, parts=(*whole.parts[:-1], longer))
    else:
        reading.clauses[-1] = replace(whole, text=f"{whole.text} {text}")


def _add_to_section(reading: _Reading, line: str) -> None:
    section = reading.sections[-1]
    gap = "\n\n" if reading.after_blank else "\n"
    reading.sections[-1] = replace(section, text=f"{section.text}{gap}{line}" if section.text else line)


def _title(reading: _Reading) -> str:
    """The first title line names the Compact, one says no more than "Code of Practice"."""
    names = [title for title in reading.titles[1:] if title.lower() != "code of practice"]
    if len(names) != 1:
        raise CodeRefused(1, "the title should name the Compact and then this one Code, each in bold.")
    return re.sub(r"\s*Code of Practice$", "", names[0], flags=re.IGNORECASE)


def _check_characters(number: int, line: str) -> None:
    """Beside what nobody sees: what has no shape of its own, such as a bullet of a word processor's font."""
    strange = unseen_in(line) + [sign for sign in line if unicodedata.category(sign) in ("Co", "Cn")]
    if strange:
        raise CodeRefused(number, f"there is a hidden character here (U+{ord(strange[0]):04X}).")


def _of_code(clause: Clause, slug: str, document: str) -> Clause:
    parts = tuple(_of_code(part, slug, document) for part in clause.parts)
    return replace(clause, code=slug, text=_mended(clause.text, document), parts=parts)


def _mended(text: str, document: str) -> str:
    """Join "multi- sector", but only where the document itself writes "multi-sector" elsewhere.

    "short- and long-term" has the same hyphen and space, and is right as it stands.
    """

    def join(stray: re.Match[str]) -> str:
        joined = f"{stray[1]}-{stray[2]}"
        return joined if re.search(rf"\b{re.escape(joined)}\b", document, re.IGNORECASE) else stray[0]

    return re.sub(r"\b(\w+)- (\w+)\b", join, text)
