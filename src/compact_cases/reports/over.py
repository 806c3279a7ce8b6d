"""What ended an act: the event after which it could not be done any more, and the rule's sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from compact_cases.records.case_summaries import CaseRow
from compact_cases.reports import ground
from compact_cases.reports.case_shape import Entry
from compact_cases.reports.case_view import CaseView
from compact_cases.rules.act import Now
from compact_cases.rules.acts import at_address
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.rulebook import Rulebook


@dataclass(frozen=True)
class Over:
    """``why`` is what a try would be answered with; ``ended`` what happened, as this visitor may read it.

    ``is_own``: the visitor did it themselves, in another window or by pressing twice.
    """

    why: str
    ended: Entry | None = None
    is_own: bool = False


def over(
    conn: Connection,
    rulebook: Rulebook,
    row: CaseRow,
    visitor: Visitor,
    at: datetime,
    view: CaseView,
    act: str,
    seen: int,
) -> Over:
    """Why an act cannot be done, for whoever has a page that was made at position ``seen``."""
    known, _ = ground.read(conn, rulebook, row, visitor, at)
    refusals = [one.why_not(known.case, known.now) for one in at_address(act) if visitor.seat in one.by]
    why = next((one.sentence for one in refusals if one), "")
    ends = _where_it_ended(known, act, seen)
    if ends is None:
        return Over(why)
    shown = [one for one in view.timeline if one.kind != "letter" and one.position >= ends]
    doer = known.log[ends - 1].actor
    is_own = doer is not None and doer in (visitor.staff_id, visitor.person_id)
    return Over(why, shown[0] if shown else None, is_own)


def _where_it_ended(known: ground.Ground, act: str, seen: int) -> int | None:
    """The position of the last event after ``seen`` that ended it; None where none did."""
    case, is_open, ends = Case(), _asker(act, known.now), None
    for one in known.log:
        was_open = one.position > seen and is_open(case)
        case = evolve(case, one.event, one.at)
        if was_open and not is_open(case):
            ends = one.position
    return ends


def _asker(act: str, now: Now) -> Callable[[Case], bool]:
    acts = [one for one in at_address(act) if now.seat in one.by]
    return lambda case: any(one.why_not(case, now) is None for one in acts)
