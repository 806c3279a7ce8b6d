"""Everything that one browser is given: each page, call and file that there is, and what those link to."""

import re
from collections.abc import Collection, Mapping
from io import BytesIO
from zipfile import ZipFile

from litestar import Litestar
from litestar.testing import TestClient

from tests.web.frame.test_frame import handlers

Seen = dict[str, bytes]


def everything(
    browser: TestClient[Litestar],
    app: Litestar,
    reference: str,
    searched: Collection[str] = (),
    of_the_api: Mapping[str, str] | None = None,
    but: Collection[str] = (),
) -> Seen:
    """As each is answered: status, headers, body. ``of_the_api``: the headers that a call of it gets."""
    seen: Seen = {}
    asked = [path.replace("{ref:str}", reference) for path, one in handlers(app) if "GET" in one.http_methods]
    asked += [f"{where}?q={word}" for word in searched for where in ("/cases", "/api/cases")]
    waiting = sorted({one for one in asked if "{" not in one and one not in but and "/static" not in one})
    while waiting:
        path = waiting.pop(0)
        of_this = of_the_api if path.startswith("/api") else {}
        answer = browser.get(path, headers=of_this)
        if answer.status_code == 503:  # a machine with no time left for it says so, and is asked again
            answer = browser.get(path, headers=of_this)
        assert answer.status_code < 500, path
        head = [(name, value) for name, value in answer.headers.items() if name != "content-length"]
        seen[path] = repr((answer.status_code, sorted(head))).encode() + _content(answer.content)
        text = answer.text if answer.status_code == 200 else ""
        found = {one.replace("&amp;", "&") for one in re.findall(r'href="(/(?:cases|office)[^"#]*)', text)}
        waiting += sorted(found - seen.keys() - set(waiting) - set(but))
    return seen


def _content(body: bytes) -> bytes:
    """Of a sheet what is in it: the file itself says at what moment it was packed."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as sheet:
        return b"".join(sheet.read(name) for name in sorted(sheet.namelist()))
