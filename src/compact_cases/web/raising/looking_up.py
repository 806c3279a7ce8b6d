"""Looking things up inside the form, without JavaScript: a body by its name, an undertaking by its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import bodies
from compact_cases.rules.bodies import folded
from compact_cases.rules.clause_search import search_clauses
from compact_cases.rules.codes import Clause, Code, OwedBy
from compact_cases.rules.plain_words import PlainWords
from compact_cases.web.frame.forms import Form
from compact_cases.web.raising.questions import TYPED

MOST_MATCHES = 6
MOST_FOUND = 8
EXAMPLES = ("time to answer", "grants", "small groups")
BODIES_ASKED_ON = {"group": "raiser", "about": "respondents-0", "second": "respondents-1"}
PROMISED_BY = {
    OwedBy.JOINT: "Both sides promised this",
    OwedBy.PUBLIC_SECTOR: "The public sector promised this",
    OwedBy.COMMUNITY_GROUPS: "Community groups promised this",
    OwedBy.VCS: "The voluntary and community sector promised this",
}


@dataclass(frozen=True)
class Match:
    """A body of the register that the typed name may mean."""

    id: str
    name: str
    about: str


def matches_for(conn: Connection, form: Form, prefix: str) -> list[Match]:
    """Bodies whose name is like the one typed under ``prefix``, the likeliest first."""
    name = form.one(f"{prefix}-name").strip()
    if not name:
        return []
    found = bodies.search(conn, name, MOST_MATCHES)
    return [Match(str(body.id), body.name, _about(body.area, body.signed_on is not None)) for body in found]


def is_clear(premises: Premises, page: str, form: Form) -> bool:
    """Whether the look-up of a page, where it has one, has its answer; a choice not made is a problem."""
    prefix = BODIES_ASKED_ON.get(page)
    if prefix is None:
        return True
    with premises.engine.connect() as conn:
        matches = matches_for(conn, form, prefix)
    if settled(form, prefix, matches):
        return True
    if form.one(f"{prefix}-asked") == form.one(f"{prefix}-name"):
        form.refuse(f"{prefix}-pick", "Please choose one of these, or “None of these”.")
    return False


def settled(form: Form, prefix: str, matches: list[Match]) -> bool:
    """Whether it is clear whom the typed name means; an only match of the very same name is taken."""
    name = form.one(f"{prefix}-name")
    if not name.strip():
        return True
    picked = form.one(f"{prefix}-pick") if form.one(f"{prefix}-asked") == name else ""
    if picked == TYPED:
        return True
    meant = [match for match in matches if match.id == picked or folded(match.name) == folded(name)]
    if len(meant) == 1:
        _settle(form, prefix, meant[0].id, meant[0].name)
        return True
    if not matches and prefix == "raiser":
        _settle(form, prefix, TYPED, name)
        return True
    return False


def _settle(form: Form, prefix: str, pick: str, name: str) -> None:
    """The name of the register takes the place of what was typed."""
    for box, value in (("pick", pick), ("asked", name), ("name", name)):
        form.typed[f"{prefix}-{box}"] = [value]


@dataclass(frozen=True)
class Choice:
    """An undertaking to tick."""

    id: str
    words: str
    about: str


@dataclass(frozen=True)
class Undertakings:
    """The page of undertakings: each stands in one place only, so that a tick means one thing."""

    chosen: list[Choice]
    found: list[Choice]
    shelves: list[tuple[str, list[Choice]]]
    not_held: list[tuple[str, str]]
    examples: list[str]


def undertakings(conn: Connection, form: Form, plain: PlainWords) -> Undertakings:
    codes = library.codes_held(conn)
    every = {clause.id: (code, clause) for code in codes.codes for clause in _clauses(code)}
    chosen = [one for one in dict.fromkeys(form.all("clauses")) if one in every]
    asked = form.one("q").strip()
    matches = search_clauses(codes, asked, MOST_FOUND, plain) if asked else []
    found = [clause.id for clause in matches if clause.id not in chosen]
    taken = {*chosen, *found}
    shelves = [
        (code.title, [_choice(code, clause) for clause in _clauses(code) if clause.id not in taken])
        for code in codes.codes
        if code.in_force
    ]
    return Undertakings(
        [_choice(*every[one]) for one in chosen],
        [_choice(*every[one]) for one in found],
        shelves,
        [(code.slug, code.title) for code in codes.codes if not code.in_force],
        [one for one in EXAMPLES if search_clauses(codes, one, 1, plain)],
    )


def clause_words(conn: Connection, ids: Iterable[str]) -> list[str]:
    """The chosen undertakings as lines of the summary; one that we do not know stands with its id."""
    codes = library.codes_held(conn)
    lines = []
    for one in ids:
        clause, code = codes.clause(one), codes.code(one.partition("/")[0])
        lines.append(f"{code.title} {clause.label}: {clause.text}" if clause and code else one)
    return lines


def code_title(conn: Connection, slug: str) -> str:
    code = library.codes_held(conn).code(slug)
    return code.title if code else slug


def known(conn: Connection) -> tuple[set[str], set[str]]:
    """The ids of all undertakings held, and the names of all Codes."""
    codes = library.codes_held(conn)
    ids = {clause.id for code in codes.codes for clause in _clauses(code)}
    return ids, {code.slug for code in codes.codes}


def _clauses(code: Code) -> list[Clause]:
    return [
        one for clause in (code.in_force.clauses if code.in_force else ()) for one in (clause, *clause.parts)
    ]


def _choice(code: Code, clause: Clause) -> Choice:
    return Choice(clause.id, clause.text, f"{code.title} {clause.label}. {PROMISED_BY[clause.owed_by]}.")


def _about(area: str, signed: bool) -> str:
    return ". ".join(part for part in (area, "Has signed the Compact" if signed else "") if part)
