"""Fills a migrated database with cases through PostgreSQL's COPY: real events, chains, seals and folds."""

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from multiprocessing import get_context
from uuid import UUID

import psycopg

from bench.prototypes import (
    BODY,
    CHAMPION,
    CONCERN,
    FIRST_SEAL,
    FIRST_STATEMENT,
    OFFICER,
    OTHER,
    RAISER,
    REFERENCE,
    Prototype,
    mark,
    place_of,
    prototype,
    seal_in,
)
from compact_cases.clock import HandClock
from compact_cases.office.casework import summarising
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.registry import library
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import GENESIS, Signature, digest_of
from compact_cases.records.ledger import NOBODY
from compact_cases.rules.bodies import folded
from compact_cases.rules.references import written
from compact_cases.rules.rulebook import Rulebook
from compact_cases.settings import Settings

CHUNK = 2000
WORDS = 100  # each of these words stands in one case of a hundred
LONG_EVERY, LONG_LEAST = 200, 50
LONGEST_CASES = 20
MIXED = (
    ("received", 2), ("received", 5), ("decide", 4), ("decide", 9), ("reply", 9), ("reply", 12),
    ("review", 4), ("review", 17), ("review", 19), ("review", 20), ("actions", 4), ("actions", 10),
)  # fmt: skip
"""Of each kind, and working days ago, so that a step falls on tomorrow."""
DUE_OFFSETS = (13, 11, 10, 8, 5)  # put to the respondent so many working days ago: a step falls on today
FILLER = (
    "The papers came out on a Thursday and were wanted back within eight days, over a holiday. Our members "
    "meet once a month, so nobody could be asked. We wrote to say so and heard nothing until the day after. "
    "Two groups like ours gave up. What was decided will close the service that forty of our people use, "
    "and none of them was asked in a way that they could answer. We would like more time, a reason for the "
    "timetable, and to be told what became of the answers that were sent."
)
COLUMNS = {
    "case_events": "case_id, position, name, body, digest, at, actor_kind, actor, on_behalf_of, command_id,"
    " procedure_edition, calendar_edition",
    "people": "id, role, concern_id, name, post_title, organisation, organisation_kind, area,"
    " shown_as, created_at",
    "contact_points": "id, person_id, kind, address, added_at",
    "concerns": "id, raiser_id, channel, confidentiality, received_at, return_code_hmac, receipt_hash",
    "statements": "id, concern_id, kind, audience, text, salt, at",
    "obligations": "case_id, name, item, cycle, owner, owed_to, opened_at, started_on, limit_days, due,"
    " pause, paused_since, pause_reason, days_left, pause_ends, ended_at, ended_how, agreed, handled_to",
    "ledger": "id, case_id, obligation, item, cycle, step, step_day, person_id, seat, outcome, decided_at",
    "case_summaries": ", ".join(CaseRow.__dataclass_fields__),
    "case_words": "case_id, is_open, words",
}


@dataclass(frozen=True)
class Register:
    """Whom the seeded cases are about, and who works on them."""

    bodies: tuple[tuple[UUID, str, UUID], ...]  # id, name, its champion
    officers: tuple[UUID, UUID]


@dataclass(frozen=True)
class Share:
    """What one process stores: cases ``first`` to ``last``; those below ``due`` have a step due today,
    the ``mixed`` ones after them are of all kinds, with a step tomorrow."""

    settings: Settings
    now: datetime
    register: Register
    first: int
    last: int
    due: int
    mixed: int
    long: int


def seed(
    settings: Settings, now: datetime, register: Register, cases: int, due: int, mixed: int = 0
) -> Iterator[int]:
    """Store ``cases`` cases; yields how many are stored so far. Ends with fresh statistics."""
    long = max(LONG_LEAST, cases // LONG_EVERY)
    starts = range(1, cases + 1, CHUNK)
    shares = [
        Share(settings, now, register, first, min(first + CHUNK - 1, cases), due, mixed, long)
        for first in starts
    ]
    done = 0
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(store, share) for share in shares]):
            done += future.result()
            yield done
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        conn.execute("SELECT setval('case_numbers', %s)", (cases,))
        conn.execute("VACUUM ANALYZE")
        conn.execute("CHECKPOINT")


