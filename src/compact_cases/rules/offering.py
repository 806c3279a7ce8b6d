"""Mediation, while it is only asked for: whether it may be offered, and whether it may be asked for."""

from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.mediating import THE_PANEL
from compact_cases.rules.refusals import Refused


def is_asked(case: Case) -> bool:
    """Whether somebody has still to say if they want it, be it in the other case that it is to serve too."""
    return any(one.name == "consent" for one in case.open_obligations) or waits_for_another(case)


def waits_for_another(case: Case) -> bool:
    """Whether it is to serve two cases, and begins in both with the last yes of all."""
    part = case.mediation
    is_open = not case.is_closed and (case.owed("decide") or case.owed("note")) is not None
    return part.together is not None and part.began_at is None and is_open


def was_had(case: Case) -> bool:
    """Whether it is used up: it took place, or was what the raiser wanted to go on to."""
    return Stage.MEDIATION.value in case.enquiry.asked_after or _was_the_panels(case)


def _was_the_panels(case: Case) -> bool:
    """After one that a panel proposed it is not the raiser’s turn, so that nothing else tells of it."""
    part = case.mediation
    opened = case.closing.before[-1].closed_at if case.closing.before else None
    is_old = opened is not None and part.ended_at is not None and part.ended_at < opened
    return part.asked_by == THE_PANEL and part.ended_at is not None and not is_old


def panel_waits(case: Case) -> bool:
    """Whether it has proposed mediation: both sides are asked, or in it."""
    return case.mediation.asked_by == THE_PANEL and (is_asked(case) or case.mediation.is_under_way)


def panel_goes_on(case: Case) -> None:
    """Raises Refused while it waits."""
    if panel_waits(case):
        raise Refused(
            "The panel has proposed mediation. It waits until both sides have answered, and the mediation is "
            "over."
        )


def was_refused_here(case: Case) -> bool:
    """Not everybody wanted it, and the case has not gone on to another stage since."""
    return bool(case.mediation.refused_after) and len(case.course.trail) <= case.mediation.refused_after


def is_offered(case: Case) -> bool:
    """Whether letters and pages still speak of it; never after "please do not ask again"."""
    part = case.mediation
    is_open = not case.is_closed and not part.is_under_way and not is_asked(case)
    return is_open and not part.never and not was_had(case) and not was_refused_here(case)


def can_be_wanted(case: Case) -> bool:
    """Whether somebody who reads of it could ask for it now: something is open."""
    return is_offered(case) and (case.owed("decide") or case.owed("note")) is not None


def offered(case: Case) -> dict[str, bool]:
    """The fact of a letter that ends a stage while something is open."""
    return {"mediation": True} if can_be_wanted(case) else {}
