"""Two cases in one mediation, whatever is done in either: they come to rest, and agree with each other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as some

from compact_cases.records.event_codec import name_of
from compact_cases.rules.acts import ACTS, act_of
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events import Event
from compact_cases.rules.mediation_ends import LeaveMediation
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.together import TakeTogether
from tests.builders import local
from tests.rules.candidates import CANDIDATES
from tests.rules.test_histories import OF_TWO_CASES
from tests.rules.test_together import agreed, asked, mediated, proposed
from tests.rules.two_cases import FIRST, SECOND, Two

SETTLED = Decide("settled")
MODULES = ("mediation", "appointing", "sessions", "mediation_ends", "together")
OF_IT = [act for act in ACTS if act.command.__module__.endswith(MODULES) and not act.half]
BY_HAND = [*(act for act in OF_IT if act.command is not TakeTogether), act_of(SETTLED)]
"""What happens in a mediation; and a raiser who settles one of the cases meanwhile."""
AT_FIRST = (asked, agreed, proposed, mediated, mediated)
STEPS = some.lists(
    some.tuples(some.booleans(), some.integers(1, 60), some.integers(0, 999), some.integers(0, 999)),
    min_size=5,
    max_size=25,
)


def possible(two: Two, here: UUID, at: Any) -> list[Any]:
    case, known = two.cases[here], two.known(here, at)
    open_now = [act for act in BY_HAND if act.why_not(case, known) is None]
    return [act for act in open_now if list(CANDIDATES[act.command](case, known))]


def agree(two: Two) -> None:
    one, other = two.first, two.second
    assert (one.mediation.partner == SECOND) is (other.mediation.partner == FIRST)
    for case in (one, other):
        assert case.is_closed or any(not each.is_paused or each.hold for each in case.open_obligations)
        assert not case.mediation.partner or not case.is_closed
    if one.mediation.partner and one.mediation.began_at:
        assert other.mediation.is_under_way
        assert one.mediation.leads is not other.mediation.leads
        assert one.mediation.mediator == other.mediation.mediator
        lasts = [each.owed("mediate") for each in (one, other)]
        assert len({each.due if each else None for each in lasts}) == 1
        assert (one.owed("appoint") is None) is (other.owed("appoint") is None)


def step(two: Two, here: UUID, at: datetime, pick: int, which: int) -> list[Event]:
    """What somebody does in one of the two; nothing where it is refused."""
    acts = possible(two, here, at)
    if not acts:
        return []
    act = acts[pick % len(acts)]
    commands = list(CANDIDATES[act.command](two.cases[here], two.known(here, at)))
    seat = Seat.OFFICER if Seat.OFFICER in act.by else sorted(act.by)[0]
    try:
        return two.do(here, commands[which % len(commands)], at, seat=seat)
    except Refused:
        return []


@settings(max_examples=60, deadline=None)
@whatever(some.sampled_from(AT_FIRST), STEPS)
def test_they_agree_after_whatever_is_done_in_either(
    begun: Callable[[], Two], steps: list[tuple[bool, int, int, int]]
) -> None:
    two, at = begun(), local("2026-03-20 11:00")
    for in_first, hours, pick, which in steps:
        at += timedelta(hours=hours)
        step(two, FIRST if in_first else SECOND, at, pick, which)
        agree(two)


def one_has_left() -> Two:
    two = mediated()
    two.do(SECOND, LeaveMediation("respondent", sure=True), "2026-03-20 10:30")
    return two


def test_what_happens_only_where_two_cases_share_a_mediation_is_reached() -> None:
    """Without this the promise above could hold because nobody ever left."""
    random, seen = Random(2), set[str]()
    for begun in 30 * (proposed, mediated, one_has_left):
        two, at = begun(), local("2026-03-20 11:00")
        for _ in range(12):
            at += timedelta(hours=random.randint(1, 60))
            here = random.choice((FIRST, SECOND))
            step(two, here, at, random.randint(0, 999), random.randint(0, 999))
            agree(two)
        seen |= {name_of(event) for events in two.logs.values() for event in events}
    assert OF_TWO_CASES - seen == set()
