"""A PostgreSQL that a test may kill."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from compact_cases.parts.data_folder import prepare
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.schema import migrate
from tests.conftest import stock
from tests.waiting import wait_for


@pytest.fixture
def mortal() -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, as durable as in service."""
    path = Path(tempfile.mkdtemp(prefix="compact-cases-test-"))
    folder = prepare(path)
    server = Postgres(folder, folder.sockets())
    server.start()
    migrate(server.url())
    stock(server.url())
    yield server
    server.stop()
    folder.forget_sockets()
    shutil.rmtree(path, ignore_errors=True)


def kill(server: Postgres) -> None:
    """The postmaster first, so that it cannot mend what then happens to its children."""
    postmaster = psutil.Process(server.pid)
    children = postmaster.children(recursive=True)
    for process in (postmaster, *children):
        process.kill()
    psutil.wait_procs(children, 10)
    wait_for(lambda: server.poll() is not None, "an end of PostgreSQL")
