"""Tamperings with the record, as somebody does them who is the database's superuser and knows our code."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, text

from compact_cases.office.proof import heads
from compact_cases.records import event_log
from compact_cases.records import heads as records
from compact_cases.records.event_log import GENESIS, Signature
from compact_cases.rules.audience import Audience
from compact_cases.rules.heads import Head
from compact_cases.rules.statements import seal_of
from tests.office.staging import Scene

TABLES = ("case_events", "heads", "head_entries")


@dataclass(frozen=True)
class World:
    """``first`` and ``other`` are covered by head 1, which went out; ``second`` by head 2, which did not;
    ``late`` is not covered."""

    first: UUID
    other: UUID
    second: UUID
    late: UUID


Tampering = Callable[[Connection, World], None]


def sql(*statements: str) -> Tampering:
    def tamper(conn: Connection, world: World) -> None:
        for one in statements:
            done = conn.execute(text(one), vars(world))
            assert done.rowcount, one

    return tamper


def by_superuser(stage: Scene, world: World, tampering: Tampering) -> None:
    """With every trigger off, and on again afterwards."""
    with stage.premises.engine.begin() as conn:
        tables = [
            name
            for (name,) in conn.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        ]
        for table in tables:
            conn.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        tampering(conn, world)
        for table in tables:
            conn.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER ALL"))
        for table in TABLES:
            for trigger in ("row", "truncate"):
                conn.execute(text(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{trigger}"))


def rechained(conn: Connection, case: UUID) -> None:
    """Every digest of a log made anew, and the summary put right."""
    digest, position = GENESIS, 0
    for row in event_log.raw(conn, case):
        signature = Signature(
            row.actor_kind,
            row.actor,
            row.on_behalf_of,
            row.command_id,
            row.at,
            row.procedure_edition,
            row.calendar_edition,
        )
        position += 1
        digest = event_log.digest_of(digest, case, position, row.name, row.body, signature)
        renumber = (
            "UPDATE case_events SET digest = :digest, position = :new WHERE case_id = :c AND position = :old"
        )
        conn.execute(text(renumber), {"digest": digest, "new": position, "c": case, "old": row.position})
    fit = "UPDATE case_summaries SET head = :head, position = :position WHERE case_id = :c"
    conn.execute(text(fit), {"head": digest, "position": position, "c": case})


def then_rechained(*statements: str, case: str = "first") -> Tampering:
    def tamper(conn: Connection, world: World) -> None:
        sql(*statements)(conn, world)
        rechained(conn, getattr(world, case))

    return tamper


def account_with_seal_and_chain(conn: Connection, world: World) -> None:
    """Another text with a seal of its own, the seal put into the event, and the chain made anew."""
    row = conn.execute(
        text(
            "SELECT t.* FROM statements t JOIN case_summaries s ON s.concern_id = t.concern_id"
            " WHERE s.case_id = :first AND t.kind = 'account'"
        ),
        vars(world),
    ).one()
    seals = [
        seal_of(row.salt, row.id, row.kind, Audience(row.audience), words)
        for words in (row.text, "Nothing happened.")
    ]
    sql(f"UPDATE statements SET text = 'Nothing happened.' WHERE id = '{row.id}'")(conn, world)
    swap = text(
        "UPDATE case_events SET body = replace(body, :old, :new) WHERE case_id = :case AND body LIKE :some"
    )
    done = conn.execute(
        swap, {"old": seals[0], "new": seals[1], "case": world.first, "some": f"%{seals[0]}%"}
    )
    assert done.rowcount
    rechained(conn, world.first)


def letter_with_its_seal(conn: Connection, world: World) -> None:
    from compact_cases.records.letter_seals import seal_of as sealed

    row = conn.execute(
        text(
            "SELECT t.* FROM letter_texts t JOIN letters l ON l.id = t.letter_id"
            " WHERE l.case_id = :first LIMIT 1"
        ),
        vars(world),
    ).one()
    seal = sealed(row.letter_id, row.address, row.subject, "Other words.", row.html, row.salt)
    change = "UPDATE letter_texts SET text = 'Other words.' WHERE letter_id = :id"
    conn.execute(text(change), {"id": row.letter_id})
    conn.execute(text("UPDATE letters SET seal = :seal WHERE id = :id"), {"seal": seal, "id": row.letter_id})


def put_in_with_an_earlier_date(conn: Connection, world: World) -> None:
    """A copy of an event behind the last one, dated nine days before."""
    sql(
        "INSERT INTO case_events (case_id, position, name, body, digest, at, actor_kind, actor, on_behalf_of,"
        " command_id, procedure_edition, calendar_edition)"
        " SELECT case_id, (SELECT max(position) + 1 FROM case_events WHERE case_id = :late), name, body,"
        " digest, at - interval '9 days', actor_kind, actor, on_behalf_of, command_id, procedure_edition,"
        " calendar_edition"
        " FROM case_events WHERE case_id = :late AND name = 'added-to-concern'"
    )(conn, world)
    rechained(conn, world.late)


def heads_signed_by_another_key(conn: Connection, world: World) -> None:
    key = Ed25519PrivateKey.generate()
    before = bytes(32)
    for head in records.every(conn):
        made = replace(head, before=before, key=key.public_key().public_bytes_raw())
        made = replace(made, signature=key.sign(made.signed_words.encode()))
        before = made.digest
        conn.execute(
            text(
                "UPDATE heads SET before = :before, key = :key, signature = :signature WHERE number = :number"
            ),
            vars(made),
        )


def heads_taken_out(conn: Connection, first: int) -> None:
    for sentence in (
        "DELETE FROM head_letters WHERE head >= :first",
        "DELETE FROM head_entries WHERE head >= :first",
        "DELETE FROM heads WHERE number >= :first",
    ):
        conn.execute(text(sentence), {"first": first})


def made_anew(stage: Scene, world: World, first: int) -> Head:
    """The heads from a number on are taken out, and the service itself makes one over what it finds."""
    by_superuser(stage, world, lambda conn, _: heads_taken_out(conn, first))
    made = heads.keep_day(stage.premises)
    assert made is not None
    return made


def whole_case(case: str) -> Tampering:
    """Whatever has its id."""
    tables = ("letters", "ledger", "tasks", "obligations", "case_words", "case_summaries", "case_events")

    def tamper(conn: Connection, world: World) -> None:
        for table in tables:
            conn.execute(text(f"DELETE FROM {table} WHERE case_id = :{case}"), vars(world))

    return tamper
