"""Editions of the procedure and closing days: looked at by officers, changed by an administrator.

Nothing of a case's content stands here: references, stages, what is owed by whom and when.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from compact_cases.office.editions import closing_days, offering
from compact_cases.office.editions.previewing import Preview
from compact_cases.office.premises import Premises
from compact_cases.records import calendars, case_summaries, edition_moves, procedures
from compact_cases.records.reading import reading
from compact_cases.reports.owed import SHORT
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.procedure import ProcedureRefused
from compact_cases.rules.refusals import Refused
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import MOST_CHARACTERS, Form
from compact_cases.web.frame.templating import day_in_words

LOOK, CHANGE = {"permission": Permission.REGISTER}, {"permission": Permission.ADMINISTRATOR}
PROCEDURE, CALENDAR = "/office/procedure", "/office/calendar"
MOST_IN_A_REQUEST = 3000  # open cases: a preview of more takes longer than a page should
MOST_SHOWN = 200
WHOM = (offering.NEW, offering.OPEN)
CHANGED = "Something changed since you looked, so please look once more. What would come now stands below."


@get(PROCEDURE, opt=LOOK, sync_to_thread=True)
def procedure_page(premises: NamedDependency[Premises]) -> Template:
    return _procedure(premises, Form())


@post(PROCEDURE, opt=CHANGE, sync_to_thread=True)
def change_procedure(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """Without a word on whom it is for: look at it. With one: put it in force, if it is as it was shown."""
    document = form.text(
        "document", required="Please paste the text of the edition.", most=MOST_CHARACTERS - 1, lines=True
    )
    to = form.choice("to", WHOM)
    offered = None
    if form.is_good and _is_small_enough(premises, form, "procedure preview FILE"):
        try:
            offered = offering.procedure(premises, document)
            if to and _is_as_shown(form, offered.seen):
                offering.apply_procedure(premises, document, to, offered.seen, visitor.staff_id)
                return _kept(PROCEDURE, to)
        except ProcedureRefused as refused:
            form.refuse("document", "This cannot be used yet. " + " ".join(refused.problems))
        except Refused as refused:
            form.refuse("document", refused.sentence)
    shown = {"taken": offered.taken, **_preview(offered.seen)} if offered else {}
    return _procedure(premises, form, shown)


def _procedure(premises: Premises, form: Form, shown: Mapping[str, Any] | None = None) -> Template:
    with reading(premises.engine) as conn:
        editions = [one for name in procedures.edition_ids(conn) if (one := procedures.get(conn, name))]
        context: dict[str, Any] = {
            "editions": list(reversed(editions)),
            "in_force": procedures.in_force(conn),
            "move": edition_moves.latest(conn),
        }
    context |= {"form": form, "names": SHORT, **(shown or {})}
    return Template("office/procedure.html", context=context, status_code=422 if form.problems else 200)


@get(CALENDAR, opt=LOOK, sync_to_thread=True)
def calendar_page(premises: NamedDependency[Premises]) -> Template:
    return _calendar(premises, Form())


@post(CALENDAR, opt=CHANGE, sync_to_thread=True)
def change_calendar(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    add, remove = _days(premises, form)
    to = form.choice("to", WHOM)
    offered = None
    if form.is_good and _is_small_enough(premises, form, "calendar preview"):
        try:
            offered = offering.days(premises, add, remove)
            if to and _is_as_shown(form, offered.seen):
                offering.apply_days(premises, add, remove, to, offered.seen, visitor.staff_id)
                return _kept(CALENDAR, to)
        except Refused as refused:
            form.refuse(refused.field or "day", refused.sentence)
    shown = {"planned": offered.planned, **_preview(offered.seen)} if offered else {}
    return _calendar(premises, form, shown)


def _days(premises: Premises, form: Form) -> tuple[dict[date, str], tuple[date, ...]]:
    day, why = form.date("day"), form.text("reason", most=closing_days.LONGEST)
    if why and day is None and not form.problems:
        form.refuse("day", "Please give the day on which the office is closed.")
    elif day is None and not form.problems and not form.all("remove"):
        form.refuse("day", "Please name a day to add or to take away.")
    with reading(premises.engine) as conn:
        own = [one.isoformat() for one, _ in closing_days.listed(conn, premises)]
    gone = form.choices("remove", own)
    return ({day: why} if day else {}), tuple(date.fromisoformat(one) for one in gone)


def _calendar(premises: Premises, form: Form, shown: Mapping[str, Any] | None = None) -> Template:
    today = premises.clock.today()
    with reading(premises.engine) as conn:
        edition = calendars.newest(conn) or ""
        found = calendars.get(conn, edition)
        own = closing_days.listed(conn, premises)
        move = edition_moves.latest(conn)
    ours = {day for day, _ in own}
    closed = sorted(found.closed.items()) if found else []
    bank = [(day, why) for day, why in closed if day >= today and day not in ours][:12]
    options = [(day.isoformat(), f"{day_in_words(day)}: {why}") for day, why in own if day > today]
    context: dict[str, Any] = {"edition": edition, "own": own, "own_options": options, "bank": bank}
    context |= {"form": form, "names": SHORT, "move": move}
    return Template(
        "office/calendar.html", context=context | dict(shown or {}), status_code=422 if form.problems else 200
    )


def _kept(address: str, to: str) -> Response[Any]:
    if to == offering.OPEN:
        return done(address, "edition-applied")
    return done(address, "edition-kept")


def _is_small_enough(premises: Premises, form: Form, command: str) -> bool:
    with reading(premises.engine) as conn:
        count = case_summaries.count_open(conn)
    if count > MOST_IN_A_REQUEST:
        form.refuse(
            "to",
            f"There are {count:,} open cases, too many to look at on a page. Please use the command: "
            f"compact-cases {command}",
        )
    return form.is_good


def _is_as_shown(form: Form, seen: Preview) -> bool:
    if form.one("seen") != offering.mark_of(seen):
        form.refuse("to", CHANGED)
    return form.is_good


def _preview(seen: Preview) -> dict[str, Any]:
    return {
        "seen": seen,
        "mark": offering.mark_of(seen),
        "changed": seen.changed[:MOST_SHOWN],
        "more": max(0, len(seen.changed) - MOST_SHOWN),
    }


routes = [procedure_page, change_procedure, calendar_page, change_calendar]
