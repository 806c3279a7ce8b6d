"""Closing as one visitor may see it: how the case ended, and the cases that it was merged with."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import days_left
from compact_cases.reports.reader import Reader
from compact_cases.reports.standing import OUTCOME_SENTENCES, ended_in
from compact_cases.rules.audience import Audience
from compact_cases.rules.bodies import BodyKind, sectors_of
from compact_cases.rules.closing import ENDED_WITHOUT_AN_ANSWER, outcomes
from compact_cases.rules.codes import OwedBy
from compact_cases.settings import OFFICE_ZONE

# What a merged concern's raiser reads of the case that goes on: nobody is named but the body they named.
NEXT = {
    "acknowledge": "A Compact officer reads both concerns",
    "answer": "We have asked for more, and wait for an answer",
    "reply": "{respondent} owes a reply",
    "release": "A reply has come, and a Compact officer reads it",
    "decide": "The reply is being considered",
    "convene": "The senior leads of both sides are asked to meet",
    "meet": "The senior leads of both sides are asked to meet",
    "note": "The senior leads of both sides are asked to meet",
    "comment": "Both sides are asked to comment on what the senior leads agreed",
    "next-step": "A Compact officer opens the next step",
    "constitute": "A panel is put together",
    "see": "A panel is put together",
    "declare-member": "A panel is put together",
    "replace": "A panel is put together",
    "statement": "A panel hears both sides",
    "papers": "A panel hears both sides",
    "hear": "A panel hears both sides",
    "findings": "A panel writes what it has found",
    "respond": "What a panel recommends is being answered",
    "answer-release": "What a panel recommends is being answered",
    "close": "A Compact officer closes the matter",
    "agree": "An agreement is being considered",
    "reflect": "An agreement is being considered",
    "action": "Something that was agreed is being done",
    "confirm": "Something that was agreed is being confirmed",
    "action-release": "Something that was agreed is being confirmed",
}


@dataclass(frozen=True)
class Together:
    """The case that a merged concern goes on in, without a name or a text of it.

    ``sentence`` + "by" + ``due`` is what is next there; ``ended`` says how it ended once it has.
    """

    reference: str | None
    stage: str
    sentence: str
    due: date | None
    days_left: int | None
    closed_at: datetime | None
    ended: str


@dataclass(frozen=True)
class MergedHere:
    """A concern that was merged into this case; officers only."""

    reference: str
    raiser: str


@dataclass(frozen=True, kw_only=True)
class ClosingShown(Part):
    """``ended_in_words``: the outcome as people read it. ``outcomes`` are those with which an officer may
    close it now, the likeliest first. ``..._sectors`` are for the outside routes of a closed case: empty
    where not known, and for the respondent's side.
    """

    closed_at: datetime | None
    outcome: str | None
    ended_in_words: str
    outcomes: tuple[str, ...]
    summary: Said | None
    raiser_sectors: tuple[str, ...]
    respondent_sectors: tuple[str, ...]
    together: Together | None
    merge_explanation: Said | None
    merged_here: tuple[MergedHere, ...]


def closing(ground: Ground, reader: Reader) -> ClosingShown:
    part, at = ground.case.closing, ground.changed_at
    why = part.merge_explanation if part.merged_into else None
    over = part.closed_at is not None or bool(ground.case.clocks.requests)  # then outside routes are shown
    ended = over and reader.viewpoint != "respondent"
    return ClosingShown(
        closed_at=part.closed_at,
        outcome=part.outcome,
        ended_in_words=ended_in(ground.case, reader.viewpoint),
        outcomes=outcomes(ground.case, ground.now)["outcome"] if reader.is_officer else (),
        summary=reader.said(part.summary, Audience.CASE, at),
        raiser_sectors=_sectors(sectors_of(BodyKind(ground.raiser_kind))) if ground.raiser_kind else (),
        respondent_sectors=_sectors(ground.body.sectors()) if ground.body and ended else (),
        together=_together(ground, reader.viewpoint),
        merge_explanation=reader.said(why, Audience.RAISER_AND_OFFICERS, at),
        merged_here=_merged_here(ground) if reader.is_officer else (),
    )


def _sectors(found: frozenset[OwedBy]) -> tuple[str, ...]:
    return tuple(sorted(one.value for one in found))


def _together(ground: Ground, viewpoint: str) -> Together | None:
    """Where the case stands that a merged concern goes on in. Its reference is for officers only."""
    into = ground.case.closing.merged_into
    row = ground.others.get(into) if into else None
    if row is None or viewpoint == "respondent":
        return None
    return Together(
        reference=row.reference if viewpoint == "officer" else None,
        stage=ground.rulebook.procedure.stages[row.stage],
        sentence=NEXT.get(row.next_name or "", "").format(respondent=row.respondent_label),
        due=row.next_due,
        days_left=days_left(ground.rulebook.calendar, ground.at.date(), row.next_due),
        closed_at=row.closed_at.astimezone(OFFICE_ZONE) if row.closed_at else None,
        ended=_ending(row.outcome, viewpoint),
    )


def _ending(outcome: str | None, viewpoint: str) -> str:
    """How the other case ended. That its raiser withdrew or fell silent is not another raiser's to know."""
    if outcome is None:
        return ""
    if viewpoint == "raiser" and outcome in ENDED_WITHOUT_AN_ANSWER:
        return "It ended without an answer. Yours can be taken up by itself."
    return OUTCOME_SENTENCES.get(outcome, "")


def _merged_here(ground: Ground) -> tuple[MergedHere, ...]:
    rows = [ground.others[one] for one in ground.case.closing.taken_in if one in ground.others]
    return tuple(
        MergedHere(row.reference, row.raiser_label if row.confidentiality == "open" else row.raiser_shown)
        for row in rows
    )
