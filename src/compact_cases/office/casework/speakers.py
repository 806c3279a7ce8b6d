"""Who speaks for a group that ended: their row with the people of the concern, written with the act."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.records import case_words, party_links, people
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import ContactPoint
from compact_cases.rules.acts import Command
from compact_cases.rules.seats import Seat
from compact_cases.rules.speaking import PROXY, TakeOver


def keep(conn: Connection, row: CaseRow, command: Command, at: datetime) -> None:
    """Nothing where whoever was named before goes on.

    The one before stands behind the new one from now on, so that a hidden raiser's words stay looked for; the
    links in their letters open this case no more.
    """
    if (
        not isinstance(command, TakeOver)
        or command.who is None
        or command.person is None
        or not row.raiser_id
    ):
        return
    who, before = command.who, people.get(conn, [row.raiser_id])[row.raiser_id]
    proxy = command.capacity == PROXY
    details = {"on_behalf_of": before.organisation} if proxy and before.organisation else {}
    new = replace(
        before,
        id=command.person,
        role=Seat.PROXY.word if proxy else Seat.RAISER.word,
        deputy_of=None,
        name=who.name.strip(),
        post_title="",
        organisation=who.organisation.strip() or before.organisation,
        details=details,
    )
    people.add(conn, new, at)
    people.add_first_points(conn, [ContactPoint(new_id(), new.id, *way) for way in who.ways], at)
    people.stand_behind(conn, before.id, new.id)
    party_links.take_away(conn, before.id, row.case_id)
    case_words.add_more(conn, row.case_id, f"{new.name} {new.organisation} {who.email}")
