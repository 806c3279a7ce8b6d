"""The undertakings that a case cites: their text, who owes each, and a word when that is somebody else."""

from dataclasses import dataclass

from compact_cases.records.bodies import Body
from compact_cases.reports.case_shape import Said
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.bodies import KIND_WORDS, may_owe
from compact_cases.rules.case import Case
from compact_cases.rules.codes import NAMED_CODES, Clause, Codes, Edition
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.events.intake import Link


@dataclass(frozen=True)
class Cited:
    """A link as this case has it; ``named`` is how a reply names it.

    ``warning`` says who owes the clause when the respondent does not.
    """

    link: int
    named: str
    clause: str
    title: str
    text: str
    owed_by: str
    role: str
    address: str | None
    edition: str
    paragraph: Said | None = None
    warning: str | None = None


def cited(case: Case, codes: Codes, body: Body | None, reader: Reader) -> tuple[Cited, ...]:
    """Those that the respondent is asked about first, in the order in which they were linked."""
    found = [_cited(link, codes, body, reader, case) for link in case.intake.links]
    return tuple(sorted(found, key=lambda one: one.role != LinkRole.NOT_MET.value))


def title_of(clause: str, edition: str, codes: Codes) -> str:
    """ "Community Groups 5.3", or the Code's name alone where its text is not held."""
    slug, _, rest = clause.partition("/")
    code = codes.code(slug)
    name = code.title if code else NAMED_CODES.get(slug, slug)
    number, _, letter = rest.partition("/")
    return f"{name} {number} ({letter})" if letter else f"{name} {number}".strip()


def owed_by_another(clause: Clause, edition: Edition | None, body: Body | None) -> str | None:
    """A warning that says who promised it, where that is not the body's sector (the procedure, section 2)."""
    sectors = body.sectors(edition) if body else None
    if body is None or not sectors or may_owe(clause, sectors):
        return None
    return (
        f"This was promised by {clause.owed_by.words}, and {body.name} is a {KIND_WORDS[body.kind].lower()}. "
        "It can support the concern, but it is not theirs to have met."
    )


def _cited(link: Link, codes: Codes, body: Body | None, reader: Reader, case: Case) -> Cited:
    clause = codes.clause(link.clause, link.edition or None)
    title, named = title_of(link.clause, link.edition, codes), case.intake.name_of(link)
    first = Audience.RAISER_AND_OFFICERS
    paragraph = reader.said(link.paragraph, first, case.at) if link.paragraph and case.at else None
    if clause is None:
        words = "The text of this Code is not held yet."
        return Cited(
            link.id, named, link.clause, title, words, "", link.role.value, None, link.edition, paragraph
        )
    code = codes.code(clause.code)
    edition = code.edition(link.edition or None) if code else None
    asked = reader.is_officer and link.role is LinkRole.NOT_MET
    warning = owed_by_another(clause, edition, body) if asked else None
    old = code and code.in_force and edition and edition.id != code.in_force.id
    address = f"/codes/{clause.id}" + (f"?edition={link.edition}" if old else "")
    return Cited(
        link.id,
        named,
        clause.id,
        title,
        clause.text,
        clause.owed_by.words,
        link.role.value,
        address,
        link.edition,
        paragraph,
        warning,
    )
