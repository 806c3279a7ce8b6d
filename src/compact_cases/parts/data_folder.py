"""The data folder of one ``up``: whose it is, who holds it, and where its sockets are."""

import fcntl
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from compact_cases.parts.runner import PartRefused, Runner, runner_for

LOCK_FILE = "up.lock"
STATE_FILE = "up.json"
LONGEST_SOCKET_FOLDER = 80  # a unix socket's whole path has room for 107 bytes (unix(7))


class FolderInUse(PartRefused):
    """Another process holds the data folder."""


@dataclass(frozen=True)
class DataFolder:
    """A prepared folder and the user who runs the parts in it."""

    path: Path
    runner: Runner

    def part(self, name: str) -> Path:
        """A folder of its own for one part, closed to everybody else."""
        folder = self.path / name
        folder.mkdir(exist_ok=True)
        self.runner.own(folder)
        return folder

    def log(self, name: str) -> Path:
        """The file for a part's output; started afresh when it has grown beyond 5 MB."""
        folder = self.path / "logs"
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"{name}.log"
        if file.exists() and file.stat().st_size > 5_000_000:
            file.replace(file.with_suffix(".old.log"))
        return file

    def sockets(self) -> Path:
        """An empty folder under the temporary one: the data folder's path may be too long for a socket."""
        place = self.socket_place
        if place.is_symlink() or place.exists():
            status = place.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.getuid(), self.runner.uid):
                raise PartRefused(f"{place} belongs to somebody else; remove it and start again.")
            shutil.rmtree(place)
        place.mkdir(mode=0o700)
        self.runner.own(place)
        return place

    def forget_sockets(self) -> None:
        shutil.rmtree(self.socket_place, ignore_errors=True)

    @property
    def socket_place(self) -> Path:
        return _socket_folder(self.path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder: one ``up`` or one lone command at a time. Raises FolderInUse."""
        descriptor = os.open(
            self.path / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderInUse(_in_use(self.path)) from None
            yield
        finally:
            os.close(descriptor)

    def write_state(self, state: dict[str, object]) -> None:
        """Say where the parts are, for commands that join; readable by the user alone."""
        fresh = self.path / f".{STATE_FILE}.new"
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(state, file)
        fresh.replace(self.path / STATE_FILE)

    def forget_state(self) -> None:
        (self.path / STATE_FILE).unlink(missing_ok=True)


def prepare(path: Path) -> DataFolder:
    """Make the data folder, or take the one that is there. Raises PartRefused; never opens a parent."""
    path = path.absolute()
    runner = runner_for(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
        strangers = [entry.name for entry in path.iterdir()]
        if strangers and LOCK_FILE not in strangers and "clock.json" not in strangers:
            raise PartRefused(
                f"The folder {path} holds other files; choose an empty or a new one with --data."
            )
        runner.own(path, 0o711 if os.getuid() == 0 else 0o700)
        (path / LOCK_FILE).touch(mode=0o600)
    except FileExistsError:
        raise PartRefused(f"{path} is a file; choose a folder with --data.") from None
    except PermissionError as problem:
        raise PartRefused(f"The data folder {path} cannot be used: {problem.strerror}.") from None
    return DataFolder(path, runner)


def read_state(path: Path) -> dict[str, str] | None:
    """Where the parts of the ``up`` on this folder are, when one runs and is ready."""
    if not is_held(path):
        return None
    try:
        table = json.loads((path / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return {str(key): str(value) for key, value in table.items() if value is not None}


def is_held(path: Path) -> bool:
    """Whether a process holds the folder now."""
    try:
        descriptor = os.open(path / LOCK_FILE, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def refuse_held(path: Path) -> None:
    """Raises FolderInUse, with where it answers, for a folder on which a service runs."""
    if is_held(path):
        raise FolderInUse(_in_use(path))


def _in_use(path: Path) -> str:
    state = read_state(path)
    if state and "web" in state:
        return (
            f"The data folder {path} is in use: compact-cases runs there and answers at {state['web']}. "
            "End that one first, or choose another folder with --data."
        )
    return (
        f"The data folder {path} is in use by another compact-cases, which is starting, ending or a command; "
        "try again in a moment, or choose another folder with --data."
    )


def _socket_folder(path: Path) -> Path:
    name = f"compact-cases-{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]}"
    temporary = Path(tempfile.gettempdir())
    if len(os.fsencode(temporary)) + len(name) > LONGEST_SOCKET_FOLDER:
        temporary = Path("/tmp")  # noqa: S108 (the folder in it is ours alone, checked, mode 0700)
    return temporary / name
