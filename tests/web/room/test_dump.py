"""A real dump of the database: no word of a room in it while the mediation goes on, no row after its time."""

import subprocess

from sqlalchemy import text
from sqlalchemy.engine import make_url

from compact_cases.office import upkeep
from compact_cases.parts.postgres import Postgres
from tests.web.room.mediating import Mediated

SECRETS = ("Zebra", "Marigold", "Wolverine")
ROOM = ("rooms", "room_entries", "room_visits")


def dumped(postgres: Postgres, mediation: Mediated) -> str:
    """All of it as PostgreSQL's own program writes it, bytes in hexadecimal and as text."""
    url = make_url(mediation.players.desk.premises.settings.database_url or "")
    dump = [str(postgres.program("pg_dump")), "--inserts", postgres.url(url.database or "")]
    return subprocess.run(dump, check=True, capture_output=True).stdout.decode()


def rows_of_rooms(dump: str) -> list[str]:
    return [line for line in dump.splitlines() if any(f"INTO public.{one} " in line for one in ROOM)]


def spoken(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.as_mediator() as mediator:
        mediation.says(raiser, "Zebra: a crossing would do.")
        mediation.says(raiser, "Marigold: we would take less.", "mediator")
        mediation.drafts(mediator, "Wolverine: the bus runs again.")
        mediation.read(raiser)


def clear(secret: str) -> tuple[str, str]:
    """As it is, and as bytes stand in a dump."""
    return secret, secret.encode().hex()


def test_a_dump_made_meanwhile_holds_no_word_of_a_room(postgres: Postgres, mediation: Mediated) -> None:
    spoken(mediation)
    dump = dumped(postgres, mediation)
    assert "Elmfield Tenants" in dump  # it is a dump of everything, and it is searched rightly
    assert len(rows_of_rooms(dump)) == 5  # a room, three entries, a visit
    assert [one for secret in SECRETS for one in clear(secret) if one in dump] == []


def test_thirty_days_after_the_end_neither_row_nor_key_is_left(
    postgres: Postgres, mediation: Mediated
) -> None:
    premises = mediation.players.desk.premises
    spoken(mediation)
    with premises.engine.connect() as conn:
        salt = conn.execute(text("SELECT salt FROM rooms")).scalar_one()
    mediation.ended()
    upkeep.keep_house(premises)
    mediation.players.desk.pass_time(days=30)
    upkeep.keep_house(premises)
    assert rows_of_rooms(dumped(postgres, mediation)) != []  # thirty whole days
    mediation.players.desk.pass_time(days=1)
    upkeep.keep_house(premises)
    dump = dumped(postgres, mediation)
    assert rows_of_rooms(dump) == []
    assert bytes(salt).hex() not in dump
    assert [one for secret in SECRETS for one in clear(secret) if one in dump] == []


def test_where_upkeep_slept_for_weeks_it_makes_up_for_it(postgres: Postgres, mediation: Mediated) -> None:
    spoken(mediation)
    mediation.ended()
    mediation.players.desk.pass_time(days=60)
    upkeep.keep_house(mediation.players.desk.premises)
    assert rows_of_rooms(dumped(postgres, mediation)) == []


def test_a_room_of_a_mediation_that_goes_on_stays(mediation: Mediated) -> None:
    spoken(mediation)
    mediation.players.desk.pass_time(days=90)
    upkeep.keep_house(mediation.players.desk.premises)
    assert mediation.players.desk.count("room_entries") == 3
