"""The page about the API names every field that a call takes, and no other."""

import re

import pytest

from compact_cases.shipped import templates_folder
from compact_cases.web.api.concerns import CONCERN
from compact_cases.web.app import all_readers
from compact_cases.web.cases.acts import addresses
from compact_cases.web.frame.takes import Takes
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
CALLS = {name: takes for name, (_, takes) in addresses(all_readers()).items()}


def fields_of(part: str) -> list[str]:
    """What stands in the first column of a part's table."""
    rows = re.findall(r"^\| (`.+?) \|", part, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize(("act", "takes"), CALLS.items(), ids=CALLS)
def test_every_field_of_an_act_is_on_the_page(act: str, takes: Takes) -> None:
    (part,) = re.findall(rf"^### `{act}`$(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert fields_of(part) == takes.names()


@pytest.mark.parametrize(("act", "takes"), CALLS.items(), ids=CALLS)
def test_what_a_call_cannot_do_without_is_called_needed(act: str, takes: Takes) -> None:
    (part,) = re.findall(rf"^### `{act}`$(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    rows = {name: row for row in part.splitlines() for name in fields_of(row)}
    needed = [one.name for one in takes.fields if one.required and not one.when and one.default is None]
    assert [name for name in needed if "needed" not in rows[name].lower()] == []


def test_every_act_on_the_page_is_one() -> None:
    assert set(re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)) == set(CALLS)


def test_every_field_of_a_concern_is_on_the_page() -> None:
    table = PAGE.partition("| field of `POST /api/concerns` |")[2].partition("## Acts")[0]
    assert set(fields_of(table)) == set(CONCERN.names())


def test_every_act_has_a_page_and_says_what_it_does() -> None:
    for reader in all_readers():
        assert (templates_folder() / reader.template).is_file(), reader.name
        assert (reader.read.__doc__ or "").endswith("."), reader.name
