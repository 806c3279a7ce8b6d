"""``compact-cases bodies``: take the register in from a file, and list it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from compact_cases.cli.opening import opened
from compact_cases.rules.sheets import decoded


@click.group()
def bodies() -> None:
    """The register of bodies: who may be named in a concern, and who speaks for them."""


@bodies.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change; keep nothing.")
@click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")
def take_in(file: Path, dry_run: bool, in_json: bool) -> None:
    """Add or change the bodies of FILE, a CSV with at least the columns body and kind."""
    from compact_cases.office.accounts import employers
    from compact_cases.office.registry import register_file

    document, guessed = decoded(file.read_bytes())
    with opened() as premises:
        done = register_file.import_bodies(premises, document, dry_run=dry_run)
        employers.match(premises)
    if in_json:
        print(
            json.dumps(
                {
                    "dry_run": dry_run,
                    "added": done.added,
                    "changed": done.changed,
                    "unchanged": done.unchanged,
                    "differences": [asdict(one) for one in done.differences],
                    "note": guessed or None,
                },
                ensure_ascii=False,
            )
        )
        return
    if guessed:
        print(guessed)
    for one in done.differences:
        print(f"{one.body}, {one.field}: {one.before or 'nothing'} becomes {one.after or 'nothing'}")
    would = "would be " if dry_run else ""
    print(f"{done.added} {would}added, {done.changed} {would}changed, {done.unchanged} the same as before.")
    if dry_run:
        print("Nothing was kept.")


@bodies.command("list")
@click.option("--json", "in_json", is_flag=True, help="Print JSON instead of a table.")
def list_all(in_json: bool) -> None:
    """The bodies on the register, by name."""
    from compact_cases.records import bodies as records
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        found = records.listed(conn)
    if in_json:
        rows = [
            {
                "body": body.name,
                "id": str(body.id),
                "kind": body.kind,
                "area": body.area,
                "volunteer_run": body.volunteer_run,
                "signed_on": body.signed_on.isoformat() if body.signed_on else None,
            }
            for body in found
        ]
        print(json.dumps({"bodies": rows}, indent=2, ensure_ascii=False))
        return
    if not found:
        print("There is no body on the register yet; take one in with compact-cases bodies import FILE.csv.")
    for body in found:
        signed = f"signed {body.signed_on:%-d %B %Y}" if body.signed_on else "has not signed"
        print(", ".join(part for part in (body.name, body.kind, body.area, signed) if part))
