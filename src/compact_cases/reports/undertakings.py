"""The undertakings that a case cites: their text, who owes each, and a word when that is somebody else."""

from collections.abc import Callable

from compact_cases.records.bodies import Body
from compact_cases.reports.case_shape import Answered, Cited, ReplyShown, Said
from compact_cases.reports.names import without
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.bodies import KIND_WORDS, may_owe
from compact_cases.rules.case import Case, Link, Reply
from compact_cases.rules.codes import NAMED_CODES, Codes
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.statements import Sealed

ANSWER_WORDS = {
    "accept": "Accepted",
    "in-part": "Accepted in part",
    "dispute": "Seen differently",
    "not-ours": "Not theirs",
}


def cited(case: Case, codes: Codes, body: Body | None, reader: Reader) -> tuple[Cited, ...]:
    """Those that the respondent is asked about first, in the order in which they were linked."""
    at = case.at
    assert at is not None  # noqa: S101 (a case that is shown has been received)
    found = [_cited(link, codes, body, reader, case) for link in case.links]
    return tuple(sorted(found, key=lambda one: one.role != LinkRole.NOT_MET.value))


def replies(case: Case, codes: Codes, reader: Reader) -> tuple[ReplyShown, ...]:
    """Each reply as this visitor may read it: the raiser once it is released, without what was hidden."""
    return tuple(
        _reply(number, one, case, codes, reader)
        for number, one in enumerate(case.replies)
        if one.released_at is not None or reader.sees(Audience.RESPONDENT_AND_OFFICERS)
    )


def title_of(clause: str, edition: str, codes: Codes) -> str:
    """ "Community Groups 5.3", or the Code's name alone where its text is not held."""
    slug, _, rest = clause.partition("/")
    code = codes.code(slug)
    name = code.title if code else NAMED_CODES.get(slug, slug)
    number, _, letter = rest.partition("/")
    return f"{name} {number} ({letter})" if letter else f"{name} {number}".strip()


def _cited(link: Link, codes: Codes, body: Body | None, reader: Reader, case: Case) -> Cited:
    clause = codes.clause(link.clause, link.edition or None)
    title = title_of(link.clause, link.edition, codes)
    first = Audience.RAISER_AND_OFFICERS
    paragraph = reader.said(link.paragraph, first, case.at) if link.paragraph and case.at else None
    if clause is None:
        words = "The text of this Code is not held yet."
        return Cited(link.clause, title, words, "", link.role.value, None, link.edition, paragraph)
    code = codes.code(clause.code)
    edition = code.edition(link.edition or None) if code else None
    warning = None
    if reader.is_officer and link.role is LinkRole.NOT_MET and body is not None:
        sectors = body.sectors(edition)
        if sectors and not may_owe(clause, sectors):
            kind = KIND_WORDS[body.kind].lower()
            warning = (
                f"This was promised by {clause.owed_by.words}, and {body.name} is a {kind}. "
                "It can support the concern, but it is not theirs to have met."
            )
    old = code and code.newest and edition and edition.id != code.newest.id
    address = f"/codes/{clause.id}" + (f"?edition={link.edition}" if old else "")
    return Cited(
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


def _reply(number: int, one: Reply, case: Case, codes: Codes, reader: Reader) -> ReplyShown:
    released = Audience.CASE if one.released_at is not None else None
    own = Audience.RESPONDENT_AND_OFFICERS
    editions = {link.clause: link.edition for link in case.links}
    whole: Callable[[Sealed | None], Said | None] = lambda sealed: reader.said(  # noqa: E731
        sealed, own, one.at, now=released
    )
    part = _taken_out(one, reader)
    answers = tuple(
        Answered(
            answer.clause,
            title_of(answer.clause, editions.get(answer.clause, ""), codes),
            answer.answer,
            ANSWER_WORDS[answer.answer],
            part(whole(answer.words)),
            whole(answer.words) if reader.is_officer else None,
        )
        for answer in one.answers
    )
    hidden = reader.said(one.hidden, Audience.OFFICERS, one.at)
    return ReplyShown(
        number, one.at, one.released_at, answers, part(whole(one.offer)), part(whole(one.signed)), hidden
    )


def _taken_out(one: Reply, reader: Reader) -> Callable[[Said | None], Said | None]:
    """What the raising side reads of a reply. When the list of phrases is gone, so is the text for them."""
    if reader.viewpoint != "raiser" or one.hidden is None:
        return lambda said: said
    phrases = reader.raw(one.hidden)

    def part(said: Said | None) -> Said | None:
        if said is None or said.text is None:
            return said
        text = None if phrases is None else without(said.text, phrases.splitlines())
        return Said(text, said.audience, said.at)

    return part
