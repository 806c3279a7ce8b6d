"""Cases as JSON for officers with a token: the list, one case, its events, obligations and letters."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from msgspec import to_builtins

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries, event_log, letters, restores, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.reports import case_list, case_view
from compact_cases.reports.asked_in_words import in_words
from compact_cases.reports.case_list import Filters, ListRow
from compact_cases.reports.case_shape import Owed
from compact_cases.reports.case_view import FLAT, CaseView
from compact_cases.rules.notices import is_of_the_room
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NotFound, Refused
from compact_cases.rules.seats import Seat
from compact_cases.web.api.answers import (
    Addressee,
    CaseList,
    CloudEvent,
    Feed,
    Letter,
    Letters,
    ListedCase,
    Log,
    LoggedEvent,
    Obligation,
    Obligations,
)
from compact_cases.web.api.description import BEARER, ETAG, TakesNothing, problems
from compact_cases.web.frame.errors import Failure

OFFICERS: dict[str, Any] = {
    "opt": {"permission": Permission.TOKEN},
    "security": BEARER,
    "operation_class": TakesNothing,
    "responses": problems(401, 403, 404, 422),
    "sync_to_thread": True,
}
CASE = ResponseSpec(FLAT, description="The case and its chapters", generate_examples=False)
MOST = 200
FILTERS = {"stage", "overdue", "clause", "body", "officer", "fast", "q", "todo", "after", "limit"}
NO_NEXT = "“after” must be the “next” of an earlier answer"
Asked = Annotated[str, QueryParameter(required=False)]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, required=False)]


@get("/api/cases", **OFFICERS)
def list_cases(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    stage: Asked = "",
    overdue: Annotated[bool, QueryParameter(required=False)] = False,
    clause: Asked = "",
    respondent: Annotated[str, QueryParameter(name="body", required=False)] = "",
    officer: Asked = "",
    fast: Annotated[bool, QueryParameter(required=False)] = False,
    q: Asked = "",
    todo: Annotated[bool, QueryParameter(required=False)] = False,
    after: Asked = "",
    limit: Limit = 50,
) -> CaseList:
    """Open cases by due date; `stage=closed`: closed ones; `todo=true`: closed ones with things to do."""
    for name in sorted(request.query_params.keys() - FILTERS):
        raise Refused(f"“{name[:100]}” is not a filter of this list.", name[:100])
    with reading(premises.engine) as conn:
        rulebook, listed = library.current_rulebook(conn), staff.in_list_order(conn)
    if stage and stage not in (stages := rulebook.procedure.stages):
        raise Refused(f"“stage” must be one of: {', '.join(stages)}.", "stage")
    filters = Filters(
        stage="" if stage == "closed" else stage,
        closed=stage == "closed",
        overdue=overdue,
        fast=fast,
        clause=rulebook.codes.meant_by(clause) if clause else "",
        body=respondent,
        officer=_uuid("officer", officer),
        todo=todo,
        words=q,
        after=after,
        limit=limit,
        bodies=visitor.bodies,
    )
    if not case_list.leads_on(filters):
        raise Refused(f"{NO_NEXT} to the same filters.", "after")
    working = rulebook.calendar.last_working(premises.clock.today())
    with reading(premises.engine) as conn:
        found = case_list.rows(conn, filters, visitor.staff_id, working)
    names = {one.id: one.name for one in listed}
    words = in_words(filters, found, rulebook.codes, rulebook.procedure, names)
    more = case_list.cursor(found[limit - 1], todo) if len(found) > limit else None
    return CaseList([_listed(row) for row in found[:limit]], more, words)


@get(
    "/api/cases/{ref:str}",
    response_headers=[ETAG],
    **OFFICERS | {"responses": {**OFFICERS["responses"], 200: CASE}},
)
def show_case(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], ref: FromPath[str]
) -> Response[Any]:
    """One case as its officer sees it. The ETag is what `If-Match` sends back with a command."""
    _, view = viewed(premises, visitor, ref)
    return Response(to_builtins(view.flat()), headers={"ETag": f'"{view.seen}"', "Cache-Control": "no-store"})


@get("/api/cases/{ref:str}/events", **OFFICERS)
def list_events(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], ref: FromPath[str]
) -> Log:
    """The log of one case, oldest first, with its chain."""
    row = row_named(premises, visitor, ref)
    with reading(premises.engine) as conn:
        return Log([_logged(one) for one in event_log.read(conn, row.case_id)])


@get("/api/cases/{ref:str}/obligations", **OFFICERS)
def list_obligations(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], ref: FromPath[str]
) -> Obligations:
    """What is owed now, to whom and by when, each date with its day-by-day proof."""
    _, view = viewed(premises, visitor, ref)
    return Obligations([_obligation(one) for one in view.owed])


@get("/api/cases/{ref:str}/letters", **OFFICERS)
def list_letters(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], ref: FromPath[str]
) -> Letters:
    """Every letter of the case and where it is."""
    row = row_named(premises, visitor, ref)
    with reading(premises.engine) as conn:
        every = letters.of_case(conn, row.case_id)
        found = [one for one in every if not is_of_the_room(one.notice, one.state)]
        steps = letters.steps_of(conn, [letter.id for letter in found])
    return Letters([_letter(letter, steps.get(letter.id)) for letter in found])


@get("/api/events", **OFFICERS | {"responses": {**OFFICERS["responses"], **problems(410)}})
def feed(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    after: Asked = "",
    limit: Limit = 100,
) -> Feed:
    """Every event of every case, in the order in which they became visible, as CloudEvents 1.0. A case in
    which you have a conflict of interest is left out."""
    with reading(premises.engine) as conn:
        latest = restores.latest(conn)
        number = latest.number if latest else 0
        found = event_log.feed(conn, _place(after, number), limit)
        rows = case_summaries.by_ids(conn, {one.case_id for _, one in found})
    events = [
        _cloud_event(premises, (number, *place), one, row.reference)
        for place, one in found
        if may_open(visitor, row := rows[one.case_id])
    ]
    return Feed(events, _cursor(number, *found[-1][0]) if found else after or None)


def viewed(premises: Premises, visitor: Visitor, ref: str) -> tuple[CaseRow, CaseView]:
    """The case behind a reference in any spelling. Raises NotFound."""
    row = row_named(premises, visitor, ref)
    with reading(premises.engine) as conn:
        rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
        return row, case_view.view(conn, rulebook, row, visitor, premises.clock.now())


def row_named(premises: Premises, visitor: Visitor, ref: str) -> CaseRow:
    """The case behind a reference in any spelling. Raises NotFound also where it is not theirs to open."""
    reference = normalise(ref, premises.settings.office.prefix)
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference) if reference else None
    if row is None or not may_open(visitor, row):
        raise NotFound("There is no case with this reference.")
    return row


def _listed(row: ListRow) -> ListedCase:
    owner = Seat(row.next_owner) if row.next_owner else None
    shown: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__}
    words = {"next_owner": owner.word, "next_owner_side": owner.side} if owner else {}
    return ListedCase(**{**shown, **words})


def _logged(one: event_log.Recorded) -> LoggedEvent:
    facts, seat = to_builtins(one.event), Seat(one.actor_kind)
    return LoggedEvent(
        one.position,
        one.name,
        one.at.isoformat(),
        seat.word,
        seat.side,
        one.actor,
        one.on_behalf_of,
        facts,
        one.digest.hex(),
    )


def _obligation(owed: Owed) -> Obligation:
    return Obligation(
        owed.name,
        owed.item,
        owed.cycle,
        owed.owner,
        owed.owner_side,
        owed.to,
        owed.to_side,
        owed.started_on,
        owed.due,
        paused=owed.due is None,
        days_left=owed.days_left if owed.due else owed.days_kept,
        proof=owed.proof,
    )


def _letter(letter: letters.LetterRow, step: str | None) -> Letter:
    seat = Seat(letter.seat)
    return Letter(
        letter.id,
        letter.notice,
        step,
        Addressee(seat.word, seat.side, letter.person_id),
        letter.state,
        letter.queued_at.isoformat(),
        letter.sent_at.isoformat() if letter.sent_at else None,
        letter.message_id,
    )


def _cloud_event(
    premises: Premises, place: tuple[int, int, int], one: event_log.Recorded, reference: str
) -> CloudEvent:
    """``place``: which restore of the database, transaction, event; its id is the cursor behind it."""
    return CloudEvent(
        id=_cursor(*place),
        source=f"{premises.settings.base_url}/cases/{reference}",
        type=f"compact-cases.{one.name}",
        subject=reference,
        time=one.at.isoformat(),
        data=_logged(one),
    )


def _cursor(*place: int) -> str:
    return "-".join(map(str, place))


def _place(after: str, restore: int) -> tuple[int, int]:
    """Behind which transaction and event to go on. A cursor of before a restore leads nowhere now."""
    if not after:
        return (0, 0)
    parts = after.split("-")
    if len(parts) not in (2, 3) or not all(
        one.isascii() and one.isdigit() and len(one) < 19 for one in parts
    ):
        raise Failure(422, f"{NO_NEXT}.")
    *of_restore, transaction, event = map(int, parts)
    if (of_restore or [0]) != [restore]:
        raise Failure(410, "The database was restored since this answer. Begin again without “after”.")
    return (transaction, event)


def _uuid(name: str, text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Failure(422, f"“{name}” must be an id like 01890a5d-ac96-774b-bcce-b302099a8057.") from None


routes = [list_cases, show_case, list_events, list_obligations, list_letters, feed]
