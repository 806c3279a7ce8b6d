"""Reading a Code of Practice document line by line; what cannot be read whole is refused with its line."""

import re
from dataclasses import dataclass, field, replace

from compact_cases.rules.code_items import EXAMPLES, Undertakings
from compact_cases.rules.code_lines import (
    RULER,
    CodeRefused,
    Mark,
    check_characters,
    heading_in,
    item_in,
    spaced,
)
from compact_cases.rules.codes import SLUG, Clause, Edition, OwedBy, Section
from compact_cases.rules.compact import Compact, Unclear

LONGEST = 500_000  # characters; the Codes we hold have under 7,000
HEADING_LIKE = f"“## 5. {EXAMPLES[OwedBy.JOINT]}”"


@dataclass(frozen=True)
class ContextLine:
    """A line that nobody undertook. ``flag`` says why somebody should look whether that is right."""

    line: int
    text: str
    flag: str | None


@dataclass(frozen=True)
class ReadCode:
    """A document that was read whole: its edition, the Compact that it names, and what became context."""

    edition: Edition
    compact: str
    context: tuple[ContextLine, ...]


@dataclass
class _Reading:
    """What has been read so far; a section grows until the next one starts."""

    compact: Compact
    document: str
    titles: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    context: list[ContextLine] = field(default_factory=list)
    undertakings: Undertakings | None = None
    heading_line: int = 0
    promise_line: int = 0  # in context: a line that promises something, right above
    after_blank: bool = False


def read_code(
    document: str, edition: str = "1", code: str | None = None, compact: Compact | None = None
) -> Edition:
    """The edition that a document holds. Raises CodeRefused; there is no half-read Code."""
    return read_document(document, edition, code, compact).edition


def read_document(
    document: str, edition: str = "1", code: str | None = None, compact: Compact | None = None
) -> ReadCode:
    """Read a whole document. ``code`` names the Code where its title does not.

    Raises CodeRefused with the line and the reason.
    """
    compact = compact or Compact()
    if len(document) > LONGEST:
        raise CodeRefused(1, f"the document is longer than {LONGEST:,} characters, which no Code is.")
    reading = _Reading(compact, document)
    lines = document.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        check_characters(number, line)
        line = spaced(line)
        if blank := not line or bool(RULER.fullmatch(line)):
            reading.after_blank = blank
            continue
        _read_line(reading, number, line)
        reading.after_blank = False
    _end_section(reading, len(lines))
    if not reading.clauses:
        raise CodeRefused(
            len(lines),
            f"the document ends and holds no numbered undertaking under a heading like {HEADING_LIKE}.",
        )
    title = _title(reading)
    slug = code or compact.slug_of(title)
    if slug is None or not SLUG.fullmatch(slug):
        named = ", ".join(slug for slug, _ in compact.codes) or "none yet"
        raise CodeRefused(
            1,
            f"{slug or title!r} is not a Code that the Compact names; say which with --code: {named}. "
            "The office file names them under [compact.codes].",
        )
    clauses = tuple(_of_code(clause, slug, document) for clause in reading.clauses)
    read = Edition(edition, slug, compact.title_of(slug, title), tuple(reading.sections), clauses)
    return ReadCode(read, reading.titles[0], tuple(reading.context))


def _read_line(reading: _Reading, number: int, line: str) -> None:
    if heading := heading_in(line):
        _start_section(reading, number, *heading)
    elif not reading.sections:
        _read_title(reading, number, line)
    elif line.startswith("#"):
        expected = reading.sections[-1].number + 1
        words = line.strip("#* ")
        raise CodeRefused(
            number, f"this heading has no section number. Write it like “## {expected}. {words}”."
        )
    elif line.lstrip().startswith("|"):
        raise CodeRefused(
            number,
            "this is a row of a table, which is not read. Write each undertaking on a line of its own, under "
            f"a heading like {HEADING_LIKE}.",
        )
    elif reading.undertakings is None:
        _read_context(reading, number, line)
    elif not reading.undertakings.take(number, line, reading.after_blank):
        _add_to_section(reading, number, line)


def _read_title(reading: _Reading, number: int, line: str) -> None:
    if not re.fullmatch(r"\*\*.+\*\*", line):
        raise CodeRefused(
            number,
            f"only the title may stand before the first section, in bold, like “**{line.strip('#* ')}**”; "
            f"a section begins with a heading like {HEADING_LIKE}.",
        )
    reading.titles.append(line.strip("* "))


