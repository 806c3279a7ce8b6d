"""Views of the list that officers keep for themselves."""

from uuid import UUID

from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.records import list_views, staff
from compact_cases.records.list_views import ListView
from compact_cases.rules.refusals import NotFound, Refused

MOST = 20
LONGEST_NAME = 60


def keep(premises: Premises, staff_id: UUID, name: str, asked: str) -> None:
    """Raises Refused, each with its field, for a name that is taken and for one view too many."""
    with premises.engine.begin() as conn:
        staff.lock(conn, staff_id)  # two at once count each other
        held = list_views.of_member(conn, staff_id)
        if name.casefold() in [one.name.casefold() for one in held]:
            raise Refused("You have a view of this name already.", "name")
        if len(held) >= MOST:
            raise Refused(f"You have {MOST} views. Take one away first.", "name")
        list_views.add(conn, staff_id, ListView(new_id(), name, asked), premises.clock.now())


def take_away(premises: Premises, staff_id: UUID, view_id: UUID) -> None:
    """Raises NotFound for a view that is not this member's."""
    with premises.engine.begin() as conn:
        if not list_views.remove(conn, staff_id, view_id):
            raise NotFound("You have no such view.")
