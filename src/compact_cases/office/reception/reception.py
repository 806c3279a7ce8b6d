"""Reception: a concern comes in, becomes a case for each respondent named, and its raiser gets a receipt."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail import addresses
from compact_cases.office.casework import casebook, summarising, ticks
from compact_cases.office.casework.labels import ANONYMOUS
from compact_cases.office.identity import new_id, statement, statement_if
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.premises import Premises
from compact_cases.office.reception import raisers, receipts, return_codes
from compact_cases.office.reception.draft_letters import forget_letters
from compact_cases.office.reception.raisers import KeptRaiser
from compact_cases.office.registry import library
from compact_cases.records import (
    bodies,
    case_summaries,
    case_words,
    concerns,
    drafts,
    letter_states,
    staff,
    statements,
)
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import Signature
from compact_cases.records.reading import reading
from compact_cases.records.rows import together
from compact_cases.rules import concern as said
from compact_cases.rules.act import Now, Registered
from compact_cases.rules.acts import decide
from compact_cases.rules.case import Case
from compact_cases.rules.concern import CitedClause, Concern, Receipt, RespondentNamed, tags_of
from compact_cases.rules.intake import AS_NAMED, Cite, Receive, Told
from compact_cases.rules.permissions import NOBODY, Visitor
from compact_cases.rules.references import written
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import texts_in
from compact_cases.rules.working_days import ONE_DAY

SAYS_SENT = timedelta(days=30)  # for which the link of a sent draft says so


@dataclass(frozen=True)
class Grounds:
    """What a concern is checked against: the rulebook in force, and the bodies it names that we know."""

    rulebook: Rulebook
    bodies: Mapping[UUID, Body]


class AlreadySent(Refused):
    """This draft has been sent, or is gone."""

    def __init__(self) -> None:
        super().__init__("This concern has been sent already.")


def grounds_of(premises: Premises, concern: Concern) -> Grounds:
    named = [one.body_id for one in concern.respondents if one.body_id]
    with reading(premises.engine) as conn:
        return Grounds(library.current_rulebook(conn), bodies.get_many(conn, named) if named else {})


def raise_concern(
    premises: Premises,
    concern: Concern,
    *,
    draft_id: UUID | None = None,
    receipt_secret: str | None = None,
    by: Visitor = NOBODY,
    call: receipts.Call | None = None,
    grounds: Grounds | None = None,
    by_mail: bool = True,
) -> Receipt:
    """Open a case for each respondent named, in one transaction, and hand out the receipt.

    ``receipt_secret`` is that of the page which sends a draft; else a new one is made.
    ``call`` is one with an idempotency key; ``grounds``, where the caller has looked at them already;
    ``by_mail``, whether a receipt goes by e-mail too. Raises Refused with a field when an answer does not
    hold, AlreadySent when the draft is gone.
    """
    if problems := said.problems(concern, premises.clock.today(), mail=addresses.problem_with):
        raise Refused(problems[0].sentence, problems[0].field)
    grounds = grounds or grounds_of(premises, concern)
    with premises.engine.begin() as conn:
        at = premises.clock.now()
        concern_id, code = new_id(), return_codes.new_code()
        secret = receipt_secret or secrets.token_urlsafe(16)
        if draft_id is not None:
            _take_draft(conn, draft_id, at)
        with together(conn):
            if call:
                concerns.remember_answer(conn, call.call, call.body, concern_id, at)
            raiser = raisers.keep_raiser(conn, premises, concern, concern_id, at)
            raiser_id = raiser.person.id if raiser else None
            receipts.keep_concern(conn, premises, concern, concern_id, raiser_id, code, secret, at)
            rows = _open_cases(conn, premises, concern, concern_id, raiser, grounds, by, at)
        if not by_mail:
            letter_states.hold_back_receipts(conn, [row.case_id for row in rows])
        due = rows[0].next_due
        assert due is not None  # noqa: S101 (a case just received always owes an acknowledgement)
        return Receipt(concern_id, tuple(row.reference for row in rows), code, secret, due)


def _take_draft(conn: Connection, draft_id: UUID, at: datetime) -> None:
    """What is left of a sent draft says neither what it became nor where its letters went."""
    if not drafts.consume(conn, draft_id, at.date() + SAYS_SENT):
        raise AlreadySent
    forget_letters(conn, [draft_id], at)


def _open_cases(
    conn: Connection,
    premises: Premises,
    concern: Concern,
    concern_id: UUID,
    raiser: KeptRaiser | None,
    grounds: Grounds,
    by: Visitor,
    at: datetime,
) -> list[CaseRow]:
    """One case a respondent; the texts are kept once and sealed in each case's log."""
    account = statement(concern.account)
    told = tuple(Told(name, one) for name, text in _told(concern) if (one := statement_if(text)))
    cites = tuple(_cite(cited, grounds.rulebook) for cited in concern.clauses)
    shown = raiser.person.shown_as if raiser else raisers.shown_as(conn, premises, concern)
    label = raiser.person.organisation if raiser else ANONYMOUS
    book = Addressees(conn, [], at.date())
    if raiser:
        book.introduce(raiser.person, raiser.points)
    said_of = f"{concern.account} {raiser.words if raiser else ''}"
    register = {body.id: Registered(body.volunteer_run) for body in grounds.bodies.values()}
    rows: list[CaseRow] = []
    kept: set[UUID] = set()
    office = premises.settings.office
    numbers = case_summaries.next_numbers(conn, len(concern.respondents))
    for named, number in zip(concern.respondents, numbers, strict=True):
        command = Receive(
            written(office.prefix, at.year, number),
            concern_id,
            raiser.person.id if raiser else None,
            raiser.body_id if raiser else None,
            concern.confidentiality,
            concern.channel,
            account,
            (*told, *_named(named)),
            concern.remedies,
            concern.closes_on,
            named.body_id,
            cites,
        )
        texts = [one for one in texts_in(command) if one.statement not in kept]
        statements.add(conn, concern_id, texts, at)
        kept |= {one.statement for one in texts}
        seen = (label, shown, _name_of(named, grounds)), _tags(concern, raiser), said_of
        rows.append(_open_case(conn, premises, command, seen, grounds.rulebook, by, at, book, register))
    return rows


