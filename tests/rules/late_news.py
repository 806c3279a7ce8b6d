"""What comes by post, a reply or what was in time after its date: for random histories."""

from collections.abc import Iterator

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.case import Case
from compact_cases.rules.coming import LATEST, Arrived, asked_at, due_of
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.working_days import LONDON
from tests.builders import CHAMPION, said


def in_time(case: Case, now: Now, name: str, item: str) -> tuple[Arrived | None, ...]:
    """Just now; and as it may come by post after its date."""
    due = due_of(case, name, item)
    late = now.seat in CASE_STAFF and due is not None and not case.owed(name, item)
    today = now.at.date()
    return (None, Arrived(min(due, today), "paper")) if due and late else (None,)


def _earliest(case: Case, now: Now) -> Arrived:
    """As early as it can have come."""
    asked, today = asked_at(case, "reply"), now.at.astimezone(LONDON).date()
    earliest = now.rulebook.calendar.minus(today, LATEST)
    return Arrived(max(asked.astimezone(LONDON).date(), earliest) if asked else today, "paper")


def replies(case: Case, now: Now) -> Iterator[Command]:
    for answer, words, offer in (("accept", None, None), ("dispute", "We did ask.", "Two more weeks.")):
        came = _earliest(case, now) if offer else None
        answers = (Answer(link.id, answer, said(words) if words else None) for link in case.intake.to_answer)
        yield SendReply(tuple(answers), said(offer) if offer else None, CHAMPION, said("Ann Lee"), came)
