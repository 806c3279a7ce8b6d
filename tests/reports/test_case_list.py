"""A list costs the same however many cases are stored: each number and each filter has its index."""

from datetime import date

import pytest
from sqlalchemy import Engine

from compact_cases.office.identity import new_id
from compact_cases.records.ready import fetched
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters

TODAY, ME = date(2026, 3, 4), new_id()
NUMBERS = case_list.NUMBERS, {"today": TODAY, "me": ME, "most": case_list.MOST_COUNTED, "mine": [ME]}


@pytest.mark.parametrize(
    ("query", "indexes"),
    [
        (NUMBERS, {"case_summaries_open", "case_summaries_officers", "obligations_due"}),
        (NUMBERS, {"case_summaries_to_do"}),
        (case_list.query(Filters(todo=True), ME, TODAY), {"case_summaries_to_do"}),
        (case_list.query(Filters(), ME, TODAY), {"case_summaries_open"}),
        (case_list.query(Filters(overdue=True), ME, TODAY), {"case_summaries_open"}),
        (case_list.query(Filters(today=True), ME, TODAY), {"obligations_due"}),
        (case_list.query(Filters(waiting=True), ME, TODAY), {"case_summaries_officers"}),
        (case_list.query(Filters(closed=True), ME, TODAY), {"case_summaries_closed"}),
    ],
)
def test_each_has_its_index(engine: Engine, query: tuple[str, dict[str, object]], indexes: set[str]) -> None:
    """With small tables PostgreSQL would read them whole, so it is told not to."""
    sql, values = query
    with engine.connect() as conn:
        conn.exec_driver_sql("SET enable_seqscan = off")
        plan = "\n".join(line for (line,) in fetched(conn, f"EXPLAIN {sql}", values))
    assert {one for one in indexes if one in plan} == indexes, plan
