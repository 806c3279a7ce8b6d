"""Adding and changing bodies with their contacts, one by one and from a file."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import register_file, registry
from compact_cases.records import bodies, people
from compact_cases.records.people import Person
from compact_cases.rules.bodies import BodyEntry, BodyKind, ContactEntry
from compact_cases.rules.refusals import NotFound
from compact_cases.settings import OFFICE_ZONE, Settings

ANN = ContactEntry("champion", "Ann Archer", "ann@northvale.example")
BEN = ContactEntry("champion", "Ben Bell", "ben@northvale.example", deputy=True)
CEO = ContactEntry("chief-officer", "Cy Cole", "cy@northvale.example", "01452 555 020")
COUNTY = BodyEntry(
    "Northvale County Council", "public-body", "Northvale", False, date(2009, 5, 1), "", (ANN, BEN, CEO)
)
BOARD = BodyEntry("Transport Board", "partnership", lead_body="northvale county council")


@pytest.fixture
def premises(settings: Settings, engine: Engine) -> Premises:
    return Premises(settings, engine, HandClock(datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)))


def later(premises: Premises) -> None:
    assert isinstance(premises.clock, HandClock)
    premises.clock.pass_time(timedelta(hours=1))


def contacts(premises: Premises, body: bodies.Body) -> list[Person]:
    with premises.engine.connect() as conn:
        return people.of_bodies(conn, [body.id])


def entered(premises: Premises, body: bodies.Body) -> BodyEntry:
    with premises.engine.connect() as conn:
        return registry.entry_of(conn, registry.held(conn, body.id))


def test_a_body_is_added_with_its_contacts_and_read_back(premises: Premises) -> None:
    body = registry.add_body(premises, COUNTY)
    read = entered(premises, body)
    assert replace(read, contacts=()) == replace(COUNTY, contacts=())
    assert set(read.contacts) == {ANN, BEN, CEO}
    champion, deputy = contacts(premises, body)[:2]
    assert deputy.deputy_of == champion.id


def test_a_partnership_has_the_sector_of_its_lead(premises: Premises) -> None:
    registry.add_body(premises, COUNTY)
    board = registry.add_body(premises, BOARD)
    assert board.lead_kind is BodyKind.PUBLIC_BODY


def test_a_new_address_is_a_new_row_of_the_same_person(premises: Premises) -> None:
    body = registry.add_body(premises, COUNTY)
    before = contacts(premises, body)
    later(premises)
    moved = replace(ANN, email="ann.archer@northvale.example")
    registry.change_body(premises, body.id, replace(COUNTY, contacts=(moved,)))
    assert contacts(premises, body) == before
    assert set(entered(premises, body).contacts) == {moved, BEN, CEO}
    with premises.engine.connect() as conn:
        assert conn.scalar(select(func.count()).select_from(people.contact_points)) == 5


def test_another_champion_keeps_the_deputy_and_the_old_one_stays_in_the_records(premises: Premises) -> None:
    body = registry.add_body(premises, COUNTY)
    (old, *_) = contacts(premises, body)
    later(premises)
    dee = ContactEntry("champion", "Dee Dale", "dee@northvale.example")
    registry.change_body(premises, body.id, replace(COUNTY, contacts=(dee,)))
    assert set(entered(premises, body).contacts) == {dee, BEN, CEO}
    present = {person.name: person for person in contacts(premises, body)}
    assert present["Ben Bell"].deputy_of == present["Dee Dale"].id
    with premises.engine.connect() as conn:
        assert people.get(conn, [old.id])[old.id].name == "Ann Archer"


def test_an_empty_name_ends_a_contact_and_its_deputy(premises: Premises) -> None:
    body = registry.add_body(premises, COUNTY)
    nobody = (ContactEntry("champion"), ContactEntry("champion", deputy=True))
    registry.change_body(premises, body.id, replace(COUNTY, contacts=nobody))
    assert entered(premises, body).contacts == (CEO,)


@pytest.mark.parametrize(
    ("entry", "field", "sentence"),
    [
        (replace(COUNTY, name="NORTHVALE  county council"), "body", "is on the register already"),
        (replace(BOARD, lead_body="Nobody"), "lead_body", "There is no body 'Nobody' on the register"),
        (replace(BOARD, name="Another", lead_body="Transport Board"), "lead_body", "cannot lead another"),
        (BodyEntry("A", "public-body", contacts=(BEN,)), "champion_deputy_name", "give the champion too"),
        (BodyEntry("", "public-body"), "body", "Please give the name"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    premises: Premises, entry: BodyEntry, field: str, sentence: str
) -> None:
    registry.add_body(premises, COUNTY)
    registry.add_body(premises, BOARD)
    with pytest.raises(registry.EntryRefused) as refused:
        registry.add_body(premises, entry)
    assert (refused.value.field, sentence in refused.value.sentence) == (field, True)
    with premises.engine.connect() as conn:
        assert len(bodies.listed(conn)) == 2
        assert conn.scalar(select(func.count()).select_from(people.people)) == 3


def test_a_body_that_is_not_there_is_not_found(premises: Premises) -> None:
    with premises.engine.connect() as conn, pytest.raises(NotFound):
        registry.held(conn, UUID(int=9))


COLUMNS = "body,kind,area,volunteer_run,signed_on,lead_body"
FILE = f"""{COLUMNS},champion_name,champion_email,champion_deputy_name,champion_deputy_email
Transport Board,partnership,,,,Northvale County Council,,,,
Northvale County Council,public body,Northvale,no,2009-05-01,,Ann Archer,ann@nv.example,Ben Bell,b@nv.example
"Elmfield Tenants, Ltd",community-group,Elmfield,yes,,,Flo Fox,flo@elmfield.example,,
"""


def test_a_file_is_taken_in_whole_and_again_changes_nothing(premises: Premises) -> None:
    assert register_file.import_bodies(premises, FILE) == register_file.Imported(added=3)
    assert register_file.import_bodies(premises, FILE) == register_file.Imported(unchanged=3)
    with premises.engine.connect() as conn:
        tenants = bodies.named(conn, "elmfield tenants ltd")
        board = bodies.named(conn, "transport board")
    assert tenants
    assert tenants.volunteer_run
    assert board
    assert board.lead_kind is BodyKind.PUBLIC_BODY


def test_a_file_changes_what_differs_and_leaves_what_it_does_not_say(premises: Premises) -> None:
    register_file.import_bodies(premises, FILE)
    later(premises)
    line = "Northvale County Council,public-body,Dee Dale,dee@nv.example"
    short = f"body,kind,champion_name,champion_email\n{line}\n"
    assert register_file.import_bodies(premises, short) == register_file.Imported(changed=1)
    with premises.engine.connect() as conn:
        body = bodies.named(conn, "Northvale County Council")
        assert body
        entry = registry.entry_of(conn, body)
    assert (entry.area, entry.signed_on) == ("Northvale", date(2009, 5, 1))
    assert {contact.name for contact in entry.contacts} == {"Dee Dale", "Ben Bell"}


def test_a_dry_run_says_what_would_change_and_keeps_nothing(premises: Premises) -> None:
    assert register_file.import_bodies(premises, FILE, dry_run=True) == register_file.Imported(added=3)
    with premises.engine.connect() as conn:
        assert bodies.listed(conn) == []


def test_each_bad_line_is_named_and_nothing_is_kept(premises: Premises) -> None:
    bad = FILE + "\n".join(
        [
            "Elmfield Tenants Ltd,community-group,,,,,,,,",
            "A,club,,perhaps,1 May,,,,,",
            "B,public-body,,,,,Bea,not-an-address,,",
            "C,public-body",
            "D,partnership,,,,Nobody,,,,",
        ]
    )
    with pytest.raises(register_file.FileRefused) as refused:
        register_file.import_bodies(premises, bad)
    told = "\n".join(refused.value.problems)
    for problem in (
        "Line 5, body: Elmfield Tenants Ltd stands on line 4 already.",
        "Line 6, volunteer_run: Please write yes or no.",
        "Line 6, signed_on: '1 May' is no date: write day, month, year, like 1/5/2009 or 2009-05-01.",
        "Line 6, kind: Please say which kind of body it is",
        "Line 7, champion_email: Please give the whole e-mail address",
        "Line 8: This line has not as many cells as line 1.",
        "Line 9, lead_body: There is no body 'Nobody' on the register. Add it first.",
    ):
        assert problem in told
    with premises.engine.connect() as conn:
        assert bodies.listed(conn) == []


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "the column 'body' is missing"),
        ("body\nA\n", "the column 'kind' is missing"),
        ("body,kind,colour\nA,public-body,red\n", "the column 'colour' is not known"),
        ("body,kind,kind\nA,public-body,public-body\n", "the column 'kind' is there twice"),
        ("body,kind\n", "there is no body in this file"),
        ('body,kind\n"A,public-body\n', "This is not CSV"),
        ('"body', "This is not CSV"),
        ("\x00\x01", "hidden characters"),
    ],
)
def test_a_file_that_is_no_register_is_refused(premises: Premises, document: str, sentence: str) -> None:
    with pytest.raises(register_file.FileRefused, match=sentence):
        register_file.import_bodies(premises, document)


def test_what_a_file_changes_is_named_field_by_field(premises: Premises) -> None:
    register_file.import_bodies(premises, FILE)
    later(premises)
    changed = FILE.replace("Ann Archer,ann@nv.example", "Dee Dale,dee@nv.example").replace(
        ",Elmfield,", ",Stroud,"
    )
    for dry_run in (True, False):
        done = register_file.import_bodies(premises, changed, dry_run=dry_run)
        assert [(one.body, one.field, one.before, one.after) for one in done.differences] == [
            ("Northvale County Council", "champion_name", "Ann Archer", "Dee Dale"),
            ("Northvale County Council", "champion_email", "ann@nv.example", "dee@nv.example"),
            ("Elmfield Tenants, Ltd", "area", "Elmfield", "Stroud"),
        ]


def test_a_file_as_a_spreadsheet_saves_it_is_read(premises: Premises) -> None:
    saved = (
        "sep=;\r\nBody;Kind;Signed on;Champion name;Champion email;Champion phone;;\r\n"
        "Northvale\u00a0County Council;Public body;01/05/2009;Ann Archer;mailto:ann@nv.example;"
        "01452 555010;;\r\n"
        ";;;;;;;\r\n"
        "Elmfield Tenants;community group;;;;;;\r\n;;;;;;;\r\n"
    )
    assert register_file.import_bodies(premises, saved) == register_file.Imported(added=2)
    with premises.engine.connect() as conn:
        body = bodies.named(conn, "Northvale County Council")
        assert body
        entry = registry.entry_of(conn, body)
    assert entry.signed_on == date(2009, 5, 1)
    assert entry.contacts == (ContactEntry("champion", "Ann Archer", "ann@nv.example", "01452 555010"),)


def test_what_a_spreadsheet_has_eaten_is_named_by_line_and_column(premises: Premises) -> None:
    eaten = (
        "body,kind,signed_on,champion_name,champion_phone\n"
        "A,public-body,39934,Ann,1.4526E+09\n"
        "North\u200bvale,public-body,05/13/2009,Ann,1452555010\n"
    )
    with pytest.raises(register_file.FileRefused) as refused:
        register_file.import_bodies(premises, eaten)
    told = "\n".join(refused.value.problems)
    for problem in (
        "Line 2, signed_on: 39934 is how a spreadsheet keeps a day, perhaps 1 May 2009.",
        "Line 2, champion_phone: 1.4526E+09 is a number that a spreadsheet has shortened.",
        "Line 3, body: This has hidden characters in it.",
        "Line 3, signed_on: '05/13/2009' is no date",
        "Line 3, champion_phone: 1452555010 has lost its first 0",
    ):
        assert problem in told
    with premises.engine.connect() as conn:
        assert bodies.listed(conn) == []
