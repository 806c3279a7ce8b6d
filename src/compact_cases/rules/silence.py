"""Enquiry, its end in silence: one last letter after the raiser's date, and what follows if none answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules.act import Act, Need, Now
from compact_cases.rules.agreement import is_considered
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import enquiry as happened
from compact_cases.rules.obligations import days_term
from compact_cases.rules.offering import is_asked
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import SYSTEM
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON

LAST_LETTER_STANDS = 5  # working days, from the day on which it was written


@dataclass(frozen=True)
class SendLastLetter(Carries):
    day: date


@dataclass(frozen=True)
class RecordSilence(Carries):
    day: date


SilenceCommand = SendLastLetter | RecordSilence


def still_undecided(case: Case, now: Now) -> None:
    decide = case.owed("decide")
    if decide is None:
        raise Refused("The raiser has decided, so neither last letter nor silence is due.")
    if decide.is_paused:
        raise Refused("The raiser’s clock is paused, so neither last letter nor silence is due.")
    if case.waits_to_be_read:
        raise NotYet(
            "Something waits to be released, so the raiser is not asked for the last time.",
            _later(now),
        )
    if is_considered(case):
        raise NotYet("An agreement is being considered, so nobody speaks of silence.", _later(now))
    if is_asked(case):  # their yes to it may be there already, and wait for the other side's
        raise NotYet("Somebody is still asked about mediation, so nobody speaks of silence.", _later(now))


def may_be_asked_for_the_last_time(case: Case, now: Now) -> None:
    still_undecided(case, now)
    if now.reminded_today:  # at most one chasing letter a day
        raise NotYet("A reminder has gone to the raiser today, so the last letter waits.", _later(now))


def nothing_was_heard(case: Case, now: Now) -> None:
    still_undecided(case, now)
    letter = case.enquiry.last_letter
    if letter is None:
        raise Refused("No last letter has been written, so nothing can be said of an answer to it.")
    if letter.until and now.at.astimezone(LONDON).date() < letter.until.due:
        raise NotYet("The last letter has five working days to be answered in.", letter.until.due)
    if now.last_letter_waits:
        raise NotYet("The last letter has not left yet.", _later(now))


def _later(now: Now) -> date:
    return now.rulebook.calendar.next_working(now.at.astimezone(LONDON).date())


def send_last_letter(command: SendLastLetter, case: Case, now: Now) -> list[Event]:
    """Its days count from today, whenever the step stood: only now is anybody asked."""
    if case.enquiry.last_letter:
        return []
    return [
        happened.LastLetterSent(command.day, days_term(now.at, LAST_LETTER_STANDS, now.rulebook.calendar))
    ]


def record_silence(command: RecordSilence, case: Case, now: Now) -> list[Event]:
    return [happened.SilenceRecorded(command.day, now.term("close"))]


ACTS: tuple[Act[Any], ...] = (
    Act(
        SendLastLetter,
        by=SYSTEM,
        open=may_be_asked_for_the_last_time,
        decide=send_last_letter,
        effect="last-letter",
        needs=frozenset({Need.REMINDED}),
    ),
    Act(
        RecordSilence,
        by=SYSTEM,
        open=nothing_was_heard,
        decide=record_silence,
        effect="silence",
        needs=frozenset({Need.LAST_LETTER}),
    ),
)
