"""A CSV file as people save it: its encoding, its separator, its rows, and what a spreadsheet has eaten."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import as_kept, one_line, problem_with, unseen_in

SAVE_AGAIN = "Save it again as CSV UTF-8."
AS_TEXT = "Format the column as text and type it again."
KINDS = {b"PK\x03\x04": "a spreadsheet", b"\xd0\xcf\x11\xe0": "a spreadsheet", b"%PDF": "a PDF"}
WINDOWS = (
    "The file was read as Windows text (cp1252). Look at names with accents; to be sure, save it "
    "as CSV UTF-8."
)
# Letters of DOS and old Macs, read as Windows: signs where a letter must be, a capital after a small letter.
UNLIKELY = re.compile("[a-zß-ÿ][ŠŒŽŸ‚ƒ„†‡ˆ‰‹˜•]|[A-Za-z][“”–—…›](?=[a-z])")
SEPARATORS = ",;\t|"
LETTERS = ascii_uppercase
SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
FAULT = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?", re.IGNORECASE)
READ_TWICE = re.compile("[ÃÂâ]")
MARKED_AS_TEXT = re.compile(r'="([^"]*)"|\'(?=[0-9+])(.*)')


@dataclass(frozen=True)
class Row:
    """A row that holds something, with the line of the file on which it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """Columns by their names in small letters, rows with something in them, and what could not be read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[str, ...]


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and a sentence where its encoding was guessed. Raises Refused with the place."""
    if kind := next((words for begins, words in KINDS.items() if content.startswith(begins)), ""):
        raise Refused(f"This is {kind}, not a CSV file. Open it and save it as CSV UTF-8.")
    if wide := _wide(content):
        try:
            return content.decode(wide).removeprefix("\ufeff"), ""
        except UnicodeDecodeError:
            raise Refused(f"This file is torn, or in an encoding that cannot be told. {SAVE_AGAIN}") from None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _of_windows(content), WINDOWS


def read_sheet(text: str) -> Sheet:
    """Raises nothing: what is wrong with a row stands in ``problems``, and the other rows are read."""
    text = text.removeprefix("\ufeff")
    problems: list[str] = []
    named = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    before = 1 if named else 0
    text = text[named.end() :] if named else text
    separator = named[1] if named else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _rows(reader, before, problems)
    columns = [_name(cell) for cell in next(rows, (0, []))[1]]
    width = len(columns)
    while columns and not columns[-1]:
        columns.pop()
    found = tuple(
        Row(line, dict(zip(columns, (_cell(cell) for cell in cells), strict=False)))
        for line, cells in rows
        if _fits(line, cells, len(columns), width, problems)
    )
    return Sheet(tuple(columns), found, tuple(problems))


def eaten(column: str, cell: str) -> str:
    """The sentence about a cell that is not what somebody typed any more; empty for a good one."""
    if wrong := problem_with(cell):
        if strange := next(iter(unseen_in(cell)), ""):
            before = cell.partition(strange)[0]
            return f"{wrong} One stands after “{before[-20:]}” (U+{ord(strange):04X})."
        return wrong
    if SHORTENED.fullmatch(cell):
        return f"{cell} is a number that a spreadsheet has shortened. {AS_TEXT}"
    if FAULT.fullmatch(cell):
        return f"{cell} is a spreadsheet’s error. Mend its formula, or type the words."
    if re.fullmatch("#{3,}", cell):
        return "A spreadsheet’s column was too narrow here. Widen it and save the file again."
    if "\ufffd" in cell:
        return f"In {cell!r} a letter was lost before the file came here. Type it again. {SAVE_AGAIN}"
    if meant := _read_once(cell):
        return f"{cell!r} is perhaps “{meant}”: its letters were read wrongly once. {SAVE_AGAIN}"
    return _of_telephone(cell) if column.endswith("phone") else ""


def _of_telephone(cell: str) -> str:
    if re.fullmatch(r"[1-9][0-9]{8,9}(?:\.0)?", cell):
        return f"{cell} has lost its first 0, as spreadsheets do. {AS_TEXT}"
    if re.fullmatch(r"[1-9][0-9]{10,}(?:\.0)?", cell):
        return f"{cell} begins with neither 0 nor +. {AS_TEXT}"
    return ""


def _read_once(cell: str) -> str:
    """What a text was before UTF-8 was taken for Windows text; empty where it never was."""
    if not READ_TWICE.search(cell):
        return ""
    try:
        return cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


# --- encodings ---------------------------------------------------------------------------------------------


def _wide(content: bytes) -> str:
    """UTF-16, told by its mark or by the zeros between plain letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:400]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if len(half) > 3 and half.count(0) > len(half) * 0.7 and 0 not in start[1 - offset :: 2]:
            return encoding
    return ""


def _of_windows(content: bytes) -> str:
    try:
        text = content.decode("cp1252")
        strange = UNLIKELY.search(text)
        place = strange.end() - 1 if strange else -1
    except UnicodeDecodeError as problem:
        text, place = content.decode("latin-1"), problem.start
    if place < 0:
        return text
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    word = re.search(r"\S*$", text[:place])
    near = f" after “{word[0]}”" if word and word[0] else ""
    raise Refused(
        f"Line {line}, character {column}: the letter{near} is in an encoding that cannot be told. "
        f"{SAVE_AGAIN}"
    )


# --- rows and cells ----------------------------------------------------------------------------------------


def _separator(text: str) -> str:
    """The one that parts the first line that holds something; a comma where none does."""
    first = next((line for line in text.splitlines() if line.strip(SEPARATORS + " \t")), "")
    plain = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=plain.count)


def _rows(reader: Any, before: int, problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the line on which it begins."""
    ended = before
    while True:
        begins = ended + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"Line {begins}: This is not CSV ({error}).")
            return
        ended = before + reader.line_num
        if any(_cell(cell) for cell in cells):
            yield begins, cells


def _fits(line: int, cells: list[str], named: int, width: int, problems: list[str]) -> bool:
    """Whether a row has a cell for each named column and, but for empty ones, no more."""
    more = next((place for place, cell in enumerate(cells) if place >= named and _cell(cell)), None)
    if more is not None and more < min(width, len(LETTERS)):
        words = f"“{_cell(cells[more])}” stands in column {LETTERS[more]}, which has no name in line 1."
    elif more is not None or len(cells) < named:
        words = "This line has not as many cells as line 1."
    else:
        return True
    problems.append(f"Line {line}: {words}")
    return False


def _name(cell: str) -> str:
    return re.sub(r"[ -]+", "_", _cell(cell).lower())


def _cell(cell: str) -> str:
    text = one_line(as_kept(cell))
    marked = MARKED_AS_TEXT.fullmatch(text)
    return one_line(marked[1] or marked[2] or "") if marked else text
