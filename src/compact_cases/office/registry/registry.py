"""Keeping the register of bodies: adding one, changing one, and who speaks for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from compact_cases.mail import addresses
from compact_cases.office.identity import new_id
from compact_cases.office.post import taking_over
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, people
from compact_cases.records.bodies import Body
from compact_cases.records.people import Person
from compact_cases.rules.bodies import (
    CONTACT_ROLES,
    BodyEntry,
    BodyKind,
    ContactEntry,
    entry_problems,
    folded,
)
from compact_cases.rules.concern import Problem
from compact_cases.rules.refusals import NotFound, Refused
from compact_cases.rules.seats import BY_WORD


class EntryRefused(Refused):
    """An entry that cannot be kept; ``problems`` has every field's sentence."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].sentence, problems[0].field)
        self.problems = tuple(problems)


def add_body(premises: Premises, entry: BodyEntry) -> Body:
    """Put a body on the register, with its contacts. Raises EntryRefused."""
    try:
        with premises.engine.begin() as conn:
            return enter(conn, premises, entry)
    except IntegrityError:  # another officer added it in this very moment
        raise EntryRefused([_taken(entry.name)]) from None


def change_body(premises: Premises, body_id: UUID, entry: BodyEntry) -> Body:
    """Correct a body and its contacts; a contact who is replaced stays in the records, ended."""
    try:
        with premises.engine.begin() as conn:
            return change(conn, premises, held(conn, body_id), entry)
    except IntegrityError:
        raise EntryRefused([_taken(entry.name)]) from None


def set_absence(premises: Premises, body_id: UUID, person_id: UUID, until: date | None) -> None:
    """A contact is away up to and with ``until``: letters go to the deputy. None: they are back.

    Raises NotFound for somebody who is no present contact of this body, Refused for a day that has passed.
    """
    if until is not None and until < premises.clock.today():
        raise Refused("This day has passed. Leave the date empty when they are back.", "until")
    with premises.engine.begin() as conn:
        if all(one.id != person_id for one in people.of_bodies(conn, [body_id])):
            raise NotFound("This person is no contact of this body any more.")
        people.set_absence(conn, person_id, until)


def enter(conn: Connection, premises: Premises, entry: BodyEntry) -> Body:
    """The same as add_body, within a transaction of the caller."""
    at = premises.clock.now()
    lead = _checked(conn, entry, premises)
    if bodies.named(conn, entry.name):
        raise EntryRefused([_taken(entry.name)])
    body = _as_entered(Body(new_id(), entry.name, BodyKind(entry.kind)), entry, lead)
    bodies.add(conn, body, at)
    _put_contacts(conn, premises, body.id, entry.contacts)
    return body


def change(conn: Connection, premises: Premises, body: Body, entry: BodyEntry) -> Body:
    """The same as change_body, within a transaction of the caller. Writes only what differs."""
    lead = _checked(conn, entry, premises)
    same_name = bodies.named(conn, entry.name)
    if same_name and same_name.id != body.id:
        raise EntryRefused([_taken(entry.name)])
    entered = _as_entered(body, entry, lead)
    if entered != body:
        bodies.change(conn, entered)
    taken_over = _put_contacts(conn, premises, body.id, entry.contacts)
    if taken_over:
        taking_over.tell(conn, premises, body.id, [BY_WORD[role] for role in taken_over])
    return entered


def held(conn: Connection, body_id: UUID) -> Body:
    """Raises NotFound."""
    if body := bodies.get(conn, body_id):
        return body
    raise NotFound("There is no such body on the register.")


def entry_of(conn: Connection, body: Body) -> BodyEntry:
    """A body as it would have to be entered to be what it is, its present contacts included."""
    lead = bodies.get(conn, body.lead_body_id) if body.lead_body_id else None
    present = people.of_bodies(conn, [body.id])
    points = people.points_of(conn, [person.id for person in present])

    def address(person: Person, kind: str) -> str:
        return next((point.address for point in points.get(person.id, ()) if point.kind == kind), "")

    contacts = tuple(
        ContactEntry(
            person.role,
            person.name,
            address(person, "email"),
            address(person, "phone"),
            bool(person.deputy_of),
        )
        for person in present
        if person.role in CONTACT_ROLES
    )
    lead_name = lead.name if lead else ""
    return BodyEntry(body.name, body.kind, body.area, body.volunteer_run, body.signed_on, lead_name, contacts)


