"""Whatever became of a limit, in whatever order: its date is the fold of the log, each day of it is shown."""

from datetime import date, timedelta

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as some

from compact_cases.reports.proofs import proof_of
from compact_cases.rules.acts import decide
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.case import Case, replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from tests.builders import PUT_TO_THE_COUNCIL, History, local, now, rulebook, said

PAUSES = [
    PauseClocks("waiting for a third party"),
    PauseClocks("agreed break", agreed=True),
    PauseClocks("adjustment"),
]
COMMANDS = some.one_of(
    some.sampled_from(PAUSES),
    some.just(ResumeClocks()),
    some.builds(MarkInError, some.integers(8, 20), some.just(said())),
    some.builds(AskForTime, some.integers(1, 10), some.just("reply"), some.just(WHY[0]), some.just(said())),
    some.builds(AnswerTime, some.booleans()),
    some.builds(RecordAdjustment, some.just("respondent"), some.integers(0, 20)),
)
STEPS = some.lists(some.tuples(some.integers(1, 120), COMMANDS), max_size=12)


def played(steps: list[tuple[int, object]]) -> tuple[History, Case]:
    history, at = list(PUT_TO_THE_COUNCIL), local("2026-03-02 09:30")
    for hours, command in steps:
        at = min(at + timedelta(hours=hours), local("2026-07-31 12:00"))
        case = replay(history)
        over = [one for one in case.clocks.pauses if one.until is None and one.ends < at.date()]
        for each in [*(EndPause(one.number) for one in over), command]:
            seat = Seat.SYSTEM if isinstance(each, EndPause) else Seat.OFFICER
            answer = case.owed("extension-answer")
            if isinstance(each, AnswerTime) and answer:
                seat = answer.owner
            try:
                events = decide(each, replay(history), now(at, seat=seat))  # type: ignore[arg-type]
            except Refused:
                continue
            history += [(event, at) for event in events]
    return history, replay(history)


@settings(max_examples=200, deadline=None)
@whatever(STEPS)
def test_a_date_is_the_fold_of_its_history_and_each_of_its_days_is_explained(
    steps: list[tuple[int, object]],
) -> None:
    _, case = played(steps)
    reply = case.owed("reply")
    assert reply is not None
    calendar = rulebook().calendar
    if reply.due is None:
        assert reply.hold is not None
        assert proof_of(case.obligations, reply, calendar) == ()
        return
    days = proof_of(case.obligations, reply, calendar)
    assert days[-1].day == reply.due
    assert [one.day for one in days] == [days[0].day + timedelta(days=n) for n in range(len(days))]
    counts = [one.counts for one in days if one.counts]
    was_late = any(one.hold and one.hold.on > one.term.due for one in case.obligations if one.name == "reply")
    if not was_late:  # else it began anew, with five working days
        assert days[0].day == date(2026, 3, 2)
        assert counts == sorted(counts)
    assert calendar.is_working(reply.due)
