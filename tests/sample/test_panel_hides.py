"""A confidential group in a panel: its name stands nowhere outside its own side and the office."""

import re

from compact_cases.office.registry import library
from compact_cases.records import case_summaries
from compact_cases.reports import case_view
from compact_cases.reports.pack import pack
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.sample.rehearsals.panel_on_paper import ON_PAPER
from compact_cases.sample.rehearsals.playing import Stage, played
from tests.sample.test_rehearsals import stage

__all__ = ["stage"]
NAMES = re.compile(r"elmfield|barlow", re.IGNORECASE)


def test_a_confidential_group_is_named_to_no_other_side_panel_or_chair(stage: Stage) -> None:
    played(ON_PAPER, stage)
    told = [one for one in stage.box if not re.search("elmfield|office[.]example", " ".join(one.to))]
    assert len(told) > 20
    assert [one.to for one in told if NAMES.search(one.message.as_string())] == []
    premises = stage.premises
    with premises.engine.connect() as conn:
        row = case_summaries.find(conn, "GC-2026-0001")
        assert row
        rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
        now = premises.clock.now()
        panels = case_view.for_the_panel(conn, rulebook, row, now)
        seats = (Seat.CHAMPION, Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER, Seat.CHAIR)
        theirs = [
            case_view.view(conn, rulebook, row, Visitor(seat, case_id=row.case_id), now) for seat in seats
        ]
    assert "[removed]" in str(pack(panels))
    for seen in (panels, pack(panels), *theirs):
        assert not NAMES.search(str(seen))
