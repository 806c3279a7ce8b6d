"""Case references: ``GC-2026-0042``, found in any spelling."""

import re
import unicodedata

# Between its parts, and around it, any dash, stop, slash, bracket or space of any script.
_SPELLINGS = re.compile(
    r"[\W_]*([a-z]{1,6})?[\W_]*((?:19|20)\d\d)[\W_]*0*([1-9]\d{0,8})[\W_]*", re.IGNORECASE | re.ASCII
)


def written(prefix: str, year: int, number: int) -> str:
    return f"{prefix}-{year}-{number:04d}"


def normalise(text: str, prefix: str) -> str | None:
    """``gc 2026 42`` and ``2026/42`` as ``GC-2026-0042``; None for what is no reference."""
    found = _SPELLINGS.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    return written((found[1] or prefix).upper(), int(found[2]), int(found[3]))
