"""``POST /api/concerns``: the same concern as the form's, in one call, safe to repeat."""

from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, RawBody
from sqlalchemy.exc import IntegrityError

from compact_cases.mail import addresses
from compact_cases.office.accounts.allowance import may_have_receipts
from compact_cases.office.accounts.attempts import network_of, too_many
from compact_cases.office.premises import Premises
from compact_cases.office.reception import receipts, reception
from compact_cases.office.reception.reception import Grounds
from compact_cases.rules.concern import (
    ACCOUNT_AT_MOST,
    LINE_AT_MOST,
    SECTORS,
    TEXT_AT_MOST,
    CitedClause,
    Concern,
    Confidentiality,
    LinkRole,
    Problem,
    Raiser,
    Receipt,
    RespondentNamed,
    problems,
)
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.api.answers import Raised
from compact_cases.web.api.description import problems as refusals
from compact_cases.web.api.description import refusal, takes_json
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import Failure
from compact_cases.web.frame.json_reader import JsonReader, read_object
from compact_cases.web.frame.takes import Choice, Day, Id, Line, Lines, Part, Parts, Takes, Text

CONCERNS_AN_HOUR = 10  # from one address without a token
LONGEST_KEY = 200
UNGUESSED_KEY = 16  # characters: the caller's key alone stands between an anonymous concern and their address
KEY_FIELD = "Idempotency-Key"
GUESSABLE = (
    f"For an anonymous concern an {KEY_FIELD} has {UNGUESSED_KEY} characters or more, made at random, such as"
    " a UUID: by a shorter one it could be found out who sent it."
)
IdempotencyKey = Annotated[str | None, HeaderParameter(name=KEY_FIELD, required=False)]
LINES = ("name", "kind", "area", "person", "role", "email", "phone")
RAISER = Takes(*(Line(name, LINE_AT_MOST) for name in LINES), Text("post", TEXT_AT_MOST))
RESPONDENT = Takes(Id("body"), Line("name", LINE_AT_MOST), Choice("sector", SECTORS))
CITED = Takes(
    Line("clause", LINE_AT_MOST),
    Choice("role", list(LinkRole), default=LinkRole.NOT_MET.value),
    Line("code", LINE_AT_MOST),
    Text("paragraph", TEXT_AT_MOST),
)
CONCERN = Takes(
    Part("raiser", RAISER),
    Parts("respondents", RESPONDENT),
    Text("account", ACCOUNT_AT_MOST),
    Text("when", TEXT_AT_MOST),
    Day("closes_on"),
    Parts("clauses", CITED),
    Text("tried", TEXT_AT_MOST),
    Lines("remedies", TEXT_AT_MOST),
    Choice("confidentiality", list(Confidentiality), default=Confidentiality.OPEN.value),
    Text("adjustments", TEXT_AT_MOST),
)
"""What is wrong beyond its shape, the rules say: for this call and for the form."""


@post(
    "/api/concerns",
    opt={"permission": Permission.PUBLIC},
    operation_class=takes_json(CONCERN),
    responses=refusals(400, 401, 413, 422, 429),
    sync_to_thread=True,
)
def raise_concern(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    body: RawBody,
    key: IdempotencyKey = None,
) -> Response[Raised]:
    """Raise a concern. Answers 201 with the references and the return code, which is shown once."""
    address = address_of(dict(request.scope))
    if not visitor.is_officer and too_many(
        premises, "raise", network_of(address), CONCERNS_AN_HOUR, beside_a_concern=True
    ):
        raise Failure(429, "There have been many concerns from here in the last hour. Please try later.")
    if key is not None and not 1 <= len(key) <= LONGEST_KEY:
        raise Failure(422, f"An {KEY_FIELD} has 1 to {LONGEST_KEY} characters.")
    caller = f"member {visitor.staff_id}" if visitor.staff_id else f"address {address}"
    call = receipts.call_of(premises, caller, key, body) if key else None
    if call and (before := receipts.receipt_of_call(premises, call)):
        return _answer(before)
    sent = read_object(body)
    concern = read_concern(sent, visitor)
    if key and len(key) < UNGUESSED_KEY and concern.raiser is None and visitor.staff_id is None:
        sent.refuse(KEY_FIELD, GUESSABLE)
    grounds = reception.grounds_of(premises, concern)
    for problem in (*_unknown(concern, grounds), *_problems(premises, concern, grounds)):
        sent.refuse(problem.field, problem.sentence)
    if not sent.is_good:
        return refusal(request, sent.problems)
    try:
        receipt = reception.raise_concern(
            premises,
            concern,
            by=visitor,
            call=call,
            grounds=grounds,
            by_mail=may_have_receipts(premises, concern, "" if visitor.is_officer else address),
        )
    except IntegrityError as clash:
        if call is None or "idempotent_answers" not in str(clash.orig):
            raise
        before = receipts.receipt_of_call(premises, call)  # the same call came twice at once
        if before is None:
            raise
        return _answer(before)
    return _answer(receipt)


def read_concern(sent: JsonReader, visitor: Visitor) -> Concern:
    """The concern that a body describes; what is wrong with its shape is in ``sent.problems``."""
    values = CONCERN.read(sent)
    return Concern(
        raiser=Raiser(**values["raiser"]) if values["raiser"] else None,
        respondents=tuple(
            RespondentNamed(one["body"], one["name"], one["sector"]) for one in values["respondents"]
        ),
        account=values["account"],
        confidentiality=Confidentiality(values["confidentiality"] or Confidentiality.OPEN),
        happened=values["when"],
        closes_on=values["closes_on"],
        clauses=tuple(
            CitedClause(**{**one, "role": LinkRole(one["role"] or LinkRole.NOT_MET)})
            for one in values["clauses"]
        ),
        tried=values["tried"],
        remedies=values["remedies"],
        adjustments=values["adjustments"],
        channel="api",
        filled_by=visitor.staff_id,
    )


def _unknown(concern: Concern, grounds: Grounds) -> list[Problem]:
    sentence = "There is no body with this id on the register."
    named = enumerate(one.body_id for one in concern.respondents)
    return [
        Problem(f"respondents.{number}.body", sentence)
        for number, body in named
        if body and body not in grounds.bodies
    ]


def _problems(premises: Premises, concern: Concern, grounds: Grounds) -> list[Problem]:
    codes = grounds.rulebook.codes
    named = {code.slug for code in codes.codes}
    return problems(concern, premises.clock.today(), codes.citable, named, addresses.problem_with)


def _answer(receipt: Receipt) -> Response[Raised]:
    raised = Raised(str(receipt.concern_id), receipt.references, receipt.return_code)
    return Response(raised, headers={"Cache-Control": "no-store"})


routes = [raise_concern]
