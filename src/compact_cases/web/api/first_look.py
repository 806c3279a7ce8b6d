"""``POST /api/cases/{ref}/no-conflict``: what a program says before it reads a case for its officer."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from compact_cases.office.casework import first_look
from compact_cases.office.premises import Premises
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.api.answers import Opened
from compact_cases.web.api.description import BEARER, TakesNothing, problems


@post(
    "/api/cases/{ref:str}/no-conflict",
    status_code=200,
    opt={"permission": Permission.TOKEN, "before_declaring": True},
    security=BEARER,
    summary="No conflict",
    operation_id="case-no-conflict",
    operation_class=TakesNothing,
    responses=problems(401, 403, 404, 422),
    sync_to_thread=True,
)
def say_no(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Opened:
    """Say that you, whose token it is, have no conflict of interest in the case: it opens to you then."""
    return Opened(first_look.say_no(premises, visitor, ref))


routes = [say_no]
