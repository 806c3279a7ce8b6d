"""The office's own people on their pages: who is in the list, who is away, who steps in, who has left."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.accounts import accounts, employers
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, case_summaries, staff
from compact_cases.records.reading import reading
from compact_cases.records.staff import StaffMember
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.refusals import NotFound, Refused
from compact_cases.rules.seats import BY_WORD, Seat
from compact_cases.web.frame.done import done
from compact_cases.web.frame.errors import AlreadyDone
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.templating import day_in_words
from compact_cases.web.office import absences

# Adding somebody opens cases to them, so an administrator, who sees none, may look here and change nothing.
LOOK, KEEP = {"permission": Permission.REGISTER}, {"permission": Permission.OFFICER}
EVERYBODY = "/office/people"
ROLES = {
    Seat.OFFICER: ("Officer", "Reads every case and manages it."),
    Seat.SECRETARY: ("Secretary", "The same, for a panel’s papers."),
    Seat.CHAIR: (
        "Board chair",
        "Gets escalations, sees what is overdue, and grants pauses and more time; reads no case.",
    ),
    Seat.ADMINISTRATOR: ("Administrator", "Keeps the register and the Codes; opens no case."),
}


@get("/office/people", opt=LOOK, sync_to_thread=True)
def everybody(premises: NamedDependency[Premises]) -> Template:
    with reading(premises.engine) as conn:
        members = staff.in_list_order(conn)
    names = {one.id: one.name for one in members}
    roles = {role: words[0] for role, words in ROLES.items()}
    return Template("office/people.html", context={"members": members, "names": names, "roles": roles})


@get("/office/people/new", opt=KEEP, sync_to_thread=False)
def new_member() -> Template:
    return _new_page(Form({"role": Seat.OFFICER.word}))


@post("/office/people", opt=KEEP, sync_to_thread=True)
def add_member(premises: NamedDependency[Premises], form: NamedDependency[Form]) -> Response[Any]:
    name = form.text("name", required="Please give the person’s name.")
    email = form.email("email", required="Please give their work e-mail address.")
    role = form.choice("role", [one.word for one in ROLES], required="Please choose what they do.")
    if form.is_good:
        try:
            accounts.add_officer(premises, email, name, BY_WORD[role])
            return done("/office/people", "member-added")
        except Refused as refused:
            form.refuse(refused.field or "email", refused.sentence)
    return _new_page(form, status=422)


@get("/office/people/{member_id:uuid}", opt=KEEP, sync_to_thread=True)
def one_member(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], member_id: FromPath[UUID]
) -> Template:
    member = _member(premises, member_id)
    typed = {"co_officer": str(member.co_officer_id or "")}
    typed["employer"] = _employer(premises, member)
    typed |= {"unlisted": "yes"} if member.employer else {}
    typed |= absences.typed(member.absent_until, premises.clock.today())
    return _page(premises, visitor, member, Form(typed))


@post("/office/people/{member_id:uuid}", opt=KEEP, sync_to_thread=True)
def change_member(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    member_id: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    member = _member(premises, member_id)
    until = absences.until(form)
    chosen = form.choice("co_officer", ["", *(one[0] for one in _others(premises, member))])
    employer, unlisted = form.text("employer", most=300), bool(form.one("unlisted"))
    if employer and not unlisted and not _is_listed(premises, employer):
        form.refuse(
            "employer",
            f"{employers.NOT_LISTED} Please write it as it stands there, or tick that it is not on it.",
        )
    if form.is_good:
        try:
            accounts.set_absence(premises, member_id, until, UUID(chosen) if chosen else None)
            found = employers.set_employer(premises, member_id, employer, unlisted)
            return done("/office/people", "employer-waits" if employer and not found else "member-kept")
        except Refused as refused:
            form.refuse(refused.field or "until", refused.sentence)
    return _page(premises, visitor, member, form, status=422)


@post("/office/people/{member_id:uuid}/end", opt=KEEP, sync_to_thread=True)
def end_member(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    member_id: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    member = _member(premises, member_id)
    if member_id == visitor.staff_id:
        form.refuse("left", "You cannot end yourself. Ask a colleague to do it.")
    elif not form.one("left"):
        form.refuse("left", "Please tick that this person has left.")
    if form.is_good:
        try:
            accounts.end_officer(premises, member_id)
            return done("/office/people", "member-ended")
        except Refused as refused:
            form.refuse("left", refused.sentence)
    return _page(premises, visitor, member, form, status=422)


def _member(premises: Premises, member_id: UUID) -> StaffMember:
    with reading(premises.engine) as conn:
        member = staff.by_id(conn, member_id)
    if member is None:
        raise NotFound("There is nobody like this in the office’s list.")
    if member.ended_at is not None:
        raise AlreadyDone(
            f"{member.name} left the office’s list on {day_in_words(member.ended_at)}.", EVERYBODY
        )
    return member


def _employer(premises: Premises, member: StaffMember) -> str:
    """The name of the body for which they work, on the register or not; empty for none."""
    with reading(premises.engine) as conn:
        body = bodies.get(conn, member.body_id) if member.body_id else None
    return body.name if body else member.employer or ""


def _is_listed(premises: Premises, name: str) -> bool:
    with reading(premises.engine) as conn:
        return bodies.named(conn, name) is not None


def _others(premises: Premises, member: StaffMember) -> list[tuple[str, str]]:
    with reading(premises.engine) as conn:
        officers = staff.in_list_order(conn, Seat.OFFICER)
    return [(str(one.id), one.name) for one in officers if one.id != member.id]


def _page(
    premises: Premises, visitor: Visitor, member: StaffMember, form: Form, status: int = 200
) -> Template:
    with reading(premises.engine) as conn:
        held = case_summaries.count_open_of(conn, member.id)
    context = {
        "form": form,
        "member": member,
        "away_or_here": absences.OPTIONS,
        "role": ROLES[member.role][0],
        "others": _others(premises, member) if member.role is Seat.OFFICER else [],
        "held": held,
        "is_self": member.id == visitor.staff_id,
    }
    return Template("office/person.html", context=context, status_code=status)


def _new_page(form: Form, status: int = 200) -> Template:
    options = [(role.word, *words) for role, words in ROLES.items()]
    return Template("office/new-person.html", context={"form": form, "options": options}, status_code=status)


routes = [everybody, new_member, add_member, one_member, change_member, end_member]
