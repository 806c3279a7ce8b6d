"""The image and the compose file as far as they can be tried without a container engine."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml  # type: ignore[import-untyped]
from click import Context, Group

from compact_cases.cli import main
from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.office.proof import heads, night, verification
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.right_role import refuse_a_strong_role
from compact_cases.parts.runner import PartRefused
from compact_cases.parts.schema import newest
from compact_cases.settings import Office, Settings
from tests.architecture.source import ROOT
from tests.builders import local
from tests.office.staging import scene
from tests.parts.running import COMMAND, bare_environment
from worker.app import LEAVES_IN

TOOLS = Path(sys.executable).parent
OURS = ("web", "worker", "beat", "migrate")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return found


def linted(*words: str) -> str:
    done = subprocess.run(
        [TOOLS / words[0], *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_linters_find_nothing() -> None:
    assert linted("hadolint", "Dockerfile") == ""
    assert "ok" in linted("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


@pytest.mark.parametrize("name", OURS)
def test_each_service_of_ours_runs_a_command_that_exists(name: str) -> None:
    first, *words = compose()["services"][name]["command"]
    assert first == name
    assert isinstance(main, Group)
    command = main.get_command(Context(main), name)
    assert command is not None
    command.make_context(name, list(words))  # wrong options raise here


def test_the_worker_is_given_the_time_that_it_takes_to_stop() -> None:
    grace = int(compose()["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert 0 < LEAVES_IN < grace / 2


def test_the_image_runs_web_as_somebody_without_rights() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    final = text[text.rindex("FROM ") :]
    assert 'ENTRYPOINT ["compact-cases"]' in final
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    assert "/health/ready" in final
    assert "--require-hashes" in text
    words = re.search(r"^CMD \[(.*)\]$", final, re.MULTILINE)
    assert words
    assert words[1].startswith('"web"')


def test_every_service_is_closed_and_none_starts_as_root() -> None:
    for name, service in compose()["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name in OURS or service["user"].split(":")[0] != "0", name
        assert "healthcheck" in service or name == "roles", name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name


def test_secrets_come_from_outside_and_their_absence_is_told_in_a_sentence() -> None:
    for name, service in compose()["services"].items():
        for variable, value in service.get("environment", {}).items():
            if not re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL", variable):
                continue
            asked = re.search(r"\$\{[A-Z_]+:(\?Set [^}]+\.|-)\}", str(value))
            assert asked, f"{name} {variable}"


def test_every_variable_of_the_compose_file_stands_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert asked
    assert {name for name in asked if f"{name}=" not in example} == set()


def test_what_builds_the_wheel_is_what_is_tested() -> None:
    pins = (ROOT / "requirements-build.lock").read_text(encoding="utf-8").split("\n", 1)[1]
    dev = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    named = re.findall(r"^\S+==\S+", pins, re.MULTILINE)
    assert "hatchling" in pins
    assert [pin for pin in named if f"\n{pin} " not in f"\n{dev}"] == []


def test_the_application_s_role_adds_to_the_log_and_cannot_change_it(
    database_url: str, postgres: Postgres, tmp_path: Path
) -> None:
    for _ in range(2):  # after every migration, so it must bear to be run again
        give_the_role(postgres, database_url)
    url = database_url.replace("postgresql://compact_cases@", "postgresql://compact_cases_app@")
    assert url != database_url
    clock = HandClock(local("2026-03-02 09:30"))
    ours = open_premises(settings(url, tmp_path), pool=2, clock=clock)
    scene_ = scene(ours, clock)
    row = scene_.raised()
    scene_.accept(row.reference)
    assert heads.keep_day(ours)  # which it may do, and no more
    assert verification.verify(ours).faults == ()
    assert night.watch(ours)
    with psycopg.connect(url, autocommit=True) as conn:
        for statement in (
            "UPDATE case_events SET body = '{}'",
            "DELETE FROM case_events",
            "TRUNCATE case_events",
            "ALTER TABLE case_events DISABLE TRIGGER ALL",
            "DROP TRIGGER case_events_row ON case_events",
            "DROP TABLE case_events",
            "DELETE FROM heads",
            "UPDATE heads SET day = day + 1",
            "DELETE FROM head_entries",
            "DELETE FROM erasures",
            "UPDATE clauses SET text = 'Anything.'",
            "DELETE FROM code_editions",
            "UPDATE procedure_editions SET document = ''",
            "UPDATE calendar_editions SET closing_days = '{}'",
            "DELETE FROM code_choices",
            "DELETE FROM procedure_choices",
            "DELETE FROM compact_editions",
            "UPDATE alembic_version SET version_num = 'x'",
            "CREATE TABLE more (id integer)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(statement)
        found = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    assert found == (newest(),)
    ours.engine.dispose()


def test_what_serves_in_production_is_neither_a_superuser_nor_the_owner(
    database_url: str, postgres: Postgres
) -> None:
    give_the_role(postgres, database_url)
    app = database_url.replace("postgresql://compact_cases@", "postgresql://compact_cases_app@")
    refuse_a_strong_role(app)
    with pytest.raises(PartRefused, match="must not use the role of a superuser"):
        refuse_a_strong_role(database_url)
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("ALTER TABLE case_events OWNER TO compact_cases_app")
    with pytest.raises(PartRefused, match="must not use the role of the tables' owner"):
        refuse_a_strong_role(app)
    safe = {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "vN4q7xPz1tKc9wRb3mYe6sHd8gLf2jUa",
        "BASE_URL": "https://compact.example.org",
        "DATABASE_URL": database_url,
    }
    for name in ("web", "worker"):
        done = subprocess.run(
            [*COMMAND, name], env=bare_environment(**safe), capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, "must not use the role of a superuser" in done.stderr) == (1, True)


def settings(url: str, folder: Path) -> Settings:
    office = Office(window_every_day=True)
    return Settings(environment="development", database_url=url, data_dir=folder, office=office)


def give_the_role(postgres: Postgres, database_url: str) -> None:
    """As the compose file's service ``roles`` does, with the embedded psql."""
    words = compose()["services"]["roles"]["entrypoint"][1:]
    script = words.index("/application-role.sql")
    words[script] = str(ROOT / "docs" / "application-role.sql")
    done = subprocess.run(
        [postgres.program("psql"), *words, database_url],
        env={**os.environ, "APP_PASSWORD": "made-up"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
