"""The style sheet and its few companions, served under names that hold their hash, so they never go stale."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from compact_cases.rules.permissions import Permission

FOLDER = Path(__file__).with_name("static")
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def hashed_names() -> dict[str, str]:
    """``{"style.css": "style.0f3a...css"}`` for every file of the folder; read once a process."""
    names = {}
    for path in sorted(FOLDER.iterdir()):
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        names[path.name] = f"{path.stem}.{mark}{path.suffix}"
    return names


def static_url(name: str) -> str:
    """The address of a static file; a name that is not there is a mistake in a template (KeyError)."""
    return f"/static/{hashed_names()[name]}"


@cache
def _by_hashed_name() -> dict[str, tuple[bytes, str]]:
    files = {}
    for name, hashed in hashed_names().items():
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        files[hashed] = ((FOLDER / name).read_bytes(), kind)
    return files


@get("/{name:str}", sync_to_thread=False, opt={"permission": Permission.PUBLIC})
def static_file(name: FromPath[str]) -> Response[bytes]:
    """One file; an old hash is not found, so that a stale page never gets a new style under an old name."""
    if name not in _by_hashed_name():
        raise NotFoundException("There is no such file.")
    content, kind = _by_hashed_name()[name]
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})


routes = Router("/static", route_handlers=[static_file], include_in_schema=False)
