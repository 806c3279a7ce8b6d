"""A case in mediation, for tests of its room: who mediates, who comes in, what they write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.casework import casebook, needs, summarising
from compact_cases.office.identity import new_id
from compact_cases.records import case_summaries, obligations, people
from compact_cases.records.event_log import Signature
from compact_cases.records.people import Person
from compact_cases.rules.events import Event
from compact_cases.rules.events.mediation import (
    MediationAgreed,
    MediationEnded,
    MediatorAppointed,
    MediatorGone,
    PartyLeft,
)
from compact_cases.rules.mediating import NOT_SETTLED
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible

Browser = TestClient[Litestar]


@dataclass
class Mediated:
    """A case with a room. ``morgan`` mediates it; ``robin`` may follow them."""

    players: Players
    case: PlayedCase
    morgan: UUID = field(default_factory=new_id)
    robin: UUID = field(default_factory=new_id)

    @property
    def path(self) -> str:
        return f"{self.case.path}/room"

    @contextmanager
    def as_mediator(self, who: UUID | None = None) -> Iterator[Browser]:
        with self.case.as_party(who or self.morgan) as browser:
            yield browser

    def happens(self, *events: Event) -> None:
        """Laid into the log as it is, past every act."""
        premises = self.players.desk.premises
        with premises.engine.begin() as conn:
            row = case_summaries.find(conn, self.case.reference, locked=True)
            assert row is not None
            before, at = needs.folded(conn, row.case_id), premises.clock.now()
            editions = (row.procedure_edition, row.calendar_edition)
            signed = Signature(Seat.SYSTEM.value, None, None, new_id(), at, *editions)
            after, new = casebook.append(conn, row, before, list(events), signed)
            obligations.save(conn, row.case_id, casebook.changed(before, after))
            casebook.save(conn, [(row, summarising.folded_into(new, after, new.next_tick))])

    def begins(self, apart: bool = False) -> None:
        both = (Side.RAISER.value, Side.RESPONDENT.value)
        self.happens(MediationAgreed(both, apart, papers=False, appoint=self.term(14)))

    def appointed(self, mediator: UUID) -> None:
        self.happens(MediatorAppointed(mediator, self.term(42), self.term(84).due))

    def replaced(self) -> None:
        self.happens(MediatorGone(self.morgan, "ill", self.term(14)))
        self.appointed(self.robin)

    def left(self, side: str) -> None:
        self.happens(PartyLeft(side))

    def ended(self, how: str = NOT_SETTLED) -> None:
        self.happens(MediationEnded(how, (), None))

    def term(self, days: int) -> Term:
        today = self.players.desk.clock.today()
        return Term(today, days, today + timedelta(days=days))

    # --- in the room ----------------------------------------------------------------------------------

    def read(self, browser: Browser) -> str:
        answer = browser.get(self.path)
        assert answer.status_code == 200, (answer.status_code, answer.headers, visible(answer.text))
        return visible(answer.text)

    def send(self, browser: Browser, resource: str = "messages", **typed: str) -> Any:
        page = browser.get(f"{self.path}/drafts" if resource == "drafts" else self.path)
        hidden = {**fields(page.text), "kept": ""}
        return browser.post(f"{self.path}/{resource}", data={**hidden, **typed})

    def says(self, browser: Browser, words: str, to: str = "all") -> None:
        answer = self.send(browser, words=words, to=to)
        assert answer.status_code == 303, visible(answer.text)

    def drafts(
        self, browser: Browser, what: str = "The bus runs again.", to: str = "all", **more: str
    ) -> None:
        answer = self.send(browser, "drafts", **{**a_draft(what), "to": to, **more})
        assert answer.status_code == 303, visible(answer.text)

    def answers(self, browser: Browser, answer: str = "yes") -> Any:
        return self.send(browser, "answers", answer=answer)


def a_draft(what: str = "The bus runs again.") -> dict[str, str]:
    return {
        "terms.0.side": "respondent",
        "terms.0.what": what,
        "terms.0.by-day": "18",
        "terms.0.by-month": "5",
        "terms.0.by-year": "2026",
        "terms.0.known_by": "It stands in the timetable.",
        "settles": "yes",
    }


def in_mediation(players: Players, case: PlayedCase | None = None, joint: bool = True) -> Mediated:
    """Replied to, released, and a mediator appointed."""
    case = case or players.raised().accepted().replied().released()
    made = Mediated(players, case)
    with players.desk.premises.engine.begin() as conn:
        for person, name in ((made.morgan, "Morgan Lee"), (made.robin, "Robin Fox")):
            people.add(
                conn, Person(person, "mediator", body_id=new_id(), name=name), players.desk.clock.now()
            )
    made.begins(apart=not joint)
    made.appointed(made.morgan)
    return made
