"""Handling: a conflict of interest, who takes over, another office, and which of two bodies answers."""

from dataclasses import replace

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.casework.first_look import sides_of
from compact_cases.office.identity import statement
from compact_cases.records import bodies, staff
from compact_cases.rules.handling import (
    ChairDeclares,
    DeclareConflict,
    HandOn,
    is_left_to_nobody,
    officers_left,
)
from compact_cases.rules.statements import needed
from compact_cases.rules.succession import ChooseSuccessor
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Id, Takes, Text, Tick, Values, YesOrNo

CONFLICT = Takes(
    Id("officer", lambda desk: [one.id for one in desk.known["free"]]),
    Text("reason", LONGEST, required=needed(DeclareConflict, "reason")),
)
REFERRAL = Takes(
    Text("office", 2_000, required=needed(HandOn, "office")),
    Text("sent", LONGEST, required=needed(HandOn, "sent")),
    Tick("consented"),
)


def _conflict(values: Values, desk: Desk) -> DeclareConflict:
    """Say that you have a conflict of interest in this case, and who takes it over."""
    return DeclareConflict(desk.officer, values["officer"], statement(values["reason"]))


def _free(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """Whoever may take it over from here on."""
    now = replace(desk.now, **needs.on_staff(conn, desk.case))
    may = officers_left(desk.case, now, desk.visitor.staff_id)
    listed = [one for one in staff.in_list_order(conn) if one.id in may]
    options = [(str(one.id), one.name) for one in listed]
    nobody = is_left_to_nobody(desk.case, now, desk.visitor.staff_id)
    return {"free": listed, "options": options, "nobody": nobody}


CHAIR_DECLARATION = Takes(YesOrNo("conflict", required="Please say whether you have a conflict of interest."))


def _parties(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"parties": sides_of(desk.row)}


def _chair_declaration(values: Values, desk: Desk) -> ChairDeclares:
    """Of the board chair, where no officer is left: take the case over, or say that you cannot either."""
    return ChairDeclares(desk.officer, bool(values["conflict"]))


def _referral(values: Values, desk: Desk) -> HandOn:
    """Hand the concern on to another office, which closes it here as `referred elsewhere`."""
    return HandOn(statement(values["office"]), statement(values["sent"]), values["consented"])


SUCCESSOR = Takes(
    Id("body", lambda desk: list(desk.case.intake.heirs), required="Please say which body answers."),
    Text("reason", LONGEST, required=needed(ChooseSuccessor, "reason")),
)


def _successor(values: Values, desk: Desk) -> ChooseSuccessor:
    """Say which of the two bodies that took over from the respondent answers in this case."""
    return ChooseSuccessor(values["body"], statement(values["reason"]))


def _heirs(conn: Connection, desk: Desk, form: Form) -> Known:
    found = bodies.get_many(conn, list(desk.case.intake.heirs))
    return {"options": [(str(one), found[one].name) for one in desk.case.intake.heirs if one in found]}


READERS = (
    Reader("successor", SUCCESSOR, _successor, "handling/successor.html", shows=_heirs),
    Reader("conflict", CONFLICT, _conflict, "handling/conflict.html", looks_up=_free),
    Reader(
        "chair-declaration",
        CHAIR_DECLARATION,
        _chair_declaration,
        "handling/chair-declaration.html",
        shows=_parties,
        apart=True,
    ),
    Reader("referral", REFERRAL, _referral, "handling/referral.html"),
)
