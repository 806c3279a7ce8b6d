"""The template engine: where templates are, what every one of them can use, dates in words."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from litestar.connection import Request
from litestar.plugins.jinja import JinjaTemplateEngine
from markupsafe import escape

from compact_cases.office.premises import Premises
from compact_cases.reports.case_shape import Entry
from compact_cases.reports.just_done import in_one_line
from compact_cases.reports.standing import declined_as, ended_as
from compact_cases.rules.permissions import NOBODY
from compact_cases.rules.routes import STOPS_NO_LIMIT, between
from compact_cases.rules.seats import spoken
from compact_cases.settings import OFFICE_ZONE
from compact_cases.shipped import templates_folder
from compact_cases.web.frame.done import LINES
from compact_cases.web.frame.static_files import static_url


class PageTemplate:
    """A template that also knows its reader: ``visitor``, ``csrf_token``, and ``here``, the path.

    ``done`` is the line that says what was done just now, ``open_until`` when their session ends if they do
    nothing, ``unsent`` what is kept of an earlier one.
    """

    def __init__(self, template: Template) -> None:
        self._template = template

    def render(self, **context: Any) -> str:
        request: Request[Any, Any, Any] | None = context.get("request")
        state: dict[str, Any] = request.scope["state"] if request else {}
        known = {
            "visitor": state.get("visitor", NOBODY),
            "csrf_token": state.get("csrf_token", ""),
            "here": request.scope["path"] if request else "",
            "done": LINES.get(request.query_params.get("done", ""), "") if request else "",
            "open_until": state.get("open_until"),
            "unsent": state.get("unsent", ()),
        }
        return self._template.render(**{**known, **context})


class PageEngine(JinjaTemplateEngine):
    """Litestar's engine, handing out templates that know their reader."""

    def get_template(self, template_name: str) -> PageTemplate:  # type: ignore[override]
        return PageTemplate(super().get_template(template_name))


class _Templates(Environment):
    """All templates share one plain dictionary of globals.

    Each ``import`` compares them with its own: through a ChainMap that took a tenth of a case's page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


def template_engine(premises: Premises) -> PageEngine:
    environment = _Templates(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # it asks the disk at each include, 200 times for a long case
    )
    environment.filters.update(FILTERS)
    engine = PageEngine(engine_instance=environment)
    environment.globals.update(
        static_url=static_url,
        office=premises.settings.office,
        now=premises.clock.now,
        today=premises.clock.today,
        lines=_Lines(environment),
        routes_of=lambda view: between(
            premises.settings.office.routes, view.closing.raiser_sectors, view.closing.respondent_sectors
        ),
        stops_no_limit=STOPS_NO_LIMIT,
    )
    return engine


class _Lines(dict[str, Any]):
    """The macro behind a line of the timeline, by the event's name; an ``import`` takes 20 µs each time.

    Called with entries: the class of each, its line, its instant and who did it, as HTML. Macros are called
    from here, because a template takes 4 µs longer to call one and to ask an entry for its fields.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__()
        self._environment = environment

    def __missing__(self, name: str) -> Any:
        module: Any = self._environment.get_template(f"timeline/{name}.html").module
        self[name] = module.line
        return module.line

    def __call__(self, entries: Sequence[Entry], view: object) -> Iterator[tuple[str, str, str, str]]:
        doers = escaped(["" if one.by == "the system" or one.kind != "event" else one.by for one in entries])
        for one, by in zip(entries, doers, strict=True):
            line = self["letter" if one.kind == "letter" else one.name]
            said = line(one, one.facts, view)
            if "in_error" in one.facts:  # it stays, and is said to be none
                said = f"<s>{said}</s> This was recorded in error."
            yield one.kind, said, one.at.isoformat(), by


def escaped(texts: Sequence[str]) -> list[str]:
    """Each text as HTML, as plain strings for a part of a page that escapes no more.

    All of them in one go: a page of fifty lines has 250, and Markup takes 0.7 µs to make one.
    """
    return str(escape(APART.join(texts))).split(APART) if texts else []


APART = "\0"  # no text that we keep has one: PostgreSQL takes none


def local(value: date | datetime) -> date | datetime:
    return value.astimezone(OFFICE_ZONE) if isinstance(value, datetime) else value


def day_in_words(value: date | datetime) -> str:
    """Tuesday 30 December 2025"""
    moment = local(value)
    return f"{moment:%A} {moment.day} {moment:%B} {moment.year}"


def short_day(value: date | datetime) -> str:
    """30 Dec 2025"""
    moment = local(value)
    return f"{moment.day} {moment:%b} {moment.year}"


@lru_cache(2000)  # of a proof, which may stand on a page a dozen times: a month of days each
def weekday_and_day(value: date) -> str:
    """Tue 30 Dec 2025"""
    return f"{value:%a} {value.day} {value:%b} {value.year}"


def moment_in_words(value: datetime) -> str:
    """Tuesday 30 December 2025 at 14:05"""
    return f"{day_in_words(value)} at {local(value):%H:%M}"


def machine_day(value: date | datetime) -> str:
    """2025-12-30, or with the time and its offset, for a ``time`` element."""
    moment = local(value)
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


FILTERS: dict[str, Callable[..., str]] = {
    "day": day_in_words,
    "short_day": short_day,
    "weekday_and_day": weekday_and_day,
    "moment": moment_in_words,
    "machine_day": machine_day,
    "one_line": in_one_line,
    "ended_as": ended_as,
    "declined_as": declined_as,
    "spoken": spoken,
}