def store(share: Share) -> int:
    """One chunk in one transaction."""
    writer = _writer(share.settings, share.now)
    rows: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for number in range(share.first, share.last + 1):
        writer.write(rows, number, share)
    with psycopg.connect(share.settings.database_url or "") as conn:
        conn.execute("SET LOCAL synchronous_commit = off")
        for table, columns in COLUMNS.items():
            _copy(conn, f"{table} ({columns})", rows[table])
    return share.last - share.first + 1


def word_of(number: int) -> str:
    """The word by which one case in a hundred is found."""
    return f"hamlet{number % WORDS:02d}"


def kind_of(number: int, share: Share) -> tuple[str, int, bool]:
    """What sort of case a number is: its kind, working days since its anchor, whether a step is due today."""
    if number <= share.due:
        return "reply", DUE_OFFSETS[number % len(DUE_OFFSETS)], True
    number -= share.due
    if number <= share.mixed:
        return *MIXED[number % len(MIXED)], False
    number -= share.mixed
    if number <= share.long:
        return "long", number % 10 + 1, False
    if number <= share.long + LONGEST_CASES:
        return "longest", number % 10 + 1, False
    if number % 2:
        return "closed", number // 2 % 300 + 20, False
    return ("reply" if number % 4 else "decide"), number // 4 % 12 + 1, False


@cache
def _writer(settings: Settings, now: datetime) -> "_Writer":
    return _Writer(open_premises(settings, pool=1, clock=HandClock(now)))


class _Writer:
    """Stamps prototypes into lines for COPY. One for each process."""

    def __init__(self, premises: Premises) -> None:
        self._premises = premises
        with premises.engine.connect() as conn:
            self._rulebook: Rulebook = library.current_rulebook(conn)
        self._known: dict[tuple[str, int, bool], Prototype] = {}

    def write(self, rows: dict[str, list[str]], number: int, share: Share) -> None:
        one = self._prototype(*kind_of(number, share))
        case_id, ids = new_id(), [new_id() for _ in range(one.marks)]
        body, respondent, ids[CHAMPION] = share.register.bodies[number % len(share.register.bodies)]
        ids[BODY], (ids[OFFICER], ids[OTHER]) = body, share.register.officers
        salt, account = secrets.token_bytes(16), f"In {word_of(number)} we were not asked in time. {FILLER}"
        values = [str(one) for one in ids]
        values[REFERENCE] = reference_of(one, number)
        values += [""] * (FIRST_SEAL + FIRST_STATEMENT - len(values))
        values += _seals(one, ids, salt, account)
        head = _events(rows["case_events"], one, case_id, ids, values)
        _party(rows, one, number, values)
        _texts(rows["statements"], one, values, salt, account)
        _owed(rows, one, case_id)
        row = _summary(one, number, case_id, values, head, respondent)
        rows["case_summaries"].append("\t".join(map(_plain, vars(row).values())) + "\n")
        words = folded(summarising.found_by(row, account))
        rows["case_words"].append(f"{case_id}\t{row.closed_at is None}\t{words}\n")

    def _prototype(self, kind: str, ago: int, due: bool) -> Prototype:
        if (kind, ago, due) not in self._known:
            anchor: date = self._rulebook.calendar.minus(self._premises.clock.today(), ago)
            made = prototype(kind, anchor, self._premises, self._rulebook, due=due)
            self._known[kind, ago, due] = made
        return self._known[kind, ago, due]


def _events(rows: list[str], one: Prototype, case_id: UUID, ids: list[UUID], values: Sequence[str]) -> bytes:
    head, position = GENESIS, 0
    procedure, calendar = one.row.procedure_edition, one.row.calendar_edition
    for act in one.acts:
        actor = ids[act.actor] if act.actor is not None else None
        behalf = ids[act.on_behalf_of] if act.on_behalf_of is not None else None
        signature = Signature(act.actor_kind, actor, behalf, new_id(), act.at, procedure, calendar)
        people = f"{act.actor_kind}\t{actor or _NULL}\t{behalf or _NULL}"
        who = f"{act.at.isoformat()}\t{people}\t{signature.command_id}"
        for name, stamp in act.events:
            position += 1
            text = stamp.filled(values)
            head = digest_of(head, case_id, position, name, text, signature)
            rows.append(
                f"{case_id}\t{position}\t{name}\t{text}\t\\\\x{head.hex()}\t{who}\t{procedure}\t{calendar}\n"
            )
    return head


