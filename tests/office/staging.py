"""Scenes for tests of the office: a database with a register, staff and a clock, and cases played on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.casework.casebook import Done
from compact_cases.office.identity import new_id, statement
from compact_cases.office.premises import Premises
from compact_cases.office.reception import reception
from compact_cases.records import bodies, case_summaries, letters, people
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.people import Person
from compact_cases.rules.acts import Command
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.concern import CitedClause, Concern, LinkRole, Raiser, RespondentNamed
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.intake import Accept
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE
from tests.builders import local

RAISER = Raiser(
    name="Elmfield Tenants",
    kind="community-group",
    area="Stroud",
    person="Sue Barlow",
    role="secretary",
    email="sue@elmfield.example",
)


@dataclass
class Scene:
    """One office with a county council on its register, and a clock moved by hand."""

    premises: Premises
    clock: HandClock
    officer: Visitor
    second: Visitor
    council: UUID
    champion: UUID
    senior_lead: UUID

    def at(self, moment: str) -> "Scene":
        self.clock.move(local(moment))
        return self

    def concern(self, **changes: object) -> Concern:
        concern = Concern(
            raiser=RAISER,
            respondents=(RespondentNamed(body_id=self.council),),
            account="The questionnaire came out on a Thursday and was wanted back in eight days.",
            clauses=(
                CitedClause(clause="community-groups/5.3"),
                CitedClause(clause="community-groups/8.2", role=LinkRole.SUPPORTING),
            ),
        )
        return replace(concern, **changes)  # type: ignore[arg-type]

    def raised(self, **changes: object) -> CaseRow:
        receipt = reception.raise_concern(self.premises, self.concern(**changes))
        return self.row(receipt.references[0])

    def row(self, reference: str) -> CaseRow:
        with self.premises.engine.connect() as conn:
            row = case_summaries.find(conn, reference)
        assert row is not None
        return row

    def act(
        self, reference: str, command: Command, by: Visitor | None = None, seen: int | None = None
    ) -> Done:
        return casebook.carry_out(self.premises, reference, command, by=by or self.officer, seen=seen)

    def raiser_of(self, row: CaseRow) -> Visitor:
        return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id, case_id=row.case_id)

    def champion_of(self, row: CaseRow) -> Visitor:
        return Visitor(Seat.CHAMPION, person_id=self.champion, case_id=row.case_id)

    def accept(self, reference: str) -> Done:
        officer = self.officer.staff_id
        assert officer is not None
        command = Accept(
            officer, statement("You say eight days were too few."), statement("A group says so.")
        )
        return self.act(reference, command)

    def reply(self, row: CaseRow, answer: str = "in-part") -> Done:
        answers = (Answer(1, answer, statement("We gave eight days.")),)
        command = SendReply(
            answers, statement("Two more weeks."), self.champion, statement("Ann Lee, policy")
        )
        return self.act(row.reference, command, self.champion_of(row))

    def release(self, reference: str) -> Done:
        return self.act(reference, ReleaseReply(looked=True))

    def decide(self, row: CaseRow, decision: str = "settled", then: str = "") -> Done:
        return self.act(row.reference, Decide(decision, then), self.raiser_of(row))

    def with_mail(self, url: str) -> Premises:
        """The same office with another mail server."""
        return replace(self.premises, settings=replace(self.premises.settings, smtp_url=url))

    def letter_to(
        self,
        row: CaseRow,
        role: str,
        *,
        notice: str = "decision-recorded",
        person: UUID | None = None,
        obligation: str = "",
    ) -> LetterRow:
        """A letter to somebody at the council, which stands whatever happens."""
        about = (
            {"obligation": obligation, "due": "2026-03-09"}
            if obligation
            else {"due": "2026-03-09", "then": ""}
        )
        letter = LetterRow(
            id=new_id(),
            notice=notice,
            case_id=row.case_id,
            person_kind="contact",
            person_id=person or (self.champion if role == "champion" else self.senior_lead),
            seat=f"respondent/{role}",
            point_id=None,
            message_id=f"<{new_id()}@office.example>",
            queued_at=self.clock.now(),
            not_before=self.clock.now(),
            facts=about,
        )
        with self.premises.engine.begin() as conn:
            letters.file(conn, [letter])
        return letter

    def row_tick(self, case_id: UUID) -> datetime:
        """When the sweep looks at a case next."""
        with self.premises.engine.connect() as conn:
            row = case_summaries.find(conn, case_id)
        assert row is not None
        assert row.next_tick is not None
        return row.next_tick.astimezone(OFFICE_ZONE)

    def query(self, sql: str, **values: object) -> Sequence[object]:
        with self.premises.engine.connect() as conn:
            return list(conn.execute(text(sql), values))


def scene(premises: Premises, clock: HandClock) -> Scene:
    """Codes, procedure and calendar; two officers and a chair; a council with its contacts."""
    staff = [
        accounts.add_officer(premises, f"{name}@office.example", name.title(), role)
        for name, role in (("morgan", Seat.OFFICER), ("asha", Seat.OFFICER), ("ruth", Seat.CHAIR))
    ]
    council, contacts = new_id(), {}
    with premises.engine.begin() as conn:
        bodies.add(conn, Body(council, "Northvale County Council", BodyKind.PUBLIC_BODY), clock.now())
        for role in ("champion", "senior-lead", "chief-officer"):
            contacts[role] = new_id()
            people.add(conn, Person(contacts[role], role, body_id=council, name=role.title()), clock.now())
            people.add_contact_point(
                conn, new_id(), contacts[role], "email", f"{role}@northvale.example", clock.now()
            )
    first, second = (Visitor(Seat.OFFICER, staff_id=one.id, name=one.name) for one in staff[:2])
    return Scene(premises, clock, first, second, council, contacts["champion"], contacts["senior-lead"])
