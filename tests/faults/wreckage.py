"""What every fault test ends with: all due steps handled, one ledger row a step, one message a letter."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from compact_cases.office.casework import integrity, reminders
from compact_cases.office.casework.reminders import Swept
from compact_cases.office.post import post_room
from compact_cases.office.premises import Premises
from tests.sink import Sink


@dataclass(frozen=True)
class Wreckage:
    """How many letters there were, and how many of them were accepted a second time."""

    letters: int
    seconds: int


def looked_through(premises: Premises, sink: Sink) -> Wreckage:
    """Raises AssertionError when anything was lost, or went twice as another message."""
    assert reminders.sweep(premises) == Swept(), "every due step is handled"
    assert post_room.send_waiting(premises) == post_room.Posted(), "every letter is gone"
    with premises.engine.connect() as conn:
        doubles = conn.execute(
            text(
                "SELECT case_id, obligation, item, cycle, step, person_id FROM ledger"
                " GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(*) > 1"
            )
        ).all()
        letterless = conn.execute(
            text(
                "SELECT 1 FROM ledger g LEFT JOIN letters l ON l.id = g.letter_id"
                " WHERE g.outcome = 'letter' AND l.id IS NULL"
            )
        ).all()
        sent = conn.execute(
            text(
                "SELECT l.message_id, t.address FROM letters l JOIN letter_texts t ON t.letter_id = l.id"
                " WHERE l.state = 'sent'"
            )
        ).all()
        waiting = conn.execute(text("SELECT 1 FROM letters WHERE state = 'waiting'")).all()
    assert doubles == [], "one ledger row a step"
    assert letterless == [], "every step that says letter has one"
    assert waiting == []
    accepted = Counter((one.message_id, one.to[0]) for one in sink.letters)
    assert set(accepted) == {(row.message_id, row.address) for row in sent}, "each letter, and no other"
    assert len({row.message_id for row in sent}) == len(sent)
    assert integrity.verify(premises).faults == ()
    assert integrity.rebuild(premises, check=True).faults == ()
    return Wreckage(len(sent), sum(accepted.values()) - len(accepted))
