"""The one assembly of a case for a visitor: everything they may see, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import Recorded
from compact_cases.reports import acts, merged, standing, timeline, undertakings
from compact_cases.reports.case_shape import (
    Asked,
    BodyShown,
    CaseView,
    Entry,
    Linked,
    Owed,
    Said,
)
from compact_cases.reports.ground import Ground, read
from compact_cases.reports.owed import days_left, owed_now
from compact_cases.reports.reader import Reader
from compact_cases.rules import events as happened
from compact_cases.rules.audience import Audience, Role
from compact_cases.rules.bodies import KIND_WORDS
from compact_cases.rules.case import Case
from compact_cases.rules.closing import outcomes_open
from compact_cases.rules.concern import REMEDIES, Confidentiality
from compact_cases.rules.enquiry import LONGEST_WAIT
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import Sealed

TOLD = {
    "happened": "When it happened",
    "still-happening": "Is it still happening?",
    "closes-what": "What closes or is decided",
    "tried": "What they have tried",
    "remedy": "What would put it right",
    "papers": "Papers they have",
    "afraid": "Afraid of consequences?",
    "afraid-why": "Why they are afraid",
    "adjustments": "What we should do differently for them",
    "other-routes": "Other routes in progress",
    "respondent-as-named": "The body, as they named it",
}
ESCALATED_ROLES = (Role.SENIOR_LEAD, Role.CHIEF_OFFICER)


def view(
    conn: Connection,
    rulebook: Rulebook,
    row: CaseRow,
    visitor: Visitor,
    at: datetime,
    siblings: Sequence[CaseRow] | None = None,
) -> CaseView:
    """The case for this visitor, who has been let in; ``rulebook`` is that of the row's editions.

    ``siblings`` are all cases of the concern, where the caller has read them already.

    Raises NotFound for a senior lead or chief officer to whom the case has not been escalated.
    """
    ground, reader = read(conn, rulebook, row, visitor, at, siblings)
    if visitor.role in ESCALATED_ROLES and not _escalated_to(ground.log, visitor.role):
        raise NotFound("There is no such case, or it is not yours to see.")
    return _assembled(ground, reader, _linked(ground, visitor) if reader.viewpoint != "respondent" else ())


def _assembled(ground: Ground, reader: Reader, linked: tuple[Linked, ...]) -> CaseView:
    case, at, respondent = ground.case, ground.at, ground.respondent
    owed = tuple(owed_now(case, reader.viewpoint, respondent, ground.rulebook.calendar, at))
    cited = undertakings.cited(case, ground.rulebook.codes, ground.body, reader)
    head = _head(ground, reader, respondent, owed)
    return replace(
        _with_texts(head, ground, reader),
        clauses=cited,
        to_answer=tuple(one for one in cited if one.clause in case.clauses_to_answer),
        replies=undertakings.replies(case, ground.rulebook.codes, reader),
        outcomes=outcomes_open(case, at) if reader.is_officer else (),
        body=_body(ground.body) if ground.body and reader.viewpoint != "raiser" else None,
        has_champion=any(one.role == "champion" for one in ground.people),
        timeline=_timeline(ground, reader),
        people=ground.people,
        linked=linked,
        together=merged.together(case, ground.others, reader.viewpoint, ground.rulebook, at),
        merged_here=merged.merged_here(case, ground.others, reader.viewpoint),
        acts=acts.acts_of(case, reader.viewpoint),
        wait_until=_wait_until(case, ground),
    )


def _head(ground: Ground, reader: Reader, respondent: str, owed: tuple[Owed, ...]) -> CaseView:
    """Who, about whom, where it stands and what is next; no text that anybody wrote."""
    row, case, at, viewpoint = ground.row, ground.case, ground.at, reader.viewpoint
    calendar, procedure = ground.rulebook.calendar, ground.rulebook.procedure
    raiser = row.raiser_shown if viewpoint == "respondent" else row.raiser_label
    from_raiser = reader.sees(Audience.RAISER_AND_OFFICERS)
    closes_on = case.closes_on if from_raiser else None
    no_reply = any(isinstance(one.event, happened.NoReplyRecorded) for one in ground.log)
    return CaseView(
        reference=row.reference,
        seen=row.position,
        viewpoint=viewpoint,
        title=_title(row, raiser, respondent, reader.is_officer),
        raiser=raiser,
        shown_as=row.raiser_shown,
        respondent=respondent,
        confidentiality=row.confidentiality if from_raiser else "",
        stage=case.stage.value,
        stage_in_words=procedure.stages[case.stage.value],
        standing=standing.standing(case, viewpoint, respondent, at),
        flags=standing.flags(case, owed, viewpoint, no_reply),
        ladder=standing.ladder(case, standing.stages_visited(ground.log), procedure),
        received_at=ground.log[0].at if from_raiser else None,
        closed_at=case.closed_at,
        outcome=case.outcome,
        closes_on=closes_on,
        closes_in=days_left(calendar, at.date(), closes_on),
        officer=ground.staff.get(case.officer) if case.officer else None,
        officer_id=case.officer if reader.is_officer else None,
        channel=case.channel if from_raiser else "",
        next=owed[0] if owed else None,
        owed=owed,
        decision=case.decision,
        procedure=procedure.name,
        calendar=row.calendar_edition,
    )


def _with_texts(head: CaseView, ground: Ground, reader: Reader) -> CaseView:
    """What people wrote, each text past the reader, who lets through what its audience allows."""
    case, both, ours = ground.case, Audience.CASE, Audience.RAISER_AND_OFFICERS
    began, from_raiser = case.at or ground.at, reader.sees(Audience.RAISER_AND_OFFICERS)

    def said(sealed: Sealed | None, first: Audience) -> Said | None:
        return reader.said(sealed, first, began)

    return replace(
        head,
        account=said(case.account, ours),
        told=tuple(_told(case, said)),
        remedies=tuple(REMEDIES.get(one, one) for one in case.remedies) if from_raiser else (),
        restated=said(case.restated, ours),
        wording=said(case.wording, both),
        questions=tuple(_asked(case, reader)),
        declined=(case.declined[0], said(case.declined[1], ours)) if case.declined and from_raiser else None,
        decision_words=said(case.decision_words, ours),
        summary=said(case.summary, both),
        merge_explanation=said(case.merge_explanation, ours) if case.merged_into else None,
    )


def _title(row: CaseRow, raiser: str, respondent: str, is_officer: bool) -> str:
    """A confidential raiser is not named in a heading, which ends up in windows, histories and prints."""
    if is_officer and row.confidentiality == Confidentiality.CONFIDENTIAL:
        raiser = row.raiser_shown
    if row.confidentiality == Confidentiality.ANONYMOUS:
        raiser = row.raiser_shown
    return f"{raiser} about {respondent}"


def _told(case: Case, said: object) -> Iterator[tuple[str, Said]]:
    for question, sealed in case.told:
        one = said(sealed, Audience.RAISER_AND_OFFICERS)  # type: ignore[operator]
        if one is not None:
            yield TOLD.get(question, question.replace("-", " ").capitalize()), one


def _asked(case: Case, reader: Reader) -> Iterator[Asked]:
    ours = Audience.RAISER_AND_OFFICERS
    if not reader.sees(ours):
        return
    for one in case.questions:
        yield Asked(reader.said(one.question, ours, one.at), one.at, reader.said(one.answer, ours, one.at))


def _body(body: Body) -> BodyShown:
    return BodyShown(body.id, body.name, KIND_WORDS[body.kind], body.area, body.volunteer_run, body.signed_on)


def _timeline(ground: Ground, reader: Reader) -> tuple[Entry, ...]:
    events = timeline.events_shown(
        ground.log,
        reader,
        ground.rulebook.codes,
        ground.staff_name,
        ground.body_name,
        ground.reference_of,
    )
    return timeline.in_order(events, timeline.letters_shown(ground.letters, reader))


def _wait_until(case: Case, ground: Ground) -> date | None:
    """The last day to which the raiser may wait for a reply; None when there is nothing to wait for."""
    if case.owed("decide") is None or case.released_replies:
        return None
    calendar = ground.rulebook.calendar
    return calendar.plus(calendar.start_day(ground.at), LONGEST_WAIT)


def _linked(ground: Ground, visitor: Visitor) -> tuple[Linked, ...]:
    """The other cases of the same concern. A mailed link opens one case; the return code opens them all."""
    opens = visitor.is_officer or visitor.concern_id == ground.row.concern_id
    return tuple(
        Linked(one.reference, one.respondent_label, one.stage, opens)
        for one in ground.siblings
        if one.case_id != ground.row.case_id
    )


def _escalated_to(log: Sequence[Recorded], role: Role) -> bool:
    return any(isinstance(one.event, happened.Escalated) and one.event.to == role.value for one in log)
