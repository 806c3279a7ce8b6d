"""The reference of the list: the same framework with one page of fifty rows from Jinja, and nothing else."""

import socket
import sys
from typing import Any

import uvicorn
from jinja2 import DictLoader, Environment, select_autoescape
from litestar import Litestar, MediaType, Response, get
from uvicorn.supervisors import Multiprocess

PAGE = """<!doctype html><html lang="en"><head><title>Cases</title></head><body><table>
{% for row in rows %}<tr><td><a href="/cases/{{ row.reference }}">{{ row.reference }}</a></td>
<td>{{ row.raiser }}</td><td>{{ row.respondent }}</td><td>{{ row.stage }}</td>
<td>{{ row.step }}</td><td>{{ row.due }}</td></tr>
{% endfor %}</table></body></html>"""
ROWS = [
    {
        "reference": f"GC-2026-{number:04d}",
        "raiser": f"Elmfield Tenants & Friends {number}",
        "respondent": f"Northvale Council {number}",
        "stage": "Early resolution",
        "step": "Reply",
        "due": f"{number % 28 + 1} March 2026",
    }
    for number in range(50)
]


def app() -> Litestar:
    environment = Environment(loader=DictLoader({"page": PAGE}), autoescape=select_autoescape(default=True))
    template = environment.get_template("page")

    @get("/", sync_to_thread=False)
    def page() -> Response[Any]:
        return Response(template.render(rows=ROWS), media_type=MediaType.HTML)

    return Litestar([page], logging_config=None, openapi_config=None)


if __name__ == "__main__":
    config = uvicorn.Config(
        "bench.bare_page:app",
        factory=True,
        port=int(sys.argv[1]),
        workers=int(sys.argv[2]),
        access_log=False,
        log_level="warning",
    )
    listener = config.bind_socket()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as `compact-cases web` does
    Multiprocess(config, sockets=[listener]).run()
