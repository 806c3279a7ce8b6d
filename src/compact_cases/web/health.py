"""Whether the service lives, whether it is ready, and figures about its work for a monitor."""

import asyncio
import hmac
import ipaddress
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from litestar import Request, Response, get
from litestar.di import NamedDependency
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from compact_cases.office.premises import Premises
from compact_cases.parts import right_schema
from compact_cases.parts.revisions import WrongSchema
from compact_cases.records.reading import reading
from compact_cases.records.unavailable import why_not
from compact_cases.reports.workload import workload
from compact_cases.rules.permissions import Permission
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import Failure
from compact_cases.web.frame.threads import THREADS, threads_here

PLAIN = "text/plain"
PATIENCE = 3.5  # seconds; longer than one waits for a connection, shorter than whoever asks for our health
_own_thread = ThreadPoolExecutor(1, thread_name_prefix="health")


@get("/health/live", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def live() -> Response[str]:
    """This process answers; nothing else is asked."""
    return Response("alive\n", media_type=PLAIN)


@get("/health/ready", opt={"permission": Permission.PUBLIC})
async def ready(premises: NamedDependency[Premises]) -> Response[str]:
    """The database answers, has the schema of this version, and there is a thread to ask it. Redis may be
    away; nothing waits for it. It asks on a thread of its own, else it could not say what is wrong."""
    if threads_here().are_full:
        wrong: str | None = f"All {THREADS} threads are busy, and as many requests wait as may."
    else:
        looking = asyncio.wrap_future(_own_thread.submit(_what_is_wrong, premises))
        done, _ = await asyncio.wait([looking], timeout=PATIENCE)
        wrong = looking.result() if done else f"The database does not answer within {PATIENCE:.0f} seconds."
    return Response(f"{wrong or 'ready'}\n", media_type=PLAIN, status_code=503 if wrong else 200)


def _what_is_wrong(premises: Premises) -> str | None:
    try:
        with reading(premises.engine) as conn:
            right_schema.hold(conn.connection.driver_connection)  # type: ignore[arg-type]
    except PoolTimeout:
        return "All connections to the database are in use."
    except WrongSchema as wrong:
        return str(wrong)
    except (SQLAlchemyError, psycopg.Error) as fault:
        return why_not(fault) or "The database does not answer."
    return None


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


routes = [live, ready, metrics]
