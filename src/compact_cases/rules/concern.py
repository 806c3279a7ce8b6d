"""A concern as its raiser sends it: the answers of the form, complete and checked."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


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
