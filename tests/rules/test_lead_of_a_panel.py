"""Who leads a panel: who was named for it, and the next one where they do not sit any more."""

from dataclasses import replace

from compact_cases.rules.constituting import DeclareForPanel
from compact_cases.rules.seats import Seat
from tests.builders import given
from tests.rules.test_panel import ANN, BEN, CAT, FINDINGS, HEARD
from tests.rules.test_review import then


def test_where_the_lead_cannot_sit_any_more_the_next_one_leads_and_is_told_what_is_owed() -> None:
    """Reminders of the findings went to somebody with a conflict of interest, and nobody could send them."""
    gone = given(HEARD).when(DeclareForPanel(conflict=True, member=ANN), at="2026-05-12 10:00")
    (told,) = [one for one in gone.told() if one.name == "taken-over"]
    assert (told.to, [one["obligation"] for one in told.facts["items"]]) == (Seat.PANELLIST, ["findings"])
    lost = then(HEARD, DeclareForPanel(conflict=True, member=ANN), "2026-05-12 10:00")
    assert given(lost).case.panel.leads == BEN
    both = replace(FINDINGS, both_agree=True)
    known = {"seat": Seat.PANELLIST, "panellists": {}}  # of two who are left of both sectors
    by_ann = given(lost).when(both, at="2026-05-15 10:00", **known, person=ANN)
    by_ann.then_refused("The lead panellist sends")
    given(lost).when(both, at="2026-05-15 10:00", **known, person=BEN).then_case()
    another = given(HEARD).when(DeclareForPanel(conflict=True, member=CAT), at="2026-05-12 10:00")
    assert [one for one in another.told() if one.name == "taken-over"] == []
