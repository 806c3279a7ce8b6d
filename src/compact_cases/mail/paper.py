"""Sheets of paper as accessible PDFs: a letter for the post, and one page of a case. Set by typst.

All words reach typst as data and none as markup; the fonts are those that it carries, so that every office
has the same sheet. It is loaded when the first PDF is made, for most of the service never makes one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from compact_cases.shipped import templates_folder

ORDINARY, LARGE = 12, 18  # points
Standard = Literal["ua-1", "1.7"]
Piece = Mapping[str, Any]
"""A part of a sheet: ``heading``, ``text``, ``list``, ``pairs`` or ``break``."""


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. ``title`` is the document's too, so it names nobody; ``foot`` is on each
    page."""

    title: str
    office: str
    foot: str
    address: str = ""
    day: str = ""
    words: str = ""
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Pdf:
    """``is_ua``: it keeps to PDF/UA-1, which no text does that has a letter that the fonts have not."""

    content: bytes
    is_ua: bool


def heading(words: str, level: int = 2) -> Piece:
    return {"kind": "heading", "level": level, "words": words}


def text(words: str) -> Piece:
    return {"kind": "text", "words": words}


def listed(items: Sequence[str]) -> Piece:
    return {"kind": "list", "items": list(items)}


def pairs(said: Sequence[tuple[str, str]]) -> Piece:
    return {"kind": "pairs", "pairs": [list(one) for one in said]}


BREAK: Piece = {"kind": "break"}


def pdf(sheet: Sheet, template: str, *, large: bool = False) -> Pdf:
    """The sheet by ``templates/paper/<template>.typ``, tagged, in ordinary or large print.

    Where the fonts lack a letter the fonts of the machine are asked as well; a sheet with a letter that
    nobody has is tagged all the same, and does not say that it keeps to the standard.
    """
    try:
        return Pdf(_set(sheet, template, large, "ua-1", own_fonts=True), is_ua=True)
    except _error():
        pass
    try:
        return Pdf(_set(sheet, template, large, "ua-1", own_fonts=False), is_ua=True)
    except _error():
        return Pdf(_set(sheet, template, large, "1.7", own_fonts=False), is_ua=False)


def _set(sheet: Sheet, template: str, large: bool, standard: Standard, *, own_fonts: bool) -> bytes:
    import typst  # here, and not above: most processes never make a PDF

    folder = templates_folder() / "paper"
    given = {**vars(sheet), "pieces": list(sheet.pieces), "size": LARGE if large else ORDINARY}
    return typst.compile(
        str(folder / f"{template}.typ"),
        root=str(folder),
        sys_inputs={"sheet": json.dumps(given)},
        format="pdf",
        pdf_standards=standard,
        ignore_system_fonts=own_fonts,
    )


def _error() -> type[Exception]:
    from typst import TypstError

    return TypstError
