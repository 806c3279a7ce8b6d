"""What follows when a letter cannot go: an address at fault is marked, and somebody hears."""

import logging
from datetime import datetime

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox
from compact_cases.office.post.addressees import Addressee
from compact_cases.office.post.in_hand import InHand
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, letter_states, people, tasks
from compact_cases.records.letters import LetterRow, Waiting
from compact_cases.records.tasks import Task
from compact_cases.rules.reminding import wait_after
from compact_cases.rules.seats import Seat

_log = logging.getLogger(__name__)


def address_failed(
    conn: Connection, premises: Premises, held: InHand, who: Addressee, problem: str, now: datetime
) -> None:
    """The address is wrong: it is marked and not used again."""
    if who.point_id:
        people.refuse(conn, who.point_id, problem, now)
    failed(conn, premises, held, problem, now)


def failed(conn: Connection, premises: Premises, held: InHand, problem: str, now: datetime) -> None:
    """A task opens, and the officers hear of it; a draft is nobody's business.

    Of a server that answers and has said no for days, a person has to find out whose fault it is.
    """
    letter = held.letter
    letter_states.ended(conn, letter.id, "failed", outbox.without_secrets(dict(letter.facts)), problem)
    if letter.person_kind == "draft":
        return
    place = f" in {held.case.reference}" if held.case else ""
    sentence = f"A letter to the {Seat(letter.seat).spoken}{place} could not be delivered."
    _open_task(conn, letter, "undeliverable", sentence, now)
    if letter.notice != "undeliverable":
        outbox.undeliverable(conn, premises, letter, now)


def no_address(conn: Connection, held: InHand, now: datetime) -> None:
    """The person has gone, or their address was refused since this letter was filed."""
    letter, problem = held.letter, "No working address is known."
    letter_states.ended(conn, letter.id, "failed", outbox.without_secrets(dict(letter.facts)), problem)
    if letter.person_kind != "draft":
        place = f" in {held.case.reference}" if held.case else ""
        sentence = f"No working address is known for the {Seat(letter.seat).spoken}{place}."
        _open_task(conn, letter, "no-contact", sentence, now)


def set_aside(conn: Connection, one: Waiting, problem: Exception, now: datetime) -> None:
    """A letter that cannot be worked: it is tried again, later each time, and the officers hear of it.

    Nothing is read of it but how often it was tried: it may be past reading.
    """
    why = type(problem).__name__
    _log.error("letter %s cannot be worked: %s", one.id, why, exc_info=problem)
    tries = letter_states.tries_of(conn, one.id)
    letter_states.set_aside(conn, one.id, now + wait_after(tries + 1), f"It cannot be written ({why}).")
    reference = case_summaries.references(conn, [one.case_id]).get(one.case_id) if one.case_id else None
    place = f" in {reference}" if reference else ""
    sentence = f"A letter{place} cannot be written. It is tried again; whoever runs the service can say why."
    tasks.open_all(conn, [Task(new_id(), one.case_id, "stuck", one.id, now.date(), sentence, now)])


def _open_task(conn: Connection, letter: LetterRow, kind: str, sentence: str, now: datetime) -> None:
    task = Task(new_id(), letter.case_id, kind, letter.person_id, now.date(), sentence, now)
    tasks.open_all(conn, [task])
