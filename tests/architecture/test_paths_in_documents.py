"""Every file, folder and module that a document names is there; a page that points nowhere misleads."""

import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, name_of

PACKAGE = ROOT / "src" / "compact_cases"
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "STYLE.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
NAMED = re.compile(r"`([^`\s]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"[\w.][\w.*<>/-]*/([\w.<>-]*[*>][\w.]*|[\w.-]+\.(py|md|sql|toml|html|svg|yml))?")
"""``web/app.py``, ``docs/``, ``rules/<chapter>.py``; not ``/cases`` and not ``text/html``."""
MODULE = re.compile(
    rf"({'|'.join(sorted(it.parent.name for it in PACKAGE.glob('*/__init__.py')))})(\.(?!toml)\w+)+"
)
"""``office.casework.casebook.carry_out``, as read from the package."""


def is_there(path: str, document: Path) -> bool:
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/")
    return any(any(base.glob(pattern)) for base in (ROOT, PACKAGE, ROOT / "tests", document.parent))


def nowhere(document: Path) -> Iterator[str]:
    text = document.read_text(encoding="utf-8")
    for path in LINKED.findall(text):
        if not (document.parent / path).exists():
            yield path
    for name in NAMED.findall(text):
        if PATH.fullmatch(name) and not is_there(name, document):
            yield name
        elif MODULE.fullmatch(name):
            try:
                pkgutil.resolve_name(f"compact_cases.{name}")
            except (ImportError, AttributeError):
                yield name


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_what_a_document_names_is_there(document: Path) -> None:
    assert sorted(set(nowhere(document))) == []


def test_this_rule_sees_what_it_forbids(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "`web/gone.py`, `gone/`, `office.gone`, [there](gone.md); `/cases`, `web/app.py`, `side/post`"
    )
    assert list(nowhere(page)) == ["gone.md", "web/gone.py", "gone/", "office.gone"]
