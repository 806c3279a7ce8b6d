"""``compact-cases sweep`` and ``post``: one pass over what is due, and over the letters that wait."""

import json
from dataclasses import asdict

import click

from compact_cases.cli.opening import opened


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sweep(dry_run: bool, as_json: bool) -> None:
    """Handle the reminders and escalations that are due, once."""
    from compact_cases.office.casework import reminders

    with opened() as premises:
        swept = reminders.sweep(premises, dry_run=dry_run)
    if as_json:
        print(json.dumps({"dry_run": dry_run, **asdict(swept)}))
        return
    print(
        f"{'Would look at' if dry_run else 'Looked at'} {_count(swept.cases, 'case')}: "
        f"{_count(swept.reminders, 'reminder')}, {_count(swept.escalations, 'escalation')}, "
        f"{_count(swept.effects, 'other step')}, {swept.superseded} superseded by later ones."
    )
    for why, count in sorted(swept.skipped.items()):
        print(f"Skipped, {why}: {count}.")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def post(ctx: click.Context, as_json: bool) -> None:
    """Send the letters that wait, once."""
    if ctx.invoked_subcommand is None:
        _send(as_json)


@post.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def retry(as_json: bool) -> None:
    """Let the letters of the last 30 days that failed wait again, and trust their addresses."""
    from compact_cases.office.post import retrying

    with opened() as premises:
        again = retrying.send_again(premises)
    if as_json:
        print(json.dumps(asdict(again)))
    else:
        trusted = _count(again.addresses, "address", "addresses")
        print(f"{_count(again.letters, 'letter')} to be sent again; {trusted} trusted again.")


def _send(as_json: bool) -> None:
    from compact_cases.office.post import post_room
    from compact_cases.settings import SettingsRefused

    with opened() as premises:
        if premises.settings.smtp_url is None:
            raise SettingsRefused("COMPACT_CASES_SMTP_URL is not set, so no letter can be sent.")
        posted = post_room.send_waiting(premises)
    if as_json:
        print(json.dumps(asdict(posted)))
    else:
        print(
            f"{posted.sent} sent, {posted.deferred} put off, {posted.failed} failed, "
            f"{posted.withdrawn} no longer needed."
        )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
