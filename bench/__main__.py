"""`make bench`: every figure of the service beside its reference, as one table and one JSON file."""

import os
import sys
from pathlib import Path

import click

from bench import edition_rows, size_rows, web_rows, worker_rows
from bench.figures import Figure, print_table, write_json
from bench.seeding import seed
from bench.stage import Stage, staged
from compact_cases.clock import machine_seconds

STORED = ("raise", "list", "search", "case", "editions", "sweep", "letters", "kinds", "effects")
ALL = (*STORED, "memory", "start")
GROWTH = ("raise", "list", "search", "case", "sweep", "effects")
MOST_DUE = 12_000


@click.command()
@click.option("--cases", default=100_000, envvar="BENCH_CASES", show_default=True, type=click.IntRange(500))
@click.option(
    "--seconds", default=6.0, show_default=True, type=click.FloatRange(0.5, 12), help="For each row."
)
@click.option("--only", default="", help="Rows, with commas between: " + ",".join(ALL))
@click.option("--growth", is_flag=True, help="Two sizes, and how much slower the larger one is.")
@click.option("--sizes", default="10000,1000000", show_default=True, help="What --growth compares.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Where to write the figures.")
def bench(cases: int, seconds: float, only: str, growth: bool, sizes: str, path: Path | None) -> None:
    """Measure the service on its own parts. Loopback only; it ends all that it starts."""
    rows = only.split(",") if only else list(ALL)
    if unknown := set(rows) - set(ALL):
        raise click.UsageError(f"There is no row {', '.join(sorted(unknown))}; there are {', '.join(ALL)}.")
    load = os.getloadavg()[0]
    if load > 0.5:
        say(f"The machine is not quiet (load average {load:.1f}): speeds will be too low; read the ratios.")
    if growth:
        stored = [int(size) for size in sizes.split(",")]
        figures = grown(stored, [name for name in rows if name in GROWTH], seconds)
    else:
        stored = [cases]
        figures = measured(cases, rows, seconds)
    sizes_said = " and ".join(f"{size:,}" for size in stored)
    print_table(figures, f"{sizes_said} stored cases of 15 events; load average before: {load:.1f}")
    print(f"Written to {write_json(figures, stored, load, path)}")


def measured(cases: int, rows: list[str], seconds: float) -> list[Figure]:
    figures: list[Figure] = []
    if set(rows) & set(STORED):
        with staged() as stage:
            due = min(MOST_DUE, cases // 8)
            fill(stage, cases, due, due if "kinds" in rows else 0)
            figures += on_stage(stage, rows, due, seconds)
    if "memory" in rows:
        say("memory")
        figures.append(size_rows.memory())
    if "start" in rows:
        say("start")
        figures += size_rows.starting()
    return figures


def on_stage(stage: Stage, rows: list[str], due: int, seconds: float) -> list[Figure]:
    figures = []
    if wanted := [name for name in web_rows.ROWS if name in rows]:
        with stage.web() as web:
            web_rows.warm(stage, web)
            for name in (
                *(one for one in wanted if one != "raise"),
                *(one for one in wanted if one == "raise"),
            ):
                say(name)
                figures += web_rows.ROWS[name](stage, web, seconds)
    if "editions" in rows:
        say("editions")
        figures.append(edition_rows.previewing(stage))
    if "sweep" in rows:
        say("sweep")
        figures.append(worker_rows.sweeping(stage, due, seconds * 2))
    if "letters" in rows:
        say("letters")
        figures.append(worker_rows.posting(stage, seconds))
    if "kinds" in rows:
        say("kinds")
        figures.append(worker_rows.sweeping_all_kinds(stage, due, seconds * 2))
    if "effects" in rows:
        say("effects")
        figures.append(worker_rows.changing(stage, seconds))
    return figures


def grown(sizes: list[int], rows: list[str], seconds: float) -> list[Figure]:
    """The same rows at each size; a sweep has the same number of due cases each time."""
    found: dict[str, list[Figure]] = {}
    for size in sizes:
        with staged() as stage:
            fill(stage, size, due := sizes[0] // 8)
            for one in on_stage(stage, rows, due, seconds):
                found.setdefault(one.name, []).append(one)
    figures = []
    for name, (small, large) in found.items():
        slower = small.value / large.value
        about = f"{sizes[0]:,} stored, {small.unit}"
        more: dict[str, object] = {"small": small.value, "large": large.value}
        figures.append(
            Figure(f"{name}: times slower", slower, "x", reference_name=about, at_most=1.5, more=more)
        )
        figures += [small, large]
    return figures


def fill(stage: Stage, cases: int, due: int, mixed: int = 0) -> None:
    started, said = machine_seconds(), 0
    for done in seed(stage.settings, stage.premises.clock.now(), stage.register, cases, due, mixed):
        if done * 10 // cases > said:
            said = done * 10 // cases
            say(f"seeding: {done:,} of {cases:,} cases")
    say(f"seeded {cases:,} cases in {machine_seconds() - started:.0f} s")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    bench()
