"""Relations as one visitor may see them: the cases that this one is linked to, for officers."""

from dataclasses import dataclass

from compact_cases.records.case_summaries import CaseRow
from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.events.relations import Relation

WORDS = {
    ("related", True): "Related to",
    ("related", False): "Related to",
    ("same concern", True): "The same concern as",
    ("same concern", False): "The same concern as",
    ("duplicate of", True): "A duplicate of",
    ("duplicate of", False): "Has as a duplicate",
    ("follow-on", True): "Follows on from",
    ("follow-on", False): "Followed by",
    ("alleged reprisal for", True): "Raised as a reprisal for",
    ("alleged reprisal for", False): "A reprisal for it is raised in",
}


@dataclass(frozen=True)
class LinkShown:
    """``onward``: whether this case is the duplicate, the follow-on, ... ; else the other one is."""

    reference: str
    kind: str
    onward: bool
    in_words: str
    reason: Said | None


@dataclass(frozen=True, kw_only=True)
class RelationsShown(Part):
    linked_cases: tuple[LinkShown, ...]


def relations(ground: Ground, reader: Reader) -> RelationsShown:
    """Its raiser reads of ``same concern`` alone, and only where the other case is theirs too."""
    return RelationsShown(
        linked_cases=tuple(
            LinkShown(
                other.reference,
                one.kind,
                one.onward,
                WORDS[one.kind, one.onward],
                reader.said(one.reason, Audience.OFFICERS, ground.changed_at),
            )
            for one in ground.case.relations.links
            if (other := ground.others.get(one.case)) and _is_shown(one, other, ground, reader)
        )
    )


def _is_shown(one: Relation, other: CaseRow, ground: Ground, reader: Reader) -> bool:
    if reader.is_officer:
        return True
    own = other.raiser_id is not None and other.raiser_id == ground.row.raiser_id
    return reader.viewpoint == "raiser" and one.kind == "same concern" and own
