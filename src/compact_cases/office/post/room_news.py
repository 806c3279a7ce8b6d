"""Letters that something new is in a mediation room: no words of it, one a day for each person at most."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox
from compact_cases.office.post.addressees import Addressee, Addressees
from compact_cases.office.premises import Premises
from compact_cases.records import event_log, letters, rooms
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.case import Case, replay
from compact_cases.rules.notices import ROOM_NEWS
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.room import MEDIATOR, Around, around_of, part_of, place_of, shared_with
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE

WAITS = timedelta(minutes=15)
"""So that several things make one letter, and whoever is in the room just now gets none."""
SEAT_OF = {"raiser": Seat.RAISER, "respondent": Seat.CHAMPION, MEDIATOR: Seat.MEDIATOR}


def file(
    conn: Connection,
    premises: Premises,
    row: CaseRow,
    around: Around,
    room: RoomRow,
    parts: Iterable[str],
    place: int,
    by: Visitor,
) -> None:
    """For each of these of one case whom e-mail reaches; the others see it when they come: nobody is to print
    or read out that there is something in the room. Called under the case's lock.
    """
    at = premises.clock.now()
    book = Addressees(conn, [row], at.date())
    for part in parts:
        who = book.find(row, SEAT_OF[part])
        if part == MEDIATOR and who and who.person_id != around.mediator:
            continue  # the one who is asked, and has not said yet whether there is a conflict of interest
        if who is None or who.reach != "email" or who.person_id == by.person_id:
            continue
        if (goes_at := _when(conn, premises, row, room, who, at)) is not None:
            letters.file(conn, [_letter(premises, row, room, who, place, at, goes_at)])


def unreached(
    conn: Connection, cases: Sequence[tuple[CaseRow, Mapping[str, str]]], today: date
) -> tuple[str, ...]:
    """The sides that get no letter about the room: they have no e-mail, so the mediator has to ring them.

    ``cases``: the one or two mediated there, and in each what it calls a side and what the room does.
    """
    book = Addressees(conn, [row for row, _ in cases], today)
    found = {in_room: book.find(row, SEAT_OF[own]) for row, sides in cases for own, in_room in sides.items()}
    return tuple(side for side, who in found.items() if who is None or who.reach != "email")


def still_news(conn: Connection, letter: LetterRow, case: Case) -> bool:
    """Asked when it is to be sent: they are in the mediation, it is not over, and they have not read it."""
    shared = shared_with(case)
    other = replay((one.event, one.at) for one in event_log.read(conn, shared)) if shared else None
    around = around_of(case, other)
    seat = next((seat for seat in SEAT_OF.values() if seat.value == letter.seat), None)
    part = part_of(seat, case) if seat else ""
    if around is None or letter.case_id is None or not around.is_open or part not in around.everybody:
        return False
    if part == MEDIATOR and letter.person_id != around.mediator:
        return False
    room = rooms.find(conn, *place_of(letter.case_id, case, other))
    return room is not None and rooms.read_to(conn, room.id, letter.person_id) < letter.facts["place"]


def _when(
    conn: Connection, premises: Premises, row: CaseRow, room: RoomRow, who: Addressee, at: datetime
) -> datetime | None:
    """Soon; the next morning where one went today; None where one that waits will tell them anyway."""
    midnight = datetime.combine(at.date(), time(0), OFFICE_ZONE)
    told = letters.told_of_case(conn, row.case_id, who.person_id, midnight)
    news = [one for one in told if one.notice == ROOM_NEWS]
    read_to = rooms.read_to(conn, room.id, who.person_id)
    if any(one.state == "waiting" and one.facts["place"] > read_to for one in news):
        return None
    if not any(one.sent_at for one in news):
        return at + WAITS
    return datetime.combine(at.date() + timedelta(days=1), premises.settings.office.window_start, OFFICE_ZONE)


def _letter(
    premises: Premises,
    row: CaseRow,
    room: RoomRow,
    who: Addressee,
    place: int,
    at: datetime,
    goes_at: datetime,
) -> LetterRow:
    cause: tuple[UUID, str, int, UUID] = (room.id, ROOM_NEWS, place, who.person_id)
    return LetterRow(
        id=new_id(),
        notice=ROOM_NEWS,
        case_id=row.case_id,
        person_kind=who.kind,
        person_id=who.person_id,
        seat=who.seat.value,
        point_id=who.point_id,
        message_id=outbox.message_id(premises, *cause),
        queued_at=at,
        not_before=goes_at,
        facts={"place": place},
    )
