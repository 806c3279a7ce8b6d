"""The cases of the sample that its officers have opened already: they have no conflict of interest there."""

from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, no_conflicts, staff
from compact_cases.rules.seats import Seat


def all_but_the_newest(premises: Premises) -> None:
    """The newest asks whoever opens it, as each once did."""
    with premises.engine.begin() as conn:
        *older, _ = sorted(case_summaries.every(conn), key=lambda row: (row.received_at, row.reference))
        officers = staff.in_list_order(conn, Seat.OFFICER)
        for row in older:
            for one in officers:
                if one.id not in row.barred:
                    no_conflicts.add(conn, row.case_id, one.id, row.changed_at)
