"""Who may see what: every piece of content carries one audience, and this page says who is in it.

Source: the procedure, "Who may see and do what". A seat that is not named for an audience does not see it.
"""

from enum import StrEnum

from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, Seat


class Audience(StrEnum):
    """A required field of every statement and page part; stored names, for ever."""

    CASE = "case"  # both sides and the officers: dates, stage, released replies, the agreed text
    RAISER_AND_OFFICERS = "raiser-and-officers"  # the concern as typed, a confidential raiser's identity
    RESPONDENT_AND_OFFICERS = "respondent-and-officers"  # a reply that is not released yet
    OFFICERS = "officers"  # private notes, reasons for clause changes, hand-overs
    MEDIATION = "mediation"  # the mediation room, for a later chapter
    PANEL = "panel"
    PUBLIC = "public"


WHO_SEES: dict[Audience, frozenset[Seat]] = {
    Audience.CASE: RAISING | RESPONDING | CASE_STAFF | frozenset({Seat.PANELLIST}),
    Audience.RAISER_AND_OFFICERS: RAISING | CASE_STAFF,
    Audience.RESPONDENT_AND_OFFICERS: RESPONDING | CASE_STAFF,
    Audience.OFFICERS: CASE_STAFF,
    Audience.MEDIATION: frozenset({Seat.MEDIATOR}),
    Audience.PANEL: frozenset({Seat.PANELLIST, Seat.OFFICER, Seat.SECRETARY}),
    Audience.PUBLIC: frozenset(Seat),
}


def may_see(seat: Seat, audience: Audience) -> bool:
    return seat in WHO_SEES[audience]


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
