"""The register of bodies for officers: look one up, add one, change it and who speaks for it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from compact_cases.office.accounts import employers
from compact_cases.office.premises import Premises
from compact_cases.office.registry import registry, succession
from compact_cases.records import bodies, body_successions, people
from compact_cases.records.reading import reading
from compact_cases.rules.bodies import CONTACT_ROLES, KIND_WORDS, BodyEntry, BodyKind, ContactEntry, folded
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import Refused
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.templating import short_day
from compact_cases.web.office import absences

REGISTER = {"permission": Permission.REGISTER}
Words = Annotated[str, QueryParameter(name="q", max_length=200)]
After = Annotated[str, QueryParameter(name="after", max_length=250)]
KINDS = [(str(kind), words) for kind, words in KIND_WORDS.items()]
PLACES = [ContactEntry(role, deputy=deputy) for role in CONTACT_ROLES for deputy in (False, True)]
A_PAGE = 50


@get("/office/bodies", opt=REGISTER, sync_to_thread=True)
def register(premises: NamedDependency[Premises], words: Words = "", after: After = "") -> Template:
    with reading(premises.engine) as conn:
        if words.strip():
            found = bodies.search(conn, words, A_PAGE)
        else:
            found = bodies.listed(conn, after=after, limit=A_PAGE + 1)
        speaking: dict[UUID, str] = {}
        for person in people.of_bodies(conn, [body.id for body in found]):
            if person.body_id and person.role == "champion" and not person.deputy_of:
                speaking[person.body_id] = person.name
    page, more = found[:A_PAGE], len(found) > A_PAGE
    last = folded(page[-1].name) if more else ""
    return Template(
        "office/register.html",
        context={"bodies": page, "champions": speaking, "words": words.strip(), "last": last, "after": after},
    )


@get("/office/bodies/new", opt=REGISTER, sync_to_thread=False)
def new_body(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    name: Annotated[str, QueryParameter(name="name", max_length=200)] = "",
    case: Annotated[str, QueryParameter(name="case", max_length=40)] = "",
) -> Template:
    """``case``: whose respondent it is, to whom an officer comes back."""
    return _page(Form({"body": [name]}) if name else Form(), None, case=_case(premises, visitor, case))


@post("/office/bodies", opt=REGISTER, sync_to_thread=True)
def add_body(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    entry, case = _entry(form), _case(premises, visitor, form.one("case"))
    if form.is_good:
        try:
            body = registry.add_body(premises, entry)
            employers.match(premises)
            if case:
                return done(f"/cases/{case}/respondent?name={quote(body.name)}", "body-added")
            return done(f"/office/bodies/{body.id}", "body-added")
        except registry.EntryRefused as refused:
            _note(form, refused)
    return _page(form, None, case=case, status=422)


@get("/office/bodies/{body_id:uuid}", opt=REGISTER, sync_to_thread=True)
def one_body(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    body_id: FromPath[UUID],
    case: Annotated[str, QueryParameter(name="case", max_length=40)] = "",
) -> Template:
    with reading(premises.engine) as conn:
        body = registry.held(conn, body_id)
        entry = registry.entry_of(conn, body)
        contacts = people.of_bodies(conn, [body_id])
    from_case = _case(premises, visitor, case)
    heir = _taken_over(premises, body)
    return _page(Form(_typed(entry)), body, case=from_case, contacts=contacts, heir=heir)


@post("/office/bodies/{body_id:uuid}", opt=REGISTER, sync_to_thread=True)
def change_body(
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    body_id: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    with reading(premises.engine) as conn:
        body = registry.held(conn, body_id)
    entry, case = _entry(form), _case(premises, visitor, form.one("case"))
    if form.is_good:
        try:
            registry.change_body(premises, body_id, entry)
            employers.match(premises)
            return done(f"/cases/{case}" if case else f"/office/bodies/{body_id}", "body-kept")
        except registry.EntryRefused as refused:
            _note(form, refused)
    return _page(form, body, case=case, status=422)


@get("/office/bodies/{body_id:uuid}/absence", opt=REGISTER, sync_to_thread=True)
def absence(premises: NamedDependency[Premises], body_id: FromPath[UUID]) -> Template:
    return _absence_page(premises, body_id, Form())


@post("/office/bodies/{body_id:uuid}/absence", opt=REGISTER, sync_to_thread=True)
def set_absence(
    premises: NamedDependency[Premises], body_id: FromPath[UUID], form: NamedDependency[Form]
) -> Response[Any]:
    with reading(premises.engine) as conn:
        held = [str(one.id) for one in people.of_bodies(conn, [body_id])]
    person = form.choice("person", held, required="Please say who is away, or back.")
    until = absences.until(form)
    if form.is_good:
        try:
            registry.set_absence(premises, body_id, UUID(person), until)
            return done(f"/office/bodies/{body_id}", "absence-kept" if until else "back")
        except Refused as refused:
            form.refuse(refused.field or "person", refused.sentence)
    return _absence_page(premises, body_id, form, status=422)


@get("/office/bodies/{body_id:uuid}/succession", opt=REGISTER, sync_to_thread=True)
def successor(premises: NamedDependency[Premises], body_id: FromPath[UUID]) -> Template:
    return _succession_page(premises, body_id, Form())


@post("/office/bodies/{body_id:uuid}/succession", opt=REGISTER, sync_to_thread=True)
def name_successor(
    premises: NamedDependency[Premises], body_id: FromPath[UUID], form: NamedDependency[Form]
) -> Response[Any]:
    named = form.text("successor", required="Please give the name of the body that takes over.")
    day = form.date("from_day", required="Please give the day from which it takes over.")
    second = form.text("second")
    if form.is_good and day:
        try:
            succession.name_successor(premises, body_id, named, day, second)
            return done(f"/office/bodies/{body_id}", "successor-kept")
        except Refused as refused:
            form.refuse(refused.field or "successor", refused.sentence)
    return _succession_page(premises, body_id, form, status=422)


def _succession_page(premises: Premises, body_id: UUID, form: Form, status: int = 200) -> Template:
    with reading(premises.engine) as conn:
        body = registry.held(conn, body_id)
    return Template("office/succession.html", context={"form": form, "body": body}, status_code=status)


def _taken_over(premises: Premises, body: bodies.Body | None) -> tuple[str, date] | None:
    """By which body, and from which day on."""
    with reading(premises.engine) as conn:
        said = body_successions.of_body(conn, body.id) if body else None
        found = bodies.get_many(conn, list(said.heirs)) if said else {}
    names = [found[one].name for one in said.heirs if one in found] if said else []
    return (" and ".join(names), said.from_day) if said and names else None


def _absence_page(premises: Premises, body_id: UUID, form: Form, status: int = 200) -> Template:
    with reading(premises.engine) as conn:
        body = registry.held(conn, body_id)
        contacts = people.of_bodies(conn, [body_id])
    today = premises.clock.today()
    options = [(str(one.id), one.name, _place_in_words(one, today)) for one in contacts]
    context = {"form": form, "body": body, "options": options, "away_or_here": absences.OPTIONS}
    return Template("office/absence.html", context=context, status_code=status)


def _place_in_words(person: people.Person, today: date) -> str:
    place = CONTACT_ROLES.get(person.role, person.role)
    words = f"{place}’s deputy" if person.deputy_of else place
    away = person.absent_until if person.absent_until and person.absent_until >= today else None
    return f"{words}. Away until {short_day(away)}." if away else f"{words}."


def _case(premises: Premises, visitor: Visitor, words: str) -> str:
    """The reference of the case that somebody comes from; empty for who opens none, and for no reference."""
    return (normalise(words, premises.settings.office.prefix) or "") if visitor.is_officer else ""


def _page(
    form: Form,
    body: bodies.Body | None,
    *,
    case: str = "",
    status: int = 200,
    contacts: Sequence[people.Person] = (),
    heir: tuple[str, date] | None = None,
) -> Template:
    context = {
        "form": form,
        "body": body,
        "kinds": KINDS,
        "roles": CONTACT_ROLES,
        "case": case,
        "contacts": contacts,
        "heir": heir,
    }
    return Template("office/body.html", context=context, status_code=status)


def _entry(form: Form) -> BodyEntry:
    """What the form says, in the order of the page; a contact without a name is one that nobody holds."""
    name = form.text("body", required="Please give the name of the body.")
    kind = form.choice("kind", tuple(BodyKind), required="Please choose which kind of body it is.")
    lead = form.text("lead_body")
    area = form.text("area")
    signed_on = form.date("signed_on")
    contacts = tuple(
        ContactEntry(
            place.role,
            form.text(f"{place.field}_name"),
            form.email(f"{place.field}_email"),
            form.text(f"{place.field}_phone"),
            place.deputy,
        )
        for place in PLACES
    )
    volunteer_run = form.one("volunteer_run") == "yes"
    return BodyEntry(name, kind, area, volunteer_run, signed_on, lead, contacts)


def _typed(entry: BodyEntry) -> dict[str, list[str]]:
    """An entry as the form would have been filled in."""
    typed = {
        "body": entry.name,
        "kind": entry.kind,
        "area": entry.area,
        "volunteer_run": "yes" if entry.volunteer_run else "",
        "lead_body": entry.lead_body,
    }
    if entry.signed_on:
        for part in ("day", "month", "year"):
            typed[f"signed_on-{part}"] = str(getattr(entry.signed_on, part))
    for contact in entry.contacts:
        for part in ("name", "email", "phone"):
            typed[f"{contact.field}_{part}"] = getattr(contact, part)
    return {name: [value] for name, value in typed.items()}


def _note(form: Form, refused: registry.EntryRefused) -> None:
    for problem in refused.problems:
        form.refuse(problem.field, problem.sentence)


routes = [
    register,
    new_body,
    add_body,
    one_body,
    change_body,
    absence,
    set_absence,
    successor,
    name_successor,
]
