"""Mediation: asked for, agreed to or not, a mediator found, sessions, and every way in which it ends."""

from datetime import date
from uuid import UUID

from compact_cases.rules.appointing import (
    AnswerName,
    ChangeMediator,
    DeclareInterest,
    ProposeMediator,
    RecordNameSeen,
    RecordNoMediator,
)
from compact_cases.rules.case import Case
from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer, RecordNoConsent
from compact_cases.rules.mediation_ends import (
    EndMediation,
    ExtendMediation,
    LeaveMediation,
    RecordMediationOver,
)
from compact_cases.rules.offering import is_offered
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from tests.builders import (
    COUNCIL,
    OTHER_OFFICER,
    RELEASED,
    Given,
    Outcome,
    confidential,
    given,
    local,
    now,
    said,
)

MARA, TOM = UUID(int=71), UUID(int=72)
LISTED: dict[UUID, frozenset[UUID]] = {MARA: frozenset(), TOM: frozenset({COUNCIL})}
LIST: dict[str, object] = {"mediators": LISTED}


def do(case: Case, command: object, at: str, **known: object) -> Case:
    """The command is allowed in this case; the case after it."""
    return Given(case).when(command, at, **known).then_case()  # type: ignore[arg-type]


def tried(case: Case, command: object, at: str, **known: object) -> Outcome:
    """Whether the command is allowed in this case."""
    return Given(case).when(command, at, **known)  # type: ignore[arg-type]


def released() -> Case:
    return given(RELEASED).case


ASKED_ON, LATER = "2026-03-12 10:00", "2026-04-20 16:00"


def asked(case: Case | None = None, **known: object) -> Case:
    return do(case or released(), AskForMediation("raiser", papers=True), ASKED_ON, **known)


def agreed(case: Case | None = None) -> Case:
    return do(asked(case), AnswerMediation("respondent", True, papers=True), "2026-03-13 10:00")


def proposed(case: Case | None = None) -> Case:
    return do(case or agreed(), ProposeMediator(MARA, "both"), "2026-03-16 10:00", **LIST)


def appointed() -> Case:
    case = do(proposed(), AnswerName("raiser", True), "2026-03-17 10:00")
    case = do(case, AnswerName("respondent", True), "2026-03-17 11:00")
    return do(case, DeclareInterest(False), "2026-03-18 10:00", seat=Seat.MEDIATOR)


# --- asked for --------------------------------------------------------------------------------------------


def test_asking_is_the_askers_consent_and_stops_their_clock_at_once() -> None:
    case = asked()
    assert case.owed("consent", "raiser") is None
    consent, decide = case.owed("consent", "respondent"), case.owed("decide")
    assert consent
    assert consent.due == date(2026, 3, 19)
    assert decide
    assert decide.is_paused
    assert case.stage is Stage.RAISER_DECIDES


def test_a_community_group_has_ten_days_to_say_whether_it_wants_it() -> None:
    case = do(released(), AskForMediation("officer"), ASKED_ON, small_sides=frozenset({Side.RAISER}))
    group, council = case.owed("consent", "raiser"), case.owed("consent", "respondent")
    assert group
    assert council
    assert (group.term.limit, council.term.limit) == (10, 5)
    assert case.owed("decide")
    assert not case.clocks.pauses  # an officer’s proposal stops nobody’s clock


def test_a_no_leaves_whoever_asked_five_days_at_least() -> None:
    case = do(released(), AskForMediation("raiser"), "2026-03-24 10:00")  # near the end of their ten
    case = do(case, AnswerMediation("respondent", False), "2026-03-26 10:00")
    decide = case.owed("decide")
    assert decide
    assert decide.term.limit >= 5
    assert not case.mediation.is_under_way
    assert not is_offered(case)  # not again before the case has gone on to another stage


def test_silence_counts_as_no() -> None:
    case = do(asked(), RecordNoConsent("respondent", date(2026, 3, 20)), "2026-03-20 08:00", seat=Seat.SYSTEM)
    assert case.owed("consent", "respondent") is None
    assert [one.answer for one in case.mediation.consents] == ["yes", "silent"]
    assert case.owed("decide")