def _start_section(reading: _Reading, line: int, number: int, words: str) -> None:
    _end_section(reading, line)
    expected = reading.sections[-1].number + 1 if reading.sections else number
    if number != expected:
        raise CodeRefused(line, f"section {expected} was expected here, but this is section {number}.")
    try:
        owed_by = reading.compact.owed_by(words)
    except Unclear:
        raise CodeRefused(
            line,
            f"the heading {words!r} does not say who owes these undertakings. Write it like {HEADING_LIKE}, "
            "or add your own word for who owes them under [compact.owners] in the office file.",
        ) from None
    reading.sections.append(Section(number, words, "", owed_by))
    reading.heading_line, reading.promise_line = line, 0
    if owed_by is None:
        flag = _promise_flag(reading, words)
        reading.context.append(ContextLine(line, f"{number}. {words}", flag))
    else:
        reading.undertakings = Undertakings(
            number, words, owed_by, reading.compact, reading.document, reading.titles
        )


def _end_section(reading: _Reading, line: int) -> None:
    if reading.undertakings is not None:
        reading.undertakings.check_complete(line, reading.heading_line)
        reading.clauses += reading.undertakings.clauses
        reading.undertakings = None


def _read_context(reading: _Reading, number: int, line: str) -> None:
    section, item = reading.sections[-1], item_in(line)
    if item and item.mark in (Mark.NUMBER, Mark.LEVELS):
        promised = reading.compact.owners_in(section.heading) or reading.compact.promise_in(item.text)
        if item.bullet or promised or item.label.partition(".")[0] != str(section.number):
            raise CodeRefused(
                number,
                "a numbered undertaking stands outside a section of undertakings. Put it under a heading "
                f"that says who undertakes it, like “## 5. {EXAMPLES[OwedBy.PUBLIC_SECTOR]}”.",
            )
    if item and reading.promise_line:
        raise CodeRefused(
            reading.promise_line,
            "this line promises what stands below it, which would be lost as context. Write it as a heading, "
            f"like “## {section.number + 1}. {EXAMPLES[OwedBy.PUBLIC_SECTOR]}”, and give each promise its "
            "number.",
        )
    reading.promise_line = 0 if item or reading.compact.promiser(line) is None else number
    _add_to_section(reading, number, line)


def _add_to_section(reading: _Reading, number: int, line: str) -> None:
    item = item_in(line)
    if item and item.bullet:
        line = line.replace(item.bullet, "-", 1)
    kinds = {Mark.BULLET: "bullet", Mark.NUMBER: "number", Mark.LEVELS: "number"}
    kind = "bullet" if item and item.bullet else kinds.get(item.mark) if item else None
    promise = _promise_flag(reading, line)
    if reading.undertakings and not promise:
        kind = "under a heading of undertakings"
    flags = [flag for flag in (kind, promise) if flag]
    reading.context.append(ContextLine(number, line.strip(), "; ".join(flags) or None))
    section = reading.sections[-1]
    gap = "\n\n" if reading.after_blank else "\n"
    reading.sections[-1] = replace(section, text=f"{section.text}{gap}{line}" if section.text else line)


def _promise_flag(reading: _Reading, text: str) -> str | None:
    word = reading.compact.promise_in(text)
    return f"promise word “{word}”" if word else None


def _title(reading: _Reading) -> str:
    """The first title line names the Compact, one says no more than "Code of Practice"."""
    names = [title for title in reading.titles[1:] if title.lower() != "code of practice"]
    if len(names) != 1:
        raise CodeRefused(1, "the title should name the Compact and then this one Code, each in bold.")
    return re.sub(r"\s*Code of Practice$", "", names[0], flags=re.IGNORECASE)


def _of_code(clause: Clause, slug: str, document: str) -> Clause:
    parts = tuple(_of_code(part, slug, document) for part in clause.parts)
    text, closing = _mended(clause.text, document), _mended(clause.closing, document)
    return replace(clause, code=slug, text=text, closing=closing, parts=parts)


def _mended(text: str, document: str) -> str:
    """Join "multi- sector", but only where the document itself writes "multi-sector" elsewhere.

    "short- and long-term" has the same hyphen and space, and is right as it stands.
    """

    def join(stray: re.Match[str]) -> str:
        whole = f"{stray[1]}-{stray[2]}"
        return whole if re.search(rf"\b{re.escape(whole)}\b", document, re.IGNORECASE) else stray[0]

    return re.sub(r"\b(\w+)- (\w+)\b", join, text)
