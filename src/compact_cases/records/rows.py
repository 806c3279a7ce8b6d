"""Many rows in one statement: they go in as one JSON text, and PostgreSQL makes rows of their table from it.

One statement for a sweep's whole batch, where ``executemany`` sends one for each row; and one for an act that
writes a few rows of many tables. JSON, because arrays take psycopg five microseconds a value to write out,
and msgspec a tenth of one. Rows of one call have the same columns; a mapping is stored as its JSON text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, Text, Uuid, bindparam, cast, func
from sqlalchemy.dialects.postgresql import ARRAY

from compact_cases.records.ready import fetched, sent

_WAITING = "rows that wait to be written together"
_encoder = msgspec.json.Encoder()


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Row = Mapping[str, object] | _Dataclass
Keys = tuple[str, ...]


class _Shape(NamedTuple):
    """What rows of one insert share. ``skip_taken``: a row whose unique key is taken is left out."""

    table: Table
    columns: tuple[str, ...]
    skip_taken: bool


@contextmanager
def together(conn: Connection) -> Iterator[None]:
    """Rows inserted inside are written in one statement when it ends, so nothing inside may read them.

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


def insert_rows(conn: Connection, table: Table, rows: Sequence[Row], *, skip_taken: bool = False) -> None:
    """Now, or with the others where ``together`` is open."""
    if not rows:
        return
    shape = _Shape(table, _columns(rows[0]), skip_taken)
    if (waiting := conn.info.get(_WAITING)) is None:
        _write(conn, {shape: rows})
    else:
        waiting.setdefault(shape, []).extend(rows)


def insert_new_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> set[UUID]:
    """Leave out rows whose unique key is taken; the ids of those that were written."""
    if not rows:
        return set()
    shape = _Shape(table, _columns(rows[0]), skip_taken=True)
    sql = f"{_insert(shape, 'rows')} RETURNING id"
    return {one for (one,) in fetched(conn, sql, {"rows": _json(table, rows)})}


def update_rows(conn: Connection, table: Table, keys: Keys, rows: Sequence[Row]) -> None:
    """Set the columns of each row that are not among ``keys``, where the keys match."""
    if rows:
        sent(conn, _update(table, keys, _columns(rows[0])), {"rows": _json(table, rows)})


def upsert_rows(conn: Connection, table: Table, keys: Keys, rows: Sequence[Row]) -> None:
    """Insert rows; where their keys are there, set the other columns of these rows."""
    if rows:
        sent(conn, _upsert(table, keys, _columns(rows[0])), {"rows": _json(table, rows)})


def id_list(ids: Iterable[UUID]) -> str:
    """What ``OF_IDS`` asks for: one text, so that the statement is the same for any number of ids."""
    return f"{{{','.join(map(str, ids))}}}"


OF_IDS: Any = func.any(cast(bindparam("ids", type_=Text), ARRAY(Uuid)))


def look_up_by_key(conn: Connection) -> None:
    """Till the transaction ends, whole tables are read only where no index serves.

    PostgreSQL keeps the plan of a foreign key's check as long as the connection lives. One made while the
    ledger was empty read all of it for each letter: 118 of 124 ms, at 6,000 rows, to file 240 letters.
    """
    sent(conn, "SET LOCAL enable_seqscan = off", {})


def _write(conn: Connection, waiting: Mapping[_Shape, Sequence[Row]]) -> None:
    texts = (_json(shape.table, rows) for shape, rows in waiting.items())
    values = {f"rows{number}": one for number, one in enumerate(texts)}
    sent(conn, _inserts(tuple(waiting)), values)


def _columns(row: Row) -> tuple[str, ...]:
    return tuple(row) if isinstance(row, Mapping) else tuple(row.__dataclass_fields__)


def _json(table: Table, rows: Sequence[Row]) -> str:
    if binary := _binary(table):
        return _encoder.encode([_in_hex(row, binary) for row in rows]).decode()
    return _encoder.encode(rows).decode()


@cache
def _binary(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c if isinstance(column.type, LargeBinary))


def _in_hex(row: Row, binary: frozenset[str]) -> dict[str, object]:
    """With bytes as PostgreSQL reads them: JSON has none."""
    values = dict(row if isinstance(row, Mapping) else vars(row))
    for name in binary & values.keys():
        if isinstance(value := values[name], bytes):
            values[name] = f"\\x{value.hex()}"
    return values


@cache
def _inserts(shapes: tuple[_Shape, ...]) -> str:
    *others, last = (_insert(shape, f"rows{number}") for number, shape in enumerate(shapes))
    parts = ", ".join(f"part{number} AS ({one})" for number, one in enumerate(others))
    return f"WITH {parts} {last}" if parts else last


@cache
def _insert(shape: _Shape, parameter: str) -> str:
    conflict = " ON CONFLICT DO NOTHING" if shape.skip_taken else ""
    return f"{_filled(shape.table, shape.columns, parameter)}{conflict}"


@cache
def _upsert(table: Table, keys: Keys, columns: tuple[str, ...]) -> str:
    news = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    return f"{_filled(table, columns, 'rows')} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {news}"


@cache
def _update(table: Table, keys: Keys, columns: tuple[str, ...]) -> str:
    news = ", ".join(f"{name} = news.{name}" for name in columns if name not in keys)
    same = " AND ".join(f"{table.name}.{name} = news.{name}" for name in keys)
    return f"UPDATE {table.name} SET {news} FROM {_made(table, 'rows')} AS news WHERE {same}"


def _filled(table: Table, columns: tuple[str, ...], parameter: str) -> str:
    names = ", ".join(columns)
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {_made(table, parameter)}"


def _made(table: Table, parameter: str) -> str:
    """Short: psycopg reads a statement of more than 4,096 characters anew each time that it is sent."""
    return f"json_populate_recordset(NULL::{table.name}, %({parameter})s::json)"
