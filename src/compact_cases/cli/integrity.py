"""``compact-cases verify`` and ``rebuild``: is the record whole?"""

from pathlib import Path

import click

from compact_cases.cli.opening import opened
from compact_cases.office.proof.findings import Checked
from compact_cases.rules.refusals import Refused

SHOWN = 20


@click.command()
@click.option(
    "--heads",
    "places",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Heads that were received and kept elsewhere: a mail, an mbox, a text, or a folder of them.",
)
def verify(places: tuple[Path, ...]) -> None:
    """Check every chain, every seal and every head; name each case or head in which something is off.

    With --heads it is held against what went out, too: nothing else finds out heads that were made anew.
    """
    from compact_cases.office.proof import received, verification

    brought = received.heads_received(places)
    with opened() as premises:
        checked = verification.verify(premises, brought)
    _name_faults(checked)
    print(f"{checked.cases} cases, {checked.events} events and {checked.seals} seals are whole.")
    print(_of_heads(checked.heads, max((one.number for one in brought), default=0)))


def _of_heads(heads: int, brought: int) -> str:
    """What this proves, and what it does not."""
    all_of_them = "Head 1 holds" if heads == 1 else f"Heads 1 to {heads} hold"
    if not heads:
        return "There is no head yet, so whoever may write to the database could have changed any of it."
    if not brought:
        return (
            f"{all_of_them}. Somebody who made them anew would not be found out: "
            "that takes --heads, and what was received."
        )
    return (
        f"{all_of_them}, and head {brought} is the one that was received: what it and those before "
        "it cover is what it was. What happened since is not covered."
    )


@click.command()
@click.option("--check", is_flag=True, help="Only compare; change nothing.")
def rebuild(check: bool) -> None:
    """Fold every log again and compare with the summaries and obligations; without --check, mend them."""
    from compact_cases.office.casework import integrity

    with opened() as premises:
        checked = integrity.rebuild(premises, check=check)
    if check:
        _name_faults(checked)
    mended = len({fault.case for fault in checked.faults})
    done = f"{mended} were mended." if mended else "Every summary is as its log says."
    print(f"{checked.cases} cases with {checked.events} events were folded again. {done}")


def _name_faults(checked: Checked) -> None:
    if checked.faults:
        shown = [f"{fault.case}: {fault.sentence}" for fault in checked.faults[:SHOWN]]
        more = len(checked.faults) - SHOWN
        raise Refused("\n".join([*shown, *([f"And {more} more."] if more > 0 else [])]))
