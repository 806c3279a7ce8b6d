"""Senior review as one visitor may see it: who convenes it, when the leads meet, what came of it."""

from dataclasses import dataclass
from datetime import date

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.onward import is_further_on


@dataclass(frozen=True, kw_only=True)
class ReviewShown(Part):
    """``review``: none, open or over. ``convened_elsewhere`` names the other office that convenes it."""

    review: str
    meet_by: date | None
    convened_elsewhere: Said | None
    did_not_meet: bool


def review(ground: Ground, reader: Reader) -> ReviewShown:
    part, at = ground.case.review, ground.changed_at
    state = ("open" if is_further_on(ground.case) else "over") if part.was_opened else "none"
    return ReviewShown(
        review=state,
        meet_by=part.meet_by,
        convened_elsewhere=reader.said(part.elsewhere, Audience.CASE, at),
        did_not_meet=part.did_not_meet,
    )
