"""The table of acts: each command once, with somebody who may give it; and what is offered to whom."""

from datetime import date
from typing import get_args

import pytest

from compact_cases.rules.act import Need, Now, Rank, Registered
from compact_cases.rules.acts import (
    ACTS,
    BY_COMMAND,
    BY_EFFECT,
    NOTICES,
    Command,
    Offers,
    act_of,
    at_address,
    behalf,
    offers,
)
from compact_cases.rules.agreed_actions import ConfirmAction, SayActionDone, WaiveAction
from compact_cases.rules.agreement import AnswerAgreement
from compact_cases.rules.check_ins import AnswerCheckIn
from compact_cases.rules.closing import Merge, TakeIn, Unmerge
from compact_cases.rules.enquiry import Decide, ReleaseReply, SendReply, choices
from compact_cases.rules.events.closing import Closed, MergedInto
from compact_cases.rules.events.enquiry import WaitChosen
from compact_cases.rules.events.intake import Acknowledged, OfficerAssigned
from compact_cases.rules.intake import Accept, AskForMore, Receive
from compact_cases.rules.particulars import Assign, HandOver
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED,
    CHAMPION,
    CLOSED,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    given,
    now,
    on,
    rulebook,
    said,
    sealed,
)

NAMED = [act for act in ACTS if act.name]
ALL_STAGES = [RECEIVED, PUT_TO_THE_COUNCIL, REPLIED, RELEASED, SILENT, SETTLED, CLOSED]


def offered(history: History, at: str, seat: Seat = Seat.OFFICER, **known: object) -> Offers:
    return offers(given(history).case, now(at, seat=seat, **known))


def names(found: Offers) -> list[str]:
    return [act.name for act in found.open]


def why_not(found: Offers, name: str) -> str:
    (sentence,) = [sentence for act, sentence in found.refused if act.name == name]
    return sentence


# --- the table --------------------------------------------------------------------------------------------


def test_every_command_has_one_act_and_every_act_one_command() -> None:
    assert len(ACTS) == len(BY_COMMAND) == len(get_args(Command))
    assert set(BY_COMMAND) == set(get_args(Command))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.command.__name__)
def test_an_act_has_an_address_or_is_the_systems_or_the_other_half_of_one(act: object) -> None:
    one = next(it for it in ACTS if it is act)
    halves = {it.half for it in ACTS}
    assert bool(one.name) is not (one.by == SYSTEM or one.command in halves or one.command is Receive)
    assert one.by


@pytest.mark.parametrize("seat", Seat, ids=lambda seat: seat.word)
def test_whoever_may_go_to_an_address_reads_words_for_it(seat: Seat) -> None:
    theirs = [act for act in NAMED if seat in act.by]
    first = {act.name: act for act in reversed(theirs)}.values()
    assert [act.name for act in first if not (act.words if seat in CASE_STAFF else act.party_words)] == []


def test_acts_of_one_address_are_for_the_same_people_or_one_for_each_side() -> None:
    others = [act for act in NAMED if act.by != at_address(act.name)[0].by]
    assert {act.name for act in others} == {"reopening", "lesson"}
    assert all(act.by - CASE_STAFF in (RAISING, RESPONDING) for act in others)


def test_the_other_half_is_an_act_too_and_says_of_which_case() -> None:
    halves = {act.command: act.half for act in ACTS if act.half}
    assert halves[Merge] is TakeIn
    assert all(half in BY_COMMAND and not BY_COMMAND[half].name for half in halves.values())
    assert all(act_of(command).other for command in (Merge(OFFICER, COUNCIL, said()), Unmerge(said())))


def test_every_effect_of_the_procedure_is_an_act_of_the_system() -> None:
    terms = rulebook().procedure.terms.values()
    effects = {step.effect for one in terms for step in one.steps if step.effect}
    assert effects == set(BY_EFFECT)
    assert all(act.by == SYSTEM for act in BY_EFFECT.values())


def test_every_letter_has_one_name() -> None:
    assert len(NOTICES) == len(set(NOTICES))


def test_who_may_give_an_act_stands_with_it() -> None:
    reply = SendReply((), None, CHAMPION, said())
    assert act_of(reply).by == RESPONDING | CASE_STAFF
    assert act_of(Accept(OFFICER, said(), said())).by == CASE_STAFF


