"""Whether a letter that was filed a while ago still stands when it leaves, and what in it is still true."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compact_cases.rules.case import Case
from compact_cases.rules.course import LIVES_ON, Obligation
from compact_cases.rules.notices import Rest

Facts = Mapping[str, Any]
NOT_WHILE = {"last-letter": "release"}
"""Letters that do not go while something is owed: a reply has come meanwhile."""
TRUE_WHILE: Mapping[str, Callable[[Case, Facts], bool]] = {
    "invitation": lambda case, facts: (
        case.review.is_ahead
        and case.owed("note") is not None
        and case.review.meeting is not None
        and case.review.meeting.number == facts["number"]
    ),
    "invitation-cancelled": lambda case, facts: (
        case.review.meeting is None and case.review.said == facts["number"] + 1
    ),
    "session-fixed": lambda case, facts: (
        case.mediation.session(facts["session"]).stands
        and case.mediation.session(facts["session"]).said == facts["number"]
    ),
    "session-cancelled": lambda case, facts: (
        not (
            case.mediation.is_under_way
            and case.mediation.session(facts["session"]).stands
            and case.mediation.session(facts["session"]).said > facts["number"]
        )
    ),
}
"""Letters about a meeting go only while it stands, or is off, as they say."""
STILL_TAKEN: Mapping[str, Callable[[Case], bool]] = {
    "reply": lambda case: not case.enquiry.replies,
    "answer": lambda case: case.owed("acknowledge") is not None and case.intake.questions[-1].answer is None,
    "decide": lambda case: case.enquiry.decision is None,
}
"""What is taken after its date too, so that a letter about it matters until it has come."""


def standing_facts(
    notice: str,
    facts: Facts,
    rests_on: Rest,
    owed: Sequence[Obligation],
    is_open: bool,
    case: Callable[[], Case],
) -> Facts | None:
    """The facts that are true now; None: answered, paused, extended or closed meanwhile, so no letter.

    ``owed``: the open obligations of the letter's case, ``is_open``: whether it is; ``case``: all of
    it, which is asked for only where these do not tell.
    """
    if rests_on is Rest.ALWAYS:
        return facts
    if any(one.name == NOT_WHILE.get(notice) for one in owed):
        return None
    if notice in TRUE_WHILE and not TRUE_WHILE[notice](case(), facts):
        return None
    if "items" in facts:
        still = (one for one in facts["items"] if is_open or _lives_on(one))
        items = [true for one in still if (true := _as_owed(one, rests_on, owed, case))]
        return {**facts, "items": items} if items else None
    if not is_open and not _lives_on(facts):
        return None
    as_owed = _as_owed(facts, rests_on, owed, case)
    return facts if as_owed is None and rests_on is Rest.OPEN and is_open else as_owed


def _lives_on(item: Facts) -> bool:
    """Whether it is owed in a closed case all the same."""
    return item.get("obligation") in LIVES_ON


def _as_owed(
    item: Facts, rests_on: Rest, owed: Sequence[Obligation], case: Callable[[], Case]
) -> Facts | None:
    """With the date that holds now; None when it is done, or does not run as the letter says."""
    name, part = item.get("obligation", ""), item.get("item", "")
    one = next((one for one in owed if one.is_a(name, part)), None)
    if rests_on is Rest.PAUSED:
        return item if one is not None and one.is_paused else None
    if rests_on is Rest.RUNNING:
        runs = one is not None and one.due is not None and item.get("cycle", one.cycle) == one.cycle
    else:
        runs = one is not None or (name in STILL_TAKEN and STILL_TAKEN[name](case()))
    if not runs:
        return None
    return {**item, "due": one.due.isoformat()} if one and one.due else item
