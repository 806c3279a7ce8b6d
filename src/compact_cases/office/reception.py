"""Reception: a concern comes in, becomes a case for each respondent named, and its raiser gets a receipt."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office import casebook, library, return_codes
from compact_cases.office.identity import new_id, statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, case_summaries, concerns, drafts, people, statements
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.concerns import ConcernRow
from compact_cases.records.event_log import GENESIS, Signature
from compact_cases.records.people import Person
from compact_cases.rules import concern as said
from compact_cases.rules.audience import Audience, Role
from compact_cases.rules.bodies import folded
from compact_cases.rules.case import Case
from compact_cases.rules.concern import CitedClause, Concern, Confidentiality, Receipt, RespondentNamed
from compact_cases.rules.intake import Cite, Receive, receive
from compact_cases.rules.permissions import NOBODY, Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import Statement
from compact_cases.rules.texts import texts_of

CODE_SHOWN_FOR = timedelta(hours=24)
ENOUGH_TO_HIDE_AMONG = 3  # groups on the register that a description must fit


class AlreadySent(Refused):
    """This draft has been sent; ``concern`` is what it became."""

    def __init__(self, concern: UUID | None = None) -> None:
        super().__init__("This concern has been sent already.")
        self.concern = concern


@dataclass(frozen=True)
class ReceiptView:
    """A receipt as its page shows it; ``return_code`` is None once it was written down, or after 24 hours."""

    concern_id: UUID
    cases: tuple[CaseRow, ...]
    return_code: str | None
    received_at: datetime
    confidentiality: str
    has_email: bool


def raise_concern(
    premises: Premises,
    concern: Concern,
    *,
    draft_id: UUID | None = None,
    receipt_secret: str | None = None,
    by: Visitor = NOBODY,
    idempotency: tuple[str, bytes] | None = None,
) -> Receipt:
    """Open a case for each respondent named, in one transaction, and hand out the receipt.

    ``receipt_secret`` is given by a draft, so that its old link finds the receipt; else a new one is made.
    ``idempotency`` is a key and the SHA-256 of the body that came with it. Raises Refused with a field when
    an answer does not hold, AlreadySent when the draft is gone.
    """
    if problems := said.problems(concern, premises.clock.today()):
        raise Refused(problems[0].sentence, problems[0].field)
    with premises.engine.begin() as conn:
        at = premises.clock.now()
        rulebook = library.current_rulebook(conn)
        concern_id, code = new_id(), return_codes.new_code()
        secret = receipt_secret or secrets.token_urlsafe(16)
        if draft_id is not None and not drafts.consume(conn, draft_id, concern_id):
            raise AlreadySent
        if idempotency:
            concerns.remember_answer(conn, idempotency[0], idempotency[1], concern_id, at)
        raiser = _keep_raiser(conn, premises, concern, concern_id, at)
        _keep_concern(conn, premises, concern, concern_id, raiser, code, secret, at)
        rows = _open_cases(conn, premises, concern, concern_id, raiser, rulebook, by, at)
        due = rows[0].next_due
        assert due is not None  # noqa: S101 (a case just received always owes an acknowledgement)
        return Receipt(concern_id, tuple(row.reference for row in rows), code, secret, due)


def receipt(premises: Premises, secret: str) -> ReceiptView | None:
    """What stands behind /concerns/receipts/{secret}; None for a secret that is not known."""
    with premises.engine.connect() as conn:
        row = concerns.by_receipt(conn, _hash(secret))
        if row is None:
            return None
        cases = tuple(case_summaries.of_concern(conn, row.id))
        points = people.points_of(conn, [row.raiser_id]) if row.raiser_id else {}
        has_email = any(point.kind == "email" for one in points.values() for point in one)
        code = _code_to_show(premises, row)
        return ReceiptView(row.id, cases, code, row.received_at, row.confidentiality, has_email)


def code_written_down(premises: Premises, secret: str) -> None:
    """The raiser has kept the return code: from now on it cannot be shown again."""
    with premises.engine.begin() as conn:
        if row := concerns.by_receipt(conn, _hash(secret)):
            concerns.forget_code(conn, row.id)


def receipt_of_key(premises: Premises, key: str, body_digest: bytes) -> Receipt | None:
    """The answer given before to the same idempotency key; its code only while we still hold it.

    Raises Refused when the key came with another body.
    """
    with premises.engine.connect() as conn:
        before = concerns.answered_before(conn, key)
        if before is None:
            return None
        if before[0] != body_digest:
            raise Refused("This Idempotency-Key was used with another body.", "Idempotency-Key")
        row = concerns.get(conn, before[1])
        cases = case_summaries.of_concern(conn, before[1])
        code = _code_to_show(premises, row) if row else None
        acknowledge = cases[0].received_at.date()
        return Receipt(before[1], tuple(case.reference for case in cases), code, "", acknowledge)


def _code_to_show(premises: Premises, row: ConcernRow) -> str | None:
    if row.return_code_sealed is None or row.return_code_until is None:
        return None
    if premises.clock.now() > row.return_code_until:
        return None
    return return_codes.decrypt(premises, row.return_code_sealed)


def _keep_concern(
    conn: Connection,
    premises: Premises,
    concern: Concern,
    concern_id: UUID,
    raiser: UUID | None,
    code: str,
    secret: str,
    at: datetime,
) -> None:
    concerns.add(
        conn,
        ConcernRow(
            concern_id,
            raiser,
            concern.channel,
            concern.filled_by,
            concern.confidentiality.value,
            at,
            return_codes.seal(premises, code),
            return_codes.encrypt(premises, code),
            at + CODE_SHOWN_FOR,
            _hash(secret),
        ),
    )


def _keep_raiser(
    conn: Connection, premises: Premises, concern: Concern, concern_id: UUID, at: datetime
) -> UUID | None:
    """The raiser's row and ways to be reached; nothing at all for an anonymous concern."""
    raiser = concern.raiser
    if raiser is None or concern.confidentiality is Confidentiality.ANONYMOUS:
        return None
    details = ("authority", "best_times", "second_name", "second_reach", "on_behalf_of")
    person = Person(
        id=new_id(),
        role=Role.RAISER.value,
        concern_id=concern_id,
        name=raiser.person,
        post_title=raiser.role,
        organisation=raiser.name,
        organisation_kind=raiser.kind,
        area=raiser.area,
        shown_as=_shown_as(conn, premises, concern),
        details={name: value for name in details if (value := getattr(raiser, name))}
        | ({"body": str(raiser.body_id)} if raiser.body_id else {}),
    )
    people.add(conn, person, at)
    ways = (("email", raiser.email), ("phone", raiser.phone), ("post", raiser.post))
    points = [(new_id(), kind, address) for kind, address in ways if address]
    people.add_first_points(conn, person.id, points, at)
    return person.id


