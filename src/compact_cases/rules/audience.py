"""Who may see what: every piece of content carries one audience, and this page says who is in it.

Source: the procedure, "Who may see and do what". A role that is not named for an audience does not see it.
"""

from enum import StrEnum


class Role(StrEnum):
    """Whose eyes: the party roles of a case, the staff roles, and the public."""

    RAISER = "raiser"
    PROXY = "proxy"
    CHAMPION = "champion"
    SENIOR_LEAD = "senior-lead"
    CHIEF_OFFICER = "chief-officer"
    MEDIATOR = "mediator"
    PANELLIST = "panellist"
    OFFICER = "officer"
    CO_OFFICER = "co-officer"
    SECRETARY = "secretary"
    CHAIR = "chair"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    PUBLIC = "public"


class Audience(StrEnum):
    """A required field of every statement and page part; stored names, for ever."""

    CASE = "case"  # both sides and the officers: dates, stage, released replies, the agreed text
    RAISER_AND_OFFICERS = "raiser-and-officers"  # the concern as typed, a confidential raiser's identity
    RESPONDENT_AND_OFFICERS = "respondent-and-officers"  # a reply that is not released yet
    OFFICERS = "officers"  # private notes, reasons for clause changes, hand-overs
    MEDIATION = "mediation"  # the mediation room, for a later chapter
    PANEL = "panel"
    PUBLIC = "public"


RAISING_SIDE = frozenset({Role.RAISER, Role.PROXY})
RESPONDING_SIDE = frozenset({Role.CHAMPION, Role.SENIOR_LEAD, Role.CHIEF_OFFICER})
CASE_STAFF = frozenset({Role.OFFICER, Role.CO_OFFICER, Role.SECRETARY})

WHO_SEES: dict[Audience, frozenset[Role]] = {
    Audience.CASE: RAISING_SIDE | RESPONDING_SIDE | CASE_STAFF,
    Audience.RAISER_AND_OFFICERS: RAISING_SIDE | CASE_STAFF,
    Audience.RESPONDENT_AND_OFFICERS: RESPONDING_SIDE | CASE_STAFF,
    Audience.OFFICERS: CASE_STAFF,
    Audience.MEDIATION: frozenset({Role.MEDIATOR}),
    Audience.PANEL: frozenset({Role.PANELLIST, Role.OFFICER, Role.SECRETARY}),
    Audience.PUBLIC: frozenset(Role),
}


def may_see(role: Role, audience: Audience) -> bool:
    return role in WHO_SEES[audience]


def in_words(audience: Audience, respondent: str) -> str:
    """How a page says who reads something; ``respondent`` is the body's name."""
    return {
        Audience.CASE: f"The raiser, {respondent} and the Compact officers can read this",
        Audience.RAISER_AND_OFFICERS: "Only the raiser and the Compact officers can read this",
        Audience.RESPONDENT_AND_OFFICERS: f"Only {respondent} and the Compact officers can read this",
        Audience.OFFICERS: "Only the Compact officers can read this",
        Audience.MEDIATION: "Only those in the mediation can read this",
        Audience.PANEL: "Only the panel and the Compact officers can read this",
        Audience.PUBLIC: "Everyone can read this",
    }[audience]
