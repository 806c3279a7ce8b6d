"""Celery is only the clock: small tasks, nothing timed in the queue, a beat that only knows the timetable."""

import ast
import subprocess
import sys

import pytest

from compact_cases.clock import steady_now
from tests.architecture.source import ROOT, SHIPPED, calls, functions, name_of, python_files, tree_of
from tests.parts.running import bare_environment

APP = ROOT / "worker" / "app.py"


def loaded_by(statement: str, *names: str) -> list[str]:
    """Which of the modules ``names`` are in a fresh Python after ``statement``."""
    script = f"import sys; {statement}; print([n for n in {names!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=bare_environment(ENVIRONMENT="development"),
        check=True,
    )
    found: list[str] = ast.literal_eval(done.stdout)
    return found


def test_tasks_have_at_most_five_lines() -> None:
    tasks = [
        it for it in functions(APP) if any("app.task" in ast.unparse(mark) for mark in it.decorator_list)
    ]
    assert tasks
    for task in tasks:
        lines = ast.unparse(ast.Module(task.body, [])).splitlines()
        assert len(lines) <= 5, task.name


def test_the_worker_loads_the_office_inside_its_tasks_only() -> None:
    imported = [node.module for node in tree_of(APP).body if isinstance(node, ast.ImportFrom)]
    ours = [module for module in imported if module and module.startswith("compact_cases")]
    assert set(ours) <= {"compact_cases.settings", "compact_cases.clock"}
    assert loaded_by("import worker.app", "compact_cases.office", "sqlalchemy", "litestar", "holidays") == []


def test_nothing_is_timed_in_the_queue() -> None:
    """Past the visibility timeout each task with an ETA or a countdown ran four times."""
    found = [
        f"{name_of(path)}:{line} {call}"
        for path in python_files(*SHIPPED)
        for call, line in calls(path)
        if call.endswith((".apply_async", ".signature", ".retry")) and not call.startswith("super().")
    ]
    assert found == []


def test_every_tick_runs_a_task_in_a_queue_that_is_worked_and_never_expires() -> None:
    """A tick expires by the worker's wall clock, and beat's may be another; it waits beside two at most."""
    from worker.app import QUEUES, app

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        assert entry["options"].keys() == {"queue"}
        assert entry["options"]["queue"] in QUEUES
        assert entry["schedule"].nowfun is steady_now


def test_every_kind_of_work_has_threads_of_its_own() -> None:
    from worker.app import app, have_threads

    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    for letters in (1, 4):
        have_threads(letters)
        assert app.conf.worker_concurrency == letters + len(tasks) - 1
    for task in tasks:
        assert app.tasks[task].run.__wrapped__, f"{task} may hold every thread"


@pytest.mark.parametrize("setting", ["task_acks_late", "task_reject_on_worker_lost", "task_ignore_result"])
def test_a_task_that_was_cut_off_comes_again(setting: str) -> None:
    from worker.app import app

    assert app.conf[setting] is True
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.accept_content == ["json"]
    assert 300 <= app.conf.broker_transport_options["visibility_timeout"] <= 600


def test_the_running_processes_leave_the_holidays_library_alone() -> None:
    """It takes 17 MB, and is needed only when a calendar edition is stored."""
    assert loaded_by("from compact_cases.web.app import all_routes; all_routes()", "holidays") == []


def test_nothing_imports_the_worker() -> None:
    importers = [
        name_of(path)
        for path in python_files("src")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "worker"
    ]
    # The command that starts it is the one that may.
    assert set(importers) == {"src/compact_cases/cli/worker.py"}
