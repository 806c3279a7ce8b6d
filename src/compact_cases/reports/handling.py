"""Handling as one visitor may see it: who has a conflict of interest, and which office has the concern."""

from dataclasses import dataclass

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.handling import nobody_handles


@dataclass(frozen=True, kw_only=True)
class HandlingShown(Part):
    """``conflicted``: names, for officers only. ``nobody_handles``: the only officer has a conflict."""

    conflicted: tuple[str, ...]
    nobody_handles: bool
    other_office: Said | None
    sent_to_office: Said | None


def handling(ground: Ground, reader: Reader) -> HandlingShown:
    part, at = ground.case.handling, ground.changed_at
    return HandlingShown(
        conflicted=tuple(map(ground.staff_name, part.conflicted)) if reader.is_officer else (),
        nobody_handles=nobody_handles(ground.case),
        other_office=reader.said(part.office, Audience.CASE, at),
        sent_to_office=reader.said(part.sent, Audience.OFFICERS, at),
    )
