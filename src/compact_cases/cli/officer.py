"""``compact-cases officer``: who is in the office's list, and a first sign-in for each."""

import json

import click

from compact_cases.cli.opening import opened
from compact_cases.office.accounts import accounts, employers
from compact_cases.records import staff
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import BY_WORD, Seat

ROLES = click.Choice([role.word for role in staff.STAFF_ROLES])


@click.group()
def officer() -> None:
    """The members of staff: officers, secretary, chair, administrator."""


@officer.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", type=ROLES, default=Seat.OFFICER.word, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def add(email: str, name: str, role: str, as_json: bool) -> None:
    """Add a member of staff, and print a sign-in link that works once, for 15 minutes."""
    with opened() as premises:
        member = accounts.add_officer(premises, email, name, BY_WORD[role])
        link = accounts.sign_in_link(premises, member.id)
    if as_json:
        click.echo(json.dumps({"id": str(member.id), "email": member.email, "sign_in": link}))
    else:
        click.echo(f"{member.name} is in the office's list as {role}. Sign in within 15 minutes:\n{link}")


@officer.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a new sign-in link for a member of staff."""
    with opened() as premises:
        click.echo(accounts.sign_in_link(premises, accounts.present_member(premises, email).id))


@officer.command()
@click.argument("email")
def end(email: str) -> None:
    """Somebody has left: no sign-in, session or token of theirs works from now on."""
    with opened() as premises:
        member = accounts.present_member(premises, email)
        accounts.end_officer(premises, member.id)
    click.echo(f"{member.name} is in the office's list no longer.")


@officer.command()
@click.argument("email")
@click.argument("name", required=False)
@click.option("--not-on-register", "unlisted", is_flag=True, help="Keep the name until a body has it.")
def body(email: str, name: str | None, unlisted: bool) -> None:
    """Say for which body on the register somebody works, by its name; without a name: for none.

    They see nothing of a case that it raised or that is about it. A body that is not on the register bars
    nobody; with --not-on-register its name is kept, and bars them once a body of that name is there.
    """
    with opened() as premises:
        member = accounts.present_member(premises, email)
        try:
            found = employers.set_employer(premises, member.id, name or "", unlisted)
        except Refused as refused:
            raise Refused(
                f"{refused.sentence} Write “{name}” as it stands there, or add --not-on-register.", "name"
            ) from None
    if name and found is None:
        click.echo(
            f"{member.name} works for “{name}”, which is not on the register: it bars them from no case yet."
        )
        return
    click.echo(f"{member.name} works for {found.name if found else 'no body on the register'}.")


@officer.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def list_officers(as_json: bool) -> None:
    """The office's list, in its order."""
    with opened() as premises, premises.engine.connect() as conn:
        members = staff.in_list_order(conn)
    if as_json:
        rows = [{"id": str(m.id), "email": m.email, "name": m.name, "role": m.role.word} for m in members]
        click.echo(json.dumps({"officers": rows}))
        return
    for member in members:
        click.echo(f"{member.list_position:>3}  {member.role.word:<14} {member.name} <{member.email}>")
    if not members:
        click.echo("Nobody is in the office's list yet; use `compact-cases officer add`.")
