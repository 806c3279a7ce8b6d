"""Processes as the kernel counts them: the time that a tree of them has worked, and the memory it holds."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree_of(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents = dict(_parents())
    return [pid for pid in parents if _descends(pid, root, parents)]


def cpu_seconds(*roots: int) -> float:
    """What these processes and their descendants have worked so far, in user and kernel mode."""
    return sum(_cpu(pid) for root in roots for pid in tree_of(root))


def pss_of_tree(root: int) -> dict[str, float]:
    """Megabytes by program; a page that several share is divided between them, so the sum is right."""
    found: dict[str, float] = {}
    for pid in tree_of(root):
        name = _name(pid)
        found[name] = round(found.get(name, 0.0) + _pss(pid), 1)
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(entry.name)):
            yield int(entry.name), int(fields[1])


def _descends(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid != root:
        if pid <= 1 or pid not in parents:
            return False
        pid = parents[pid]
    return True


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, ...; none for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / _TICKS if fields else 0.0  # its own, and of children that ended


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "ended"
    texts = [word.decode(errors="replace") for word in words if word]
    if "compact_cases.cli" in texts:
        return texts[texts.index("compact_cases.cli") + 1]
    for program in ("postgres", "redis"):
        if texts and (texts[0].startswith(f"{program}:") or program in texts[0]):
            return program
    return Path(texts[0]).name if texts else "?"


def _pss(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    size = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(size[1]) / 1024 if size else 0.0
