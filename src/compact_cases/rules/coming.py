"""What came by phone or on paper, and was written down by an officer afterwards: dated as it came."""

from dataclasses import dataclass
from datetime import date, datetime, time

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Came
from compact_cases.rules.working_days import LONDON

WAYS = ("phone", "paper")
LATEST = 30  # working days: who finds something older asks whoever sent it what still holds


@dataclass(frozen=True)
class Arrived(Carries):
    """``on``: the day of the call; of a letter, that of its postmark. ``way``: one of WAYS."""

    on: date
    way: str


def came(
    arrived: Arrived | None, now: Now, answers: datetime | None, due: date | None = None, past: bool = False
) -> Came | None:
    """The fact for the log: also whether it was in time, by the day on which it came.

    ``answers``: when what it answers was there; ``past``: the case was kept on paper, and may be old. What it
    opens is counted from the day on which it is written down: until then nobody could know of it.
    """
    if arrived is None:
        return None
    if now.seat not in CASE_STAFF:
        raise Refused("Only a Compact officer writes down on which day something came.", "came_on")
    if arrived.way not in WAYS:
        raise Refused("Please say whether it came by phone or on paper.", "came_by")
    today, calendar = now.at.astimezone(LONDON).date(), now.rulebook.calendar
    if arrived.on > today:
        raise Refused("Please give the day on which it came: this one has not come yet.", "came_on")
    if answers and arrived.on < (first := answers.astimezone(LONDON).date()):
        raise Refused(
            f"It cannot have come before {words_of(first)}: what it answers was not there yet.", "came_on"
        )
    if not past and arrived.on < (earliest := calendar.minus(today, LATEST)):
        raise Refused(
            f"That is long ago. The earliest day that can be written down is {words_of(earliest)}: please ask"
            " whoever sent it what still holds, and write down what they say today.",
            "came_on",
        )
    return Came(arrived.on, arrived.way, None if due is None else arrived.on <= due)


def of_item(
    arrived: Arrived | None, case: Case, now: Now, name: str, item: str, asked: datetime | None
) -> Came | None:
    """The same of an obligation that has an item, as one side's comment, which was asked for at ``asked``."""
    entered = case.intake.entered_at
    if arrived and entered and arrived.on <= entered.astimezone(LONDON).date():
        asked = None  # it was asked on paper, on a day that the order of the acts has been held to
    return came(arrived, now, asked, due_of(case, name, item), entered is not None)


def is_late_news(due: date | None, now: Now) -> bool:
    """Whether what was in time by its postmark may still come to be written down, after a date passed."""
    earliest = now.rulebook.calendar.minus(now.at.astimezone(LONDON).date(), LATEST)
    return now.seat in CASE_STAFF and due is not None and due >= earliest


def asked_at(case: Case, name: str) -> datetime | None:
    """When an obligation of this name was first owed; of what was kept on paper, when it was so on paper."""
    if past := case.intake.on_paper:
        day = past.received_on if name == "acknowledge" else past.told_on
        return datetime.combine(day, time(), LONDON)
    return next((one.opened_at for one in case.obligations if one.name == name), None)


def due_of(case: Case, name: str, item: str = "") -> date | None:
    """The last day of its latest cycle, over or not; None where it never was, or is paused."""
    last = _latest(case, name, item)
    return last.due if last else None


def _latest(case: Case, name: str, item: str) -> Obligation | None:
    cycles = (one for one in reversed(case.obligations) if (one.name, one.item) == (name, item))
    return next(cycles, None)


def words_of(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
