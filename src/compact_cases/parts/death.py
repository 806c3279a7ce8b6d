"""A child that ends when its parent does, even when the parent is killed with -9."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1

_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def die_with_parent(parent: int, death_signal: int) -> None:
    """Called in the child between fork and exec: the kernel sends ``death_signal`` when the parent is gone.

    The kernel means the parent's *thread*, so parts are started from the main thread only. A change of
    user clears the wish: ask for it last (prctl(2)).
    """
    if _prctl is None:
        return
    _prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        os._exit(1)


def watch_where_needed(pid: int, death_signal: int) -> None:
    """Where the kernel has no such wish (macOS): a watcher that reads a pipe only we hold open."""
    if sys.platform == "linux":
        return
    ours, _held_until_we_end = os.pipe()
    subprocess.Popen(  # noqa: S603 (this file)
        [sys.executable, "-I", "-S", str(Path(__file__)), str(ours), str(pid), str(death_signal)],
        pass_fds=[ours],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(ours)


def is_alive(pid: int) -> bool:
    """Whether the process runs. One in state Z has ended: nobody has read its exit code yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return sys.platform != "linux"
    return text.rpartition(")")[2].split()[0] not in ("Z", "X")


def _watch(pipe: int, pid: int, death_signal: int) -> None:
    while os.read(pipe, 1):
        pass
    try:
        os.kill(pid, death_signal)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _watch(*(int(word) for word in sys.argv[1:4]))
