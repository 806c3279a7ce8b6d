"""The board's list: what a panel recommended, nobody answered, and the board has not discussed yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from compact_cases.records import case_summaries, event_log
from compact_cases.records.ready import fetched
from compact_cases.rules.case import replay
from compact_cases.rules.permissions import Visitor

CASES = "SELECT DISTINCT case_id FROM case_events WHERE name = 'no-panel-answer-recorded'"


@dataclass(frozen=True)
class Unanswered:
    """``to``: raiser, respondent or board. Whose it is, and what, stands in the case."""

    reference: str
    item: str
    to: str
    since: date


def board_list(conn: Connection, visitor: Visitor) -> list[Unanswered]:
    """The oldest first, of cases from which the visitor is not barred. There are few: their logs are read."""
    ids = [row[0] for row in fetched(conn, CASES, {})]
    found = []
    for case_id, row in case_summaries.by_ids(conn, ids).items() if ids else ():
        if visitor.is_barred(row.barred):
            continue
        case = replay((one.event, one.at) for one in event_log.read(conn, case_id))
        found += [
            Unanswered(row.reference, one.item, one.recommendation.to, one.silent_on)
            for one in case.panel.recommended
            if one.silent_on and one.is_on_the_boards_list
        ]
    return sorted(found, key=lambda one: (one.since, one.reference, one.item))
