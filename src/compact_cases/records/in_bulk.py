"""Many rows in one statement: arrays go in, ``unnest`` makes rows of them.

One statement for a sweep's whole batch; ``executemany`` sends one for each row.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, TextClause, text
from sqlalchemy.dialects import postgresql

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def insert_rows(
    conn: Connection, table: Table, rows: Sequence[Mapping[str, object]], *, unless_there: str | None = None
) -> set[object]:
    """Insert rows that all have the same columns.

    ``unless_there`` names the id column: rows whose unique key is taken are left out, and the ids of those
    that were written are returned.
    """
    if not rows:
        return set()
    statement = _insert(table, tuple(rows[0]), unless_there)
    result = conn.execute(statement, {name: [row[name] for row in rows] for name in rows[0]})
    return set(result.scalars()) if unless_there else set()


def update_rows(
    conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Mapping[str, object]]
) -> None:
    """Set the columns of each row that are not among ``keys``, where the keys match."""
    if rows:
        statement = _update(table, keys, tuple(rows[0]))
        conn.execute(statement, {name: [row[name] for row in rows] for name in rows[0]})


@cache
def _insert(table: Table, columns: tuple[str, ...], unless_there: str | None) -> TextClause:
    conflict = f" ON CONFLICT DO NOTHING RETURNING {unless_there}" if unless_there else ""
    return text(
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT * FROM {_unnest(table, columns)}{conflict}"
    )


@cache
def _update(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> TextClause:
    news = ", ".join(f"{name} = news.{name}" for name in columns if name not in keys)
    same = " AND ".join(f"{table.name}.{name} = news.{name}" for name in keys)
    rows = f"{_unnest(table, columns)} AS news ({', '.join(columns)})"
    return text(f"UPDATE {table.name} SET {news} FROM {rows} WHERE {same}")


def _unnest(table: Table, columns: tuple[str, ...]) -> str:
    def cast(name: str) -> str:
        kind: Any = table.c[name].type
        return f"CAST(:{name} AS {kind.compile(dialect=_DIALECT)}[])"

    return f"unnest({', '.join(cast(name) for name in columns)})"
