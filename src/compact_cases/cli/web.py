"""``compact-cases web``: the web service alone."""

import socket
from functools import partial

import click

from compact_cases import settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--proxies", default="127.0.0.1", show_default=True, help="Addresses whose X-Forwarded-* count."
)
@click.option(
    "--patience",
    default=60.0,
    show_default=True,
    type=click.FloatRange(1, 3600),
    help="Seconds in which a request must have come.",
)
def web(host: str, port: int, workers: int, proxies: str, patience: float) -> None:
    """Serve the pages and the API."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from compact_cases.web.frame.wire import Wire

    settings.check_for_serving(settings.load())
    config = uvicorn.Config(
        "compact_cases.web.app:from_environment",
        factory=True,
        http=partial(Wire, patience=patience),  # type: ignore[arg-type]
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # our own line has no query, no secret and no plain address
        server_header=False,
        forwarded_allow_ips=proxies,
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
