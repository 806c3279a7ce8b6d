"""A database is brought to the newest schema, unless another version made it."""

import re

import pytest
from sqlalchemy import Engine, text

from compact_cases.parts import revisions, schema
from compact_cases.parts.runner import PartRefused
from compact_cases.shipped import migrations_folder

TABLES = "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'"


@pytest.mark.parametrize(
    ("revision", "by"),
    [("2026_11_22_09", "an earlier version, before the first"), ("2027_06_01_1", "a newer")],
)
def test_data_of_another_version_is_refused_and_not_touched(
    engine: Engine, database_url: str, revision: str, by: str
) -> None:
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        before = conn.scalar(text(TABLES))
    with pytest.raises(PartRefused, match=by):
        schema.migrate(database_url)
    with engine.begin() as conn:
        assert conn.scalar(text(TABLES)) == before
    assert schema.current(database_url) == revision


def test_the_newest_schema_is_reached_and_stays(database_url: str) -> None:
    assert schema.migrate(database_url) == schema.current(database_url) == schema.newest()


def test_schemas_are_known_in_the_order_in_which_they_follow_each_other() -> None:
    """The tenth of a day comes after the ninth."""
    after: dict[str | None, str] = {}
    for path in (migrations_folder() / "versions").glob("2*.py"):
        said = dict(re.findall(r"^(revision|down_revision) = (.+)$", path.read_text(), re.MULTILINE))
        known = {name: None if one == "None" else one.strip('"') for name, one in said.items()}
        assert known["revision"]
        after[known["down_revision"]] = known["revision"]
    chain: list[str] = []
    while (following := after.get(chain[-1] if chain else None)) is not None:
        chain.append(following)
    assert revisions.shipped() == tuple(chain)
