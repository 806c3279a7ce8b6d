"""``compact-cases token``: tokens for the API, each with the permissions of one member of staff."""

import json

import click

from compact_cases.cli.opening import opened
from compact_cases.office.accounts import accounts
from compact_cases.rules.refusals import Refused


@click.group()
def token() -> None:
    """Tokens for the API."""


@token.command()
@click.argument("email")
@click.option("--name", default="", help="What it is for.")
def add(email: str, name: str) -> None:
    """Make a token and print it. It is shown this once: only its hash is kept."""
    with opened() as premises:
        click.echo(accounts.add_token(premises, email, name))


@token.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def list_tokens(as_json: bool) -> None:
    """Every token: whose, what for, since when."""
    with opened() as premises:
        found = accounts.list_tokens(premises)
    if as_json:
        rows = [
            {
                "email": t.email,
                "name": t.name,
                "made_at": t.made_at.isoformat(),
                "revoked": bool(t.revoked_at),
            }
            for t in found
        ]
        click.echo(json.dumps({"tokens": rows}))
        return
    for each in found:
        state = f"revoked {each.revoked_at:%Y-%m-%d}" if each.revoked_at else "in use"
        click.echo(f"{each.email}  {each.name or '(no name)'}  made {each.made_at:%Y-%m-%d}  {state}")
    if not found:
        click.echo("There are no tokens; use `compact-cases token add`.")


@token.command()
@click.argument("email")
@click.option("--name", default=None, help="Only the tokens with this name.")
def revoke(email: str, name: str | None) -> None:
    """Revoke a member's tokens, at once."""
    with opened() as premises:
        count = accounts.revoke_tokens(premises, email, name)
    if not count:
        raise Refused(f"{email} has no such token in use.")
    click.echo(f"Revoked {count} token{'' if count == 1 else 's'} of {email}.")