def _shown_as(conn: Connection, premises: Premises, concern: Concern) -> str:
    """What the other side reads: the group's name when open, else words that fit three groups or more."""
    raiser = concern.raiser
    if raiser is not None and concern.confidentiality is Confidentiality.OPEN:
        return raiser.name
    county = premises.settings.office.area
    if raiser is None or concern.confidentiality is Confidentiality.ANONYMOUS:
        return f"Somebody in {county}"
    kind = {
        "public-body": "A public body",
        "vcs-organisation": "A voluntary organisation",
        "infrastructure-organisation": "A voluntary organisation",
    }.get(raiser.kind, "A community group")
    if raiser.area and bodies.count_like(conn, raiser.kind, raiser.area) >= ENOUGH_TO_HIDE_AMONG:
        return f"{kind} in the {raiser.area} area"
    return f"{kind} in {county}"


def _open_cases(
    conn: Connection,
    premises: Premises,
    concern: Concern,
    concern_id: UUID,
    raiser: UUID | None,
    rulebook: Rulebook,
    by: Visitor,
    at: datetime,
) -> list[CaseRow]:
    """One case a respondent; the texts are kept once and sealed in each case's log."""
    account = statement(concern.account)
    told = tuple((name, one) for name, text in _told(concern) if (one := statement_if(text)))
    cites = tuple(_cite(cited, rulebook) for cited in concern.clauses)
    shown = _shown_as(conn, premises, concern)
    label = concern.raiser.name if raiser and concern.raiser else "Anonymous"
    rows: list[CaseRow] = []
    for named in concern.respondents:
        command = Receive(
            concern_id,
            raiser,
            concern.confidentiality,
            concern.channel,
            account,
            (*told, *_named(named)),
            concern.remedies,
            concern.closes_on,
            named.body_id,
            cites,
        )
        if not rows:
            statements.add(conn, concern_id, texts_of(command), at)
        elif extra := _named(named):
            texts = [(kind, Audience.RAISER_AND_OFFICERS, one) for kind, one in extra]
            statements.add(conn, concern_id, texts, at)
        rows.append(_open_case(conn, premises, command, named, (label, shown), rulebook, by, at))
    return rows


