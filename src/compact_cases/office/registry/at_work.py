"""Whether somebody of a register is at work in an open case: then they are replaced there before they go."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import case_summaries, event_log
from compact_cases.records.named_in import cases_naming
from compact_cases.rules.case import Case, replay
from compact_cases.rules.refusals import Refused

PROPOSED, NAMED = ("mediator-proposed",), ("panel-named", "member-replaced")


def hold_to_mediation(conn: Connection, person: UUID) -> None:
    """Raises Refused with the cases in which they mediate, are asked to or are proposed."""
    if found := _in(conn, person, PROPOSED, _mediates):
        raise Refused(
            f"They are the mediator of {found}, or proposed there. Please have them replaced in that case "
            "first: write down there that the mediator cannot go on, or that the name is refused. Both sides "
            "are told, and another is found."
        )


def hold_to_panel(conn: Connection, person: UUID) -> None:
    """Raises Refused with the cases in which they sit on a panel that has not sent its findings."""
    if found := _in(conn, person, NAMED, _sits):
        raise Refused(
            f"They sit on the panel of {found}. Please write down in that case first that they cannot sit: "
            "both sides are told, and another is named."
        )


def _mediates(case: Case, person: UUID) -> bool:
    part = case.mediation
    return part.is_under_way and person in (part.mediator, part.asked_mediator, part.proposed)


def _sits(case: Case, person: UUID) -> bool:
    waits = any(one.name in ("constitute", "see", "hear", "findings") for one in case.open_obligations)
    return waits and case.panel.member(person) is not None


def _in(conn: Connection, person: UUID, names: Sequence[str], at_work: Callable[[Case, UUID], bool]) -> str:
    """The references of such cases that are open, with commas; there are few, so that their logs are read."""
    found = []
    for case_id, row in case_summaries.by_ids(conn, cases_naming(conn, person, names)).items():
        case = replay((one.event, one.at) for one in event_log.read(conn, case_id))
        if not case.is_closed and at_work(case, person):
            found.append(row.reference)
    return ", ".join(sorted(found))
