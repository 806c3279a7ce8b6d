"""A list costs the same however many cases are stored: each number and each filter has its index."""

from datetime import date

import pytest
from sqlalchemy import Engine

from compact_cases.office.identity import new_id
from compact_cases.records.ready import fetched
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.settings import Settings
from tests.desk import open_desk

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


def test_the_numbers_read_no_closed_case_that_nothing_is_to_be_done_in(settings: Settings) -> None:
    """PostgreSQL takes half of all closed cases for such ones, and would look at each if it were let."""
    desk = open_desk(settings)
    desk.case()
    with desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no case is behind these rows
        conn.exec_driver_sql(
            "INSERT INTO case_summaries SELECT (jsonb_populate_record(c, jsonb_build_object("
            "'case_id', gen_random_uuid(), 'reference', 'AA-2026-' || n, 'first_on', null,"
            " 'closed_at', CASE WHEN mod(n, 2) = 0 THEN c.received_at END,"
            " 'next_name', CASE WHEN mod(n, 2) = 1 THEN 'decide' END))).*"
            " FROM case_summaries c, generate_series(1, 3000) n"
        )
        conn.exec_driver_sql("ANALYZE case_summaries")
        sql, kinds = NUMBERS[0], {"today": "date", "me": "uuid", "most": "bigint", "mine": "uuid[]"}
        for number, name in enumerate(kinds, 1):
            sql = sql.replace(f"%({name})s", f"${number}")
        # as the service asks it from the tenth time on: one plan for all values
        conn.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        conn.exec_driver_sql(f"PREPARE numbers ({', '.join(kinds.values())}) AS {sql.replace('%', '%%')}")
        asked = "EXPLAIN EXECUTE numbers ('2026-03-04', gen_random_uuid(), 200, '{}')"
        plan = "\n".join(line for (line,) in conn.exec_driver_sql(asked))
    assert "Seq Scan on case_summaries" not in plan, plan
