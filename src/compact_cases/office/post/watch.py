"""The watch over the post: when letters have not gone for an hour, the officers have a task about it."""

from datetime import datetime, timedelta
from uuid import UUID

from compact_cases.mail.letters import in_words
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.records import letters, tasks
from compact_cases.records.tasks import Task
from compact_cases.settings import OFFICE_ZONE

PATIENCE = timedelta(hours=1)
THE_POST = UUID(int=1)  # what a task is about that is about no row


def look_at_the_post(premises: Premises) -> None:
    """Open the task, or close it once nothing is late any more. Mail itself cannot say that mail is stuck."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        late, first = letters.late(conn, now - PATIENCE)
        if first is None:
            tasks.end(conn, [THE_POST], ("mail",), now)
        elif tasks.waiting_since(conn, "mail", THE_POST) is None:
            tasks.open_all(
                conn, [Task(new_id(), None, "mail", THE_POST, now.date(), _says(late, first), now)]
            )


def _says(late: int, first: datetime) -> str:
    local = first.astimezone(OFFICE_ZONE)
    many = f"{late} letters have" if late > 1 else "A letter has"
    which = "The first" if late > 1 else "It"
    return (
        f"{many} not gone. {which} should have, at {local:%H:%M} on {in_words(local.date())}. "
        "Please tell whoever looks after the mail server; compact-cases doctor says more."
    )
