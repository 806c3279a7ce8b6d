"""The line of heads: each follows from the one before, signed, and is the one that was received outside."""

from collections.abc import Iterator, Sequence

from compact_cases.office.proof import signing
from compact_cases.office.proof.findings import Fault
from compact_cases.rules.heads import NOTHING_BEFORE, Head


def faults_of(
    heads: Sequence[Head], received: Sequence[Head], keys: set[bytes] | None, last_covering: int
) -> Iterator[Fault]:
    """``keys`` are those that this service's heads may have, where they are known."""
    expected, before = 1, None
    for head in heads:
        if head.number != expected:
            yield Fault(f"Head {expected}", "It is missing from the line of heads.")
        else:
            yield from (Fault(name_of(head), one) for one in _follows(head, before))
        expected, before = head.number + 1, head
    if heads and keys is not None and heads[-1].key not in keys:
        yield Fault(name_of(heads[-1]), "Its key is not made from this service's secret key.")
    if last_covering >= expected:
        yield Fault(f"Head {last_covering}", "There is what it covers, and no such head.")
    yield from _as_received(heads, received)


def name_of(head: Head) -> str:
    return f"Head {head.number} of {head.day.day} {head.day:%B %Y}"


def _follows(head: Head, before: Head | None) -> Iterator[str]:
    if head.before != (before.digest if before else NOTHING_BEFORE):
        yield "It does not follow from the head before: one of the two was changed."
    if not signing.is_signed(head, head.key, head.signature):
        yield "Its signature does not hold."
    if before and before.key != head.key and not signing.is_signed(head, before.key, head.old_signature):
        yield "It brings in a new key, and the one before has not signed that."


def _as_received(heads: Sequence[Head], received: Sequence[Head]) -> Iterator[Fault]:
    ours = {one.number: one for one in heads}
    for head in received:
        if not signing.is_signed(head, head.key, head.signature):
            yield Fault(name_of(head), "As it was received it is not signed: it cannot be one that went out.")
        elif head.number not in ours:
            yield Fault(
                name_of(head),
                "It went out and is not among ours: it was taken out, or this is a copy from before it.",
            )
        elif ours[head.number].digest != head.digest:
            yield Fault(name_of(head), "It is not the one that went out: what it covers was changed.")
