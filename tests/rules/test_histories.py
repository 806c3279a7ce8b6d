"""Whatever people do in whatever order: an open case always owes something by a date, or is paused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
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
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Withdraw
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.events import EVENT_TYPES, Event
from compact_cases.rules.events.closing import Closed, Withdrawn
from compact_cases.rules.events.enquiry import LastLetterSent, SilenceRecorded
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Decline,
    Receive,
)
from compact_cases.rules.obligations import next_tick
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.particulars import (
    Assign,
    CiteClause,
    CitedAs,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import texts_in
from compact_cases.rules.working_days import in_time
from tests.builders import CHAMPION, COUNCIL, OFFICER, OTHER_OFFICER, History, local, now, rulebook, said
from tests.rules.candidates import CANDIDATES, CLAUSES, GOES_ON, HALL, KNOWN, OTHER, receiving

FIRST, LAST = local("2026-01-05 10:00"), local("2026-09-30 10:00")
READERS = (Seat.OFFICER, Seat.RAISER, Seat.CHAMPION)
STAYS, ENDS = {TakeIn, GiveBack}, {Withdraw, Decline, Merge, Close}

# --- what people do ---------------------------------------------------------------------------------------

SOMEBODY = some.sampled_from([OFFICER, OTHER_OFFICER, CHAMPION])
DAYS = some.dates(FIRST.date(), LAST.date())
WORDS = some.builds(said, some.sampled_from(["words", "", "  ", "Elmfield and Rodborough"]))
ANSWERS = some.builds(
    Answer,
    some.integers(1, 5),
    some.sampled_from(["accept", "in-part", "dispute", "not-ours", "perhaps"]),
    some.none() | WORDS,
)
CITED = some.builds(
    CitedAs, some.sampled_from(CLAUSES), some.just("1"), some.none() | some.sampled_from(LinkRole)
)
CARELESS: some.SearchStrategy[Command] = some.one_of(
    some.builds(MatchRespondent, some.sampled_from([COUNCIL, HALL, OTHER])),
    some.builds(CiteClause, some.sampled_from(CLAUSES), some.just("1"), some.sampled_from(LinkRole), WORDS),
    some.builds(DropClause, some.integers(0, 5), WORDS),
    some.builds(Assign, SOMEBODY),
    some.builds(HandOver, SOMEBODY, WORDS),
    some.builds(AskForMore, WORDS),
    some.builds(AnswerQuestion, WORDS),
    some.builds(AddToConcern, WORDS),
    some.builds(
        Accept,
        SOMEBODY,
        WORDS,
        WORDS,
        some.booleans(),
        clauses=some.lists(CITED, max_size=3).map(tuple),
        why=some.none() | WORDS,
    ),
    some.builds(Decline, SOMEBODY, some.sampled_from([*DECLINE_REASONS, "because"]), WORDS),
    some.builds(
        SendReply, some.lists(ANSWERS, max_size=3).map(tuple), some.none() | WORDS, some.none(), WORDS
    ),
    some.builds(ReleaseReply, some.booleans(), some.none() | WORDS),
    some.builds(
        Decide,
        some.sampled_from(["settled", "partly", "not", "stop", "perhaps"]),
        some.sampled_from(["close", "go-on", ""]),
    ),
    some.builds(WaitForReply, DAYS),
    some.builds(OpenNextStep, some.sampled_from(["", *Stage]), SOMEBODY, some.none() | WORDS),
    some.builds(Close, some.sampled_from([*OUTCOMES, "well"]), WORDS),
    some.builds(Withdraw, some.booleans()),
    some.builds(Merge, SOMEBODY, some.just(OTHER), WORDS, some.booleans()),
    some.sampled_from([TakeIn(OTHER), GiveBack(OTHER)]),
)


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
        acts = (further if self.aim < 50 else kept) or possible
        if not acts:
            return self.careless
        pick, nth = divmod(self.pick, len(acts))
        commands = candidates(acts[nth], case, now)
        return commands[pick % len(commands)]


RECEIVING = some.builds(receiving, some.sampled_from(Confidentiality), some.sampled_from(["web", "phone"]))
STEPS = some.lists(
    some.builds(Step, some.integers(0, 90), some.integers(0, 99), some.integers(0, 9999), CARELESS),
    max_size=40,
)


def candidates(act: Act[Any], case: Case, now: Now) -> list[Command]:
    return list(CANDIDATES[act.command](case, now))


def known(case: Case, at: datetime, seat: Seat = Seat.OFFICER) -> Now:
    """There is always another case about the same body."""
    respondent = replace(GOES_ON.intake, respondent=case.intake.respondent)
    return now(at, seat=seat, other=replace(GOES_ON, intake=respondent), **KNOWN)


def play(first: Receive, steps: Iterable[Step]) -> Iterator[tuple[History, Case]]:
    """The log and its case, after the first command and after each that is taken."""
    at, history, case = FIRST, *_apply([], Case(), first, FIRST)
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
    """No last letter, no silence and no closing while a reply waits; a raiser may withdraw at any time."""
    if before.enquiry.to_release is not None and not any(isinstance(one, Withdrawn) for one in events):
        assert not any(isinstance(one, LastLetterSent | SilenceRecorded | Closed) for one in events)
    if any(isinstance(one, SilenceRecorded) for one in events):
        assert before.enquiry.last_letter is not None


def _owes_something(case: Case) -> None:
    keys = [one.key for one in case.obligations]
    assert len(keys) == len(set(keys))
    if case.is_closed:
        assert case.open_obligations == ()
        assert case.closing.outcome in OUTCOMES
        return
    assert case.open_obligations
    owed = [(one.name, one.item) for one in case.open_obligations]
    assert len(owed) == len(set(owed))
    for one in case.open_obligations:
        assert (one.due is None) == one.is_paused
        assert one.hold is None or _still_waits(one.hold.pause, case)
    assert not case.enquiry.had_notice or case.enquiry.replies or case.intake.to_answer
    if any(one.name == "decide" for one in case.obligations):  # it is the raiser's until the case is closed
        decisions = candidates(BY_COMMAND[Decide], case, known(case, case.at or FIRST))
        assert any(_is_taken(one, case, known(case, case.at or FIRST)) for one in decisions)
    tick = next_tick([(one, None) for one in case.open_obligations], rulebook(), time(8))
    # every open obligation has a reminder or a pause ahead of it as long as nothing was handled
    overdue = all(one.due and not in_time(case.at or FIRST, one.due) for one in case.open_obligations)
    assert tick is not None or overdue


def _still_waits(number: int, case: Case) -> bool:
    """A pause is open as long as it holds something, and what it waits for is owed as long."""
    (pause,) = [one for one in case.clocks.pauses if one.number == number]
    return pause.until is None and (pause.awaits is None or case.owed(pause.awaits) is not None)


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
                assert {getattr(command, name) for command in taken} == set(options)


def test_the_histories_go_everywhere() -> None:
    """Without this the promises above could hold because nothing ever happens."""
    random, seen, stages = Random(7), set[str](), set[Stage]()
    for number in range(300):
        first = receiving(list(Confidentiality)[number % 3], ("web", "phone")[number % 2])
        steps = (
            Step(random.randint(0, 90), random.randint(0, 79), random.randint(0, 9999), Withdraw(sure=False))
            for _ in range(60)
        )
        for history, case in play(first, steps):
            stages.add(case.stage)
            seen |= {name_of(event) for event, moment in history if moment == case.at}
    assert seen == set(EVENT_TYPES)
    assert stages == {
        Stage.RECEIVED,
        Stage.EARLY_RESOLUTION,
        Stage.RAISER_DECIDES,
        Stage.SENIOR_REVIEW,
        Stage.CLOSING,
        Stage.CLOSED,
    }
