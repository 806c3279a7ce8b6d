"""Mediators and panellists from a file: all of it or nothing, each bad line named."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import people_file, register_file
from compact_cases.office.registry.people_file import Taken
from compact_cases.office.registry.register_file import FileRefused
from compact_cases.records import mediators, panellists
from compact_cases.settings import Settings
from tests.builders import local

BODIES = "body,kind\nNorthvale County Council,public-body\nHall, the,vcs-organisation\n".replace(
    "Hall, the", '"Hall, the"'
)
MEDIATORS = """name;email;languages;conflicts
Mara Quill;mara@mediators.example;English;Northvale County Council | Hall, the
Tom Hartley;mailto:tom@mediators.example;Polish;
"""
PANELLISTS = """name,email,sector,body,standing
Ann Reeve,ann@panel.example,public sector,Northvale County Council,
Bilal Shah,bilal@panel.example,vcs,,no
"""


@pytest.fixture
def office(settings: Settings, engine: Engine) -> Premises:
    premises = Premises(settings, engine, HandClock(local("2026-02-23 10:00")))
    register_file.import_bodies(premises, BODIES)
    return premises


def test_mediators_are_taken_in_once_with_their_conflicts(office: Premises) -> None:
    assert people_file.import_mediators(office, MEDIATORS, dry_run=True) == Taken(2, 0)
    with office.engine.connect() as conn:
        assert mediators.every(conn) == []
    assert people_file.import_mediators(office, MEDIATORS) == Taken(2, 0)
    assert people_file.import_mediators(office, MEDIATORS) == Taken(0, 2)
    with office.engine.connect() as conn:
        found = mediators.every(conn)
    assert [(one.name, one.languages, len(one.conflicts)) for one in found] == [
        ("Mara Quill", "English", 2),
        ("Tom Hartley", "Polish", 0),
    ]


def test_panellists_are_taken_in_with_sector_and_body(office: Premises) -> None:
    assert people_file.import_panellists(office, PANELLISTS) == Taken(2, 0)
    with office.engine.connect() as conn:
        found = panellists.listed(conn)
    assert [(one.name, one.organisation, one.sector, one.standing) for one in found] == [
        ("Ann Reeve", "Northvale County Council", "public-sector", True),
        ("Bilal Shah", "", "vcs", False),
    ]


@pytest.mark.parametrize(
    ("take", "line", "words"),
    [
        (people_file.import_panellists, "Cy,cy@panel.example,private,,", "Line 4, sector: Please write pub"),
        (people_file.import_panellists, "Cy,cy@,vcs,,", "Line 4, email: Please give the whole e-mail"),
        (people_file.import_panellists, ",cy@panel.example,vcs,,", "Line 4, name: Please give the name"),
        (
            people_file.import_panellists,
            "Cy,cy@panel.example,vcs,,often",
            "Line 4, standing: Please write yes",
        ),
        (people_file.import_panellists, "Cy,cy@panel.example,vcs,A Club,", "Line 4, body: A Club is not on"),
        (people_file.import_panellists, "Cy,ann@panel.example,vcs,,", "stands on line 2 already"),
        (people_file.import_mediators, "Cy;cy@m.example;;A Club", "Line 4, conflicts: A Club is not on"),
        (people_file.import_mediators, "Cy;;;", "Line 4, email: Please give an e-mail address"),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_the_file_is_kept(
    office: Premises, take: Callable[[Premises, str], Taken], line: str, words: str
) -> None:
    good = PANELLISTS if take is people_file.import_panellists else MEDIATORS
    with pytest.raises(FileRefused, match="Nothing of this file was kept") as refused:
        take(office, f"{good}{line}\n")
    assert words in str(refused.value)
    with office.engine.connect() as conn:
        assert panellists.listed(conn) == []
        assert mediators.every(conn) == []


def test_a_file_without_a_column_that_is_needed_or_without_anybody_is_refused(office: Premises) -> None:
    for document, words in (
        ("name,email\nAnn,ann@panel.example\n", "the column 'sector' is missing"),
        ("name,email,sector,colour\n", "'colour' is not known"),
        ("name,email,sector\n", "there is nobody in this file"),
    ):
        with pytest.raises(FileRefused, match=words):
            people_file.import_panellists(office, document)
