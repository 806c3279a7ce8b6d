"""``compact-cases calendar``: the office's closing days, changed with a look at what moves in open cases."""

from datetime import date, datetime

import click

A_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def calendar() -> None:
    """Closing days: which are there, and what others would move in open cases."""


@calendar.command("list")
def listed() -> None:
    """The office's own closing days from today on, and the edition of the calendar in force."""
    from compact_cases.cli.opening import opened
    from compact_cases.office.editions import closing_days
    from compact_cases.records import calendars
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        for day, why in closing_days.listed(conn, premises):
            print(f"{day:%a} {day}: {why}")
        print(f"The calendar in force is {calendars.newest(conn)}. Bank holidays come from a kept library.")


@calendar.command()
@click.option("--add", type=A_DAY, multiple=True, help="A day on which the office will be closed.")
@click.option("--because", default="", help="Why; everybody reads it beside the dates.")
@click.option("--remove", type=A_DAY, multiple=True, help="A closing day that is to be a working day again.")
@click.option("--apply", "to", type=click.Choice(["new", "open"]), help="Keep it, for whom.")
@click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")
def preview(
    add: tuple[datetime, ...], because: str, remove: tuple[datetime, ...], to: str | None, in_json: bool
) -> None:
    """Say what other closing days would move in open cases. Nothing is kept without --apply.

    Without a day: what the calendar in force would move in cases that go by an older one.
    """
    from compact_cases.cli import moving_shown
    from compact_cases.cli.opening import opened
    from compact_cases.office.editions import offering

    added: dict[date, str] = {one.date(): because for one in add}
    gone = [one.date() for one in remove]
    with opened() as premises:
        offered = offering.days(premises, added, gone, moving_shown.progress)
        table = {"differences": list(offered.planned.differences), **moving_shown.as_table(offered.seen)}
        if not in_json:
            print("\n".join(offered.planned.differences or ("The calendar in force, for open cases.",)))
            moving_shown.tell(offered.seen)
        if to:
            table["edition"] = offering.apply_days(premises, added, gone, to, offered.seen)
            if not in_json:
                print(f"Kept. Calendar {table['edition']} is in force for new cases.")
        if to == offering.OPEN:
            table |= moving_shown.go_on(premises, in_json)
    if in_json:
        moving_shown.printed(table)
    elif not to:
        print("Nothing was kept. To keep it: --apply new, or --apply open.")
