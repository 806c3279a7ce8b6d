"""The bodies of the register: their kinds, the sector each kind gives, and names folded for look-up."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from compact_cases.rules.codes import Clause, Edition, OwedBy
from compact_cases.rules.concern import LINE_AT_MOST, MailCheck, Problem
from compact_cases.rules.writing import JOINERS, problem_with


class BodyKind(StrEnum):
    """Stored names, for ever."""

    PUBLIC_BODY = "public-body"
    VCS_ORGANISATION = "vcs-organisation"
    INFRASTRUCTURE_ORGANISATION = "infrastructure-organisation"
    COMMUNITY_GROUP = "community-group"
    PARTNERSHIP = "partnership"

    @property
    def words(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS = {
    BodyKind.PUBLIC_BODY: "Public body",
    BodyKind.VCS_ORGANISATION: "Voluntary or community organisation",
    BodyKind.INFRASTRUCTURE_ORGANISATION: "Infrastructure organisation (supports other groups)",
    BodyKind.COMMUNITY_GROUP: "Community group",
    BodyKind.PARTNERSHIP: "Partnership of several bodies",
}
WITHOUT_JOINERS = dict.fromkeys(map(ord, JOINERS))
# The contacts of a body, each of whom may have a deputy.
CONTACT_ROLES = {"champion": "Champion", "senior-lead": "Senior lead", "chief-officer": "Chief officer"}


def sectors_of(
    kind: BodyKind, edition: Edition | None = None, lead: BodyKind | None = None
) -> frozenset[OwedBy]:
    """The sectors in whose name a body of this kind made promises in this edition of a Code.

    A community group is of the VCS too in a Code that has no community groups' section; a partnership is
    of the sector of its lead body, and of none while that is not known.
    """
    match kind:
        case BodyKind.PUBLIC_BODY:
            return frozenset({OwedBy.PUBLIC_SECTOR})
        case BodyKind.VCS_ORGANISATION | BodyKind.INFRASTRUCTURE_ORGANISATION:
            return frozenset({OwedBy.VCS})
        case BodyKind.COMMUNITY_GROUP:
            if edition is None or OwedBy.COMMUNITY_GROUPS in edition.owing_sectors:
                return frozenset({OwedBy.COMMUNITY_GROUPS})
            return frozenset({OwedBy.COMMUNITY_GROUPS, OwedBy.VCS})
        case BodyKind.PARTNERSHIP:
            if lead is None or lead is BodyKind.PARTNERSHIP:
                return frozenset()
            return sectors_of(lead, edition)


def may_owe(clause: Clause, sectors: frozenset[OwedBy]) -> bool:
    """Whether a clause can be cited as not met by a body of these sectors: theirs, or joint."""
    return clause.owed_by is OwedBy.JOINT or clause.owed_by in sectors


def folded(name: str) -> str:
    """A name as it is looked up: no marks, joiners, case or punctuation, single spaces, "and" for "&"."""
    name = name if name.isascii() else name.translate(WITHOUT_JOINERS)
    apart = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = apart if apart.isascii() else "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+|_", " ", re.sub(r"['’]", "", plain)).split())


@dataclass(frozen=True)
class ContactEntry:
    """A contact as entered; an empty name says that nobody holds this place any more."""

    role: str  # of CONTACT_ROLES
    name: str = ""
    email: str = ""
    phone: str = ""
    deputy: bool = False

    @property
    def field(self) -> str:
        return f"{self.role}{'-deputy' if self.deputy else ''}".replace("-", "_")

    @property
    def words(self) -> str:
        return f"{CONTACT_ROLES[self.role].lower()}{'’s deputy' if self.deputy else ''}"


@dataclass(frozen=True)
class BodyEntry:
    """A body as an officer or a line of a file enters it; contacts that are not in it stay as they are."""

    name: str
    kind: str
    area: str = ""
    volunteer_run: bool = False
    signed_on: date | None = None
    lead_body: str = ""  # by name; of a partnership only
    contacts: tuple[ContactEntry, ...] = ()


def entry_problems(entry: BodyEntry, today: date, mail: MailCheck | None = None) -> list[Problem]:
    """Everything wrong with an entry; empty when it can be kept. Fields are named as in the CSV file.

    ``mail`` says what is wrong with an e-mail address; the check is left out without it.
    """
    return [
        *_body_problems(entry, today),
        *(found for one in entry.contacts for found in _contact_problems(one, mail)),
    ]


def _body_problems(entry: BodyEntry, today: date) -> Iterator[Problem]:
    yield from _line("body", entry.name)
    yield from _line("area", entry.area)
    yield from _line("lead_body", entry.lead_body)
    if not folded(entry.name):
        yield Problem("body", "Please give the name of the body.")
    if entry.kind not in tuple(BodyKind):
        yield Problem("kind", f"Please say which kind of body it is: {', '.join(BodyKind)}.")
    if entry.lead_body and entry.kind != BodyKind.PARTNERSHIP:
        yield Problem("lead_body", "Only a partnership has a lead body. Leave this empty.")
    if entry.lead_body and folded(entry.lead_body) == folded(entry.name):
        yield Problem("lead_body", "A partnership cannot lead itself. Name the body that leads it.")
    if entry.signed_on and entry.signed_on > today:
        yield Problem("signed_on", "The day it signed cannot be in the future.")


def _contact_problems(contact: ContactEntry, mail: MailCheck | None) -> Iterator[Problem]:
    for part in ("name", "email", "phone"):
        yield from _line(f"{contact.field}_{part}", getattr(contact, part))
    if (contact.email or contact.phone) and not contact.name:
        yield Problem(f"{contact.field}_name", f"Please give the name of the {contact.words} too.")
    if contact.name and not (contact.email or contact.phone):
        yield Problem(
            f"{contact.field}_email", f"Please give an e-mail address or phone of the {contact.words}."
        )
    if mail and contact.email and (wrong := mail(contact.email)):
        yield Problem(f"{contact.field}_email", wrong)


def _line(field: str, text: str) -> Iterator[Problem]:
    if len(text) > LINE_AT_MOST:
        yield Problem(
            field, f"This has {len(text)} characters. Please shorten it to {LINE_AT_MOST} or fewer."
        )
    if wrong := problem_with(text):
        yield Problem(field, wrong)
