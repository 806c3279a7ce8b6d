"""Heads: numbered proofs, each over what no earlier one covers; and how one is written in a letter."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

NOTHING_BEFORE = bytes(32)  # what stands for the head before the first
NO_SIGNATURE = b""


@dataclass(frozen=True)
class Head:
    """``root`` is of the Merkle tree over its ``entries`` entries; ``before`` the digest of the head before.

    Where ``key`` is another one than that head's, the old key has signed this one too: ``old_signature``.
    """

    number: int
    day: date
    entries: int
    root: bytes
    before: bytes
    key: bytes
    signature: bytes = NO_SIGNATURE
    old_signature: bytes = NO_SIGNATURE

    @property
    def signed_words(self) -> str:
        return "\n".join(
            [
                f"compact-cases head {self.number}",
                f"day {self.day.isoformat()}",
                f"covers {self.entries}",
                f"root {self.root.hex()}",
                f"before {self.before.hex()}",
                f"key {self.key.hex()}",
            ]
        )

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.signed_words.encode()).digest()

    @property
    def words(self) -> str:
        """As it goes out: no line is longer than the 72 columns of a letter."""
        lines = [self.signed_words, f"signed {_in_two_lines(self.signature)}"]
        if self.old_signature:
            lines.append(f"also {_in_two_lines(self.old_signature)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Entry:
    """One thing that a head covers: a case up to a position, or a row; ``digest`` is of all it says."""

    kind: str
    subject: str
    position: int
    digest: bytes

    @property
    def leaf(self) -> bytes:
        return f"{self.kind} {self.subject} {self.position} {self.digest.hex()}".encode()


def _digits(count: int) -> str:
    """Hexadecimal digits, however a mail program has quoted them or broken their lines."""
    return r"((?:[0-9a-f][\s>]*){" + str(count) + "})"


GAP = r"[\s>]+"
WRITTEN = re.compile(
    GAP.join(
        [
            r"compact-cases head (\d{1,9})",
            r"day (\d{4}-\d\d-\d\d)",
            r"covers (\d{1,12})",
            rf"root[\s>]+{_digits(64)}before",
        ]
    )
    + rf"{GAP}{_digits(64)}key{GAP}{_digits(64)}signed{GAP}{_digits(128)}"
    + rf"(?:also{GAP}{_digits(128)})?"
)


def read_heads(text: str) -> Iterator[Head]:
    """Every head that stands in a text, such as a letter that was forwarded."""
    for found in WRITTEN.finditer(text):
        number, day, entries, *rest = found.groups()
        root, before, key, signature, old = (_bytes(one) for one in rest)
        try:
            yield Head(int(number), date.fromisoformat(day), int(entries), root, before, key, signature, old)
        except ValueError:  # there is no such day, so nothing of ours
            continue


def floors(heads: Sequence[Head]) -> dict[int, date]:
    """For each head but the first, before which day nothing that it covers should be dated.

    That is the day of the head before. One that is ahead of its own was made by a clock that stood wrong,
    and says nothing.
    """
    found: dict[int, date] = {}
    days: list[date] = []
    for head in heads:
        place = bisect_right(days, head.day)
        if place:
            found[head.number] = days[place - 1]
        days.insert(place, head.day)
    return found


def floor_on(heads: Sequence[Head], today: date) -> date | None:
    """The same for what no head covers yet."""
    return max((one.day for one in heads if one.day <= today), default=None)


def _in_two_lines(signature: bytes) -> str:
    written = signature.hex()
    return f"{written[:64]}\n{written[64:]}"


def _bytes(written: str | None) -> bytes:
    return bytes.fromhex(re.sub(r"[^0-9a-f]", "", written)) if written else NO_SIGNATURE
