"""Thirty days after the end of a mediation nothing of its room is left, nor of what its key was made from."""

import logging

from sqlalchemy import Connection

from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.records import rooms
from compact_cases.records.engines import is_cut_off
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.room import ended_on, gone_on, other_served

_log = logging.getLogger(__name__)


def forget_rooms(premises: Premises) -> int:
    """How many went. Each room's day is known by its case's log, once; a later mediation changes none of it.

    A log that cannot be read keeps its own room and stops no other.
    """
    with premises.engine.begin() as conn:
        for room in rooms.every(conn):
            if room.gone_on is None:
                _note_the_day(conn, room)
        return rooms.remove_gone(conn, premises.clock.today())


def _note_the_day(conn: Connection, room: RoomRow) -> None:
    try:
        with conn.begin_nested():
            case = folded(conn, room.case_id)
            served = other_served(case, room.mediation)
            ended = ended_on(case, room.mediation, folded(conn, served) if served else None)
    except Exception as problem:
        if is_cut_off(problem):
            raise
        _log.error("the room of case %s has no day yet", room.case_id, exc_info=problem)
        return
    if ended is not None:
        rooms.goes_on(conn, room.id, gone_on(ended))