def _checked(conn: Connection, entry: BodyEntry, premises: Premises) -> Body | None:
    """The lead body of a partnership, where one is named. Raises EntryRefused with every problem."""
    problems = entry_problems(entry, premises.clock.today(), addresses.problem_with)
    lead = bodies.named(conn, entry.lead_body) if entry.lead_body else None
    if entry.lead_body and lead is None:
        problems.append(
            Problem("lead_body", f"There is no body {entry.lead_body!r} on the register. Add it first.")
        )
    if lead and lead.kind is BodyKind.PARTNERSHIP:
        problems.append(Problem("lead_body", "A partnership cannot lead another. Name a body of one sector."))
    if problems:
        raise EntryRefused(problems)
    return lead


def _as_entered(body: Body, entry: BodyEntry, lead: Body | None) -> Body:
    return replace(
        body,
        name=entry.name,
        kind=BodyKind(entry.kind),
        area=entry.area,
        volunteer_run=entry.volunteer_run,
        signed_on=entry.signed_on,
        lead_body_id=lead.id if lead else None,
        lead_kind=lead.kind if lead else None,
    )


def _put_contacts(
    conn: Connection, premises: Premises, body_id: UUID, contacts: Sequence[ContactEntry]
) -> list[str]:
    """The roles in which somebody else speaks for the body from now on, or nobody."""
    present = people.of_bodies(conn, [body_id])
    changed = []
    for role in CONTACT_ROLES:
        given = {contact.deputy: contact for contact in contacts if contact.role == role}
        holder = _newest(present, role, deputy=False)
        deputy = _newest(present, role, deputy=True)
        principal = _put(conn, premises, body_id, holder, given.get(False), None)
        if principal is None and (entry := given.get(True)) and entry.name:
            raise EntryRefused(
                [Problem(f"{entry.field}_name", f"Please give the {CONTACT_ROLES[role].lower()} too.")]
            )
        if deputy and principal != holder:  # a deputy belongs to one person: it moves by a row of its own
            given.setdefault(True, _entry_of(conn, deputy))
            people.end(conn, deputy.id, premises.clock.now())
            deputy = None
        if principal:
            _put(conn, premises, body_id, deputy, given.get(True), principal)
        if principal != holder:
            changed.append(role)
    return changed


def _put(
    conn: Connection,
    premises: Premises,
    body_id: UUID,
    present: Person | None,
    entry: ContactEntry | None,
    principal: Person | None,
) -> Person | None:
    """Who holds the place afterwards: the same person with new addresses, somebody else, or nobody."""
    if entry is None:
        return present
    at = premises.clock.now()
    if present and folded(present.name) != folded(entry.name):
        people.end(conn, present.id, at)
        present = None
    if not entry.name:
        return None
    if present is None:
        deputy_of = principal.id if principal else None
        present = Person(new_id(), entry.role, body_id=body_id, deputy_of=deputy_of, name=entry.name)
        people.add(conn, present, at)
    points = people.points_of(conn, [present.id]).get(present.id, [])
    known = {point.kind: point.address for point in points}
    for kind, address in (("email", entry.email), ("phone", entry.phone)):
        if address and known.get(kind) != address:
            people.add_contact_point(conn, new_id(), present.id, kind, address, at)
    return present


def _entry_of(conn: Connection, person: Person) -> ContactEntry:
    points = people.points_of(conn, [person.id]).get(person.id, [])
    known = {point.kind: point.address for point in points}
    return ContactEntry(person.role, person.name, known.get("email", ""), known.get("phone", ""), deputy=True)


def _newest(present: Sequence[Person], role: str, *, deputy: bool) -> Person | None:
    found = [person for person in present if person.role == role and bool(person.deputy_of) is deputy]
    return found[-1] if found else None


def _taken(name: str) -> Problem:
    return Problem("body", f"{name} is on the register already. Open it there to change it.")
