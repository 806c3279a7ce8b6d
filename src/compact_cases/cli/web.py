"""``compact-cases web``: the web service alone."""

import socket
from functools import partial

import click

from compact_cases import settings

# Named as words: each process that serves loads them for itself.
SERVICE = "compact_cases.web.app:from_environment"
WIRE = "compact_cases.web.frame.wire:Wire"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--patience",
    default=60.0,
    show_default=True,
    type=click.FloatRange(1, 3600),
    help="Seconds in which a request must have come.",
)
@click.option("--await-schema", default=0.0, hidden=True, help="Seconds in which a migration may end.")
def web(host: str, port: int, workers: int, patience: float, await_schema: float) -> None:
    """Serve the pages and the API."""
    import uvicorn
    from uvicorn.importer import import_from_string
    from uvicorn.supervisors import Multiprocess

    from compact_cases.parts.right_role import refuse_a_strong_role
    from compact_cases.parts.right_schema import hold_at_start

    found = settings.load()
    settings.check_for_serving(found)
    if await_schema:  # the pages are loaded meanwhile
        import_from_string(SERVICE)
    if found.database_url:
        hold_at_start(found.database_url, await_schema)
        if found.in_production:
            refuse_a_strong_role(found.database_url)
    config = uvicorn.Config(
        SERVICE,
        factory=True,
        http=partial(import_from_string(WIRE), patience=patience, proxies=found.proxies),  # type: ignore[arg-type]
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # our own line has no query, no secret and no plain address
        server_header=False,
        forwarded_allow_ips=list(found.proxies),
        timeout_graceful_shutdown=5,
        ws="none",
        log_config=None,  # its lines are written by ours, which wait for nobody
        log_level="warning",
    )
    if workers == 1:
        uvicorn.Server(config).run()
        return
    # uvicorn's own socket for several processes sends an answer's body 40 ms after its head (Nagle's
    # algorithm against delayed acknowledgements); connections inherit this option from it.
    listener = config.bind_socket()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, sockets=[listener]).run()