def _open_case(
    conn: Connection,
    premises: Premises,
    command: Receive,
    seen: tuple[tuple[str, str, str], tuple[str, ...], str],
    rulebook: Rulebook,
    by: Visitor,
    at: datetime,
    book: Addressees,
    register: Mapping[UUID, Registered],
) -> CaseRow:
    back = _officer_back(conn, rulebook, at) if command.closes_on else None
    events = decide(command, Case(), Now(at, rulebook, by.seat, register=register, officer_back=back))
    case_id = new_id()
    editions = (rulebook.procedure.edition, rulebook.calendar.edition)
    actor = by.staff_id or command.raiser
    who = by.seat.value if by.staff_id else Seat.RAISER.value
    behalf = command.raiser if by.staff_id else None
    signature = Signature(who, actor, behalf, new_id(), at, *editions)
    labels, tags, said_of = seen
    row = CaseRow.blank(case_id, command.reference, command.concern, labels, editions, at)
    row = replace(row, tags=tags)
    after, row = casebook.append(conn, row, Case(), events, signature)
    obligation_rows.add(conn, case_id, after.obligations)
    row = summarising.folded_into(row, after, ticks.tick_of(premises, after, {}, rulebook))
    case_summaries.add(conn, row)
    case_words.add(conn, case_id, summarising.found_by(row, said_of))
    casebook.tell(conn, premises, row, after, events, at, book, by.staff_id)
    return row


def _officer_back(conn: Connection, rulebook: Rulebook, at: datetime) -> date | None:
    """The first working day on which an officer is there again; None where nobody knows when."""
    here = rulebook.calendar.start_day(at)
    officers = [one for one in staff.in_list_order(conn) if one.works_on_cases]
    back = [one.absent_until for one in officers]
    if not back:
        return None
    first = min(until + ONE_DAY if until and until >= here else here for until in back)
    return rulebook.calendar.working_on_or_after(first)


def _name_of(named: RespondentNamed, grounds: Grounds) -> str:
    if named.body_id is None:
        return named.name
    body = grounds.bodies.get(named.body_id)
    if body is None:
        raise Refused("The body you chose is no longer on the register. Please choose again.", "respondents")
    return body.name


def _tags(concern: Concern, raiser: KeptRaiser | None) -> tuple[str, ...]:
    raised_for = raiser.person.details.get("on_behalf_of", "") if raiser else ""
    return tags_of(afraid=concern.afraid, adjustments=concern.adjustments, raised_for=raised_for)


def _told(concern: Concern) -> list[tuple[str, str]]:
    """The other answers that are kept as texts, each under the name of its question."""
    return [
        ("happened", concern.happened),
        ("still-happening", concern.still_happening),
        ("closes-what", concern.closes_what),
        ("closes-since", concern.closes_since),
        ("tried", concern.tried),
        ("remedy", concern.remedy_text),
        ("papers", concern.papers),
        ("afraid", concern.afraid),
        ("afraid-why", concern.afraid_text),
        ("adjustments", concern.adjustments),
        ("other-routes", concern.other_routes),
    ]


def _named(named: RespondentNamed) -> tuple[Told, ...]:
    """A body that is not on the register is kept as typed, until an officer matches it."""
    return () if named.body_id else (Told(AS_NAMED, statement(named.name)),)


def _cite(cited: CitedClause, rulebook: Rulebook) -> Cite:
    """The clause in its edition in force; a Code that is not held stands with its paragraph as text."""
    if cited.clause:
        clause = rulebook.codes.cite(cited.clause, cited.edition or None)
        code = rulebook.codes.code(clause.code)
        edition = code.edition(cited.edition or None) if code else None
        return Cite(clause.id, edition.id if edition else "", cited.role)
    return Cite(cited.code, "", cited.role, statement(cited.paragraph or "not named"))
