"""Who must be told what after an event. Each notice is a folder of templates of the same name."""

from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from compact_cases.rules import events as happened
from compact_cases.rules.audience import Role
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event

NOTICES = (
    "draft-saved",
    "draft-ends-soon",
    "receipt",
    "new-concern",
    "delay",
    "acknowledgement",
    "question",
    "declined",
    "notice",
    "reply-received",
    "reply-released",
    "reminder",
    "nudge",
    "escalation",
    "no-reply",
    "last-letter",
    "decision-recorded",
    "closed",
    "withdrawn",
    "merged",
    "merged-ended",
    "unmerged",
    "sign-in",
    "fresh-link",
    "undeliverable",
)
"""Stored names of every letter."""


@dataclass(frozen=True)
class Notice:
    """``facts`` are words and ISO dates for the letter: never a name, an address or a text of the case."""

    name: str
    to: Role
    facts: dict[str, str | int] = field(default_factory=dict)


def notices_after(event: Event, case: Case) -> list[Notice]:
    """The notices of one event; ``case`` is the case after all events of the same act."""
    match event:
        case happened.ConcernReceived(acknowledge=acknowledge):
            facts = _owed("acknowledge", acknowledge.due)
            return [Notice("receipt", Role.RAISER, facts), Notice("new-concern", Role.OFFICER, facts)]
        case happened.MoreAsked(answer=answer):
            return [Notice("question", Role.RAISER, _owed("answer", answer.due))]
        case happened.PutToRespondent(reply=reply):
            facts = _owed("reply", reply.due)
            return [Notice("acknowledgement", Role.RAISER, facts), Notice("notice", Role.CHAMPION, facts)]
        case happened.Declined():
            return [Notice("declined", Role.RAISER)]
        case happened.ReplySent(release=release):
            facts = _owed("release", release.due)
            return [
                Notice("reply-received", Role.OFFICER, facts),
                Notice("reply-received", Role.CHAMPION, facts),
            ]
        case happened.ReplyReleased(decide=decide):
            return [Notice("reply-released", Role.RAISER, _owed("decide", decide.due) if decide else {})]
        case happened.NoReplyRecorded(decide=decide):
            facts = _owed("decide", decide.due)
            return [Notice("no-reply", role, facts) for role in (Role.RAISER, Role.CHAMPION, Role.OFFICER)]
        case happened.LastLetterSent():
            return [Notice("last-letter", Role.RAISER, {"obligation": "decide"})]
        case happened.RaiserDecided(then=then, next=term):
            facts = _owed("close" if then == "close" else "next-step", term.due) | {"then": then}
            return [
                Notice("decision-recorded", role, facts)
                for role in (Role.RAISER, Role.CHAMPION, Role.OFFICER)
            ]
        case happened.Withdrawn():
            told = [Role.RAISER, Role.OFFICER, *([Role.CHAMPION] if case.had_notice else [])]
            return [Notice("withdrawn", role) for role in told]
        case happened.MergedInto():
            return [Notice("merged", Role.RAISER)]
        case happened.Unmerged(acknowledge=acknowledge):
            return [Notice("unmerged", Role.RAISER, _owed("acknowledge", acknowledge.due))]
        case happened.Closed(outcome=outcome):
            withdrawn = outcome == "withdrawn" and case.decision != "stop"
            if case.declined is not None or withdrawn or case.merged_into is not None:
                return []  # those acts have letters of their own
            return [Notice("closed", role) for role in (Role.RAISER, Role.CHAMPION)]
        case (
            happened.AlsoTold()
            | happened.RemediesSought()
            | happened.ClosingDateGiven()
            | happened.RespondentMatched()
            | happened.ClauseCited()
            | happened.CodeNamed()
            | happened.ClauseDropped()
            | happened.OfficerAssigned()
            | happened.HandedOver()
            | happened.MoreAnswered()
            | happened.Acknowledged()
            | happened.WaitChosen()
            | happened.SilenceRecorded()
            | happened.PauseEnded()
            | happened.Escalated()
            | happened.TookIn()
            | happened.GaveBack()
        ):
            return []
        case _:
            assert_never(event)


def notices_of_merged(event: Event) -> list[Notice]:
    """What each raiser whose concern was merged into a case is told after an event of that case."""
    return [Notice("merged-ended", Role.RAISER)] if isinstance(event, happened.Closed) else []


def _owed(obligation: str, due: date) -> dict[str, str | int]:
    return {"obligation": obligation, "due": due.isoformat()}
