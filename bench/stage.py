"""The service's own parts for a bench, as `up` runs them, in a temporary folder that goes away with it."""

import os
import shutil
import signal
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from bench.seeding import Register
from compact_cases.clock import HandClock, machine_seconds
from compact_cases.office.accounts import accounts, sessions
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.registry import library
from compact_cases.parts.data_folder import DataFolder, prepare
from compact_cases.parts.own_process import OwnProcess
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.runner import Runner
from compact_cases.parts.schema import migrate
from compact_cases.parts.supervisor import free_port
from compact_cases.records import bodies, people
from compact_cases.records.bodies import Body
from compact_cases.records.people import Person
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE, PREFIX, Settings

# Case time of every run: a Wednesday at eleven, so that steps fall due and letters may go.
NOW = datetime(2026, 3, 4, 11, 0, tzinfo=OFFICE_ZONE)
WEB_PROCESSES = 2
BODIES = 200  # a register of the size that a county has
_READY_SECONDS = 30


@dataclass(frozen=True)
class Web:
    """The web service that runs: where, and the process that started the others."""

    port: int
    pid: int


@dataclass
class Stage:
    """A migrated database with a register and staff; nothing of cases yet."""

    folder: DataFolder
    postgres: Postgres
    premises: Premises
    register: Register
    sink_port: int
    token: str
    cookie: str

    @property
    def settings(self) -> Settings:
        return self.premises.settings

    @contextmanager
    def web(self) -> Iterator["Web"]:
        """The web service on a free port of the loopback."""
        port = free_port(0)
        words = ["web", "--workers", str(WEB_PROCESSES), "--port", str(port)]
        service = OwnProcess("web", words, self.folder, self.environment())
        service.start()
        try:
            _await_answer(f"http://127.0.0.1:{port}/health/live", service)
            yield Web(port, service.pid)
        finally:
            service.stop()

    def environment(self) -> dict[str, str]:
        settings = self.settings
        return {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            PREFIX + "ENVIRONMENT": "development",
            PREFIX + "DATABASE_URL": settings.database_url or "",
            PREFIX + "SMTP_URL": settings.smtp_url or "",
            PREFIX + "DATA_DIR": str(self.folder.path),
            PREFIX + "CLOCK": NOW.isoformat(),
        }


@contextmanager
def staged() -> Iterator[Stage]:
    """Start PostgreSQL and a mail sink, make the office, and end all of it afterwards."""
    with tempfile.TemporaryDirectory(prefix="compact-cases-bench-") as place:
        folder = prepare(Path(place) / "data")
        Path(place).chmod(0o711)  # `nobody` runs PostgreSQL when we are root, and must pass
        postgres = Postgres(folder, folder.sockets())
        postgres.start()
        try:
            with mail_sink(folder) as port:
                yield _with_an_office(folder, postgres, port)
        finally:
            postgres.stop()
            shutil.rmtree(folder.socket_place, ignore_errors=True)


@contextmanager
def mail_sink(folder: DataFolder) -> Iterator[int]:
    """An SMTP server in a process of its own that says yes to everything; its port."""
    port = free_port(0)
    process = Runner(0, 0).start(
        [sys.executable, "-m", "bench.mail_sink", str(port)],
        death_signal=signal.SIGKILL,
        log=folder.log("sink"),
        cwd=Path(__file__).parents[1],
    )
    try:
        yield port
    finally:
        process.kill()
        process.wait(10)


def _with_an_office(folder: DataFolder, postgres: Postgres, sink_port: int) -> Stage:
    migrate(postgres.url())
    settings = Settings(
        environment="development",
        database_url=postgres.url(),
        smtp_url=f"smtp://127.0.0.1:{sink_port}",
        data_dir=folder.path,
    )
    premises = open_premises(settings, pool=4, clock=HandClock(NOW))
    library.ensure_shipped(premises)
    officers = [
        accounts.add_officer(premises, f"{name}@office.example", name.title(), role)
        for name, role in (("morgan", Seat.OFFICER), ("asha", Seat.OFFICER), ("ruth", Seat.CHAIR))
    ]
    register = Register(register_of_bodies(premises, BODIES), (officers[0].id, officers[1].id))
    with premises.engine.begin() as conn:
        ends = NOW + sessions.STAFF_SESSION
        cookie = sessions.start_session(
            conn, premises, None, kind="staff", seat="officer", ends_at=ends, staff_id=officers[0].id
        )
    token = accounts.add_token(premises, officers[0].email, "bench")
    return Stage(folder, postgres, premises, register, sink_port, token, cookie)


def register_of_bodies(premises: Premises, count: int) -> tuple[tuple[UUID, str, UUID], ...]:
    """Bodies with their three contacts each: id, name and champion."""
    made = []
    with premises.engine.begin() as conn:
        for number in range(count):
            body = Body(new_id(), f"Northvale Council {number}", BodyKind.PUBLIC_BODY, "Stroud")
            bodies.add(conn, body, NOW)
            contacts = {role: new_id() for role in ("champion", "senior-lead", "chief-officer")}
            for role, person in contacts.items():
                people.add(conn, Person(person, role, body_id=body.id, name=f"{role} {number}"), NOW)
                address = f"{role}{number}@bodies.example"
                people.add_contact_point(conn, new_id(), person, "email", address, NOW)
            made.append((body.id, body.name, contacts["champion"]))
    return tuple(made)


def _await_answer(address: str, service: OwnProcess) -> None:
    deadline = machine_seconds() + _READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if service.poll() is not None or machine_seconds() > deadline:
                raise SystemExit(f"The web service did not start. {service.last_words()}") from None


def query(premises: Premises, sql: str, **values: object) -> list[tuple[object, ...]]:
    with premises.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql), values)]
