"""Intake: received, asked for more, put to the respondent, declined."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.course import Stage
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.events.fast_track import FastTracked
from compact_cases.rules.events.intake import (
    Acknowledged,
    AlsoTold,
    ClauseCited,
    ClosingDateGiven,
    CodeNamed,
    ConcernReceived,
    Declined,
    HandedOver,
    OfficerAssigned,
    RemediesSought,
    RespondentMatched,
)
from compact_cases.rules.intake import Accept, Cite, Decline, Receive, Told
from compact_cases.rules.names import telling_words
from compact_cases.rules.particulars import Assign, HandOver, MatchRespondent
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    CONCERN,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RAISER,
    RECEIVED,
    History,
    given,
    on,
    received,
    said,
)

HALL, NOBODY = UUID(int=81), UUID(int=82)


def receive(**changes: object) -> Receive:
    values: dict[str, object] = {
        "reference": "GC-2026-0001",
        "concern": CONCERN,
        "raiser": RAISER,
        "raiser_body": None,
        "confidentiality": Confidentiality.OPEN,
        "channel": "web",
        "account": said("The questionnaire came out on a Thursday."),
        "told": (),
        "remedies": (),
        "closes_on": None,
        "respondent": COUNCIL,
        "cites": (),
    }
    return Receive(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arrived", "counts_as", "due"),
    [
        ("2025-12-19 16:40", date(2025, 12, 19), date(2025, 12, 30)),
        ("2025-12-24 18:05", date(2025, 12, 29), date(2026, 1, 6)),
        ("2026-04-02 17:30", date(2026, 4, 7), date(2026, 4, 14)),
    ],
)
def test_a_concern_is_to_be_acknowledged_in_five_working_days(
    arrived: str, counts_as: date, due: date
) -> None:
    case = given([]).when(receive(), at=arrived).then_case()
    owed = case.owed("acknowledge")
    assert owed is not None
    assert (owed.owner, owed.to) == (Seat.OFFICER, Seat.RAISER)
    assert owed.term == Term(counts_as, 5, due)


def test_what_was_told_is_one_event_each() -> None:
    cites = (
        Cite("community-groups/5.3", "1", LinkRole.NOT_MET),
        Cite("consultation", "", LinkRole.NOT_MET, said("the part about funding")),
    )
    command = receive(
        raiser_body=HALL,
        told=(Told("tried", said("I rang.")),),
        remedies=("apology",),
        closes_on=date(2026, 5, 5),
        cites=cites,
    )
    paragraph = cites[1].paragraph
    assert paragraph is not None
    case = (
        given([])
        .when(command, at="2026-04-30 10:00")
        .then(
            ConcernReceived(
                "GC-2026-0001",
                CONCERN,
                RAISER,
                HALL,
                "open",
                "web",
                "default-2026-3",
                "test",
                command.account.sealed(),
                Term(date(2026, 4, 30), 1, date(2026, 5, 1)),
            ),
            RespondentMatched(COUNCIL),
            ClauseCited(1, "community-groups/5.3", "1", "not-met", None),
            CodeNamed(2, "consultation", "not-met", paragraph.sealed()),
            ClosingDateGiven(date(2026, 5, 5)),
            FastTracked("closes-on", None, None),
            RemediesSought(("apology",)),
            AlsoTold("tried", command.told[0].answer.sealed()),
        )
    )
    assert [link.clause for link in case.intake.to_answer] == ["community-groups/5.3", "consultation"]
    assert case.position == 8


def test_the_first_event_tells_what_no_later_one_can() -> None:
    command = receive(raiser=None, raiser_body=HALL, confidentiality=Confidentiality.ANONYMOUS)
    intake = given([]).when(command, at="2026-02-23 10:00").then_case().intake
    assert (intake.reference, intake.concern, intake.raiser, intake.raiser_body) == (
        "GC-2026-0001",
        CONCERN,
        None,
        HALL,
    )
    assert (intake.procedure, intake.calendar) == ("default-2026-3", "test")
    assert (intake.confidentiality, intake.is_hidden) == (Confidentiality.ANONYMOUS, True)


def test_a_concern_without_words_is_refused() -> None:
    given([]).when(receive(account=said("  ")), at="2026-02-23 10:00").then_refused("your own words")


def test_a_concern_is_received_once() -> None:
    given(RECEIVED).when(receive(), at="2026-02-23 10:00").then_refused("already been received")


def test_accepting_acknowledges_and_puts_it_to_the_respondent_in_one_act() -> None:
    command = Accept(OFFICER, said("You say that …"), said("A group says that …"))
    case = (
        given(RECEIVED)
        .when(command, at="2026-03-02 09:30")
        .then(
            Acknowledged(OFFICER, command.restated.sealed()),
            PutToRespondent(
                COUNCIL,
                command.wording.sealed(),
                Term(date(2026, 3, 2), 10, date(2026, 3, 16)),
                Term(date(2026, 3, 2), 60, date(2026, 5, 29)),
            ),
        )
    )
    assert case.stage is Stage.EARLY_RESOLUTION
    assert case.intake.officer == OFFICER
    assert [one.name for one in case.open_obligations] == ["reply"]


def test_a_respondent_run_by_volunteers_has_twenty_working_days() -> None:
    register = {COUNCIL: Registered(volunteer_run=True)}
    accept = given(RECEIVED).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30", register=register)
    reply = accept.then_case().owed("reply")
    assert reply is not None
    assert reply.due == date(2026, 3, 30)


@pytest.mark.parametrize("register", [{COUNCIL: Registered(has_champion=False)}, {}])
def test_a_notice_needs_somebody_to_send_it_to(register: dict[UUID, Registered]) -> None:
    accept = given(RECEIVED).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30", register=register)
    assert accept.then_refused("no named contact").field == "respondent"


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (Accept(OFFICER, said(""), said()), "restate", "restated"),
        (Accept(OFFICER, said(), said(" ")), "respondent will read", "wording"),
        (Decline(OFFICER, "because", said()), "one of the reasons", "reason"),
        (Decline(OFFICER, "repeat", said("")), "explain why", "explanation"),
    ],
)
def test_an_act_with_something_missing_is_refused(command: Accept | Decline, words: str, field: str) -> None:
    assert given(RECEIVED).when(command, at="2026-03-02 09:30").then_refused(words).field == field


def test_a_notice_needs_a_body_on_the_register_and_an_undertaking() -> None:
    bare = RECEIVED[:1]
    given(bare).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30").then_refused("register")
    matched = RECEIVED[:2]
    refused = given(matched).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30")
    assert refused.then_refused("undertaking").field == "clauses"


def hidden(confidentiality: str) -> History:
    first = received(Term(date(2026, 2, 23), 5, date(2026, 3, 2)), confidentiality)
    return on("2026-02-23 10:00", first) + RECEIVED[1:]


@pytest.mark.parametrize("confidentiality", ["confidential", "anonymous"])
def test_a_wording_does_not_name_a_raiser_who_is_not_to_be_known(confidentiality: str) -> None:
    words = telling_words(["Rose Elmfield", "Elmfield Tenants"])
    command = Accept(OFFICER, said("Rose, you say …"), said("The tenants of ELMFIELD say …"))
    refused = (
        given(hidden(confidentiality))
        .when(command, at="2026-03-02 09:30", raisers_words=words)
        .then_refused("could tell the respondent who raised it: tenants, ELMFIELD.")
    )
    assert refused.field == "wording"


def test_the_words_stay_where_somebody_looked_or_everybody_may_know_them() -> None:
    words = telling_words(["Elmfield Tenants"])
    looked = Accept(OFFICER, said(), said("Elmfield is a street."), words_may_stay=True)
    given(hidden("confidential")).when(looked, at="2026-03-02 09:30", raisers_words=words).then_case()
    openly = Accept(OFFICER, said(), said("Elmfield Tenants say …"))
    given(hidden("open")).when(openly, at="2026-03-02 09:30", raisers_words=words).then_case()
    silent = Accept(OFFICER, said("Elmfield, you say …"), said("A group says …"))
    given(hidden("confidential")).when(silent, at="2026-03-02 09:30", raisers_words=words).then_case()


def test_it_cannot_be_acknowledged_twice() -> None:
    again = given(PUT_TO_THE_COUNCIL).when(Accept(OFFICER, said(), said()), at="2026-03-03 09:30")
    again.then_refused("acknowledged already")


def test_declining_closes_with_the_outcome_of_its_reason() -> None:
    command = Decline(OFFICER, "another route fits", said("Try the ombudsman."))
    case = (
        given(RECEIVED)
        .when(command, at="2026-02-24 10:00")
        .then(
            Acknowledged(OFFICER, None),
            Declined("another route fits", command.explanation.sealed()),
            Closed("referred elsewhere", None),
        )
    )
    assert case.is_closed
    assert case.open_obligations == ()


def test_a_case_is_assigned_and_handed_over() -> None:
    case = given(RECEIVED).when(Assign(OFFICER), at="2026-02-24 10:00").then(OfficerAssigned(OFFICER))
    assert case.intake.officer == OFFICER
    assigned = RECEIVED + on("2026-02-24 10:00", OfficerAssigned(OFFICER))
    command = HandOver(OTHER_OFFICER, said())
    case = (
        given(assigned)
        .when(command, at="2026-02-24 10:00")
        .then(HandedOver(OTHER_OFFICER, command.reason.sealed()))
    )
    assert case.intake.officer == OTHER_OFFICER
    given(assigned).when(HandOver(OFFICER, said()), at="2026-02-24 10:00").then_refused("already")
    given(assigned).when(HandOver(OTHER_OFFICER, said("")), at="2026-02-24 10:00").then_refused("a reason")
    given(assigned).when(Assign(OFFICER), at="2026-02-24 10:00").then()


def test_nobody_hands_over_what_nobody_handles() -> None:
    hand_over = given(RECEIVED).when(HandOver(OTHER_OFFICER, said()), at="2026-02-24 10:00")
    assert hand_over.then_refused("say first who does").field == "officer"


def test_only_an_officer_handles_a_case() -> None:
    assigned = RECEIVED + on("2026-02-24 10:00", OfficerAssigned(OFFICER))
    for command in (Assign(NOBODY), HandOver(NOBODY, said())):
        refused = (
            given(assigned).when(command, at="2026-02-24 10:00").then_refused("no officer of the office")
        )
        assert refused.field == "officer"


def test_the_body_can_be_changed_until_it_had_notice_and_to_one_on_the_register_only() -> None:
    register = {COUNCIL: Registered(), HALL: Registered()}
    other = given(RECEIVED).when(MatchRespondent(HALL), at="2026-02-24 10:00", register=register)
    assert other.then(RespondentMatched(HALL)).intake.respondent == HALL
    given(RECEIVED).when(MatchRespondent(COUNCIL), at="2026-02-24 10:00").then()
    refused = (
        given(RECEIVED).when(MatchRespondent(HALL), at="2026-02-24 10:00").then_refused("not on the reg")
    )
    assert refused.field == "body"


def test_the_respondent_stays_once_it_had_notice_and_nothing_changes_after_closing() -> None:
    given(PUT_TO_THE_COUNCIL).when(MatchRespondent(COUNCIL), at="2026-03-03 10:00").then_refused("put to")
    given(CLOSED).when(Assign(OFFICER), at="2026-04-03 10:00").then_refused("closed")


# --- the raiser's own body ---------------------------------------------------------------------------------

OWN = "the raiser’s own body"


def raised_by(body: UUID, respondent: UUID | None) -> History:
    """A concern of a body on the register."""
    first = replace(received(Term(date(2026, 2, 23), 5, date(2026, 3, 2))), raiser_body=body)
    matched = [RespondentMatched(respondent)] if respondent else []
    cited = ClauseCited(1, "community-groups/5.3", "1", "not-met", None)
    return on("2026-02-23 10:00", first, *matched, cited)


def test_nobody_raises_a_concern_about_itself() -> None:
    own = receive(raiser_body=COUNCIL, respondent=COUNCIL)
    refused = given([]).when(own, at="2026-02-23 10:00").then_refused(OWN)
    assert refused.field == "respondent"


def test_the_raisers_own_body_cannot_be_matched_as_the_respondent() -> None:
    register = {HALL: Registered(), COUNCIL: Registered()}
    for respondent in (None, COUNCIL):
        history = raised_by(HALL, respondent)
        match = given(history).when(MatchRespondent(HALL), at="2026-02-24 10:00", register=register)
        assert match.then_refused(OWN).field == "body"
        given(history).when(MatchRespondent(COUNCIL), at="2026-02-24 10:00", register=register).then_case()


def test_no_notice_goes_to_the_raisers_own_body() -> None:
    """Where it was matched before this was asked."""
    accept = given(raised_by(COUNCIL, COUNCIL)).when(Accept(OFFICER, said(), said()), at="2026-02-24 10:00")
    assert accept.then_refused(OWN).field == "respondent"
