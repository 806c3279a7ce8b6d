"""``compact-cases sentences``: every letter and every sentence of the pages, to be read through."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import click
from jinja2 import Environment

from compact_cases.shipped import templates_folder

HEAD = """# Every letter and every sentence

Written by `compact-cases sentences`, and compared by a test: after a change of words, write it again.
What stands in {braces} is filled in; of words with " / " between them one is shown.
"""
SPEAKING = ("rules", "office", "reports", "web", "mail")  # the parts whose sentences people read
NO_SENTENCE = re.compile(r"\b(SELECT|FROM|WHERE|ORDER BY|LIMIT|CREATE)\b|%\(|%[a-zA-Z]|\|")
BEGINNINGS = frozenset(string.ascii_uppercase + "{“")
ATTRIBUTES = re.compile(r'\b(?:aria-label|placeholder|alt|title|data-label)="([^"]*)"')
A_BREAK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|tr|td|th|table|thead|tbody|caption|label|legend|summary|details"
    r"|button|option|form|fieldset|title|head|body|main|nav|header|footer|aside|br|blockquote)\b[^>]*>"
)
LEAST_WORDS = 3  # of what counts as a sentence in the code; shorter ones are names


@click.command()
def sentences() -> None:
    """Print every letter and every sentence of the pages."""
    click.echo(all_sentences(), nl=False)


def all_sentences() -> str:
    """As it stands in ``docs/sentences.md``."""
    return "\n".join([HEAD, *_letters(), *_pages(), *_of_the_code()])


def _letters() -> Iterator[str]:
    yield "## Letters\n"
    for folder in sorted(one for one in (templates_folder() / "mail").iterdir() if one.is_dir()):
        yield f"### {folder.name}\n"
        for name in ("subject.txt", "body.txt"):
            yield from _lines(folder / name)
    yield "### Words of several letters\n"
    for name in ("words.jinja", "layout.txt"):
        yield from _lines(templates_folder() / "mail" / name)


def _pages() -> Iterator[str]:
    yield "## Pages\n"
    for path in sorted(templates_folder().rglob("*.html")):
        place = path.relative_to(templates_folder()).as_posix()
        if place.startswith("mail/"):
            continue
        if lines := list(_lines(path)):
            yield f"### {place}\n"
            yield from lines


def _of_the_code() -> Iterator[str]:
    yield "## Sentences that pages, letters and answers are given\n"
    package = Path(__file__).parent.parent
    for path in sorted(one for part in SPEAKING for one in (package / part).rglob("*.py")):
        if found := list(dict.fromkeys(_told_by(path))):
            yield f"### {path.relative_to(package).as_posix()}\n"
            yield from (f"- {one}" for one in found)
            yield ""


# --- templates --------------------------------------------------------------------------------------------


def _lines(path: Path) -> Iterator[str]:
    """The words of a template, one line for each block of them."""
    text = "".join(_words(path.read_text(encoding="utf-8")))
    attributes = [f"\n{one}\n" for one in ATTRIBUTES.findall(text)]
    plain = unescape(re.sub(r"<[^>]*>", "", A_BREAK.sub("\n", text))) + "".join(attributes)
    lines = (" ".join(line.split()).strip(" /") for line in plain.splitlines())
    found = list(dict.fromkeys(line for line in lines if re.search("[A-Za-z]{2}", _without_fillers(line))))
    yield from (f"- {line}" for line in found)
    if found:
        yield ""


def _words(source: str) -> Iterator[str]:
    """Text as it stands; of what is worked out its own words, or its name in braces."""
    inside: list[tuple[str, str]] = []
    for _, kind, value in Environment(autoescape=True).lex(source):
        if kind == "data":
            yield value
        elif kind in ("variable_begin", "block_begin"):
            inside = []
        elif kind == "variable_end":
            yield _shown(inside)
        elif kind == "block_end":
            yield _decided(inside)
        elif kind not in ("whitespace", "raw_begin", "raw_end") and "comment" not in kind:
            inside.append((kind, value))


def _shown(tokens: list[tuple[str, str]]) -> str:
    if said := _said(tokens):
        return said if len(tokens) == 1 or "(" not in dict(tokens).values() else f"\n{said}\n"
    names = [value for kind, value in tokens if kind == "name" and value not in ("if", "else", "not", "loop")]
    first = ".".join(names[:2]) if len(names) > 1 and (tokens[1][1] == ".") else "".join(names[:1])
    return f"{{{first.removeprefix('view.').replace('_', ' ')}}}" if first else ""


def _decided(tokens: list[tuple[str, str]]) -> str:
    word = tokens[0][1] if tokens else ""
    if word in ("else", "elif"):
        return " / "
    said = _said(tokens) if word in ("call", "set") else ""
    return f"\n{said}\n" if said or word in ("macro", "block", "endblock", "for", "endfor") else ""


def _said(tokens: Iterable[tuple[str, str]]) -> str:
    """The words within an expression: those with a blank, or that begin like a sentence or a label."""
    words = (value[1:-1].replace("\\'", "'") for kind, value in tokens if kind == "string")
    return " / ".join(one for one in words if one[:1].isupper() or (" " in one.strip() and "<" not in one))


def _without_fillers(line: str) -> str:
    return re.sub(r"\{[^}]*\}", "", line)


# --- modules ----------------------------------------------------------------------------------------------


def _told_by(path: Path) -> Iterator[str]:
    """The sentences among a module's texts, docstrings and SQL left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        text = " ".join(_text(node).split())
        own = _without_fillers(text).split()
        if len(own) >= LEAST_WORDS and text[0] in BEGINNINGS and not NO_SENTENCE.search(text):
            yield text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or _filler(part) for part in node.values)
    return ""


def _filler(part: ast.AST) -> str:
    if not isinstance(part, ast.FormattedValue):
        return ""
    names = [
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in ast.walk(part.value)
        if isinstance(one, ast.Attribute | ast.Name)
    ]
    return f"{{{names[0].replace('_', ' ')}}}" if names else "{...}"
