"""A concern as its raiser sends it: the answers of the form, and what may be wrong with them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from compact_cases.rules.choices import AFRAID as AFRAID
from compact_cases.rules.choices import CHANNELS as CHANNELS
from compact_cases.rules.choices import FEARS as FEARS
from compact_cases.rules.choices import KINDS as KINDS
from compact_cases.rules.choices import REMEDIES as REMEDIES
from compact_cases.rules.choices import SECTORS as SECTORS
from compact_cases.rules.choices import STILL_HAPPENING as STILL_HAPPENING
from compact_cases.rules.writing import problem_with


class Confidentiality(StrEnum):
    OPEN = "open"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class LinkRole(StrEnum):
    """Why a clause is cited. Stored names."""

    NOT_MET = "not-met"
    SUPPORTING = "supporting"


@dataclass(frozen=True)
class Raiser:
    """The group that raises it and the person to reach; left out altogether when anonymous."""

    name: str  # the group or organisation
    kind: str  # one of rules.codes/bodies kinds: community-group, vcs-organisation, ...
    area: str = ""
    body_id: UUID | None = None  # on the register, when it was looked up
    person: str = ""
    role: str = ""
    authority: str = ""  # "yes, the committee agreed" or the like, in their words
    email: str = ""
    phone: str = ""
    post: str = ""
    best_times: str = ""
    second_name: str = ""
    second_reach: str = ""
    on_behalf_of: str = ""  # a proxy names the group it raises this for


@dataclass(frozen=True)
class RespondentNamed:
    """A body from the register, or the name of one as typed with the sector the raiser thinks it is of."""

    body_id: UUID | None = None
    name: str = ""
    sector: str = ""  # public-sector, vcs, community-groups, or empty: not known


@dataclass(frozen=True)
class CitedClause:
    """A clause of a held Code by id, or a paragraph, as typed, of a Code whose text is not held yet."""

    clause: str = ""  # "community-groups/5.3"
    edition: str = ""  # filled in by reception: the edition in force
    role: LinkRole = LinkRole.NOT_MET
    code: str = ""  # for a Code not held
    paragraph: str = ""


@dataclass(frozen=True)
class Concern:
    """Everything the form asks. Text fields are as typed, newlines kept, outer white space removed."""

    raiser: Raiser | None  # None: anonymous
    respondents: tuple[RespondentNamed, ...]  # one or two
    account: str
    confidentiality: Confidentiality = Confidentiality.OPEN
    happened: str = ""  # when, in their words
    still_happening: str = ""  # yes, no, not-sure or empty
    closes_on: date | None = None
    closes_what: str = ""
    closes_since: str = ""  # of a day that is past: whether it was extended, and what harm followed
    clauses: tuple[CitedClause, ...] = ()  # empty: "not sure"
    tried: str = ""
    remedies: tuple[str, ...] = ()
    remedy_text: str = ""
    papers: str = ""  # "I have papers": what they are
    afraid: str = ""  # afraid of consequences: no, a-little, yes
    afraid_text: str = ""
    adjustments: str = ""
    other_routes: str = ""
    channel: str = "web"  # web, api, phone, meeting, paper
    filled_by: UUID | None = None  # the officer who typed it in for someone


def tags_of(*, afraid: str, adjustments: str, raised_for: str) -> tuple[str, ...]:
    """What an officer must see at once of a concern, by the names under which lists keep it."""
    asked = {"afraid": afraid in FEARS, "adjustment": bool(adjustments), "for-another": bool(raised_for)}
    return tuple(name for name, is_so in asked.items() if is_so)


FAST_TRACK = "fast-track"


def with_fast_track(tags: tuple[str, ...], is_on: bool) -> tuple[str, ...]:
    """The same, and whether the case is on the fast track, which its log says."""
    others = tuple(one for one in tags if one != FAST_TRACK)
    return (FAST_TRACK, *others) if is_on else others


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field, as a sentence that says what to do."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Receipt:
    """What the raiser is given back. ``return_code`` is None once it may no longer be shown."""

    concern_id: UUID
    references: tuple[str, ...]
    return_code: str | None
    secret: str  # the address part of /concerns/receipts/{secret}
    acknowledge_due: date
    problems: tuple[Problem, ...] = field(default=())


# --- what may be wrong with it: one list of sentences for the form and for the API ---

ACCOUNT_AT_MOST = 20_000
TEXT_AT_MOST = 5_000
LINE_AT_MOST = 200
CLAUSES_AT_MOST = 5
YEARS_EITHER_WAY = 5  # of a date that closes something: further off it is a slip of the finger
LONG_TEXTS = (
    "happened",
    "closes_what",
    "closes_since",
    "tried",
    "remedy_text",
    "papers",
    "afraid_text",
    "adjustments",
)
MailCheck = Callable[[str], str]
"""What is wrong with an e-mail address, as a sentence; empty for a good one. Known above the rules."""


def problems(
    concern: Concern,
    today: date | None = None,
    clauses: Collection[str] | None = None,
    codes: Collection[str] | None = None,
    mail: MailCheck | None = None,
) -> list[Problem]:
    """Everything wrong with a concern, in the order of the form; empty when it can be sent.

    ``clauses`` and ``codes`` are the ids we know, ``mail`` what is wrong with an e-mail address; a check is
    left out where what it needs is None.
    Fields are named as in the API: ``raiser.email``, ``respondents.0.name``, ``clauses.1.clause``.
    """
    found = [
        *_identity(concern, mail),
        *_respondents(concern),
        *_text(
            "account", concern.account, ACCOUNT_AT_MOST, "Please tell us what happened, in your own words."
        ),
        *_answers(concern, today),
        *_cited(concern, clauses, codes),
    ]
    first_of_each = {problem.field: problem for problem in reversed(found)}
    return [problem for problem in found if first_of_each[problem.field] is problem]


def _identity(concern: Concern, mail: MailCheck | None) -> Iterator[Problem]:
    raiser = concern.raiser
    if concern.confidentiality is Confidentiality.ANONYMOUS:
        if raiser is not None:
            yield Problem("raiser", "Please leave out who raises it, or choose another way than anonymous.")
        return
    if raiser is None:
        yield Problem("raiser", "Please say who raises this concern, or choose to stay anonymous.")
        return
    yield from _line("raiser.name", raiser.name, "Please give the name of your group.")
    if raiser.kind not in KINDS:
        yield Problem("raiser.kind", "Please say what kind of group it is.")
    yield from _line("raiser.person", raiser.person, "Please give your name.")
    for name in ("area", "role", "on_behalf_of", "phone", "best_times", "second_name", "second_reach"):
        yield from _line(f"raiser.{name}", getattr(raiser, name))
    yield from _text("raiser.authority", raiser.authority, TEXT_AT_MOST)
    yield from _text("raiser.post", raiser.post, TEXT_AT_MOST)
    if not (raiser.email or raiser.phone or raiser.post):
        yield Problem("raiser.email", "Please give at least one way to reach you: e-mail, phone or post.")
    if mail and raiser.email and (wrong := mail(raiser.email)):
        yield Problem("raiser.email", wrong)
    if raiser.phone and sum(sign.isdigit() for sign in raiser.phone) < 6:
        yield Problem("raiser.phone", "Please give the whole phone number, like 01452 555 010.")


def _respondents(concern: Concern) -> Iterator[Problem]:
    named = concern.respondents
    if not named:
        yield Problem("respondents.0.name", "Please say which body your concern is about.")
    if len(named) > 2:
        yield Problem("respondents", "Please name at most two bodies. Raise the others apart.")
    for number, respondent in enumerate(named):
        if respondent.body_id is None:
            missing = "Please give the name of the body."
            yield from _line(f"respondents.{number}.name", respondent.name, missing)
        if respondent.sector and respondent.sector not in SECTORS:
            sectors = ", ".join(SECTORS)
            yield Problem(f"respondents.{number}.sector", f"Please choose one of: {sectors}.")
    ours = concern.raiser.body_id if concern.raiser else None
    if ours and any(respondent.body_id == ours for respondent in named):
        yield Problem(
            "respondents.0.name", "A group cannot raise a concern about itself. Please check the name."
        )
    marks = [respondent.body_id or " ".join(respondent.name.casefold().split()) for respondent in named]
    if len(marks) == 2 and marks[0] == marks[1]:
        yield Problem("respondents.1.name", "This is the same body twice. Please leave the second one empty.")


def _answers(concern: Concern, today: date | None) -> Iterator[Problem]:
    for name in (*LONG_TEXTS, "other_routes"):
        yield from _text(name, getattr(concern, name), TEXT_AT_MOST)
    for name, options in (("still_happening", STILL_HAPPENING), ("afraid", AFRAID)):
        if (answer := getattr(concern, name)) and answer not in options:
            yield Problem(name, f"Please choose one of: {', '.join(options)}.")
    if concern.closes_on and today and abs(concern.closes_on.year - today.year) > YEARS_EITHER_WAY:
        yield Problem("closes_on", "Please check the year of this date.")
    if unknown := [remedy for remedy in concern.remedies if remedy not in REMEDIES]:
        yield Problem("remedies", f"{unknown[0][:40]!r} is not one of the answers: {', '.join(REMEDIES)}.")
    if "none" in concern.remedies and len(concern.remedies) > 1:
        yield Problem("remedies", "Please tick either “Nothing” or the others, not both.")
    if concern.channel not in CHANNELS:
        yield Problem("channel", f"Please choose one of: {', '.join(CHANNELS)}.")


def _cited(
    concern: Concern, clauses: Collection[str] | None, codes: Collection[str] | None
) -> Iterator[Problem]:
    if len(concern.clauses) > CLAUSES_AT_MOST:
        yield Problem(
            "clauses", f"Please choose at most {CLAUSES_AT_MOST} undertakings, those that matter most."
        )
    ids = [cited.clause for cited in concern.clauses if cited.clause]
    if len(ids) != len(set(ids)):
        yield Problem("clauses", "An undertaking stands there twice. Please leave one of them out.")
    for number, cited in enumerate(concern.clauses):
        place = f"clauses.{number}"
        if cited.clause and clauses is not None and cited.clause not in clauses:
            yield Problem(
                f"{place}.clause",
                f"{cited.clause[:60]!r} is not an undertaking; write it like community-groups/8.2.",
            )
        if not cited.clause and codes is not None and cited.code not in codes:
            yield Problem(f"{place}.code", "Please name a Code of the Compact.")
        yield from _text(f"{place}.paragraph", cited.paragraph, TEXT_AT_MOST)


def _line(name: str, text: str, missing: str = "") -> Iterator[Problem]:
    return _text(name, text, LINE_AT_MOST, missing, lines=False)


def _text(name: str, text: str, most: int, missing: str = "", *, lines: bool = True) -> Iterator[Problem]:
    if missing and not text.strip():
        yield Problem(name, missing)
    if len(text) > most:
        yield Problem(name, f"This has {len(text):,} characters. Please shorten it to {most:,} or fewer.")
    if wrong := problem_with(text, lines=lines):
        yield Problem(name, wrong)
