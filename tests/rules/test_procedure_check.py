"""What is wrong in a procedure by which cases could not run: each fault a sentence with its place."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from compact_cases.rules.acts import KNOWN
from compact_cases.rules.course import Stage
from compact_cases.rules.procedure import Procedure, Step, StepKind, Terms, read_procedure
from compact_cases.rules.procedure_check import LEFT_BY, OWN_DATE, OWNERS, WAYS, faults
from compact_cases.rules.procedure_comparison import WHAT
from compact_cases.rules.seats import Post, Seat

TEXT = (files("compact_cases.compact") / "procedure" / "default-2026-3.toml").read_text(encoding="utf-8")
SHIPPED = read_procedure(tomllib.loads(TEXT), KNOWN)


def with_terms(name: str, **changes: object) -> Procedure:
    terms = {**SHIPPED.terms, name: replace(SHIPPED.terms[name], **changes)}  # type: ignore[arg-type]
    return replace(SHIPPED, terms=terms)


def without(name: str, effect: str) -> tuple[Step, ...]:
    return tuple(one for one in SHIPPED.terms[name].steps if one.effect != effect)


def test_the_shipped_one_has_no_fault_and_the_tables_know_its_names() -> None:
    assert faults(SHIPPED, SHIPPED.terms) == ()
    assert set(WAYS) == set(Stage)
    assert (set(OWNERS) | OWN_DATE | set(LEFT_BY) | set(WHAT)) <= KNOWN.obligations


@pytest.mark.parametrize("mediation", [True, False])
@pytest.mark.parametrize("panel", [True, False])
def test_without_mediation_or_panel_every_stage_is_reached_and_left(mediation: bool, panel: bool) -> None:
    assert faults(replace(SHIPPED, mediation=mediation, panel=panel), SHIPPED.terms) == ()


ESCALATES = Step(2, StepKind.ESCALATION, Seat.OFFICER)


@pytest.mark.parametrize(
    ("procedure", "fault"),
    [
        (
            with_terms("reply", steps=without("reply", "no-reply")),
            "In obligations.reply, the step 'no-reply' is missing: a case in which nobody does anything "
            "would stay in early resolution for ever.",
        ),
        (
            with_terms("decide", steps=without("decide", "silence")),
            "In obligations.decide, the step 'silence' is missing: a case in which nobody does anything "
            "would stay in raiser decides for ever.",
        ),
        (
            with_terms("release", steps=(*SHIPPED.terms["release"].steps, ESCALATES)),
            "In obligations.release, the step +2-escalation-officer escalates to who owes it. Name somebody "
            "else.",
        ),
        (
            with_terms("comment", steps=(*SHIPPED.terms["comment"].steps, replace(ESCALATES, to=Post.OWNER))),
            "In obligations.comment, the step +2-escalation-owner escalates to who owes it. Name somebody "
            "else.",
        ),
        (
            with_terms("reply", limit=0),
            "In obligations.reply, the limit is 0, so it would be due on the day on which it begins. Give at "
            "least 1.",
        ),
        (
            with_terms("reply", limit_volunteer_run=8),
            "In obligations.reply, volunteers have 8 working days and others 10. They are to have as long at "
            "least.",
        ),
        (
            with_terms("reply", limit=5),
            "In obligations.reply, the step -5-reminder-champion would never come: with a limit of 5 its day "
            "is not after the day on which it begins.",
        ),
        (
            with_terms("close", steps=()),
            "In obligations.close, there is no step, so nobody would hear that its date has passed.",
        ),
        (
            replace(SHIPPED, stages={**SHIPPED.stages, "panel": "Closing "}),
            "In stages, 'closing' is called 'Closing', as 'panel' is.",
        ),
    ],
)
def test_each_fault_is_a_sentence_with_its_place(procedure: Procedure, fault: str) -> None:
    assert fault in faults(procedure, SHIPPED.terms)


def test_what_changes_a_case_keeps_its_order_and_its_place() -> None:
    last, silence = (one for one in SHIPPED.terms["decide"].steps if one.effect)
    turned = (replace(silence, offset_days=3), replace(last, offset_days=9))
    (order,) = faults(with_terms("decide", steps=turned), SHIPPED.terms)
    assert "in another order than 'last-letter' and then 'silence'" in order
    stray = (*SHIPPED.terms["close"].steps, replace(silence, offset_days=9))
    assert "does not belong here" in faults(with_terms("close", steps=stray), SHIPPED.terms)[0]
    early = tuple(
        replace(one, offset_days=-1) if one.effect else one for one in SHIPPED.terms["confirm"].steps
    )
    assert "before the date" in faults(with_terms("confirm", steps=early), SHIPPED.terms)[0]


def test_terms_of_an_obligation_that_the_shipped_one_lacks_are_looked_at_as_well() -> None:
    added = replace(SHIPPED, terms={**SHIPPED.terms, "later": Terms(0, None, ())})
    assert len(faults(added, SHIPPED.terms)) == 2
