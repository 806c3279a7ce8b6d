"""Panels in the sample: a standing group of invented people, and the commands of those who play them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from compact_cases.office.identity import statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.office.registry import panel_register
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.acts import Command
from compact_cases.rules.case import Case
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.constituting import (
    ConstitutePanel,
    DeclareForPanel,
    RefuseMember,
    ReplaceMember,
    missing,
)
from compact_cases.rules.findings import (
    AnswerRecommendation,
    CorrectFinding,
    GivenFinding,
    MarkDiscussed,
    Recommend,
    SendFindings,
    not_discussed,
)
from compact_cases.rules.panel import RecordHearing, ReleaseForPanel, SendPapers, SendStatement
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.referring import ReferToMediation
from compact_cases.rules.seats import Seat, Side
from compact_cases.sample import stories
from compact_cases.sample.stories import Act

STANDING = (
    ("Ann Reeve", "ann.reeve@panel.example", "public-sector", "Severnside District Council"),
    ("Bilal Shah", "bilal.shah@panel.example", "vcs", "Riverside Advice"),
    ("Carys Penn", "carys.penn@panel.example", "vcs", "Hilltop Volunteers"),
    ("Dev Lall", "dev.lall@panel.example", "public-sector", "Westmoor Health Board"),
    ("Enid Marsh", "enid.marsh@panel.example", "vcs", "Marsh Lane Players"),
)
OF_PANEL = frozenset(
    {
        *(stories.PANEL, stories.REFUSES, stories.DECLARES, stories.PANEL_MEMBER, stories.PANEL_STATEMENT),
        *(stories.PANEL_RELEASE, stories.PAPERS, stories.HEARING, stories.FINDINGS, stories.PANEL_ANSWER),
        *(stories.DISCUSSED, stories.CORRECTS, stories.REFERS),
    }
)
BY_A_SIDE = frozenset({stories.PANEL_STATEMENT, stories.PANEL_ANSWER})
BY_A_MEMBER = (stories.DECLARES, stories.FINDINGS, stories.CORRECTS, stories.REFERS)
NOT_STAFF = BY_A_SIDE | {stories.REFUSES, *BY_A_MEMBER}


def furnish(premises: Premises) -> None:
    """The standing group, where there is none yet."""
    if not panel_register.listed(premises):
        for name, email, sector, organisation in STANDING:
            panel_register.add(premises, name=name, email=email, sector=sector, organisation=organisation)


def side_of(act: Act, case: Case) -> str:
    """Which side gives an act: a statement names it, an answer is its recommendation's."""
    if act.what == stories.PANEL_STATEMENT:
        return act.choice
    one = case.panel.recommendation(act.choice.partition(":")[0])
    return one.recommendation.to if one else ""


def who(act: Act, case: Case, row: CaseRow, champion: UUID | None) -> Visitor:
    """Who plays what neither officer nor secretary does."""
    if act.what in BY_A_MEMBER:
        member = member_of(act, case) if act.what == stories.DECLARES else case.panel.lead
        return Visitor(Seat.PANELLIST, person_id=member, case_id=row.case_id)
    if act.what == stories.REFUSES or side_of(act, case) == Side.RAISER.value:
        return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id)
    return Visitor(Seat.CHAMPION, person_id=champion, case_id=row.case_id)


def member_of(act: Act, case: Case) -> UUID:
    return case.panel.members[int(act.choice)].id


def command(act: Act, case: Case, premises: Premises, in_days: Callable[[int], date]) -> Command:
    group = [one.id for one in panel_register.listed(premises)]
    words = statement(act.words)
    match act.what:
        case stories.PANEL:
            day = in_days(int(act.choice))
            return ConstitutePanel(tuple(group[:3]), group[0], day, "10:00", online=False, place=words)
        case stories.REFUSES:
            return RefuseMember(member_of(act, case))
        case stories.DECLARES:
            return DeclareForPanel(bool(act.words), member_of(act, case), statement_if(act.words))
        case stories.PANEL_MEMBER:
            sat = {*(one.id for one in case.panel.members), *case.panel.lost}
            return ReplaceMember(missing(case)[0], next(one for one in group[::-1] if one not in sat))
        case stories.PANEL_STATEMENT:
            return SendStatement(act.choice, **{f"of_{act.choice}": words})
        case stories.PANEL_RELEASE:
            return ReleaseForPanel(looked=True, hidden=statement_if(act.words))
        case stories.PAPERS:
            return SendPapers(looked=True)
        case stories.HEARING:
            return RecordHearing(tuple(act.choice.split()))
        case stories.FINDINGS:
            return _findings(act, case)
        case stories.REFERS:
            return ReferToMediation(sure=True)
        case stories.CORRECTS:
            link = case.panel.current[0].finding.link
            return CorrectFinding(GivenFinding(link, act.choice, words), statement("We had a day wrong."))
        case stories.PANEL_ANSWER:
            item, _, answer = act.choice.partition(":")
            reasons = {f"of_{side_of(act, case)}": statement_if(act.words)}
            return AnswerRecommendation(item, answer, in_days(60), **reasons)
        case _:
            return MarkDiscussed(not_discussed(case)[0].item)


def _findings(act: Act, case: Case) -> SendFindings:
    links = [one.id for one in case.intake.links if one.role is LinkRole.NOT_MET]
    found = tuple(GivenFinding(one, "partly-met", statement(act.words)) for one in links)
    return SendFindings(
        found,
        tuple(
            Recommend(to, statement("Ask again, and say why."), statement("It stands on the website."))
            for to in act.choice.split()
        ),
    )
