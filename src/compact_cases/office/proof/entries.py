"""What a head covers, held against the rows as they are now: what is gone, and what is no longer the same."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.proof.findings import Fault
from compact_cases.office.proof.line import name_of
from compact_cases.records import case_summaries, covered, event_log, letter_seals, statements
from compact_cases.rules.heads import Entry, Head

IN_WORDS = {
    "ledger": "A step in the ledger",
    "letter": "A letter that was sent",
    "erasure": "The record of an erasure",
    "code": "An edition of a Code",
    "procedure": "An edition of the procedure",
    "calendar": "An edition of the calendar",
}


def faults_of(conn: Connection, head: Head, entries: Sequence[Entry]) -> Iterator[Fault]:
    for kind in sorted({one.kind for one in entries}):
        of_kind = [one for one in entries if one.kind == kind]
        now = covered.as_now(conn, kind, of_kind)
        off = [one for one in of_kind if now.get((one.subject, one.position)) != one.digest]
        there = {one.subject for one in off if (one.subject, one.position) in now}
        if off:
            find = _of_cases if kind == covered.CASE else _of_rows
            yield from find(conn, head, off, there)
        if kind == "letter":
            yield from _texts(conn, head, [UUID(subject) for subject, _ in now])


def _of_cases(conn: Connection, head: Head, off: Iterable[Entry], there: set[str]) -> Iterator[Fault]:
    off = list(off)
    ids = [UUID(one.subject) for one in off]
    names, lengths = case_summaries.references(conn, ids), event_log.lengths(conn, ids)
    for one in off:
        case = UUID(one.subject)
        name = names.get(case, f"Case {case}")
        if one.subject in there:
            what = f"Event {one.position} is not the one that {_named(head)} covers"
            yield Fault(name, f"{what}: the log was written anew.")
        elif length := lengths.get(case):
            yield Fault(name, f"{name_of(head)} covers {one.position} events of it; its log has {length}.")
        else:
            yield Fault(name, f"{name_of(head)} covers {one.position} events of it; its log is gone.")


def _of_rows(conn: Connection, head: Head, off: Iterable[Entry], there: set[str]) -> Iterator[Fault]:
    names = covered.references(conn, off)
    for one in off:
        what = f"{IN_WORDS.get(one.kind, 'A row')} ({one.subject})"
        how = "is not as it was when this head covered it" if one.subject in there else "is gone"
        where = f", in {names[one.subject]}," if one.subject in names else ""
        yield Fault(name_of(head), f"{what}{where} {how}.")


def _texts(conn: Connection, head: Head, ids: Sequence[UUID]) -> Iterator[Fault]:
    """A letter's text is forgotten as a statement is: with an erasure on record."""
    seals = letter_seals.seals(conn, ids)
    gone = [letter for letter, (_, now) in seals.items() if now is None]
    erased = statements.erased(conn, gone) if gone else set()
    for letter, (seal, now) in seals.items():
        if now is None and letter not in erased:
            yield Fault(
                name_of(head), f"The text of letter {letter} is missing, and no erasure is on record."
            )
        elif now is not None and now != seal:
            yield Fault(name_of(head), f"The text of letter {letter} is not the one that was sent.")


def _named(head: Head) -> str:
    name = name_of(head)
    return name[0].lower() + name[1:]
