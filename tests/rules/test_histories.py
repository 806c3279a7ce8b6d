"""Whatever people do in whatever order: an open case always owes something by a date, or is paused."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from compact_cases.records.event_codec import decode, encode, name_of
from compact_cases.rules.case import Case, Stage, evolve, replay
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Unmerge, Withdraw
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.decide import Command, decide, who_may
from compact_cases.rules.enquiry import (
    Answer,
    Decide,
    RecordNoReply,
    RecordSilence,
    ReleaseReply,
    SendLastLetter,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.events import Event
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AnswerQuestion,
    AskForMore,
    Assign,
    Cite,
    CiteClause,
    Decline,
    DropClause,
    HandOver,
    MatchRespondent,
    Receive,
)
from compact_cases.rules.notices import NOTICES, notices_after
from compact_cases.rules.obligations import next_tick
from compact_cases.rules.refusals import Refused
from compact_cases.rules.texts import texts_of
from compact_cases.rules.working_days import in_time
from tests.builders import CHAMPION, CONCERN, COUNCIL, OFFICER, OTHER_OFFICER, RAISER, local, rulebook, said

CLAUSES = some.sampled_from(["community-groups/5.3", "community-groups/5.8", "consultation"])
OTHER, ABOUT_THE_SAME = UUID(int=77), Case(position=3, respondent=COUNCIL)
DAYS = some.dates(date(2026, 1, 5), date(2026, 6, 30))
WORDS = some.builds(said, some.sampled_from(["words", "", "  "]))

COMMANDS: some.SearchStrategy[Command] = some.one_of(
    some.builds(MatchRespondent, some.just(COUNCIL)),
    some.builds(CiteClause, CLAUSES, some.just("1"), some.sampled_from(LinkRole), WORDS),
    some.builds(DropClause, CLAUSES, WORDS),
    some.builds(Assign, some.just(OFFICER)),
    some.builds(HandOver, some.just(OTHER_OFFICER), WORDS),
    some.builds(AskForMore, WORDS),
    some.builds(AnswerQuestion, WORDS),
    some.builds(Accept, some.just(OFFICER), WORDS, WORDS, some.booleans(), some.booleans()),
    some.builds(Decline, some.just(OFFICER), some.sampled_from(sorted(DECLINE_REASONS)), WORDS),
    some.builds(
        lambda answer, words: SendReply(
            tuple(
                Answer(clause, answer, words) for clause in ("community-groups/5.3", "community-groups/5.8")
            ),
            None,
            CHAMPION,
            said(),
        ),
        some.sampled_from(["accept", "in-part", "dispute", "not-ours"]),
        WORDS,
    ),
    some.builds(ReleaseReply, some.booleans()),
    some.builds(
        Decide,
        some.sampled_from(["settled", "partly", "not", "stop"]),
        some.sampled_from(["close", "go-on", ""]),
    ),
    some.builds(WaitForReply, DAYS),
    some.builds(RecordNoReply, DAYS),
    some.builds(SendLastLetter, DAYS),
    some.builds(RecordSilence, DAYS),
    some.builds(EndPause, some.just("acknowledge")),
    some.builds(Escalate, some.just("reply"), some.just(1), DAYS, some.just("chair"), some.none()),
    some.builds(Close, some.sampled_from(OUTCOMES), WORDS),
    some.builds(Withdraw, some.booleans()),
    some.builds(
        Merge, some.just(OFFICER), some.just(OTHER), WORDS, some.sampled_from([None, ABOUT_THE_SAME])
    ),
    some.builds(Unmerge, WORDS),
    some.builds(TakeIn, some.just(OTHER)),
    some.builds(GiveBack, some.just(OTHER)),
)
STEPS = some.lists(some.tuples(COMMANDS, some.integers(0, 60)), max_size=25)

RECEIVE = Receive(
    CONCERN,
    RAISER,
    Confidentiality.OPEN,
    "web",
    said("It was too short."),
    (),
    (),
    None,
    COUNCIL,
    (Cite("community-groups/5.3", "1", LinkRole.NOT_MET),),
)


def _owes_something(case: Case) -> None:
    if case.is_closed:
        assert case.open_obligations == ()
        assert case.outcome in (*OUTCOMES, "not accepted")
        return
    assert case.open_obligations
    names = [one.name for one in case.open_obligations]
    assert len(names) == len(set(names))
    for one in case.open_obligations:
        assert (one.due is None) == one.is_paused
    tick = next_tick([(one, None) for one in case.open_obligations], rulebook(), time(8))
    # every open obligation has a reminder or a pause ahead of it as long as nothing was handled
    overdue = all(
        one.due and not in_time(case.at or local("2026-01-05 10:00"), one.due)
        for one in case.open_obligations
    )
    assert tick is not None or overdue


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_every_history_keeps_the_promises_of_the_procedure(steps: list[tuple[Command, int]]) -> None:
    at = local("2026-01-05 10:00")
    case, history = _apply(Case(), RECEIVE, at, [])
    sentences: list[str] = []
    for command, hours in steps:
        at = min(at + timedelta(hours=hours), local("2026-09-30 10:00"))
        try:
            case, history = _apply(case, command, at, history)
        except Refused as refused:
            sentences.append(refused.sentence)
            continue
        _owes_something(case)
    assert all(sentence.endswith((".", "?")) for sentence in sentences)
    assert replay(history) == case
    read = [(decode(name_of(event), encode(event)), moment) for event, moment in history]
    assert replay(read) == case
    assert case.position == len(history)
    if case.stage is Stage.CLOSED:
        assert case.closed_at is not None


def _apply(
    case: Case, command: Command, at: datetime, history: list[tuple[Event, datetime]]
) -> tuple[Case, list[tuple[Event, datetime]]]:
    events = decide(command, case, at, rulebook())
    assert who_may(command)
    sealed = {one.statement for _, _, one in texts_of(command)}
    for event in events:
        case = evolve(case, event, at)
        history = [*history, (event, at)]
    for event in events:
        assert {notice.name for notice in notices_after(event, case)} <= set(NOTICES)
    assert len(sealed) == len(texts_of(command))
    return case, history
