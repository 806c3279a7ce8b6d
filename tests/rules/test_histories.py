"""Whatever people do in whatever order: an open case always owes something by a date, or is paused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import find, given, settings
from hypothesis import strategies as some

from compact_cases.records.event_codec import decode, encode, name_of
from compact_cases.rules.act import Act, Now, Rank
from compact_cases.rules.acts import (
    ACTS,
    BY_COMMAND,
    NOTICES,
    Command,
    act_of,
    at_address,
    decide,
    notices_after,
    offers,
)
from compact_cases.rules.agreed import NOT_KEPT
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Withdraw
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.course import LIVES_ON, Stage
from compact_cases.rules.enquiry import Decide, may_decide
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.events import EVENT_TYPES, Event, stored_name
from compact_cases.rules.events import together as shared
from compact_cases.rules.events.agreement import ActionWaived
from compact_cases.rules.events.closing import Closed, Withdrawn
from compact_cases.rules.events.enquiry import LastLetterSent, SilenceRecorded
from compact_cases.rules.events.handling import HandedOn
from compact_cases.rules.handling import HandOn
from compact_cases.rules.intake import (
    Decline,
    Receive,
)
from compact_cases.rules.obligations import next_tick
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import texts_in
from compact_cases.rules.succession import Divide, Succeed
from compact_cases.rules.timetable import AnswerTimetable, ProposeTimetable, TakeBackTimetable
from compact_cases.rules.working_days import in_time
from tests.builders import (
    AGREED,
    CLOSED_WITH_ACTIONS,
    History,
    agreed,
    local,
    now,
    on,
    rulebook,
)
from tests.rules.candidates import CANDIDATES, GOES_ON, KNOWN, receiving
from tests.rules.candidates_of_mediation import ELSEWHERE
from tests.rules.careless import BUILDS, CARELESS, FIRST, LAST
from tests.rules.test_after_silence import ASKED_LAST
from tests.rules.test_appeals import DECLINED
from tests.rules.test_appeals import WAITING as APPEALED
from tests.rules.test_asked_pauses import WAITING as PAUSE_ASKED
from tests.rules.test_extensions import ASKED, EXTENDED
from tests.rules.test_guard import PUT as WATCHED
from tests.rules.test_handling import CONFLICTED
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_panel import DECIDED, DECLARED, HEARD, NAMED, SENT
from tests.rules.test_past import by
from tests.rules.test_referring import ONE_YES_BEFORE_THE_HEARING
from tests.rules.test_review import NOTED, SET, hidden
from tests.rules.test_settled_in_mediation import AGREED as ALL_AGREE
from tests.rules.test_settled_in_mediation import MEDIATED
from tests.rules.test_talk import IN_TOUCH
from tests.rules.test_timetable_missed import MISSED
from tests.rules.test_told_board import APPEALED_TO_AN_OFFICER
from tests.rules.test_told_sessions import FIXED as SESSION_AHEAD
from tests.rules.test_told_speaking import ENDED as GROUP_ENDED

FURTHER_ON: tuple[History, ...] = (
    *(ALL_AGREE, MEDIATED),
    *(NAMED, hidden(NAMED), DECLARED, SENT, HEARD, DECIDED),
    *(ONE_YES_BEFORE_THE_HEARING, DECLINED, APPEALED, MISSED),
)
"""Where mediation is agreed to, and has a mediator; a panel is named, sits, has its papers, was heard, has
sent its findings, proposes mediation; a case stays closed; a date that both sides agreed was missed. Forty
steps seldom come so far by themselves."""
BEGUN: tuple[History, ...] = (
    *([], [], AGREED, IN_REVIEW, SET, NOTED, IN_TOUCH, EXTENDED, ASKED, WATCHED),
    *FURTHER_ON,
)
READERS = (Seat.OFFICER, Seat.RAISER, Seat.CHAMPION)
STAYS = {TakeIn, GiveBack, MarkInError, ProposeTimetable, AnswerTimetable, TakeBackTimetable}
ENDS = {Withdraw, Decline, Merge, Close, HandOn, Succeed, Divide}


@dataclass(frozen=True)
class Step:
    """Hours later somebody does what ``aim`` and ``pick`` find among what can be done, or is careless."""

    hours: int
    aim: int
    pick: int
    careless: Command

    def command(self, case: Case, now: Now) -> Command:
        """One of five is careless; most of the others bring the case further, few end it."""
        if self.aim >= 80:
            return self.careless
        possible = [act for act in ACTS if act.why_not(case, now) is None and candidates(act, case, now)]
        kept = [act for act in possible if self.aim >= 70 or act.command not in ENDS]
        further = [act for act in kept if act.rank is not Rank.SELDOM and act.command not in STAYS]
        acts = self.chosen((further if self.aim < 50 else kept) or possible)
        if not acts:
            return self.careless
        pick, nth = divmod(self.pick, len(acts))
        commands = candidates(acts[nth], case, now)
        return commands[pick % len(commands)]

    def chosen(self, acts: Sequence[Act[Any]]) -> Sequence[Act[Any]]:
        return acts


@dataclass(frozen=True)
class Curious(Step):
    """Most often does what was done least so far."""

    done: Counter[type]

    def chosen(self, acts: Sequence[Act[Any]]) -> Sequence[Act[Any]]:
        least = min((self.done[one.command] for one in acts), default=0)
        found = [one for one in acts if self.done[one.command] == least]
        self.done.update(one.command for one in found[:1])
        return found[:1]


RECEIVING = some.builds(receiving, some.sampled_from(Confidentiality), some.sampled_from(["web", "phone"]))
STEPS = some.lists(
    some.builds(Step, some.integers(0, 90), some.integers(0, 99), some.integers(0, 9999), CARELESS),
    max_size=40,
)


def candidates(act: Act[Any], case: Case, now: Now) -> list[Command]:
    return list(CANDIDATES[act.command](case, now))


def known(case: Case, at: datetime, seat: Seat = Seat.OFFICER) -> Now:
    """There is always another case about the same body. What was moved to an edition goes by that one."""
    respondent = replace(
        GOES_ON.intake,
        respondent=case.intake.respondent,
        concern=case.intake.concern or GOES_ON.intake.concern,
    )
    onto: Rulebook = KNOWN["onto"]
    by = onto if case.moving.procedure == onto.procedure.edition else None
    other = replace(GOES_ON, intake=respondent)
    # of every second one it is the only case that its concern opened
    siblings = {ELSEWHERE: other} if case.position % 2 else {}
    return now(at, seat=seat, other=other, siblings=siblings, rulebook=by, **KNOWN)


def play(first: Receive, steps: Iterable[Step]) -> Iterator[tuple[History, Case]]:
    """The log and its case, after the first command and after each that is taken."""
    yield from go_on(*_apply([], Case(), first, FIRST), FIRST, steps)


def go_on(
    history: History, case: Case, at: datetime, steps: Iterable[Step]
) -> Iterator[tuple[History, Case]]:
    yield history, case
    for step in steps:
        at = min(at + timedelta(hours=step.hours), LAST)
        command = step.command(case, known(case, at))
        try:
            history, case = _apply(history, case, command, at)
        except Refused as refused:
            _says_why(refused, act_of(command), case, at)
            continue
        yield history, case


def _says_why(refused: Refused, act: Act[Any], case: Case, at: datetime) -> None:
    assert refused.sentence.endswith((".", "?"))
    typed = bool(act.name) and act.why_not(case, known(case, at)) is None
    assert refused.field or not typed, refused.sentence


def _apply(history: History, case: Case, command: Command, at: datetime) -> tuple[History, Case]:
    events = decide(command, case, known(case, at))
    assert act_of(command).by
    _over_nobodys_head(case, events)
    for event in events:
        case = evolve(case, event, at)  # raises OwedTwice where one is opened beside an open one
        history = [*history, (event, at)]
    for event in events:
        assert {notice.name for notice in notices_after(event, case)} <= set(NOTICES)
    kept = [one.kept for one in texts_in(command)]
    assert None not in kept
    return history, case


# --- what always holds ------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(RECEIVING, STEPS)
def test_every_history_keeps_the_promises_of_the_procedure(first: Receive, steps: list[Step]) -> None:
    history: History = []
    case = Case()
    for history, case in play(first, steps):  # noqa: B007 (what holds of the last is asked below)
        _owes_something(case)
    assert replay(history) == case
    read = [(decode(name_of(event), encode(event)), moment) for event, moment in history]
    assert replay(read) == case
    assert case.position == len(history)
    held = {one.hold.pause for one in case.open_obligations if one.hold}
    assert {one.number for one in case.clocks.pauses if one.until is None} == held
    assert case.is_closed is (case.closing.closed_at is not None)


def _over_nobodys_head(before: Case, events: list[Event]) -> None:
    """No last letter, no silence and no closing while a reply waits; a raiser may withdraw at any time, and
    with a case that goes to another office for want of anybody who may read it the reply goes too."""
    goes = any(isinstance(one, Withdrawn | HandedOn) for one in events)
    if before.enquiry.to_release is not None and not goes:
        assert not any(isinstance(one, LastLetterSent | SilenceRecorded | Closed) for one in events)
    if any(isinstance(one, SilenceRecorded) for one in events):
        assert before.enquiry.last_letter is not None


@settings(max_examples=150, deadline=None)
@given(some.booleans(), STEPS)
def test_what_is_agreed_keeps_the_promises_too(settles: bool, steps: list[Step]) -> None:
    """Histories that begin where an agreement stands: they come there seldom by themselves."""
    begun = agreed(settles)
    for history, case in go_on(begun, replay(begun), local("2026-03-26 10:00"), steps):
        _owes_something(case)
        assert replay(history) == case
        for one in case.agreement.actions:
            owed = [each for each in case.course.to_do if each.item == one.item]
            over = one.is_over or (one.state == NOT_KEPT and one.waiting is None)
            assert len(owed) == (0 if over else 1)
        for seat in READERS:
            _offers_are_true(case, known(case, case.at or FIRST, seat))


@settings(max_examples=150, deadline=None)
@given(some.sampled_from(FURTHER_ON), STEPS)
def test_far_on_the_promises_hold_too_and_what_is_offered_is_taken(begun: History, steps: list[Step]) -> None:
    for history, case in go_on(begun, replay(begun), begun[-1][1], steps):
        _owes_something(case)
        assert replay(history) == case
        for seat in READERS:
            _offers_are_true(case, known(case, case.at or FIRST, seat))


def _owes_something(case: Case) -> None:
    keys = [one.key for one in case.obligations]
    assert len(keys) == len(set(keys))
    # who speaks for a group is asked beside all else, and of a closed case where something is to be done
    counted = [one for one in case.open_obligations if one.name not in LIVES_ON | {"take-over"}]
    if case.is_closed:
        assert counted == []
        assert case.closing.outcome in OUTCOMES
        return
    assert counted
    owed = [(one.name, one.item) for one in case.open_obligations]
    assert len(owed) == len(set(owed))
    for one in case.open_obligations:
        assert (one.due is None) == one.is_paused
        assert one.hold is None or _still_waits(one.hold.pause, case)
    assert not case.enquiry.had_notice or case.enquiry.replies or case.intake.to_answer
    if may_decide(
        case
    ):  # from their first turn on it is the raiser's until the case is closed, or all agreed
        decisions = candidates(BY_COMMAND[Decide], case, known(case, case.at or FIRST))
        assert any(_is_taken(one, case, known(case, case.at or FIRST)) for one in decisions)
    tick = next_tick([(one, None) for one in case.open_obligations], rulebook(), time(8))
    # every open obligation has a reminder or a pause ahead of it as long as nothing was handled
    overdue = all(one.due and not in_time(case.at or FIRST, one.due) for one in case.open_obligations)
    assert tick is not None or overdue


def _still_waits(number: int, case: Case) -> bool:
    """A pause is open as long as it holds something, and what it waits for is owed as long."""
    (pause,) = [one for one in case.clocks.pauses if one.number == number]
    awaited = {one.name for one in case.open_obligations}
    if "appoint" in awaited:  # a mediation lasts from the last consent, before and between its mediators too
        awaited.add("mediate")
    return pause.until is None and (pause.awaits is None or pause.awaits in awaited)


# --- what is offered --------------------------------------------------------------------------------------


def test_there_are_well_formed_commands_for_every_act() -> None:
    assert set(CANDIDATES) == set(BY_COMMAND)


@settings(max_examples=150, deadline=None)
@given(RECEIVING, STEPS)
def test_an_act_is_offered_if_and_only_if_some_command_is_taken(first: Receive, steps: list[Step]) -> None:
    for _, case in play(first, steps):
        at = case.at or FIRST
        for seat in READERS:
            _offers_are_true(case, known(case, at, seat))
        _choices_are_true(case, known(case, at))


def _offers_are_true(case: Case, now: Now) -> None:
    found = offers(case, now)
    assert [act.name for act in found.open if not _some_command_is_taken(act.name, case, now)] == []
    refused = [act.name for act, _ in found.refused]
    assert [name for name in refused if _some_command_is_taken(name, case, now)] == []


def _some_command_is_taken(name: str, case: Case, now: Now) -> bool:
    theirs = [act for act in at_address(name) if now.seat in act.by]
    return any(_is_taken(command, case, now) for act in theirs for command in candidates(act, case, now))


def _is_taken(command: Command, case: Case, now: Now) -> bool:
    try:
        decide(command, case, now)
    except Refused:
        return False
    return True


def _choices_are_true(case: Case, now: Now) -> None:
    for act in ACTS:
        if act.why_not(case, now) is None:
            taken = [command for command in candidates(act, case, now) if _is_taken(command, case, now)]
            for name, options in act.choices(case, now).items():
                assert {_chosen(command, name) for command in taken} == set(options)


def _chosen(command: Command, name: str) -> str:
    """A choice is a text, as forms and calls have it, also where it is of an id."""
    said = getattr(command, name)
    return str(said) if isinstance(said, UUID) else said


MONTHS_LATER = CLOSED_WITH_ACTIONS + on(
    "2026-06-29 10:00", ActionWaived(1, "raiser"), ActionWaived(2, "respondent")
)
SELDOM: tuple[History, ...] = (
    *(SESSION_AHEAD, APPEALED_TO_AN_OFFICER, PAUSE_ASKED, MONTHS_LATER),
    *(by("paper"), SET, NOTED, CONFLICTED, ASKED_LAST, GROUP_ENDED),
)
"""Where begins what even these hardly come to: a session called off, an appeal and a longer pause answered, a
word some months later; papers entered, a meeting held or not, comments that do not come, another who handles
it, a last letter by post, a group for which nobody speaks on. A few steps do."""
OF_TWO_CASES = {
    stored_name(one)
    for one in (shared.AnotherLeft, shared.GoOnAnswered, shared.GoOnUnanswered, shared.NameWithdrawn)
}
"""What happens only in a mediation that another case shares: see test_together_at_random."""


def _steps(random: Random, done: Counter[type] | None, longest: int, most: int) -> Iterator[Step]:
    """Of the curious, where ``done`` counts what has been done; else of anybody."""
    for _ in range(most):
        hours, aim, pick = random.randint(0, longest), random.randint(0, 79), random.randint(0, 9999)
        careless = Withdraw(sure=False)
        yield Step(hours, aim, pick, careless) if done is None else Curious(hours, aim, pick, careless, done)


def test_the_histories_go_everywhere() -> None:
    """Without this the promises above could hold because nothing ever happens."""
    random, done, seen, stages = Random(11), Counter[type](), set[str](), set[Stage]()
    for number in range(420):
        begun = BEGUN[number % len(BEGUN)]
        longest = 360 if begun in (AGREED, WATCHED) else 60  # hours: months go by
        steps = _steps(random, done if number % 2 else None, longest, 40)
        first = receiving(list(Confidentiality)[number % 3], ("web", "phone")[number % 2])
        played = go_on(begun, replay(begun), begun[-1][1], steps) if begun else play(first, steps)
        for history, case in played:
            stages.add(case.stage)
            seen |= {name_of(event) for event, moment in history if moment == case.at}
    for begun in 30 * SELDOM:
        longest = 150 if begun == GROUP_ENDED else 60  # its month has to pass
        for history, case in go_on(begun, replay(begun), begun[-1][1], _steps(random, None, longest, 20)):
            seen |= {name_of(event) for event, moment in history if moment == case.at}
    assert seen == set(EVENT_TYPES) - OF_TWO_CASES
    assert stages == set(Stage)


def test_somebody_careless_gives_every_act_that_is_not_the_systems() -> None:
    people = {act.command for act in ACTS if act.by - SYSTEM} - {Receive}
    assert people - {type(find(one, lambda command: True)) for one in BUILDS} == set()
