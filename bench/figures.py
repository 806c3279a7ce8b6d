"""What a run found: one row a figure, beside its reference and its goal; as a table and as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.load import Measured
from compact_cases.clock import Clock

RESULTS = Path(__file__).parent / "results"


@dataclass
class Figure:
    """``value`` and ``reference`` are in ``unit``; ``more`` goes to the JSON.

    Its goals: ``least_ratio`` to the reference, ``at_most`` as a value, ``p99_times`` the middle one. It may
    have none.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    reference_name: str = ""
    least_ratio: float | None = None
    at_most: float | None = None
    p99_times: float | None = None
    p50: float | None = None
    p99: float | None = None
    cpu: float | None = None
    more: dict[str, object] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def passes(self) -> bool:
        good = self.at_most is None or self.value <= self.at_most
        if self.p99_times is not None and self.p99 is not None and self.p50 is not None:
            good = good and self.p99 < self.p99_times * self.p50
        if self.least_ratio is not None:
            good = good and self.ratio is not None and self.ratio >= self.least_ratio
        return good

    @property
    def goal(self) -> str:
        words = []
        if self.least_ratio is not None:
            words.append(f"ratio >= {self.least_ratio:.2f}")
        if self.at_most is not None:
            words.append(f"<= {self.at_most:g} {self.unit}")
        if self.p99_times is not None:
            words.append(f"p99 < {self.p99_times:g} x p50")
        return ", ".join(words)


def of_load(
    name: str,
    found: Measured,
    least_ratio: float,
    reference: tuple[str, Measured],
    p99_times: float | None = None,
    **more: object,
) -> Figure:
    """A figure of so many a second."""
    return Figure(
        name,
        found.rate,
        "/s",
        reference[1].rate,
        reference[0],
        least_ratio,
        p50=found.percentile(0.5),
        p99=found.percentile(0.99),
        p99_times=p99_times,
        cpu=(found.cpu_web + found.cpu_database) * 1000 / found.done,
        more={
            "measured": len(found.times),
            "cpu_ms_web": found.cpu_web * 1000 / found.done,
            "cpu_ms_database": found.cpu_database * 1000 / found.done,
            **more,
        },
    )


def print_table(figures: Sequence[Figure], about: str) -> None:
    table = Table(title=about, title_justify="left", caption_justify="left", caption=_CAPTION)
    for column in ("work", "value", "p50 ms", "p99 ms", "CPU ms", "reference", "is", "ratio", "goal", ""):
        table.add_column(column, justify="left" if column in ("work", "reference", "goal", "") else "right")
    for one in figures:
        ratio = one.ratio
        table.add_row(
            one.name,
            f"{one.value:,.1f} {one.unit}",
            f"{one.p50:.1f}" if one.p50 is not None else "",
            f"{one.p99:.1f}" if one.p99 is not None else "",
            f"{one.cpu:.1f}" if one.cpu is not None else "",
            one.reference_name,
            f"{one.reference:,.1f}" if one.reference is not None else "",
            f"{ratio:.2f}" if ratio is not None else "",
            one.goal,
            ("pass" if one.passes else "MISS") if one.goal else "",
        )
    Console(width=170).print(table)


_CAPTION = (
    "Clients, service, PostgreSQL and mail sink share the machine's cores, and rates swing with it: "
    "the figure is the ratio to the reference that the same run measured. "
    "CPU ms is what our processes and PostgreSQL worked for one answer, case or letter, "
    "whatever else the machine did."
)


def write_json(figures: Sequence[Figure], cases: Sequence[int], load: float, path: Path | None) -> Path:
    """The same, for those who compare runs."""
    started = Clock().now()
    path = path or RESULTS / f"{started:%Y-%m-%dT%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {
        "cores": os.cpu_count(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "load_before": load,
    }
    rows = [{**asdict(one), "ratio": one.ratio, "goal": one.goal, "passes": one.passes} for one in figures]
    content = {"at": started.isoformat(), "cases": list(cases), "machine": machine, "figures": rows}
    path.write_text(json.dumps(content, indent=2, default=str) + "\n", encoding="utf-8")
    return path