def test_it_is_never_offered_again_to_whoever_does_not_want_that() -> None:
    case = do(released(), DeclineOffer("respondent"), ASKED_ON)
    assert not is_offered(case)
    tried(case, AskForMediation("raiser"), ASKED_ON, seat=Seat.RAISER).then_refused(
        "not offered in this case"
    )
    assert do(case, AskForMediation(""), ASKED_ON, seat=Seat.CHAMPION).owed("consent", "raiser")
    tried(case, DeclineOffer("respondent"), ASKED_ON).then_refused("not asked again")


def test_what_cannot_be_asked_or_answered_is_said() -> None:
    tried(asked(), AskForMediation("raiser"), ASKED_ON).then_refused("asked for already")
    tried(released(), AskForMediation(""), ASKED_ON).then_refused("who asks")
    tried(released(), AnswerMediation("raiser", True), ASKED_ON).then_refused("not asked about mediation")
    both = AnswerMediation("respondent", True, never=True)
    tried(asked(), both, ASKED_ON).then_refused("Which of the two")
    tried(agreed(), AskForMediation("raiser"), ASKED_ON).then_refused("under way already")


def test_a_hidden_raiser_says_who_will_know_and_then_each_side_is_seen_apart() -> None:
    case = given(confidential(RELEASED)).case
    tried(case, AskForMediation("raiser"), ASKED_ON).then_refused("who will know of you")
    tried(case, AskForMediation("raiser", known="proxy"), ASKED_ON).then_refused("who speaks for you")
    case = do(case, AskForMediation("raiser", known="mediator"), ASKED_ON)
    case = do(case, AnswerMediation("respondent", True), "2026-03-13 10:00")
    assert case.mediation.apart
    assert not case.mediation.joint


# --- agreed to, and a mediator ----------------------------------------------------------------------------


def test_all_agree_and_everything_that_it_stops_stands_still() -> None:
    case = agreed()
    assert case.stage is Stage.MEDIATION
    assert case.mediation.in_it == ("raiser", "respondent")
    assert case.mediation.papers
    decide, appoint = case.owed("decide"), case.owed("appoint")
    assert decide
    assert decide.is_paused
    assert decide.hold_reason == "in mediation"
    assert appoint
    assert appoint.due == date(2026, 3, 27)


def test_without_a_mediator_the_case_goes_on_where_it_stood() -> None:
    case = do(agreed(), RecordNoMediator(date(2026, 4, 14)), "2026-04-14 08:00", seat=Seat.SYSTEM)
    assert case.mediation.ending == "no mediator found"
    assert case.stage is Stage.RAISER_DECIDES
    decide = case.owed("decide")
    assert decide
    assert not decide.is_paused


def test_a_name_is_seen_by_both_and_the_mediator_declares_before_anything_else() -> None:
    case = proposed()
    assert {one.item for one in case.open_obligations if one.name == "name"} == {"raiser", "respondent"}
    assert case.mediation.reads_it is None
    case = do(case, AnswerName("raiser", True), "2026-03-17 10:00")
    case = do(case, RecordNameSeen("respondent", date(2026, 3, 20)), "2026-03-20 08:00", seat=Seat.SYSTEM)
    assert case.mediation.reads_it == MARA
    assert case.mediation.mediator is None
    case = do(case, DeclareInterest(False), "2026-03-20 12:00", seat=Seat.MEDIATOR)
    assert case.mediation.mediator == MARA
    mediate = case.owed("mediate")
    assert mediate
    assert mediate.term.limit == 30


def test_who_cannot_be_proposed_is_said() -> None:
    for who, words in ((TOM, "a conflict"), (None, "register of mediators")):
        tried(agreed(), ProposeMediator(who, "both"), ASKED_ON, **LIST).then_refused(words)
    tried(agreed(), ProposeMediator(MARA, ""), ASKED_ON, **LIST).then_refused("who pays")
    tried(agreed(), ProposeMediator(MARA, "both", said()), ASKED_ON, **LIST).then_refused("kept in spite")
    tried(proposed(), ProposeMediator(MARA, "both"), ASKED_ON, **LIST).then_refused("proposed already")
    tried(released(), AnswerName("raiser", True), ASKED_ON).then_refused("No mediator is proposed")
    tried(agreed(), DeclareInterest(False), ASKED_ON, seat=Seat.MEDIATOR).then_refused("not asked about this")
    tried(agreed(), ChangeMediator("ill"), ASKED_ON).then_refused("No mediator is asked")


