"""What ``codes import`` says of a document: its undertakings, what became context, what differs."""

import json
from typing import TYPE_CHECKING

from compact_cases.reports.codes import compared_as_json, read_as_json
from compact_cases.rules.code_comparison import Comparison
from compact_cases.rules.code_reader import ReadCode
from compact_cases.rules.codes import Clause, Edition

if TYPE_CHECKING:  # the office takes 0.2 s to load
    from compact_cases.office.registry.code_editions import TakenIn

WIDEST = 96  # characters of an undertaking in a list


def tell(taken: "TakenIn", in_json: bool, *, kept: bool, refused: bool = False) -> None:
    """``refused``: the command ends with the sentence of the doubt, so it is not said here too."""
    edition = taken.edition
    if in_json:
        print_json(
            {
                "code": edition.code,
                "title": edition.title,
                "edition": edition.id,
                "compact": taken.read.compact,
                "new": taken.new,
                "needs_replace": bool(taken.doubt),
                **read_as_json(taken.read),
                "compared": compared_as_json(taken.compared),
            }
        )
        return
    _print_read(taken.read)
    print_comparison(taken.compared, taken.before)
    if not taken.new and not taken.doubt:
        print(f"This is edition {edition.id} of {edition.title}, which is held already and in force.")
    elif kept:
        words = "Taken in" if taken.new else "Held already"
        print(f"{words}: {count(edition)} of {edition.title}, edition {edition.id}, in force now.")
        if taken.before:
            print(f"To take that back: compact-cases codes use {edition.code} {taken.before.id}")
    else:
        if taken.doubt and not refused:
            print(taken.doubt)
        print("Nothing was kept.")


def _print_read(read: ReadCode) -> None:
    print(f"{read.edition.title}, of the {read.compact}: {count(read.edition)}.")
    heading = ""
    for clause in read.edition.clauses:
        if clause.section != heading:
            heading = clause.section
            print(f"\n{heading}, by {clause.owed_by.words}")
        print(f"  {clause.label} {_shortened(clause.text)}")
        for part in clause.parts:
            print(f"    ({part.letter}) {_shortened(part.text)}")
        if clause.closing:
            print(f"    … {_shortened(clause.closing)}")
    flagged = [line for line in read.context if line.flag]
    print(
        f"\nContext, which nobody undertook: {len(read.context)} lines. "
        + ("Look whether one of these is a promise:" if flagged else "None looks like a promise.")
    )
    for line in flagged:
        print(f"  line {line.line}, {line.flag}: {_shortened(line.text)}")


def print_comparison(difference: Comparison, before: Edition | None) -> None:
    if before is None:
        print("\nNo edition of this Code is in force yet.")
        return
    if difference.nothing:
        print(f"\nNo undertaking differs from edition {before.id}, which is in force.")
        return
    print(f"\nDifferent from edition {before.id}, which is in force:")
    for words, clauses in (("new", difference.new), ("gone", difference.gone)):
        for clause in clauses:
            print(f"  {clause.label} {words}: {_owed(clause)}{_shortened(clause.text)}")
    for was, now in difference.changed:
        owed = _owed if was.owed_by is not now.owed_by else (lambda clause: "")
        print(f"  {now.label} changed")
        print(f"    was: {owed(was)}{_whole(was)}")
        print(f"    now: {owed(now)}{_whole(now)}")


def _owed(clause: Clause) -> str:
    return f"by {clause.owed_by.words}: "


def _whole(clause: Clause) -> str:
    return f"{clause.text} … {clause.closing}" if clause.closing else clause.text


def _shortened(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1].rsplit(" ", 1)[0] + "…"


def print_json(table: dict[str, object]) -> None:
    print(json.dumps(table, indent=2, ensure_ascii=False))


def count(edition: Edition) -> str:
    """ "27 undertakings and 8 sub-points"."""
    parts = sum(len(clause.parts) for clause in edition.clauses)
    undertakings = f"{len(edition.clauses)} undertaking{'' if len(edition.clauses) == 1 else 's'}"
    return f"{undertakings} and {parts} sub-points" if parts else undertakings
