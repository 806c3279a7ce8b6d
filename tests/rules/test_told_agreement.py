"""Who is told what of an agreement, with which facts; what each may choose; what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.agreement import (
    AnswerAgreement,
    LetAgreementStand,
    RecordNoAnswer,
    WaiveReflection,
    WriteAgreement,
    WrittenTerm,
)
from compact_cases.rules.events.agreement import AgreementAnswered, AgreementMade, AgreementWritten
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED,
    CLOSED,
    CLOSED_WITH_ACTIONS,
    REFLECT,
    RELEASED,
    History,
    agreed,
    confidential,
    given,
    now,
    on,
    said,
)

SIX_WEEKS = WrittenTerm("respondent", said("Six weeks."), date(2026, 5, 6), said("It is on the site."), 1)
WRITE = WriteAgreement((SIX_WEEKS,), settles=True)
LYING, ONE_ACCEPTED, REFLECTING = AGREED[:-3], AGREED[:-2], AGREED[:-1]
STANDS = LetAgreementStand(date(2026, 3, 26), "raiser")


def to_answer(side: str, due: str, version: int) -> dict[str, Any]:
    return {"obligation": "agree", "due": due, "item": side, "version": version}


# --- who is told ------------------------------------------------------------------------------------------


def test_each_side_reads_a_version_with_its_own_date_as_long_as_it_owes_the_answer() -> None:
    given(LYING).when(WRITE, at="2026-03-19 10:00").then_told(
        Notice("agreement", Seat.RAISER, to_answer("raiser", "2026-03-26", 2), Rest.OWED),
        Notice("agreement", Seat.CHAMPION, to_answer("respondent", "2026-03-26", 2), Rest.OWED),
    )


def test_a_first_yes_is_told_to_the_officer_alone() -> None:
    given(LYING).when(AnswerAgreement("raiser", "yes"), at="2026-03-17 12:00").then_told(
        Notice("agreement-answered", Seat.OFFICER, {"side": "raiser", "answer": "yes"})
    )


def test_the_second_yes_tells_both_sides_whoever_gave_it_until_when_they_may_step_back() -> None:
    days = {"obligation": "reflect", "due": "2026-03-25"}
    given(ONE_ACCEPTED).when(AnswerAgreement("respondent", "yes"), at="2026-03-18 12:00").then_told(
        Notice("agreement-reflect", Seat.RAISER, days | {"item": "raiser"}, Rest.OWED, confirms=True),
        Notice("agreement-reflect", Seat.CHAMPION, days | {"item": "respondent"}, Rest.OWED, confirms=True),
        Notice("agreement-answered", Seat.OFFICER, {"side": "respondent", "answer": "yes"}),
    )


@pytest.mark.parametrize(("side", "other"), [("raiser", Seat.CHAMPION), ("respondent", Seat.RAISER)])
def test_a_no_is_told_to_the_officer_and_the_other_side(side: str, other: Seat) -> None:
    facts = {"side": side, "answer": "not"}
    given(REFLECTING).when(AnswerAgreement(side, "not"), at="2026-03-19 12:00").then_told(
        Notice("agreement-answered", Seat.OFFICER, facts),
        Notice("agreement-not-accepted", other, facts),
    )


@pytest.mark.parametrize(("side", "other"), [("raiser", Seat.CHAMPION), ("respondent", Seat.RAISER)])
def test_silence_is_told_to_the_officer_and_the_other_side_as_silence(side: str, other: Seat) -> None:
    facts = {"side": side, "answer": "silent"}
    given(LYING).when(RecordNoAnswer(date(2026, 3, 24), side), at="2026-03-24 08:00").then_told(
        Notice("agreement-answered", Seat.OFFICER, facts),
        Notice("agreement-not-accepted", other, facts),
    )


def test_that_it_stands_is_told_to_both_sides_and_the_officer_with_the_date_for_closing() -> None:
    facts = {"actions": 2, "settles": True, "obligation": "close", "due": "2026-04-02"}
    given(REFLECTING).when(STANDS, at="2026-03-26 08:00").then_told(
        *(
            Notice("agreement-made", seat, facts, Rest.ALWAYS, confirms=True)
            for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
        )
    )


def test_what_leaves_something_open_names_no_date_for_closing() -> None:
    in_part = agreed(settles=False)[:-1]
    given(in_part).when(STANDS, at="2026-03-26 08:00").then_told(
        *(
            Notice("agreement-made", seat, {"actions": 2, "settles": False}, Rest.ALWAYS, confirms=True)
            for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
        )
    )


def test_one_sides_waiver_is_told_to_nobody_and_that_of_both_makes_it_stand() -> None:
    ours, theirs = WaiveReflection("raiser", sure=True), WaiveReflection("respondent", sure=True)
    given(REFLECTING).when(ours, at="2026-03-19 10:00").then_told()
    waived = REFLECTING + on(
        "2026-03-19 10:00", *given(REFLECTING).when(ours, at="2026-03-19 10:00").events()
    )
    facts = {"actions": 2, "settles": True, "obligation": "close", "due": "2026-03-27"}
    given(waived).when(theirs, at="2026-03-20 10:00").then_told(
        *(
            Notice("agreement-made", seat, facts, Rest.ALWAYS, confirms=True)
            for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
        )
    )


# --- what may be chosen -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "seat", "side", "answer"),
    [
        (LYING, Seat.RAISER, ("raiser",), ("yes", "not")),
        (LYING, Seat.SENIOR_LEAD, ("respondent",), ("yes", "not")),
        (LYING, Seat.OFFICER, ("raiser", "respondent"), ("yes", "not")),
        (ONE_ACCEPTED, Seat.RAISER, ("raiser",), ("not",)),
        (ONE_ACCEPTED, Seat.OFFICER, ("raiser", "respondent"), ("yes", "not")),
        (REFLECTING, Seat.OFFICER, ("raiser", "respondent"), ("not",)),
        (RELEASED, Seat.OFFICER, (), ()),
        (AGREED, Seat.RAISER, (), ()),
        ([*LYING, CLOSED[-1]], Seat.RAISER, (), ()),
    ],
)
def test_an_answer_is_for_the_own_side_and_another_one_than_was_given(
    history: History, seat: Seat, side: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    act = act_of(AnswerAgreement("raiser", "yes"))
    found = act.choices(given(history).case, now("2026-03-18 10:00", seat=seat))
    assert found == {"side": side, "answer": answer}


@pytest.mark.parametrize(
    ("history", "seat", "side"),
    [
        (REFLECTING, Seat.RAISER, ("raiser",)),
        (REFLECTING, Seat.CHAMPION, ("respondent",)),
        (REFLECTING, Seat.OFFICER, ("raiser", "respondent")),
        (LYING, Seat.OFFICER, ()),
    ],
)
def test_who_has_days_to_reflect_may_waive_their_own(
    history: History, seat: Seat, side: tuple[str, ...]
) -> None:
    act = act_of(WaiveReflection("raiser", sure=True))
    assert act.choices(given(history).case, now("2026-03-19 10:00", seat=seat)) == {"side": side}


# --- what is kept -----------------------------------------------------------------------------------------


def test_a_version_keeps_what_is_done_how_it_is_known_and_for_which_undertaking() -> None:
    asked = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
    term = AgreedTerm("respondent", SIX_WEEKS.what.sealed(), SIX_WEEKS.by, SIX_WEEKS.known_by.sealed(), 1)
    given(RELEASED).when(WRITE, at="2026-03-16 12:00").then(AgreementWritten(1, (term,), True, asked, asked))


def test_what_a_side_says_to_it_is_kept_with_its_answer() -> None:
    command = AnswerAgreement("raiser", "not", said("Eight weeks, please."))
    assert command.words is not None
    given(LYING).when(command, at="2026-03-17 12:00").then(
        AgreementAnswered(1, "raiser", "not", command.words.sealed(), None)
    )


# --- edges ------------------------------------------------------------------------------------------------


def written_by(day: date) -> WriteAgreement:
    return WriteAgreement((replace(SIX_WEEKS, by=day),), settles=True)


def test_an_action_may_be_due_on_the_next_day_and_on_the_last_of_our_calendar() -> None:
    for day in (date(2026, 3, 17), date(2027, 12, 31)):
        given(RELEASED).when(written_by(day), at="2026-03-16 12:00").then_case()
    today = given(RELEASED).when(written_by(date(2026, 3, 16)), at="2026-03-16 12:00")
    today.then_refused("Please choose a day after today.")


def test_today_ends_at_midnight_in_london_also_in_summer() -> None:
    at_night = given(RELEASED).when(written_by(date(2026, 4, 2)), at="2026-04-02 00:30")  # 23:30 in UTC
    at_night.then_refused("Please choose a day after today.")


def test_a_day_that_does_not_work_names_the_working_day_before_it() -> None:
    refused = given(RELEASED).when(written_by(date(2026, 4, 6)), at="2026-03-16 12:00")
    refused.then_refused(
        "6 April 2026 is not a working day (Easter Monday). The working day before it is Thursday 2 April."
    )


@pytest.mark.parametrize(
    ("by", "term"),
    [
        (date(2026, 3, 25), Term(date(2026, 3, 26), 5, date(2026, 4, 2))),
        (date(2026, 3, 26), Term(date(2026, 3, 26), 5, date(2026, 4, 2))),
        (date(2026, 3, 27), Term(date(2026, 3, 26), 1, date(2026, 3, 27))),
    ],
)
def test_an_action_due_up_to_the_day_on_which_it_stands_has_five_days(by: date, term: Term) -> None:
    (written, at), *answered = REFLECTING[len(RELEASED) :]
    assert isinstance(written, AgreementWritten)
    early = replace(written, terms=(replace(written.terms[0], by=by),))
    history = [*RELEASED, (early, at), *answered]
    (made,) = given(history).when(STANDS, at="2026-03-26 08:00").events()
    assert isinstance(made, AgreementMade)
    assert made.actions == (term,)


def test_what_tells_a_hidden_raiser_says_to_whom() -> None:
    command = WriteAgreement((replace(SIX_WEEKS, what=said("Elmfield gets six weeks.")),), settles=True)
    known: dict[str, Any] = {"raisers_words": frozenset({"elmfield"})}
    refused = given(confidential(RELEASED)).when(command, at="2026-03-16 12:00", **known)
    told = refused.then_refused("These words could tell the respondent who raised it: Elmfield.")
    assert told.field == "terms.0.what"


def test_nothing_is_left_to_reflect_on_once_it_stands() -> None:
    waive = WaiveReflection("raiser", sure=True)
    given(CLOSED_WITH_ACTIONS).when(waive, at="2026-04-01 10:00").then_refused("Nobody has days to reflect")
    assert REFLECT.due < STANDS.day
