"""The list of cases, as filtered, as a file for a spreadsheet: CSV, or OpenDocument."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from litestar import Request, Response, get
from litestar.di import NamedDependency

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports import case_list, list_file
from compact_cases.reports.list_file import COLUMNS, Cell
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.cases.asked import asked_of, filters_of, with_clause

CSV, ODS = "text/csv", "application/vnd.oasis.opendocument.spreadsheet"
FOR_OFFICERS: dict[str, Any] = {"opt": {"permission": Permission.OFFICER}, "sync_to_thread": True}
NO_TABLE = "<office:spreadsheet/>"
# A spreadsheet takes what begins so, in a CSV file, for something to work out or to send somewhere.
# Source: OWASP, CSV Injection.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@get("/cases.csv", **FOR_OFFICERS)
def as_csv(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows([_harmless(cell) for cell in line] for line in _lines(request, premises, visitor))
    return _file(premises, text.getvalue().encode("utf-8-sig"), CSV, "csv")


@get("/cases.ods", **FOR_OFFICERS)
def as_ods(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    """Every text is a cell of text, so that none is ever a formula; dates and numbers are what they are."""
    return _file(premises, _spreadsheet(_lines(request, premises, visitor)), ODS, "ods")


def _spreadsheet(lines: Iterable[Iterable[Cell]]) -> bytes:
    """A file with one table. Its rows are put into the text of the empty file: to make 10,000 of them one by
    one, or to move a table of them into a document, takes odfdo and lxml more than two minutes.
    """
    from odfdo import Document, XmlPart  # 30 MB that a process needs only once somebody asks for such a file

    document, made = Document("ods"), io.BytesIO()
    document.body.clear()
    content, container = document.get_part("content"), document.container
    assert isinstance(content, XmlPart)  # noqa: S101 (a new file has it)
    assert container is not None  # noqa: S101 (likewise)
    empty = str(content.serialize(), "utf-8")
    rows = "".join(_row(line) for line in (COLUMNS, *lines))
    table = f'<table:table table:name="Cases">{rows}</table:table>'
    filled = empty.replace(NO_TABLE, f"<office:spreadsheet>{table}</office:spreadsheet>")
    container.set_part("content.xml", filled.encode())
    container.save(made)
    return made.getvalue()


def _lines(
    request: Request[Any, Any, Any], premises: Premises, visitor: Visitor
) -> Iterable[tuple[Cell, ...]]:
    filters = filters_of(asked_of(request) | {"after": ""}, visitor)
    today = premises.clock.today()
    with reading(premises.engine) as conn:
        rulebook = library.current_rulebook(conn)
        wanted = replace(with_clause(conn, filters), limit=list_file.MOST)
        found = case_list.rows(conn, wanted, visitor.staff_id, rulebook.calendar.last_working(today))
    return list_file.lines(found[: list_file.MOST], rulebook, today)


def _row(line: Iterable[Cell]) -> str:
    return f"<table:table-row>{''.join(_cell(one) for one in line)}</table:table-row>"


def _cell(value: Cell) -> str:
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = "" if value is None else escape(str(value))
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def _harmless(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def _file(premises: Premises, content: bytes, kind: str, ending: str) -> Response[bytes]:
    """Named by its day, and with no word of what was searched for."""
    name = f"cases-{premises.clock.today().isoformat()}.{ending}"
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


routes = [as_csv, as_ods]
