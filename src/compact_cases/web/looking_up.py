"""Looking things up inside the form, without JavaScript: a body by its name, an undertaking by its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from sqlalchemy import Connection

from compact_cases.office import library
from compact_cases.office.premises import Premises
from compact_cases.records import bodies
from compact_cases.rules.bodies import folded
from compact_cases.rules.codes import Clause, Code, Codes, OwedBy
from compact_cases.web.forms import Form
from compact_cases.web.questions import TYPED

MOST_MATCHES = 6
MOST_FOUND = 8
BODIES_ASKED_ON = {"group": "raiser", "about": "respondents-0", "second": "respondents-1"}
PROMISED_BY = {
    OwedBy.JOINT: "Both sides promised this",
    OwedBy.PUBLIC_SECTOR: "The public sector promised this",
    OwedBy.COMMUNITY_GROUPS: "Community groups promised this",
    OwedBy.VCS: "The voluntary and community sector promised this",
}
EMPTY_WORDS = frozenset(
    """a an and are as at be been but by did do for from had has have he her his i if in into is it its me my
    no not of on or our she so that the their them then there they this to too up us was we were what when
    which who will with would you your""".split()  # noqa: SIM905 (a list of sixty quoted words reads worse)
)


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


def undertakings(conn: Connection, form: Form) -> Undertakings:
    codes = library.codes_held(conn)
    every = {clause.id: (code, clause) for code in codes.codes for clause in _clauses(code)}
    chosen = [one for one in dict.fromkeys(form.all("clauses")) if one in every]
    found = [one for one in search(codes, form.one("q")) if one not in chosen]
    taken = {*chosen, *found}
    shelves = [
        (code.title, [_choice(code, clause) for clause in _clauses(code) if clause.id not in taken])
        for code in codes.codes
        if code.newest
    ]
    return Undertakings(
        [_choice(*every[one]) for one in chosen],
        [_choice(*every[one]) for one in found],
        shelves,
        [(code.slug, code.title) for code in codes.codes if not code.newest],
    )


def search(codes: Codes, words: str) -> list[str]:
    """Ids of the undertakings in which the words stand, rare words first; at most eight."""
    wanted = set(_words(words))
    texts = {
        clause: _words(f"{clause.number} {clause.text}") for code in codes.codes for clause in _clauses(code)
    }
    holders = {
        word: [one for one, text in texts.items() if any(_alike(word, other) for other in text)]
        for word in wanted
    }
    scores: dict[Clause, float] = {}
    for holding in holders.values():
        for clause in holding:
            scores[clause] = scores.get(clause, 0.0) + log(1 + len(texts) / len(holding))
    ranked = sorted(scores, key=lambda clause: (-scores[clause], len(clause.text), clause.id))
    return [clause.id for clause in ranked[:MOST_FOUND]]


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
    return [one for clause in (code.newest.clauses if code.newest else ()) for one in (clause, *clause.parts)]


def _choice(code: Code, clause: Clause) -> Choice:
    return Choice(clause.id, clause.text, f"{code.title} {clause.label}. {PROMISED_BY[clause.owed_by]}.")


def _about(area: str, signed: bool) -> str:
    return ". ".join(part for part in (area, "Has signed the Compact" if signed else "") if part)


def _words(text: str) -> list[str]:
    words = "".join(sign if sign.isalnum() or sign == "." else " " for sign in folded(text)).split()
    return [word.strip(".") for word in words if word.strip(".") not in EMPTY_WORDS]


def _alike(word: str, other: str) -> bool:
    """The same word in another form: "consulted" and "consultation", "time" and "timescales"."""
    if min(len(word), len(other)) < 4:
        return word == other
    if word.startswith(other) or other.startswith(word):
        return True
    return len(word) > 6 and len(other) > 6 and word[:6] == other[:6]
