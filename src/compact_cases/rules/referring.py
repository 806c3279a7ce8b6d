"""Panel, its other way out: it proposes mediation in place of findings, and waits until that is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.case import Case
from compact_cases.rules.course import OF_THE_PANEL, Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as agreed
from compact_cases.rules.events import clocks as stopped
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import mediation as proposed
from compact_cases.rules.events import panel as happened
from compact_cases.rules.mediating import PARTIES, THE_PANEL, PartyTerm
from compact_cases.rules.mediation import LEFT_AFTER_A_NO
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.offering import is_asked, was_had, was_refused_here
from compact_cases.rules.pausing import IN_MEDIATION, held, today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Held


@dataclass(frozen=True)
class ReferToMediation(Carries):
    """``sure`` is the confirming step: the panel writes nothing that could go into the mediation."""

    sure: bool


ReferringCommand = ReferToMediation


def can_be_referred(case: Case, now: Now) -> None:
    """As for everybody who asks for mediation, but that a panel sits instead of somebody deciding."""
    _sits(case, now)
    if is_asked(case):
        raise Refused("Both sides are asked about mediation already.")
    if not now.rulebook.procedure.has(Stage.MEDIATION):
        raise Refused("The procedure of this case has no mediation.")
    if was_had(case):
        raise Refused("Mediation has been tried in this case.")
    if case.mediation.never:
        raise Refused("Mediation is not offered in this case any more.")
    if was_refused_here(case):
        raise Refused("Mediation was proposed a short while ago, and not everybody wanted it.")
    if case.waits_to_be_read:
        raise Refused("Something waits to be read and released. Mediation can be proposed after that.")


def _sits(case: Case, now: Now) -> None:
    if case.stage is not Stage.PANEL or not (case.owed("hear") or case.owed("findings")):
        raise Refused("No panel sits in this case that could propose mediation.")
    if case.owed("see"):
        raise Refused("The names of this panel do not stand yet.")
    lead = case.panel.member(case.panel.leads)
    if now.seat is Seat.PANELLIST and (now.person != case.panel.leads or lead is None or not lead.declared):
        raise Refused("The lead panellist proposes mediation for the panel.")


def refer(command: ReferToMediation, case: Case, now: Now) -> list[Event]:
    if not command.sure:
        raise Refused("Please confirm that the panel proposes mediation.", "sure")
    asked = tuple(PartyTerm(one, now.term_of(one, "consent")) for one in PARTIES)
    return [
        proposed.MediationAsked(THE_PANEL, asked, False, None, None, next_step=False),
        *_own_clock_stops(asked, case, now),
    ]


def _own_clock_stops(asked: Iterable[PartyTerm], case: Case, now: Now) -> Iterator[Event]:
    """Until both sides have answered; what is left after a no is five days at least. Not what is overdue."""
    own = case.owed("findings")
    if own is None or own.due is None or own.is_overdue(now.at, now.rulebook.calendar):
        return
    day, until = today(now), max(one.term.due for one in asked)
    kept = tuple(
        Held(one.name, one.item, max(LEFT_AFTER_A_NO, one.days_left)) for one in held([own], day, now)
    )
    number, office = len(case.clocks.pauses) + 1, Seat.OFFICER.value
    by = Seat.PANELLIST.value
    yield stopped.Paused(number, IN_MEDIATION, by, office, day, until, kept, "consent")


# --- who hears of it --------------------------------------------------------------------------------------

NOTICES = ("panel-waits", "panel-goes-on", "panel-over")


def notices(event: Event, case: Case) -> Iterator[Notice]:
    """The panel, and its secretary where another day is to be set; all others have letters of a mediation."""
    match event:
        case proposed.MediationAgreed() if case.mediation.asked_by == THE_PANEL:
            yield from to_members("panel-waits", case, {}, Rest.OPEN)
        case proposed.MediationNotAgreed() if case.stage is Stage.PANEL:  # nobody else asks there
            yield from _goes_on(case)
        case proposed.MediationEnded(back=Stage.PANEL.value):
            yield from _goes_on(case)
        case happened.HearingCalledOff(number=number):
            facts = {"number": number, "mediation": True}
            sides = (Seat.CHAMPION,) if case.intake.is_hidden else (Seat.RAISER, Seat.CHAMPION)
            yield from (Notice("hearing-off", seat, facts, Rest.ALWAYS) for seat in sides)
            yield from to_members("hearing-off", case, facts, Rest.ALWAYS)
        case ended.Closed() | put.RaiserDecided() | put.DecisionAsked() | agreed.AgreementMade():
            if _is_over_now(case):
                yield from to_members("panel-over", case, {}, Rest.ALWAYS)


def _is_over_now(case: Case) -> bool:
    """Whether this very act left it nothing to do; of a hearing that was ahead another letter says so."""
    theirs = [one for one in case.obligations if one.name in OF_THE_PANEL]
    ends = any(one.name in ("constitute", "findings") and one.ended_at == case.at for one in theirs)
    return ends and not any(one.is_open for one in theirs)


def _goes_on(case: Case) -> Iterator[Notice]:
    findings, again = case.owed("findings"), case.owed("constitute")
    facts = owed("findings", findings.due) if findings and findings.due else {}
    anew = owed("constitute", again.due) if again and again.due else {}
    if again:
        yield Notice("panel-goes-on", Seat.SECRETARY, {**anew, "anew": True})
    yield from to_members("panel-goes-on", case, {**facts, "anew": bool(again)}, Rest.OPEN)


def to_members(name: str, case: Case, facts: dict[str, Any], rest: Rest) -> Iterator[Notice]:
    """To each by themselves, for a member need not lead it; not to one who was named and not asked yet."""
    asked = {one.item for one in case.obligations if one.name == "declare-member"}
    for one in (each for each in case.panel.members if each.declared or str(each.id) in asked):
        more = {**facts, "member": str(one.id)}
        yield Notice(name, Seat.PANELLIST, more, rest, person=one.id)


ACTS: tuple[Act[Any], ...] = (
    Act(
        ReferToMediation,
        name="panel-referral",
        words="Write down that the panel proposes mediation",
        party_words="Propose mediation in place of findings",
        by=CASE_STAFF | frozenset({Seat.PANELLIST}),
        open=can_be_referred,
        decide=refer,
        needs=frozenset({Need.SMALL_SIDES}),
        rank=Rank.SELDOM,
    ),
)
