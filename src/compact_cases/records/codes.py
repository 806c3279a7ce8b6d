"""The Codes whose text is held: editions with their documents as published, clauses, and what is in force."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from compact_cases.records.ready import fetched
from compact_cases.records.tables import metadata
from compact_cases.rules.codes import Clause, Edition, OwedBy, Section

codes = Table("codes", metadata, Column("slug", Text, primary_key=True), Column("title", Text))

code_editions = Table(
    "code_editions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", BigInteger),
    Column("document", Text),
    Column("digest", LargeBinary),
    Column("sections", JSONB),
    Column("held_at", DateTime(timezone=True)),
)

clauses = Table(
    "clauses",
    metadata,
    Column("code", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text),
    Column("letter", Text),
    Column("text", Text),
    Column("owed_by", Text),
    Column("section", Text),
    Column("line", Integer),
    Column("closing", Text),
)

code_choices = Table(
    "code_choices",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("code", Text),
    Column("edition", Text),
    Column("how", Text),
    Column("chosen_at", DateTime(timezone=True)),
)


@dataclass(frozen=True)
class Choice:
    """Which edition of a Code is in force (None: it is set aside), and who said so.

    ``how`` is import, use or office-file.
    """

    edition: str | None
    how: str


def store(conn: Connection, edition: Edition, document: str, at: datetime) -> None:
    """Add an edition. An edition is never changed afterwards: cases are pinned to it."""
    conn.execute(
        insert(codes)
        .values(slug=edition.code, title=edition.title)
        .on_conflict_do_nothing(index_elements=["slug"])
    )
    conn.execute(
        insert(code_editions).values(
            code=edition.code,
            id=edition.id,
            document=document,
            digest=digest_of(document),
            sections=[[one.number, one.heading, one.text, one.owed_by] for one in edition.sections],
            held_at=at,
        )
    )
    rows = [one for clause in edition.clauses for one in (clause, *clause.parts)]
    fields = ("number", "letter", "text", "owed_by", "section", "line", "closing")
    conn.execute(
        insert(clauses),
        [
            {
                "code": edition.code,
                "edition": edition.id,
                "position": position,
                **{name: getattr(clause, name) for name in fields},
            }
            for position, clause in enumerate(rows, 1)
        ],
    )


def held_as(conn: Connection, code: str, document: str) -> str | None:
    """The id of the edition of this code that has exactly this document."""
    return conn.scalar(
        select(code_editions.c.id).where(
            code_editions.c.code == code, code_editions.c.digest == digest_of(document)
        )
    )


def edition_ids(conn: Connection, code: str) -> list[str]:
    """Oldest first."""
    query = select(code_editions.c.id).where(code_editions.c.code == code)
    return list(conn.scalars(query.order_by(code_editions.c.position)))


def choose(conn: Connection, code: str, edition: str | None, how: str, at: datetime) -> None:
    """From now on this edition is in force, or none. What was chosen before stays to be read."""
    conn.execute(insert(code_choices).values(code=code, edition=edition, how=how, chosen_at=at))


def chosen(conn: Connection) -> dict[str, Choice]:
    """The last choice of each Code that has one; of the others the newest edition is in force."""
    query = select(code_choices).order_by(code_choices.c.position)
    return {row.code: Choice(row.edition, row.how) for row in conn.execute(query)}


VERSION = (
    "(SELECT coalesce(max(position), 0) FROM code_editions)"
    " + (SELECT coalesce(max(position), 0) FROM code_choices)"
    " + (SELECT coalesce(max(position), 0) FROM compact_editions)"
)


def version(conn: Connection) -> int:
    """Grows with every edition that is stored, every choice and every change of the names."""
    ((found,),) = fetched(conn, f"SELECT {VERSION}", {})
    return int(found)


def editions(conn: Connection) -> list[Edition]:
    """Every edition held, whole, oldest first."""
    found: defaultdict[tuple[str, str], list[Clause]] = defaultdict(list)
    for row in conn.execute(select(clauses).order_by(clauses.c.code, clauses.c.edition, clauses.c.position)):
        clause = Clause(
            row.code,
            row.number,
            row.text,
            OwedBy(row.owed_by),
            row.section,
            line=row.line,
            letter=row.letter,
            closing=row.closing,
        )
        whole = found[row.code, row.edition]
        if clause.letter:
            whole[-1] = replace(whole[-1], parts=(*whole[-1].parts, clause))
        else:
            whole.append(clause)
    query = select(code_editions, codes.c.title).join(codes, codes.c.slug == code_editions.c.code)
    return [
        Edition(row.id, row.code, row.title, _sections(row.sections), tuple(found[row.code, row.id]))
        for row in conn.execute(query.order_by(code_editions.c.position))
    ]


def digest_of(document: str) -> bytes:
    return sha256(document.encode()).digest()


def _sections(rows: list[tuple[int, str, str, str | None]]) -> tuple[Section, ...]:
    return tuple(
        Section(number, heading, text, OwedBy(owed_by) if owed_by else None)
        for number, heading, text, owed_by in rows
    )
