"""``POST /api/concerns``: the same concern as the form's, in one call, safe to repeat."""

import hashlib
from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, RawBody
from sqlalchemy.exc import IntegrityError

from compact_cases.office.accounts.attempts import too_many
from compact_cases.office.premises import Premises
from compact_cases.office.reception import receipts, reception
from compact_cases.office.reception.reception import Grounds
from compact_cases.rules.concern import (
    SECTORS,
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
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import Failure, failed
from compact_cases.web.frame.json_reader import JsonReader, read_object

CONCERNS_AN_HOUR = 10  # from one address without a token
LONGEST_KEY = 200
IdempotencyKey = Annotated[str | None, HeaderParameter(name="Idempotency-Key", required=False)]


@post("/api/concerns", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
def raise_concern(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    body: RawBody,
    key: IdempotencyKey = None,
) -> Response[Any]:
    """Raise a concern. Answers 201 with the references and the return code, which is shown once."""
    address = address_of(dict(request.scope))
    if not visitor.is_officer and too_many(premises, "raise", address, CONCERNS_AN_HOUR):
        raise Failure(429, "There have been many concerns from here in the last hour. Please try later.")
    if key is not None and not 1 <= len(key) <= LONGEST_KEY:
        raise Failure(422, f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    digest = hashlib.sha256(body).digest()
    if key and (before := receipts.receipt_of_key(premises, key, digest)):
        return _answer(before)
    reader = read_object(body)
    concern = read_concern(reader, visitor)
    grounds = reception.grounds_of(premises, concern)
    if found := [*reader.problems, *_unknown(concern, grounds)] or _problems(premises, concern, grounds):
        return refusal(request, found)
    try:
        receipt = reception.raise_concern(
            premises,
            concern,
            by=visitor,
            idempotency=(key, digest) if key else None,
            grounds=grounds,
        )
    except IntegrityError as clash:
        if not key or "idempotent_answers" not in str(clash.orig):
            raise
        before = receipts.receipt_of_key(premises, key, digest)  # the same call came twice at once
        if before is None:
            raise
        return _answer(before)
    return _answer(receipt)


def read_concern(reader: JsonReader, visitor: Visitor) -> Concern:
    """The concern that a body describes; what is wrong with its shape is in ``reader.problems``."""
    confidentiality = reader.one_of("confidentiality", [one.value for one in Confidentiality], "open")
    concern = Concern(
        raiser=_raiser(reader.part("raiser")),
        respondents=tuple(_respondent(one) for one in reader.parts("respondents")),
        account=reader.text("account"),
        confidentiality=Confidentiality(confidentiality),
        happened=reader.text("when"),
        closes_on=reader.day("closes_on"),
        clauses=tuple(_clause(one) for one in reader.parts("clauses")),
        tried=reader.text("tried"),
        remedies=reader.texts("remedies"),
        adjustments=reader.text("adjustments"),
        channel="api",
        filled_by=visitor.staff_id,
    )
    reader.done()
    return concern


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
    return problems(concern, premises.clock.today(), codes.citable, named)


def refusal(request: Request[Any, Any, Any], found: list[Problem]) -> Response[Any]:
    """422 with every field's error."""
    fields = [{"field": one.field, "detail": one.sentence} for one in found]
    return failed(request, 422, found[0].sentence, fields=fields)


def _answer(receipt: Receipt) -> Response[Any]:
    content = {
        "concern": str(receipt.concern_id),
        "cases": list(receipt.references),
        "return_code": receipt.return_code,
    }
    return Response(content, status_code=201, headers={"Cache-Control": "no-store"})


def _raiser(reader: JsonReader | None) -> Raiser | None:
    if reader is None:
        return None
    raiser = Raiser(
        name=reader.text("name"),
        kind=reader.text("kind"),
        area=reader.text("area"),
        person=reader.text("person"),
        role=reader.text("role"),
        email=reader.text("email"),
        phone=reader.text("phone"),
        post=reader.text("post"),
    )
    reader.done()
    return raiser


def _respondent(reader: JsonReader) -> RespondentNamed:
    body, name = reader.uuid("body"), reader.text("name")
    sector = reader.one_of("sector", ["", *SECTORS], "")
    reader.done()
    return RespondentNamed(body, name, sector)


def _clause(reader: JsonReader) -> CitedClause:
    role = reader.one_of("role", [one.value for one in LinkRole], LinkRole.NOT_MET.value)
    cited = CitedClause(
        clause=reader.text("clause"),
        role=LinkRole(role),
        code=reader.text("code"),
        paragraph=reader.text("paragraph"),
    )
    reader.done()
    return cited


routes = [raise_concern]
