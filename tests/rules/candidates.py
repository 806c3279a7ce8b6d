"""For every act the commands that a page could send: well formed, and made from the case as it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Now, Registered
from compact_cases.rules.acts import Command
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
from compact_cases.rules.events.review import SIDES
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
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText, WriteNote
from compact_cases.rules.onward import WAYS, OpenNextStep
from compact_cases.rules.particulars import (
    Assign,
    CiteClause,
    CitedAs,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.review import (
    AnswerMeeting,
    CancelMeeting,
    RecordMeeting,
    RecordNoMeeting,
    SetMeeting,
    last_day,
)
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


def _days(case: Case, now: Now) -> Iterator[date]:
    calendar = now.rulebook.calendar
    if case.owed("note"):
        yield from (calendar.next_working(now.at.date()), last_day(case, calendar))


def _words_of_sides() -> Iterator[dict[str, Any]]:
    yield {}
    yield {"of_raiser": said()}
    yield {"of_respondent": said()}


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
    OpenNextStep: lambda case, now: (
        OpenNextStep(stage.value, officer, words)
        for stage, officer, words in product(WAYS, (OFFICER, OTHER_OFFICER, None), (None, said()))
    ),
    SetMeeting: lambda case, now: (
        SetMeeting(day, "14:30", online=False, place=said()) for day in _days(case, now)
    ),
    CancelMeeting: lambda case, now: iter([CancelMeeting()]),
    AnswerMeeting: lambda case, now: (
        AnswerMeeting(side, comes, **words)
        for side, comes, words in product(SIDES, (True, False), _words_of_sides())
    ),
    RecordMeeting: lambda case, now: (RecordMeeting(held) for held in (True, True, True, False)),
    WriteNote: lambda case, now: (WriteNote(*texts) for texts in ((said(), None), (said(), said()))),
    CommentOnNote: lambda case, now: (
        CommentOnNote(side, **words) for side, words in product(SIDES, _words_of_sides())
    ),
    RecordNoComment: lambda case, now: iter([RecordNoComment(now.at.date())]),
    ReleaseText: lambda case, now: iter([ReleaseText(looked=True)]),
    RecordNoMeeting: lambda case, now: iter([RecordNoMeeting(now.at.date())]),
    SendLastLetter: lambda case, now: iter([SendLastLetter(now.at.date())]),
    RecordSilence: lambda case, now: iter([RecordSilence(now.at.date())]),
    EndPause: lambda case, now: (EndPause(one.number) for one in case.clocks.pauses),
    Escalate: _escalations,
    Close: lambda case, now: (Close(outcome, said()) for outcome in OUTCOMES),
    Withdraw: lambda case, now: (Withdraw(sure=True, words=words) for words in (None, said())),
    Merge: lambda case, now: iter([Merge(OFFICER, OTHER, said())]),
    TakeIn: lambda case, now: iter([TakeIn(OTHER)]),
    Unmerge: lambda case, now: iter([Unmerge(said())]),
    GiveBack: lambda case, now: iter([GiveBack(OTHER)]),
}
