"""A CSV as people save it: read right, or named by line and column with what to do."""

from datetime import date

import pytest

from compact_cases.rules.days import NotADay, day_in
from compact_cases.rules.refusals import Refused
from compact_cases.rules.sheets import Row, Sheet, decoded, eaten, read_sheet

PLAIN = "body,kind\nCafé Ørsted,public-body\n“Quoted” – O’Neil,vcs-organisation\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_that_spreadsheets_write_is_read(encoding: str) -> None:
    text, words = decoded(PLAIN.encode(encoding))
    assert text == PLAIN
    assert ("Windows" in words) is (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PLAIN.replace("“", "").replace("”", "").replace("–", "").replace("’", "").encode("cp850"), "Line 2"),
        (PLAIN.replace("ø", "o").replace("Ø", "O").encode("mac-roman"), "Line 2, character 4"),
        (b"body,kind\nCaf\x81,public-body\n", "Line 2, character 4"),
        (b"PK\x03\x04 and so on", "a spreadsheet, not a CSV file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a spreadsheet, not a CSV file"),
        (b"%PDF-1.7", "a PDF, not a CSV file"),
        (b"\xff\xfeb", "Save it again"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        decoded(content)
    assert "CSV UTF-8" in refused.value.sentence


def rows(text: str) -> list[dict[str, str]]:
    sheet = read_sheet(text)
    assert sheet.problems == ()
    return [dict(row.cells) for row in sheet.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_apart_by_any_usual_sign_are_read(separator: str) -> None:
    text = f'body{separator}kind\n"A{separator} B"{separator}public-body\n'
    name = f"A{separator} B" if separator != "\t" else "A B"
    assert rows(text) == [{"body": name, "kind": "public-body"}]


def test_the_line_of_a_spreadsheet_that_names_its_separator_is_read() -> None:
    assert rows("sep=;\r\nbody;kind\r\nA, B;public-body\r\n") == [{"body": "A, B", "kind": "public-body"}]


def test_rows_and_columns_of_separators_only_are_nothing() -> None:
    text = ",,,\nBody , Champion Name,,\n,,,\nA,Ann,,\n , ,,\n,,,,,,\n\n"
    assert rows(text) == [{"body": "A", "champion_name": "Ann"}]


def test_each_row_knows_the_line_on_which_it_begins() -> None:
    sheet = read_sheet('body,kind\n\n"A\nB",x\nC,y\n')
    assert [row.line for row in sheet.rows] == [3, 5]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("body,kind\nA,x,y\n", "Line 2: This line has not as many cells as line 1"),
        ("body,kind\nA\n", "Line 2: This line has not as many cells as line 1"),
        ("body,kind,\nA,x,y\n", "Line 2: “y” stands in column C, which has no name in line 1"),
        ('body,kind\n"A,x\n', "This is not CSV"),
    ],
)
def test_a_row_of_the_wrong_length_is_named(text: str, problem: str) -> None:
    assert problem in " ".join(read_sheet(text).problems)


def test_blanks_of_a_word_processor_and_signs_that_mark_a_text_are_cleaned() -> None:
    text = 'body,phone\n"\u00a0A\u2003 B\t","=""01452 555010"""\nC,\'01452 555010\nCafe\u0301,\n'
    assert rows(text) == [
        {"body": "A B", "phone": "01452 555010"},
        {"body": "C", "phone": "01452 555010"},
        {"body": "Café", "phone": ""},
    ]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1.23E+10", "a number that a spreadsheet has shortened"),
        ("4,41452E+11", "a number that a spreadsheet has shortened"),
        ("#REF!", "a spreadsheet’s error"),
        ("#N/A", "a spreadsheet’s error"),
        ("########", "spreadsheet’s column was too narrow"),
        ("CafÃ© Royal", "perhaps “Café Royal”"),
        ("Oâ€™Neil", "perhaps “O’Neil”"),
        ("Caf\ufffd", "a letter was lost"),
        ("North\u200bvale", "hidden characters in it. .* after “North” .U.200B."),
    ],
)
def test_what_a_spreadsheet_has_eaten_is_named_with_the_fix(cell: str, sentence: str) -> None:
    import re

    assert re.search(sentence, eaten("body", cell))


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1452555010", "lost its first 0"),
        ("1452555010.0", "lost its first 0"),
        ("441452555010", "begins with neither 0 nor +"),
    ],
)
def test_a_telephone_number_that_lost_its_beginning_is_named(cell: str, sentence: str) -> None:
    assert sentence in eaten("champion_phone", cell)
    assert eaten("body", cell) == ""


@pytest.mark.parametrize(
    "cell", ["01452 555010", "+441452555010", "101", "0300 123 4567 ext. 12", "1452 555 010"]
)
def test_a_telephone_number_as_people_write_it_is_one(cell: str) -> None:
    assert eaten("champion_phone", cell) == ""


@pytest.mark.parametrize("cell", ["Group 7E+", "№ 5", "Ãvila Trust", "100% Âé", "A E+10 Road Group"])
def test_names_that_only_look_odd_are_names(cell: str) -> None:
    assert eaten("body", cell) == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2009-05-01", date(2009, 5, 1)),
        ("2009-05-01 00:00:00", date(2009, 5, 1)),
        ("2009-05-01T00:00:00", date(2009, 5, 1)),
        ("01/05/2009", date(2009, 5, 1)),
        ("1/5/2009", date(2009, 5, 1)),
        ("1.5.2009", date(2009, 5, 1)),
        ("1-5-2009", date(2009, 5, 1)),
        ("01/05/09", date(2009, 5, 1)),
        ("1/5/98", date(1998, 5, 1)),
        ("1 May 2009", date(2009, 5, 1)),
        ("1st May 2009", date(2009, 5, 1)),
        ("Friday, 1 May 2009", date(2009, 5, 1)),
        ("01-May-09", date(2009, 5, 1)),
        ("22nd sept 2010", date(2010, 9, 22)),
        ("May 1, 2009", date(2009, 5, 1)),
        ("01/05/2009 00:00", date(2009, 5, 1)),
    ],
)
def test_a_day_as_the_british_write_it_is_read(written: str, day: date) -> None:
    assert day_in(written) == day


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("13/25/2009", "day, month, year"),
        ("05/13/2009", "day, month, year"),
        ("31/02/2009", "day, month, year"),
        ("1 May", "day, month, year"),
        ("May 2009", "day, month, year"),
        ("2009", "day, month, year"),
        ("maybe 1 2009", "day, month, year"),
        ("soon", "day, month, year"),
        ("39934", "perhaps 1 May 2009"),
        ("", "day, month, year"),
        ("٠١/٠٥/٢٠٠٩", "day, month, year"),
    ],
)
def test_what_is_no_day_is_named(written: str, sentence: str) -> None:
    with pytest.raises(NotADay, match=sentence):
        day_in(written)


def test_a_sheet_without_anything_is_empty() -> None:
    assert read_sheet("\n,,\n") == Sheet((), (), ())
    assert read_sheet("body\nA\n").rows == (Row(2, {"body": "A"}),)