def _party(rows: dict[str, list[str]], one: Prototype, number: int, values: Sequence[str]) -> None:
    at, raiser, concern = one.row.received_at.isoformat(), values[RAISER], values[CONCERN]
    group = _group(number)
    rows["people"].append(
        f"{raiser}\traiser\t{concern}\tSue Barlow {number}\tsecretary"
        f"\t{group}\tcommunity-group\tStroud\t{group}\t{at}\n"
    )
    rows["contact_points"].append(f"{new_id()}\t{raiser}\temail\tgroup{number}@groups.example\t{at}\n")
    keys = (secrets.token_hex(32), secrets.token_hex(32))
    rows["concerns"].append(f"{concern}\t{raiser}\tweb\topen\t{at}\t\\\\x{keys[0]}\t\\\\x{keys[1]}\n")


def _texts(rows: list[str], one: Prototype, values: Sequence[str], salt: bytes, account: str) -> None:
    concern = values[CONCERN]
    for slot, (said, at) in enumerate(one.statements):
        text, salted = (account, salt) if slot == 0 else (said.text, said.salt)
        assert said.kept
        rows.append(
            f"{values[place_of(said)]}\t{concern}\t{said.kept.kind}\t{said.kept.audience.value}\t{text}"
            f"\t\\\\x{salted.hex()}\t{at.isoformat()}\n"
        )


def _seals(one: Prototype, ids: Sequence[UUID], salt: bytes, account: str) -> list[str]:
    """The seal of each statement in its order; the first is the account."""
    texts = [(said.text, said.salt) for said, _ in one.statements]
    texts[0] = (account, salt)
    return [
        seal_in(said, ids[place_of(said)], salted, text)
        for (said, _), (text, salted) in zip(one.statements, texts, strict=True)
    ]


def _owed(rows: dict[str, list[str]], one: Prototype, case_id: UUID) -> None:
    """What is owed, and in the ledger how far a sweep has come with it."""
    at = one.row.changed_at
    for owed in one.case.obligations:
        values = obligation_rows._values(case_id, owed)
        handled = one.handled.get(owed.key)
        rows["obligations"].append(_line((*values.values(), handled)))
        if handled:
            step = ("the last before", handled, NOBODY, owed.owner.value, "superseded", at)
            rows["ledger"].append(_line((new_id(), case_id, *owed.key, *step)))


def _line(values: Iterable[object]) -> str:
    return "\t".join(map(_plain, values)) + "\n"


def _summary(
    one: Prototype,
    number: int,
    case_id: UUID,
    values: Sequence[str],
    head: bytes,
    respondent: str,
) -> CaseRow:
    group = _group(number)
    return replace(
        one.row,
        case_id=case_id,
        reference=reference_of(one, number),
        concern_id=UUID(values[CONCERN]),
        head=head,
        raiser_id=UUID(values[RAISER]),
        raiser_label=group,
        raiser_shown=group,
        respondent_id=UUID(values[BODY]),
        barred=(UUID(values[BODY]),),  # whoever works for it; no officer of these has a conflict
        respondent_label=respondent,
        officer_id=UUID(values[OTHER if one.case.intake.officer == mark(OTHER) else OFFICER]),
    )


_NULL = "\\N"


def _plain(value: object) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, tuple):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def reference_of(one: Prototype, number: int) -> str:
    return written("GC", one.row.received_at.year, number)


def _group(number: int) -> str:
    return f"Elmfield Tenants {number}"


def _copy(conn: psycopg.Connection[tuple[object, ...]], where: str, lines: Sequence[str]) -> None:
    with conn.cursor().copy(f"COPY {where} FROM STDIN") as copy:
        copy.write("".join(lines))
