"""What one worker process does by itself: the sweep of what is due, and letters on their way."""

import os
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from bench.figures import Figure
from bench.processes import cpu_seconds
from bench.stage import NOW, Stage, query
from compact_cases.clock import HandClock, machine_seconds
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.premises import settle_in

WRITTEN = ("ledger", "letters", "case_events")
LETTERS_COMPARED = 400
Done = TypeVar("Done")
AN_HOUR, FIVE_WEEKS = timedelta(hours=1), timedelta(weeks=5)


@dataclass(frozen=True)
class Work:
    """How long something took, and what this process and PostgreSQL worked for it."""

    seconds: float
    worker: float
    database: float

    def cpu_ms(self, done: int) -> float:
        return (self.worker + self.database) * 1000 / max(done, 1)

    def each(self, done: int) -> dict[str, float]:
        return {
            "seconds": self.seconds,
            "cpu_ms_worker": self.worker * 1000 / max(done, 1),
            "cpu_ms_database": self.database * 1000 / max(done, 1),
        }


def sweeping_all_kinds(stage: Stage, due: int, seconds: float) -> Figure:
    """The morning after: steps of receipts, replies, decisions, reviews and agreed actions in one sweep."""
    clock = stage.premises.clock
    assert isinstance(clock, HandClock)
    clock.move(NOW + timedelta(days=1))
    still_open = query(stage.premises, "SELECT count(*) FROM obligations WHERE ended_at IS NULL")[0][0]
    found = sweeping(stage, due, seconds)
    return replace(found, name="sweep, obligations of all kinds", more={**found.more, "open": still_open})


def sweeping(stage: Stage, due: int, seconds: float) -> Figure:
    """Reminders, nudges and escalations, decided from obligation rows; a first batch warms it up."""
    reminders.sweep(stage.premises, seconds=0.001)
    settle_in()  # as the worker does
    marks = {table: _count(stage, table) for table in WRITTEN}
    swept, work = _measured(stage, lambda: reminders.sweep(stage.premises, seconds=seconds))
    rows = {table: _newest(stage, table, _count(stage, table) - marks[table]) for table in WRITTEN}
    bare = _bare_insert(stage, rows)
    return Figure(
        "sweep, due cases",
        swept.cases / work.seconds,
        "cases/s",
        swept.cases / bare,
        "bare INSERT of the same rows",
        0.15,
        cpu=work.cpu_ms(swept.cases),
        more={
            "cases": swept.cases,
            "due": due,
            **work.each(swept.cases),
            "reminders": swept.reminders,
            "escalations": swept.escalations,
            "rows": {table: len(found[1]) for table, found in rows.items()},
        },
    )


def changing(stage: Stage, seconds: float) -> Figure:
    """After five weeks of outage each open case has an effect due: its log is folded, its stage moves on."""
    clock = stage.premises.clock
    assert isinstance(clock, HandClock)
    clock.move(NOW + FIVE_WEEKS)
    before = _count(stage, "case_events")
    swept, work = _measured(stage, lambda: reminders.sweep(stage.premises, seconds=seconds))
    rows = {"case_events": _newest(stage, "case_events", _count(stage, "case_events") - before)}
    return Figure(
        "sweep, an effect in each case",
        swept.cases / work.seconds,
        "cases/s",
        swept.cases / _bare_insert(stage, rows),
        "bare INSERT of the events",
        cpu=work.cpu_ms(swept.cases),
        more={
            "cases": swept.cases,
            **work.each(swept.cases),
            "effects": swept.effects,
            "escalations": swept.escalations,
            "superseded": swept.superseded,
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
    posted, work = _measured(stage, lambda: post_room.send_waiting(stage.premises, seconds=seconds))
    bare = _bare_loop(stage)
    return Figure(
        "letters to a local sink",
        posted.sent / work.seconds,
        "/s",
        bare,
        "bare loop: build, smtplib",
        0.70,
        cpu=work.cpu_ms(posted.sent),
        more={"posted": vars(posted), "waiting": waiting, **work.each(posted.sent)},
    )


def _measured(stage: Stage, act: Callable[[], Done]) -> tuple[Done, Work]:
    own, database, started = sum(os.times()[:2]), cpu_seconds(stage.postgres.pid), machine_seconds()
    done = act()
    took = machine_seconds() - started
    return done, Work(took, sum(os.times()[:2]) - own, cpu_seconds(stage.postgres.pid) - database)


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
