"""``doctor`` names each right of its role beyond the script, and that role cannot unsend a letter."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from compact_cases.clock import HandClock
from compact_cases.office import upkeep
from compact_cases.office.accounts import accounts
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.office.reception import drafting
from compact_cases.parts import rights
from compact_cases.parts.postgres import Postgres
from tests.architecture.test_deployment import give_the_role, settings
from tests.builders import local
from tests.office.staging import Scene, scene
from tests.parts.running import COMMAND, bare_environment
from tests.sink import Sink

APP = "compact_cases_app"
EXTRA = [
    ("GRANT UPDATE, DELETE ON case_events TO {app}", ["UPDATE on case_events", "DELETE on case_events"]),
    ("GRANT UPDATE (body) ON case_events TO {app}", ["UPDATE (body) on case_events"]),
    ("GRANT DELETE ON letters TO {app}", ["DELETE on letters"]),
    ("GRANT UPDATE ON letter_texts TO PUBLIC", ["UPDATE on letter_texts"]),
    ("GRANT TRUNCATE ON people TO {app}", ["TRUNCATE on people"]),
    ("GRANT TRIGGER ON heads TO {app}", ["TRIGGER on heads"]),
    ("GRANT SELECT ON people TO {app} WITH GRANT OPTION", ["passing on SELECT on people"]),
    ("GRANT INSERT ON alembic_version TO {app}", ["INSERT on alembic_version"]),
    ("GRANT UPDATE ON SEQUENCE case_events_seq_seq TO {app}", ["UPDATE on case_events_seq_seq"]),
    ("GRANT CREATE ON SCHEMA public TO {app}", ["CREATE on schema public"]),
    ("GRANT CREATE ON SCHEMA public TO PUBLIC", ["CREATE on schema public"]),
    ("GRANT CREATE ON DATABASE {database} TO {app}", ["CREATE on database"]),
    ("CREATE TABLE left_over (id int); GRANT SELECT ON left_over TO {app}", []),  # as the script gives it
    (
        "CREATE SCHEMA more; CREATE TABLE more.kept (id int); GRANT SELECT ON more.kept TO {app}",
        ["SELECT on more.kept"],
    ),
    (
        "GRANT SET ON PARAMETER session_replication_role TO {app}",
        ["SET on parameter session_replication_role"],
    ),
    ("GRANT pg_write_all_data TO {app}", ["membership in pg_write_all_data", "DELETE on case_events"]),
    ("CREATE ROLE {other} NOLOGIN; GRANT {other} TO {app}", ["membership in {other}"]),
    ("ALTER ROLE {app} CREATEROLE CREATEDB", ["CREATEROLE", "CREATEDB"]),
    ("ALTER ROLE {app} BYPASSRLS REPLICATION", ["BYPASSRLS", "REPLICATION"]),
    ("ALTER TABLE drafts OWNER TO {app}", ["ownership of drafts"]),
    (
        "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM erasures'",
        ["EXECUTE on wipe(), which runs as its owner"],
    ),
]
ROLE_WIDE = (
    "ALTER ROLE {app} NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION",
    "REVOKE pg_write_all_data FROM {app}",
    "REVOKE SET ON PARAMETER session_replication_role FROM {app}",
    "DROP ROLE IF EXISTS {other}",
)


@pytest.fixture
def app_url(database_url: str, postgres: Postgres) -> str:
    give_the_role(postgres, database_url)
    return database_url.replace("postgresql://compact_cases@", f"postgresql://{APP}@")


def named(template: str, database_url: str) -> sql.Composed:
    database = psycopg.conninfo.conninfo_to_dict(database_url)["dbname"]
    words = {"app": APP, "database": str(database), "other": f"other_{database}"}
    return sql.SQL(template).format(**{name: sql.Identifier(word) for name, word in words.items()})


def test_the_role_of_the_script_has_exactly_what_doctor_expects(app_url: str) -> None:
    with psycopg.connect(app_url) as conn:
        assert rights.beyond(conn) == []
        held = rights.held_on_tables(conn)
    assert {name: has - {"MAINTAIN"} for name, has in held.items()} == {
        name: rights.given(name) for name in held
    }
    assert {"case_events", "letters", "letter_texts", "code_editions", "alembic_version"} <= held.keys()


@pytest.mark.parametrize(("grant", "names"), EXTRA, ids=[names[0] if names else "none" for _, names in EXTRA])
def test_every_right_beyond_the_script_is_named(
    database_url: str, app_url: str, grant: str, names: list[str]
) -> None:
    database = psycopg.conninfo.conninfo_to_dict(database_url)["dbname"]
    wanted = [one.format(other=f"other_{database}") for one in names]
    with psycopg.connect(database_url, autocommit=True) as owner:
        try:
            for one in grant.split("; "):
                owner.execute(named(one, database_url))
            with psycopg.connect(app_url) as conn:
                found = rights.beyond(conn)
        finally:  # a role is the whole cluster's
            for one in ROLE_WIDE:
                owner.execute(named(one, database_url))
    assert [one for one in wanted if one not in found] == []
    assert bool(found) == bool(names)


def test_the_script_takes_back_what_was_given_on_tables(
    database_url: str, app_url: str, postgres: Postgres
) -> None:
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}")
        owner.execute(f"GRANT UPDATE (body) ON case_events TO {APP}")
        owner.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {APP}")
        owner.execute(f"GRANT CREATE ON SCHEMA public TO {APP}")
    give_the_role(postgres, database_url)
    with psycopg.connect(app_url) as conn:
        assert rights.beyond(conn) == []


def doctor(environment: str, database_url: str, folder: Path) -> str:
    given = {
        "ENVIRONMENT": environment,
        "SECRET_KEY": "vN4q7xPz1tKc9wRb3mYe6sHd8gLf2jUa",
        "BASE_URL": "https://compact.example.org",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
    }
    words = [*COMMAND, "doctor"]
    return subprocess.run(
        words,
        env=bare_environment(**given),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    ).stdout


@pytest.mark.processes
def test_doctor_says_so_in_production(database_url: str, app_url: str, tmp_path: Path) -> None:
    good = doctor("production", app_url, tmp_path)
    assert f"good  Role: {APP}, with the rights of docs/application-role.sql and no more" in good
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"GRANT UPDATE, DELETE ON case_events TO {APP}")
    wrong = doctor("production", app_url, tmp_path)
    for right in ("UPDATE on case_events", "DELETE on case_events"):
        assert f"look  Role: {APP} has more than docs/application-role.sql gives: {right}" in wrong
    assert "look  Role: compact_cases, a superuser" in doctor("production", database_url, tmp_path)
    assert "good  Role: compact_cases, a superuser" in doctor("development", database_url, tmp_path)


# --- the record that a letter went ------------------------------------------------------------------------


@pytest.fixture
def stage(app_url: str, tmp_path: Path, smtp_sink: Sink) -> Iterator[Scene]:
    """An office that works with the rights of the script."""
    clock = HandClock(local("2026-02-23 10:00"))
    found = replace(settings(app_url, tmp_path), smtp_url=smtp_sink.url)
    premises = open_premises(found, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


CHANGES = (
    "UPDATE letters SET sent_at = sent_at + interval '1 day' WHERE state = 'sent'",
    "UPDATE letters SET state = 'withdrawn' WHERE state = 'sent'",
    "UPDATE letters SET message_id = 'x' WHERE state = 'sent'",
    "UPDATE letters SET seal = NULL WHERE state = 'sent'",
    "UPDATE letters SET facts = '{}', problem = 'none' WHERE state = 'sent'",
    "UPDATE letters SET person_id = case_id WHERE state = 'sent'",
    "DELETE FROM letters",
    "TRUNCATE letters CASCADE",
    "UPDATE letter_texts SET text = 'Something else.'",
    "UPDATE letter_texts SET address = 'else@office.example'",
)


def test_that_a_letter_went_is_not_the_applications_to_change(
    database_url: str, app_url: str, stage: Scene
) -> None:
    stage.raised()
    assert post_room.send_waiting(stage.premises).sent >= 1
    before = stage.query("SELECT * FROM letters ORDER BY id")
    for url in (app_url, database_url):  # the trigger stands in the owner's way too, until it is dropped
        with psycopg.connect(url, autocommit=True) as conn:
            for statement in CHANGES[:6] if url == database_url else CHANGES:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)):
                    conn.execute(statement)
    with (
        psycopg.connect(database_url, autocommit=True) as owner,
        pytest.raises(psycopg.errors.RaiseException),
    ):
        owner.execute("DELETE FROM letters WHERE state = 'sent'")
    assert stage.query("SELECT * FROM letters ORDER BY id") == before


def test_its_text_and_address_may_be_removed(app_url: str, stage: Scene) -> None:
    stage.raised()
    post_room.send_waiting(stage.premises)
    with psycopg.connect(app_url, autocommit=True) as conn:
        assert conn.execute("DELETE FROM letter_texts").rowcount >= 1
        assert conn.execute("DELETE FROM contact_points").rowcount >= 1
    left = "SELECT count(*), count(point_id), count(sent_at), count(seal) FROM letters WHERE state = 'sent'"
    [row] = stage.query(left)
    sent, points, instants, seals = row  # type: ignore[misc]
    assert sent == instants == seals > 0  # type: ignore[has-type]
    assert points == 0  # type: ignore[has-type]


def test_letters_of_no_case_are_forgotten_by_the_application(stage: Scene, smtp_sink: Sink) -> None:
    secret = drafting.begin(stage.premises)
    drafting.mail_link(stage.premises, drafting.find(stage.premises, secret), secret, "rosa@elmfield.example")
    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    assert post_room.send_waiting(stage.premises).sent == 2
    drafting.forget(stage.premises, drafting.find(stage.premises, secret))
    stage.at("2026-02-24 10:30")
    upkeep.keep_house(stage.premises)
    assert stage.query("SELECT count(*) FROM letters") == [(0,)]


def test_what_forgets_them_forgets_no_letter_of_a_case(app_url: str, stage: Scene) -> None:
    stage.raised()
    post_room.send_waiting(stage.premises)
    with psycopg.connect(app_url, autocommit=True) as conn:
        assert conn.execute("SELECT forget_letters(array(SELECT id FROM letters))").fetchall() == []
    assert stage.query("SELECT count(*) > 0 FROM letters") == [(True,)]
