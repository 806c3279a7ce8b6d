"""Who is told what of an agreed action, with which facts; what each may choose; what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of, behalf
from compact_cases.rules.agreed_actions import (
    ActionCommand,
    ConfirmAction,
    DisputeAction,
    RecordNotDisputed,
    RecordNotKept,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.events.agreement import (
    ActionDisputed,
    ActionDone,
    ActionNotKept,
    ActionWaived,
    ActionWordsReleased,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.builders import CLOSED_WITH_ACTIONS, History, confidential, given, now, on, said, sealed

RELEASE = Term(date(2026, 5, 5), 2, date(2026, 5, 7))
CONFIRM = Term(date(2026, 5, 6), 10, date(2026, 5, 20))
AGAIN = Term(date(2026, 5, 8), 10, date(2026, 5, 22))
# the first action is the respondent's, the second the raiser's
DONE = CLOSED_WITH_ACTIONS + on("2026-05-05 10:00", ActionDone(1, "respondent", sealed(), RELEASE))
TO_CONFIRM = DONE + on("2026-05-06 10:00", ActionWordsReleased(1, None, CONFIRM, None))
DISPUTED = TO_CONFIRM + on("2026-05-07 10:00", ActionDisputed(1, "raiser", sealed(), RELEASE))
OWED_AGAIN = DISPUTED + on("2026-05-08 10:00", ActionWordsReleased(1, None, None, AGAIN))
DONE_AGAIN = (
    OWED_AGAIN
    + on("2026-05-12 10:00", ActionDone(1, "respondent", sealed(), RELEASE))
    + on("2026-05-13 10:00", ActionWordsReleased(1, None, CONFIRM, None))
)
OURS_DONE = CLOSED_WITH_ACTIONS + on("2026-04-16 10:00", ActionDone(2, "raiser", sealed(), RELEASE))
OURS_TO_CONFIRM = OURS_DONE + on("2026-04-17 10:00", ActionWordsReleased(2, None, CONFIRM, None))
LOOKED = ReleaseActionWords("1", looked=True)
DISPUTE = DisputeAction("1", said("It is not there."))


def letter(name: str, to: Seat, obligation: str, due: str, item: str) -> Notice:
    """One about what is owed now; it is not sent any more once that is done."""
    return Notice(name, to, {"obligation": obligation, "due": due, "item": item}, Rest.OWED)


# --- who is told ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "command", "at", "expected"),
    [
        (
            CLOSED_WITH_ACTIONS,
            SayActionDone("2", said()),
            "2026-04-16 10:00",
            letter("action-to-read", Seat.OFFICER, "action-release", "2026-04-20", "2"),
        ),
        (
            OURS_DONE,
            ReleaseActionWords("2", looked=True),
            "2026-04-17 10:00",
            letter("action-to-confirm", Seat.CHAMPION, "confirm", "2026-05-01", "2"),
        ),
        (
            DONE,
            LOOKED,
            "2026-05-06 10:00",
            letter("action-to-confirm", Seat.RAISER, "confirm", "2026-05-20", "1"),
        ),
        (
            TO_CONFIRM,
            DISPUTE,
            "2026-05-07 10:00",
            letter("action-to-read", Seat.OFFICER, "action-release", "2026-05-11", "1"),
        ),
        (
            DISPUTED,
            LOOKED,
            "2026-05-08 10:00",
            letter("action-again", Seat.CHAMPION, "action", "2026-05-22", "1"),
        ),
    ],
)
def test_whoever_has_to_do_something_next_is_told_until_when(
    history: History, command: ActionCommand, at: str, expected: Notice
) -> None:
    given(history).when(command, at=at).then_told(expected)


@pytest.mark.parametrize(
    ("history", "command", "how", "item", "side", "to"),
    [
        (OURS_TO_CONFIRM, ConfirmAction("2"), "confirmed", "2", "raiser", Seat.RAISER),
        (TO_CONFIRM, ConfirmAction("1"), "confirmed", "1", "respondent", Seat.CHAMPION),
        (OURS_DONE, WaiveAction("2", sure=True), "waived", "2", "raiser", Seat.RAISER),
        (
            TO_CONFIRM,
            RecordNotDisputed(date(2026, 5, 21), "1"),
            "not-disputed",
            "1",
            "respondent",
            Seat.CHAMPION,
        ),
    ],
)
def test_its_owner_is_told_that_nothing_is_left_to_do_whatever_comes_next(
    history: History, command: ActionCommand, how: str, item: str, side: str, to: Seat
) -> None:
    facts = {"item": item, "how": how, "side": side}
    given(history).when(command, at="2026-05-21 08:00").then_told(
        Notice("action-settled", to, facts, Rest.ALWAYS)
    )


def not_kept(item: str, side: str) -> list[Notice]:
    facts = {"item": item, "how": "not-kept", "side": side}
    return [
        Notice("action-not-kept", seat, facts, Rest.ALWAYS, confirms=True)
        for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    ]


@pytest.mark.parametrize(("item", "side"), [("1", "respondent"), ("2", "raiser")])
def test_that_an_action_was_not_kept_is_told_to_both_sides_and_the_officer(item: str, side: str) -> None:
    command = RecordNotKept(date(2026, 5, 20), item)
    given(CLOSED_WITH_ACTIONS).when(command, at="2026-05-20 08:00").then_told(*not_kept(item, side))


def test_a_second_dispute_is_read_by_an_officer_and_told_to_all() -> None:
    given(DONE_AGAIN).when(DISPUTE, at="2026-05-14 10:00").then_told(
        letter("action-to-read", Seat.OFFICER, "action-release", "2026-05-18", "1"),
        *not_kept("1", "respondent"),
    )


# --- what is kept -----------------------------------------------------------------------------------------


def test_what_each_writes_about_an_action_is_kept_for_the_other_side() -> None:
    done = SayActionDone("2", said("We sent the papers."))
    given(CLOSED_WITH_ACTIONS).when(done, at="2026-04-16 10:00").then(
        ActionDone(2, "raiser", done.proof.sealed(), Term(date(2026, 4, 16), 2, date(2026, 4, 20)))
    )
    release = Term(date(2026, 5, 14), 2, date(2026, 5, 18))
    given(DONE_AGAIN).when(DISPUTE, at="2026-05-14 10:00").then(
        ActionDisputed(1, "raiser", DISPUTE.reason.sealed(), release),
        ActionNotKept(1, "disputed twice", date(2026, 5, 14)),
    )


def test_what_was_taken_out_is_kept() -> None:
    taken_out = ReleaseActionWords("1", looked=True, hidden=said("at Elmfield"))
    assert taken_out.hidden is not None
    known: dict[str, Any] = {"action_words": {"1": "We rang Jo at Elmfield."}}
    given(DONE).when(taken_out, at="2026-05-06 10:00", **known).then(
        ActionWordsReleased(1, taken_out.hidden.sealed(), CONFIRM, None)
    )


def test_a_recorded_adjustment_lengthens_the_days_of_whoever_owes_them() -> None:
    def released(history: History, side: Side) -> Term | None:
        (event,) = given(history).when(LOOKED, at="2026-05-08 10:00", longer={side: 3}).events()
        assert isinstance(event, ActionWordsReleased)
        return event.confirm or event.again

    ten, thirteen = (Term(AGAIN.start, days, due) for days, due in ((10, AGAIN.due), (13, date(2026, 5, 28))))
    assert [released(DONE, side) for side in (Side.RAISER, Side.RESPONDENT)] == [thirteen, ten]
    assert [released(DISPUTED, side) for side in (Side.RAISER, Side.RESPONDENT)] == [ten, thirteen]


def test_whoever_waives_is_the_other_side() -> None:
    waive = WaiveAction("2", sure=True)
    given(CLOSED_WITH_ACTIONS).when(waive, at="2026-04-01 10:00").then(ActionWaived(2, "respondent"))


# --- what may be chosen, and on whose behalf --------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "history", "seat", "items"),
    [
        (SayActionDone("1", said()), CLOSED_WITH_ACTIONS, Seat.CHAMPION, ("1",)),
        (SayActionDone("1", said()), CLOSED_WITH_ACTIONS, Seat.RAISER, ("2",)),
        (SayActionDone("1", said()), CLOSED_WITH_ACTIONS, Seat.OFFICER, ("1", "2")),
        (SayActionDone("1", said()), DONE, Seat.OFFICER, ("2",)),
        (ConfirmAction("1"), TO_CONFIRM, Seat.RAISER, ("1",)),
        (ConfirmAction("1"), TO_CONFIRM, Seat.CHAMPION, ("2",)),
        (WaiveAction("1", sure=True), TO_CONFIRM, Seat.OFFICER, ("1", "2")),
        (DISPUTE, TO_CONFIRM, Seat.RAISER, ("1",)),
        (DISPUTE, TO_CONFIRM, Seat.CHAMPION, ()),
        (DISPUTE, DONE, Seat.OFFICER, ()),
        (LOOKED, OURS_DONE, Seat.OFFICER, ("2",)),
        (LOOKED, TO_CONFIRM, Seat.OFFICER, ()),
    ],
)
def test_which_actions_each_may_speak_of(
    command: ActionCommand, history: History, seat: Seat, items: tuple[str, ...]
) -> None:
    found = act_of(command).choices(given(history).case, now("2026-05-07 10:00", seat=seat))
    assert found == {"item": items}


@pytest.mark.parametrize(
    ("command", "seat"),
    [
        (SayActionDone("1", said()), Seat.CHAMPION),
        (SayActionDone("2", said()), Seat.RAISER),
        (ConfirmAction("1"), Seat.RAISER),
        (ConfirmAction("2"), Seat.CHAMPION),
        (DISPUTE, Seat.RAISER),
        (WaiveAction("2", sure=True), Seat.CHAMPION),
        (SayActionDone("9", said()), None),
        (ConfirmAction("9"), None),
    ],
)
def test_an_officer_writes_it_down_for_the_side_whose_word_it_is(
    command: ActionCommand, seat: Seat | None
) -> None:
    assert behalf(act_of(command), command, given(TO_CONFIRM).case) is seat


# --- refusals in full -------------------------------------------------------------------------------------


def test_only_the_side_to_which_an_action_is_owed_disputes_it() -> None:
    given(TO_CONFIRM).when(DISPUTE, at="2026-05-07 10:00", seat=Seat.CHAMPION).then_refused(
        "No agreed action waits here to be confirmed. Only the side to which an action is owed can say that "
        "it is not done, and only after it was said to be done."
    )


def test_a_phrase_that_stands_nowhere_is_shown_up_to_eighty_letters() -> None:
    long = ReleaseActionWords("1", looked=True, hidden=said("x" * 90))
    refused = given(DONE).when(long, at="2026-05-06 10:00", action_words={"1": "We rang Jo."})
    refused.then_refused(f"“{'x' * 80}” does not stand in it.")


def test_words_that_tell_who_raised_it_are_named() -> None:
    known: dict[str, Any] = {
        "action_words": {"1": "We rang Jo at Elmfield."},
        "raisers_words": frozenset({"elmfield"}),
    }
    refused = given(confidential(DONE)).when(LOOKED, at="2026-05-06 10:00", **known)
    refused.then_refused("These words could tell the other side who raised it: Elmfield.")
    may_stay = replace(LOOKED, words_may_stay=True)
    given(confidential(DONE)).when(may_stay, at="2026-05-06 10:00", **known).then_case()
