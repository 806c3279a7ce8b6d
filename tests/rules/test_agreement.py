"""An agreement: who does what by when, answered by both sides, reflected on, and then it stands."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.agreement import (
    AnswerAgreement,
    LetAgreementStand,
    RecordNoAnswer,
    WaiveReflection,
    WriteAgreement,
    WrittenTerm,
    outcome,
)
from compact_cases.rules.closing import Close, outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide, ReleaseReply
from compact_cases.rules.events.agreement import (
    AgreementAnswered,
    AgreementMade,
    AgreementUnanswered,
    AgreementWritten,
    ReflectionWaived,
)
from compact_cases.rules.events.enquiry import ReplySent
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED,
    AGREED_IN_PART,
    CLOSED,
    CLOSED_WITH_ACTIONS,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    REFLECT,
    RELEASED,
    REPLIED,
    Outcome,
    confidential,
    given,
    now,
    on,
    said,
)

SIX_WEEKS = WrittenTerm(
    "respondent", said("Ask again, for six weeks."), date(2026, 5, 6), said("It says so on the site."), 1
)
WRITE = WriteAgreement((SIX_WEEKS,), settles=True)
ASKED = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
LYING = AGREED[:-3]  # written, and nobody has answered yet
ONE_ACCEPTED, REFLECTING = AGREED[:-2], AGREED[:-1]
WAIVE = WaiveReflection("raiser", sure=True)


def writing(history: Any = RELEASED, command: WriteAgreement = WRITE, **known: Any) -> Outcome:
    return given(history).when(command, at="2026-03-16 12:00", **known)


def with_term(**changes: Any) -> WriteAgreement:
    return WriteAgreement((replace(SIX_WEEKS, **changes),), settles=True)


# --- a version --------------------------------------------------------------------------------------------


def test_an_officer_writes_a_version_and_each_side_has_five_days_to_answer() -> None:
    after = writing().then_case()
    version = after.agreement.lying
    assert version is not None
    assert (version.number, version.settles, version.terms[0].by) == (1, True, date(2026, 5, 6))
    for side, seat in (("raiser", Seat.RAISER), ("respondent", Seat.CHAMPION)):
        owed = after.owed("agree", side)
        assert owed is not None
        assert (owed.owner, owed.due) == (seat, date(2026, 3, 23))
    assert after.owed("decide")  # the course of the case goes on as it was


def test_groups_and_volunteers_have_ten_days_on_either_side() -> None:
    after = writing(small_sides=frozenset({Side.RAISER})).then_case()
    dues = [owed.due for side in ("raiser", "respondent") if (owed := after.owed("agree", side))]
    assert dues == [date(2026, 3, 30), date(2026, 3, 23)]


def test_a_new_version_makes_the_answers_to_the_older_one_void() -> None:
    after = given(REFLECTING).when(WRITE, at="2026-03-19 10:00").then_case()
    lying = after.agreement.lying
    assert lying is not None
    assert (lying.number, lying.answers) == (2, ())
    assert after.owed("reflect", "raiser") is None
    due = after.owed("agree", "raiser")
    assert due is not None
    assert (due.cycle, due.due) == (2, date(2026, 3, 26))


def test_both_sides_get_a_letter_about_a_version() -> None:
    (event,) = writing().events()
    found = notices_after(event, writing().then_case())
    assert [(one.name, one.to) for one in found] == [
        ("agreement", Seat.RAISER),
        ("agreement", Seat.CHAMPION),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"side": "both"}, "terms.0.side", "who does it"),
        ({"what": said("  ")}, "terms.0.what", "what is to be done"),
        ({"known_by": said("")}, "terms.0.known_by", "how both sides will know"),
        ({"by": date(2026, 3, 16)}, "terms.0.by", "a day after today"),
        ({"by": date(2026, 4, 3)}, "terms.0.by", "Good Friday"),
        ({"by": date(2026, 5, 9)}, "terms.0.by", "Saturday"),
        ({"by": date(2040, 1, 2)}, "terms.0.by", "calendar ends in 2027"),
        ({"link": 7}, "terms.0.link", "undertaking"),
    ],
)
def test_a_term_that_will_not_do_is_refused_at_its_field(changes: Any, field: str, words: str) -> None:
    assert writing(command=with_term(**changes)).then_refused(words).field == field


def test_an_agreement_without_a_term_is_none() -> None:
    assert writing(command=WriteAgreement((), True)).then_refused("at least one").field == "terms.0.what"


def test_words_that_tell_a_hidden_raiser_are_refused_until_somebody_looked() -> None:
    hidden = confidential(RELEASED)
    command = with_term(known_by=said("The letter comes to Elmfield."))
    telling = {"raisers_words": frozenset({"elmfield"})}
    refused = writing(hidden, command, **telling).then_refused("Elmfield")
    assert refused.field == "terms.0.known_by"
    writing(hidden, replace(command, words_may_stay=True), **telling).then_case()
    writing(RELEASED, command, **telling).then_case()  # who is open is named


@pytest.mark.parametrize(
    ("history", "words"),
    [(RECEIVED, "has had notice"), (CLOSED, "closed"), (AGREED, "settles everything")],
)
def test_a_version_is_written_from_the_notice_until_closing(history: Any, words: str) -> None:
    given(history).when(WRITE, at="2026-04-01 10:00").then_refused(words)


def test_after_an_agreement_in_part_another_one_can_be_written() -> None:
    after = given(AGREED_IN_PART).when(WRITE, at="2026-04-01 10:00").then_case()
    assert len(after.agreement.actions) == 2


# --- answers ----------------------------------------------------------------------------------------------


def test_when_both_have_accepted_there_are_five_days_to_reflect() -> None:
    command = AnswerAgreement("respondent", "yes")
    after = (
        given(ONE_ACCEPTED)
        .when(command, at="2026-03-18 12:00", seat=Seat.CHAMPION)
        .then(AgreementAnswered(1, "respondent", "yes", None, REFLECT))
    )
    assert [one.item for one in after.open_obligations if one.name == "reflect"] == ["raiser", "respondent"]
    event = AgreementAnswered(1, "respondent", "yes", None, REFLECT)
    told = [(one.name, one.to) for one in notices_after(event, after)]
    assert ("agreement-reflect", Seat.RAISER) in told
    assert ("agreement-reflect", Seat.CHAMPION) in told


def test_not_like_this_is_told_to_the_officer_and_the_other_side() -> None:
    command = AnswerAgreement("raiser", "not", said("Eight weeks, please."))
    outcome = given(LYING).when(command, at="2026-03-17 12:00", seat=Seat.RAISER)
    after = outcome.then_case()
    (event,) = outcome.events()
    assert after.owed("agree", "raiser") is None
    assert after.owed("agree", "respondent")
    assert [(one.name, one.to) for one in notices_after(event, after)] == [
        ("agreement-answered", Seat.OFFICER),
        ("agreement-not-accepted", Seat.CHAMPION),
    ]


def test_silence_is_not_acceptance_and_a_later_answer_is_taken() -> None:
    silent = LYING + on("2026-03-24 08:00", AgreementUnanswered(1, "raiser", date(2026, 3, 24)))
    case = given(silent).case
    assert case.owed("agree", "raiser") is None
    assert case.agreement.lying
    assert case.agreement.lying.answer_of("raiser") == "silent"
    command = AnswerAgreement("raiser", "yes")
    given(silent).when(command, at="2026-03-25 12:00", seat=Seat.RAISER).then_case()


def test_silence_is_recorded_once_a_side_and_not_after_an_answer() -> None:
    command = RecordNoAnswer(date(2026, 3, 24), "raiser")
    given(LYING).when(command, at="2026-03-24 08:00").then(
        AgreementUnanswered(1, "raiser", date(2026, 3, 24))
    )
    for history in (ONE_ACCEPTED, CLOSED):
        given(history).when(command, at="2026-03-24 08:00").then_refused("No answer to an agreement")


def test_a_side_speaks_for_itself_alone_and_an_officer_for_either() -> None:
    theirs = AnswerAgreement("respondent", "yes")
    refused = given(LYING).when(theirs, at="2026-03-17 12:00", seat=Seat.RAISER).then_refused("for itself")
    assert refused.field == "side"
    given(LYING).when(theirs, at="2026-03-17 12:00", seat=Seat.OFFICER).then_case()
    given(LYING).when(theirs, at="2026-03-17 12:00", seat=Seat.SENIOR_LEAD).then_case()


def test_an_answer_is_one_of_two_and_not_the_one_that_is_recorded() -> None:
    odd, same = AnswerAgreement("raiser", "perhaps"), AnswerAgreement("raiser", "yes")
    assert given(LYING).when(odd, at="2026-03-17 12:00").then_refused("accepted").field == "answer"
    assert given(ONE_ACCEPTED).when(same, at="2026-03-17 12:00").then_refused("already").field == "answer"


@pytest.mark.parametrize("history", [RELEASED, AGREED, CLOSED, CLOSED_WITH_ACTIONS])
def test_there_is_nothing_to_answer_where_no_version_lies(history: Any) -> None:
    command = AnswerAgreement("raiser", "yes")
    given(history).when(command, at="2026-04-01 12:00").then_refused("no agreement to answer")


# --- days to reflect --------------------------------------------------------------------------------------


def test_within_the_days_to_reflect_either_side_may_step_back() -> None:
    command = AnswerAgreement("respondent", "not", said("We cannot by May."))
    after = given(REFLECTING).when(command, at="2026-03-25 22:40", seat=Seat.CHAMPION).then_case()
    assert after.owed("reflect", "raiser") is None
    assert after.owed("reflect", "respondent") is None
    again = AnswerAgreement("respondent", "yes")
    both = Outcome(after, again, now("2026-03-26 10:00", seat=Seat.CHAMPION)).then_case()
    reflect = both.owed("reflect", "raiser")
    assert reflect is not None
    assert (reflect.cycle, reflect.due) == (2, date(2026, 4, 2))


def test_it_stands_when_the_days_are_over_and_the_second_side_finds_it_done() -> None:
    command = LetAgreementStand(date(2026, 3, 26), "raiser")
    after = given(REFLECTING).when(command, at="2026-03-26 08:00").then(AGREED[-1][0])
    assert after.agreement.lying is None
    assert [one.state for one in after.agreement.actions] == ["to-do", "to-do"]
    other = LetAgreementStand(date(2026, 3, 26), "respondent")
    assert Outcome(after, other, now("2026-03-26 08:00")).events() == []
    for history in (LYING, RELEASED):
        given(history).when(command, at="2026-03-26 08:00").then_refused("Nobody has days")


def test_each_side_may_waive_its_days_and_then_it_stands_at_once() -> None:
    one = given(REFLECTING).when(WAIVE, at="2026-03-19 10:00", seat=Seat.RAISER)
    after = one.then(ReflectionWaived(1, "raiser"))
    assert after.owed("reflect", "respondent")
    theirs = WaiveReflection("respondent", sure=True)
    both = Outcome(after, theirs, now("2026-03-20 10:00", seat=Seat.CHAMPION))
    waived, made = both.events()
    assert waived == ReflectionWaived(1, "respondent")
    assert isinstance(made, AgreementMade)
    assert both.then_case().open_obligations


def test_who_waived_may_step_back_as_long_as_it_does_not_stand() -> None:
    waived = REFLECTING + on("2026-03-19 10:00", ReflectionWaived(1, "raiser"))
    command = AnswerAgreement("raiser", "not")
    after = given(waived).when(command, at="2026-03-20 10:00", seat=Seat.RAISER).then_case()
    assert after.owed("reflect", "respondent") is None


def test_waiving_needs_days_to_reflect_the_own_side_and_a_yes() -> None:
    given(LYING).when(WAIVE, at="2026-03-19 10:00").then_refused("Nobody has days to reflect")
    theirs = given(REFLECTING).when(WAIVE, at="2026-03-19 10:00", seat=Seat.CHAMPION)
    assert theirs.then_refused("for itself").field == "side"
    unsure = given(REFLECTING).when(WaiveReflection("raiser", sure=False), at="2026-03-19 10:00")
    assert unsure.then_refused("confirm").field == "sure"
    waived = REFLECTING + on("2026-03-19 10:00", ReflectionWaived(1, "raiser"))
    given(waived).when(WAIVE, at="2026-03-19 11:00", seat=Seat.RAISER).then_refused("waived already")


# --- it stands --------------------------------------------------------------------------------------------


def test_what_settles_everything_leads_to_closing() -> None:
    case = given(AGREED).case
    assert case.stage is Stage.CLOSING
    assert [one.name for one in case.open_obligations if one.name not in ("action", "check-in")] == ["close"]
    assert outcomes(case, now("2026-03-27 10:00")) == {"outcome": ("resolved early",)}
    given(AGREED).when(Decide("not"), at="2026-03-27 10:00").then_refused("nothing to decide")


def test_made_in_a_senior_review_or_after_it_it_is_agreed_there() -> None:
    """The meeting is where most agreements begin, and they are written down when its note is read."""
    case = given(AGREED).case
    review = replace(case, review=replace(case.review, was_opened=True))
    assert outcome(review) == "agreed at senior review"
    assert outcomes(review, now("2026-03-27 10:00")) == {"outcome": ("agreed at senior review",)}


def test_what_leaves_something_open_leaves_the_course_as_it_was() -> None:
    case = given(AGREED_IN_PART).case
    assert case.stage is Stage.RAISER_DECIDES
    assert case.owed("decide")
    assert len(case.course.to_do) == 2
    given(AGREED_IN_PART).when(Decide("not"), at="2026-03-27 10:00").then_case()


def test_an_action_whose_day_has_come_meanwhile_has_five_days() -> None:
    early = replace(given(REFLECTING).case.agreement.versions[0].terms[0], by=date(2026, 3, 20))
    written = REFLECTING[-3][0]
    assert isinstance(written, AgreementWritten)
    history = [*REFLECTING[:-3], (replace(written, terms=(early,)), REFLECTING[-3][1]), *REFLECTING[-2:]]
    outcome = given(history).when(LetAgreementStand(date(2026, 3, 26), "raiser"), at="2026-03-26 08:00")
    (made,) = outcome.events()
    assert isinstance(made, AgreementMade)
    assert made.actions[0] == Term(date(2026, 3, 26), 5, date(2026, 4, 2))


def test_a_reply_that_waits_is_released_and_gives_no_new_turn() -> None:
    replied = on("2026-03-17 09:00", REPLIED[-1][0])
    history = [*PUT_TO_THE_COUNCIL, *[one for one in AGREED[len(RELEASED) :] if one[1] < replied[0][1]]]
    history += [*replied, *[one for one in AGREED[len(RELEASED) :] if one[1] > replied[0][1]]]
    case = given(history).case
    assert isinstance(replied[0][0], ReplySent)
    assert case.owed("release")
    given(history).when(Close("resolved early", said()), at="2026-03-27 10:00").then_refused("A reply waits")
    released = given(history).when(ReleaseReply(looked=True), at="2026-03-27 10:00").then_case()
    assert (released.stage, released.owed("decide")) == (Stage.CLOSING, None)
    assert released.owed("close")
