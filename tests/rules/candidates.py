"""For every act the commands that a page could send: well formed, and made from the case as it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Now, Registered
from compact_cases.rules.acts import Command
from compact_cases.rules.adjustments import SIDES, RecordAdjustment
from compact_cases.rules.case import Case, replay
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.closing import OUTCOMES, Close, GiveBack, Merge, TakeIn, Unmerge, Withdraw
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.enquiry import (
    AFTER_A_REPLY,
    STOP,
    Answer,
    Decide,
    RecordNoReply,
    ReleaseReply,
    SendReply,
    WaitForReply,
)
from compact_cases.rules.errors import MarkInError, can_be_marked
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime, RecordNoAnswer
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Cite,
    Decline,
    Receive,
    Told,
)
from compact_cases.rules.particulars import (
    Assign,
    CiteClause,
    CitedAs,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.pauses import REASONS, PauseClocks, ResumeClocks
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from tests.builders import (
    CHAMPION,
    CONCERN,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RAISER,
    another,
    said,
)

HALL, OTHER = UUID(int=76), UUID(int=77)
GOES_ON = replay(another(PUT_TO_THE_COUNCIL))
CLAUSES = ("community-groups/5.3", "community-groups/5.8", "community-groups/8.2")
KNOWN: dict[str, Any] = {
    "register": {COUNCIL: Registered(), HALL: Registered(volunteer_run=True)},
    "officers": frozenset({OFFICER, OTHER_OFFICER}),
    "raisers_words": frozenset({"elmfield"}),
    "waiting_reply": "We rang Elmfield.",
    "others_words": frozenset({"rodborough"}),
}
"""What is true beside every case of the histories, as ``Now`` takes it."""


def receiving(confidentiality: Confidentiality, channel: str = "web") -> Receive:
    return Receive(
        "GC-2026-0001",
        CONCERN,
        None if confidentiality is Confidentiality.ANONYMOUS else RAISER,
        HALL if confidentiality is Confidentiality.OPEN else None,
        confidentiality,
        channel,
        said("It was too short."),
        (Told("tried", said("I rang.")),),
        ("apology",),
        date(2026, 3, 2),
        COUNCIL if channel == "web" else None,
        (
            Cite(CLAUSES[0], "1", LinkRole.NOT_MET),
            Cite("consultation", "", LinkRole.NOT_MET, said("page 3")),
            Cite("consultation", "", LinkRole.SUPPORTING, said("page 9")),
        ),
    )


def _replies(case: Case) -> Iterator[Command]:
    for answer, words, offer in (("accept", None, None), ("dispute", "We did ask.", "Two more weeks.")):
        answers = (Answer(link.id, answer, said(words) if words else None) for link in case.intake.to_answer)
        yield SendReply(tuple(answers), said(offer) if offer else None, CHAMPION, said("Ann Lee"))


def _escalations(case: Case, now: Now) -> Iterator[Command]:
    for one in case.open_obligations:
        yield Escalate(one.name, one.item, one.cycle, now.at.date(), Seat.CHAIR, None)


CANDIDATES: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    Receive: lambda case, now: (receiving(one) for one in Confidentiality),
    MatchRespondent: lambda case, now: (MatchRespondent(body) for body in (COUNCIL, HALL)),
    CiteClause: lambda case, now: (
        CiteClause(clause, "1", role, said()) for clause, role in product(CLAUSES, LinkRole)
    ),
    DropClause: lambda case, now: (DropClause(link.id, said()) for link in case.intake.links),
    Assign: lambda case, now: (Assign(officer) for officer in (OFFICER, OTHER_OFFICER)),
    HandOver: lambda case, now: (HandOver(officer, said()) for officer in (OFFICER, OTHER_OFFICER)),
    AskForMore: lambda case, now: iter([AskForMore(said())]),
    AnswerQuestion: lambda case, now: iter([AnswerQuestion(said())]),
    AddToConcern: lambda case, now: iter([AddToConcern(said())]),
    Accept: lambda case, now: (
        Accept(OFFICER, said(), said(), clauses=clauses, why=said())
        for clauses in ((), (CitedAs(CLAUSES[1], "1", LinkRole.NOT_MET), CitedAs(CLAUSES[0], "1", None)))
    ),
    Decline: lambda case, now: (Decline(OFFICER, reason, said()) for reason in DECLINE_REASONS),
    SendReply: lambda case, now: _replies(case),
    ReleaseReply: lambda case, now: (
        ReleaseReply(looked=True, hidden=hidden) for hidden in (None, said("Elmfield"))
    ),
    Decide: lambda case, now: (
        Decide(decision, then, said())
        for decision, then in product((*AFTER_A_REPLY, STOP), ("close", "go-on"))
    ),
    WaitForReply: lambda case, now: (WaitForReply(now.at.date() + timedelta(days=days)) for days in (1, 9)),
    RecordNoReply: lambda case, now: iter([RecordNoReply(now.at.date())]),
    SendLastLetter: lambda case, now: iter([SendLastLetter(now.at.date())]),
    RecordSilence: lambda case, now: iter([RecordSilence(now.at.date())]),
    PauseClocks: lambda case, now: (
        PauseClocks(reason, ends=ends, agreed=True)
        for reason in REASONS
        for ends in (now.rulebook.calendar.plus(now.at.date(), 1), None)
    ),
    ResumeClocks: lambda case, now: (ResumeClocks(one.number) for one in case.clocks.pauses),
    MarkInError: lambda case, now: (
        MarkInError(position, said("Another case.")) for position, _ in can_be_marked(case)
    ),
    RecordAdjustment: lambda case, now: (
        RecordAdjustment(side, days, said("She reads slowly.")) for side in SIDES for days in (0, 5)
    ),
    AskForTime: lambda case, now: (
        AskForTime(days, name, WHY[0], said("We are away."))
        for days in (2, 10)
        for name in ("", "decide", "reply")
    ),
    AnswerTime: lambda case, now: (AnswerTime(granted) for granted in (True, False)),
    RecordNoAnswer: lambda case, now: iter([RecordNoAnswer(now.at.date())]),
    EndPause: lambda case, now: (EndPause(one.number) for one in case.clocks.pauses),
    Escalate: _escalations,
    Close: lambda case, now: (Close(outcome, said()) for outcome in OUTCOMES),
    Withdraw: lambda case, now: (Withdraw(sure=True, words=words) for words in (None, said())),
    Merge: lambda case, now: iter([Merge(OFFICER, OTHER, said())]),
    TakeIn: lambda case, now: iter([TakeIn(OTHER)]),
    Unmerge: lambda case, now: iter([Unmerge(said())]),
    GiveBack: lambda case, now: iter([GiveBack(OTHER)]),
}
