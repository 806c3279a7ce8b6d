"""The office's own page and the page of what needs attention: how much waits, and each thing with its act."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office import attention as office_attention
from compact_cases.office.post import retrying
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import restores
from compact_cases.records.reading import reading
from compact_cases.reports import attention
from compact_cases.reports.attention import RunsOut
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.working_days import Calendar
from compact_cases.web.frame.done import done
from compact_cases.web.frame.errors import AlreadyDone
from compact_cases.web.frame.templating import moment_in_words

ATTENTION = "/office/attention"


@get("/office", opt={"permission": Permission.REGISTER}, sync_to_thread=True)
def office_page(premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]) -> Template:
    """An administrator, who sees no case, finds the register here but no task."""
    counts, failed, held = [], 0, False
    if visitor.is_officer:
        with reading(premises.engine) as conn:
            calendar = library.current_rulebook(conn).calendar
            runs_out, today = _runs_out(premises, calendar), premises.clock.today()
            counts = attention.counts(conn, calendar, runs_out, today, visitor.interests)
            held = restores.is_held(conn)
        failed = retrying.could_go_again(premises)
    shown = {"counts": counts, "failed": failed, "held": held}
    return Template("office/home.html", context=shown)


@get(ATTENTION, opt={"permission": Permission.OVERDUE}, sync_to_thread=True)
def attention_page(premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]) -> Template:
    """A board chair finds here what concerns the cases that she looks after, and nothing else."""
    hers = visitor.staff_id if visitor.is_chair else None
    with reading(premises.engine) as conn:
        calendar = library.current_rulebook(conn).calendar
        runs_out = _runs_out(premises, calendar)
        sections, more = attention.sections(
            conn, calendar, runs_out, premises.clock.today(), visitor.interests, hers
        )
        held = restores.is_held(conn)
    failed = retrying.could_go_again(premises, visitor)
    shown = {"sections": sections, "more": more, "failed": failed, "held": held}
    return Template("office/attention.html", context=shown)


@post("/office/tasks/{task:uuid}/done", opt={"permission": Permission.OVERDUE}, sync_to_thread=True)
def end_task(
    task: FromPath[UUID], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    done_now = office_attention.task_done(premises, task, visitor)
    if not done_now and (before := office_attention.done_before(premises, task, visitor)):
        when = moment_in_words(before.at)
        who = (
            f"{before.by} has done this already, on {when}."
            if before.by
            else f"It was over by itself on {when}."
        )
        raise AlreadyDone(f"{who} It was: {before.sentence}", ATTENTION)
    return done(ATTENTION, "task-done")


@post("/office/letters/again", opt={"permission": Permission.OVERDUE}, sync_to_thread=True)
def again(premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]) -> Response[Any]:
    """Failed letters wait again, and their addresses are trusted."""
    retrying.send_again(premises, visitor)
    return done(ATTENTION, "letters-again")


def _runs_out(premises: Premises, calendar: Calendar) -> RunsOut:
    closing_days = (day for day, _ in premises.settings.office.closing_days)
    return RunsOut.of(calendar, closing_days, premises.clock.today())


routes = [office_page, attention_page, end_task, again]
