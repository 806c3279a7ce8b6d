"""The acts of intake that need the register: which body a concern is about, and putting it to that body."""

from dataclasses import replace
from uuid import UUID

from compact_cases.office.casebook import Done, carry_out_locked, may_open
from compact_cases.office.identity import statement
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, case_summaries, people
from compact_cases.rules.bodies import folded
from compact_cases.rules.intake import Accept, MatchRespondent
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound, Refused


def match_respondent(
    premises: Premises, case: UUID | str, body_id: UUID, *, by: Visitor, seen: int | None = None
) -> Done:
    """Say which body of the register a case is about; lists and searches then show its name."""
    with premises.engine.begin() as conn:
        body = bodies.get(conn, body_id)
        if body is None or body.ended_on is not None:
            raise Refused("This body is not on the register. Please choose one that is.", "body")
        done = carry_out_locked(conn, premises, case, MatchRespondent(body_id), by=by, seen=seen)
        row = replace(done.row, respondent_label=body.name)
        case_summaries.save(conn, row)
        case_summaries.add_words(conn, row.case_id, folded(body.name))
    return replace(done, row=row)


def accept(
    premises: Premises,
    case: UUID | str,
    restated: str,
    wording: str,
    *,
    by: Visitor,
    seen: int | None = None,
) -> Done:
    """Acknowledge and put to the respondent in one act, by what the register says of the respondent."""
    with premises.engine.begin() as conn:
        row = case_summaries.find(conn, case, locked=True)
        if row is None or not may_open(by, row) or by.staff_id is None:
            raise NotFound("There is no such case, or it is not yours to see.")
        body = bodies.get(conn, row.respondent_id) if row.respondent_id else None
        contacts = people.of_bodies(conn, [body.id]) if body else []
        command = Accept(
            by.staff_id,
            statement(restated),
            statement(wording),
            volunteer_run=body.volunteer_run if body else False,
            has_champion=any(one.role == "champion" for one in contacts),
        )
        return carry_out_locked(conn, premises, row.case_id, command, by=by, seen=seen)
