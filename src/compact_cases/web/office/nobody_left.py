"""Cases that nobody in the office may handle, by reference, which an administrator hands on elsewhere."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts
from compact_cases.records import case_summaries
from compact_cases.records.reading import reading
from compact_cases.rules.closing import Unmerge
from compact_cases.rules.handling import HandOn
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NotFound, Refused
from compact_cases.rules.statements import needed
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import Form

ADDRESS = "/office/nobody-left"
LONGEST = 20_000  # as a case takes it
FOR_ADMINISTRATORS: dict[str, Any] = {
    "opt": {"permission": Permission.ADMINISTRATOR},
    "sync_to_thread": True,
}
NONE_SUCH = "Somebody has this case by now, or there is none like it."


@get(ADDRESS, **FOR_ADMINISTRATORS)
def listed(premises: NamedDependency[Premises]) -> Template:
    return Template("office/nobody-left.html", context={"references": _references(premises)})


@get(f"{ADDRESS}/{{number:str}}", **FOR_ADMINISTRATORS)
def one_of_them(number: FromPath[str], premises: NamedDependency[Premises]) -> Template:
    return _page(premises, _named(premises, number), Form())


@post(f"{ADDRESS}/{{number:str}}/apart", **FOR_ADMINISTRATORS)
def take_apart(
    number: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """What was merged into it goes on by itself, as where an officer undoes a merge, one after the other."""
    reference = _named(premises, number)
    reason = form.text("reason", required=needed(Unmerge, "reason"), most=LONGEST)
    if form.is_good:
        try:
            for one in _taken_in(premises, reference):
                casebook.carry_out(premises, one, Unmerge(statement(reason)), by=visitor)
            return done(f"{ADDRESS}/{reference}", "taken-apart")
        except Refused as refused:
            form.refuse("reason", refused.sentence)
    return _page(premises, reference, form, status=422)


@post(f"{ADDRESS}/{{number:str}}", **FOR_ADMINISTRATORS)
def hand_on(
    number: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """The same act as an officer's; the rule refuses it once somebody here may handle the case."""
    reference = _named(premises, number)
    office = form.text("office", required=needed(HandOn, "office"), most=2_000, lines=True)
    sent = form.text("sent", required=needed(HandOn, "sent"), most=LONGEST, lines=True)
    if form.is_good:
        command = HandOn(statement(office), statement(sent), bool(form.one("consented")))
        try:
            casebook.carry_out(premises, reference, command, by=visitor)
            return done(ADDRESS, "handed-on")
        except Refused as refused:
            form.refuse(refused.field or "", refused.sentence)
    return _page(premises, reference, form, status=422)


def _references(premises: Premises) -> list[str]:
    with reading(premises.engine) as conn:
        return [one.reference for one in conflicts.left_to_nobody(conn)]


def _named(premises: Premises, number: str) -> str:
    reference = normalise(number, premises.settings.office.prefix)
    if reference is None or reference not in _references(premises):
        raise NotFound(NONE_SUCH)
    return reference


def _taken_in(premises: Premises, reference: str) -> list[str]:
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference)
        return [one.reference for one in conflicts.taken_in(conn, row)] if row else []


def _page(premises: Premises, reference: str, form: Form, status: int = 200) -> Template:
    context = {"reference": reference, "form": form, "merged": _taken_in(premises, reference)}
    return Template("office/hand-on.html", context=context, status_code=status)


routes = [listed, one_of_them, take_apart, hand_on]
