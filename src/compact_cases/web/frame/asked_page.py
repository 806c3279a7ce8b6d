"""The page that somebody asked for before they had to sign in, kept in a cookie for half an hour."""

import re
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from compact_cases.office.premises import Premises
from compact_cases.rules.seats import CASE_STAFF, Seat

KEPT = 30 * 60  # seconds: a sign-in link lives for half of that
OURS = re.compile(r"/(?:cases|office)(?:/[A-Za-z0-9][A-Za-z0-9.~_-]*){0,4}")


def remember(request: Request[Any, Any, Any]) -> list[Cookie]:
    """The cookie for a page of the office that was opened without signing in; none for other requests."""
    path = request.scope["path"]
    if request.method != "GET" or not OURS.fullmatch(path):
        return []
    return [_cookie(request.app.state.premises, path, KEPT)]


def recall(request: Request[Any, Any, Any], premises: Premises, role: Seat) -> str | None:
    """That page, for those who may open its kind; an address of another site is never followed."""
    path = request.cookies.get(_name(premises), "")
    if not OURS.fullmatch(path) or (path.startswith("/cases") and role not in CASE_STAFF):
        return None
    return path


def forgotten(premises: Premises) -> Cookie:
    return _cookie(premises, "", 0)


def _cookie(premises: Premises, path: str, seconds: int) -> Cookie:
    secure = premises.settings.base_url.startswith("https://")
    return Cookie(_name(premises), value=path, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _name(premises: Premises) -> str:
    return "__Host-asked" if premises.settings.base_url.startswith("https://") else "asked"
