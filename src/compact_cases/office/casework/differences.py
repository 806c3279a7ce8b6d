"""Where a case's rows differ from its log: a sentence for each, without a word of the machine's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.case import Case
from compact_cases.rules.course import Key, Obligation
from compact_cases.settings import OFFICE_ZONE

WORDS = {
    "reference": "the reference",
    "concern_id": "the concern",
    "position": "the number of events",
    "head": "the digest of the last event",
    "stage": "the stage",
    "received_at": "the day of receipt",
    "changed_at": "the last change",
    "closed_at": "the end",
    "outcome": "the outcome",
    "confidentiality": "the confidentiality",
    "raiser_id": "the raiser",
    "respondent_id": "the respondent",
    "officer_id": "the officer",
    "had_notice": "whether the other side has had notice",
    "next_name": "the next step",
    "next_owner": "who owes the first of the next steps",
    "next_due": "the next date",
    "owners": "who owes the next step",
    "paused": "whether it is paused",
    "clauses": "what it is about",
    "procedure_edition": "the edition of the procedure",
    "calendar_edition": "the edition of the calendar",
    "first_on": "the date by which lists are ordered",
    "closes_on": "the date on which something closes",
    "next_tick": "the sweep's next look",
}
SET_ASIDE_FOR = timedelta(hours=1)  # a case that the sweep could not work is looked at again after that


def of_summary(kept: CaseRow, folded: CaseRow, now: datetime) -> Iterator[str]:
    for name in (one.name for one in fields(CaseRow)):
        here, there = getattr(kept, name), getattr(folded, name)
        same = _looks_in_time(here, there, now) if name == "next_tick" else here == there
        if not same:
            yield f"In the summary {WORDS.get(name, name)} is {_said(here)}, in the log {_said(there)}."


def of_obligations(case: Case, rows: Sequence[ObligationRow], handled: Mapping[Key, date]) -> Iterator[str]:
    """Held to the log, and how far the sweep has come with each to the ledger."""
    folded, stored = {one.key: one for one in case.obligations}, {one.obligation.key: one for one in rows}
    for key in sorted(folded.keys() | stored.keys()):
        what = f"Obligation {' '.join(part for part in key[:2] if part)} (cycle {key[2]})"
        if key not in stored or key not in folded or not _same(folded[key], stored[key].obligation):
            yield f"{what} is not as the log says."
        elif stored[key].handled_to != handled.get(key):
            yield f"{what} is not handled as far as the ledger says."


def _looks_in_time(kept: datetime | None, folded: datetime | None, now: datetime) -> bool:
    """On the right day: the hour is that of the office's send window, which may have been changed since.

    What is due already may have been set aside for a while.
    """
    if kept is None or folded is None:
        return kept is folded
    waits = folded <= now and kept <= now + SET_ASIDE_FOR
    return waits or kept.astimezone(OFFICE_ZONE).date() == folded.astimezone(OFFICE_ZONE).date()


def _same(folded: Obligation, stored: Obligation) -> bool:
    """Compared by what a row keeps; a paused row has no due date of its own."""

    def facts(one: Obligation) -> tuple[object, ...]:
        hold = one.hold if one.due is None else None
        term = (one.term.start, one.term.limit)
        return (one.owner, one.to, one.opened_at, term, one.due, hold, one.ended_at, one.ended_how)

    return facts(folded) == facts(stored)


def _said(value: object) -> str:
    match value:
        case None | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case bytes():
            return f"{value.hex()[:12]}…"
        case datetime():
            local = value.astimezone(OFFICE_ZONE)
            return f"{_said(local.date())} at {local:%H:%M}"
        case date():
            return f"{value:%A} {value.day} {value:%B %Y}"
        case tuple():
            return ", ".join(map(_said, value))
        case _:
            return str(value)
