"""An office for tests of accounts and the web: a clock that stands still, staff, a case with its people."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import psycopg
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.reception import return_codes
from compact_cases.records import case_summaries, concerns, people
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.concerns import ConcernRow
from compact_cases.records.engines import SERVING, Bounds
from compact_cases.records.people import Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from compact_cases.web.app import assemble, move_in
from tests.builders import local

MONDAY = local("2026-03-02 09:30")


@dataclass(frozen=True)
class OpenCase:
    """A case put into the records as they are, without its log: enough for those who ask who may come in."""

    case_id: UUID
    reference: str
    concern_id: UUID
    return_code: str
    raiser: UUID
    champion: UUID


@dataclass
class Desk:
    premises: Premises
    clock: HandClock
    declares: bool = True
    """Everybody of the office says that they have no conflict of interest, in each case that they come to."""

    @cached_property
    def app(self) -> Litestar:
        """One application for all browsers of a test."""
        return application(self.premises)

    @contextmanager
    def browser(self, base_url: str = "http://127.0.0.1:8000") -> Iterator[TestClient[Litestar]]:
        """A browser of its own; it follows no redirect by itself and sees faults as pages."""
        with TestClient(self.app, base_url=base_url, raise_server_exceptions=False) as client:
            client.follow_redirects = False
            before_a_case(client, self.premises, lambda: self.declares)
            yield client

    def pass_time(self, **by: float) -> None:
        self.clock.pass_time(timedelta(**by))

    def officer(self, email: str = "ann@office.example", role: Seat = Seat.OFFICER) -> StaffMember:
        return accounts.add_officer(self.premises, email, "Ann Officer", role)

    def signed_in(self, browser: TestClient[Litestar], member: StaffMember) -> None:
        link = accounts.sign_in_link(self.premises, member.id)
        assert browser.post(path_of(link), data=fields(browser.get(path_of(link)).text)).status_code == 303

    def link(self, person: UUID, case: UUID, obligation: str | None = None) -> str:
        with self.premises.engine.begin() as conn:
            return path_of(accounts.make_party_link(conn, self.premises, person, case, obligation))

    def case(self, number: int = 42, of: OpenCase | None = None) -> OpenCase:
        """A case of a new concern, or another case of the concern of ``of``."""
        at = self.clock.now()
        code = of.return_code if of else return_codes.new_code()
        made = OpenCase(new_id(), f"GC-2026-{number:04d}", new_id(), code, new_id(), new_id())
        with self.premises.engine.begin() as conn:
            if of is None:
                concern = _concern(made.concern_id, made.raiser, at)
                sealed = return_codes.seal(self.premises, code)
                concerns.add(conn, replace(concern, return_code_hmac=sealed))
                people.add(conn, Person(made.raiser, "raiser", concern_id=made.concern_id, name="Rose"), at)
            else:
                made = replace(made, concern_id=of.concern_id, raiser=of.raiser)
            people.add(conn, Person(made.champion, "champion", body_id=new_id(), name="Chris"), at)
            case_summaries.add(conn, _summary(made, at))
        return made

    def count(self, table: str) -> int:
        with self.premises.engine.connect() as conn:
            return int(conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    def everything(self) -> list[Any]:
        """Each row of each table of accounts, to see that nothing changed."""
        tables = ("staff", "sign_in_links", "sessions", "api_tokens", "party_links", "attempts", "letters")
        with self.premises.engine.connect() as conn:
            return [sorted(map(repr, conn.execute(text(f"SELECT * FROM {table}")))) for table in tables]


def before_a_case(
    client: TestClient[Litestar], premises: Premises, declares: Callable[[], bool] = lambda: True
) -> None:
    """Whoever of the office asks for one by this client has said that they have no conflict of interest."""

    def declare(asked: Any) -> None:
        if "/cases/" in asked.url.path and declares():
            all_declare(premises)

    client.event_hooks["request"].append(declare)


def all_declare(premises: Premises) -> None:
    """Everybody of the office, in each case there is; beside the engine whose statements a test counts."""
    url = premises.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as conn:
        conn.execute(
            "INSERT INTO no_conflicts SELECT case_id, id, changed_at FROM case_summaries, staff"
            " ON CONFLICT DO NOTHING"
        )


_free: dict[tuple[str, str], list[Litestar]] = defaultdict(list)
_taken: list[tuple[tuple[str, str], Litestar, int]] = []


def application(premises: Premises) -> Litestar:
    """One that no other premises of this test have. To assemble it takes a while, so the next test has it."""
    kind = (premises.settings.office.name, premises.settings.base_url)
    app = _free[kind].pop() if _free[kind] else assemble(*kind)
    _taken.append((kind, app, len(app.routes)))
    return move_in(app, premises)


def give_back() -> None:
    """After a test: its applications may be taken again, but for those to which it added routes."""
    while _taken:
        kind, app, routes = _taken.pop()
        if len(app.routes) == routes:
            _free[kind].append(app)


def open_desk(settings: Settings, at: datetime = MONDAY, bounds: Bounds = SERVING) -> Desk:
    clock = HandClock(at)
    return Desk(open_premises(settings, clock=clock, bounds=bounds), clock)


def path_of(address: str) -> str:
    """What follows the host of an address in a letter."""
    return "/" + address.split("/", 3)[3]


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's main form."""
    main = page[page.index("<main") :]
    parts = main.split('type="hidden" name="')[1:]
    return {part.split('"')[0]: part.split('value="')[1].split('"')[0] for part in parts}


def _concern(concern_id: UUID, raiser: UUID, at: datetime) -> ConcernRow:
    return ConcernRow(concern_id, raiser, "web", None, "open", at, b"", None, None, concern_id.bytes * 2)


def _summary(case: OpenCase, at: datetime) -> CaseRow:
    return CaseRow(
        case_id=case.case_id,
        reference=case.reference,
        concern_id=case.concern_id,
        position=1,
        head=bytes(32),
        stage="received",
        received_at=at,
        changed_at=at,
        closed_at=None,
        outcome=None,
        confidentiality="open",
        raiser_id=case.raiser,
        raiser_label="Elmfield Tenants",
        raiser_shown="Elmfield Tenants",
        respondent_id=None,
        respondent_label="Northvale County Council",
        officer_id=None,
        had_notice=False,
        next_name="acknowledge",
        next_owner="officer",
        next_due=at.date(),
        owners=("officer",),
        paused=False,
        clauses=(),
        procedure_edition="default",
        calendar_edition="default",
        next_tick=None,
    )
