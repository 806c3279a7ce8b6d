"""A small Code document in which tests change a line, and what it is then read as."""

import pytest

from compact_cases.rules.code_lines import CodeRefused
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Edition
from compact_cases.rules.compact import Compact

DOCUMENT = """**Fenland Compact**
**Volunteering**
**Code of Practice**

## 4. What is it for?

Everybody.

## 5. Public Sector Undertakings

Public sector partners undertake to:

- 5.1 Thank them.
- 5.2 Give each of them:
  - a named contact
  - a role in writing
- 5.3 Meet.
"""


def read(old: str = "", new: str = "", compact: Compact | None = None) -> Edition:
    assert old in DOCUMENT
    return read_code(DOCUMENT.replace(old, new, 1) if old else DOCUMENT, compact=compact or Compact())


def refused(old: str, new: str) -> CodeRefused:
    with pytest.raises(CodeRefused) as found:
        read(old, new)
    return found.value


def texts(edition: Edition) -> dict[str, str]:
    every = [one for whole in edition.clauses for one in (whole, *whole.parts)]
    return {one.label: one.text for one in every}
