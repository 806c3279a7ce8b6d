"""How much waits, and for how long: what a monitor watches."""

from datetime import datetime

from sqlalchemy import Connection, text

from compact_cases.records import restores

_QUERY = text("""
SELECT
    (SELECT count(*) FROM letters WHERE state = 'waiting') AS letters_waiting,
    (SELECT count(*) FROM letters WHERE state = 'failed') AS letters_failed,
    (SELECT count(*) FROM letters WHERE state = 'waiting' AND aside) AS letters_set_aside,
    (SELECT coalesce(extract(epoch FROM CAST(:now AS timestamptz) - min(wanted_at)), 0)
       FROM letters WHERE state = 'waiting' AND wanted_at <= :now) AS oldest_letter_seconds,
    (SELECT count(*) FROM case_summaries WHERE next_tick <= :now) AS cases_due_for_sweep,
    (SELECT coalesce(extract(epoch FROM CAST(:now AS timestamptz) - min(next_tick)), 0)
       FROM case_summaries WHERE next_tick <= :now) AS oldest_sweep_seconds,
    (SELECT count(*) FROM case_summaries WHERE closed_at IS NULL) AS cases_open,
    (SELECT count(*) FROM tasks WHERE done_at IS NULL) AS tasks_open
""")

MEANINGS = {
    "post_held": "1 after a restore, until somebody says that letters go again",
    "letters_waiting": "Letters that wait to be sent",
    "letters_failed": "Letters that could not be delivered",
    "letters_set_aside": "Letters that cannot be worked as they stand, and are tried again",
    "oldest_letter_seconds": "How long the oldest unsent letter has waited since it should have gone",
    "cases_due_for_sweep": "Cases whose next tick has come",
    "oldest_sweep_seconds": "How long the oldest of them has waited",
    "cases_open": "Cases that are not closed",
    "tasks_open": "Tasks of the office that are not done",
}


def workload(conn: Connection, now: datetime) -> dict[str, tuple[float, str]]:
    """Each figure with its meaning; no label, so nothing about a body, a clause or a person."""
    row = conn.execute(_QUERY, {"now": now}).one()
    figures = {**row._mapping, "post_held": restores.is_held(conn)}
    return {name: (float(figures[name]), meaning) for name, meaning in MEANINGS.items()}
