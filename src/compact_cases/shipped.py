"""Where the folders are that stand beside the package in a checkout and inside the wheel in an install."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def templates_folder() -> Path:
    return _folder("templates")


def migrations_folder() -> Path:
    return _folder("migrations")


def _folder(name: str) -> Path:
    """``templates`` of a checkout, ``compact_cases_templates`` of an install (see pyproject.toml)."""
    if (_CHECKOUT / "pyproject.toml").exists() and _PACKAGE.parent.name == "src":
        return _CHECKOUT / name
    return _PACKAGE.parent / f"compact_cases_{name}"
