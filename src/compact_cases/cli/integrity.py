"""``compact-cases verify`` and ``rebuild``: is the record whole?"""

import click

from compact_cases.cli.opening import opened
from compact_cases.office.casework.integrity import Checked
from compact_cases.rules.refusals import Refused

SHOWN = 20


@click.command()
def verify() -> None:
    """Check every chain of events and every seal of a text; name each case in which one fails."""
    from compact_cases.office.casework import integrity

    with opened() as premises:
        checked = integrity.verify(premises)
    _name_faults(checked)
    print(f"{checked.cases} cases, {checked.events} events and {checked.seals} seals are whole.")


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
