"""The summary row of a case, as its fold makes it: what lists, searches and the sweep go by."""

from dataclasses import replace
from datetime import date, datetime

from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.case import Case
from compact_cases.rules.concern import with_fast_track
from compact_cases.rules.course import Obligation
from compact_cases.rules.handling import barred_from
from compact_cases.rules.urgency import closing_date
from compact_cases.settings import OFFICE_ZONE


def folded_into(row: CaseRow, case: Case, tick: datetime | None) -> CaseRow:
    """The summary row as this fold makes it; labels stay as they are."""
    steps = next_steps(case)
    first = steps[0] if steps else None
    closes_on = closing_date(case)
    return replace(
        row,
        stage=case.stage.value,
        confidentiality=case.intake.confidentiality.value,
        changed_at=case.at or row.changed_at,
        closed_at=case.closing.closed_at,
        outcome=case.closing.outcome,
        raiser_id=case.intake.raiser,
        raiser_body_id=case.intake.raiser_body,
        respondent_id=case.intake.respondent,
        officer_id=case.intake.officer,
        mediator_id=case.mediation.reads_it,
        mediated_with=case.mediation.partner,
        barred=tuple(sorted(barred_from(case))),
        had_notice=case.had_notice,
        next_name=first.name if first else None,
        next_owner=first.owner.value if first else None,
        next_due=first.due if first else None,
        first_on=first_on(first.due if first else None, closes_on, case.at, case.is_closed),
        closes_on=closes_on,
        tags=with_fast_track(row.tags, case.fast_track.is_on),
        owners=tuple(sorted({one.owner.value for one in steps})),
        paused=any(one.is_paused for one in case.obligations),
        clauses=tuple(sorted({link.clause for link in case.intake.links})),
        next_tick=tick,
        procedure_edition=case.editions[0] or row.procedure_edition,
        calendar_edition=case.editions[1] or row.calendar_edition,
    )


def found_by(row: CaseRow, account: str) -> str:
    """What officers may search for to find a case."""
    return f"{row.reference} {row.raiser_label} {row.respondent_label} {account}"


def next_steps(case: Case) -> list[Obligation]:
    """What lists say is next, the earliest date first; what is paused only when nothing runs.

    To say months later how an agreement holds is nobody's next step.
    """
    counted = [one for one in case.open_obligations if one.name != "check-in"]
    owed = [one for one in counted if one.name != "date"]  # watched, and owed by nobody
    running = [one for one in owed if one.due is not None]
    return sorted(running or owed or counted, key=lambda one: (one.due or date.max, one.name))


def first_on(due: date | None, closes: date | None, at: datetime | None, is_closed: bool) -> date | None:
    """Where a case stands in a list: by the earlier of what is due and the date on which something closes.

    That date counts until something happens in the case after it: then somebody has seen it pass. ``at``:
    when something last did.
    """
    counts = closes and not is_closed and at and closes >= at.astimezone(OFFICE_ZONE).date()
    dates = [one for one in (due, closes if counts else None) if one]
    return min(dates, default=None)
