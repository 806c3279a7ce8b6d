"""Who was invited to a session and is not to come any more hears that it is off for them."""

from datetime import date

from compact_cases.rules.events.mediation import SessionCancelled, SessionFixed
from compact_cases.rules.seats import Seat
from compact_cases.rules.sessions import FixSession
from tests.builders import said
from tests.rules.test_mediation import appointed, do, tried

BOTH = FixSession(date(2026, 3, 31), "14:30", False, "both", said("Stroud library"))
RAISER = FixSession(date(2026, 3, 31), "14:30", False, "raiser", said("Stroud library"))


def test_who_is_not_to_come_any_more_hears_that_the_session_is_off() -> None:
    case = do(appointed(), BOTH, "2026-03-20 10:00", seat=Seat.MEDIATOR)
    alone = tried(case, RAISER, "2026-03-23 10:00", seat=Seat.MEDIATOR)
    off, fixed = alone.events()
    assert off == SessionCancelled(1, 1)
    assert isinstance(fixed, SessionFixed)
    assert (fixed.number, fixed.said, fixed.who) == (2, 2, ("raiser",))
    told = [(one.name, one.to) for one in alone.told()]
    assert told == [
        *(("session-cancelled", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.MEDIATOR)),
        ("session-fixed", Seat.RAISER),
        ("session-fixed", Seat.MEDIATOR),
    ]
    assert [one.cancelled for one in alone.then_case().mediation.sessions] == [True, False]


def test_a_session_that_moves_or_to_which_more_come_stays_the_same_one() -> None:
    case = do(appointed(), RAISER, "2026-03-20 10:00", seat=Seat.MEDIATOR)
    (wider,) = tried(case, BOTH, "2026-03-23 10:00", seat=Seat.MEDIATOR).events()
    assert isinstance(wider, SessionFixed)
    assert (wider.number, wider.who) == (1, ("raiser", "respondent"))
