"""Fast track, what is urgent: which concerns are, and the earlier dates that follow (procedure, 3)."""

from datetime import date
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import fast_track as happened
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON, Calendar, Start

WITHIN, WITHIN_VOLUNTEER_RUN = 15, 25  # working days from receipt: before the ordinary reply can be there
CLOSES_ON, HARM = "closes-on", "harm"
"""Why a case is on the fast track. Stored words."""
FAST = frozenset({"acknowledge", "hold", "reply"})
"""The obligations that are shorter, or follow sooner, on the fast track: nothing extends them."""


def is_fast(case: Case, owed: Obligation, now: Now) -> bool:
    """Whether this obligation runs on the fast track, where there is no extension.

    Once the date is over, or put on hold, the reply is an ordinary one; harm without a date stays urgent.
    """
    if not case.fast_track.is_on or owed.name not in FAST:
        return False
    is_over = case.fast_track.is_put_on_hold or (case.intake.closes_on and not date_ahead(case, now))
    return owed.name != "reply" or not is_over


def day_of(now: Now) -> date:
    """The day itself: the 17:00 rule does not apply here."""
    return now.at.astimezone(LONDON).date()


def is_urgent(closes_on: date | None, received: date, volunteer_run: bool, calendar: Calendar) -> bool:
    if closes_on is None or closes_on < received:
        return False
    within = WITHIN_VOLUNTEER_RUN if volunteer_run else WITHIN
    return closes_on <= calendar.plus(received, within)


def acknowledge_by(closes_on: date, day: date, calendar: Calendar) -> Term:
    """One working day, or the last one before the date; never before ``day``, or the next that works."""
    start = calendar.working_on_or_after(day)
    due = max(start, min(calendar.plus(day, 1), calendar.minus(closes_on, 1)))
    return Term(start, calendar.working_days_between(start, due), due)


def is_volunteer_run(body: UUID | None, now: Now) -> bool:
    found = now.register.get(body) if body else None
    return found is not None and found.volunteer_run


def ordinary_reply(case: Case, start: Start, now: Now) -> Term:
    """The limit of the reply; volunteers have twice as long."""
    volunteer_run = is_volunteer_run(case.intake.respondent, now)
    return now.term("reply", volunteer_run=volunteer_run, start=start)


def received_on(case: Case) -> date:
    """Its first obligation was opened by its receipt."""
    return case.obligations[0].opened_at.astimezone(LONDON).date()


def closing_date(case: Case) -> date | None:
    """On which something closes or is decided; None once the body has put it on hold."""
    return None if case.fast_track.is_put_on_hold else case.intake.closes_on


def date_ahead(case: Case, now: Now) -> date | None:
    """The date on which something closes, unless it has passed."""
    closes_on = closing_date(case)
    return closes_on if closes_on and closes_on >= day_of(now) else None


# --- for the acts of other chapters -----------------------------------------------------------------------


def at_receipt(closes_on: date | None, respondent: UUID | None, now: Now) -> tuple[Term, list[Event]]:
    """The limit of the acknowledgement, and that it is a fast one where it is."""
    day, calendar = day_of(now), now.rulebook.calendar
    volunteer_run = is_volunteer_run(respondent, now)
    if closes_on is None or not is_urgent(closes_on, day, volunteer_run, calendar):
        return now.term("acknowledge"), []
    back = now.officer_back if now.officer_back and closes_on < now.officer_back else None
    return acknowledge_by(closes_on, day, calendar), [happened.FastTracked(CLOSES_ON, None, back)]


def acknowledge_anew(case: Case, now: Now) -> Term:
    """The limit of an acknowledgement that is owed again."""
    ahead = date_ahead(case, now)
    if case.fast_track.is_on and ahead:
        return acknowledge_by(ahead, day_of(now), now.rulebook.calendar)
    return now.term("acknowledge")


def became_urgent(
    case: Case, closes_on: date | None, volunteer_run: bool, now: Now, *, acknowledging: bool = False
) -> list[Event]:
    """What follows where a body, or a date, that was not known at receipt makes it urgent.

    Its clock runs at once, were it paused; ``acknowledging`` ends it anyway. What was promised quickly is
    never taken back: see ``docs/decisions/060-fast-track.md``.
    """
    day, calendar = day_of(now), now.rulebook.calendar
    if case.fast_track.is_on or closes_on is None or closes_on < day:
        return []
    if not is_urgent(closes_on, received_on(case), volunteer_run, calendar):
        return []
    owed, sooner = case.owed("acknowledge"), acknowledge_by(closes_on, day, calendar)
    moves = owed is not None and not acknowledging and (owed.due is None or sooner.due < owed.due)
    return [happened.FastTracked(CLOSES_ON, sooner if moves else None, None)]


def answer_by(case: Case, now: Now) -> Term | None:
    """On the fast track nothing stands still for a question: it is to be answered by the same date.

    None where the ordinary pause applies, or that date is over.
    """
    acknowledge, calendar = case.owed("acknowledge"), now.rulebook.calendar
    start = calendar.working_on_or_after(day_of(now))
    due = acknowledge.due if acknowledge and case.fast_track.is_on else None
    if due is None or due < start or date_ahead(case, now) is None:
        return None
    return Term(start, calendar.working_days_between(start, due), due)
