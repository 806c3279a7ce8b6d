"""People who play cases through the office for tests of the case pages: an officer, a raiser, a champion."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.identity import new_id
from compact_cases.office.reception import reception
from compact_cases.records import bodies, case_summaries, people
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.acts import Command
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.clocks import Escalate
from compact_cases.rules.concern import CitedClause, Concern, Confidentiality, Raiser, RespondentNamed
from compact_cases.rules.enquiry import (
    RecordNoReply,
)
from compact_cases.rules.permissions import SYSTEM, Visitor
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.settings import Settings
from tests.desk import Desk, fields, open_desk

Browser = TestClient[Litestar]
WAY_IN = "community-groups/5.3"
ACCOUNT = "The council ran a ten-day consultation on bus cuts.\nWe meet once a month, so we could not answer."


@dataclass
class Players:
    """A desk with the Codes on its shelf, a council with its contacts, and an officer."""

    desk: Desk
    council: UUID = field(default_factory=new_id)
    champion: UUID = field(default_factory=new_id)
    senior: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        self.officer: StaffMember = self.desk.officer()
        self.add_body(self.council, "Northvale County Council")
        at = self.desk.clock.now()
        with self.desk.premises.engine.begin() as conn:
            for person, role, name in (
                (self.champion, "champion", "Chris Champion"),
                (self.senior, "senior-lead", "Sam Senior"),
            ):
                people.add(conn, Person(person, role, body_id=self.council, name=name), at)
                address = f"{name.split()[0].lower()}@northvale.example"
                people.add_contact_point(conn, new_id(), person, "email", address, at)

    def add_body(
        self, body: UUID, name: str, kind: BodyKind = BodyKind.PUBLIC_BODY, volunteer_run: bool = False
    ) -> UUID:
        with self.desk.premises.engine.begin() as conn:
            added = Body(body, name, kind, "Northvale", volunteer_run, date(2021, 5, 4))
            bodies.add(conn, added, self.desk.clock.now())
        return body

    def concern(self, **changes: Any) -> Concern:
        told = {
            "raiser": Raiser(
                name="Elmfield Tenants",
                kind="community-group",
                area="Stroud",
                person="Rose Raiser",
                role="Secretary",
                email="rose@elmfield.example",
                phone="01453 555 019",
            ),
            "respondents": (RespondentNamed(self.council),),
            "account": ACCOUNT,
            "clauses": (CitedClause(WAY_IN),),
            "tried": "We wrote to them twice.",
            "remedies": ("rerun-consultation", "apology"),
        }
        return Concern(**{**told, **changes})

    def raised(self, **changes: Any) -> "PlayedCase":
        receipt = reception.raise_concern(self.desk.premises, self.concern(**changes))
        return PlayedCase(self, receipt.references[0], receipt.return_code or "", receipt.references)

    def hidden_one(self, way: Confidentiality, **changes: Any) -> "PlayedCase":
        if way is Confidentiality.ANONYMOUS:
            changes["raiser"] = None
        return self.raised(confidentiality=way, **changes)

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        with self.desk.browser(self.desk.premises.settings.base_url) as browser:
            yield browser

    @contextmanager
    def as_officer(self) -> Iterator[Browser]:
        with self.browser() as browser:
            self.desk.signed_in(browser, self.officer)
            yield browser

    @contextmanager
    def as_staff(self, role: Seat) -> Iterator[Browser]:
        member = accounts.add_officer(self.desk.premises, f"{role.value}@office.example", "Kim Other", role)
        with self.browser() as browser:
            self.desk.signed_in(browser, member)
            yield browser


@dataclass
class PlayedCase:
    players: Players
    reference: str
    return_code: str
    references: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/cases/{self.reference}"

    @property
    def row(self) -> CaseRow:
        with self.players.desk.premises.engine.connect() as conn:
            row = case_summaries.find(conn, self.reference)
        assert row is not None
        return row

    # --- who comes in --------------------------------------------------------------------------------

    @contextmanager
    def as_party(self, person: UUID) -> Iterator[Browser]:
        link = self.players.desk.link(person, self.row.case_id)
        with self.players.browser() as browser:
            page = browser.get(link)
            assert browser.post(link, data=fields(page.text)).status_code == 303
            yield browser

    @contextmanager
    def as_raiser(self) -> Iterator[Browser]:
        with self.players.browser() as browser:
            page = browser.get("/return")
            typed = {"reference": self.reference, "code": self.return_code}
            answer = browser.post("/return", data={**fields(page.text), **typed})
            assert answer.status_code == 303, visible(answer.text)
            yield browser

    @contextmanager
    def as_champion(self) -> Iterator[Browser]:
        with self.as_party(self.players.champion) as browser:
            yield browser

    def act(self, command: Command) -> None:
        """By the officer, past every page."""
        officer = Visitor(Seat.OFFICER, staff_id=self.players.officer.id)
        casebook.carry_out(self.players.desk.premises, self.reference, command, by=officer)

    # --- what they do ---------------------------------------------------------------------------------

    def post(self, browser: Browser, resource: str, **typed: Any) -> Any:
        """Open the page that the form stands on, and send it."""
        own = browser.get(f"{self.path}/{resource}")
        page = own if own.status_code == 200 else browser.get(self.path)
        assert page.status_code == 200, visible(page.text)
        hidden = {name: value for name, value in fields(page.text).items() if name in ("csrf_token", "seen")}
        return browser.post(f"{self.path}/{resource}", data={**hidden, **typed})

    def done(self, browser: Browser, resource: str, **typed: Any) -> None:
        answer = self.post(browser, resource, **typed)
        assert answer.status_code == 303, visible(answer.text)
        assert answer.headers["location"].startswith(f"{self.path}?since=")

    def accepted(self, wording: str = "A consultation of ten days was too short for us.") -> "PlayedCase":
        with self.players.as_officer() as browser:
            self.done(
                browser,
                "acknowledgement",
                decision="accept",
                restated="You say that ten days were too short.",
                wording=wording,
                fear_considered="yes",
            )
        return self

    def replied(self, words: str = "We will run it again.", **more: str) -> "PlayedCase":
        with self.as_champion() as browser:
            self.done(browser, "reply", **self.a_reply(words, **more))
        return self

    def a_reply(self, words: str = "We will run it again.", **more: str) -> dict[str, str]:
        typed = {
            "answers.0.clause": WAY_IN,
            "answers.0.answer": "in-part",
            "answers.0.words": words,
            "offer": "A new consultation of twelve weeks.",
            "signed": "Jo Field, Head of Transport",
        }
        return {**typed, **more}

    def released(self, hidden: str = "") -> "PlayedCase":
        with self.players.as_officer() as browser:
            self.done(browser, "release", looked="yes", hidden=hidden)
        return self

    def no_reply(self) -> "PlayedCase":
        day = self.players.desk.clock.now().date()
        casebook.carry_out(self.players.desk.premises, self.reference, RecordNoReply(day), by=SYSTEM)
        return self

    def unheard(self) -> "PlayedCase":
        """A last letter went, and nobody has answered it in five working days."""
        premises, clock = self.players.desk.premises, self.players.desk.clock
        casebook.carry_out(premises, self.reference, SendLastLetter(clock.now().date()), by=SYSTEM)
        with premises.engine.begin() as conn:
            conn.execute(
                text("UPDATE letters SET state = 'sent', sent_at = queued_at WHERE state = 'waiting'")
            )
        self.players.desk.pass_time(days=7)
        casebook.carry_out(premises, self.reference, RecordSilence(clock.now().date()), by=SYSTEM)
        return self

    def escalated(self) -> "PlayedCase":
        day = self.players.desk.clock.now().date()
        command = Escalate("reply", "", 1, day, Seat.SENIOR_LEAD, self.players.senior)
        casebook.carry_out(self.players.desk.premises, self.reference, command, by=SYSTEM)
        return self

    def decided(self, decision: str = "settled", **more: str) -> "PlayedCase":
        with self.as_raiser() as browser:
            self.done(browser, "decision", decision=decision, **more)
        return self

    def closed(self, outcome: str = "resolved early") -> "PlayedCase":
        with self.players.as_officer() as browser:
            self.done(browser, "closing", outcome=outcome, summary="They will run it again for twelve weeks.")
        return self


def set_the_table(settings: Settings) -> Players:
    return Players(open_desk(settings))


def visible(page: str) -> str:
    """What a page says, without its mark-up: tags out, entities read, white space joined."""
    body = page[page.index("<main") : page.rindex("</main>")] if "<main" in page else page
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
    return re.sub(r" ([,.:])", r"\1", words)
