"""Intake, of a case that was kept on paper so far: it is taken on with the days on which it happened."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.refusals import Refused
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON

WRITTEN_DOWN = ("phone", "meeting", "paper")
"""The channels of concerns that an officer filled in: only of them the office can have kept a file."""
OLDEST = timedelta(days=365)


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
    return replace(now, at=datetime.combine(past.told_on, time(12), LONDON))
