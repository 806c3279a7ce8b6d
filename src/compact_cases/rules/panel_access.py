"""What a member of a panel may open: nothing before they declare, and nothing once they do not sit."""

from compact_cases.rules.case import Case
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.seats import Seat

NOT_ON_IT = (
    "You are not on the panel of this case, so nothing of it is open to you. If you have just told us that "
    "you cannot sit: thank you."
)


def sits_on_it(case: Case, visitor: Visitor) -> None:
    """Raises NotFound for a panellist who does not sit on the panel of this case, or does not any more."""
    if visitor.seat is Seat.PANELLIST and case.panel.member(visitor.person_id) is None:
        raise NotFound(NOT_ON_IT)


def may_read(case: Case, visitor: Visitor) -> bool:
    """Whether a member has said that nothing stands between them and the case."""
    member = case.panel.member(visitor.person_id)
    return member is not None and member.declared
