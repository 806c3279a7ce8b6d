"""``POST /api/cases/{ref}/{resource}``: the commands of the pages, held to the version that was seen."""

from collections.abc import Callable
from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, RawBody

from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries, event_log
from compact_cases.records.reading import reading
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.decide import Command
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.intake import (
    Accept,
    AnswerQuestion,
    AskForMore,
    Assign,
    CiteClause,
    Decline,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import OutOfDate
from compact_cases.web.api.cases import event_as_json, row_named
from compact_cases.web.api.concerns import refusal
from compact_cases.web.api.description import BEARER
from compact_cases.web.frame.errors import Failure, failed
from compact_cases.web.frame.json_reader import JsonReader, read_object

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", required=False)]
Reader = Callable[[JsonReader, Visitor, Premises], Command]
NOBODY_YET = "This call needs the id of an officer."


def _acknowledgement(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    officer = visitor.staff_id
    assert officer is not None  # noqa: S101 (a token is always one of a member of staff)
    if sent.one_of("decision", ["accept", "decline"], "accept") == "accept":
        return Accept(officer, statement(sent.text("restated")), statement(sent.text("wording")))
    return Decline(officer, sent.text("reason"), statement(sent.text("explanation")))


def _clauses(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    citation, reason = sent.text("clause"), statement(sent.text("reason"))
    if sent.truth("drop"):
        return DropClause(citation, reason)
    role = LinkRole(sent.one_of("role", [one.value for one in LinkRole], LinkRole.NOT_MET.value))
    with reading(premises.engine) as conn:
        codes = library.codes_held(conn)
    clause = codes.cite(citation)
    code = codes.code(clause.code)
    edition = code.edition() if code else None
    return CiteClause(clause.id, edition.id if edition else "", role, reason)


def _reply(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    answers = []
    for one in sent.parts("answers"):
        answers.append(Answer(one.text("clause"), one.text("answer"), statement_if(one.text("words"))))
        one.done()
    return SendReply(tuple(answers), statement_if(sent.text("offer")), None, statement(sent.text("signed")))


def _release(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    return ReleaseReply(sent.truth("looked"), statement_if("\n".join(sent.texts("hidden"))))


def _wait(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    until = sent.day("until")
    if until is None:
        raise Failure(422, "“until” must be a date like 2026-05-05.")
    return WaitForReply(until)


def _assignment(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    officer = sent.uuid("officer") or visitor.staff_id
    if officer is None:
        raise Failure(422, NOBODY_YET)
    return Assign(officer)


def _hand_over(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    officer = sent.uuid("officer")
    if officer is None:
        raise Failure(422, NOBODY_YET)
    return HandOver(officer, statement(sent.text("reason")))


def _respondent(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    body = sent.uuid("body")
    if body is None:
        raise Failure(422, "This call needs the id of a body on the register.")
    return MatchRespondent(body)


def _merge(sent: JsonReader, visitor: Visitor, premises: Premises) -> Command:
    officer = visitor.staff_id
    assert officer is not None  # noqa: S101 (a token is always one of a member of staff)
    reference = normalise(sent.text("into"), premises.settings.office.prefix)
    with reading(premises.engine) as conn:
        other = case_summaries.find(conn, reference) if reference else None
    if other is None:
        raise Failure(422, "“into” must be the reference of a case.")
    return Merge(officer, other.case_id, statement(sent.text("explanation")))


RESOURCES: dict[str, Reader] = {
    "acknowledgement": _acknowledgement,
    "question": lambda sent, *_: AskForMore(statement(sent.text("question"))),
    "answer": lambda sent, *_: AnswerQuestion(statement(sent.text("answer"))),
    "respondent": _respondent,
    "clauses": _clauses,
    "assignment": _assignment,
    "hand-over": _hand_over,
    "reply": _reply,
    "release": _release,
    "decision": lambda sent, *_: Decide(
        sent.text("decision"), sent.text("then"), statement_if(sent.text("words"))
    ),
    "wait": _wait,
    "closing": lambda sent, *_: Close(sent.text("outcome"), statement(sent.text("summary"))),
    "merge": _merge,
    "unmerge": lambda sent, *_: Unmerge(statement(sent.text("reason"))),
    "withdrawal": lambda sent, *_: Withdraw(sent.truth("sure"), statement_if(sent.text("words"))),
}


@post(
    "/api/cases/{ref:str}/{resource:str}",
    status_code=200,
    opt={"permission": Permission.TOKEN},
    security=BEARER,
    sync_to_thread=True,
)
def act(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    ref: FromPath[str],
    resource: FromPath[str],
    body: RawBody,
    if_match: IfMatch = None,
) -> Response[Any]:
    """Do something in a case. `If-Match` is the version you have seen; 409 says what is new, 422 why not."""
    if resource not in RESOURCES:
        raise Failure(404, f"A case takes: {', '.join(RESOURCES)}.")
    row, seen = row_named(premises, ref), _version(if_match)
    sent = read_object(body)
    command = RESOURCES[resource](sent, visitor, premises)
    sent.done()
    if sent.problems:
        return refusal(request, sent.problems)
    try:
        done = casebook.carry_out(premises, row.case_id, command, by=visitor, seen=seen)
    except OutOfDate as stale:
        news = _since(premises, ref, stale.seen)
        return failed(request, 409, stale.sentence, fields=news, headers={"ETag": f'"{stale.now}"'})
    answer = {"reference": done.row.reference, "seen": done.row.position, "stage": done.row.stage}
    return Response(answer, status_code=200, headers={"ETag": f'"{done.row.position}"'})


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise Failure(428, "Send If-Match with the version you have seen: the ETag of the case.")
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Failure(422, 'If-Match must be the ETag of the case, like "12".')
    return int(text)


def _since(premises: Premises, ref: str, seen: int) -> list[dict[str, str]]:
    """What happened after a position: the events' names and instants."""
    row = row_named(premises, ref)
    with reading(premises.engine) as conn:
        news = [event_as_json(one) for one in event_log.read(conn, row.case_id) if one.position > seen]
    return [{"field": f"event {one['position']}", "detail": f"{one['name']} at {one['at']}"} for one in news]


routes = [act]
