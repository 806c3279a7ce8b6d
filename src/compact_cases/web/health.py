"""Whether the service lives, whether it is ready, and figures about its work for a monitor."""

import hmac
import ipaddress
from functools import cache
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from compact_cases.office.premises import Premises
from compact_cases.records.reading import reading
from compact_cases.reports.workload import workload
from compact_cases.rules.permissions import Permission
from compact_cases.shipped import migrations_folder
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import Failure

PLAIN = "text/plain"


@get("/health/live", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def live() -> Response[str]:
    """This process answers; nothing else is asked."""
    return Response("alive\n", media_type=PLAIN)


@get("/health/ready", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
def ready(premises: NamedDependency[Premises]) -> Response[str]:
    """The database answers and has the schema of this version. Redis may be away; nothing waits for it."""
    try:
        with reading(premises.engine) as conn:
            revision = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except SQLAlchemyError:
        return Response("The database does not answer.\n", media_type=PLAIN, status_code=503)
    if revision != newest_revision():
        return Response("The database needs `compact-cases migrate`.\n", media_type=PLAIN, status_code=503)
    return Response("ready\n", media_type=PLAIN)


@get("/metrics", opt={"permission": Permission.METRICS}, sync_to_thread=True)
def metrics(request: Request[Any, Any, Any], premises: NamedDependency[Premises]) -> Response[bytes]:
    """Figures without a label for a body, a clause, a person or an outcome."""
    if not _may_read_metrics(request, premises.settings.metrics_token):
        raise Failure(404, "There is no such page. Check the address.")
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    with reading(premises.engine) as conn:
        figures = workload(conn, premises.clock.now())
    for name, (value, meaning) in figures.items():
        Gauge(f"compact_cases_{name}", meaning, registry=registry).set(value)
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_metrics(request: Request[Any, Any, Any], token: str | None) -> bool:
    """From this machine, not through a proxy on it; or with the token."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if token and hmac.compare_digest(given, token.encode()):
        return True
    if "forwarded" in request.headers or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(address_of(dict(request.scope))).is_loopback
    except ValueError:
        return False


@cache
def newest_revision() -> str:
    """The newest migration is the last by name: a name begins with its revision, `2026_11_22_01`."""
    newest = max(path.stem for path in (migrations_folder() / "versions").glob("2*.py"))
    return "_".join(newest.split("_")[:4])


routes = [live, ready, metrics]
