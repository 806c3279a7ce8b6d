"""Speaking as one visitor may see it: that the raiser's group has ended, and who speaks for it since."""

from dataclasses import dataclass
from datetime import date

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.speaking import waits


@dataclass(frozen=True, kw_only=True)
class SpeakingShown(Part):
    """For the raiser's side and officers: the other side reads nothing here. ``nobody_speaks``: somebody is
    looked for, or was not found.
    """

    group_ended_on: date | None
    group_ended_because: Said | None
    nobody_speaks: bool
    speaks_as: str
    authority: Said | None


def speaking(ground: Ground, reader: Reader) -> SpeakingShown:
    part, at = ground.case.speaking, ground.changed_at
    sees = reader.sees(Audience.RAISER_AND_OFFICERS)
    return SpeakingShown(
        group_ended_on=part.ended_on if sees else None,
        group_ended_because=reader.said(part.words, Audience.OFFICERS, at),
        nobody_speaks=sees and waits(ground.case),
        speaks_as=part.capacity if sees else "",
        authority=reader.said(part.authority, Audience.RAISER_AND_OFFICERS, at),
    )
