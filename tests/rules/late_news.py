"""What may still come by post about a comment, or an action, after its date: for random histories."""

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived, due_of
from compact_cases.rules.seats import CASE_STAFF


def in_time(case: Case, now: Now, name: str, item: str) -> tuple[Arrived | None, ...]:
    """Just now; and as it may come by post after its date."""
    due = due_of(case, name, item)
    late = now.seat in CASE_STAFF and due is not None and not case.owed(name, item)
    today = now.at.date()
    return (None, Arrived(min(due, today), "paper")) if due and late else (None,)
