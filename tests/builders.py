"""Sentences for tests: given(history).when(command, at=...).then(events), and a rulebook to decide by."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

import pytest

from compact_cases.rules.act import Now, Registered
from compact_cases.rules.acts import KNOWN, Command, decide, notices_after
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.events import Event
from compact_cases.rules.events.agreement import AgreementAnswered, AgreementMade, AgreementWritten
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.enquiry import (
    ClauseReply,
    NoReplyRecorded,
    PutToRespondent,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
)
from compact_cases.rules.events.intake import Acknowledged, ClauseCited, ConcernReceived, RespondentMatched
from compact_cases.rules.notices import Notice
from compact_cases.rules.procedure import read_procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed, Statement
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON, Calendar

COUNCIL, OFFICER, OTHER_OFFICER, RAISER, CONCERN, CHAMPION = (UUID(int=n) for n in range(1, 7))

# England and Wales, the bank holidays of 2025 to 2027 as GOV.UK lists them
HOLIDAYS = {
    date(2025, 1, 1): "New Year's Day",
    date(2025, 4, 18): "Good Friday",
    date(2025, 4, 21): "Easter Monday",
    date(2025, 5, 5): "Early May bank holiday",
    date(2025, 5, 26): "Spring bank holiday",
    date(2025, 8, 25): "Summer bank holiday",
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year's Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
    date(2027, 1, 1): "New Year's Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
    date(2027, 12, 27): "Christmas Day (substitute day)",
    date(2027, 12, 28): "Boxing Day (substitute day)",
}


def local(text: str) -> datetime:
    """An instant of the office's local time, like "2026-03-02 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def said(text: str = "words") -> Statement:
    """A text for a command, which binds it to who may read it: expected seals come from the command."""
    return Statement(uuid4(), text, b"0123456789abcdef")


def sealed() -> Sealed:
    """What a history holds of some text; which one never matters."""
    return Sealed(UUID(int=9), "ab" * 32)


@cache
def rulebook() -> Rulebook:
    """The shipped procedure with the calendar of 2025 to 2027."""
    text = (files("compact_cases.compact") / "procedure" / "default-2026-3.toml").read_text(encoding="utf-8")
    calendar = Calendar("test", HOLIDAYS, date(2025, 1, 1), date(2027, 12, 31))
    return Rulebook(read_procedure(tomllib.loads(text), KNOWN), calendar)


@cache
def another_rulebook() -> Rulebook:
    """Another edition: a reply has five days more, and the office is closed in a week of February."""
    usual = rulebook()
    terms = {
        name: replace(one, limit=one.limit + 5) if name == "reply" else one
        for name, one in usual.procedure.terms.items()
    }
    closed = {date(2026, 2, day): "Office closed" for day in range(16, 21)}
    return replace(
        usual,
        procedure=replace(usual.procedure, edition="other", terms=terms),
        calendar=replace(usual.calendar, edition="other", closed={**usual.calendar.closed, **closed}),
    )


def now(at: str | datetime, **known: Any) -> Now:
    """What is true beside a case: the council is on the register, both officers are officers."""
    usual: dict[str, Any] = {
        "seat": Seat.OFFICER,
        "register": {COUNCIL: Registered()},
        "officers": frozenset({OFFICER, OTHER_OFFICER}),
    }
    by = known.pop("rulebook", None) or rulebook()
    return Now(local(at) if isinstance(at, str) else at, by, **(usual | known))


@dataclass(frozen=True)
class Outcome:
    """What a command led to in a case with this history."""

    case: Case
    command: Command
    now: Now

    def events(self) -> list[Event]:
        return decide(self.command, self.case, self.now)

    def then(self, *expected: Event) -> Case:
        """These events follow, and this is the case after them."""
        found = self.events()
        assert found == list(expected)
        return self._after(found)

    def then_case(self) -> Case:
        """The command is allowed; the case after it."""
        return self._after(self.events())

    def told(self) -> list[Notice]:
        """It is allowed; the letters that follow from it."""
        events = self.events()
        after = self._after(events)
        return [one for event in events for one in notices_after(event, after)]

    def then_told(self, *expected: Notice) -> None:
        """These letters follow from it, to these seats, with these facts, and no others."""
        assert self.told() == list(expected)

    def then_refused(self, words: str) -> Refused:
        """The rules say no, with a sentence that holds these words."""
        with pytest.raises(Refused) as refusal:
            self.events()
        assert words in refusal.value.sentence
        assert refusal.value.sentence.endswith((".", "?"))
        assert not refusal.value.sentence[0].islower()
        return refusal.value

    def _after(self, events: list[Event]) -> Case:
        case = self.case
        for event in events:
            case = evolve(case, event, self.now.at)
        return case


