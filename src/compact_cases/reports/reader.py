"""A visitor's eyes: the one place where every text of a case is let through or held back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from compact_cases.records.statements import Kept
from compact_cases.reports.case_shape import Said
from compact_cases.rules.audience import Audience, may_see
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import CASE_STAFF, RAISING, Seat
from compact_cases.rules.statements import Sealed


class Reader:
    """Lets a text through by the audience that it was kept with, or a wider one that an act gave it since."""

    def __init__(self, visitor: Visitor, kept: Mapping[UUID, Kept], *, agreed: bool = False) -> None:
        """``agreed``: all in a mediation agree that its mediator reads what both sides read."""
        self.role = visitor.seat
        self.is_officer = self.role in CASE_STAFF
        party = "raiser" if self.role in RAISING else "respondent"
        others = {Seat.CHAIR: "chair", Seat.MEDIATOR: "mediator"}.get(self.role, party)
        self.viewpoint = "officer" if self.is_officer else others  # also chair, mediator
        self._kept = kept
        self._reads_both = agreed and self.role is Seat.MEDIATOR

    def sees(self, audience: Audience) -> bool:
        return may_see(self.role, audience) or (self._reads_both and audience is Audience.CASE)

    def said(
        self, sealed: Sealed | None, first: Audience, at: datetime, *, now: Audience | None = None
    ) -> Said | None:
        """The text behind a seal; None when there is none, or none for this visitor.

        ``first`` is the audience it is kept with, used when the row is gone (then the text is None: it was
        removed on request); ``now`` is the audience that a release has widened it to.
        """
        if sealed is None:
            return None
        kept = self._kept.get(sealed.statement)
        audience = now or (kept.audience if kept else first)
        if not self.sees(audience):
            return None
        return Said(kept.text if kept else None, audience, kept.at if kept else at)

    def raw(self, sealed: Sealed | None) -> str | None:
        """A text for our own arithmetic, such as phrases to take out: never for a page."""
        kept = self._kept.get(sealed.statement) if sealed else None
        return kept.text if kept else None
