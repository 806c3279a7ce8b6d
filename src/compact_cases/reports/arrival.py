"""What came with a concern, as the one line of its arrival: the form's answers are events of their own."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from compact_cases.records.event_log import Recorded
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.codes import Codes
from compact_cases.rules.events import Event
from compact_cases.rules.events.fast_track import FastTracked
from compact_cases.rules.events.intake import (
    AlsoTold,
    ClauseCited,
    ClosingDateGiven,
    CodeNamed,
    ConcernReceived,
    Link,
    RemediesSought,
    RespondentMatched,
)

# In the order in which a concern brings them.
BRINGS: tuple[type | tuple[type, ...], ...] = (
    RespondentMatched,
    (ClauseCited, CodeNamed),
    ClosingDateGiven,
    FastTracked,
    RemediesSought,
    AlsoTold,
)
SAYS = {
    "happened": "when it happened",
    "still-happening": "whether it goes on",
    "closes-what": "what closes or is decided",
    "closes-since": "what became of that day",
    "tried": "what they have tried",
    "remedy": "what would put it right",
    "papers": "which papers they have",
    "afraid": "whether they are afraid",
    "adjustments": "what to do differently for them",
    "other-routes": "other routes in progress",
    "respondent-as-named": "the body, as they named it",
}
BOTH = {"afraid", "afraid-why"}


def came_with_it(log: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events of the act that opened the case, without the first of them."""
    if not log or not isinstance(log[0].event, ConcernReceived):
        return ()
    first, reached = log[0], 0

    def belongs(one: Recorded) -> bool:
        nonlocal reached
        rank = next((n for n, kind in enumerate(BRINGS) if isinstance(one.event, kind)), -1)
        same_act = (one.at, one.actor_kind, one.actor) == (first.at, first.actor_kind, first.actor)
        if not same_act or rank < reached or (isinstance(one.event, ClauseCited) and one.event.reason):
            return False
        reached = rank
        return True

    return tuple(takewhile(belongs, log[1:]))


def facts_of(events: Sequence[Event], links: Mapping[int, Link], codes: Codes) -> dict[str, object]:
    """For the line: the undertakings by title, the closing date, what else the form says."""
    closes = [one.closes_on for one in events if isinstance(one, ClosingDateGiven)]
    return {
        "citing": [
            title_of(links[one.link].clause, "", codes)
            for one in events
            if isinstance(one, ClauseCited | CodeNamed)
        ],
        "fast_track": any(isinstance(one, FastTracked) for one in events),
        "closes_on": closes[0] if closes else None,
        "says": list(dict.fromkeys(_says(events))),
    }


def _says(events: Sequence[Event]) -> Iterator[str]:
    told = [one.question for one in events if isinstance(one, AlsoTold)]
    if any(isinstance(one, RemediesSought) for one in events):
        yield SAYS["remedy"]
    for question in told:
        if question == "afraid" and set(told) >= BOTH:
            yield "whether and why they are afraid"
        elif question != "afraid-why":
            yield SAYS.get(question, question.replace("-", " "))
