"""Modules have a subject, say what it is, and stay small enough to be read at once."""

import ast
import re

from tests.architecture.source import ROOT, SHIPPED, functions, name_of, python_files, tree_of

# A module that needs such a name has no subject yet.
WITHOUT_SUBJECT = {
    *(
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "lib",
        "manager",
        "managers",
        "service_layer",
        "services",
    ),
    *("handler", "handlers", "processor", "processors", "data", "info", "misc", "tools"),
}
# An undertaking is a promise to work towards something: no wording may treat it as a rule that was broken.
UNFAIR = re.compile(
    r"\b(breach(es|ed)?|allegations?|alleged(?! reprisal for)|complainants?)\b", re.IGNORECASE
)


def test_every_module_has_a_subject_and_says_it() -> None:
    assert [name_of(it) for it in python_files(*SHIPPED, "tests") if it.stem in WITHOUT_SUBJECT] == []
    silent = [name_of(it) for it in python_files(*SHIPPED, "tests") if not ast.get_docstring(tree_of(it))]
    assert silent == []


def test_modules_stay_near_200_lines() -> None:
    """A longer one is a sign to look again, long before this test says so."""
    lengths = {name_of(it): len(it.read_text().splitlines()) for it in python_files("src", "worker", "tests")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_stay_near_25_lines() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files("src", "worker")
        for node in functions(path)
        if length_of(node) > 45 and not is_a_table(node)
    ]
    assert long == []


def is_a_table(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """One ``match`` over every event or command: it is as long as there are kinds, and reads as a table."""
    matches = [node for node in function.body if isinstance(node, ast.Match)]
    return sum(length_of(node) for node in matches) > 0.7 * length_of(function)


def length_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno


A_KIND_OF_LINK = "alleged reprisal for"  # a stored name; pages say it in other words


def test_no_page_letter_or_sentence_speaks_of_guilt() -> None:
    files = [*python_files("src"), *(path for path in (ROOT / "templates").rglob("*") if path.is_file())]
    found = [
        f"{name_of(path)}:{number} {match[0]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := UNFAIR.search(line.replace(A_KIND_OF_LINK, "")))
    ]
    assert found == []
