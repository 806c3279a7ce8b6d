"""Who is told what a panel has found, who answers by when, and what follows from each answer."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.constituting import (
    DeclareForPanel,
)
from compact_cases.rules.events.agreement import ActionTakenOn
from compact_cases.rules.events.panel import (
    FindingsSent,
    NoPanelAnswerRecorded,
    PanelOver,
    PanelTextReleased,
    RecommendationAnswered,
    RecommendationDiscussed,
)
from compact_cases.rules.findings import (
    AnswerRecommendation,
    MarkDiscussed,
    Recommend,
    RecordNoPanelAnswer,
    SendFindings,
)
from compact_cases.rules.heard import Finding, Recommendation
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.panel import (
    ReleaseForPanel,
    SendStatement,
)
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term
from tests.builders import SILENT, given, local, said
from tests.rules.test_panel import (
    BEN,
    CAT,
    DECIDED,
    FINDINGS,
    FOUND,
    HEARD,
    SENT,
    TO_THE_BOARD,
    TO_THE_COUNCIL,
    WHO,
)
from tests.rules.test_review import hidden, then
from tests.rules.test_told_panel import (
    BOTH,
    SWEEP,
    TO_THE_RAISER,
    fact,
    who_owes,
)


def sealed_of(text: Any) -> Sealed:
    found: Sealed = text.sealed()
    return found


def recommending(*made: Recommend) -> SendFindings:
    return replace(FINDINGS, recommendations=made)


def test_the_findings_go_to_all_with_the_date_of_those_who_are_asked() -> None:
    command = replace(FINDINGS, recommendations=(TO_THE_COUNCIL, TO_THE_RAISER, TO_THE_BOARD))
    outcome = given(HEARD).when(command, at="2026-05-15 10:00", **WHO)
    term = Term(date(2026, 5, 15), 15, date(2026, 6, 8))
    made = tuple(
        Recommendation(one.to, one.what.sealed(), one.known_by.sealed(), one.link, term)
        for one in command.recommendations
    )
    finding = Finding(1, "partly-met", "1", FOUND.reasons.sealed(), None, (), None)
    case = outcome.then(FindingsSent((finding,), made, "respondent/chief-officer"))
    asked = fact("respond", "2026-06-08", asked=1)
    outcome.then_told(
        *(
            Notice("findings", seat, facts, Rest.ALWAYS)
            for seat, facts in (
                (Seat.RAISER, asked),
                (Seat.CHAMPION, asked),
                (Seat.CHIEF_OFFICER, asked),
                (Seat.OFFICER, {"asked": 0}),
                (Seat.CHAIR, asked),
            )
        )
    )
    owners = {one.item: (one.owner, one.to) for one in case.open_obligations if one.name == "respond"}
    assert owners == {
        "1": (Seat.CHIEF_OFFICER, Seat.RAISER),
        "2": (Seat.RAISER, Seat.CHAMPION),
        "3": (Seat.CHAIR, Seat.RAISER),
    }
    assert case.panel.sent_at == local("2026-05-15 10:00")
    second = case.panel.recommendation("2")
    assert second
    assert (second.number, second.recommendation) == (2, made[1])
    assert case.panel.recommendation("4") is None
    longer = given(HEARD).when(command, at="2026-05-15 10:00", longer={Side.RAISER: 5}, **WHO).told()
    assert [one.facts.get("due") for one in longer[:2]] == ["2026-06-15", "2026-06-08"]


def test_all_that_is_said_of_a_finding_is_kept() -> None:
    full = replace(
        FOUND,
        evidence=said("The minutes."),
        beside=("unintentional", "new-signatory"),
        differing=said("One of us saw it otherwise."),
    )
    (sent, over) = given(HEARD).when(SendFindings((full,)), at="2026-05-15 10:00", **WHO).events()
    assert isinstance(sent, FindingsSent)
    kept = (sealed_of(full.evidence), full.beside, sealed_of(full.differing))
    assert sent.findings == (Finding(1, "partly-met", "1", full.reasons.sealed(), *kept),)
    assert over == PanelOver(Term(date(2026, 5, 15), 5, date(2026, 5, 22)))


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (replace(FINDINGS, findings=(replace(FOUND, link=None),)), "findings.0.link"),
        (replace(FINDINGS, findings=(FOUND, replace(FOUND, link=9))), "findings.1.link"),
        (replace(FINDINGS, findings=(replace(FOUND, beside=("sorry",)),)), "findings.0.beside"),
        (recommending(TO_THE_BOARD, replace(TO_THE_BOARD, what=said(""))), "recommendations.1.what"),
        (recommending(replace(TO_THE_BOARD, known_by=said(""))), "recommendations.0.known_by"),
        (recommending(replace(TO_THE_BOARD, link=9)), "recommendations.0.link"),
    ],
)
def test_what_is_missing_in_findings_is_said_at_its_field(command: SendFindings, field: str) -> None:
    assert given(HEARD).when(command, at="2026-05-15 10:00", **WHO).then_refused(".").field == field


def test_words_of_a_hidden_raiser_are_looked_for_in_every_text() -> None:
    words = said("Elmfield")
    for command, field in (
        (replace(FINDINGS, findings=(replace(FOUND, evidence=words),)), "findings.0.evidence"),
        (replace(FINDINGS, findings=(replace(FOUND, differing=words),)), "findings.0.differing"),
        (recommending(replace(TO_THE_BOARD, known_by=words)), "recommendations.0.known_by"),
    ):
        known = {**WHO, "raisers_words": frozenset({"elmfield"})}
        tried = given(hidden(HEARD)).when(command, at="2026-05-15 10:00", **known)
        assert tried.then_refused("who raised it").field == field
        given(HEARD).when(command, at="2026-05-15 10:00", **known).then_case()


def test_findings_are_sent_once_and_by_two_of_both_sectors_at_least() -> None:
    given(SENT).when(FINDINGS, at="2026-05-06 10:00", **WHO).then_refused("has not been heard yet")
    given(DECIDED).when(FINDINGS, at="2026-05-18 10:00", **WHO).then_refused("its findings are sent")
    lost = then(HEARD, DeclareForPanel(conflict=True, member=CAT), "2026-05-08 10:00")
    alone = then(lost, DeclareForPanel(conflict=True, member=BEN), "2026-05-08 11:00")
    both = replace(FINDINGS, both_agree=True)
    given(alone).when(both, at="2026-05-12 10:00", **WHO).then_refused("heard again")
    asked = given(lost).when(FINDINGS, at="2026-05-12 10:00", **WHO)
    assert asked.then_refused("both sides agree").field == "both_agree"


def test_what_a_side_accepts_is_an_action_and_its_words_are_read_first() -> None:
    command = AnswerRecommendation("1", "in-part", date(2026, 9, 1), of_respondent=said("Four weeks."))
    outcome = given(DECIDED).when(command, at="2026-05-18 10:00", seat=Seat.CHIEF_OFFICER)
    release = Term(date(2026, 5, 18), 2, date(2026, 5, 20))
    term = AgreedTerm(
        "respondent", TO_THE_COUNCIL.what.sealed(), date(2026, 9, 1), TO_THE_COUNCIL.known_by.sealed(), None
    )
    case = outcome.then(
        RecommendationAnswered("1", "respondent", "in-part", sealed_of(command.of_respondent), release),
        ActionTakenOn(term, Term(date(2026, 5, 18), 74, date(2026, 9, 1))),
    )
    facts = fact("answer-release", "2026-05-20", item="panel-1", side="respondent", what="panel")
    assert Notice("text-received", Seat.OFFICER, facts, Rest.OWED) in outcome.told()
    (first, _) = case.panel.recommended
    assert (first.answer, first.answered_at) == ("in-part", local("2026-05-18 10:00"))
    answered = then(DECIDED, command, "2026-05-18 10:00")
    assert who_owes(answered, "answer-release", "panel-1") == (Seat.OFFICER, Seat.RAISER)
    released = given(answered).when(ReleaseForPanel(looked=True), at="2026-05-19 12:00")
    released.then(PanelTextReleased("answer", "respondent", "1", None))
    seats = (Seat.RAISER, Seat.OFFICER)
    released.then_told(*(Notice("panel-answer", one, {"side": "respondent"}, Rest.ALWAYS) for one in seats))


def test_a_plain_yes_and_a_word_of_the_board_are_told_at_once() -> None:
    yes = AnswerRecommendation("1", "accepted", date(2026, 9, 1))
    plain = given(DECIDED).when(yes, at="2026-05-18 10:00")
    assert plain.events()[0] == RecommendationAnswered("1", "respondent", "accepted", None, None)
    told = [(one.name, one.to) for one in plain.told() if one.name == "panel-answer"]
    assert told == [("panel-answer", Seat.RAISER), ("panel-answer", Seat.OFFICER)]
    board = AnswerRecommendation("2", "in-part", of_board=said("In autumn."))
    outcome = given(DECIDED).when(board, at="2026-05-18 10:00")
    case = outcome.then(RecommendationAnswered("2", "board", "in-part", sealed_of(board.of_board), None))
    seats = (*BOTH, Seat.OFFICER)
    outcome.then_told(*(Notice("panel-answer", one, {"side": "board"}, Rest.ALWAYS) for one in seats))
    (text,) = case.panel.texts[-1:]
    kept = (text.what, text.side, text.item, text.released_at)
    assert kept == ("answer", "board", "2", local("2026-05-18 10:00"))


@pytest.mark.parametrize(
    ("command", "by", "field"),
    [
        (AnswerRecommendation("9", "accepted"), Seat.OFFICER, "item"),
        (AnswerRecommendation("2", "accepted"), Seat.CHIEF_OFFICER, "item"),
        (AnswerRecommendation("1", "yes"), Seat.OFFICER, "answer"),
        (AnswerRecommendation("1", "rejected"), Seat.OFFICER, "words"),
        (AnswerRecommendation("1", "rejected", of_respondent=said(" ")), Seat.OFFICER, "words"),
        (AnswerRecommendation("1", "rejected", of_raiser=said()), Seat.OFFICER, "words"),
        (AnswerRecommendation("1", "accepted"), Seat.OFFICER, "by"),
        (AnswerRecommendation("1", "accepted", date(2026, 5, 18)), Seat.OFFICER, "by"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_field(
    command: AnswerRecommendation, by: Seat, field: str
) -> None:
    assert given(DECIDED).when(command, at="2026-05-18 10:00", seat=by).then_refused(".").field == field


def test_who_can_answer_what_and_what_the_board_has_to_speak_of() -> None:
    yes = AnswerRecommendation("1", "accepted", date(2026, 9, 1))
    outcome = given(DECIDED).when(yes, at="2026-05-18 10:00")
    choices = act_of(outcome.command).choices
    for seat, items in ((Seat.OFFICER, ("1", "2")), (Seat.CHAMPION, ("1",)), (Seat.RAISER, ())):
        assert choices(outcome.case, replace(outcome.now, seat=seat)) == {"item": items}
    assert choices(given(HEARD).case, outcome.now) == {"item": ()}
    silent = then(DECIDED, RecordNoPanelAnswer(date(2026, 6, 15), "1"), "2026-06-15 08:05", **SWEEP)
    discussed = given(silent).when(MarkDiscussed("1"), at="2026-06-16 10:00")
    assert act_of(discussed.command).choices(discussed.case, discussed.now) == {"item": ("1",)}
    discussed.then(RecommendationDiscussed("1"))
    other = given(silent).when(MarkDiscussed("2"), at="2026-06-16 10:00")
    assert other.then_refused("which of").field == "item"


def test_no_answer_is_told_to_both_sides_and_the_last_one_leads_to_closing() -> None:
    first = given(DECIDED).when(RecordNoPanelAnswer(date(2026, 6, 15), "1"), at="2026-06-15 08:05", **SWEEP)
    case = first.then(NoPanelAnswerRecorded("1", date(2026, 6, 15)))
    assert case.panel.recommended[0].silent_on == date(2026, 6, 15)
    seats = (*BOTH, Seat.OFFICER)
    first.then_told(*(Notice("no-panel-answer", seat, {}, Rest.ALWAYS) for seat in seats))
    silent = then(DECIDED, RecordNoPanelAnswer(date(2026, 6, 15), "1"), "2026-06-15 08:05", **SWEEP)
    last = given(silent).when(RecordNoPanelAnswer(date(2026, 6, 15), "2"), at="2026-06-15 08:06", **SWEEP)
    close = Term(date(2026, 6, 15), 5, date(2026, 6, 22))
    case = last.then(NoPanelAnswerRecorded("2", date(2026, 6, 15)), PanelOver(close))
    assert [(one.name, one.owner, one.to) for one in case.open_obligations] == [
        ("close", Seat.OFFICER, Seat.RAISER)
    ]
    assert case.panel.over


def test_a_late_answer_opens_nothing_anew() -> None:
    silent = DECIDED
    for item in ("1", "2"):
        silent = then(silent, RecordNoPanelAnswer(date(2026, 6, 15), item), "2026-06-15 08:05", **SWEEP)
    late = AnswerRecommendation("2", "rejected", of_board=said("No."))
    given(silent).when(late, at="2026-06-17 10:00").then(
        RecommendationAnswered("2", "board", "rejected", sealed_of(late.of_board), None)
    )


def test_what_is_said_for_a_side_is_of_that_side() -> None:
    side = act_of(SendStatement("raiser")).side
    assert side
    assert side(SendStatement("raiser"), given(SILENT).case) == "raiser"
