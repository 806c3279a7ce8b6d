"""Can cases run by a procedure? What reads well may still strand a case, or tell the wrong person.

Each fault is a sentence that names its place. What the shipped edition does when nobody does anything is the
measure: which steps lead out of a stage is code, and an edition must have them.
"""

from collections.abc import Iterator, Mapping

from compact_cases.rules.course import ON_A_HEARING, WATCHED, Stage
from compact_cases.rules.procedure import Procedure, Step, StepKind, Terms
from compact_cases.rules.seats import Post, Seat

OWNERS: Mapping[str, Seat] = {
    **dict.fromkeys(
        ("acknowledge", "release", "next-step", "close", "reopen", "convene", "note"), Seat.OFFICER
    ),
    **dict.fromkeys(("action-release", "hold-release", "answer-release"), Seat.OFFICER),
    **dict.fromkeys(("appoint", "choose-successor"), Seat.OFFICER),
    **dict.fromkeys(("reply", "hold"), Seat.CHAMPION),
    **dict.fromkeys(("answer", "decide", "talk"), Seat.RAISER),
    **dict.fromkeys(("declare", "mediate"), Seat.MEDIATOR),
    **dict.fromkeys(("declare-member", "findings"), Seat.PANELLIST),
}
"""Who owes what always the same seat owes; of all else either side may be the owner."""
OWN_DATE = ON_A_HEARING | WATCHED | {"action", "check-in", "date"}
"""Their date is given, and not counted from a beginning: a reminder may come any number of days before it."""
NO_LIMIT = frozenset({"date"})
WAYS: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.RECEIVED: (Stage.EARLY_RESOLUTION, Stage.CLOSED),
    Stage.EARLY_RESOLUTION: (Stage.RAISER_DECIDES,),
    Stage.RAISER_DECIDES: (Stage.SENIOR_REVIEW, Stage.MEDIATION, Stage.PANEL, Stage.CLOSING),
    Stage.SENIOR_REVIEW: (Stage.RAISER_DECIDES, Stage.CLOSING),
    Stage.MEDIATION: (Stage.RAISER_DECIDES, Stage.CLOSING),
    Stage.PANEL: (Stage.ANSWER_TO_PANEL, Stage.CLOSING),
    Stage.ANSWER_TO_PANEL: (Stage.CLOSING,),
    Stage.CLOSING: (Stage.CLOSED,),
    Stage.CLOSED: (Stage.EARLY_RESOLUTION, Stage.SENIOR_REVIEW),
}
"""Where a case can go from each stage, as the chapters have it."""
LEFT_BY: Mapping[str, Stage] = {
    "reply": Stage.EARLY_RESOLUTION,
    "decide": Stage.RAISER_DECIDES,
    "note": Stage.SENIOR_REVIEW,
    "talk": Stage.RECEIVED,
    "appoint": Stage.MEDIATION,
    "mediate": Stage.MEDIATION,
}
"""The obligations whose own step leads out of a stage when nobody does anything."""


def faults(procedure: Procedure, shipped: Mapping[str, Terms]) -> tuple[str, ...]:
    """Everything for which cases could not run by it; empty for a good one."""
    found = [*_stages(procedure)]
    for name, terms in procedure.terms.items():
        place = f"In obligations.{name}, "
        found += [
            place + what
            for what in (
                *_limits(name, terms),
                *_ways_out(name, terms, shipped.get(name)),
                *(line for step in terms.steps for line in _whom(name, step)),
            )
        ]
    return tuple(found)


def _stages(procedure: Procedure) -> Iterator[str]:
    """Each stage that it has is reached from another that it has, and leads on to one."""
    has = [stage for stage in Stage if procedure.has(stage)]
    reached, more = set[Stage](), [Stage.RECEIVED]
    while more:
        stage = more.pop()
        if stage not in reached:
            reached.add(stage)
            more += [one for one in WAYS[stage] if procedure.has(one)]
    for stage in has:
        if stage not in reached:
            yield f"In stages, no case can come to {stage.value!r}."
        if not any(procedure.has(one) for one in WAYS[stage]):
            yield f"In stages, no case can leave {stage.value!r}."
    names = [procedure.stages[stage].casefold().strip() for stage in map(str, has)]
    for stage, name in zip(has, names, strict=True):
        if names.index(name) != has.index(stage):
            other = has[names.index(name)].value
            yield f"In stages, {stage.value!r} is called {procedure.stages[stage]!r}, as {other!r} is."


def _limits(name: str, terms: Terms) -> Iterator[str]:
    if terms.limit == 0 and name not in NO_LIMIT:
        yield "the limit is 0, so it would be due on the day on which it begins. Give at least 1."
    if terms.limit_volunteer_run is not None and terms.limit_volunteer_run < terms.limit:
        yield (
            f"volunteers have {terms.limit_volunteer_run} working days and others {terms.limit}. They are to "
            "have as long at least."
        )
    if not terms.steps:
        yield "there is no step, so nobody would hear that its date has passed."
    if name in OWN_DATE:
        return
    for step in terms.steps:
        if -step.offset_days >= terms.limit and step.offset_days:
            yield (
                f"the step {step.key} would never come: with a limit of {terms.limit} its day is not after "
                "the day on which it begins."
            )


def _ways_out(name: str, terms: Terms, usual: Terms | None) -> Iterator[str]:
    """What changes a case by itself is there, once, in its order, and not before the date."""
    wanted = [step.effect for step in usual.steps if step.effect] if usual else []
    there = [step.effect for step in terms.steps if step.effect]
    for effect in wanted:
        if effect not in there:
            stage = LEFT_BY.get(name)
            where = f"would stay in {stage.value.replace('-', ' ')}" if stage else "would stand still"
            yield f"the step {effect!r} is missing: a case in which nobody does anything {where} for ever."
    for effect in there:
        if effect not in wanted:
            yield f"the step {effect!r} does not belong here; it is one of another obligation."
        if there.count(effect) > 1:
            yield f"the step {effect!r} is there more than once."
    if sorted(there) == sorted(wanted) and there != wanted:
        yield f"the steps come in another order than {' and then '.join(repr(one) for one in wanted)}."
    for step in terms.steps:
        if step.effect and step.offset_days < 0:
            yield f"the step {step.effect!r} comes before the date, when there is still time."


def _whom(name: str, step: Step) -> Iterator[str]:
    """An escalation goes to somebody else; whoever owes it may be reminded and nudged."""
    owner = OWNERS.get(name)
    if step.kind is StepKind.ESCALATION and step.to in (owner, Post.OWNER):
        yield f"the step {step.key} escalates to who owes it. Name somebody else."
    if step.to in step.copy:
        yield f"the step {step.key} names {step.to.word!r} twice."
    theirs = isinstance(step.to, Post) and step.to is not Post.OWNER and step.to is not Post.OTHER
    if owner is Seat.OFFICER and theirs:
        yield f"the step {step.key} goes to a post of the owner, and the officer has none."
