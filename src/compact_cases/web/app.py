"""The web service put together: the one place that knows every module of pages and calls."""

from importlib import import_module
from types import ModuleType
from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.utils.sync import AsyncCallable

from compact_cases.office.premises import Premises, open_premises, settle_in
from compact_cases.rules.permissions import Visitor
from compact_cases.settings import Settings, check_for_serving, load
from compact_cases.web.api.acts import calls_of
from compact_cases.web.api.description import openapi_config
from compact_cases.web.cases.acts import Reader
from compact_cases.web.cases.pages import pages_of
from compact_cases.web.frame.access_log import AccessLog
from compact_cases.web.frame.ended import ended_handlers, forget_what_was_sent
from compact_cases.web.frame.errors import exception_handlers
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.guards import check_form, door, form_of, premises_of, visitor_of
from compact_cases.web.frame.headers import safe_headers
from compact_cases.web.frame.log_lines import set_up_logging
from compact_cases.web.frame.templating import template_engine
from compact_cases.web.frame.threads import open_threads

# Each has ``routes``, every one of which declares a permission, or ``READERS``, which get their routes here.
MODULES = (
    "frame.static_files",
    "home",
    "codes",
    "raising.concerns",
    "accounts",
    "cases.listed",
    "cases.first_look",
    "cases.list_files",
    "cases.views",
    "cases.letters",
    "cases.cover",
    "cases.return_code",
    "cases.intake",
    "cases.enquiry",
    "cases.review",
    "cases.panel",
    "cases.findings",
    "cases.mediation",
    "cases.fast_track",
    "cases.talk",
    "cases.closing",
    "cases.reopening",
    "cases.clocks",
    "cases.timetable",
    "cases.relations",
    "cases.lessons",
    "cases.agreement",
    "cases.posting",
    "cases.notes",
    "cases.handling",
    "cases.board",
    "cases.speaking",
    "room.pages",
    "office.bodies",
    "office.home",
    "office.people",
    "office.editions",
    "office.overdue",
    "office.nobody_left",
    "office.board",
    "office.panellists",
    "office.mediators",
    "office.unsent",
    "health",
    "api.codes",
    "api.concerns",
    "api.cases",
    "api.first_look",
)
LARGEST_BODY = 1_000_000


def create_app(settings: Settings, *, premises: Premises | None = None) -> Litestar:
    """The application on ``settings``; tests hand in ``premises`` with a clock of their own."""
    return move_in(assemble(settings.office.name, settings.base_url), premises or open_premises(settings))


def assemble(office: str, base_url: str) -> Litestar:
    """The application but for its premises: what takes most of the time, and what any premises can share."""
    app = Litestar(
        route_handlers=all_routes(),
        guards=[door],
        before_request=check_form,
        before_send=[safe_headers(base_url), forget_what_was_sent],
        exception_handlers={**exception_handlers(), **ended_handlers()},
        dependencies={
            "premises": Provide(premises_of, sync_to_thread=False),
            "visitor": Provide(visitor_of),
            "form": Provide(form_of),
        },
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        openapi_config=openapi_config(office),
        include_in_schema=False,
        signature_types=[Form, Premises, Visitor],
        on_startup=[open_threads],
        on_shutdown=[_let_go],
        debug=False,
    )
    _call_in_one_thread(app)
    app.asgi_handler = AccessLog(app.asgi_handler)
    return app


def move_in(app: Litestar, premises: Premises) -> Litestar:
    """``app``, from now on at ``premises``."""
    app.state.premises = premises
    app.template_engine = template_engine(premises)
    return app


def from_environment() -> Litestar:
    """For uvicorn: ``uvicorn --factory compact_cases.web.app:from_environment``."""
    settings = load()
    check_for_serving(settings)
    set_up_logging()
    app = create_app(settings)
    settle_in()
    return app


def all_readers() -> list[Reader]:
    """Every act that a case takes."""
    return [reader for module in _modules() for reader in getattr(module, "READERS", ())]


def all_routes() -> list[Any]:
    """What the modules serve, and the pages and calls of their acts."""
    found: list[Any] = [page for reader in all_readers() for page in pages_of(reader)]
    calls: list[Any] = calls_of(all_readers())
    for module in _modules():
        routes = getattr(module, "routes", ())
        # Pages stay out of the API's description, calls are in it.
        kind = calls if ".api." in module.__name__ else found
        kind.extend([routes] if isinstance(routes, Router) else routes)
    return [*found, Router("/", route_handlers=calls, include_in_schema=True)]


def _modules() -> list[ModuleType]:
    return [import_module(f"compact_cases.web.{name}") for name in MODULES]


def _call_in_one_thread(app: Litestar) -> None:
    """Undo what Litestar 2 does to a handler that shares its path or has two: it is wrapped to run in a
    thread once for each registration, and the inner thread's coroutine is never awaited (litestar pull
    request 4738, mended in version 3 only).
    """
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            while isinstance(handler.fn, AsyncCallable) and isinstance(handler.fn.func, AsyncCallable):
                handler._fn = handler.fn.func


def _let_go(app: Litestar) -> None:
    premises: Premises = app.state.premises
    premises.engine.dispose()
