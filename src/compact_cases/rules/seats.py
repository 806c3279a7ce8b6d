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
    RAISERS_LEAD = "raiser/senior-lead"
    RAISERS_CHIEF = "raiser/chief-officer"
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

        ``word``: as procedures, the register and the API write it: ``raiser``, ``champion``. Of the posts
        that both sides have, the respondent's keep the bare word.
        """
        side, _, self.post = stored.partition("/")
        self.side = Side(side)
        self.word = {"raiser/named": "raiser", "raiser/proxy": "proxy"}.get(
            stored, f"raiser-{self.post}" if self.side is Side.RAISER else self.post
        )

    @property
    def spoken(self) -> str:
        """As pages, letters and tasks say it: "senior lead", "board chair"."""
        return spoken(self.word)


class Post(StrEnum):
    """Whom a step of a procedure is for, said from its obligation's owner: both sides may owe the same."""

    OWNER = "owner"
    SENIOR_LEAD = "owner-senior-lead"
    CHIEF_OFFICER = "owner-chief-officer"
    OTHER = "owed-to"  # to whom it is owed

    @property
    def word(self) -> str:
        return self.value


def seat_for(who: "Seat | Post", owner: Seat, to: Seat) -> Seat:
    """The seat that is meant, in an obligation of this owner to that seat."""
    if isinstance(who, Seat):
        return who
    if who is Post.OTHER:
        return to
    if who is Post.OWNER or owner.side not in (Side.RAISER, Side.RESPONDENT):
        return owner
    raising = owner.side is Side.RAISER
    if who is Post.SENIOR_LEAD:
        return Seat.RAISERS_LEAD if raising else Seat.SENIOR_LEAD
    return Seat.RAISERS_CHIEF if raising else Seat.CHIEF_OFFICER


SPOKEN = {
    "raiser-senior-lead": "senior lead of the raiser’s side",
    "raiser-chief-officer": "chief officer of the raiser’s side",
    "co-officer": "co-officer",
    "chair": "board chair",
    "secretary": "panel secretary",
    "panellist": "lead panellist",
}


def spoken(word: str) -> str:
    """A seat's ``word``, as people say it."""
    return SPOKEN.get(word, word.replace("-", " "))


BY_WORD: dict[str, Seat] = {seat.word: seat for seat in Seat}
TOLD_BY_WORD: dict[str, Seat | Post] = {**BY_WORD, **{post.value: post for post in Post}}
"""Whom a step of a procedure may name."""

RAISING = frozenset(seat for seat in Seat if seat.side is Side.RAISER)
IN_PERSON = frozenset({Seat.RAISER, Seat.PROXY})
"""Who raised a concern: what becomes of it is theirs to say, and not their senior lead's."""
RESPONDING = frozenset(seat for seat in Seat if seat.side is Side.RESPONDENT)
CASE_STAFF = frozenset({Seat.OFFICER, Seat.CO_OFFICER, Seat.SECRETARY})
"""Of the office, those who work on cases: not the chair, who reads no content, nor the administrator."""
REACHED = (
    frozenset({Seat.RAISER, Seat.RAISERS_LEAD, Seat.RAISERS_CHIEF})
    | frozenset({Seat.CHAMPION, Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER, Seat.CHAIR, Seat.MEDIATOR})
    | CASE_STAFF
    | frozenset({Seat.PANELLIST})
)
"""To whom letters of a case go."""
IN_A_ROOM = IN_PERSON | frozenset({Seat.CHAMPION, Seat.MEDIATOR})
"""Who can be in a mediation room: those who speak for the two sides, the mediator; nobody of the office."""
EVERYBODY = frozenset({Seat.PUBLIC}) | RAISING | CASE_STAFF
SYSTEM = frozenset({Seat.SYSTEM})
