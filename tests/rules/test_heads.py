"""A head in words: it goes out by letter, and is read back however mail programs have treated it."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.heads import NOTHING_BEFORE, Head, floor_on, floors, read_heads

FIRST = Head(1, date(2026, 3, 2), 153, b"\xbe" * 32, NOTHING_BEFORE, b"\xac" * 32, bytes(range(64)), b"")
NEW_KEY = replace(FIRST, number=2, before=FIRST.digest, key=b"\xed" * 32, old_signature=b"\xfa" * 64)


@pytest.mark.parametrize("head", [FIRST, NEW_KEY], ids=["first", "new key"])
@pytest.mark.parametrize(
    "treated",
    [
        lambda text: text,
        lambda text: "\n".join(f"> {line}" for line in text.splitlines()),
        lambda text: "\n".join(f">> > {line}" for line in text.splitlines()),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"Dear all,\n\n{text}\n\nYours",
        lambda text: "\n".join(
            line[:40] + "\n" + line[40:] if len(line) > 40 else line for line in text.split("\n")
        ),
    ],
    ids=["as sent", "quoted", "quoted twice", "other line ends", "among words", "wrapped"],
)
def test_what_went_out_is_read_back(head: Head, treated) -> None:  # type: ignore[no-untyped-def]
    assert list(read_heads(treated(head.words))) == [head]
    assert list(read_heads(treated(head.words) + "\n\n" + treated(FIRST.words))) == [head, FIRST]


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("day 2026-03-02", "day 2026-02-30"),
        lambda text: text.replace("root be", "root zz"),
        lambda text: text[:-3],
        lambda text: text.replace("head 1", "head one"),
    ],
)
def test_what_is_no_head_is_none(harm) -> None:  # type: ignore[no-untyped-def]
    assert list(read_heads(harm(FIRST.words))) == []


def test_every_field_is_in_the_digest_and_a_letter_holds_its_lines() -> None:
    others = [
        replace(FIRST, number=2),
        replace(FIRST, day=date(2026, 3, 3)),
        replace(FIRST, entries=1),
        replace(FIRST, root=bytes(32)),
        replace(FIRST, before=b"\1" * 32),
        replace(FIRST, key=bytes(32)),
    ]
    assert len({one.digest for one in [FIRST, *others]}) == 7
    assert max(map(len, NEW_KEY.words.splitlines())) <= 72


def test_nothing_is_dated_before_the_head_before_its_own() -> None:
    """A head of a clock that stood wrong binds nobody; after it the line goes on."""
    days = [date(2026, 3, 2), date(2026, 3, 4), date(2027, 1, 1), date(2026, 3, 5), date(2026, 3, 9)]
    heads = [replace(FIRST, number=number, day=day) for number, day in enumerate(days, 1)]
    assert floors(heads) == {
        2: date(2026, 3, 2),
        3: date(2026, 3, 4),
        4: date(2026, 3, 4),
        5: date(2026, 3, 5),
    }
    assert floor_on(heads, date(2026, 3, 10)) == date(2026, 3, 9)
    assert floor_on([], date(2026, 3, 10)) is None
