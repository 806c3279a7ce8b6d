"""What `make mutants` found: the share of changed rules that the tests noticed; under 85 % is a failure."""

import json
import sys
from pathlib import Path

FOUND = Path("mutants") / "mutmut-cicd-stats.json"
ENOUGH = 0.85


def share(found: dict[str, int]) -> float:
    """Of those that were tried. A change that no test reaches was not noticed; one that never ends was."""
    noticed = found["killed"] + found["timeout"] + found["segfault"]
    return noticed / max(1, noticed + found["survived"] + found["suspicious"] + found["no_tests"])


def main() -> int:
    found = json.loads(FOUND.read_text(encoding="utf-8"))
    noticed = share(found)
    print(f"{noticed:.1%} of the mutants were noticed. {found}")  # noqa: T201 (that is what it is for)
    return 0 if noticed >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
