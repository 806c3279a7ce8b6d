"""A lone command that was given a time of its own takes it, or says that it cannot: never the real one."""

from pathlib import Path

import psycopg
import pytest

from compact_cases.parts.postgres import Postgres
from tests.parts.running import bare_environment, run

pytestmark = pytest.mark.processes
SENTENCE = "COMPACT_CASES_CLOCK cannot be used in production; remove it.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("sweep", "--dry-run"),
        ("sweep",),
        ("post",),
        ("verify",),
        ("rebuild", "--check"),
        ("case", "show", "GC-2026-0001"),
        ("officer", "list"),
        ("token", "list"),
        ("bodies", "list"),
        ("codes", "list"),
        ("migrate",),
    ],
    ids=" ".join,
)
def test_where_production_is_assumed_it_refuses(
    words: tuple[str, ...], bare_database_url: str, tmp_path: Path, postgres: Postgres
) -> None:
    environment = bare_environment(
        DATABASE_URL=bare_database_url, CLOCK="2026-12-01T09:30", DATA_DIR=str(tmp_path)
    )
    done = run(*words, environment=environment)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", SENTENCE)
    with psycopg.connect(bare_database_url) as conn:
        assert conn.execute("SELECT count(*) FROM code_editions").fetchone() == (0,)


def test_on_a_database_of_its_own_it_starts_there(tmp_path: Path) -> None:
    environment = bare_environment(CLOCK="2026-12-01T09:30", DATA_DIR=str(tmp_path / "data"))
    done = run("officer", "add", "ann@office.example", "Ann", environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
