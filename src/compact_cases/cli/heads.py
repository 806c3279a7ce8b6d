"""``compact-cases heads``: the numbered proofs of the record, to look at and to put out of reach by hand."""

import json
from pathlib import Path

import click

from compact_cases.cli.opening import opened
from compact_cases.rules.heads import Head
from compact_cases.rules.refusals import Refused

IN_WORDS = {
    "case": ("case", "cases"),
    "ledger": ("step in the ledger", "steps in the ledger"),
    "letter": ("letter", "letters"),
    "erasure": ("erasure", "erasures"),
    "code": ("edition of a Code", "editions of Codes"),
    "procedure": ("edition of the procedure", "editions of the procedure"),
    "calendar": ("edition of the calendar", "editions of the calendar"),
}


@click.group()
def heads() -> None:
    """The proofs of the record: one a day, each over what no earlier one covers."""


@heads.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(number: int | None, as_json: bool) -> None:
    """The newest head, or head NUMBER: its words, what it covers, and whether it has gone out."""
    from compact_cases.records import heads as records

    with opened() as premises, premises.engine.connect() as conn:
        head = records.get(conn, number) if number else records.latest(conn)
        if head is None:
            raise Refused(f"There is no head {number}." if number else "No head has been made yet.")
        covers = records.count_by_kind(conn, head.number)
        gone_out = head.number not in records.not_out(conn, records.ARCHIVE)
    if as_json:
        print(json.dumps({**_plain(head), "covers": covers, "gone_out": gone_out}))
        return
    print(head.words)
    print()
    print(f"It covers {', '.join(_counted(*one) for one in sorted(covers.items())) or 'nothing new'}.")
    print("It has gone out to the archive." if gone_out else "It has not gone out to the archive.")


@heads.command()
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file, not the screen."
)
def export(output: Path | None) -> None:
    """Every head as it goes out, for `verify --heads`: to be kept where nobody can change it."""
    from compact_cases.records import heads as records

    with opened() as premises, premises.engine.connect() as conn:
        every = records.every(conn)
    if not every:
        raise Refused("No head has been made yet.")
    words = "\n\n".join(head.words for head in every) + "\n"
    if output is None:
        print(words, end="")
        return
    output.write_text(words, encoding="ascii")
    print(f"Every head, to head {every[-1].number}, is in {output}.")


def _counted(kind: str, count: int) -> str:
    one, more = IN_WORDS.get(kind, (kind, kind))
    return f"{count} {one if count == 1 else more}"


def _plain(head: Head) -> dict[str, object]:
    return {
        "number": head.number,
        "day": head.day.isoformat(),
        "entries": head.entries,
        "root": head.root.hex(),
        "before": head.before.hex(),
        "digest": head.digest.hex(),
        "key": head.key.hex(),
        "signature": head.signature.hex(),
    }
