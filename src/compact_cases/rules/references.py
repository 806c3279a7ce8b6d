"""Case references: ``GC-2026-0042``, found in any spelling."""

import re

_SPELLINGS = re.compile(r"([a-z]{1,6})?[\s\-/._]*((?:19|20)\d\d)[\s\-/._]*0*([1-9]\d{0,8})", re.IGNORECASE)


def written(prefix: str, year: int, number: int) -> str:
    return f"{prefix}-{year}-{number:04d}"


def normalise(text: str, prefix: str) -> str | None:
    """``gc 2026 42`` and ``2026/42`` as ``GC-2026-0042``; None for what is no reference."""
    found = _SPELLINGS.fullmatch(text.strip())
    if found is None:
        return None
    return written((found[1] or prefix).upper(), int(found[2]), int(found[3]))
