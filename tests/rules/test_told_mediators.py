"""Who is told of a mediator, with which dates: a name is seen, a conflict declared, another one is found."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.act import Rank
from compact_cases.rules.acts import act_of
from compact_cases.rules.appointing import (
    AnswerName,
    ChangeMediator,
    DeclareInterest,
    ProposeMediator,
    RecordNameSeen,
    RecordNoMediator,
)
from compact_cases.rules.closing import Close
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.intake import ConcernReceived
from compact_cases.rules.events.mediation import (
    MediatorAppointed,
    MediatorAsked,
    MediatorGone,
    MediatorProposed,
    NameAnswered,
    NameUnanswered,
)
from compact_cases.rules.mediating import PartyTerm
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer, RecordNoConsent
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.builders import (
    COUNCIL,
    RELEASED,
    History,
    given,
    said,
)
from tests.rules.test_review import then
from tests.rules.test_told_mediation import (
    AGREED,
    APPOINTED,
    ASKED,
    ASKED_ON,
    BOTH,
    GROUP,
    KIM,
    LIST,
    MARA,
    MEDIATING,
    NAMED,
    NOBODY_MINDS,
    SWEEP,
    TOM,
    fact,
    owed,
    who_owes,
)

# --- a mediator is found ----------------------------------------------------------------------------------


def test_both_sides_see_the_name_for_three_days() -> None:
    outcome = given(AGREED).when(ProposeMediator(MARA, "public-body"), at="2026-03-19 10:00", **LIST)
    see = Term(date(2026, 3, 19), 3, date(2026, 3, 24))
    case = outcome.then(
        MediatorProposed(MARA, "public-body", (PartyTerm("raiser", see), PartyTerm("respondent", see)), None)
    )
    assert (case.mediation.proposed, case.mediation.pays) == (MARA, "public-body")
    assert who_owes(case, "name", "raiser") == (Seat.RAISER, Seat.OFFICER)
    outcome.then_told(
        Notice("mediator-proposed", Seat.RAISER, fact("name", "2026-03-24", item="raiser"), Rest.OWED),
        Notice("mediator-proposed", Seat.CHAMPION, fact("name", "2026-03-24", item="respondent"), Rest.OWED),
    )
    assert act_of(outcome.command).choices(case, outcome.now) == {"pays": ("both", "public-body", "other")}


def test_an_adjustment_of_one_side_gives_that_side_longer_to_see_the_name() -> None:
    longer = {"longer": {Side.RAISER: 5}}
    outcome = given(AGREED).when(ProposeMediator(MARA, "both"), at="2026-03-19 10:00", **LIST, **longer)
    assert [one.facts["due"] for one in outcome.told()] == ["2026-03-31", "2026-03-24"]


def known_body(history: History) -> History:
    """The same, of a raiser whose body is on the register."""
    (first, at), *rest = history
    assert isinstance(first, ConcernReceived)
    return [(replace(first, raiser_body=GROUP), at), *rest]


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (ProposeMediator(None, "both"), "on the register of mediators", "mediator"),
        (ProposeMediator(COUNCIL, "both"), "on the register of mediators", "mediator"),
        (ProposeMediator(MARA, "nobody"), "who pays", "pays"),
        (ProposeMediator(TOM, "both"), "a conflict with one of the sides", "mediator"),
        (ProposeMediator(KIM, "both"), "a conflict with one of the sides", "mediator"),
        (ProposeMediator(MARA, "both", said("We all do.")), "kept in spite", "despite"),
    ],
)
def test_who_cannot_be_proposed_is_said_at_its_field(
    command: ProposeMediator, words: str, field: str
) -> None:
    tried = given(known_body(AGREED)).when(command, at="2026-03-19 10:00", **LIST)
    assert tried.then_refused(words).field == field


def test_an_empty_wish_to_keep_somebody_is_none() -> None:
    blank = ProposeMediator(MARA, "both", said(" "))
    (proposed,) = given(AGREED).when(blank, at="2026-03-19 10:00", **LIST).events()
    assert isinstance(proposed, MediatorProposed)
    assert proposed.despite is None
    given(NOBODY_MINDS).when(ProposeMediator(MARA, "both"), at="2026-03-26 10:00", **LIST).then_refused(
        "Somebody is proposed already"
    )
    given(RELEASED).when(ProposeMediator(MARA, "both"), at=ASKED_ON, **LIST).then_refused(
        "No mediator is looked for"
    )


def test_one_yes_waits_for_the_other_side_and_the_last_asks_the_mediator() -> None:
    yes = AnswerName("", True)
    given(NAMED).when(yes, at="2026-03-20 10:00", seat=Seat.RAISER).then(NameAnswered("raiser", True, None))
    one = then(NAMED, yes, "2026-03-20 10:00", seat=Seat.RAISER)
    outcome = given(one).when(AnswerName("respondent", True), at="2026-03-23 10:00")
    case = outcome.then(
        NameAnswered("respondent", True, None),
        MediatorAsked(MARA, Term(date(2026, 3, 23), 3, date(2026, 3, 26))),
    )
    assert who_owes(case, "declare") == (Seat.MEDIATOR, Seat.OFFICER)
    assert (case.mediation.asked_mediator, case.mediation.proposed) == (MARA, None)
    outcome.then_told(Notice("mediator-asked", Seat.MEDIATOR, fact("declare", "2026-03-26"), Rest.OWED))


def test_nothing_said_in_time_is_nothing_against_the_name() -> None:
    seen = RecordNameSeen("raiser", date(2026, 3, 25))
    given(NAMED).when(seen, at="2026-03-25 08:00", **SWEEP).then(NameUnanswered("raiser", date(2026, 3, 25)))
    one = then(NAMED, seen, "2026-03-25 08:00", **SWEEP)
    last = RecordNameSeen("respondent", date(2026, 3, 25))
    given(one).when(last, at="2026-03-25 08:00", **SWEEP).then(
        NameUnanswered("respondent", date(2026, 3, 25)),
        MediatorAsked(MARA, Term(date(2026, 3, 25), 3, date(2026, 3, 30))),
    )
    given(one).when(seen, at="2026-03-25 08:01", **SWEEP).then()


def test_a_refusal_is_the_officers_to_hear_and_its_reason_is_of_that_side_alone() -> None:
    for party in ("raiser", "respondent"):
        command = AnswerName(party, False, said("We know her."), said("So do we."))
        kept = command.of_raiser if party == "raiser" else command.of_respondent
        outcome = given(NAMED).when(command, at="2026-03-20 10:00")
        (refused,) = outcome.events()
        assert isinstance(refused, NameAnswered)
        assert kept
        assert refused.reason == kept.sealed()
        outcome.then_told(Notice("name-refused", Seat.OFFICER, fact("appoint", "2026-04-01")))
        case = outcome.then_case()
        assert owed(case) == {"decide": None, "appoint": date(2026, 4, 1)}
        assert (case.mediation.proposed, case.mediation.refused_names) == (None, (MARA,))


def test_who_answers_about_a_name_is_asked_about_it_and_speaks_for_themselves() -> None:
    one = then(NAMED, AnswerName("raiser", True), "2026-03-20 10:00")
    given(one).when(AnswerName("", True), at="2026-03-20 11:00", seat=Seat.RAISER).then_refused(
        "No mediator is proposed to you"
    )
    for party, by, words in (
        ("raiser", Seat.CHAMPION, "for which side"),
        ("", Seat.OFFICER, "for which side"),
        ("board", Seat.OFFICER, "for which side"),
        ("raiser", Seat.OFFICER, "No mediator is proposed to this side"),
    ):
        refused = given(one).when(AnswerName(party, True), at="2026-03-20 11:00", seat=by)
        assert refused.then_refused(words).field == "party"


def test_without_a_conflict_they_are_appointed_for_thirty_days_of_sixty_and_all_hear_it() -> None:
    outcome = given(NOBODY_MINDS).when(DeclareInterest(False), at="2026-03-26 10:00", **MEDIATING)
    case = outcome.then(
        MediatorAppointed(MARA, Term(date(2026, 3, 26), 30, date(2026, 5, 12)), date(2026, 6, 24))
    )
    assert who_owes(case, "mediate") == (Seat.MEDIATOR, Seat.RAISER)
    assert owed(case) == {"decide": None, "mediate": date(2026, 5, 12)}
    assert (case.mediation.appointed_on, case.mediation.mediators) == (date(2026, 3, 26), (MARA,))
    assert case.mediation.asked_mediator is None
    facts = fact("mediate", "2026-05-12")
    seats = (*BOTH, Seat.OFFICER, Seat.MEDIATOR)
    outcome.then_told(*(Notice("mediator-appointed", seat, facts, confirms=True) for seat in seats))
    given(APPOINTED).when(DeclareInterest(False), at="2026-03-27 10:00", **MEDIATING).then()


def test_a_conflict_before_the_appointment_leaves_the_officers_date_and_after_it_sets_a_new_one() -> None:
    told = (*BOTH, Seat.OFFICER)
    before = given(NOBODY_MINDS).when(DeclareInterest(True), at="2026-03-26 10:00", **MEDIATING)
    case = before.then(MediatorGone(MARA, "conflict", None))
    before.then_told(*(Notice("mediator-gone", seat, fact("appoint", "2026-04-01")) for seat in told))
    assert owed(case) == {"decide": None, "appoint": date(2026, 4, 1)}
    assert case.mediation.refused_names == (MARA,)
    after = given(APPOINTED).when(DeclareInterest(True), at="2026-04-01 10:00", **MEDIATING)
    anew = Term(date(2026, 4, 1), 10, date(2026, 4, 17))
    case = after.then(MediatorGone(MARA, "conflict", anew))
    after.then_told(*(Notice("mediator-gone", seat, fact("appoint", "2026-04-17")) for seat in told))
    assert who_owes(case, "appoint") == (Seat.OFFICER, Seat.RAISER)
    assert owed(case) == {"decide": None, "appoint": date(2026, 4, 17)}


@pytest.mark.parametrize("why", ["ill", "other"])
def test_a_mediator_who_cannot_go_on_may_be_proposed_once_more_later(why: str) -> None:
    gone = then(APPOINTED, ChangeMediator(why), "2026-04-01 10:00", **MEDIATING)
    assert gone[-1][0] == MediatorGone(MARA, why, Term(date(2026, 4, 1), 10, date(2026, 4, 17)))
    given(gone).when(ProposeMediator(MARA, "both"), at="2026-04-02 10:00", **LIST).then_case()
    wrong = given(APPOINTED).when(ChangeMediator("conflict"), at="2026-04-01 10:00", **MEDIATING)
    assert wrong.then_refused("why the mediator cannot go on").field == "why"


def test_nobody_declares_or_is_changed_once_it_is_over() -> None:
    over = then(APPOINTED, Decide("settled"), "2026-04-01 10:00")
    given(over).when(DeclareInterest(True), at="2026-04-02 10:00", **MEDIATING).then_refused(
        "not asked about"
    )
    given(over).when(ChangeMediator("ill"), at="2026-04-02 10:00").then_refused("No mediator is asked")


def test_a_second_mediator_has_what_is_left_of_sixty_days_from_the_first() -> None:
    gone = then(APPOINTED, ChangeMediator("ill"), "2026-06-17 10:00", **MEDIATING)
    kept = ProposeMediator(MARA, "both", said("We all wish it."))
    (proposed, appointed) = given(gone).when(kept, at="2026-06-18 10:00", **LIST).events()
    assert isinstance(proposed, MediatorProposed)
    assert kept.despite
    assert (proposed.names, proposed.despite) == ((), kept.despite.sealed())
    latest = date(2026, 6, 24)
    assert appointed == MediatorAppointed(MARA, Term(date(2026, 6, 18), 4, latest), latest)
    found = given(gone).when(kept, at="2026-06-24 10:00", **LIST).events()
    assert [getattr(one, "ending", None) for one in found] == [None, "time over", None]


def test_nobody_found_takes_the_case_back_to_where_it_stood() -> None:
    day = date(2026, 4, 17)
    case = given(AGREED).when(RecordNoMediator(day), at="2026-04-17 08:00", **SWEEP).then_case()
    assert owed(case) == {"decide": date(2026, 4, 30)}
    assert case.stage.value == "raiser-decides"
    given(APPOINTED).when(RecordNoMediator(day), at="2026-04-17 08:00", **SWEEP).then()


# --- the pages -------------------------------------------------------------------------------------------


def test_what_is_waited_for_stands_first_and_a_declaration_only_until_it_is_made() -> None:
    declares = act_of(DeclareInterest(False))
    assert declares.rank_in(given(NOBODY_MINDS).case) is Rank.WAITED_FOR
    assert declares.rank_in(given(APPOINTED).case) is Rank.LAST
    sides = (
        AskForMediation("raiser"),
        AnswerMediation("raiser", True),
        DeclineOffer("raiser"),
        AnswerName("raiser", True),
    )
    for command in sides:
        side = act_of(command).side
        assert side
        assert side(command, given(RELEASED).case) == "raiser"


def test_after_the_case_is_closed_nobody_is_asked_any_more() -> None:
    settled = then(ASKED, Decide("settled"), "2026-03-17 10:00")
    case = given(settled).when(Close("resolved early", said()), at="2026-03-18 10:00").then_case()
    assert case.owed("consent", "respondent") is None
    sweep = given(RELEASED).when(RecordNoConsent("raiser", date(2026, 3, 20)), at="2026-03-20 08:00", **SWEEP)
    sweep.then_refused("not asked for")
