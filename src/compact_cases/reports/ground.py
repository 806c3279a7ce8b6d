"""What a case is shown from: all that is asked of the database, each thing once and in one place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import bodies, case_summaries, event_log, interests, mediators, statements
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import COLUMNS, CaseRow, row_of
from compact_cases.records.event_log import Recorded
from compact_cases.records.ready import Ask, fetched, fetched_at_once
from compact_cases.reports import parties, timeline
from compact_cases.reports.case_shape import PersonShown
from compact_cases.reports.reader import Reader
from compact_cases.rules.act import Now, Registered
from compact_cases.rules.beginning import can_be_asked_for
from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import Stage
from compact_cases.rules.events.closing import Merging
from compact_cases.rules.events.relations import RelationsEvent
from compact_cases.rules.handling import barred_from
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import BY_WORD, CASE_STAFF, RESPONDING, Seat

SIBLINGS = (
    f"SELECT {', '.join(column.name for column in COLUMNS)} FROM case_summaries WHERE concern_id ="
    " (SELECT concern_id FROM case_summaries WHERE reference = %(reference)s) ORDER BY reference"
)
RAISER_KIND = "SELECT organisation_kind FROM people WHERE id = %(raiser)s"
STAFF_NAMES = """
SELECT id, name, role, ended_at IS NULL, body_id FROM staff
UNION ALL SELECT p.id, concat_ws(', ', p.name, nullif(p.organisation, '')), p.role, false, NULL
FROM panellists l JOIN people p ON p.id = l.person_id
"""


@dataclass(frozen=True)
class Ground:
    """The log folded, and who and what its ids mean. A chapter is shown from this and asks nothing more.

    ``siblings`` are all cases of the concern, ``others`` those that this one was ever merged with or
    linked to; ``people``
    are there for officers only, ``in_touch`` also while both sides talk first; ``raiser_kind`` is known of a
    closed case, to its raiser and to officers. ``also_with``: the body about which the other case is that one
    mediation serves too.
    """

    row: CaseRow
    siblings: Sequence[CaseRow]
    log: Sequence[Recorded]
    case: Case
    body: Body | None
    staff: Mapping[UUID, str]
    others: Mapping[UUID, CaseRow]
    letters: Sequence[timeline.LetterRow]
    people: tuple[PersonShown, ...]
    raiser_kind: str
    now: Now
    in_touch: tuple[PersonShown, ...] = ()
    mediators: Mapping[UUID, str] = field(default_factory=dict)
    also_with: str = ""

    @property
    def rulebook(self) -> Rulebook:
        return self.now.rulebook

    @property
    def at(self) -> datetime:
        return self.now.at

    @property
    def changed_at(self) -> datetime:
        """When something last happened in it."""
        return self.log[-1].at

    @property
    def respondent(self) -> str:
        return self.body.name if self.body else self.row.respondent_label

    def staff_name(self, staff_id: UUID) -> str:
        return self.staff.get(staff_id, "an officer")

    def body_name(self, body_id: UUID) -> str:
        """Only the body that the case is about now is looked up; an earlier match is called so."""
        return self.body.name if self.body and self.body.id == body_id else "another body"

    def reference_of(self, case_id: UUID) -> str:
        return self.others[case_id].reference if case_id in self.others else "another case"


def read(
    conn: Connection,
    rulebook: Rulebook,
    row: CaseRow,
    visitor: Visitor,
    at: datetime,
    siblings: Sequence[CaseRow] | None = None,
) -> tuple[Ground, Reader]:
    """All of a case, and the eyes of this visitor, past which every text of it goes."""
    respondent = row.respondent_id
    logged, kept, staff, letters, known, *contacts = fetched_at_once(conn, _asked(row, visitor))
    log = event_log.from_rows(row.case_id, logged)
    case = replay((one.event, one.at) for one in log)
    body = bodies.from_rows(known).get(respondent) if respondent else None
    found = parties.people_in(contacts[0]) if contacts else ()
    people = found if visitor.seat in CASE_STAFF else ()
    all_of_concern = _siblings(conn, row) if siblings is None else siblings
    siblings = _open_to(visitor, all_of_concern)
    now = Now(at, rulebook, visitor.seat, visitor.person_id, register=_register(body, people))
    ground = Ground(
        row=row,
        siblings=siblings,
        log=log,
        case=case,
        body=body,
        staff={found: name for found, name, *_ in staff},
        others={one.case_id: one for one in _open_to(visitor, _merged_with(conn, log).values())},
        letters=letters,
        people=people,
        raiser_kind=_raiser_kind(conn, row, visitor, bool(case.clocks.requests)),
        now=_now(conn, now, row, case, staff, letters, siblings),
        in_touch=found,
        mediators=_mediators(conn, case),
        also_with=_also_with(case, all_of_concern),
    )
    return ground, Reader(visitor, statements.from_rows(kept), agreed=case.mediation.is_read)


def _asked(row: CaseRow, visitor: Visitor) -> list[Ask]:
    """In one go; who can be reached is asked for officers, and while both sides talk."""
    respondent = row.respondent_id
    both_talk = row.had_notice and row.stage == Stage.RECEIVED
    reached = visitor.seat in CASE_STAFF or both_talk
    return [
        event_log.asking(row.case_id),
        statements.asking(row.concern_id),
        (STAFF_NAMES, {}),
        timeline.asking(row.case_id),
        bodies.asking([respondent] if respondent else []),
        *([parties.asking(row.concern_id, respondent)] if reached else []),
    ]


def _now(
    conn: Connection,
    now: Now,
    row: CaseRow,
    case: Case,
    staff: Sequence[Any],
    letters: Sequence[Any],
    siblings: Sequence[CaseRow],
) -> Now:
    """What is true beside the case, as the acts ask it."""
    return replace(
        now,
        **_who_is_here(conn, staff, case),
        to_post=timeline.to_post(letters),
        siblings=_mediated_with_it(conn, row, case, siblings, now),
    )


def _mediators(conn: Connection, case: Case) -> Mapping[UUID, str]:
    """Their names, of a case that has one; no statement for any other."""
    part = case.mediation
    ids = [one for one in (part.proposed, part.asked_mediator, *part.mediators) if one]
    return mediators.names(conn, ids)


def _also_with(case: Case, of_concern: Iterable[CaseRow]) -> str:
    """By name, as all who are asked must know who will be there, also an officer who may not open the case
    about it; that case is not theirs to know."""
    partner = case.mediation.partner
    return next((one.respondent_label for one in of_concern if one.case_id == partner), "")


def _siblings(conn: Connection, row: CaseRow) -> list[CaseRow]:
    return case_summaries.of_concern(conn, row.concern_id)


def _mediated_with_it(
    conn: Connection, row: CaseRow, case: Case, siblings: Iterable[CaseRow], now: Now
) -> Mapping[UUID, Case]:
    """The open ones of its concern, while an officer could ask for mediation; else no statement for them."""
    others = [one.case_id for one in siblings if one.closed_at is None and one.case_id != row.case_id]
    if not others or now.seat not in CASE_STAFF:
        return {}
    try:
        can_be_asked_for(case, now)
    except Refused:
        return {}
    return event_log.folded_of(conn, others)


def _open_to(visitor: Visitor, rows: Iterable[CaseRow]) -> list[CaseRow]:
    """Without those in which somebody of the office has a conflict of interest; a board chair who looks after
    one case reads of no other."""
    alone = visitor.case_id if visitor.is_staff else None
    return [one for one in rows if not visitor.is_barred(one.barred) and alone in (None, one.case_id)]


def _who_is_here(conn: Connection, listed: Sequence[tuple[Any, ...]], case: Case) -> dict[str, Any]:
    """As acts ask it of the office, without those who work for a party; whom acts name is asked under the
    lock. A board chair who handles the case, or has a conflict in it, is asked nothing as its chair."""
    barred = barred_from(case)
    seats = {
        member: BY_WORD[role]
        for member, _, role, works, body in listed
        if works and interests.bodies_of(conn, body).isdisjoint(barred)
    }
    chair = next((one for one, seat in seats.items() if seat is Seat.CHAIR), None)
    officers = frozenset(one for one, seat in seats.items() if seat in CASE_STAFF)
    above = (one for one, seat in seats.items() if seat is Seat.CHAIR and one not in barred)
    has_chair = any(one != case.intake.officer for one in above)
    return {"officers": officers, "chair": chair, "has_chair": has_chair}


def with_siblings(conn: Connection, reference: str) -> list[CaseRow]:
    """The case of this reference and the others of its concern; empty when there is no such case."""
    return [row_of(row) for row in fetched(conn, SIBLINGS, {"reference": reference})]


def _raiser_kind(conn: Connection, row: CaseRow, visitor: Visitor, moved: bool) -> str:
    """Asked only where outside routes are shown: where it is over, and where a date was moved. Of a merged
    case none are."""
    is_over = row.closed_at is not None and row.outcome != "merged"
    if not (is_over or moved) or row.raiser_id is None or visitor.seat in RESPONDING:
        return ""
    found = fetched(conn, RAISER_KIND, {"raiser": row.raiser_id})
    return str(found[0][0]) if found else ""


def _register(body: Body | None, people: Iterable[PersonShown]) -> dict[UUID, Registered]:
    """What acts ask of the respondent, from what has been read; under the lock it is read anew."""
    if body is None or body.ended_on is not None:
        return {}
    has_champion = any(one.role == Seat.CHAMPION.post for one in people)
    return {body.id: Registered(body.volunteer_run, has_champion)}


def _merged_with(conn: Connection, log: Iterable[Recorded]) -> Mapping[UUID, CaseRow]:
    """No statement where there is none, as in nearly every case."""
    ids = {one.event.case for one in log if isinstance(one.event, Merging | RelationsEvent)}
    return case_summaries.by_ids(conn, ids) if ids else {}
