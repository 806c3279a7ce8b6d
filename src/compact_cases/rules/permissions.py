"""Who is asking, and which routes need which permission."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from compact_cases.rules.seats import CASE_STAFF, IN_A_ROOM, RAISING, RESPONDING, Seat, Side


@dataclass(frozen=True)
class Visitor:
    """Who is asking: a member of staff, a party of one case, the system itself, or nobody known.

    ``bodies``: those for which a member of staff works, with those that follow or lead them. A board chair
    who looks after a case is an officer in that one, ``case_id``, alone. ``declared``: they have said of
    the case that they ask for that they have no conflict of interest there.
    """

    seat: Seat
    staff_id: UUID | None = None
    person_id: UUID | None = None
    concern_id: UUID | None = None
    case_id: UUID | None = None
    name: str = ""
    bodies: frozenset[UUID] = frozenset()
    declared: bool = False

    @property
    def is_officer(self) -> bool:
        return self.seat in CASE_STAFF and self.staff_id is not None

    @property
    def is_to_declare(self) -> bool:
        """Whether they are asked first, before they see anything of the case that they ask for."""
        return self.is_officer and not self.declared

    @property
    def interests(self) -> frozenset[UUID]:
        """What bars them from a case: they are named there, or a body of theirs is."""
        return self.bodies | {self.staff_id} if self.staff_id else frozenset()

    def is_barred(self, barred: Collection[UUID]) -> bool:
        """Whether they have a conflict of interest in the case that bars these."""
        return self.is_staff and not self.interests.isdisjoint(barred)

    @property
    def is_staff(self) -> bool:
        return self.staff_id is not None

    @property
    def is_chair(self) -> bool:
        return self.seat is Seat.CHAIR

    @property
    def is_raiser(self) -> bool:
        return self.seat in RAISING

    @property
    def is_respondent(self) -> bool:
        return self.seat in RESPONDING

    @property
    def is_independent(self) -> bool:
        """A mediator, or a member of a panel: of neither side."""
        return self.seat.side is Side.INDEPENDENT


NOBODY = Visitor(Seat.PUBLIC)
SYSTEM = Visitor(Seat.SYSTEM)


class Permission(StrEnum):
    """What a route asks of its visitor; every route declares one."""

    PUBLIC = "public"  # anybody
    STAFF = "staff"  # any signed-in member of staff
    OFFICER = "officer"  # those who may read cases and manage them
    OVERDUE = "overdue"  # officers and the chair: dates, stages, owners, handlers; no content
    REGISTER = "register"  # officers and the administrator: bodies, people, Codes
    ADMINISTRATOR = "administrator"  # editions of the procedure and closing days, applied to open cases
    PARTY_OR_OFFICER = (
        "party-or-officer"  # one case: its own parties, officers, and the chair without content
    )
    RAISER = "raiser"  # the raiser of this case
    RESPONDENT = "respondent"  # the respondent's contacts of this case
    ROOM = (
        "room"  # those who can be in a mediation of this case; nobody of the office, whatever they may else
    )
    TOKEN = "token"  # noqa: S105 (a bearer token, checked by the API)
    TOKEN_OR_CHAIR = "token-or-chair"  # noqa: S105 (the same, of an act that is the board chair's too)
    METRICS = "metrics"  # loopback or the metrics token


def may_enter(visitor: Visitor, permission: Permission) -> bool:
    """Whether a visitor passes a route's door at all; the case itself is checked behind it."""
    match permission:
        case Permission.PUBLIC | Permission.METRICS:
            return True
        case Permission.STAFF:
            return visitor.is_staff
        case Permission.OFFICER | Permission.TOKEN:
            return visitor.is_officer
        case Permission.OVERDUE | Permission.TOKEN_OR_CHAIR:
            return visitor.is_officer or visitor.is_chair
        case Permission.REGISTER:
            return visitor.is_officer or visitor.seat is Seat.ADMINISTRATOR
        case Permission.ADMINISTRATOR:
            return visitor.seat is Seat.ADMINISTRATOR
        case Permission.PARTY_OR_OFFICER:
            is_party = visitor.case_id is not None or visitor.concern_id is not None
            return visitor.is_officer or is_party or visitor.is_chair
        case Permission.RAISER:
            return visitor.is_raiser
        case Permission.RESPONDENT:
            return visitor.is_respondent
        case Permission.ROOM:
            return visitor.seat in IN_A_ROOM and not visitor.is_staff
