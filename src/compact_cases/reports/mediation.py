"""Mediation as one visitor may see it: that it takes place, when, how it ended; more for who is in it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.audience import Audience
from compact_cases.rules.mediating import OTHER, RAISER, Session, SessionAnswer
from compact_cases.rules.offering import can_be_wanted, is_asked
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import Sealed

OF_SIDE = {
    Side.RAISER.value: Audience.RAISER_AND_OFFICERS,
    Side.RESPONDENT.value: Audience.RESPONDENT_AND_OFFICERS,
    OTHER: Audience.OFFICERS,
}


@dataclass(frozen=True)
class SessionDay:
    on: date
    time: str


@dataclass(frozen=True)
class SessionAnswerShown:
    """``needs`` are for the mediator, who finds the room; whose they are is said to nobody else."""

    party: str
    can: tuple[int, ...]
    needs: Said | None


@dataclass(frozen=True)
class SessionShown:
    number: int
    days: tuple[SessionDay, ...]
    answers: tuple[SessionAnswerShown, ...]
    on: date | None
    time: str
    online: bool
    place: Said | None
    needs: Said | None
    who: tuple[str, ...]
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class MediationShown(Part):
    """``mediation``: none, asked, under-way or over. ``mediation_offered``: it may be asked for here.

    ``mediation_who``: how the mediator reads who raised it. ``mediation_also``: the other body, where one
    mediation serves two cases; ``mediation_leads``: it is arranged here.
    """

    mediation: str
    mediation_offered: bool
    mediation_asked_by: str
    mediation_parties: tuple[str, ...]
    mediation_in_it: tuple[str, ...]
    mediation_apart: bool
    mediation_papers: bool
    mediator: str
    mediator_proposed: str
    mediation_pays: str
    appointed_on: date | None
    mediation_until: date | None
    mediation_latest: date | None
    mediation_sessions: tuple[SessionShown, ...]
    mediation_ended_at: datetime | None
    mediation_ending: str
    mediation_settled: tuple[int, ...]
    mediation_who: str
    mediation_proxy: Said | None
    mediation_also: str
    mediation_leads: bool


def mediation(ground: Ground, reader: Reader) -> MediationShown:
    part, case = ground.case.mediation, ground.case
    mediate = case.owed("mediate")
    state = "none"
    if part.began_at:
        state = "under-way" if part.is_under_way else "over"
    elif is_asked(case):
        state = "asked"
    inside = reader.viewpoint in ("officer", "mediator", *part.in_it)
    return MediationShown(
        mediation=state,
        mediation_offered=can_be_wanted(case),
        mediation_asked_by=part.asked_by or "",
        mediation_parties=part.parties,
        mediation_in_it=part.in_it,
        mediation_apart=part.apart,
        mediation_papers=part.papers,
        mediator=ground.mediators.get(part.mediator, "") if part.mediator else "",
        mediator_proposed=ground.mediators.get(part.proposed, "") if part.proposed and inside else "",
        mediation_pays=part.pays if inside else "",
        appointed_on=part.appointed_on,
        mediation_until=mediate.due if mediate else None,
        mediation_latest=part.latest,
        mediation_sessions=tuple(_session(one, reader, ground) for one in part.sessions) if inside else (),
        mediation_ended_at=part.ended_at,
        mediation_ending=part.ending or "",
        mediation_settled=part.settled,
        mediation_also=ground.also_with if inside or state == "asked" else "",
        mediation_leads=part.leads,
        **_raiser(ground, reader),
    )


def _raiser(ground: Ground, reader: Reader) -> dict[str, Any]:
    """A raiser who must not be known is known to the mediator only by a consent that says so."""
    consent, row = ground.case.mediation.consent_of(RAISER), ground.row
    if reader.viewpoint != "mediator":
        return {"mediation_who": "", "mediation_proxy": None}
    if ground.case.mediation.mediator is None:
        return {"mediation_who": row.raiser_shown, "mediation_proxy": None}
    known = not ground.case.intake.is_hidden or (consent is not None and consent.known == "mediator")
    text = reader.raw(consent.proxy) if consent and consent.proxy else None
    proxy = Said(text, Audience.RAISER_AND_OFFICERS, consent.at) if consent and text else None
    return {"mediation_who": row.raiser_label if known else row.raiser_shown, "mediation_proxy": proxy}


def _session(one: Session, reader: Reader, ground: Ground) -> SessionShown:
    """Where it is read by those who come, by officers and by the mediator."""
    at = ground.changed_at
    comes = reader.viewpoint in ("officer", "mediator", *one.who)
    answers = tuple(
        SessionAnswerShown(
            each.party, each.can, _needs(each.party, each.needs, reader, at) if _reads(each, ground) else None
        )
        for each in one.answers
        if reader.viewpoint in ("officer", "mediator", each.party)
    )
    return SessionShown(
        number=one.number,
        days=tuple(SessionDay(each.on, each.time) for each in one.dates) if comes or not one.who else (),
        answers=answers,
        on=one.on,
        time=one.time,
        online=one.online,
        place=_text(one.place, reader, at) if comes else None,
        needs=_text(one.needs, reader, at) if comes else None,
        who=one.who,
        cancelled=one.cancelled,
    )


def _reads(answer: SessionAnswer, ground: Ground) -> bool:
    """What people of the other case need is not read here by who may not open that one."""
    shared = ground.case.mediation.shared
    return answer.party != OTHER or any(one.case_id == shared for one in ground.siblings)


def _text(sealed: Sealed | None, reader: Reader, at: datetime) -> Said | None:
    if sealed is None:
        return None
    return Said(reader.raw(sealed), Audience.CASE, at)


def _needs(party: str, sealed: Sealed | None, reader: Reader, at: datetime) -> Said | None:
    if sealed is None or reader.viewpoint not in ("officer", "mediator", party):
        return None
    return Said(reader.raw(sealed), OF_SIDE[party], at)
