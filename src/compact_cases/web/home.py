"""The first page, and the two pages that say how the site treats people: accessibility and privacy."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.reception import drafting
from compact_cases.office.registry import library
from compact_cases.rules.permissions import Permission


@get("/", sync_to_thread=True)
def home(premises: NamedDependency[Premises]) -> Template:
    with premises.engine.connect() as conn:
        codes = library.codes_held(conn)
    held = [code for code in codes.codes if code.in_force]
    return Template(
        "home.html", context={"held": held, "not_held": [code for code in codes.codes if not code.in_force]}
    )


@get("/accessibility", sync_to_thread=False)
def accessibility() -> Template:
    return Template("accessibility.html")


@get("/privacy", sync_to_thread=False)
def privacy() -> Template:
    return Template("privacy.html", context={"draft_days": drafting.KEPT_DAYS})


routes = Router("/", route_handlers=[home, accessibility, privacy], opt={"permission": Permission.PUBLIC})
