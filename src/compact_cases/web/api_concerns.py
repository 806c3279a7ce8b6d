"""``POST /api/concerns``: the same concern as the form's, in one call, safe to repeat."""

import hashlib
from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, RawBody
from sqlalchemy.exc import IntegrityError

from compact_cases.office import library, receipts, reception
from compact_cases.office.attempts import too_many
from compact_cases.office.premises import Premises
from compact_cases.records import bodies
from compact_cases.records.reading import reading
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
from compact_cases.web.access_log import address_of
from compact_cases.web.errors import Failure, failed
from compact_cases.web.json_reader import JsonReader, read_object

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
    concern = read_concern(reader, premises, visitor)
    with reading(premises.engine) as conn:
        codes = library.codes_held(conn)
        held = {clause.id for edition in codes.held() for clause in edition.clauses}
        held |= {part.id for edition in codes.held() for clause in edition.clauses for part in clause.parts}
        named = {code.slug for code in codes.codes}
    found = reader.problems or problems(concern, premises.clock.today(), held, named)
    if found:
        return refusal(request, found)
    try:
        receipt = reception.raise_concern(
            premises, concern, by=visitor, idempotency=(key, digest) if key else None
        )
    except IntegrityError as clash:
        if not key or "idempotent_answers" not in str(clash.orig):
            raise
        before = receipts.receipt_of_key(premises, key, digest)  # the same call came twice at once
        if before is None:
            raise
        return _answer(before)
    return _answer(receipt)


def read_concern(reader: JsonReader, premises: Premises, visitor: Visitor) -> Concern:
    """The concern that a body describes; what is wrong with its shape is in ``reader.problems``."""
    confidentiality = reader.one_of("confidentiality", [one.value for one in Confidentiality], "open")
    concern = Concern(
        raiser=_raiser(reader.part("raiser")),
        respondents=tuple(_respondent(one, premises) for one in reader.parts("respondents")),
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


def _respondent(reader: JsonReader, premises: Premises) -> RespondentNamed:
    body, name = reader.uuid("body"), reader.text("name")
    sector = reader.one_of("sector", ["", *SECTORS], "")
    reader.done()
    if body is not None:
        with reading(premises.engine) as conn:
            if bodies.get(conn, body) is None:
                reader.problems.append(
                    Problem(f"{reader.where}body", "There is no body with this id on the register.")
                )
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