def test_a_refused_name_is_not_proposed_again_and_another_is_looked_for() -> None:
    case = do(proposed(), AnswerName("raiser", False), "2026-03-17 10:00")
    assert case.owed("appoint")
    assert case.owed("name", "respondent") is None
    tried(case, ProposeMediator(MARA, "both"), "2026-03-18 10:00", **LIST).then_refused("proposed before")


def test_a_conflict_ends_access_and_another_mediator_has_thirty_days_of_sixty() -> None:
    case = do(appointed(), DeclareInterest(True), "2026-05-01 10:00", seat=Seat.MEDIATOR)
    assert case.mediation.mediator is None
    assert case.mediation.reads_it is None
    assert case.owed("appoint")
    assert case.owed("mediate") is None
    kept = do(case, ProposeMediator(MARA, "both", said("We all do.")), "2026-05-05 10:00", **LIST)
    mediate = kept.owed("mediate")
    assert mediate
    assert mediate.due == kept.mediation.latest == date(2026, 6, 16)  # not 17 June
    assert kept.mediation.appointed_on == date(2026, 3, 18)


def test_a_mediator_who_is_ill_is_replaced() -> None:
    case = do(appointed(), ChangeMediator("ill"), "2026-04-01 10:00", seat=Seat.MEDIATOR)
    assert case.owed("appoint")
    tried(appointed(), ChangeMediator("tired"), "2026-04-01 10:00").then_refused(
        "why the mediator cannot go on"
    )


# --- sessions ---------------------------------------------------------------------------------------------

DAYS = ProposeSession((date(2026, 4, 8), date(2026, 4, 9)), ("10:00", "14:30"), "both")
FIXED = FixSession(date(2026, 4, 9), "14:30", False, "both", said("Stroud library"))


def test_days_are_proposed_answered_and_one_is_fixed_changed_and_called_off() -> None:
    case = do(appointed(), DAYS, "2026-03-20 10:00", seat=Seat.MEDIATOR)
    assert case.owed("session", "raiser")
    case = do(case, AnswerSession("raiser", (1,), said("No steps, please.")), "2026-03-23 10:00")
    case = do(case, FIXED, "2026-03-24 10:00", seat=Seat.MEDIATOR)
    assert not case.owed("session", "respondent")
    first = case.mediation.sessions[0]
    other = FixSession(date(2026, 4, 10), "09:30", True, "both", said("A link follows"))
    case = do(case, other, "2026-03-25 10:00", seat=Seat.MEDIATOR)
    assert [(one.number, one.said) for one in case.mediation.ahead(local(ASKED_ON))] == [
        (first.number, first.said + 1)
    ]
    case = do(case, CancelSession(), "2026-03-26 10:00", seat=Seat.MEDIATOR)
    assert case.mediation.ahead(local(ASKED_ON)) == ()


def test_what_cannot_be_a_session_is_said() -> None:
    mine: dict[str, object] = {"seat": Seat.MEDIATOR}
    sunday = ProposeSession((date(2026, 3, 29),), ("10:00",), "both")
    tried(appointed(), sunday, "2026-03-20 10:00", **mine).then_refused("no working day")
    none = ProposeSession((), (), "both")
    tried(appointed(), none, "2026-03-20 10:00", **mine).then_refused("one day, two or three")
    late = FixSession(date(2026, 9, 1), "14:30", False, "both", said("Stroud library"))
    tried(appointed(), late, "2026-03-20 10:00", **mine).then_refused("not later than")
    tried(appointed(), CancelSession(), "2026-03-20 10:00", **mine).then_refused("No session is ahead")
    tried(appointed(), AnswerSession("raiser", (0,)), "2026-03-20 10:00").then_refused(
        "not asked about a session"
    )


# --- its end ----------------------------------------------------------------------------------------------


def test_partly_settled_leaves_the_rest_to_the_raiser() -> None:
    case = do(appointed(), EndMediation("partly settled", (1,)), LATER, seat=Seat.MEDIATOR)
    assert case.mediation.settled == (1,)
    assert case.mediation.ended_at
    decide = case.owed("decide")
    assert decide
    assert decide.term.limit == 10
    assert case.enquiry.asked_after == ("mediation",)
    assert not any(one.until is None for one in case.clocks.pauses)
    case = do(case, Decide("settled"), "2026-04-21 10:00")
    assert outcomes(case, given(RELEASED).when(Decide("settled"), "2026-04-22 10:00").now)["outcome"] == (
        "settled by mediation",
    )


