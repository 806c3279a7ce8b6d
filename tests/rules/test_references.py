"""References in any spelling."""

import pytest

from compact_cases.rules.references import normalise, written


@pytest.mark.parametrize(
    "typed",
    ["GC-2026-0042", "gc 2026 42", "gc20260042", "2026-42", "2026/0042", " gc - 2026 - 42 ", "GC.2026.42"],
)
def test_every_spelling_finds_it(typed: str) -> None:
    assert normalise(typed, "GC") == "GC-2026-0042"


@pytest.mark.parametrize(
    "typed", ["", "42", "GC-26-42", "GC-2026-0", "GC-2026", "bus", "2026-42; DROP", "GC-٢٠٢٦-42"]
)
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert normalise(typed, "GC") is None


def test_another_offices_prefix_is_kept() -> None:
    assert normalise("bx 2026 7", "GC") == "BX-2026-0007"
    assert written("GC", 2026, 12345) == "GC-2026-12345"
