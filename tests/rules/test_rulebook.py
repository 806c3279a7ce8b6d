"""The shipped procedure says what the table of stages says, and a wrong one is refused with every error."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import compact_cases
from compact_cases.rules.acts import KNOWN, NOTICES
from compact_cases.rules.codes import UnknownClause
from compact_cases.rules.procedure import Procedure, ProcedureRefused, StepKind, read_procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.working_days import LONDON, Calendar

SHIPPED = Path(compact_cases.__file__).parent / "compact" / "procedure" / "default-2026-3.toml"
CALENDAR = Calendar("test-1", {date(2026, 4, 3): "Good Friday"}, date(2026, 1, 1), date(2026, 12, 31))


def table() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    return read_procedure(table(), KNOWN)


def test_the_shipped_procedure_says_what_it_is_not(procedure: Procedure) -> None:
    assert procedure.note == (
        "Default procedure. It is not the Gloucestershire Code of Practice on Mediation, which is not held."
    )


@pytest.mark.parametrize(
    ("obligation", "limit", "volunteer_run", "steps"),
    [
        (
            "acknowledge",
            5,
            5,
            [
                "-2-reminder-officer",
                "+0-reminder-officer",
                "+1-escalation-co-officer",
                "+1-nudge-raiser",
                "+3-escalation-chair",
            ],
        ),
        ("answer", 10, 10, ["-5-reminder-raiser", "-2-reminder-raiser", "+0-reminder-raiser"]),
        (
            "reply",
            10,
            20,
            [
                "-5-reminder-champion",
                "-2-reminder-champion",
                "+0-reminder-champion",
                "+1-nudge-champion",
                "+3-escalation-senior-lead",
                "+5-effect-no-reply",
            ],
        ),
        ("release", 2, 2, ["+0-reminder-officer", "+1-escalation-co-officer"]),
        (
            "decide",
            10,
            10,
            [
                "-5-reminder-raiser",
                "-2-reminder-raiser",
                "+0-reminder-raiser",
                "+10-effect-last-letter",
                "+15-effect-silence",
            ],
        ),
        (
            "next-step",
            5,
            5,
            ["-2-reminder-officer", "+0-reminder-officer", "+1-escalation-co-officer", "+3-escalation-chair"],
        ),
        ("close", 5, 5, ["-2-reminder-officer", "+0-reminder-officer", "+1-escalation-co-officer"]),
    ],
)
def test_the_shipped_limits_and_steps(
    procedure: Procedure, obligation: str, limit: int, volunteer_run: int, steps: list[str]
) -> None:
    rulebook = Rulebook(procedure, CALENDAR)
    assert rulebook.limit(obligation) == limit
    assert rulebook.limit(obligation, volunteer_run=True) == volunteer_run
    assert [step.key for step in rulebook.steps(obligation)] == steps


def test_the_champion_has_a_copy_of_the_escalation_to_its_senior_lead(procedure: Procedure) -> None:
    (escalation,) = [step for step in procedure.terms["reply"].steps if step.kind is StepKind.ESCALATION]
    assert (escalation.to, escalation.copy) == (Seat.SENIOR_LEAD, (Seat.CHAMPION,))


def test_the_raiser_is_told_of_a_delay_by_its_own_letter(procedure: Procedure) -> None:
    (delay,) = [step for step in procedure.terms["acknowledge"].steps if step.to is Seat.RAISER]
    assert delay.letter == "delay"


def test_due_dates_and_the_days_of_steps(procedure: Procedure) -> None:
    rulebook = Rulebook(procedure, CALENDAR)
    due = rulebook.due("reply", datetime(2026, 3, 27, 9, tzinfo=LONDON))
    assert due == date(2026, 4, 13)
    days = [rulebook.step_day(step, due) for step in rulebook.steps("reply")]
    assert days[:3] == [date(2026, 4, 6), date(2026, 4, 9), due]
    assert days[3:] == [date(2026, 4, 14), date(2026, 4, 16), date(2026, 4, 20)]


def test_what_is_not_in_the_rulebook_is_refused(procedure: Procedure) -> None:
    rulebook = Rulebook(procedure, CALENDAR)
    with pytest.raises(Refused, match="has no obligation 'sing'"):
        rulebook.limit("sing")
    with pytest.raises(UnknownClause, match=r"no undertaking community-groups/5\.3"):
        rulebook.clause("community-groups", "5.3")


def test_an_edition_that_says_nothing_of_an_obligation_takes_the_shipped_terms(procedure: Procedure) -> None:
    """It is older than the obligation, and cases that are pinned to it go on."""
    older = replace(procedure, terms={name: one for name, one in procedure.terms.items() if name != "close"})
    assert Rulebook(older, CALENDAR, shipped=procedure.terms).limit("close") == 5
    with pytest.raises(Refused, match="has no obligation 'close'"):
        Rulebook(older, CALENDAR).limit("close")


def test_every_error_is_named_at_once() -> None:
    wrong = table()
    wrong["mediation"] = 1
    wrong["colour"] = "teal"
    del wrong["stages"]["panel"]
    wrong["obligations"]["reply"]["limit"] = True
    wrong["obligations"]["reply"]["steps"][0]["day"] = 3
    wrong["obligations"]["reply"]["steps"][4]["copy"] = "champion"
    wrong["obligations"]["close"]["steps"].append({"day": 2, "kind": "effect", "to": "me"})
    wrong["obligations"]["release"]["steps"].append({"day": 0, "kind": "reminder", "to": "officer"})
    with pytest.raises(ProcedureRefused) as refused:
        read_procedure(wrong, KNOWN)
    found = "\n".join(refused.value.problems)
    for problem in (
        "In the procedure, 'mediation' must be true or false.",
        "In the procedure, 'colour' is not known.",
        "In stages, 'panel' must be a text.",
        "In obligations.reply, 'limit' must be a number of working days from 0 to 260.",
        "In obligations.reply, step 1, a reminder comes before the date or on it",
        "In obligations.reply, step 5, 'copy' must be a list of seats",
        "In obligations.close, step 4, 'to' must be one of raiser,",
        "In obligations.close, step 4, 'effect' must be a name",
        "In obligations.release, the step +0-reminder-officer is there twice.",
    ):
        assert problem in found
    assert len(refused.value.problems) == 9


@pytest.mark.parametrize("wrong", [{}, {"obligations": 3}, {"obligations": {"reply": 5}}, {"stages": []}])
def test_a_table_of_the_wrong_shape_is_refused_not_tripped_over(wrong: dict[str, object]) -> None:
    with pytest.raises(ProcedureRefused, match="This procedure cannot be used"):
        read_procedure(wrong, KNOWN)


def test_what_the_code_does_not_know_is_named_in_a_sentence() -> None:
    wrong = table()
    wrong["obligations"]["sing"] = {"limit": 5, "steps": []}
    del wrong["obligations"]["close"]
    wrong["obligations"]["reply"]["steps"][5]["effect"] = "sing-along"
    wrong["obligations"]["acknowledge"]["steps"][3]["letter"] = "love-letter"
    wrong["obligations"]["answer"]["steps"][0]["to"] = "system"
    wrong["obligations"]["reply"]["steps"][4]["copy"] = ["public"]
    with pytest.raises(ProcedureRefused) as refused:
        read_procedure(wrong, KNOWN)
    assert set(refused.value.problems) == {
        "In obligations.answer, the step -5-reminder-system: no letter of a case goes to 'system'.",
        "In obligations.reply, the step +3-escalation-senior-lead: no letter of a case goes to 'public'.",
        "In obligations.acknowledge, the step +1-nudge-raiser: the letter 'love-letter' is not known.",
        "In obligations.reply, the step +5-effect-sing-along: this effect is not known; known are "
        f"{', '.join(sorted(KNOWN.effects))}.",
        "In obligations, 'sing' is not known.",
        "In obligations, 'close' is missing.",
    }


def test_an_effect_stands_alone_on_its_day() -> None:
    """What it changes is no longer chased, and a step beside it would be told again each time it is tried."""
    wrong = table()
    wrong["obligations"]["reply"]["steps"].append({"day": 5, "kind": "escalation", "to": "chair"})
    with pytest.raises(ProcedureRefused, match=r"In obligations.reply, the effect 'no-reply' shares its day"):
        read_procedure(wrong, KNOWN)


def test_an_edition_that_was_taken_in_by_another_version_can_still_be_read() -> None:
    newer = table()
    newer["obligations"]["reply"]["steps"][5]["effect"] = "sing-along"
    assert read_procedure(newer, None).terms["reply"].steps[-1].effect == "sing-along"


def test_what_is_known_is_what_the_chapters_know() -> None:
    assert set(KNOWN.letters) == set(NOTICES)
    of_agreements = {"not-accepted", "agreement-stands", "not-disputed", "not-kept", "check-in-over"}
    of_stages = {
        "date-passed",
        "no-date-answer",
        "no-reply",
        "no-hold-answer",
        "last-letter",
        "silence",
        "no-meeting",
        "talk-over",
    }
    of_panels = {"panel-stands", "no-statement", "no-panel-answer"}
    of_mediation = {"no-consent", "name-seen", "no-mediator", "mediation-over", "no-go-on"}
    of_the_board = {"no-pause", "nobody-speaks"}
    others = (
        of_panels
        | of_mediation
        | of_the_board
        | {
            "no-more-time",
            "no-comment",
            "no-timetable",
            "long-time",
        }
    )
    assert set(KNOWN.effects) == of_stages | of_agreements | others
    assert set(KNOWN.obligations) == set(table()["obligations"])
