"""What another edition of the procedure would do to all open cases: how fast it is previewed."""

import tomllib
from dataclasses import replace

from bench.figures import Figure
from bench.stage import Stage
from compact_cases.clock import machine_seconds
from compact_cases.office.editions.previewing import Target, preview
from compact_cases.office.registry import procedures
from compact_cases.rules.procedure import read_procedure

COMPARED = 10_000  # open cases


def previewing(stage: Stage) -> Figure:
    """A reply has five days more, so that dates and reminders move in half of the open cases."""
    _, document = procedures.shipped()
    usual = read_procedure(tomllib.loads(document), None)
    terms = {**usual.terms, "reply": replace(usual.terms["reply"], limit=15)}
    target = Target(procedure=replace(usual, edition="another", terms=terms))
    started = machine_seconds()
    seen = preview(stage.premises, target)
    seconds = machine_seconds() - started
    return Figure(
        "preview of another edition, for 10,000 open cases",
        seconds * COMPARED / max(seen.cases, 1),
        "s",
        at_most=10,
        more={"cases": seen.cases, "moving": len(seen.moving), "seconds": seconds},
    )
