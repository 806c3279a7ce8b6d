"""The door of a mediation room, on the page of a case: for those in it, as long as there is one."""

from dataclasses import dataclass
from datetime import date, timedelta

from compact_cases.reports.case_shape import Part
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.room import around_of, is_gone, part_of
from compact_cases.rules.seats import IN_A_ROOM


@dataclass(frozen=True, kw_only=True)
class RoomDoor(Part):
    """``room_opens``: this visitor may go in. ``room_until``: the last day for it, after the mediation.

    Nothing of what is in the room, nor whether anything is.
    """

    room_opens: bool
    room_until: date | None


def room(ground: Ground, reader: Reader) -> RoomDoor:
    around = around_of(ground.case)
    part = part_of(reader.role, ground.case)
    if around is None or reader.role not in IN_A_ROOM or part not in around.everybody:
        return RoomDoor(room_opens=False, room_until=None)
    opens = not is_gone(around.ended_on, ground.at.date())
    last = around.gone_on - timedelta(days=1) if opens and around.gone_on else None
    return RoomDoor(room_opens=opens, room_until=last)
