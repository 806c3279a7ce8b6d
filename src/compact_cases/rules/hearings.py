"""Panel, the day of its hearing: whether a day will do, what hangs on it, and how it is moved to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import panel as happened
from compact_cases.rules.names import hides_from
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import AN_HOUR, in_words
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON

STATEMENTS_BEFORE, PAPERS_BEFORE = 15, 10  # working days before the hearing
MOVES_AT_MOST = 10


@dataclass(frozen=True)
class MoveHearing(Carries):
    on: date
    time: str
    online: bool
    place: Annotated[
        Statement, Kept("place", Audience.CASE, "Please say where it is, or how to join if it is online.")
    ]
    needs: Annotated[Statement | None, Kept("needs", Audience.CASE)] = None
    words_may_stay: bool = False


def can_be_moved(case: Case, now: Now) -> None:
    if case.owed("hear") is None:
        raise Refused("No hearing is set in this case at the moment.")


def is_a_good_day(on: date, time: str, texts: Mapping[str, Statement | None], case: Case, now: Now) -> None:
    """``texts``: what is said of the place, by its field, where nobody has looked for names in it yet."""
    if why := now.rulebook.calendar.why_closed(on):
        raise Refused(f"{in_words(on)} is not a working day ({why}). Please choose another day.", "on")
    if not AN_HOUR.fullmatch(time):
        raise Refused("Please write the time like 14:30.", "time")
    for field, one in texts.items() if case.intake.is_hidden else ():
        hides_from("the respondent who raised it", one.text if one else "", now.raisers_words, field)


def said_of_it(
    place: Statement, needs: Statement | None, *, may_stay: bool
) -> Mapping[str, Statement | None]:
    return {} if may_stay else {"place": place, "needs": needs}


def before(days: int, on: date, start: date, now: Now) -> Term:
    calendar = now.rulebook.calendar
    due = calendar.minus(on, days) if days else on
    return Term(start, calendar.working_days_between(start, due), due)


def move_hearing(command: MoveHearing, case: Case, now: Now) -> list[Event]:
    hearing, calendar = case.panel.hearing, now.rulebook.calendar
    assert hearing is not None  # noqa: S101 (asked by can_be_moved)
    today = now.at.astimezone(LONDON).date()
    last = calendar.plus(max(hearing.on, today), MOVES_AT_MOST)  # one that was missed is set anew from today
    if not max(today, hearing.on) < command.on <= last and command.on != hearing.on:
        raise Refused(f"Please choose a day after today and not later than {in_words(last)}.", "on")
    if command.on <= today:
        raise Refused("Please choose a day after today.", "on")
    texts = said_of_it(command.place, command.needs, may_stay=command.words_may_stay)
    is_a_good_day(command.on, command.time, texts, case, now)
    start = calendar.start_day(now.at)

    def moved(name: str, days: int, item: str = "") -> Term | None:
        one = case.owed(name, item)
        same = command.on == hearing.on or one is None or one.due is None
        return None if same else before(days, command.on, start, now)

    statement = moved("statement", STATEMENTS_BEFORE, "raiser") or moved(
        "statement", STATEMENTS_BEFORE, "respondent"
    )
    papers = moved("papers", PAPERS_BEFORE)
    return [
        happened.HearingMoved(
            case.panel.said,
            command.on,
            command.time,
            command.online,
            command.place.sealed(),
            sealed_if(command.needs),
            statement if statement and statement.due > today else None,
            papers if papers and papers.due > today else None,
            before(0, command.on, start, now),
        )
    ]


ACTS: tuple[Act[Any], ...] = (
    Act(
        MoveHearing,
        name="hearing-day",
        words="Move the hearing to another day",
        by=CASE_STAFF,
        open=can_be_moved,
        decide=move_hearing,
        needs=frozenset({Need.RAISERS_WORDS}),
        rank=Rank.SELDOM,
    ),
)
