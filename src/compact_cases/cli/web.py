"""``compact-cases web``: the web service alone."""

import click

from compact_cases import settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--proxies", default="127.0.0.1", show_default=True, help="Addresses whose X-Forwarded-* count."
)
def web(host: str, port: int, workers: int, proxies: str) -> None:
    """Serve the pages and the API."""
    import uvicorn

    settings.check_for_serving(settings.load())
    uvicorn.run(
        "compact_cases.web.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # our own line has no query, no secret and no plain address
        server_header=False,
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=5,
        ws="none",
        log_level="warning",
    )
