"""What differs between two editions of the procedure is said in sentences."""

from dataclasses import replace
from typing import Any

import pytest

from compact_cases.rules.procedure import Procedure, Step, StepKind
from compact_cases.rules.procedure_comparison import WHAT, differences, in_words
from compact_cases.rules.seats import Post, Seat
from tests.builders import rulebook

SHIPPED = rulebook().procedure


def with_reply(**changes: Any) -> Procedure:
    """The shipped edition with other terms for the reply."""
    return replace(SHIPPED, terms={**SHIPPED.terms, "reply": replace(SHIPPED.terms["reply"], **changes)})


def test_an_edition_of_another_name_that_runs_cases_the_same_does_not_differ() -> None:
    assert differences(SHIPPED, replace(SHIPPED, edition="default-2027-1", name="Another", note="")) == ()


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (replace(SHIPPED, mediation=not SHIPPED.mediation), "Mediation is "),
        (replace(SHIPPED, panel=not SHIPPED.panel), "A panel is "),
        (
            replace(SHIPPED, stages={**SHIPPED.stages, "senior-review": "The leads meet"}),
            "senior-review is called “The leads meet”, not “Senior review”.",
        ),
        (with_reply(limit=8), "A reply is due in 8 working days instead of 10."),
        (with_reply(limit=1), "A reply is due in 1 working day instead of 10."),
        (
            with_reply(limit_volunteer_run=15),
            "A reply of those run by volunteers: 15 working days instead of 20.",
        ),
        (
            with_reply(limit_volunteer_run=None),
            "A reply of those run by volunteers: no limit of their own instead of 20.",
        ),
        (
            with_reply(steps=SHIPPED.terms["reply"].steps[1:]),
            "A reply: the reminder to the champion 5 working days before the date is gone.",
        ),
        (
            with_reply(
                steps=(*SHIPPED.terms["reply"].steps, Step(7, StepKind.ESCALATION, Seat.CHIEF_OFFICER))
            ),
            "A reply: the escalation to the chief officer 7 working days after the date is new.",
        ),
        (
            replace(SHIPPED, terms={name: one for name, one in SHIPPED.terms.items() if name != "reply"}),
            "A reply is gone.",
        ),
        (replace(SHIPPED, terms={**SHIPPED.terms, "tea": SHIPPED.terms["reply"]}), "tea is new."),
    ],
)
def test_each_difference_is_one_sentence(after: Procedure, sentence: str) -> None:
    (found,) = differences(SHIPPED, after)
    assert found.startswith(sentence)


def test_what_is_offered_and_not_any_more() -> None:
    without = replace(SHIPPED, mediation=False, panel=False)
    with_both = replace(SHIPPED, mediation=True, panel=True)
    assert differences(without, with_both) == ("Mediation is offered.", "A panel is offered.")
    assert differences(with_both, without) == (
        "Mediation is not offered any more.",
        "A panel is not offered any more.",
    )


def test_a_limit_for_volunteers_where_there_was_none() -> None:
    (found,) = differences(with_reply(limit_volunteer_run=None), SHIPPED)
    assert found == "A reply of those run by volunteers: 20 working days instead of the same as for others."


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(0, StepKind.REMINDER, Seat.OFFICER), "the reminder to the officer on the date"),
        (
            Step(1, StepKind.NUDGE, Seat.CHAMPION, letter="delay"),
            "the nudge to the champion 1 working day after the date (letter “delay”)",
        ),
        (
            Step(3, StepKind.ESCALATION, Seat.SENIOR_LEAD, (Seat.CHAMPION,)),
            "the escalation to the senior lead and the champion 3 working days after the date",
        ),
        (
            Step(5, StepKind.EFFECT, Seat.RAISER, effect="no-reply"),
            "the step “no-reply” 5 working days after the date",
        ),
        (Step(-2, StepKind.REMINDER, Post.OWNER), "the reminder to the owner 2 working days before the date"),
    ],
)
def test_a_step_in_words(step: Step, words: str) -> None:
    assert in_words(step) == words


def test_each_obligation_has_words_of_its_own() -> None:
    """A difference is read by an administrator, who knows no name of ours."""
    known = set(SHIPPED.terms)
    assert set(WHAT) == known
    assert len({*WHAT.values()}) == len(known)
