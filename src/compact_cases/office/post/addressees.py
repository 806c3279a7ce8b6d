"""Who stands behind a role of a case today, and how a letter reaches them. Read once for many cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import ContactPoint, Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.audience import CASE_STAFF, RAISING_SIDE, Role


@dataclass(frozen=True)
class Addressee:
    """One person for one letter. ``reach`` is email, post or phone; None: no address that works is known.

    ``kind`` says in which table the person is: party, contact or staff.
    """

    kind: str
    person_id: UUID
    role: Role
    name: str
    reach: str | None
    address: str = ""
    point_id: UUID | None = None

    def is_same_as(self, other: "Addressee | None") -> bool:
        """The same row, or another row with the same e-mail address."""
        if other is None:
            return False
        same_address = bool(self.address) and self.address.casefold() == other.address.casefold()
        return self.person_id == other.person_id or same_address


class Addressees:
    """The people of a batch of cases: staff in the office's list, contacts of respondents, raisers."""

    def __init__(self, conn: Connection, cases: Sequence[CaseRow], today: date) -> None:
        self._conn, self._cases, self._today = conn, cases, today
        self._staff = staff.in_list_order(conn)
        self._points: dict[UUID, list[ContactPoint]] = {}
        self._found: dict[tuple[UUID | None, Role], Addressee | None] = {}
        self._new: dict[UUID, Person] = {}

    def introduce(self, person: Person, points: list[ContactPoint]) -> None:
        """A raiser whose rows are not written yet."""
        self._new[person.id], self._points[person.id] = person, points

    def find(self, case: CaseRow, role: Role) -> Addressee | None:
        """Whom a letter to this role goes to; None: there is nobody."""
        if role in RAISING_SIDE:
            person = self._raisers.get(case.raiser_id) if case.raiser_id else None
            return self._reached("party", person, role) if person else None
        key = (case.officer_id if role in CASE_STAFF or role is Role.CHAIR else case.respondent_id, role)
        if key not in self._found:
            self._found[key] = self._of_staff(*key) if self._is_staff(role) else self._of_body(*key)
        return self._found[key]

    @cached_property
    def _raisers(self) -> dict[UUID, Person]:
        """Read when the first of them is asked for: many letters concern one side only."""
        ids = {case.raiser_id for case in self._cases if case.raiser_id} - self._new.keys()
        found = people.get(self._conn, ids) if ids else {}
        self._points |= people.points_of(self._conn, found) if found else {}
        return found | self._new

    @cached_property
    def _contacts(self) -> dict[UUID, list[Person]]:
        bodies = {case.respondent_id for case in self._cases if case.respondent_id}
        contacts = people.of_bodies(self._conn, bodies) if bodies else []
        self._points |= people.points_of(self._conn, [one.id for one in contacts]) if contacts else {}
        found: dict[UUID, list[Person]] = {}
        for contact in contacts:
            if contact.body_id:
                found.setdefault(contact.body_id, []).append(contact)
        return found

    def find_other(self, case: CaseRow, role: Role, than: Addressee | None) -> Addressee | None:
        """The same for an escalation, which goes to a different person than ``than``, or to nobody."""
        ladder = {
            Role.SENIOR_LEAD: (Role.SENIOR_LEAD, Role.CHIEF_OFFICER),
            Role.CO_OFFICER: (Role.CO_OFFICER, Role.CHAIR),
        }
        for next_role in ladder.get(role, (role,)):
            found = self.find(case, next_role)
            if found and not found.is_same_as(than):
                return found
        return None

    def officers(self) -> list[Addressee]:
        """Every officer of the office, absent ones too: whoever comes first takes a new concern."""
        return [self._member(one, Role.OFFICER) for one in self._staff if one.role is Role.OFFICER]

    @staticmethod
    def _is_staff(role: Role) -> bool:
        return role in CASE_STAFF or role in (Role.CHAIR, Role.ADMINISTRATOR)

    def _of_staff(self, officer_id: UUID | None, role: Role) -> Addressee | None:
        """An absent officer's letters go to their co-officer; without an officer it is the first one's."""
        if role in (Role.CHAIR, Role.SECRETARY, Role.ADMINISTRATOR):
            found = next((one for one in self._staff if one.role is role), None)
            return self._member(found, role) if found else None
        officers = [one for one in self._staff if one.role is Role.OFFICER]
        here = [one for one in officers if self._is_here(one)]
        of_case = [one for one in officers if one.id == officer_id]
        own = next(iter(of_case or here or officers), None)
        if own is None:
            return None
        if role is Role.OFFICER and (own in here or not here):
            return self._member(own, role)
        named = next((one for one in here if one.id == own.co_officer_id), None)
        other = named or next((one for one in here if one.id != own.id), None)
        if other is None:
            is_co = role is Role.CO_OFFICER
            return self._of_staff(officer_id, Role.CHAIR) if is_co else self._member(own, role)
        return self._member(other, role)

    def _of_body(self, body_id: UUID | None, role: Role) -> Addressee | None:
        """The contact, or their deputy while they are absent or no letter reaches them."""
        contacts = self._contacts.get(body_id, []) if body_id else []
        of_role = [one for one in contacts if one.role == role.value]
        first = next((one for one in of_role if one.deputy_of is None), None) or next(iter(of_role), None)
        if first is None:
            return None
        line = [first, *(one for one in contacts if one.deputy_of == first.id)]
        line.sort(key=lambda one: not self._is_here(one))  # who is here first, each in their order
        ways = (self._reached("contact", one, role) for one in line)
        return next((one for one in ways if one.reach), self._reached("contact", line[0], role))

    def _is_here(self, who: Person | StaffMember) -> bool:
        return who.absent_until is None or who.absent_until < self._today

    def _reached(self, kind: str, person: Person, role: Role) -> Addressee:
        point = working_point(self._points.get(person.id, []))
        if point is None:
            return Addressee(kind, person.id, role, person.name, None)
        return Addressee(kind, person.id, role, person.name, point.kind, point.address, point.id)

    @staticmethod
    def _member(member: StaffMember, role: Role) -> Addressee:
        return Addressee("staff", member.id, role, member.name, "email", member.email)


def working_point(points: Sequence[ContactPoint]) -> ContactPoint | None:
    """The best way to reach somebody that was not refused: e-mail, else post, else the telephone."""
    newest = {one.kind: one for one in points if one.refused_at is None}
    return newest.get("email") or newest.get("post") or newest.get("phone")
