"""A mark of what a page showed when it was opened: whether that has changed is seen by it."""

import hashlib
import json
from collections.abc import Mapping, Sequence

Answers = Mapping[str, str | Sequence[str]]


def mark_of(answers: Answers, names: Sequence[str] | None = None) -> str:
    """Of these fields, or of all; a field without an answer is as one that is not there."""
    lists = {name: [each] if isinstance(each, str) else list(each) for name, each in answers.items()}
    said = {name: each for name, each in lists.items() if (names is None or name in names) and any(each)}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
