"""Many rows in one statement: arrays go in, ``unnest`` makes rows of them.

One statement for a sweep's whole batch; ``executemany`` sends one for each row. A column that has the same
value in every row is sent once: writing arrays out is what costs (3 µs a value).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, TextClause, text
from sqlalchemy.dialects import postgresql

from compact_cases.records import together

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def insert_rows(
    conn: Connection, table: Table, rows: Sequence[Mapping[str, object]], *, unless_there: str | None = None
) -> set[object]:
    """Insert rows that all have the same columns; where ``together`` is open, they wait for the others.

    ``unless_there`` names the id column: rows whose unique key is taken are left out, and the ids of those
    that were written are returned.
    """
    if not rows:
        return set()
    if together.is_open(conn) and not unless_there:
        together.insert(conn, table, rows)
        return set()
    arrays, values = _gathered(rows)
    result = conn.execute(_insert(table, tuple(rows[0]), arrays, unless_there), values)
    return set(result.scalars()) if unless_there else set()


def update_rows(
    conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Mapping[str, object]]
) -> None:
    """Set the columns of each row that are not among ``keys``, where the keys match."""
    if rows:
        arrays, values = _gathered(rows)
        conn.execute(_update(table, keys, tuple(rows[0]), arrays), values)


def _gathered(rows: Sequence[Mapping[str, object]]) -> tuple[frozenset[str], dict[str, object]]:
    """Which columns are arrays, and every column's array or its one value."""
    arrays: set[str] = set()
    values: dict[str, object] = {}
    for name, first in rows[0].items():
        column = [row[name] for row in rows]
        if column.count(first) == len(column):
            values[name] = first
        else:
            values[name] = column
            arrays.add(name)
    return frozenset(arrays), values


@cache
def _insert(
    table: Table, columns: tuple[str, ...], arrays: frozenset[str], unless_there: str | None
) -> TextClause:
    conflict = f" ON CONFLICT DO NOTHING RETURNING {unless_there}" if unless_there else ""
    return text(f"INSERT INTO {table.name} ({', '.join(columns)}) {_rows(table, columns, arrays)}{conflict}")


@cache
def _update(
    table: Table, keys: tuple[str, ...], columns: tuple[str, ...], arrays: frozenset[str]
) -> TextClause:
    news = ", ".join(f"{name} = news.{name}" for name in columns if name not in keys)
    same = " AND ".join(f"{table.name}.{name} = news.{name}" for name in keys)
    rows = _rows(table, columns, arrays)
    return text(f"UPDATE {table.name} SET {news} FROM ({rows}) AS news ({', '.join(columns)}) WHERE {same}")


def _rows(table: Table, columns: tuple[str, ...], arrays: frozenset[str]) -> str:
    def cast(name: str, many: str = "") -> str:
        kind: Any = table.c[name].type
        return f"CAST(:{name} AS {kind.compile(dialect=_DIALECT)}{many})"

    picked = ", ".join(name if name in arrays else cast(name) for name in columns)
    if not arrays:
        return f"SELECT {picked}"
    listed = [name for name in columns if name in arrays]
    unnest = ", ".join(cast(name, "[]") for name in listed)
    return f"SELECT {picked} FROM unnest({unnest}) AS many ({', '.join(listed)})"