def test_an_officer_who_writes_something_down_does_so_for_one_side() -> None:
    agreed = given(AGREED).case  # its first action is the council's, the second the raiser's
    for command, seat in (
        (SendReply((), None, CHAMPION, said()), Seat.CHAMPION),
        (Decide("settled"), Seat.RAISER),
        (ReleaseReply(looked=True), None),
        (AnswerAgreement("raiser", "yes"), Seat.RAISER),
        (AnswerAgreement("respondent", "yes"), Seat.CHAMPION),
        (SayActionDone("1", said()), Seat.CHAMPION),
        (SayActionDone("2", said()), Seat.RAISER),
        (ConfirmAction("1"), Seat.RAISER),
        (WaiveAction("2", sure=True), Seat.CHAMPION),
        (AnswerCheckIn("3-respondent", said()), Seat.CHAMPION),
    ):
        assert behalf(act_of(command), command, agreed) is seat, command


def test_an_act_says_what_it_must_know_beside_the_case() -> None:
    assert act_of(Accept(OFFICER, said(), said())).needs == {
        Need.REGISTER,
        Need.RAISERS_WORDS,
        Need.FEAR,
        Need.SMALL_SIDES,
    }
    assert act_of(HandOver(OFFICER, said())).needs == {Need.STAFF}
    assert act_of(ReleaseReply(looked=True)).needs == {Need.WAITING_REPLY, Need.RAISERS_WORDS}
    assert act_of(Merge(OFFICER, COUNCIL, said())).needs == {Need.OTHER_CASE, Need.RAISERS_WORDS}
    assert act_of(AskForMore(said())).needs == set()


# --- what is offered --------------------------------------------------------------------------------------


def test_of_a_new_concern_an_officer_may_do_much_and_reads_why_not_the_rest() -> None:
    found = offered(RECEIVED, "2026-02-24 10:00")
    assert names(found) == [
        "acknowledgement",
        "respondent",
        "question",
        "merge",
        "clauses",
        "assignment",
        "addition",
        "conflict",
        "referral",
        "links",
        "pause",
        "adjustment",
        "group-ended",
        "contact",
        "private-note",
        "withdrawal",
    ]
    assert why_not(found, "release") == "There is no reply waiting to be released in this case."
    assert why_not(found, "closing").endswith("something is still open in it.")


@pytest.mark.parametrize("seat", Seat, ids=lambda seat: seat.word)
@pytest.mark.parametrize(
    "history", [RECEIVED, PUT_TO_THE_COUNCIL, REPLIED, RELEASED, SILENT, SETTLED, CLOSED]
)
def test_each_address_is_either_open_or_refused_and_nobody_is_offered_what_is_not_theirs(
    seat: Seat, history: History
) -> None:
    found = offered(history, "2026-04-10 10:00", seat)
    named = names(found) + [act.name for act, _ in found.refused]
    assert sorted(named) == sorted({act.name for act in NAMED if seat in act.by})
    assert all(sentence.endswith((".", "?")) for _, sentence in found.refused)


@pytest.mark.parametrize(
    ("history", "seat", "open_to"),
    [
        (RECEIVED, Seat.RAISER, ["addition", "withdrawal"]),
        (RECEIVED, Seat.CHAMPION, []),
        (PUT_TO_THE_COUNCIL, Seat.CHAMPION, ["reply", "timetable"]),
        (PUT_TO_THE_COUNCIL, Seat.SENIOR_LEAD, ["reply", "timetable"]),
        (REPLIED, Seat.CHAMPION, []),
        (REPLIED, Seat.RAISER, ["addition", "withdrawal"]),
        (
            RELEASED,
            Seat.RAISER,
            ["decision", "addition", "mediation", "extension", "timetable", "mediation-offer", "withdrawal"],
        ),
        (SILENT, Seat.CHAMPION, ["reply", "mediation", "timetable", "mediation-offer"]),
        (RELEASED, Seat.CHAIR, ["pause"]),
        (RELEASED, Seat.PUBLIC, []),
        (CLOSED, Seat.OFFICER, ["reopening", "links", "lesson", "contact", "private-note"]),
        (CLOSED, Seat.RAISER, ["reopening", "lesson"]),
        (CLOSED, Seat.CHAMPION, ["reopening", "lesson"]),
    ],
)
def test_a_party_is_offered_what_is_its_own_to_do(history: History, seat: Seat, open_to: list[str]) -> None:
    assert names(offered(history, "2026-03-20 10:00", seat)) == open_to


@pytest.mark.parametrize(
    ("history", "first"),
    [(RECEIVED[:1], "respondent"), (RECEIVED, "acknowledgement"), (REPLIED, "release"), (SETTLED, "closing")],
)
def test_what_the_case_waits_for_stands_first(history: History, first: str) -> None:
    assert names(offered(history, "2026-03-20 10:00"))[0] == first


