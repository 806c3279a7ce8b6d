"""The same as ``candidates``, for the acts of a panel."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.case import Case
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.constituting import (
    ConstitutePanel,
    DeclareForPanel,
    HearAgain,
    LetPanelStand,
    RefuseMember,
    ReplaceMember,
)
from compact_cases.rules.findings import (
    AnswerRecommendation,
    CorrectFinding,
    GivenFinding,
    MarkDiscussed,
    Recommend,
    RecordNoPanelAnswer,
    SendFindings,
)
from compact_cases.rules.hearings import MoveHearing
from compact_cases.rules.panel import (
    RecordHearing,
    RecordNoStatement,
    ReleaseForPanel,
    SendPapers,
    SendStatement,
)
from compact_cases.rules.referring import ReferToMediation
from tests.builders import said

PANELLISTS = tuple(UUID(int=one) for one in range(101, 121))


def _owed(case: Case, name: str) -> list[str]:
    return [one.item for one in case.open_obligations if one.name == name]


def _hearings(now: Now) -> Iterator[date]:
    calendar = now.rulebook.calendar
    yield from (calendar.plus(calendar.start_day(now.at), days) for days in (20, 30))


def _moved(case: Case, now: Now) -> Iterator[date]:
    hearing, calendar = case.panel.hearing, now.rulebook.calendar
    if hearing:
        yield from (calendar.plus(hearing.on, days) for days in (1, 10))
        yield calendar.next_working(now.at.date())


def _findings(case: Case, to: tuple[str, ...]) -> SendFindings:
    links = [one for one in case.intake.links if one.role is LinkRole.NOT_MET]
    return SendFindings(
        tuple(GivenFinding(one.id, "partly-met", said()) for one in links),
        tuple(Recommend(one, said(), said()) for one in to),
        both_agree=True,
    )


OF_PANELS: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    ConstitutePanel: lambda case, now: (
        ConstitutePanel(members, members[0], day, "10:00", online=False, place=said())
        for members in (PANELLISTS[:3], PANELLISTS[1:4])
        for day in _hearings(now)
    ),
    RefuseMember: lambda case, now: (RefuseMember(one.id) for one in case.panel.members),
    LetPanelStand: lambda case, now: iter([LetPanelStand(now.at.date())]),
    DeclareForPanel: lambda case, now: (
        DeclareForPanel(conflict, one.id)
        for conflict in (False, False, False, True)
        for one in case.panel.members
    ),
    ReplaceMember: lambda case, now: (
        ReplaceMember(lost, by) for lost in case.panel.lost for by in PANELLISTS
    ),
    MoveHearing: lambda case, now: (
        MoveHearing(day, "11:00", online=True, place=said()) for day in _moved(case, now)
    ),
    HearAgain: lambda case, now: iter([HearAgain(sure=True)]),
    SendStatement: lambda case, now: (
        SendStatement(side, **{f"of_{whose}": said()}) for side, whose in product(SIDES, SIDES)
    ),
    RecordNoStatement: lambda case, now: (
        RecordNoStatement(now.at.date(), one) for one in _owed(case, "statement")
    ),
    ReleaseForPanel: lambda case, now: (
        ReleaseForPanel(looked=True, words_may_stay=stay) for stay in (False, True)
    ),
    SendPapers: lambda case, now: iter([SendPapers(looked=True)]),
    RecordHearing: lambda case, now: (RecordHearing(came) for came in ((), ("respondent",))),
    SendFindings: lambda case, now: (
        _findings(case, to) for to in ((), ("respondent",), ("raiser", "board"))
    ),
    CorrectFinding: lambda case, now: (
        CorrectFinding(GivenFinding(one.finding.link, "met", said()), said()) for one in case.panel.current
    ),
    ReferToMediation: lambda case, now: iter([ReferToMediation(sure=True)]),
    AnswerRecommendation: lambda case, now: (
        AnswerRecommendation(one.item, answer, now.rulebook.calendar.plus(now.at.date(), 30), **words)
        for one in case.panel.recommended
        for answer in ("accepted", "rejected")
        for words in ({f"of_{one.recommendation.to}": said("We see it so.")},)
    ),
    RecordNoPanelAnswer: lambda case, now: (
        RecordNoPanelAnswer(now.at.date(), one) for one in _owed(case, "respond")
    ),
    MarkDiscussed: lambda case, now: (MarkDiscussed(one.item) for one in case.panel.recommended),
}
