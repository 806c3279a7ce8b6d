"""The bodies of the register: their kinds, the sector each kind gives, and names folded for look-up."""

import re
import unicodedata
from enum import StrEnum

from compact_cases.rules.codes import Clause, Edition, OwedBy


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
    """A name as it is looked up: no marks, no case, no punctuation, single spaces, "and" for "&"."""
    apart = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w]+|_", " ", re.sub(r"['’]", "", plain)).split())