def test_the_most_final_stands_last() -> None:
    for history in (RECEIVED, PUT_TO_THE_COUNCIL, REPLIED, RELEASED, SETTLED):
        assert names(offered(history, "2026-03-20 10:00"))[-1] == "withdrawal"


def test_an_address_is_open_as_long_as_one_of_its_acts_is() -> None:
    found = offered(RECEIVED, "2026-02-24 10:00", register={COUNCIL: Registered(has_champion=False)})
    accept, decline, _ = at_address("acknowledgement")
    without_champion = now("2026-02-24 10:00", register={COUNCIL: Registered(has_champion=False)})
    assert accept.why_not(given(RECEIVED).case, without_champion) is not None
    assert decline.why_not(given(RECEIVED).case, without_champion) is None
    assert names(found)[0] == "acknowledgement"


def test_why_not_is_the_sentence_with_which_the_act_would_be_refused() -> None:
    case = given(PUT_TO_THE_COUNCIL).case
    refused = (
        given(PUT_TO_THE_COUNCIL).when(AskForMore(said()), at="2026-03-03 10:00").then_refused("already")
    )
    reason = act_of(AskForMore(said())).why_not(case, now("2026-03-03 10:00"))
    assert reason is not None
    assert (reason.sentence, reason.field) == (refused.sentence, refused.field)


def test_a_merge_can_be_undone_or_its_raiser_withdraw_and_nothing_else_moves_the_case() -> None:
    merged = RECEIVED + on(
        "2026-02-25 10:00",
        Acknowledged(OFFICER, None),
        MergedInto(OTHER_OFFICER, sealed()),
        Closed("merged", None),
    )
    notes = ["contact", "private-note"]  # which stand beside it
    assert names(offered(merged, "2026-03-09 10:00")) == ["unmerge", "links", *notes, "withdrawal"]


def test_a_case_that_somebody_handles_can_be_handed_over() -> None:
    handled = RECEIVED + on("2026-02-24 10:00", OfficerAssigned(OFFICER))
    (assign, hand_over) = at_address("assignment")
    assert (assign.command, hand_over.command) == (Assign, HandOver)
    assert hand_over.why_not(given(handled).case, now("2026-02-24 11:00")) is None
    refused = hand_over.why_not(given(RECEIVED).case, now("2026-02-24 11:00"))
    assert refused
    assert refused.sentence.startswith("Nobody handles this case yet.")
    assert names(offered(handled, "2026-02-24 11:00")).count("assignment") == 1


def test_the_options_of_a_page_are_those_of_the_rule() -> None:
    at = Now(now("2026-03-24 12:00").at, rulebook())
    (decide, _) = at_address("decision")
    assert decide.choices(given(SILENT).case, at) == {"decision": ("not", "stop")}
    assert decide.choices(given(RELEASED).case, at) == {"decision": ("settled", "partly", "not")}
    (close,) = at_address("closing")
    assert close.choices(given(SETTLED).case, at) == {"outcome": ("resolved early",)}
    (withdraw,) = at_address("withdrawal")
    assert withdraw.choices(given(SETTLED).case, at) == {}


def test_what_a_raiser_can_say_is_asked_in_one_place() -> None:
    at = now("2026-03-24 12:00")
    waiting = SILENT + on("2026-03-24 10:00", WaitChosen(Term(date(2026, 3, 24), 5, date(2026, 3, 31))))
    assert choices(given(RELEASED).case, at) == ("settled", "partly", "not")
    assert choices(given(SILENT).case, at) == ("go-on", "wait", "stop")
    assert choices(given(waiting).case, at) == ("go-on", "stop")
    assert choices(given(SETTLED).case, at) == ("settled", "partly", "not")
    assert (choices(given(RECEIVED).case, at), choices(given(CLOSED).case, at)) == ((), ())


def test_the_rank_of_an_act_may_depend_on_the_case() -> None:
    (match,) = at_address("respondent")
    assert match.rank_in(given(RECEIVED[:1]).case) is Rank.WAITED_FOR
    assert match.rank_in(given(RECEIVED).case) is Rank.USUAL


def test_the_limit_of_what_opens_now_is_counted_from_now() -> None:
    term = now("2026-03-02 17:30").term("reply")
    assert (term.start, term.limit, term.due) == (date(2026, 3, 3), 10, date(2026, 3, 17))
    assert now("2026-03-02 09:30").term("reply", volunteer_run=True).due == date(2026, 3, 30)
