"""Starts the whole service on one machine, watches it, and ends all of it: what ``compact-cases up`` does."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compact_cases.clock import clock_of, machine_seconds, remove_clock_file, write_clock_file
from compact_cases.parts.data_folder import DataFolder, prepare
from compact_cases.parts.mail_catcher import Letterbox, smtp_server
from compact_cases.parts.mail_catcher_page import CatcherPage
from compact_cases.parts.own_process import OwnProcess
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.redis import Redis
from compact_cases.parts.runner import PartRefused
from compact_cases.settings import PREFIX, Settings

READY_SECONDS = 60.0
MAIL_PAGE_PORT = 8025
RAN_FILE = "worker-ran"  # the worker's first task makes it: proof that tasks run, not only that it started
NO_OFFICER = (
    "Nobody is in the office’s list yet, so nobody can sign in and no concern is read. In another terminal "
    "run COMPACT_CASES_DATA_DIR={data} compact-cases officer add EMAIL NAME; it prints a sign-in link."
)
_MOST_RESTARTS = 5


@dataclass(frozen=True)
class Wish:
    """What ``up`` was asked for."""

    settings: Settings
    port: int
    sample: bool
    mail_catcher: bool
    office_file: Path | None


class Supervisor:
    """Holds the data folder and every process started for it. ``run`` returns when it was told to stop."""

    def __init__(self, wish: Wish, announce: Callable[[dict[str, str]], None]) -> None:
        self._wish, self._announce = wish, announce
        self._settings = wish.settings
        self._stop = asyncio.Event()
        self._watched: list[tuple[str, Postgres | Redis | OwnProcess]] = []
        self._servers: list[asyncio.Server] = []
        self._clock_is_ours = False
        self.state: dict[str, str] = {}

    async def run(self) -> None:
        """Start, announce, watch, end. Raises PartRefused when a part cannot start or keeps ending."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, self._stop.set)
        folder = prepare(self._settings.data_dir)
        with folder.held(), self._ended_at_last(folder):
            starting = asyncio.create_task(self._start(folder))
            stopping = asyncio.create_task(self._stop.wait())
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not starting.done():
                starting.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await starting
                return
            starting.result()
            await self._watch()

    async def _start(self, folder: DataFolder) -> None:
        sockets = folder.sockets()
        self.state = {
            "data": str(folder.path),
            "web": self._settings.base_url,
            "environment": self._settings.environment,
            "secret_key": self._settings.secret_key,
            "mail_from": self._settings.mail_from,
            **({"office": str(self._wish.office_file)} if self._wish.office_file else {}),
        }
        self._start_database(folder, sockets)  # first: data of another version is left as it is
        self._set_clock(folder)
        await self._start_parts(folder, sockets)
        environment = self._environment(sockets)
        # The web process takes longest to load its modules; it does so while the schema is migrated.
        web = ["web", "--port", str(self._wish.port), "--await-schema", str(READY_SECONDS)]
        self._add("web", web, folder, environment)
        counted = sockets / "officers"
        migrating = ["migrate", "--quiet", "--officers-file", str(counted)]
        await OwnProcess("migrate", migrating, folder, environment).run()
        nobody_there = counted.read_text(encoding="utf-8") == "0" and not self._wish.sample
        if self._wish.sample:
            link = sockets / "sign-in"
            await OwnProcess("sample", ["load-sample", "--link-file", str(link)], folder, environment).run()
            if link.exists():
                self.state["sign_in"] = link.read_text(encoding="utf-8").strip()
                link.unlink()
        self._add("worker", ["worker", "--threads", "2"], folder, environment)
        self._add("beat", ["beat"], folder, environment)
        await self._until_ready(folder, sockets / RAN_FILE)
        folder.write_state(dict(self.state))
        advice = {"advice": NO_OFFICER.format(data=folder.path)} if nobody_there else {}
        self._announce(self.state | advice)

    def _set_clock(self, folder: DataFolder) -> None:
        if self._settings.clock is not None:
            write_clock_file(folder.path, self._settings.clock)
        else:
            remove_clock_file(folder.path)
        self._clock_is_ours = True

    def _start_database(self, folder: DataFolder, sockets: Path) -> None:
        if self._settings.database_url:
            self.state["database"] = self._settings.database_url
            return
        postgres = Postgres(folder, sockets)
        self._watched.append(("PostgreSQL", postgres))
        postgres.start()
        self.state["database"] = postgres.url()

    async def _start_parts(self, folder: DataFolder, sockets: Path) -> None:
        """A server that a setting names is used instead of its embedded part."""
        await asyncio.sleep(0)
        if self._settings.redis_url:
            self.state["redis"] = self._settings.redis_url
        else:
            redis = Redis(folder, sockets)
            self._watched.append(("Redis", redis))
            redis.start()
            self.state["redis"] = redis.url
        if self._settings.smtp_url:
            self.state["smtp"] = self._settings.smtp_url
        elif self._wish.mail_catcher:
            await self._start_mail_catcher()

    async def _start_mail_catcher(self) -> None:
        letterbox = Letterbox(clock_of(self._settings))
        loop = asyncio.get_running_loop()
        smtp = await loop.create_server(lambda: smtp_server(letterbox), "127.0.0.1", 0)
        listener = _listener(MAIL_PAGE_PORT)
        port = listener.getsockname()[1]
        page = await asyncio.start_server(CatcherPage(letterbox, port).serve, sock=listener)
        self._servers += [smtp, page]
        self.state["smtp"] = f"smtp://127.0.0.1:{smtp.sockets[0].getsockname()[1]}"
        self.state["mail"] = f"http://127.0.0.1:{port}"

    def _environment(self, sockets: Path) -> dict[str, str]:
        """The settings of our processes. An empty one is as good as none, and wins over ``.env``."""
        office = self._wish.office_file
        return {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            PREFIX + "ENVIRONMENT": self._settings.environment,
            PREFIX + "DATABASE_URL": self.state["database"],
            PREFIX + "REDIS_URL": self.state["redis"],
            PREFIX + "SMTP_URL": self.state.get("smtp", ""),
            PREFIX + "BASE_URL": self._settings.base_url,
            PREFIX + "DATA_DIR": str(self._settings.data_dir.absolute()),
            PREFIX + "OFFICE": str(office) if office else "",
            PREFIX + "CLOCK": "",  # the clock file says it, to all at once
            PREFIX + "WORKER_RAN": str(sockets / RAN_FILE),
        }

    def _add(self, name: str, words: list[str], folder: DataFolder, environment: dict[str, str]) -> None:
        service = OwnProcess(name, words, folder, environment)
        self._watched.append((f"The {name} process", service))
        service.start()

    async def _until_ready(self, folder: DataFolder, ran: Path) -> None:
        """Pages answer on the newest schema, and the worker has run a task."""
        services = [part for _, part in self._watched if isinstance(part, OwnProcess)]
        deadline = machine_seconds() + READY_SECONDS
        address = f"http://127.0.0.1:{self._wish.port}/health/ready"
        while not (ran.exists() and await asyncio.to_thread(_answers, address)):
            for service in services:
                if service.poll() is not None:
                    raise PartRefused(f"The {service.name} process did not start: {service.last_words()}")
            if machine_seconds() > deadline:
                raise PartRefused(f"The service was not ready in a minute; {folder.path / 'logs'} says why.")
            await asyncio.sleep(0.1)

    async def _watch(self) -> None:
        """Start again what ends, a little later each time; give up when it keeps ending."""
        ended: dict[str, list[float]] = {}
        while not self._stop.is_set():
            for name, part in self._watched:
                if (code := part.poll()) is None:
                    continue
                times = ended.setdefault(name, [])
                times[:] = [moment for moment in times if machine_seconds() - moment < 60]
                if len(times) >= _MOST_RESTARTS:
                    raise PartRefused(f"{name} ended {len(times) + 1} times in a minute; its log says why.")
                times.append(machine_seconds())
                print(f"{name} ended (code {code}) and is started again.", file=sys.stderr)  # noqa: T201
                await asyncio.sleep(0.1 * 2 ** (len(times) - 1))
                part.start()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), 0.2)

    @contextlib.contextmanager
    def _ended_at_last(self, folder: DataFolder) -> Iterator[None]:
        try:
            yield
        finally:
            folder.forget_state()
            services = [part for _, part in self._watched if isinstance(part, OwnProcess)]
            for service in services:
                service.ask_to_stop()
            for service in services:
                service.stop()
            for _, part in self._watched:
                if not isinstance(part, OwnProcess):
                    part.stop()
            for server in self._servers:
                server.close()
            if self._clock_is_ours:  # else a lone command would go on at a time that no service has
                remove_clock_file(folder.path)
            folder.forget_sockets()


def _listener(port: int) -> socket.socket:
    """A listening socket on this port of the loopback, or on any free one."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))


def free_port(port: int) -> int:
    """``port`` itself when it is free, any for 0. Raises PartRefused."""
    try:
        with socket.create_server(("127.0.0.1", port)) as listener:
            return int(listener.getsockname()[1])
    except OSError:
        raise PartRefused(
            f"Port {port} of this machine is taken; choose another one, such as --port {port + 1}."
        ) from None


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
