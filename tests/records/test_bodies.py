"""Looking bodies up on the register by name, by kind and area, and by what they owe."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, InternalError

from compact_cases.records import bodies
from compact_cases.records.bodies import Body
from compact_cases.records.reading import reading
from compact_cases.rules.bodies import BodyKind, folded
from compact_cases.rules.codes import OwedBy
from compact_cases.settings import OFFICE_ZONE

AT = datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)
COUNTY = Body(
    UUID(int=1), "Northvale County Council", BodyKind.PUBLIC_BODY, "Northvale", signed_on=date(2009, 5, 1)
)
DISTRICT = Body(UUID(int=2), "Eastmere District Council", BodyKind.PUBLIC_BODY, "Eastmere")
GROUP = Body(UUID(int=3), "Café at St Mary’s", BodyKind.COMMUNITY_GROUP, "Eastmere", volunteer_run=True)
BOARD = Body(UUID(int=4), "100% Transport Board", BodyKind.PARTNERSHIP, lead_body_id=COUNTY.id)
ENDED = Body(UUID(int=5), "Old Council", BodyKind.PUBLIC_BODY, "Eastmere", ended_on=date(2020, 1, 1))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as conn:
        for body in (COUNTY, DISTRICT, GROUP, BOARD, ENDED):
            bodies.add(conn, body, AT)
        yield conn


def names(found: list[Body]) -> list[str]:
    return [body.name for body in found]


def test_a_body_is_read_back_as_it_was_added_with_its_lead_s_kind(conn: Connection) -> None:
    assert bodies.get(conn, COUNTY.id) == COUNTY
    board = bodies.get(conn, BOARD.id)
    assert board
    assert board.lead_kind is BodyKind.PUBLIC_BODY
    assert board.sectors() == {OwedBy.PUBLIC_SECTOR}
    assert bodies.get(conn, UUID(int=99)) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("northvale county council", [COUNTY]),
        ("council", [COUNTY, DISTRICT]),
        ("council north", [COUNTY]),
        ("CAFE ST MARYS", [GROUP]),
        ("Nortvale Conty Council", [COUNTY]),
        ("100%", [BOARD]),
        ("%", []),
        ("_", []),
        ("", []),
        ("zebra", []),
    ],
)
def test_bodies_are_found_however_they_are_typed(conn: Connection, typed: str, found: list[Body]) -> None:
    assert names(bodies.search(conn, typed)) == names(found)


def test_the_list_is_by_name_in_pages_and_without_those_that_ended(conn: Connection) -> None:
    first = bodies.listed(conn, limit=2)
    rest = bodies.listed(conn, after=folded(first[-1].name))
    assert names(first + rest) == names([BOARD, GROUP, DISTRICT, COUNTY])
    assert names(bodies.listed(conn, kind=BodyKind.PUBLIC_BODY)) == names([DISTRICT, COUNTY])


def test_among_which_areas_a_body_can_hide(conn: Connection) -> None:
    every = bodies.areas_of(conn, ["public-body"], (), ())
    assert "Eastmere" in every
    [one, *_] = [body for body in bodies.listed(conn) if body.kind == "public-body"]
    assert len(bodies.areas_of(conn, ["public-body"], [one.id], ())) == len(every) - 1
    assert len(bodies.areas_of(conn, ["public-body"], (), [one.name.upper()])) == len(every) - 1
    assert bodies.areas_of(conn, (), (), ()) == []


def test_two_bodies_cannot_have_one_name_but_an_ended_one_gives_it_free(conn: Connection) -> None:
    bodies.add(conn, Body(UUID(int=6), "OLD COUNCIL", BodyKind.PUBLIC_BODY), AT)
    found = bodies.named(conn, "old council")
    assert found
    assert found.id == UUID(int=6)
    with pytest.raises(IntegrityError):
        bodies.add(conn, Body(UUID(int=7), "Old  Council", BodyKind.PUBLIC_BODY), AT)


def test_a_connection_for_reading_cannot_write(engine: Engine) -> None:
    with reading(engine) as conn, pytest.raises(InternalError, match="read-only transaction"):
        bodies.add(conn, COUNTY, AT)
