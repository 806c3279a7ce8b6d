"""Who stands behind a role of a case today, and how a letter reaches them. Read once for many cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import event_log, interests, people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import ContactPoint, Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.case import replay
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.seats import CASE_STAFF, RAISING, Seat


@dataclass(frozen=True)
class Addressee:
    """One person for one letter. ``reach`` is email, post or phone; None: no address that works is known.

    ``kind`` says in which table the person is: party, contact or staff. ``name`` is that by which a letter
    greets them; empty where nobody has shown that the address is theirs.
    """

    kind: str
    person_id: UUID
    seat: Seat
    name: str
    reach: str | None
    address: str = ""
    point_id: UUID | None = None
    away_until: date | None = None  # whom nobody stands in for

    def is_same_as(self, other: "Addressee | None") -> bool:
        """The same row, or another row with the same e-mail address."""
        if other is None:
            return False
        same_address = bool(self.address) and self.address.casefold() == other.address.casefold()
        return self.person_id == other.person_id or same_address


NOBODY, NO_ADDRESS, AWAY, OWES_IT = "nobody", "no-address", "away", "owes-it"
"""Why somebody up the line was passed over, as the ledger keeps it."""
UP_THE_LINE = {
    Seat.SENIOR_LEAD: (Seat.SENIOR_LEAD, Seat.CHIEF_OFFICER),
    Seat.RAISERS_LEAD: (Seat.RAISERS_LEAD, Seat.RAISERS_CHIEF),
    Seat.CO_OFFICER: (Seat.CO_OFFICER, Seat.CHAIR),
}
BARRED = "conflict"  # they have a conflict of interest in the case
HANDLES_IT = "handles-it"  # the board chair, in a case that she has taken over
NO_HOLDER = (NOBODY, BARRED, HANDLES_IT)


@dataclass(frozen=True)
class PassedOver:
    """A seat up the line in which nobody could be told; who holds it, if anybody does."""

    seat: Seat
    why: str
    person_id: UUID | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """Whom an escalation goes to, and who was passed over on the way there."""

    who: Addressee | None
    passed: tuple[PassedOver, ...]


class Addressees:
    """The people of a batch of cases: staff in the office's list, contacts of respondents, raisers."""

    def __init__(self, conn: Connection, cases: Sequence[CaseRow], today: date) -> None:
        self._conn, self._cases, self._today = conn, cases, today
        self._points: dict[UUID, list[ContactPoint]] = {}
        self._found: dict[tuple[object, ...], Addressee | None] = {}
        self._new: dict[UUID, Person] = {}

    def introduce(self, person: Person, points: list[ContactPoint]) -> None:
        """A raiser whose rows are not written yet."""
        self._new[person.id], self._points[person.id] = person, points

    def find(self, case: CaseRow, seat: Seat) -> Addressee | None:
        """Whom a letter to this role goes to; None: there is nobody."""
        if seat in RAISING:
            return self._of_raiser(case, seat)
        if seat is Seat.PANELLIST:
            return self._leading(case)
        if seat is Seat.MEDIATOR:
            return self.independent(case.mediator_id, seat) if case.mediator_id else None
        if self._is_staff(seat):
            free = self._free(case)
            key: tuple[object, ...] = (case.officer_id, seat, *(one.id for one in free))
            if key not in self._found:
                self._found[key] = self._of_staff(case.officer_id, seat, free)
            return self._found[key]
        key = (case.respondent_id, seat)
        if key not in self._found:
            self._found[key] = self._of_body(case.respondent_id, seat)
        return self._found[key]

    def _free(self, case: CaseRow) -> list[StaffMember]:
        """Who of the office may hear of a case: nobody who has a conflict of interest in it."""
        return [one for one in self._staff if self._interests[one.id].isdisjoint(case.barred)]

    @cached_property
    def _interests(self) -> dict[UUID, frozenset[UUID]]:
        return interests.of_staff(self._conn, self._staff)

    def is_the_chairs(self, case: CaseRow) -> bool:
        """Whether the board chair has taken a case over, as its officer."""
        return any(one.role is Seat.CHAIR and one.id == case.officer_id for one in self._staff)

    def has_somebody(self, case: CaseRow) -> bool:
        """Whether anybody of the office is left who may work on a case."""
        free = self._free(case)
        return any(one.works_on_cases or one.role is Seat.CHAIR for one in free)

    def _of_raiser(self, case: CaseRow, seat: Seat) -> Addressee | None:
        """Whoever raised it; for its leads the body's contacts, where it is on the register and named.

        A raiser without them, or one whom nobody is to know of, has its named person as senior lead, and
        its second contact as chief officer.
        """
        if seat in (Seat.RAISERS_LEAD, Seat.RAISERS_CHIEF) and case.confidentiality == Confidentiality.OPEN:
            found = self._of_body(case.raiser_body_id, seat)
            if found is not None and found.reach:
                return found
        person = self._raisers.get(case.raiser_id) if case.raiser_id else None
        if seat is Seat.RAISERS_CHIEF:
            person = self._seconds.get(case.raiser_id) if case.raiser_id else None
        return self._reached("party", person, seat) if person else None

    def _leading(self, case: CaseRow) -> Addressee | None:
        """The lead panellist, who is known from the log alone."""
        lead = replay((one.event, one.at) for one in event_log.read(self._conn, case.case_id)).panel.leads
        return self.panellist(lead) if lead else None

    def panellist(self, person_id: UUID) -> Addressee | None:
        """A member of a panel, also where they are chosen no more."""
        return self.independent(person_id, Seat.PANELLIST)

    def independent(self, person_id: UUID, seat: Seat) -> Addressee | None:
        """A panellist or a mediator, who was or is; read for a letter to them alone."""
        found, points = people.reached(self._conn, ids=[person_id])
        self._points |= points
        return self._reached("contact", found[0], seat) if found else None

    def person(self, kind: str, person_id: UUID, seat: Seat, case: CaseRow | None = None) -> Addressee | None:
        """One person, whoever sits in their seat now; None when they have gone, or may hear nothing of the
        case that the letter is about."""
        if kind == "staff":
            known = self._free(case) if case else self._staff
            member = next((one for one in known if one.id == person_id), None)
            return self._member(member, seat) if member else None
        if seat is Seat.PANELLIST:
            return self.panellist(person_id)
        here = [*self._raisers.values(), *(one for some in self._contacts.values() for one in some)]
        found = next((one for one in here if one.id == person_id), None)
        return self._reached(kind, found, seat) if found else None

    @cached_property
    def _staff(self) -> list[StaffMember]:
        return staff.in_list_order(self._conn)

    @cached_property
    def _raisers(self) -> dict[UUID, Person]:
        """Read when the first of them is asked for: many letters concern one side only."""
        ids = {case.raiser_id for case in self._cases if case.raiser_id} - self._new.keys()
        if not ids:
            return self._new
        found, points = people.reached(self._conn, ids=ids)
        self._points |= points
        return {one.id: one for one in found} | self._new

    @cached_property
    def _seconds(self) -> dict[UUID, Person]:
        """The second contacts of raisers, by the raiser; read for an escalation alone."""
        found = [one for row in self._cases for one in people.of_concern(self._conn, row.concern_id)]
        seconds = [one for one in found if one.role == people.SECOND_CONTACT and one.deputy_of]
        self._points |= people.points_of(self._conn, [one.id for one in seconds]) if seconds else {}
        return {one.deputy_of: one for one in seconds if one.deputy_of}

    @cached_property
    def _contacts(self) -> dict[UUID, list[Person]]:
        both = {one for case in self._cases for one in (case.respondent_id, case.raiser_body_id)}
        bodies = {one for one in both if one}
        contacts, points = people.reached(self._conn, bodies=bodies) if bodies else ([], {})
        self._points |= points
        found: dict[UUID, list[Person]] = {}
        for contact in contacts:
            if contact.body_id:
                found.setdefault(contact.body_id, []).append(contact)
        return found

    def up_the_line(self, case: CaseRow, seat: Seat, than: Addressee | None) -> Line:
        """For an escalation, which goes to another person than ``than``: the first who can be reached.

        Somebody who is away is told only where there is nobody else.
        """
        passed: list[PassedOver] = []
        away: Addressee | None = None
        for place in UP_THE_LINE.get(seat, (seat,)):
            before = self._shut_out(case, place)[:1] or [PassedOver(place, NOBODY)]
            for who in self._who_may_sit(case, place):
                if not (why := _why_not(who, than)):
                    return Line(who, (*passed, *(one for one in before if one.why not in NO_HOLDER)))
                before = [*(one for one in before if one.why not in NO_HOLDER), why]
                away = away or (who if why.why == AWAY else None)
            passed += before[:1]
        return Line(away, () if away else tuple(passed))

    def _shut_out(self, case: CaseRow, seat: Seat) -> list[PassedOver]:
        """Who would have been told, had they no conflict of interest in the case, or did not handle it."""
        role = Seat.OFFICER if seat is Seat.CO_OFFICER else seat
        of_role = [one for one in self._staff if one.role is role]
        free = {one.id for one in self._free(case)}
        handles = [one for one in of_role if seat is Seat.CHAIR and one.id == case.officer_id]
        barred = [PassedOver(seat, BARRED, one.id) for one in of_role if one.id not in free]
        return barred or [PassedOver(seat, HANDLES_IT, one.id) for one in handles]

    def _who_may_sit(self, case: CaseRow, seat: Seat) -> list[Addressee]:
        """The co-officer that was named, then the other officers, who is here first; else one holder."""
        if seat is not Seat.CO_OFFICER:
            found = self.find(case, seat)
            is_above = not (seat is Seat.CHAIR and found and found.person_id == case.officer_id)
            return [found] if found and is_above else []
        free = self._free(case)
        officers = [one for one in free if one.role is Seat.OFFICER]
        own = self._handling(free, case.officer_id)
        others = [one for one in officers if one != own]
        others.sort(key=lambda one: (own is None or one.id != own.co_officer_id, not self._is_here(one)))
        return [self._member(one, seat) for one in others]

    def can_be_rung(self, who: Addressee | None) -> bool:
        return who is not None and any(one.kind == "phone" for one in self._points.get(who.person_id, ()))

    def officers(self, case: CaseRow | None = None) -> list[Addressee]:
        """Every officer of the office, absent ones too: whoever comes first takes a new concern.

        Of one case those alone who may work on it, and where there is none the board chair.
        """
        staff_here = self._staff if case is None else self._free(case)
        found = [self._member(one, Seat.OFFICER) for one in staff_here if one.role is Seat.OFFICER]
        if not found and case and (instead := self.find(case, Seat.OFFICER)):
            return [instead]
        return found

    def chair(self) -> Addressee | None:
        """Of the office, whatever the case."""
        return self._of_staff(None, Seat.CHAIR, self._staff)

    @staticmethod
    def _is_staff(seat: Seat) -> bool:
        return seat in CASE_STAFF or seat in (Seat.CHAIR, Seat.ADMINISTRATOR)

    def _of_staff(self, officer_id: UUID | None, seat: Seat, free: Sequence[StaffMember]) -> Addressee | None:
        """An absent officer's letters go to their co-officer; without an officer it is the first one's, and
        where every officer has a conflict of interest the board chair's. In a case that she has taken over
        there is no co-officer but another officer: nobody is above herself.

        ``free``: of the office, those who may hear of the case.
        """
        if seat in (Seat.CHAIR, Seat.SECRETARY, Seat.ADMINISTRATOR):
            members = [one for one in free if one.role is seat]
            found = next((one for one in members if self._is_here(one)), next(iter(members), None))
            if found is None and seat is Seat.SECRETARY:
                return self._of_staff(officer_id, Seat.OFFICER, free)
            return self._member(found, seat) if found else None
        officers = [one for one in free if one.role is Seat.OFFICER]
        here = [one for one in officers if self._is_here(one)]
        own = self._handling(free, officer_id)
        if own is None:
            barred = len(free) < len(self._staff)
            return self._of_staff(officer_id, Seat.CHAIR, free) if barred else None
        if seat is Seat.OFFICER and (self._is_here(own) or not here):
            return self._member(own, seat)
        named = next((one for one in here if one.id == own.co_officer_id), None)
        other = named or next((one for one in here if one.id != own.id), None)
        if other is None:
            if seat is not Seat.CO_OFFICER:
                return self._member(own, seat)
            return None if own.role is Seat.CHAIR else self._of_staff(officer_id, Seat.CHAIR, free)
        return self._member(other, seat)

    def _handling(self, free: Sequence[StaffMember], officer_id: UUID | None) -> StaffMember | None:
        """Whose case it is, the chair's where she has taken it over; without an officer, the first one's."""
        officers = [one for one in free if one.role is Seat.OFFICER]
        may = (*officers, *(one for one in free if one.role is Seat.CHAIR))
        of_case = [one for one in may if one.id == officer_id]
        return next(iter(of_case or filter(self._is_here, officers)), next(iter(officers), None))

    def _of_body(self, body_id: UUID | None, seat: Seat) -> Addressee | None:
        """The contact, or their deputy while they are absent or no letter reaches them."""
        contacts = self._contacts.get(body_id, []) if body_id else []
        of_role = [one for one in contacts if one.role == seat.post]
        first = next((one for one in of_role if one.deputy_of is None), None) or next(iter(of_role), None)
        if first is None:
            return None
        line = [first, *(one for one in contacts if one.deputy_of == first.id)]
        line.sort(key=lambda one: not self._is_here(one))  # who is here first, each in their order
        ways = (self._reached("contact", one, seat) for one in line)
        return next((one for one in ways if one.reach), self._reached("contact", line[0], seat))

    def _is_here(self, who: Person | StaffMember) -> bool:
        return who.absent_until is None or who.absent_until < self._today

    def _reached(self, kind: str, person: Person, seat: Seat) -> Addressee:
        point = working_point(self._points.get(person.id, []))
        away = self._away(person)
        if point is None:
            return Addressee(kind, person.id, seat, person.name, None, away_until=away)
        stranger = kind == "party" and point.kind == "email" and point.confirmed_at is None
        name = "" if stranger else person.name  # anybody may have typed both
        return Addressee(kind, person.id, seat, name, point.kind, point.address, point.id, away)

    def _member(self, member: StaffMember, seat: Seat) -> Addressee:
        away = self._away(member)
        return Addressee("staff", member.id, seat, member.name, "email", member.email, away_until=away)

    def _away(self, who: Person | StaffMember) -> date | None:
        return None if self._is_here(who) else who.absent_until


def _why_not(who: Addressee, than: Addressee | None) -> PassedOver | None:
    """Why an escalation passes somebody over; None where it reaches them."""
    if who.is_same_as(than):
        return PassedOver(who.seat, OWES_IT, who.person_id)
    if who.reach is None:
        return PassedOver(who.seat, NO_ADDRESS, who.person_id)
    if who.away_until:
        return PassedOver(who.seat, AWAY, who.person_id, who.away_until)
    return None


def working_point(points: Sequence[ContactPoint]) -> ContactPoint | None:
    """The best way to reach somebody that was not refused: e-mail, else post, else the telephone."""
    newest = {one.kind: one for one in points if one.refused_at is None}
    return newest.get("email") or newest.get("post") or newest.get("phone")
