"""When something came that an officer writes down for a party: two fields of every such act."""

from collections.abc import Iterator

from compact_cases.rules.coming import WAYS, Arrived
from compact_cases.rules.concern import Problem
from compact_cases.web.cases.acts import Desk
from compact_cases.web.frame.takes import Choice, Day, Values

DONE = Day("done_on")
"""Of a case that was kept on paper: on which day an officer did this there."""
CAME = (Day("came_on"), Choice("came_by", WAYS))


def arrived(values: Values) -> Arrived | None:
    """None where nothing is said of it: it came just now."""
    if values["came_on"] is None:
        return None
    return Arrived(values["came_on"], values["came_by"])


def half_said(values: Values, desk: Desk) -> Iterator[Problem]:
    """A way without a day would say nothing, so it is asked about."""
    if values["came_by"] and values["came_on"] is None:
        yield Problem("came_on", "Please give the day on which it came, or leave out how it came.")
