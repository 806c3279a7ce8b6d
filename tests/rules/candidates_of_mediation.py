"""The acts of a mediation that a page could send: well formed, and made from the case as it is."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.appointing import (
    AnswerName,
    ChangeMediator,
    DeclareInterest,
    ProposeMediator,
    RecordNameSeen,
    RecordNoMediator,
)
from compact_cases.rules.case import Case
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.mediating import PARTIES
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer, RecordNoConsent
from compact_cases.rules.mediation_ends import (
    EndMediation,
    ExtendMediation,
    LeaveMediation,
    RecordMediationOver,
)
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.together import AskTogether, RecordNoGoOn, SayGoOn, TakeTogether
from tests.builders import said

MEDIATORS = (UUID(int=71), UUID(int=72))
ELSEWHERE = UUID(int=102)
"""The other case of the concern."""


def _known(case: Case) -> tuple[str, ...]:
    return ("mediator", "proxy") if case.intake.is_hidden else ("",)


def _mediated_days(case: Case, now: Now) -> Iterator[date]:
    """Working days on which a session can be."""
    mediate, day = case.owed("mediate"), now.at.date()
    if mediate and mediate.due and day < mediate.due:
        yield now.rulebook.calendar.next_working(day)


def _owed(case: Case, name: str) -> list[str]:
    return [one.item for one in case.open_obligations if one.name == name]


OF_MEDIATION: dict[type, Callable[[Case, Now], Iterator[Any]]] = {
    AskForMediation: lambda case, now: (
        AskForMediation(party, papers=True, known=known, proxy=said())
        for party in (*PARTIES, "officer")
        for known in _known(case)
    ),
    AnswerMediation: lambda case, now: (
        AnswerMediation(party, yes, never, papers=yes, known=known, proxy=said())
        for known in _known(case)
        for party, (yes, never) in product(
            PARTIES, ((True, False), (True, False), (False, False), (False, True))
        )
    ),
    DeclineOffer: lambda case, now: (DeclineOffer(party) for party in PARTIES),
    RecordNoConsent: lambda case, now: (
        RecordNoConsent(one, now.at.date()) for one in _owed(case, "consent")
    ),
    ProposeMediator: lambda case, now: (
        ProposeMediator(one, pays) for one, pays in product(MEDIATORS, ("both", "public-body"))
    ),
    AnswerName: lambda case, now: (
        AnswerName(party, accepted) for party, accepted in product(PARTIES, (True, True, False))
    ),
    RecordNameSeen: lambda case, now: (RecordNameSeen(one, now.at.date()) for one in _owed(case, "name")),
    DeclareInterest: lambda case, now: (DeclareInterest(one) for one in (False, False, True)),
    ChangeMediator: lambda case, now: (ChangeMediator(one) for one in ("ill", "other")),
    RecordNoMediator: lambda case, now: iter([RecordNoMediator(now.at.date())]),
    ProposeSession: lambda case, now: (
        ProposeSession((day,), ("10:00",), party)
        for day, party in product(_mediated_days(case, now), ("both", *PARTIES))
    ),
    AnswerSession: lambda case, now: (
        AnswerSession(party, can) for party, can in product(PARTIES, ((0,), ()))
    ),
    FixSession: lambda case, now: (
        FixSession(day, "14:30", online=False, with_=party, place=said())
        for day, party in product(_mediated_days(case, now), ("both", *PARTIES))
    ),
    CancelSession: lambda case, now: iter([CancelSession()]),
    EndMediation: lambda case, now: (
        EndMediation(ending, tuple(one.id for one in case.intake.links[:1]))
        for ending in ("settled", "partly settled", "not settled", "mediator ended it")
    ),
    ExtendMediation: lambda case, now: (
        ExtendMediation(day, agreed=True) for day in [case.mediation.latest] if day
    ),
    LeaveMediation: lambda case, now: (LeaveMediation(party, sure=True) for party in PARTIES),
    AskTogether: lambda case, now: iter([AskTogether(ELSEWHERE, agreed=True)]),
    TakeTogether: lambda case, now: iter([TakeTogether(ELSEWHERE)]),
    FollowMediation: lambda case, now: iter([FollowMediation(case.mediation.shared or ELSEWHERE)]),
    SayGoOn: lambda case, now: (SayGoOn(one, yes) for one, yes in product(PARTIES, (True, True, False))),
    RecordNoGoOn: lambda case, now: (RecordNoGoOn(one, now.at.date()) for one in _owed(case, "go-on")),
    RecordMediationOver: lambda case, now: iter([RecordMediationOver(now.at.date())]),
}
