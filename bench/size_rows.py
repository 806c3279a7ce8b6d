"""What `compact-cases up` takes: seconds until it is ready, and memory once it has worked (PSS)."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.figures import Figure
from bench.processes import pss_of_tree
from compact_cases.clock import machine_seconds

REQUESTS = 400
A_SWEEP = 12.0  # seconds: in development the worker sweeps every ten
_FORM = "application/x-www-form-urlencoded"


@contextmanager
def up(data: Path, *words: str) -> Iterator[tuple[int, dict[str, str], float]]:
    """A running `up`: its process, the places it announced, and how long that took."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMPACT_CASES_")}
    started = machine_seconds()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "compact_cases.cli",
            "up",
            "--json",
            "--port",
            "0",
            "--data",
            str(data),
            *words,
        ],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd="/",
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise SystemExit("`compact-cases up` did not start.")
        yield process.pid, json.loads(line), machine_seconds() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def starting() -> list[Figure]:
    """From the command to ready: pages answer, migrations are done, the worker has run a task."""
    with tempfile.TemporaryDirectory(prefix="compact-cases-bench-") as place:
        Path(place).chmod(0o711)
        data = Path(place) / "data"
        with up(data) as (_, _, first):
            pass
        with up(data) as (_, _, again):
            pass
    python = _seconds_of_bare_python()
    return [
        Figure(f"up to ready, {name}", took, "s", python, "python that imports the web app", at_most=goal)
        for name, took, goal in (("first time", first, 8.0), ("data folder there", again, 5.0))
    ]


def memory() -> Figure:
    """Everything that `up --sample` started, after 400 requests of an officer and one sweep."""
    with tempfile.TemporaryDirectory(prefix="compact-cases-bench-") as place:
        Path(place).chmod(0o711)
        with up(Path(place) / "data", "--sample") as (pid, places, _):
            started = machine_seconds()
            _use(places)
            time.sleep(max(0.0, A_SWEEP - (machine_seconds() - started)))
            parts = pss_of_tree(pid)
    bare = sum(size for name, size in parts.items() if name in ("postgres", "redis"))
    return Figure(
        "memory of all of up, PSS",
        sum(parts.values()),
        "MB",
        bare,
        "PostgreSQL and Redis in it",
        at_most=300,
        more={"parts": parts, "requests": REQUESTS},
    )


def _use(places: Mapping[str, str]) -> None:
    """Sign in by the link, then read pages of every kind round and round."""
    web, link = urlsplit(places["web"]), urlsplit(places["sign_in"])
    line = http.client.HTTPConnection(web.hostname or "", web.port, timeout=30)
    page, cookie = _get(line, link.path, "")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    body = urlencode({"csrf_token": token[1] if token else ""})
    line.request(
        "POST", link.path, body, {"Content-Type": _FORM, "Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    )
    answer = line.getresponse()
    answer.read()
    session = next(
        value.split(";")[0]
        for name, value in answer.getheaders()
        if name == "set-cookie" and "session=" in value
    )
    listed, _ = _get(line, "/cases", session)
    cases = sorted(set(re.findall(r'href="(/cases/[A-Z]+-\d+-\d+)"', listed)))
    paths = ["/", "/cases", "/codes", "/concerns/new", "/cases?q=council", *cases[:10]]
    for number in range(REQUESTS):
        _get(line, paths[number % len(paths)], session)
    line.close()


def _get(line: http.client.HTTPConnection, path: str, cookie: str) -> tuple[str, str]:
    line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    text = answer.read().decode()
    if answer.status >= 400:
        raise SystemExit(f"{path} answered {answer.status}.")
    return text, (answer.getheader("set-cookie") or "").split(";")[0]


def _seconds_of_bare_python() -> float:
    started = machine_seconds()
    subprocess.run([sys.executable, "-c", "import compact_cases.web.app"], check=True, cwd="/")
    return machine_seconds() - started
