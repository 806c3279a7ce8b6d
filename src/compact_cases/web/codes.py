"""The pages of the Codes: all of them, one Code, one undertaking with who owes it and what rests on it."""

import re
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.rules.bodies import BodyKind, sectors_of
from compact_cases.rules.clause_search import search_clauses
from compact_cases.rules.codes import Clause, Code, Codes, Edition, OwedBy, Section
from compact_cases.rules.permissions import Permission
from compact_cases.rules.refusals import NotFound

Words = Annotated[str, QueryParameter(name="q", max_length=200)]
EditionNamed = Annotated[str | None, QueryParameter(name="edition", max_length=40)]
PUBLIC = {"permission": Permission.PUBLIC}


@get("/codes", opt=PUBLIC, sync_to_thread=True)
def all_codes(premises: NamedDependency[Premises], words: Words = "") -> Template:
    with reading(premises.engine) as conn:
        codes = library.codes_held(conn)
    plain = premises.settings.office.compact.plain_words
    found = search_clauses(codes, words, plain=plain) if words.strip() else []
    return Template("codes/all.html", context={"codes": codes, "words": words.strip(), "found": found})


@get("/codes/{slug:str}", opt=PUBLIC, sync_to_thread=True)
def one_code(
    premises: NamedDependency[Premises], slug: FromPath[str], edition_id: EditionNamed = None
) -> Template:
    with reading(premises.engine) as conn:
        code = code_named(library.codes_held(conn), slug)
    edition = edition_of(code, edition_id) if code.editions or edition_id else None
    groups = [(section, _of_section(edition, section)) for section in edition.sections] if edition else []
    return Template("codes/code.html", context={"code": code, "edition": edition, "groups": groups})


@get("/codes/{slug:str}/{number:str}", opt=PUBLIC, sync_to_thread=True)
def one_undertaking(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    edition_id: EditionNamed = None,
) -> Template:
    return _undertaking(premises, slug, number, None, edition_id)


@get("/codes/{slug:str}/{number:str}/{letter:str}", opt=PUBLIC, sync_to_thread=True)
def one_sub_point(
    premises: NamedDependency[Premises],
    slug: FromPath[str],
    number: FromPath[str],
    letter: FromPath[str],
    edition_id: EditionNamed = None,
) -> Template:
    return _undertaking(premises, slug, number, letter, edition_id)


def _undertaking(
    premises: Premises, slug: str, number: str, letter: str | None, edition_id: str | None
) -> Template:
    with reading(premises.engine) as conn:
        code = code_named(library.codes_held(conn), slug)
    edition = edition_of(code, edition_id)
    clause = clause_of(edition, number, letter)
    before, after = edition.neighbours(clause)
    return Template(
        "codes/undertaking.html",
        context={
            "code": code,
            "edition": edition,
            "clause": clause,
            "whole": edition.clause(number) if letter else None,
            "before": before,
            "after": after,
            "owing": bodies_that_owe(clause, edition),
            "sections": sections_named_in(clause, edition),
            "query": "" if edition == code.in_force else f"?edition={edition.id}",
        },
    )


def code_named(codes: Codes, slug: str) -> Code:
    if code := codes.code(slug):
        return code
    raise NotFound(f"There is no Code called {slug[:60]!r}. The Codes are listed at /codes.")


def edition_of(code: Code, edition_id: str | None) -> Edition:
    if edition := code.edition(edition_id):
        return edition
    if not code.editions:
        raise NotFound(f"The Code {code.title} is named by the Compact, but its text is not held yet.")
    if edition_id is None:
        raise NotFound(f"The Code {code.title} is not one of this Compact now.")
    raise NotFound(f"There is no edition {edition_id[:40]!r} of the Code {code.title}.")


def clause_of(edition: Edition, number: str, letter: str | None) -> Clause:
    if clause := edition.clause(number, letter):
        return clause
    which = f"{number}/{letter}" if letter else number
    raise NotFound(f"The Code {edition.title} has no undertaking {which[:20]!r}.")


def bodies_that_owe(clause: Clause, edition: Edition) -> list[str]:
    """The kinds of bodies about which a concern may cite this undertaking as not met."""
    kinds = [kind for kind in BodyKind if kind is not BodyKind.PARTNERSHIP]
    if clause.owed_by is not OwedBy.JOINT:
        kinds = [kind for kind in kinds if clause.owed_by in sectors_of(kind, edition)]
    return [kind.words for kind in kinds]


def sections_named_in(clause: Clause, edition: Edition) -> list[Section]:
    """The sections an undertaking points to, as community-groups/5.1 does ("in Section 4 above")."""
    numbers = {int(number) for number in re.findall(r"\bsection (\d+)\b", clause.text, re.IGNORECASE)}
    return [section for section in edition.sections if section.number in numbers]


def _of_section(edition: Edition, section: Section) -> list[Clause]:
    return [clause for clause in edition.clauses if clause.number.partition(".")[0] == str(section.number)]


routes = [all_codes, one_code, one_undertaking, one_sub_point]
