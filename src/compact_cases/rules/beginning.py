"""Mediation, its beginning: when it can be asked for, and what follows once all have answered."""

from collections.abc import Iterator

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as stopped
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.events import panel as heard
from compact_cases.rules.events import review as met
from compact_cases.rules.mediating import PARTIES, THE_PANEL
from compact_cases.rules.noted import side_of
from compact_cases.rules.offering import is_asked, was_had, was_refused_here
from compact_cases.rules.pausing import (
    GOES_ON_IN_MEDIATION,
    GROUP_ENDED,
    IN_MEDIATION,
    NEVER_STOPS,
    can_be_stopped,
    ended_today,
    held,
    resumed,
    today,
)
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.sessions import LONGEST
from compact_cases.rules.terms import Held

AFTER = Stage.MEDIATION.value
ALL_AGREE = "all agree to mediation"


def can_be_asked_for(case: Case, now: Now) -> None:
    part, own = case.mediation, side_of(now.seat)
    if case.is_closed:
        raise Refused("This case is closed, so there is nothing to mediate.")
    if part.is_under_way:
        raise Refused("Mediation is under way already.")
    if is_asked(case):
        raise Refused("Mediation is asked for already, and somebody has still to answer.")
    if not now.rulebook.procedure.has(Stage.MEDIATION):
        raise Refused("The procedure of this case has no mediation.")
    if was_had(case):
        raise Refused("Mediation has been tried in this case.")
    if case.owed("decide") is None and case.owed("note") is None:
        raise Refused("Mediation can be asked for after the reply, while something is open.")
    if case.waits_to_be_read:
        raise Refused("Something waits to be read and released. Mediation can be asked for after that.")
    if set(part.never) - {own}:
        raise Refused("Mediation is not offered in this case any more.")
    if was_refused_here(case):
        raise Refused("Mediation was asked for a short while ago, and not everybody wanted it.")


def concluded(case: Case, now: Now) -> list[Event]:
    """One no is enough; all have to say yes."""
    said = case.mediation.consents
    if any(one.answer != "yes" for one in said):
        return not_agreed(case, now)
    waits = is_asked(case) or case.mediation.together  # of two cases: see ``following``
    return [] if waits else begun(case, now)


def not_agreed(case: Case, now: Now) -> list[Event]:
    because = "mediation was not agreed"
    over: list[Event] = [happened.MediationNotAgreed(), *resumed(case, now, "consent", because)]
    goes_on = case.owed("decide") or case.owed("note") or case.mediation.asked_by == THE_PANEL
    return over if goes_on else [*over, put.DecisionAsked(AFTER, now.term("decide"))]


def begun(case: Case, now: Now) -> list[Event]:
    """Everything that the mediation stops stands still from now on, to its end."""
    events: list[Event] = [*resumed(case, now, "consent", ALL_AGREE), *_other_pauses_over(case, now)]
    if case.panel.is_ahead and case.owed("hear"):
        events.append(heard.HearingCalledOff(case.panel.said, now.term("constitute")))
    if case.review.is_ahead and case.owed("note"):
        events.append(met.MeetingCancelled(case.review.said, now.term("convene")))
    for event in events:
        case = evolve(case, event, now.at)
    papers = all(one.papers for one in case.mediation.consents)
    parties = tuple(one for one in PARTIES if case.mediation.consent_of(one))
    began = happened.MediationAgreed(parties, case.intake.is_hidden, papers, now.term("appoint"))
    day, office = today(now), Seat.OFFICER.value
    stops = (*held(can_be_stopped(case, now, IN_MEDIATION), day, now), *_still_paused(case))
    if not stops:
        return [*events, began]
    until = now.rulebook.calendar.plus(day, LONGEST)
    pause = stopped.Paused(
        len(case.clocks.pauses) + 1,
        IN_MEDIATION,
        office,
        office,
        day,
        until,
        stops,
        "mediate",
    )
    return [*events, began, pause]


def _other_pauses_over(case: Case, now: Now) -> Iterator[Event]:
    """They would end in the middle of it, and set going what a mediation stops."""
    for pause in case.clocks.pauses:
        if pause.until is None and pause.awaits is None and pause.reason != GROUP_ENDED:
            yield from ended_today(case, pause, ALL_AGREE, now)


def _still_paused(case: Case) -> Iterator[Held]:
    """Whether there is more time need not be answered any more, as where the obligation itself is over; and
    whoever comes to speak for a group that ended sets nothing going in the middle of it."""
    for one in case.open_obligations:
        if one.hold and one.due is None and one.name not in NEVER_STOPS | GOES_ON_IN_MEDIATION:
            yield Held(one.name, one.item, one.hold.days_left)
