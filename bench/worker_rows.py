"""What one worker process does by itself: the sweep of what is due, and letters on their way."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import psycopg
from psycopg import sql

from bench.figures import Figure
from bench.stage import NOW, Stage, query
from compact_cases.clock import HandClock, machine_seconds
from compact_cases.office import post_room, reminders

WRITTEN = ("ledger", "letters", "case_events")
LETTERS_COMPARED = 400
AN_HOUR = timedelta(hours=1)


def sweeping(stage: Stage, due: int, seconds: float) -> Figure:
    """Reminders, nudges and escalations, decided from obligation rows; a first batch warms it up."""
    reminders.sweep(stage.premises, seconds=0.001)
    marks = {table: _count(stage, table) for table in WRITTEN}
    started = machine_seconds()
    swept = reminders.sweep(stage.premises, seconds=seconds)
    took = machine_seconds() - started
    rows = {table: _newest(stage, table, _count(stage, table) - marks[table]) for table in WRITTEN}
    bare = _bare_insert(stage, rows)
    return Figure(
        "sweep, due cases",
        swept.cases / took,
        "cases/s",
        2000,
        swept.cases / bare,
        "bare INSERT of the same rows",
        more={
            "cases": swept.cases,
            "due": due,
            "seconds": took,
            "reminders": swept.reminders,
            "escalations": swept.escalations,
            "rows": {table: len(found[1]) for table, found in rows.items()},
        },
    )


def posting(stage: Stage, seconds: float) -> Figure:
    """One letter, one transaction, one kept connection, to a sink in a process of its own."""
    clock = stage.premises.clock
    assert isinstance(clock, HandClock)
    clock.move(NOW + AN_HOUR)  # the web service's time ran on meanwhile; its letters may go too
    waiting = query(
        stage.premises,
        "SELECT count(*) FROM letters WHERE state = 'waiting' AND not_before <= :now",
        now=clock.now(),
    )[0][0]
    if not waiting:
        raise SystemExit("There are no letters to send: run the raise or sweep row as well.")
    post_room.send_waiting(stage.premises, seconds=0.5)
    started = machine_seconds()
    posted = post_room.send_waiting(stage.premises, seconds=seconds)
    took = machine_seconds() - started
    bare = _bare_loop(stage)
    return Figure(
        "letters to a local sink",
        posted.sent / took,
        "/s",
        80,
        bare,
        "bare loop: build, smtplib",
        least_ratio=0.6,
        more={"posted": vars(posted), "waiting": waiting},
    )


def _bare_loop(stage: Stage) -> float:
    """Letters a second when the same messages are built with the same library and only sent."""
    rows = query(
        stage.premises,
        "SELECT t.address, t.subject, t.text, t.html, l.message_id FROM letter_texts t"
        " JOIN letters l ON l.id = t.letter_id LIMIT :most",
        most=LETTERS_COMPARED,
    )
    with smtplib.SMTP("127.0.0.1", stage.sink_port) as smtp:
        for row in rows[:20]:
            _send(smtp, stage, row)
        started = machine_seconds()
        for row in rows:
            _send(smtp, stage, row)
        return len(rows) / (machine_seconds() - started)


def _send(smtp: smtplib.SMTP, stage: Stage, row: Sequence[Any]) -> None:
    import email.policy

    address, subject, text, html, message_id = row
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = stage.settings.mail_from
    message["To"] = address
    message["Reply-To"] = stage.settings.office.email
    message["Subject"] = subject
    message["Date"] = NOW
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    smtp.sendmail("compact@office.example", [address], message.as_bytes())


def _count(stage: Stage, table: str) -> int:
    return int(str(query(stage.premises, f"SELECT count(*) FROM {table}")[0][0]))


Rows = tuple[list[str], list[tuple[Any, ...]]]


def _newest(stage: Stage, table: str, count: int) -> Rows:
    """The rows that the sweep wrote, without what PostgreSQL makes itself."""
    order = {"ledger": "decided_at", "letters": "queued_at", "case_events": "seq"}[table]
    with psycopg.connect(stage.settings.database_url or "") as conn:
        query_ = sql.SQL("SELECT * FROM {} ORDER BY {} DESC LIMIT {}").format(
            sql.Identifier(table), sql.Identifier(order), count
        )
        cursor = conn.execute(query_)
        names = [column.name for column in cursor.description or ()]
        kept = [number for number, name in enumerate(names) if name not in ("seq", "tx", "ledger_id")]
        return [names[n] for n in kept], [tuple(row[n] for n in kept) for row in cursor]


def _bare_insert(stage: Stage, rows: dict[str, Rows]) -> float:
    """Seconds to insert the same rows into copies of the same tables, indexes included, batch by batch."""
    with psycopg.connect(stage.settings.database_url or "") as conn:
        for table in rows:
            conn.execute(
                sql.SQL("CREATE TEMP TABLE {} (LIKE {} INCLUDING ALL)").format(
                    sql.Identifier(f"bare_{table}"), sql.Identifier(table)
                )
            )
        conn.commit()
        started = machine_seconds()
        for table, (names, values) in rows.items():
            statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(f"bare_{table}"),
                sql.SQL(", ").join(map(sql.Identifier, names)),
                sql.SQL(", ").join(sql.Placeholder() * len(names)),
            )
            with conn.cursor() as cursor:
                for start in range(0, len(values), reminders.BATCH):
                    cursor.executemany(statement, values[start : start + reminders.BATCH])
                    conn.commit()
        return machine_seconds() - started