def _open_case(
    conn: Connection,
    premises: Premises,
    command: Receive,
    named: RespondentNamed,
    labels: tuple[str, str],
    rulebook: Rulebook,
    by: Visitor,
    at: datetime,
) -> CaseRow:
    respondent = _name_of(conn, named)
    events = receive(command, Case(), at, rulebook)
    case_id, office = new_id(), premises.settings.office
    reference = f"{office.prefix}-{at.year}-{case_summaries.next_number(conn):04d}"
    editions = (rulebook.procedure.edition, rulebook.calendar.edition)
    actor = by.staff_id or command.raiser
    who = by.role.value if by.staff_id else Role.RAISER.value
    behalf = command.raiser if by.staff_id else None
    signature = Signature(who, actor, behalf, new_id(), at, *editions)
    row = _blank(case_id, reference, command, labels, respondent, editions, at)
    after, row = casebook.append(conn, row, Case(), events, signature)
    obligation_rows.save(conn, case_id, after.obligations)
    row = casebook.folded_into(row, after, casebook.tick_of(premises, after, {}, rulebook))
    words = f"{reference} {labels[0]} {respondent} {command.account.text}"
    case_summaries.add(conn, row, folded(words))
    casebook.tell(conn, premises, row, after, events, at)
    return row


def _blank(
    case_id: UUID,
    reference: str,
    command: Receive,
    labels: tuple[str, str],
    respondent: str,
    editions: tuple[str, str],
    at: datetime,
) -> CaseRow:
    """The row before its first event."""
    return CaseRow(
        case_id=case_id,
        reference=reference,
        concern_id=command.concern,
        position=0,
        head=GENESIS,
        stage="received",
        received_at=at,
        changed_at=at,
        closed_at=None,
        outcome=None,
        confidentiality=command.confidentiality.value,
        raiser_id=command.raiser,
        raiser_label=labels[0],
        raiser_shown=labels[1],
        respondent_id=command.respondent,
        respondent_label=respondent,
        officer_id=None,
        had_notice=False,
        next_name=None,
        next_owner=None,
        next_due=None,
        paused=False,
        clauses=(),
        procedure_edition=editions[0],
        calendar_edition=editions[1],
        next_tick=None,
    )


def _name_of(conn: Connection, named: RespondentNamed) -> str:
    if named.body_id is None:
        return named.name
    body = bodies.get(conn, named.body_id)
    if body is None:
        raise Refused("The body you chose is no longer on the register. Please choose again.", "respondents")
    return body.name


def _told(concern: Concern) -> list[tuple[str, str]]:
    """The other answers that are kept as texts, each under the name of its question."""
    return [
        ("happened", concern.happened),
        ("still-happening", concern.still_happening),
        ("closes-what", concern.closes_what),
        ("tried", concern.tried),
        ("remedy", concern.remedy_text),
        ("papers", concern.papers),
        ("afraid", concern.afraid),
        ("afraid-why", concern.afraid_text),
        ("adjustments", concern.adjustments),
        ("other-routes", concern.other_routes),
    ]


def _named(named: RespondentNamed) -> tuple[tuple[str, Statement], ...]:
    """A body that is not on the register is kept as typed, until an officer matches it."""
    return () if named.body_id else (("respondent-as-named", statement(named.name)),)


def _cite(cited: CitedClause, rulebook: Rulebook) -> Cite:
    """The clause in its edition in force; a Code that is not held stands with its paragraph as text."""
    if cited.clause:
        clause = rulebook.codes.cite(cited.clause, cited.edition or None)
        code = rulebook.codes.code(clause.code)
        edition = code.edition(cited.edition or None) if code else None
        return Cite(clause.id, edition.id if edition else "", cited.role)
    return Cite(cited.code, "", cited.role, statement(cited.paragraph or "not named"))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8")).digest()
