"""Many rows in one statement: they go in as one JSON text, and ``json_to_recordset`` makes rows of them.

One statement for a sweep's whole batch; ``executemany`` sends one for each row. JSON, because arrays take
psycopg five microseconds a value to write out, and msgspec a tenth of one.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, Text, TextClause, Uuid, bindparam, cast, func, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY

from compact_cases.records import together

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_encoder = msgspec.json.Encoder()


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Row = Mapping[str, object] | _Dataclass


def insert_rows(
    conn: Connection, table: Table, rows: Sequence[Row], *, unless_there: str | None = None
) -> set[object]:
    """Insert rows that all have the same columns; where ``together`` is open, they wait for the others.

    A mapping in a row is stored as its JSON text.

    ``unless_there`` names the id column: rows whose unique key is taken are left out, and the ids of those
    that were written are returned.
    """
    if not rows:
        return set()
    if together.is_open(conn) and not unless_there:
        together.insert(conn, table, [_as_mapping(row) for row in rows])
        return set()
    result = conn.execute(_insert(table, _columns(rows[0]), unless_there), {"rows": _encoded(rows)})
    return set(result.scalars()) if unless_there else set()


def update_rows(conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Set the columns of each row that are not among ``keys``, where the keys match."""
    if rows:
        conn.execute(_update(table, keys, _columns(rows[0])), {"rows": _encoded(rows)})


def upsert_rows(conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Insert rows; where their keys are there, set the other columns of these rows."""
    if rows:
        conn.execute(_upsert(table, keys, _columns(rows[0])), {"rows": _encoded(rows)})


def id_list(ids: Iterable[UUID]) -> str:
    """What ``OF_IDS`` asks for: one text, so that the statement is the same for any number of ids."""
    return f"{{{','.join(map(str, ids))}}}"


OF_IDS: Any = func.any(cast(bindparam("ids", type_=Text), ARRAY(Uuid)))


def look_up_by_key(conn: Connection) -> None:
    """Till the transaction ends, whole tables are read only where no index serves.

    PostgreSQL keeps the plan of a foreign key's check as long as the connection lives. One made while the
    ledger was empty read all of it for each letter: 118 of 124 ms, at 6,000 rows, to file 240 letters.
    """
    conn.execute(_BY_KEY)


_BY_KEY = text("SET LOCAL enable_seqscan = off")


def _encoded(rows: Sequence[Row]) -> str:
    return _encoder.encode(rows).decode("utf-8")


def _columns(row: Row) -> tuple[str, ...]:
    return tuple(row) if isinstance(row, Mapping) else tuple(row.__dataclass_fields__)


def _as_mapping(row: Row) -> Mapping[str, object]:
    return (
        row if isinstance(row, Mapping) else {name: getattr(row, name) for name in row.__dataclass_fields__}
    )


@cache
def _insert(table: Table, columns: tuple[str, ...], unless_there: str | None) -> TextClause:
    conflict = f" ON CONFLICT DO NOTHING RETURNING {unless_there}" if unless_there else ""
    names = ", ".join(columns)
    return text(f"INSERT INTO {table.name} ({names}) {_rows(table, columns)}{conflict}")


@cache
def _upsert(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> TextClause:
    news = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    conflict = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {news}"
    return text(f"INSERT INTO {table.name} ({', '.join(columns)}) {_rows(table, columns)} {conflict}")


@cache
def _update(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> TextClause:
    news = ", ".join(f"{name} = news.{name}" for name in columns if name not in keys)
    same = " AND ".join(f"{table.name}.{name} = news.{name}" for name in keys)
    rows = f"({_rows(table, columns)}) AS news ({', '.join(columns)})"
    return text(f"UPDATE {table.name} SET {news} FROM {rows} WHERE {same}")


def _rows(table: Table, columns: tuple[str, ...]) -> str:
    picked = ", ".join(_picked(table, name) for name in columns)
    typed = ", ".join(f"{name} {_kind(table, name)}" for name in columns)
    return f"SELECT {picked} FROM json_to_recordset(CAST(:rows AS json)) AS many ({typed})"


def _picked(table: Table, name: str) -> str:
    return f"decode({name}, 'base64')" if _is_bytes(table, name) else name


def _kind(table: Table, name: str) -> str:
    kind: Any = table.c[name].type
    return "text" if _is_bytes(table, name) else kind.compile(dialect=_DIALECT)


def _is_bytes(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)  # JSON has none, so they travel as base64
