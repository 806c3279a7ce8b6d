"""A case that was kept on paper so far is taken on, and entered, with the days on which it all happened."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.coming import words_of
from compact_cases.rules.course import LIVES_ON
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON

WRITTEN_DOWN = ("phone", "meeting", "paper")
"""The channels of concerns that an officer filled in: only of them the office can have kept a file."""
OLDEST = timedelta(days=365)
RELEASES = frozenset({"release", "text-release"})
CAME = frozenset({"reply", "decision", "meeting-answer", "comment"})
"""What a party sent while the case was on paper, of which ``came_on`` is the day of the act."""


@dataclass(frozen=True)
class Past(Carries):
    """``received_on``: when the concern reached the office; ``told_on``: when both sides were written to."""

    received_on: date
    told_on: date


def as_of(past: Past, case: Case, now: Now) -> Now:
    """The same at noon of the day on which both sides were told, from which every date then counts."""
    today = now.at.astimezone(LONDON).date()
    if case.intake.channel not in WRITTEN_DOWN:
        raise Refused("This concern was raised here, so nothing of it was kept on paper.", "told_on")
    if past.received_on > past.told_on:
        raise Refused("Both sides cannot have been told before the concern was received.", "told_on")
    if past.told_on > today:
        raise Refused(
            "Please give the day on which both sides were told: this one has not come yet.", "told_on"
        )
    if past.received_on < today - OLDEST:
        raise Refused("That is over 12 months ago. Please raise it anew as what it is today.", "received_on")
    return at_noon(past.told_on, now)


@dataclass(frozen=True)
class OnPaper(Carries):
    """An officer's act that may have been done while the case was kept on paper: ``done_on`` is its day."""

    done_on: date | None = field(default=None, kw_only=True)


def day_of(command: Any, act: str, case: Case, now: Now) -> date | None:
    """The day of an act of that past, where it is one; of what a party sent, that on which it came.

    It lies between what it follows and the day on which the case was taken over: what is done since then is
    dated as it is done. So acts are entered in the order in which they happened, and a date that was set
    here is never undone by one.
    """
    entered = entered_on(case)
    done: date | None = getattr(command, "done_on", None)
    if done:
        if entered is None or now.seat not in CASE_STAFF:
            raise Refused(
                "Only what was done while a case was kept on paper has a day of its own. Please leave this "
                "empty.",
                "done_on",
            )
        if done > entered:
            raise Refused(
                f"This case was taken over from paper on {words_of(entered)}. What was done after that has "
                "the day on which it is done here, so please leave this empty.",
                "done_on",
            )
        _follows(done, act, case, now, "done_on", "been done")
        return done
    came = getattr(command, "came", None) if act in CAME else None
    if came is None or entered is None or came.on > entered or now.seat not in CASE_STAFF:
        return None
    on_that_day: date = came.on
    _follows(on_that_day, act, case, now, "came_on", "come")
    return on_that_day


def entered_on(case: Case) -> date | None:
    """The day on which a case was taken over from paper."""
    entered = case.intake.entered_at
    return entered.astimezone(LONDON).date() if entered else None


def _follows(day: date, act: str, case: Case, now: Now, field: str, how: str) -> None:
    asks = (
        one.term.start
        for one in case.open_obligations
        if one.name not in LIVES_ON and (one.name != "release" or act in RELEASES)
    )
    first = max(asks, default=None)
    if first and now.rulebook.calendar.start_day(day) < first:
        raise Refused(
            f"It cannot have {how} before {words_of(first)}: what it answers was not there yet.", field
        )


def at_noon(day: date, now: Now) -> Now:
    """The same on that day, from which every date of the act then counts."""
    return replace(now, at=datetime.combine(day, time(12), LONDON))
