"""Calendar editions: bank holidays as GOV.UK lists them, and an edition for every change of the list."""

from datetime import date, datetime

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from sqlalchemy import Engine, func, select

from compact_cases.records import calendars
from compact_cases.settings import OFFICE_ZONE

AT = datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)
CHRISTMAS_EVE = {date(2026, 12, 24): "Office closed"}


@pytest.fixture
def database_url(bare_database_url: str) -> str:
    """What ships is not loaded yet."""
    return bare_database_url


def listed_by_gov_uk() -> dict[int, set[date]]:
    """By year, and on weekdays only: GOV.UK's list has weekend days for some feasts."""
    years: dict[int, set[date]] = {}
    source = BankHolidays(use_cached_holidays=True)
    for holiday in source.get_holidays(division=BankHolidays.ENGLAND_AND_WALES):
        if holiday["date"].weekday() < 5:
            years.setdefault(holiday["date"].year, set()).add(holiday["date"])
    return years


@pytest.mark.parametrize("year", sorted(listed_by_gov_uk()))
def test_the_bank_holidays_are_those_of_gov_uk(year: int) -> None:
    assert set(calendars.bank_holidays(year, year)) == listed_by_gov_uk()[year]


def test_gov_uk_was_asked_about_the_years_that_matter() -> None:
    assert set(listed_by_gov_uk()) >= {2024, 2025, 2026, 2027}


def test_an_edition_is_read_back_as_it_was_stored(engine: Engine) -> None:
    with engine.begin() as conn:
        days = calendars.wanted(conn, AT.date(), CHRISTMAS_EVE)
        edition = calendars.store(conn, days, AT)
        calendar = calendars.get(conn, edition)
    assert calendar == days.calendar("2024-2032.1")
    assert calendar.why_closed(date(2026, 12, 24)) == "Office closed"
    assert calendar.why_closed(date(2026, 12, 25)) == "Christmas Day"
    assert calendar.why_closed(date(2026, 12, 23)) is None
    assert (calendar.first, calendar.last) == (date(2024, 1, 1), date(2032, 12, 31))


def test_a_change_of_closing_days_needs_no_second_look_at_the_library(engine: Engine) -> None:
    with engine.begin() as conn:
        first = calendars.wanted(conn, AT.date(), {})
        calendars.store(conn, first, AT)
        conn.execute(
            calendars.calendar_editions.update().values(bank_holidays={"2026-11-23": "Kept from the edition"})
        )
        again = calendars.wanted(conn, AT.date(), CHRISTMAS_EVE)
        calendars.store(conn, again, AT)
        count = conn.scalar(select(func.count()).select_from(calendars.calendar_editions))
        assert calendars.newest(conn) == "2024-2032.2"
    assert again.bank_holidays == {date(2026, 11, 23): "Kept from the edition"}
    assert count == 2


def test_there_is_no_edition_before_the_first(engine: Engine) -> None:
    with engine.connect() as conn:
        assert calendars.newest(conn) is None
        assert calendars.get(conn, "2024-2032.1") is None
