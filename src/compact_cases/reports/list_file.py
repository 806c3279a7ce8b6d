"""The list of cases as the rows of a file, for spreadsheets: the list's own words, with dates as dates."""

from collections.abc import Iterator, Sequence
from datetime import date

from compact_cases.reports.case_list import ListRow
from compact_cases.reports.owed import SHORT, days_left, whose
from compact_cases.reports.standing import at_first_sight, ended_as
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE

MOST = 10_000  # rows of one file
# For ever: what an office made of such a file goes by these names. New ones come last.
COLUMNS = (
    *("Reference", "Raised by", "About", "Stage", "Next step", "Whose", "Due", "Working days left"),
    *("Closes on", "Tags", "Officer", "Undertakings", "Closed on", "Outcome"),
)
Cell = str | int | date | None


def lines(found: Sequence[ListRow], rulebook: Rulebook, today: date) -> Iterator[tuple[Cell, ...]]:
    """One for each case, in the order of COLUMNS. A hidden raiser stands as the other side reads it."""
    stages, titles = rulebook.procedure.stages, _Titles(rulebook)
    for row in found:
        step = row.next_name  # of a closed case: what was agreed and is still to be done
        due = row.next_due if step else None
        yield (
            row.reference,
            row.raiser,
            row.respondent,
            stages.get(row.stage, row.stage),
            SHORT.get(step, step) if step else "",
            whose(Seat(row.next_owner), row.respondent) if step and row.next_owner else "",
            due,
            days_left(rulebook.calendar, today, due) if due else None,
            row.closes_on,
            "; ".join(words for words, _ in at_first_sight(row.tags, row.raised_for, None, today)),
            row.officer or "",
            "; ".join(titles[clause] for clause in row.clauses),
            row.closed_at.astimezone(OFFICE_ZONE).date() if row.closed_at else None,
            ended_as(row.outcome).capitalize(),
        )


class _Titles(dict[str, str]):
    """An undertaking's title, made once: a list cites few, many times."""

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__()
        self._codes = rulebook.codes

    def __missing__(self, clause: str) -> str:
        self[clause] = title_of(clause, "", self._codes)
        return self[clause]