def closed_as(case: Case, at: str) -> tuple[str, ...]:
    return outcomes(case, now(at))["outcome"]


def test_what_a_mediation_did_not_settle_was_not_settled_by_it() -> None:
    case = do(appointed(), EndMediation("not settled"), LATER, seat=Seat.MEDIATOR)
    case = do(case, Decide("settled"), "2026-04-21 10:00")
    assert closed_as(case, "2026-04-22 10:00") == ("resolved early",)
    left = do(appointed(), LeaveMediation("", True), LATER, seat=Seat.CHAMPION)
    left = do(left, Decide("settled"), "2026-04-21 10:00")
    assert closed_as(left, "2026-04-22 10:00") == ("resolved early",)


def test_settled_while_it_goes_on_is_settled_by_it_and_not_before_there_is_a_mediator() -> None:
    within = do(appointed(), Decide("settled"), LATER)
    assert within.mediation.ending == "the case went on"
    assert closed_as(within, "2026-04-22 10:00") == ("settled by mediation",)
    before = do(agreed(), Decide("settled"), "2026-03-16 10:00")
    assert closed_as(before, "2026-03-17 10:00") == ("resolved early",)


def test_settled_in_a_review_after_it_is_agreed_at_the_review() -> None:
    case = do(appointed(), EndMediation("partly settled", (1,)), LATER, seat=Seat.MEDIATOR)
    case = do(case, Decide("not", stage="senior-review"), "2026-04-21 10:00")
    case = do(case, OpenNextStep("senior-review", OTHER_OFFICER), "2026-04-22 10:00")
    case = do(case, Decide("settled"), "2026-04-23 10:00")
    assert closed_as(case, "2026-04-24 10:00") == ("agreed at senior review",)


def test_what_cannot_end_it_is_said() -> None:
    mine: dict[str, object] = {"seat": Seat.MEDIATOR}
    tried(appointed(), EndMediation("bored"), LATER, **mine).then_refused("how the mediation ended")
    tried(appointed(), EndMediation("partly settled"), LATER, **mine).then_refused("which of the")
    tried(agreed(), EndMediation("settled"), "2026-03-20 16:00", **mine).then_refused(
        "No mediator is at work"
    )
    tried(appointed(), LeaveMediation("raiser", False), LATER).then_refused("confirm")
    tried(released(), LeaveMediation("raiser", True), LATER).then_refused("not in a mediation")


def test_the_sweep_is_told_where_there_is_no_mediation() -> None:
    day, by = date(2026, 4, 20), {"seat": Seat.SYSTEM}
    tried(released(), RecordNoConsent("raiser", day), LATER, **by).then_refused("not asked for")
    for one in (RecordNameSeen("raiser", day), RecordNoMediator(day), RecordMediationOver(day)):
        tried(released(), one, LATER, **by).then_refused("No mediation has begun")


def test_whoever_leaves_is_out_at_once_and_it_ends() -> None:
    case = do(appointed(), LeaveMediation("", True), LATER, seat=Seat.CHAMPION)
    assert case.mediation.in_it == ("raiser",)
    assert case.mediation.ending == "a party left"
    assert case.owed("decide")


def test_it_ends_after_thirty_days_or_after_sixty_if_all_agree() -> None:
    mine: dict[str, object] = {"seat": Seat.MEDIATOR}
    more = ExtendMediation(date(2026, 6, 10), agreed=True)
    tried(appointed(), ExtendMediation(date(2026, 6, 10), False), LATER, **mine).then_refused("all agree")
    tried(appointed(), ExtendMediation(date(2026, 9, 1), True), LATER, **mine).then_refused("not later")
    case = do(appointed(), more, LATER, **mine)
    assert (mediate := case.owed("mediate"))
    assert mediate.due == date(2026, 6, 10)
    case = do(case, RecordMediationOver(date(2026, 6, 11)), "2026-06-11 08:00", seat=Seat.SYSTEM)
    assert case.mediation.ending == "time over"


def test_a_raiser_who_settles_it_meanwhile_ends_it() -> None:
    case = do(appointed(), Decide("settled"), LATER)
    assert case.mediation.ending == "the case went on"
    assert not any(one.name in ("mediate", "appoint") for one in case.open_obligations)
