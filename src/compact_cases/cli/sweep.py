"""``compact-cases sweep``, ``post`` and ``restored``: what is due, the letters that wait, and both held."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from compact_cases.cli.opening import opened
from compact_cases.settings import parse_instant

if TYPE_CHECKING:
    from compact_cases.office.premises import Premises


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sweep(dry_run: bool, as_json: bool) -> None:
    """Handle the reminders and escalations that are due, once."""
    from compact_cases.office.casework import reminders, restoring
    from compact_cases.office.post import holding

    with opened() as premises:
        if not dry_run:
            _refuse_while_held(premises)
        swept = reminders.sweep(premises, dry_run=dry_run)
        if dry_run and holding.is_held(premises):
            restoring.looked(premises)
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


@post.command()
@click.option("--send", "goes", is_flag=True, help="What waits goes out, what is due is done.")
@click.option("--count-as-sent-until", "until", metavar="INSTANT", help="Such as 2026-03-09T12:00.")
def resume(goes: bool, until: str | None) -> None:
    """After a restore, let letters go again.

    With --count-as-sent-until, what was due until that instant is taken as done and sent: it was, in the time
    that the backup does not know. Read `sweep --dry-run` first.
    """
    from compact_cases.office.casework import restoring

    if goes == (until is not None):
        raise click.UsageError("Say one of the two: --send, or --count-as-sent-until INSTANT.")
    try:
        instant = parse_instant(until) if until else None
    except ValueError:
        raise click.UsageError(f"INSTANT must be like 2026-03-09T12:00, not {until!r}.") from None
    with opened() as premises:
        counted = restoring.resume(premises, instant)
    print(f"Letters go again. {_count(counted, 'letter')} counted as sent.")


@click.command()
@click.option(
    "--skip", default=1000, show_default=True, help="Case numbers to leave out.", type=click.IntRange(0)
)
def restored(skip: int) -> None:
    """After a backup was put back, as the owner of its tables: before the service starts.

    The feed of events begins anew, case numbers that may have been given are left out, and no letter goes
    until `post resume`.
    """
    from compact_cases.office.casework import restoring

    with opened() as premises:
        done = restoring.restored(premises, skip)
    print(
        f"Restore {done.number} is noted. New cases are numbered from {done.skipped_to + 1}. "
        "No letter goes yet: read compact-cases sweep --dry-run, then say compact-cases post resume."
    )


def _refuse_while_held(premises: "Premises") -> None:
    from compact_cases.office.post import holding
    from compact_cases.rules.refusals import Refused

    if holding.is_held(premises):
        raise Refused(holding.SAY_SO)


def _send(as_json: bool) -> None:
    from compact_cases.office.post import post_room
    from compact_cases.settings import SettingsRefused

    with opened() as premises:
        if premises.settings.smtp_url is None:
            raise SettingsRefused("COMPACT_CASES_SMTP_URL is not set, so no letter can be sent.")
        _refuse_while_held(premises)
        posted = post_room.send_waiting(premises)
    if as_json:
        print(json.dumps(asdict(posted)))
    else:
        print(
            f"{posted.sent} sent, {posted.deferred} put off, {posted.failed} failed, "
            f"{posted.withdrawn} no longer needed, {posted.by_hand} to be posted or told by telephone."
        )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
