"""Editions of the procedure that an office takes in: checked, compared with what is in force, and chosen."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.registry.code_editions import alone
from compact_cases.records import procedures
from compact_cases.rules.acts import KNOWN
from compact_cases.rules.procedure import Procedure, ProcedureRefused, read_procedure
from compact_cases.rules.procedure_check import faults
from compact_cases.rules.procedure_comparison import differences
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import as_kept, unseen_in

SHIPPED_PROCEDURE = "default-2026-3.toml"
LONGEST = 200_000  # characters; the one that ships has 3,000


@dataclass(frozen=True)
class TakenIn:
    """A procedure that was read, beside the edition in force; ``new`` is False for one held already."""

    procedure: Procedure
    new: bool
    before: str | None
    differences: tuple[str, ...]


def read(document: str) -> Procedure:
    """A procedure as a file has it. Raises Refused, with everything that is wrong in it, or that would strand
    a case."""
    document = as_kept(document.removeprefix("\ufeff"))
    if len(document) > LONGEST:
        raise Refused(f"This file is longer than {LONGEST:,} characters, which no procedure is.")
    for number, line in enumerate(document.split("\n"), 1):
        if unseen_in(line):
            raise Refused(f"Line {number}: this has hidden characters in it. Type it again without them.")
    try:
        found = read_procedure(tomllib.loads(document), KNOWN)
    except tomllib.TOMLDecodeError as problem:
        raise Refused(f"This file is not TOML: {problem}.") from None
    if wrong := faults(found, shipped()[0].terms):
        raise ProcedureRefused(wrong)
    return found


@cache
def shipped() -> tuple[Procedure, str]:
    """The procedure of this version, and its document."""
    document = (files("compact_cases") / "compact" / "procedure" / SHIPPED_PROCEDURE).read_text(
        encoding="utf-8"
    )
    return read_procedure(tomllib.loads(document), KNOWN), document


def check(premises: Premises, document: str) -> TakenIn:
    """What taking it in would change; keeps nothing. Raises Refused as that would."""
    found = read(document)
    with premises.engine.connect() as conn:
        return _offered(conn, found)


def take_in(premises: Premises, document: str) -> TakenIn:
    """Keep an edition and put it in force: new cases are pinned to it, open ones stay as they are.

    Raises Refused; an edition that is held is never rewritten.
    """
    found = read(document)
    with premises.engine.begin() as conn:
        return keep(conn, premises, found, document)


def keep(conn: Connection, premises: Premises, found: Procedure, document: str) -> TakenIn:
    """The same within a transaction; ``found`` is what was read in the document."""
    alone(conn)
    taken = _offered(conn, found)
    if taken.new:
        procedures.store(conn, found, document, premises.clock.now())
    if taken.before != found.edition:
        procedures.choose(conn, found.edition, "import", premises.clock.now())
    return taken


def use(premises: Premises, edition: str) -> TakenIn:
    """Put an edition that is held in force, back and forth. Raises Refused for what is not held."""
    with premises.engine.begin() as conn:
        alone(conn)
        found = held(conn, edition)
        taken = _offered(conn, found)
        if taken.before != edition:
            procedures.choose(conn, edition, "use", premises.clock.now())
        return taken


def held(conn: Connection, edition: str | None = None) -> Procedure:
    """The edition of this name, or the one in force. Raises Refused."""
    found = procedures.get(conn, edition or procedures.in_force(conn) or "")
    if found is None:
        ids = ", ".join(procedures.edition_ids(conn)) or "none"
        raise Refused(f"There is no procedure edition {edition!r}. Held: {ids}.", "edition")
    return found


def _offered(conn: Connection, found: Procedure) -> TakenIn:
    same = procedures.get(conn, found.edition)
    if same is not None and same != found:
        raise Refused(
            f"The procedure {found.edition!r} is held with other content, to which cases may be pinned. "
            'Give this one a name of its own, in the line edition = "...".'
        )
    in_force = procedures.in_force(conn)
    before = procedures.get(conn, in_force) if in_force else None
    return TakenIn(found, same is None, in_force, differences(before, found) if before else ())
