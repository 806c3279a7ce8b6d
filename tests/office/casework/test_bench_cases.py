"""The cases that the bench stores with COPY are cases: their chains, seals and folds hold."""

from datetime import timedelta

from bench import stage
from bench.prototypes import EVENTS
from bench.prototypes import LONG as LONG_EVENTS
from bench.prototypes import LONGEST as LONGEST_EVENTS
from bench.seeding import LONGEST_CASES, Register, Share, kind_of, store, word_of
from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.casework import integrity, reminders
from compact_cases.office.premises import open_premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.settings import Settings

CASES, DUE, LONG, MIXED = 300, 20, 5, 24


def test_stored_cases_verify_and_fold_to_what_stands_beside_them(settings: Settings) -> None:
    premises = open_premises(settings, pool=2, clock=HandClock(stage.NOW))
    library.ensure_shipped(premises)
    officers = [
        accounts.add_officer(premises, f"{name}@office.example", name.title()) for name in ("ann", "ben")
    ]
    register = Register(stage.register_of_bodies(premises, 4), (officers[0].id, officers[1].id))
    share = Share(settings, stage.NOW, register, 1, CASES, DUE, 0, LONG)
    assert store(share) == CASES
    kinds = {kind_of(number, share)[0] for number in range(1, CASES + 1)}
    assert kinds == {"reply", "long", "longest", "decide", "closed"}
    more = (LONG_EVENTS - EVENTS) * LONG + (LONGEST_EVENTS - EVENTS) * LONGEST_CASES
    events = EVENTS * CASES + more
    for checked in (integrity.verify(premises), integrity.rebuild(premises, check=True)):
        assert checked.faults == ()
        assert (checked.cases, checked.events) == (CASES, events)
    with reading(premises.engine) as conn:
        found = case_list.rows(conn, Filters(words=word_of(2)), None, stage.NOW.date())
    assert sorted(row.reference for row in found) == ["GC-2026-0002", "GC-2026-0102", "GC-2026-0202"]
    assert reminders.sweep(premises).cases == DUE
    premises.engine.dispose()


def test_cases_of_all_kinds_are_cases_and_each_has_a_step_on_the_next_day(settings: Settings) -> None:
    clock = HandClock(stage.NOW)
    premises = open_premises(settings, pool=2, clock=clock)
    library.ensure_shipped(premises)
    officers = [
        accounts.add_officer(premises, f"{name}@office.example", name.title()) for name in ("ann", "ben")
    ]
    register = Register(stage.register_of_bodies(premises, 4), (officers[0].id, officers[1].id))
    share = Share(settings, stage.NOW, register, 1, MIXED, 0, MIXED, 0)
    assert store(share) == MIXED
    kinds = {kind_of(number, share)[0] for number in range(1, MIXED + 1)}
    assert kinds == {"received", "reply", "decide", "review", "actions"}
    for checked in (integrity.verify(premises), integrity.rebuild(premises, check=True)):
        assert (checked.faults, checked.cases) == ((), MIXED)
    assert reminders.sweep(premises).cases == 0
    clock.move(stage.NOW + timedelta(days=1))
    assert reminders.sweep(premises).cases == MIXED
    premises.engine.dispose()
