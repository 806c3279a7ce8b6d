"""Outside routes: where else somebody can turn, by who is concerned about whom; an office may say its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from compact_cases.rules.codes import OwedBy
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import problem_with

STOPS_NO_LIMIT = (
    "A concern under the Compact does not stop the time limits of any of these, nor those of the law."
)
SECTORS = tuple(one.value for one in OwedBy if one is not OwedBy.JOINT)
TEXTS = ("name", "words", "limit")


@dataclass(frozen=True)
class Route:
    """``by`` and ``about``: sectors of the raiser and of the respondent; ``limit``: until when, in words."""

    by: frozenset[str]
    about: frozenset[str]
    name: str
    words: str
    limit: str


def between(routes: Iterable[Route], by: Iterable[str], about: Iterable[str]) -> tuple[Route, ...]:
    """Those for a raiser and a respondent of these sectors; of a side that is not known, all."""
    raising, concerned = frozenset(by) or frozenset(SECTORS), frozenset(about) or frozenset(SECTORS)
    return tuple(one for one in routes if one.by & raising and one.about & concerned)


def read_routes(table: object) -> tuple[Route, ...]:
    """The list ``routes`` of an office's file. Raises Refused with the setting and how to write it."""
    if not (isinstance(table, list) and all(isinstance(one, dict) for one in table)):
        raise Refused("'routes' must be a list of tables, each under [[routes]].")
    return tuple(_route(number, one) for number, one in enumerate(table, 1))


def _route(number: int, table: dict[str, object]) -> Route:
    if strange := sorted(set(table) - {"by", "about", *TEXTS}):
        raise Refused(f"Number {number} of 'routes' has a setting {strange[0]!r} that is not known.")
    texts = [table.get(name) for name in TEXTS]
    for name, text in zip(TEXTS, texts, strict=True):
        if not (isinstance(text, str) and text.strip()) or problem_with(text):
            raise Refused(f"Number {number} of 'routes' needs {name!r}, in words.")
    return Route(_sectors(number, "by", table), _sectors(number, "about", table), *map(str, texts))


def _sectors(number: int, name: str, table: dict[str, object]) -> frozenset[str]:
    found = table.get(name)
    if not (isinstance(found, list) and found and all(one in SECTORS for one in found)):
        raise Refused(f"Number {number} of 'routes' needs {name!r}: a list out of {', '.join(SECTORS)}.")
    return frozenset(map(str, found))
