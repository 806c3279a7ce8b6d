"""Every night the whole record is checked, a slice at a time; what is off becomes a task of the officers."""

import logging
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.proof import verification
from compact_cases.office.proof.findings import Checked, Fault
from compact_cases.office.proof.verification import AT_ONCE, SLICE_SECONDS, Place
from compact_cases.records import night_check, tasks
from compact_cases.records.night_check import Night
from compact_cases.records.tasks import Task

NOBODY = UUID(int=0)
_log = logging.getLogger(__name__)


def watch(premises: Premises, *, seconds: float = SLICE_SECONDS, at_once: int = AT_ONCE) -> Checked | None:
    """One slice of tonight's check; None when it is done already.

    A check that a night was too short for goes on in the next, from where it was. Of two slices at once the
    one that ends later has looked in vain.
    """
    tonight = premises.clock.today()
    with premises.engine.begin() as conn:
        kept = night_check.get(conn)
    if kept and kept.done and kept.night == tonight:
        return None
    begun = kept if kept and not kept.done else Night(tonight, _written(Place()))
    place, found = verification.look(premises, _read(begun.place), seconds=seconds, at_once=at_once)
    cases, faults = begun.cases + found.cases, begun.faults + len(found.faults)
    with premises.engine.begin() as conn:
        if night_check.get(conn, locked=True) == kept:
            night_check.keep(conn, Night(tonight, _written(place), cases, faults, place.is_done))
        _tell(conn, premises, tonight, found.faults)
    return found


def _tell(conn: Connection, premises: Premises, tonight: date, faults: tuple[Fault, ...]) -> None:
    """One task a night, however much was found: `verify` names all of it."""
    for one in faults:
        _log.error("the record does not hold: %s: %s", one.case, one.sentence)
    if faults:
        first = f"{faults[0].case}: {faults[0].sentence}"
        sentence = f"The nightly check found something off. {first} compact-cases verify names all of it."
        task = Task(new_id(), None, "proof", NOBODY, tonight, sentence, premises.clock.now())
        tasks.open_all(conn, [task])


def _read(place: str) -> Place:
    try:
        return msgspec.json.decode(place, type=Place)
    except msgspec.ValidationError:  # of another version
        return Place()


def _written(place: Place) -> str:
    return msgspec.json.encode(place).decode()