@dataclass(frozen=True)
class Given:
    case: Case

    def when(self, command: Command, at: str, **known: Any) -> Outcome:
        """``known``: what of ``Now`` is not as usual, such as ``register`` or ``raisers_words``."""
        return Outcome(self.case, command, now(at, **known))


History = list[tuple[Event, datetime]]


def given(history: History) -> Given:
    return Given(replay(history))


def on(at: str, *events: Event) -> History:
    return [(event, local(at)) for event in events]


def received(
    acknowledge: Term, confidentiality: str = "open", reference: str = "GC-2026-0001"
) -> ConcernReceived:
    """The first event of a case; an anonymous concern has no raiser."""
    raiser = None if confidentiality == "anonymous" else RAISER
    return ConcernReceived(
        reference,
        CONCERN,
        raiser,
        None,
        confidentiality,
        "web",
        "default-2026-3",
        "test",
        sealed(),
        acknowledge,
    )


def another(history: History) -> History:
    """The same course of another case."""
    (first, at), *others = history
    assert isinstance(first, ConcernReceived)
    return [(received(first.acknowledge, first.confidentiality, "GC-2026-0002"), at), *others]


def confidential(history: History) -> History:
    """The same, by a raiser whom the respondent is not to know."""
    (first, at), *others = history
    assert isinstance(first, ConcernReceived)
    return [(received(first.acknowledge, "confidential"), at), *others]


# --- histories that many tests start from -----------------------------------------------------------------

RECEIVED: History = on(
    "2026-02-23 10:00",
    received(Term(date(2026, 2, 23), 5, date(2026, 3, 2))),
    RespondentMatched(COUNCIL),
    ClauseCited(1, "community-groups/5.3", "1", "not-met", None),
    ClauseCited(2, "community-groups/8.2", "1", "supporting", None),
)
PUT_TO_THE_COUNCIL: History = RECEIVED + on(
    "2026-03-02 09:30",
    Acknowledged(OFFICER, sealed()),
    PutToRespondent(COUNCIL, sealed(), Term(date(2026, 3, 2), 10, date(2026, 3, 16))),
)
REPLIED: History = PUT_TO_THE_COUNCIL + on(
    "2026-03-12 11:00",
    ReplySent(
        (ClauseReply(1, "in-part", sealed()),),
        None,
        CHAMPION,
        sealed(),
        Term(date(2026, 3, 12), 2, date(2026, 3, 16)),
    ),
)
RELEASED: History = REPLIED + on(
    "2026-03-13 10:00",
    ReplyReleased(0, None, Term(date(2026, 3, 13), 10, date(2026, 3, 27))),
)
SILENT: History = PUT_TO_THE_COUNCIL + on(
    "2026-03-23 08:00",
    NoReplyRecorded(date(2026, 3, 23), Term(date(2026, 3, 23), 10, date(2026, 4, 8))),
)
SETTLED: History = RELEASED + on(
    "2026-03-16 12:00",
    RaiserDecided("settled", "close", None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))),
)
CLOSED: History = SETTLED + on("2026-03-18 12:00", Closed("resolved early", sealed()))


def agreed(settles: bool = True) -> History:
    """Both sides accept an agreement of two actions, one each, and it stands after five days to reflect."""
    theirs = AgreedTerm("respondent", sealed(), date(2026, 5, 6), sealed(), 1)
    ours = AgreedTerm("raiser", sealed(), date(2026, 4, 20), sealed(), None)
    asked = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
    close = Term(date(2026, 3, 26), 5, date(2026, 4, 2)) if settles else None
    return (
        RELEASED
        + on("2026-03-16 12:00", AgreementWritten(1, (theirs, ours), settles, asked, asked))
        + on("2026-03-17 12:00", AgreementAnswered(1, "raiser", "yes", None, None))
        + on("2026-03-18 12:00", AgreementAnswered(1, "respondent", "yes", None, REFLECT))
        + on(
            "2026-03-26 08:00",
            AgreementMade(
                1,
                (
                    Term(date(2026, 3, 26), 26, date(2026, 5, 6)),
                    Term(date(2026, 3, 26), 15, date(2026, 4, 20)),
                ),
                (
                    Term(date(2026, 3, 26), 72, date(2026, 7, 10)),
                    Term(date(2026, 3, 26), 263, date(2027, 4, 13)),
                ),
                close,
            ),
        )
    )


REFLECT = Term(date(2026, 3, 18), 5, date(2026, 3, 25))
AGREED, AGREED_IN_PART = agreed(), agreed(settles=False)
CLOSED_WITH_ACTIONS: History = AGREED + on("2026-03-30 12:00", Closed("resolved early", sealed()))
