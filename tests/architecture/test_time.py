"""Time is read in clock.py alone: a moved clock must move all of it, and a rule must be told its instant."""

import re

from tests.architecture.source import ROOT, SHIPPED, calls, name_of, python_files, texts

READS_THE_TIME = re.compile(
    r"(^|\.)((datetime|date)\.(now|today|utcnow)|time\.(time|time_ns|localtime|gmtime|monotonic)|perf_counter)$"
)
# The stamp of a UUIDv7 keeps index pages warm; it is never read as a time, so no clock moves it (RFC 9562).
NOT_A_TIME = {"src/compact_cases/clock.py", "src/compact_cases/office/identity.py"}
# PostgreSQL's words for the present; `at` of an event and every stored instant come from the clock.
SQL_ASKS_THE_TIME = re.compile(
    r"\b(now\s*\(\s*\)|current_date\b|current_time(stamp)?\b|localtime(stamp)?\b|"
    r"(clock|statement|transaction)_timestamp\s*\()",
    re.IGNORECASE,
)


def test_only_the_clock_reads_the_time() -> None:
    found = [
        f"{name_of(path)}:{line} {call}"
        for path in python_files(*SHIPPED)
        for call, line in calls(path)
        if READS_THE_TIME.search(call) and name_of(path) not in NOT_A_TIME
    ]
    assert found == []


def test_sql_never_asks_the_time() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files(*SHIPPED)
        for text, line in texts(path)
        if SQL_ASKS_THE_TIME.search(text)
    ]
    found += [
        f"{name_of(path)}:{line} {call}"
        for path in python_files(*SHIPPED)
        for call, line in calls(path)
        if re.search(r"\bfunc\.(now|current_\w+|localtime\w*|clock_timestamp)$", call)
    ]
    assert found == []


def test_these_rules_see_what_they_forbid() -> None:
    assert READS_THE_TIME.search("datetime.datetime.now")
    assert READS_THE_TIME.search("date.today")
    assert not READS_THE_TIME.search("premises.clock.now")
    assert SQL_ASKS_THE_TIME.search("SELECT now ()")
    assert (ROOT / "src" / "compact_cases" / "clock.py").exists()
