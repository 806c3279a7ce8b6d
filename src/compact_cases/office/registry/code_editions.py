"""Editions of the Codes: taking one in, comparing it with what is in force, and choosing what is."""

import re
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from compact_cases.office.premises import Premises
from compact_cases.records import codes as code_records
from compact_cases.records import compact_editions
from compact_cases.rules.code_comparison import Comparison, compared
from compact_cases.rules.code_reader import ReadCode, read_document
from compact_cases.rules.codes import NAMED_CODES, Codes, Edition
from compact_cases.rules.compact import Compact
from compact_cases.rules.refusals import Refused

EDITION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
SHELF_LOCK = 7261991  # one writer at a time on the shelf: two starts at once store an edition once


@dataclass(frozen=True)
class TakenIn:
    """A document that was read, as an edition, beside the edition in force until then.

    ``new`` is False when exactly this document was held already. ``doubt`` says why it takes the place of
    what is in force only where somebody says so; empty where nothing is lost by it.
    """

    read: ReadCode
    edition: Edition
    new: bool
    before: Edition | None
    compared: Comparison
    doubt: str = ""


@dataclass(frozen=True)
class Used:
    """The edition that is in force now, and the one that was."""

    edition: Edition
    before: Edition | None
    compared: Comparison


class NeedsReplace(Refused):
    """A document that would take the place of something; ``taken`` says of what."""

    def __init__(self, taken: TakenIn) -> None:
        super().__init__(taken.doubt)
        self.taken = taken


def import_code(
    premises: Premises,
    document: str,
    code: str | None = None,
    edition: str | None = None,
    *,
    replace: bool = False,
    dry_run: bool = False,
) -> TakenIn:
    """Read a Code, keep it as an edition and put it in force. An edition that is held is never rewritten.

    Raises Refused, and keeps nothing, where it cannot be read; NeedsReplace where another text is in force,
    or the document is of another Compact, and nobody said ``replace``.
    """
    if edition is not None and not EDITION_ID.fullmatch(edition):
        raise Refused("An edition's name has letters, digits, dots and hyphens, like 2026 or 2.1.", "edition")
    compact = premises.settings.office.compact
    read = read_document(document, edition or "", code, compact)
    with premises.engine.begin() as conn:
        alone(conn)
        taken = _offered(conn, read, document, compact)
        if dry_run:
            return taken
        if taken.doubt and not replace:
            raise NeedsReplace(taken)
        if taken.new:
            code_records.store(conn, taken.edition, document, premises.clock.now())
        if taken.before is None or taken.before.id != taken.edition.id:
            code_records.choose(conn, read.edition.code, taken.edition.id, "import", premises.clock.now())
        return taken


def use(premises: Premises, code: str, edition: str) -> Used:
    """Put an edition that is held in force, back and forth. Raises Refused for what is not held."""
    with premises.engine.begin() as conn:
        alone(conn)
        found = held(conn).named(code)
        chosen = found.edition(edition)
        if not found.editions:
            raise Refused(
                f"The text of the Code {found.title} is not held; take it in with codes import.", "code"
            )
        if chosen is None:
            ids = ", ".join(one.id for one in found.editions)
            raise Refused(f"There is no edition {edition!r} of {found.title}. Held: {ids}.", "edition")
        if chosen != found.in_force:
            code_records.choose(conn, found.slug, chosen.id, "use", premises.clock.now())
        return Used(chosen, found.in_force, compared(found.in_force, chosen))


def held(conn: Connection) -> Codes:
    """All Codes with their editions, as the records have them now."""
    named = compact_editions.newest(conn)
    chosen = {code: choice.edition for code, choice in code_records.chosen(conn).items()}
    return Codes.holding(code_records.editions(conn), NAMED_CODES if named is None else named, chosen)


def against(read: ReadCode, codes: Codes, compact: Compact) -> TakenIn:
    """What a document would be beside these Codes, where no records are at hand to know it by its bytes."""
    code = codes.code(read.edition.code)
    before = code.in_force if code else None
    difference = compared(before, read.edition)
    edition = replace(read.edition, id=read.edition.id or next_number(code.editions if code else ()))
    return TakenIn(
        read, edition, not difference.nothing, before, difference, _doubt(read, before, difference, compact)
    )


def next_number(editions: tuple[Edition, ...]) -> str:
    taken = {one.id for one in editions}
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)


def alone(conn: Connection) -> None:
    conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SHELF_LOCK})


def _offered(conn: Connection, read: ReadCode, document: str, compact: Compact) -> TakenIn:
    taken = against(read, held(conn), compact)
    slug = read.edition.code
    if same := code_records.held_as(conn, slug, document):
        taken = replace(taken, edition=replace(read.edition, id=same), new=False)
        if taken.before is None or taken.before.id == same:
            return replace(taken, doubt="")
        known = (
            f"This document is held already, as edition {same}; edition {taken.before.id} is in force. Put "
            f"it in force again with compact-cases codes use {slug} {same}, or with --replace."
        )
        return replace(taken, doubt=known)
    if taken.edition.id in code_records.edition_ids(conn, slug):
        raise Refused(
            f"There is an edition {taken.edition.id} of {slug} with another text; name this one.", "edition"
        )
    return replace(taken, new=True)


def _doubt(read: ReadCode, before: Edition | None, difference: Comparison, compact: Compact) -> str:
    reasons = []
    if not compact.is_called(read.compact):
        reasons.append(f"This document is of the “{read.compact}”, not of the {compact.name}.")
    if before is not None:
        reasons.append(
            f"Edition {before.id} of {before.title} is in force, and this one differs from it: "
            f"{in_numbers(difference)}."
        )
    if not reasons:
        return ""
    safe = " The edition in force stays held, for the cases that cite it." if before else ""
    return f"{' '.join(reasons)} Say --replace if this is meant.{safe}"


def in_numbers(difference: Comparison) -> str:
    """ "2 new, 1 gone, 3 changed"; in words where only what stands around the undertakings differs."""
    if difference.nothing:
        return "no undertaking, only the text around them"
    parts = (("new", difference.new), ("gone", difference.gone), ("changed", difference.changed))
    return ", ".join(f"{len(found)} {word}" for word, found in parts if found)
