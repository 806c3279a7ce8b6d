"""Who runs an embedded part: the user who asked, or ``nobody`` (PostgreSQL refuses to run as root)."""

import ctypes
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compact_cases.parts.death import die_with_parent, watch_where_needed


class PartRefused(Exception):
    """A part cannot run here; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Runner:
    """Runs programs as the present user. ``uid`` and ``gid`` own the files the program writes."""

    uid: int
    gid: int

    def reachable(self, program: Path, trees: Sequence[Path], copies: Path) -> Path:
        """The path under which this user can run ``program``, which needs ``trees`` around it."""
        del trees, copies
        return program

    def own(self, folder: Path, mode: int = 0o700) -> None:
        folder.chmod(mode)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        death_signal: int,
        log: Path,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program that ends with this process, its output added to ``log``."""
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 (our own programs and arguments)
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=_bare_environment() if environment is None else environment,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which ends its parts in order
                preexec_fn=self._before(death_signal),
            )
        watch_where_needed(process.pid, death_signal)
        return process

    def run(self, command: Sequence[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(  # noqa: S603 (our own programs and arguments)
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=cwd,
            env=_bare_environment(),
            preexec_fn=self._before(9),
            check=False,
        )

    def _before(self, death_signal: int) -> Callable[[], None]:
        parent, become = os.getpid(), self.become

        def before() -> None:
            become()
            die_with_parent(parent, death_signal)  # after become(): a change of user clears it

        return before

    def become(self) -> None:
        """What a child does between fork and exec to be this user: nothing to change."""


class AsNobody(Runner):
    """Root hands the part to ``nobody``, files and all."""

    def reachable(self, program: Path, trees: Sequence[Path], copies: Path) -> Path:
        """Copies the program with its trees beside the data where ``nobody`` may not pass to them."""
        if passes(program, self.uid, self.gid):
            return program
        base = Path(os.path.commonpath(trees)) if len(trees) > 1 else trees[0].parent
        copy = copies / f"{program.name}-{program.stat().st_mtime_ns}"
        if not copy.exists():
            fresh = copies / f"{program.name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            for tree in trees:
                ignored = shutil.ignore_patterns("include", "*.a", "__pycache__")
                shutil.copytree(tree, fresh / tree.relative_to(base), ignore=ignored)
            fresh.rename(copy)
        return copy / program.relative_to(base)

    def own(self, folder: Path, mode: int = 0o700) -> None:
        os.chown(folder, self.uid, self.gid)
        folder.chmod(mode)

    def become(self) -> None:
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)


class InNamespace(Runner):
    """Root in a user namespace of its own, where it is called ``nobody``; files stay root's."""

    def become(self) -> None:
        nobody = pwd.getpwnam("nobody")
        _enter_namespace(nobody.pw_uid, nobody.pw_gid)


def runner_for(folder: Path) -> Runner:
    """Who runs the parts whose files lie in ``folder``. Raises PartRefused where nobody can."""
    if os.getuid() != 0:
        return Runner(os.getuid(), os.getgid())
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PartRefused(
            "PostgreSQL does not run as root and this machine has no user 'nobody'; "
            "run compact-cases as an ordinary user."
        ) from None
    blocked = blocking_parent(folder, nobody.pw_uid, nobody.pw_gid)
    if blocked is None:
        return AsNobody(nobody.pw_uid, nobody.pw_gid)
    namespaced = InNamespace(0, 0)
    if sys.platform == "linux" and namespaces_work(namespaced):
        return namespaced
    raise PartRefused(
        f"As root, PostgreSQL runs as the user nobody, who may not pass {blocked}; "
        "choose another data folder with --data."
    )


def namespaces_work(runner: Runner) -> bool:
    """Whether this machine lets us make a user namespace; containers often do not."""
    try:
        return runner.run(["/bin/sh", "-c", "test $(id -u) -ne 0"], cwd=Path("/")).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def blocking_parent(path: Path, uid: int, gid: int) -> Path | None:
    """The first folder above ``path`` that this user may not pass, from the root down."""
    for parent in reversed(path.absolute().parents):
        if parent.exists() and not _allows(parent, uid, gid, 0o1):
            return parent
    return None


def passes(program: Path, uid: int, gid: int) -> bool:
    """Whether this user can reach and run ``program``, wherever its links lead."""
    real = program.resolve()
    return blocking_parent(real, uid, gid) is None and _allows(real, uid, gid, 0o5)


def _allows(path: Path, uid: int, gid: int, wanted: int) -> bool:
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    shift = 6 if status.st_uid == uid else 3 if status.st_gid == gid else 0
    return (mode >> shift) & wanted == wanted


def _enter_namespace(uid: int, gid: int) -> None:
    new_user_namespace = 0x10000000  # CLONE_NEWUSER; os.unshare is Python 3.12
    if ctypes.CDLL(None, use_errno=True).unshare(new_user_namespace) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} 0 1")
    Path("/proc/self/gid_map").write_text(f"{gid} 0 1")


def _bare_environment() -> dict[str, str]:
    """No setting and no PG* variable of the caller reaches a part; PATH and TZ are all they need."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
