"""Rows of several tables in one statement: one round trip and one plan where each table had its own.

For an act that writes a few rows of many tables, such as raising a concern. Rows travel as JSON, so that a
statement stays the same whatever is empty in them; for whole batches ``in_bulk`` is the lighter way.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import TEXT, Connection, LargeBinary, Table, TextClause, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSVECTOR

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_WAITING = "rows that wait to be written together"
_encoder = msgspec.json.Encoder()
Row = Mapping[str, object]


class _Shape(NamedTuple):
    """Rows that can share a statement. ``skip_taken``: a row whose unique key is taken is left out."""

    table: Table
    columns: tuple[str, ...]
    skip_taken: bool


@contextmanager
def together(conn: Connection) -> Iterator[None]:
    """Rows inserted inside are written when it ends, so nothing inside may read them.

    Foreign keys are checked at the end of a statement: the order of the tables does not matter.
    """
    waiting: dict[_Shape, list[Row]] = {}
    conn.info[_WAITING] = waiting
    try:
        yield
    finally:
        del conn.info[_WAITING]
    if waiting:
        _write(conn, waiting)


def insert(conn: Connection, table: Table, rows: Sequence[Row], *, skip_taken: bool = False) -> None:
    """Insert rows that all have the same columns: now, or with the others where ``together`` is open."""
    if not rows:
        return
    shape = _Shape(table, tuple(rows[0]), skip_taken)
    if is_open(conn):
        conn.info[_WAITING].setdefault(shape, []).extend(rows)
    else:
        _write(conn, {shape: list(rows)})


def is_open(conn: Connection) -> bool:
    return _WAITING in conn.info


def _write(conn: Connection, waiting: Mapping[_Shape, Sequence[Row]]) -> None:
    values = {f"rows{number}": _json(*one) for number, one in enumerate(waiting.items())}
    conn.execute(_statement(tuple(waiting)), values)


def _json(shape: _Shape, rows: Sequence[Row]) -> str:
    binary = _binary(shape.table, shape.columns)
    return _encoder.encode([{**row, **_in_hex(row, binary)} for row in rows]).decode()


def _in_hex(row: Row, binary: tuple[str, ...]) -> dict[str, str]:
    """Bytes as PostgreSQL reads them."""
    return {name: f"\\x{value.hex()}" for name in binary if isinstance(value := row[name], bytes)}


@cache
def _binary(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in columns if isinstance(table.c[name].type, LargeBinary))


@cache
def _statement(shapes: tuple[_Shape, ...]) -> TextClause:
    inserts = [_insert(shape, f"rows{number}") for number, shape in enumerate(shapes)]
    others = ", ".join(f"part{number} AS ({one})" for number, one in enumerate(inserts[:-1]))
    return text(f"WITH {others} {inserts[-1]}" if others else inserts[-1])


def _insert(shape: _Shape, parameter: str) -> str:
    table, columns, skip_taken = shape
    words = {name for name in columns if isinstance(table.c[name].type, TSVECTOR)}
    picked = ", ".join(f"to_tsvector('simple'::regconfig, {one})" if one in words else one for one in columns)
    conflict = " ON CONFLICT DO NOTHING" if skip_taken else ""
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {picked}"
        f" FROM {_records(shape, words, f'CAST(:{parameter} AS json)')}{conflict}"
    )


def _records(shape: _Shape, words: Collection[str], json: str) -> str:
    """Rows as the table has them; search words are given as text, so there each column says its type.

    Short on purpose: psycopg reads a statement of more than 4,096 characters anew each time.
    """
    if not words:
        return f"json_populate_recordset(CAST(NULL AS {shape.table.name}), {json})"
    kinds: Mapping[str, Any] = {
        name: TEXT() if name in words else shape.table.c[name].type for name in shape.columns
    }
    typed = ", ".join(f"{name} {kind.compile(dialect=_DIALECT)}" for name, kind in kinds.items())
    return f"json_to_recordset({json}) AS many ({typed})"
