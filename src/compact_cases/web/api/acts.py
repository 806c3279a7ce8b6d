"""``POST /api/cases/{ref}/{act}``: the acts of the pages, held to the version that was seen."""

from collections.abc import Iterable
from inspect import getdoc
from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, RawBody

from compact_cases.office.premises import Premises
from compact_cases.records import event_log
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.refusals import OutOfDate
from compact_cases.rules.seats import Seat
from compact_cases.web.api.answers import Carried
from compact_cases.web.api.cases import row_named
from compact_cases.web.api.description import BEARER, ETAG, problems, refusal, takes_json
from compact_cases.web.cases.acts import Desk, Reader, addresses, carried_out, desk_of
from compact_cases.web.cases.pages import DECLARES
from compact_cases.web.frame.errors import Failure, failed
from compact_cases.web.frame.json_reader import read_object
from compact_cases.web.frame.takes import Takes

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", required=False)]
Asked = Request[Any, Any, Any]


def calls_of(readers: Iterable[Reader]) -> list[Any]:
    """A call for each act and each other name of one; and an answer to what is none."""
    named = addresses(readers)

    @post(
        "/api/cases/{ref:str}/{act:str}",
        opt={"permission": Permission.TOKEN},
        include_in_schema=False,
        sync_to_thread=False,
    )
    def no_such_act(ref: FromPath[str], act: FromPath[str]) -> None:
        raise Failure(404, f"A case takes: {', '.join(named)}.")

    return [*(_call(name, reader, takes) for name, (reader, takes) in named.items()), no_such_act]


def _call(name: str, reader: Reader, takes: Takes) -> Any:
    @post(
        f"/api/cases/{{ref:str}}/{name}",
        status_code=200,
        opt={
            "permission": Permission.TOKEN_OR_CHAIR if Seat.CHAIR in reader.by else Permission.TOKEN,
            "before_declaring": reader.name == DECLARES,
        },
        security=BEARER,
        summary=name.replace("-", " ").capitalize(),
        description=getdoc(reader.read),
        operation_id=f"case-{name}",
        operation_class=takes_json(takes),
        responses=problems(400, 401, 403, 404, 409, 413, 422, 428, 429),
        response_headers=[ETAG],
        sync_to_thread=True,
    )
    def call(
        request: Asked,
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
        ref: FromPath[str],
        body: RawBody,
        if_match: IfMatch = None,
    ) -> Response[Carried]:
        row, seen, sent = row_named(premises, visitor, ref), _version(if_match), read_object(body)
        reader.hold_to(visitor)
        with reading(premises.engine) as conn:
            desk = desk_of(reader, conn, premises, row, visitor, sent)
        try:
            desk.hold_to(seen, reader.name)
            done = carried_out(reader, desk, sent, takes)
        except OutOfDate as stale:
            return _stale(request, desk, stale)
        if done is None:
            return refusal(request, sent.problems)
        after = Carried(done.row.reference, done.row.position, done.row.stage)
        return Response(after, headers={"ETag": f'"{after.seen}"'})

    return call


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise Failure(428, "Send If-Match with the version you have seen: the ETag of the case.")
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Failure(422, 'If-Match must be the ETag of the case, like "12".')
    return int(text)


def _stale(request: Asked, desk: Desk, stale: OutOfDate) -> Response[Any]:
    """What happened since: the events' names and instants."""
    with reading(desk.premises.engine) as conn:
        news = [one for one in event_log.read(conn, desk.row.case_id) if one.position > stale.seen]
    fields = [
        {"field": f"event {one.position}", "detail": f"{one.name} at {one.at.isoformat()}"} for one in news
    ]
    return failed(request, 409, stale.sentence, fields=fields, headers={"ETag": f'"{stale.now}"'})
