"""Seats: on which side of a case somebody sits, and in which post. Owners, letters, permissions name seats.

Side and post are told apart because the same post sits on both sides: each has a senior lead. Source: the
procedure, section 6.
"""

from enum import StrEnum


class Side(StrEnum):
    RAISER = "raiser"
    RESPONDENT = "respondent"
    OFFICE = "office"
    INDEPENDENT = "independent"
    NONE = "none"  # the system itself, and those who are nobody in a case


class Seat(StrEnum):
    """``side/post``. Stored names, for ever."""

    RAISER = "raiser/named"
    PROXY = "raiser/proxy"
    CHAMPION = "respondent/champion"
    SENIOR_LEAD = "respondent/senior-lead"
    CHIEF_OFFICER = "respondent/chief-officer"
    OFFICER = "office/officer"
    CO_OFFICER = "office/co-officer"
    SECRETARY = "office/secretary"
    CHAIR = "office/chair"
    ADMINISTRATOR = "office/administrator"
    MEDIATOR = "independent/mediator"
    PANELLIST = "independent/panellist"
    SYSTEM = "none/system"
    PUBLIC = "none/public"
    ARCHIVE = "none/archive"  # where proofs of the record are kept; nobody sits there

    def __init__(self, stored: str) -> None:
        """Worked out once: a page of the list asks a hundred times, at a microsecond each.

        ``word``: as procedures, the register and the API write it: ``raiser``, ``champion``.
        """
        side, _, self.post = stored.partition("/")
        self.side = Side(side)
        self.word = "raiser" if stored == "raiser/named" else self.post

    @property
    def spoken(self) -> str:
        """As pages, letters and tasks say it: "senior lead", "board chair"."""
        return spoken(self.word)


SPOKEN = {
    "co-officer": "co-officer",
    "chair": "board chair",
    "secretary": "panel secretary",
    "panellist": "lead panellist",
}


def spoken(word: str) -> str:
    """A seat's ``word``, as people say it."""
    return SPOKEN.get(word, word.replace("-", " "))


BY_WORD = {seat.word: seat for seat in Seat}

RAISING = frozenset(seat for seat in Seat if seat.side is Side.RAISER)
RESPONDING = frozenset(seat for seat in Seat if seat.side is Side.RESPONDENT)
CASE_STAFF = frozenset({Seat.OFFICER, Seat.CO_OFFICER, Seat.SECRETARY})
"""Of the office, those who work on cases: not the chair, who reads no content, nor the administrator."""
REACHED = (
    frozenset({Seat.RAISER, Seat.CHAMPION, Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER, Seat.CHAIR}) | CASE_STAFF
)
"""To whom letters of a case go; mediators and panellists have none yet."""
EVERYBODY = frozenset({Seat.PUBLIC}) | RAISING | CASE_STAFF
SYSTEM = frozenset({Seat.SYSTEM})
