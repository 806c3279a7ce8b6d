"""Who speaks for a group that ended: their row with the people of the concern, written with the act."""

from dataclasses import replace
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.records import case_words, concerns, party_links, people, sessions, tasks, unsent_forms
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import ContactPoint
from compact_cases.records.tasks import Task
from compact_cases.rules.acts import Command
from compact_cases.rules.seats import Seat
from compact_cases.rules.speaking import PROXY, TakeOver


def keep(conn: Connection, row: CaseRow, command: Command, at: datetime) -> None:
    """Nothing where whoever was named before goes on.

    The one before stands behind the new one from now on, so that a hidden raiser's words stay looked for; for
    them and their second contact this case is shut: see ``_shut``.
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
    _shut(conn, row, new.id, at)
    case_words.add_more(conn, row.case_id, f"{new.name} {new.organisation} {who.email}")


def _shut(conn: Connection, row: CaseRow, speaks: UUID, at: datetime) -> None:
    """Links in letters, sessions and the return code of whoever spoke before open this case no more.

    The code is one for all cases of the concern, and nobody knows who has it; a task asks for a new one.
    """
    for person in people.behind(conn, speaks):
        party_links.take_away(conn, person, row.case_id)
        sessions.end_of_person(conn, person, row.case_id)
    sessions.end_of_concern(conn, row.concern_id)
    unsent_forms.forget_of(conn, row.concern_id)  # what was typed by code is not the next one's to read
    concerns.change_code(conn, row.concern_id, token_bytes(32))
    sentence = (
        f"Somebody else speaks for the group that raised {row.reference}, so its return code opens nothing"
        " any more. Offer them a new one, on the case’s page; it opens every case of this concern."
    )
    tasks.open_all(conn, [Task(new_id(), row.case_id, "new-code", row.concern_id, at.date(), sentence, at)])
