"""How often one address may do what costs us or others something; officers who are signed in are exempt."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Guard

from compact_cases.office.accounts.attempts import network_of, too_many
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import Failure
from compact_cases.web.frame.guards import looked_up


def limited(what: str, most: int, seconds: int = 3600) -> Guard:
    """A guard for a route: at most so many tries of ``what`` by one address, as ``guards=[limited(...)]``."""

    async def within_limit(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if connection.scope["state"]["visitor"].is_officer:
            return
        address = network_of(address_of(dict(connection.scope)))
        premises = connection.app.state.premises
        if await looked_up(connection, too_many, premises, what, address, most, seconds):
            raise Failure(429, "There have been too many tries from your address. Please wait and try again.")

    return within_limit
