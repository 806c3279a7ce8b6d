"""One mediation for two cases of one concern: three are asked and meet; one leaves, the rest go on or not."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.acts import act_of, notices_after
from compact_cases.rules.appointing import AnswerName, ChangeMediator, DeclareInterest, ProposeMediator
from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.mediation import MediatorAppointed
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, RecordNoConsent
from compact_cases.rules.mediation_ends import (
    EndMediation,
    ExtendMediation,
    LeaveMediation,
    RecordMediationOver,
)
from compact_cases.rules.pausing import THIRD_PARTY, can_be_stopped
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.terms import Term
from compact_cases.rules.together import AskTogether, RecordNoGoOn, SayGoOn, TakeTogether
from tests.builders import COUNCIL, RELEASED, another, now, said
from tests.rules.two_cases import FIRST, MARA, OF, SECOND, TOM, Two

TERM = Term(date(2026, 3, 20), 30, date(2026, 5, 6))


def owed(case: Case) -> set[tuple[str, str]]:
    return {(one.name, one.item) for one in case.open_obligations if one.due}


def asked() -> Two:
    two = Two()
    two.do(FIRST, AskTogether(SECOND, agreed=True), "2026-03-13 11:00")
    return two


def agreed() -> Two:
    two = asked()
    two.do(SECOND, AnswerMediation("respondent", True, papers=True), "2026-03-16 10:00")
    two.do(FIRST, AnswerMediation("respondent", True), "2026-03-16 11:00")
    two.do(FIRST, AnswerMediation("raiser", True, papers=True), "2026-03-17 10:00")
    return two


def proposed() -> Two:
    two = agreed()
    two.do(FIRST, ProposeMediator(MARA, "both"), "2026-03-18 10:00")
    return two


def mediated() -> Two:
    two = proposed()
    two.do(FIRST, AnswerName("raiser", True), "2026-03-19 10:00")
    two.do(SECOND, AnswerName("respondent", True), "2026-03-19 10:00")
    two.do(FIRST, AnswerName("respondent", True), "2026-03-19 10:00")
    two.do(FIRST, DeclareInterest(False), "2026-03-20 10:00", seat=Seat.MEDIATOR)
    two.told = []
    return two


def fixed(two: Two, on: date = date(2026, 3, 31), with_: str = "both") -> FixSession:
    command = FixSession(on, "14:30", False, with_, said("Stroud library"))
    two.do(FIRST, command, "2026-03-23 10:00", seat=Seat.MEDIATOR)
    return command


# --- asked for --------------------------------------------------------------------------------------------


def test_three_are_asked_and_the_raiser_once() -> None:
    two = asked()
    assert owed(two.first) == {("decide", ""), ("consent", "raiser"), ("consent", "respondent")}
    assert owed(two.second) == {("decide", ""), ("consent", "respondent")}
    assert two.letters(FIRST) == [
        ("mediation-asked", "champion"),
        ("mediation-asked", "named"),
        ("mediation-asked", "officer"),
    ]
    assert two.letters(SECOND) == [("mediation-asked", "champion"), ("mediation-asked", "officer")]


def test_it_begins_in_both_with_the_last_yes_and_their_limits_stand_still() -> None:
    two = agreed()
    for case in two.cases.values():
        assert case.stage is Stage.MEDIATION
        assert owed(case) == {("appoint", "")}
        assert [one.name for one in case.open_obligations if one.is_paused] == ["decide"]
    assert two.first.mediation.all_in_it == ("raiser", "respondent", "other")


def test_before_the_last_yes_nothing_begins_and_nobody_asks_again() -> None:
    two = asked()
    two.do(FIRST, AnswerMediation("raiser", True), "2026-03-16 10:00")
    two.do(FIRST, AnswerMediation("respondent", True), "2026-03-16 10:00")
    assert two.first.stage is Stage.RAISER_DECIDES
    with pytest.raises(Refused, match="asked for already"):
        two.do(FIRST, AskForMediation("officer"), "2026-03-16 11:00")
    two.do(SECOND, AnswerMediation("respondent", True), "2026-03-16 12:00")
    assert {one.stage for one in two.cases.values()} == {Stage.MEDIATION}


def test_it_is_offered_only_where_another_open_case_of_the_concern_may_join() -> None:
    two = Two()
    act = act_of(AskTogether(SECOND, agreed=True))
    at = "2026-03-13 11:00"
    assert act.why_not(two.first, two.known(FIRST, at)) is None
    assert act.choices(two.first, two.known(FIRST, at)) == {"other": (str(SECOND),)}
    alone = act.why_not(two.first, two.known(FIRST, at, siblings={}))
    assert alone is not None
    assert "no other open case of this concern" in alone.sentence
    two.do(SECOND, AskForMediation("officer"), at)
    assert act.why_not(two.first, two.known(FIRST, at)) is not None
    assert act.choices(two.first, two.known(FIRST, at)) == {"other": ()}


@pytest.mark.parametrize("which", [FIRST, SECOND])
def test_one_no_ends_it_in_both_and_each_may_be_asked_about_by_itself(which: UUID) -> None:
    two = asked()
    two.do(which, AnswerMediation("respondent", False), "2026-03-16 10:00")
    for case in two.cases.values():
        assert owed(case) == {("decide", "")}
        assert case.mediation.partner is None
    two.do(FIRST, AskForMediation("raiser"), "2026-03-17 10:00")
    assert ("consent", "respondent") in owed(two.first)
    assert owed(two.second) == {("decide", "")}


def test_what_follows_another_case_is_refused_where_none_goes_with_it() -> None:
    two = Two()
    for command in (FollowMediation(SECOND), RecordNoGoOn("raiser", date(2026, 3, 16))):
        with pytest.raises(Refused, match="serves no other one"):
            two.one(FIRST, command, "2026-03-16 10:00", seat=Seat.SYSTEM)
    two = asked()
    with pytest.raises(Refused, match="asked for already"):
        two.one(SECOND, TakeTogether(FIRST), "2026-03-16 10:00")


def test_silence_in_one_case_ends_the_question_in_the_other() -> None:
    two = asked()
    day = date(2026, 3, 23)
    two.do(SECOND, RecordNoConsent("respondent", day), "2026-03-23 08:00", seat=Seat.SYSTEM)
    assert owed(two.first) == {("decide", "")}


def test_a_raiser_who_settles_one_case_meanwhile_ends_the_question_in_both() -> None:
    two = asked()
    two.do(SECOND, Decide("settled"), "2026-03-16 10:00")
    assert owed(two.first) == {("decide", "")}
    assert owed(two.second) == {("close", "")}
    assert not any(one.mediation.partner for one in two.cases.values())


def test_the_raiser_must_agree_that_both_hear_of_it_and_it_must_be_one_concern() -> None:
    two = Two()
    for command, field in (
        (AskTogether(SECOND, agreed=False), "agreed"),
        (AskTogether(None, agreed=True), "other"),
    ):
        with pytest.raises(Refused) as refused:
            two.do(FIRST, command, "2026-03-13 11:00")
        assert refused.value.field == field
    with pytest.raises(Refused, match="this very case"):
        two.do(FIRST, AskTogether(FIRST, agreed=True), "2026-03-13 11:00", other=two.first)
    two.cases[SECOND] = replay(another(RELEASED[:-1]))
    a_third = {UUID(int=103): replay(another(RELEASED)), SECOND: two.second}
    with pytest.raises(Refused, match="In the other case"):
        two.do(FIRST, AskTogether(SECOND, agreed=True), "2026-03-13 11:00", siblings=a_third)


# --- a mediator -------------------------------------------------------------------------------------------


def test_three_see_the_name_and_the_mediator_is_asked_when_none_has_refused_it() -> None:
    two = proposed()
    assert owed(two.second) == {("appoint", ""), ("name", "respondent")}
    two.do(FIRST, AnswerName("raiser", True), "2026-03-19 10:00")
    two.do(FIRST, AnswerName("respondent", True), "2026-03-19 10:00")
    assert two.first.owed("declare") is None
    two.do(SECOND, AnswerName("respondent", True), "2026-03-19 11:00")
    assert two.first.owed("declare")
    assert two.second.owed("declare") is None
    two.do(FIRST, DeclareInterest(False), "2026-03-20 10:00", seat=Seat.MEDIATOR)
    dues = {one.owed("mediate") and one.owed("mediate").due for one in two.cases.values()}  # type: ignore[union-attr]
    assert len(dues) == 1
    assert {one.mediation.mediator for one in two.cases.values()} == {MARA}


@pytest.mark.parametrize(
    ("which", "party"), [(FIRST, "respondent"), (SECOND, "respondent"), (FIRST, "raiser")]
)
def test_a_name_that_one_refuses_is_gone_in_both_and_is_not_proposed_again(which: UUID, party: str) -> None:
    two = proposed()
    two.do(which, AnswerName(party, False), "2026-03-19 10:00")
    assert [one.mediation.proposed for one in two.cases.values()] == [None, None]
    assert [owed(one) for one in two.cases.values()] == [{("appoint", "")}] * 2
    with pytest.raises(Refused, match="proposed before"):
        two.do(FIRST, ProposeMediator(MARA, "both"), "2026-03-20 10:00")
    two.do(FIRST, ProposeMediator(TOM, "both"), "2026-03-20 10:00")
    assert [one.mediation.proposed for one in two.cases.values()] == [TOM, TOM]


def test_who_has_a_conflict_with_any_of_the_three_is_not_proposed() -> None:
    two = agreed()
    with pytest.raises(Refused, match="conflict with one of the sides"):
        two.do(
            FIRST, ProposeMediator(MARA, "both"), "2026-03-18 10:00", mediators={MARA: frozenset({COUNCIL})}
        )


def test_all_is_arranged_in_the_case_that_leads() -> None:
    two = agreed()
    with pytest.raises(Refused, match="arranged there"):
        two.do(SECOND, ProposeMediator(MARA, "both"), "2026-03-18 10:00")
    two = mediated()
    with pytest.raises(Refused, match="arranged there"):
        two.do(
            SECOND,
            ProposeSession((date(2026, 3, 31),), ("10:00",), "both"),
            "2026-03-23 10:00",
            seat=Seat.MEDIATOR,
        )


def test_in_the_case_that_does_not_lead_the_mediators_letter_asks_for_no_days() -> None:
    two = mediated()
    appointed = MediatorAppointed(MARA, TERM, date(2026, 6, 12))
    for case, joined in ((two.first, None), (two.second, True)):
        (letter,) = [one for one in notices_after(appointed, case) if one.to is Seat.MEDIATOR]
        assert letter.facts.get("joined") is joined


def test_a_mediator_who_cannot_go_on_is_gone_in_both_and_more_time_is_for_both() -> None:
    two = mediated()
    latest = two.first.mediation.latest
    assert latest
    two.do(FIRST, ExtendMediation(latest, agreed=True), "2026-04-01 10:00", seat=Seat.MEDIATOR)
    assert {one.owed("mediate").due for one in two.cases.values()} == {latest}  # type: ignore[union-attr]
    two.do(FIRST, ChangeMediator("ill"), "2026-04-02 10:00", seat=Seat.MEDIATOR)
    assert [owed(one) for one in two.cases.values()] == [{("appoint", "")}] * 2
    assert [one.mediation.mediator for one in two.cases.values()] == [None, None]


# --- sessions ---------------------------------------------------------------------------------------------


def test_days_are_proposed_to_all_three_and_the_mediator_reads_each_answer() -> None:
    two = mediated()
    two.do(
        FIRST,
        ProposeSession((date(2026, 3, 31),), ("10:00",), "both"),
        "2026-03-23 10:00",
        seat=Seat.MEDIATOR,
    )
    assert ("session", "respondent") in owed(two.second)
    assert ("session", "raiser") not in owed(two.second)
    two.do(SECOND, AnswerSession("respondent", (0,), of_respondent=said("no steps")), "2026-03-24 10:00")
    answers = two.first.mediation.session(1).answers
    assert [(one.party, one.can, one.needs is not None) for one in answers] == [("other", (0,), True)]


def test_a_session_is_fixed_for_all_and_each_is_invited_once() -> None:
    two = mediated()
    fixed(two)
    assert two.second.mediation.session(1).who == ("raiser", "other", "respondent")
    assert two.letters(FIRST) == [
        (name, post) for name in ["session-fixed"] for post in ("champion", "mediator", "named")
    ]
    assert two.letters(SECOND) == [("session-fixed", "champion")]
    two.do(FIRST, CancelSession(), "2026-03-24 10:00", seat=Seat.MEDIATOR)
    assert two.second.mediation.session(1).cancelled
    assert two.letters(SECOND) == [("session-cancelled", "champion")]


def test_a_session_with_one_of_them_is_nobody_elses() -> None:
    two = mediated()
    fixed(two, with_="respondent")
    assert not two.second.mediation.sessions
    two.do(FIRST, CancelSession(), "2026-03-24 10:00", seat=Seat.MEDIATOR)
    fixed(two, with_="other")
    assert two.second.mediation.session(2).who == ("respondent",)


# --- one leaves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("leaves", "stays"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_who_leaves_is_out_at_once_and_the_rest_say_whether_to_go_on(leaves: UUID, stays: UUID) -> None:
    two = mediated()
    fixed(two)
    two.told = []
    two.do(leaves, LeaveMediation("respondent", sure=True), "2026-03-25 10:00")
    gone, rest = two.cases[leaves], two.cases[stays]
    assert gone.mediation.ending == "a party left"
    assert owed(gone) == {("decide", "")}
    assert rest.mediation.is_under_way
    assert {("go-on", "raiser"), ("go-on", "respondent"), ("mediate", "")} == owed(rest)
    assert rest.owed("go-on", "raiser").due == date(2026, 3, 30)  # type: ignore[union-attr]
    letters = two.letters(stays)
    assert [one for one in letters if one[0] == "go-on"] == [
        ("go-on", post) for post in ("champion", "mediator", "named", "officer")
    ]
    two.do(stays, SayGoOn("raiser", True), "2026-03-26 10:00")
    assert ("goes-on", "mediator") not in two.letters(stays)
    two.do(stays, SayGoOn("", True), "2026-03-26 11:00", seat=Seat.CHAMPION)
    assert ("goes-on", "mediator") in two.letters(stays)
    assert owed(two.cases[stays]) == {("mediate", "")}
    on = ProposeSession((date(2026, 4, 1),), ("10:00",), "both")
    two.do(stays, on, "2026-03-27 10:00", seat=Seat.MEDIATOR)  # it is arranged here from now on
    assert {("session", "raiser"), ("session", "respondent")} < owed(two.cases[stays])


@pytest.mark.parametrize(
    "answer", [SayGoOn("respondent", yes=False), RecordNoGoOn("respondent", date(2026, 3, 31))]
)
def test_a_no_and_silence_end_it(answer: object) -> None:
    two = mediated()
    two.do(SECOND, LeaveMediation("respondent", sure=True), "2026-03-25 10:00")
    seat = Seat.SYSTEM if isinstance(answer, RecordNoGoOn) else Seat.OFFICER
    two.do(FIRST, answer, "2026-03-31 08:00", seat=seat)
    assert two.first.mediation.ending == "a party left"
    assert owed(two.first) == {("decide", "")}


def test_no_pause_stops_the_question_whether_to_go_on() -> None:
    two = mediated()
    two.do(SECOND, LeaveMediation("respondent", sure=True), "2026-03-25 10:00")
    stops = can_be_stopped(two.first, now("2026-03-25 12:00"), THIRD_PARTY)
    assert "go-on" not in [one.name for one in stops]


def test_a_raiser_who_leaves_ends_it_in_both() -> None:
    for which in (FIRST, SECOND):
        two = mediated()
        two.do(which, LeaveMediation("raiser", sure=True), "2026-03-25 10:00")
        assert {one.mediation.ending for one in two.cases.values()} == {"a party left"}
        assert [owed(one) for one in two.cases.values()] == [{("decide", "")}] * 2


def test_only_who_is_asked_says_whether_to_go_on() -> None:
    two = mediated()
    with pytest.raises(Refused, match="not asked whether to go on"):
        two.do(FIRST, SayGoOn("raiser", True), "2026-03-25 10:00")
    two.do(SECOND, LeaveMediation("respondent", sure=True), "2026-03-25 10:00")
    with pytest.raises(Refused, match="not asked whether to go on"):
        two.do(SECOND, SayGoOn("respondent", True), "2026-03-25 11:00", seat=Seat.CHAMPION)
    with pytest.raises(Refused) as refused:
        two.do(FIRST, SayGoOn("", True), "2026-03-25 11:00")
    assert refused.value.field == "party"


def test_who_leaves_before_a_mediator_is_found_holds_nobody_up() -> None:
    two = proposed()
    two.do(FIRST, AnswerName("raiser", True), "2026-03-19 10:00")
    two.do(FIRST, AnswerName("respondent", True), "2026-03-19 10:00")
    two.do(SECOND, LeaveMediation("respondent", sure=True), "2026-03-19 12:00")
    assert two.first.owed("declare")
    two = proposed()
    two.do(FIRST, LeaveMediation("respondent", sure=True), "2026-03-19 12:00")
    assert two.second.mediation.proposed is None  # its raiser had not been asked here
    two.do(SECOND, ProposeMediator(MARA, "both"), "2026-03-19 14:00")
    assert {("name", "raiser"), ("name", "respondent")} < owed(two.second)


# --- its end ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [FIRST, SECOND])
def test_how_it_ended_is_said_of_each_case_and_the_other_goes_on(which: UUID) -> None:
    two = mediated()
    two.do(which, EndMediation("settled"), "2026-04-01 10:00", seat=Seat.MEDIATOR)
    rest = two.cases[OF[which]]
    assert two.cases[which].mediation.ending == "settled"
    assert owed(rest) == {("mediate", "")}
    two.do(OF[which], EndMediation("not settled"), "2026-04-02 10:00", seat=Seat.MEDIATOR)
    assert owed(two.cases[OF[which]]) == {("decide", "")}


def test_time_and_a_mediator_who_ends_it_are_over_for_both() -> None:
    two = mediated()
    two.do(FIRST, EndMediation("mediator ended it"), "2026-04-01 10:00", seat=Seat.MEDIATOR)
    assert [one.mediation.ending for one in two.cases.values()] == ["mediator ended it"] * 2
    two = mediated()
    two.do(SECOND, RecordMediationOver(date(2026, 5, 7)), "2026-05-07 08:00", seat=Seat.SYSTEM)
    assert [one.mediation.ending for one in two.cases.values()] == ["time over"] * 2
    assert [owed(one) for one in two.cases.values()] == [{("decide", "")}] * 2


def test_a_raiser_who_settles_one_case_meanwhile_leaves_the_question_to_the_rest() -> None:
    two = mediated()
    two.do(SECOND, Decide("settled"), "2026-04-01 10:00")
    assert two.second.mediation.ending == "the case went on"
    assert ("go-on", "respondent") in owed(two.first)
