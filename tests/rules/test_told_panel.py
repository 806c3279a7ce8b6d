"""Who is told of a panel: it is opened and named, both sides see the names, each member declares."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.act import Panellist, Rank, Registered
from compact_cases.rules.acts import act_of
from compact_cases.rules.constituting import (
    DeclareForPanel,
    LetPanelStand,
    RefuseMember,
    ReplaceMember,
)
from compact_cases.rules.events.panel import (
    MemberDeclared,
    MemberRefused,
    MemberReplaced,
    PanelNamed,
    PanelOpened,
    PanelStood,
)
from compact_cases.rules.findings import (
    Recommend,
)
from compact_cases.rules.hearings import MoveHearing
from compact_cases.rules.notices import Notice
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.panel_access import may_read, sits_on_it
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import COUNCIL, History, given, said
from tests.rules.test_panel import (
    ANN,
    BEN,
    CAT,
    DAN,
    DECLARED,
    EVA,
    HEARD,
    NAMED,
    OPENED,
    PANEL,
    STOOD,
    WHO,
    WISHED,
    owed,
)
from tests.rules.test_review import hidden, then

BOTH = (Seat.RAISER, Seat.CHAMPION)
SWEEP: dict[str, Any] = {"seat": Seat.SYSTEM}
VCS_DAN: dict[str, Any] = {"panellists": {**WHO["panellists"], DAN: Panellist("vcs")}}
WITHOUT_BEN = then(STOOD, DeclareForPanel(conflict=True, member=BEN), "2026-04-14 10:00")
WITH_DAN = then(WITHOUT_BEN, ReplaceMember(BEN, DAN), "2026-04-15 10:00", **VCS_DAN)
MOVE = MoveHearing(date(2026, 5, 14), "11:00", online=True, place=said("A link"), needs=said("A loop"))
TO_THE_RAISER = Recommend("raiser", said("Come to the forum."), said("You were there."), link=2)


def fact(obligation: str, due: str, **more: Any) -> dict[str, Any]:
    return {"obligation": obligation, "due": due, **more}


def to_member(name: str, who: UUID, facts: dict[str, Any], confirms: bool = True, **more: Any) -> Notice:
    facts = {**facts, "member": str(who)}
    return Notice(name, Seat.PANELLIST, facts, confirms=confirms, person=who, **more)


def who_owes(history: History, name: str, item: str = "") -> tuple[Seat, Seat]:
    one = given(history).case.owed(name, item)
    assert one
    return one.owner, one.to


# --- it is opened, and named ------------------------------------------------------------------------------


def test_both_sides_hear_that_it_is_opened_and_its_secretary_until_when_to_name_it() -> None:
    outcome = given(WISHED).when(OpenNextStep("panel", None), at="2026-04-01 10:00")
    start = date(2026, 4, 1)
    outcome.then(PanelOpened(Term(start, 10, date(2026, 4, 17)), Term(start, 75, date(2026, 7, 21))))
    seats = (*BOTH, Seat.SECRETARY)
    outcome.then_told(*(Notice("panel-opened", one, fact("constitute", "2026-04-17")) for one in seats))
    assert who_owes(OPENED, "constitute") == (Seat.SECRETARY, Seat.RAISER)
    small = {"register": {COUNCIL: Registered(volunteer_run=True)}}
    (opened,) = given(WISHED).when(OpenNextStep("panel", None), at="2026-04-01 10:00", **small).events()
    assert isinstance(opened, PanelOpened)
    assert opened.guard
    assert opened.guard.limit == 85


def test_each_side_sees_the_names_and_hears_until_when_to_write() -> None:
    outcome = given(OPENED).when(PANEL, at="2026-04-07 10:00", **WHO)
    start = date(2026, 4, 7)
    outcome.then(
        PanelNamed(
            (ANN, BEN, CAT),
            ANN,
            0,
            date(2026, 5, 7),
            "10:00",
            False,
            PANEL.place.sealed(),
            None,
            Term(start, 3, date(2026, 4, 10)),
            Term(start, 6, date(2026, 4, 15)),
            Term(start, 11, date(2026, 4, 22)),
            Term(start, 21, date(2026, 5, 7)),
        )
    )
    outcome.then_told(
        *(
            Notice("panel-named", seat, fact("statement", "2026-04-15", new=False, item=seat.side.value))
            for seat in BOTH
        )
    )
    assert who_owes(NAMED, "see") == (Seat.OFFICER, Seat.RAISER)
    assert who_owes(NAMED, "statement", "raiser") == (Seat.RAISER, Seat.SECRETARY)
    assert who_owes(NAMED, "statement", "respondent") == (Seat.CHAMPION, Seat.SECRETARY)
    for name in ("papers", "hear"):
        assert who_owes(NAMED, name) == (Seat.SECRETARY, Seat.RAISER)
    assert given(NAMED).case.panel.said == 1


@pytest.mark.parametrize("day", [date(2026, 5, 6), date(2026, 5, 20)])
def test_the_first_and_the_last_day_for_a_hearing_will_do(day: date) -> None:
    needs = replace(PANEL, on=day, needs=said("A ramp"))
    (named,) = given(OPENED).when(needs, at="2026-04-07 10:00", **WHO).events()
    assert isinstance(named, PanelNamed)
    assert needs.needs
    assert named.needs == needs.needs.sealed()


@pytest.mark.parametrize(
    ("news", "field"),
    [
        ({"on": date(2026, 5, 5)}, "on"),
        ({"on": date(2026, 5, 21)}, "on"),
        ({"lead": None}, "lead"),
        ({"members": (ANN, BEN, UUID(int=999))}, "members"),
        ({"place": said(" ")}, "place"),
    ],
)
def test_the_days_around_them_and_a_panel_without_a_lead_will_not(news: dict[str, Any], field: str) -> None:
    refused = given(OPENED).when(replace(PANEL, **news), at="2026-04-07 10:00", **WHO).then_refused("Please")
    assert refused.field == field


def test_a_place_that_would_tell_who_a_hidden_raiser_is_is_looked_at_first() -> None:
    known = {**WHO, "raisers_words": frozenset({"elmfield"})}
    tells: tuple[tuple[str, dict[str, Any]], ...] = (
        ("place", {"place": said("Elmfield")}),
        ("needs", {"needs": said("As at Elmfield")}),
    )
    for field, news in tells:
        tried = given(hidden(OPENED)).when(replace(PANEL, **news), at="2026-04-07 10:00", **known)
        assert tried.then_refused("who raised it").field == field
        looked = replace(PANEL, words_may_stay=True, **news)
        given(hidden(OPENED)).when(looked, at="2026-04-07 10:00", **known).then_case()
        given(OPENED).when(replace(PANEL, **news), at="2026-04-07 10:00", **known).then_case()
        moved = given(hidden(DECLARED)).when(replace(MOVE, **news), at="2026-04-14 12:00", **known)
        assert moved.then_refused("who raised it").field == field


# --- names are seen, refused, and stand -------------------------------------------------------------------


def test_a_refusal_is_told_to_the_office_alone() -> None:
    refusal = given(hidden(NAMED)).when(RefuseMember(BEN), at="2026-04-08 10:00", seat=Seat.RAISER)
    case = refusal.then(MemberRefused(BEN, Term(date(2026, 4, 8), 5, date(2026, 4, 15))))
    facts = fact("replace", "2026-04-15", item=str(BEN), refused=True)
    refusal.then_told(*(Notice("member-lost", seat, facts) for seat in (Seat.OFFICER, Seat.SECRETARY)))
    assert case.panel.lost == (BEN,)
    refused = given(hidden(NAMED)).when(RefuseMember(DAN), at="2026-04-08 10:00")
    assert refused.then_refused("one of the people who are proposed").field == "member"
    given(hidden(STOOD)).when(RefuseMember(BEN), at="2026-04-14 10:00").then_refused("to be looked at")
    choices = act_of(RefuseMember(BEN)).choices
    assert choices(refusal.case, refusal.now) == {"member": (str(ANN), str(BEN), str(CAT))}
    assert choices(given(NAMED).case, refusal.now) == {"member": ()}
    assert choices(given(hidden(STOOD)).case, refusal.now) == {"member": ()}


def test_once_both_have_seen_the_names_each_member_is_asked_and_both_sides_have_the_day() -> None:
    outcome = given(NAMED).when(LetPanelStand(date(2026, 4, 13)), at="2026-04-13 08:05", **SWEEP)
    outcome.then(PanelStood(date(2026, 4, 13), Term(date(2026, 4, 13), 5, date(2026, 4, 20))))
    day = {"number": 0, "on": "2026-05-07", "time": "10:00", "in_writing": False}
    outcome.then_told(
        *(
            to_member("panel-asked", one, fact("declare-member", "2026-04-20", item=str(one)), confirms=False)
            for one in (ANN, BEN, CAT)
        ),
        *(Notice("hearing", seat, day) for seat in BOTH),
    )
    assert who_owes(STOOD, "declare-member", str(ANN)) == (Seat.PANELLIST, Seat.OFFICER)
    assert "see" not in owed(STOOD)
    unknown = given(hidden(NAMED)).when(LetPanelStand(date(2026, 4, 13)), at="2026-04-13 08:05", **SWEEP)
    days = [one for one in unknown.told() if one.name == "hearing"]
    in_writing = Notice("hearing", Seat.RAISER, day | {"in_writing": True})
    assert days == [in_writing, Notice("hearing", Seat.CHAMPION, day)]


def test_when_the_names_stand_again_the_new_member_alone_is_asked() -> None:
    """Who was asked before had a second letter, about a day that was over."""
    stands = given(WITH_DAN).when(LetPanelStand(date(2026, 4, 21)), at="2026-04-21 08:05", **SWEEP)
    stands.then_told(
        to_member("panel-asked", DAN, fact("declare-member", "2026-04-28", item=str(DAN)), confirms=False)
    )
    case = stands.then_case()
    assert sorted(one.item for one in case.open_obligations if one.name == "declare-member") == sorted(
        map(str, (ANN, CAT, DAN))
    )


def test_who_declares_is_let_in_with_the_day_and_both_sides_hear_of_nobody_who_does_not() -> None:
    mine = {"seat": Seat.PANELLIST, "person": ANN}
    yes = given(STOOD).when(DeclareForPanel(conflict=False, member=BEN), at="2026-04-14 10:00", **mine)
    case = yes.then(MemberDeclared(ANN, False, None, None))
    day = {"number": 0, "on": "2026-05-07", "time": "10:00", "in_writing": False}
    yes.then_told(to_member("hearing", ANN, day))
    assert case.owed("declare-member", str(ANN)) is None
    assert [one.declared for one in case.panel.members] == [True, False, False]
    no = DeclareForPanel(conflict=True, member=ANN, reason=said("My brother."))
    assert no.reason
    kept = no.reason.sealed()
    lost = given(STOOD).when(no, at="2026-04-14 10:00")
    lost.then(MemberDeclared(ANN, True, kept, Term(date(2026, 4, 14), 5, date(2026, 4, 21))))
    office = (Seat.OFFICER, Seat.SECRETARY)
    lost.then_told(*(Notice("member-lost", seat, {"refused": False}) for seat in (*BOTH, *office)))
    early = given(NAMED).when(no, at="2026-04-08 10:00")  # else a refusal could be told from it
    early.then_told(*(Notice("member-lost", seat, {"refused": False}) for seat in office))
    for history, at in ((NAMED, "2026-04-08 10:00"), (DECLARED, "2026-04-15 10:00")):
        again = given(history).when(DeclareForPanel(conflict=False, member=ANN), at=at)
        assert again.then_refused("recorded already").field == "conflict"
    nobody = given(STOOD).when(DeclareForPanel(conflict=False), at="2026-04-14 10:00")
    assert nobody.then_refused("which member").field == "member"


def test_who_is_lost_after_the_hearing_is_not_replaced() -> None:
    lost = given(HEARD).when(DeclareForPanel(conflict=True, member=CAT), at="2026-05-08 10:00")
    lost.then(MemberDeclared(CAT, True, None, None))


def test_another_member_is_seen_by_both_sides_and_leads_where_the_lead_was_lost() -> None:
    outcome = given(WITHOUT_BEN).when(ReplaceMember(BEN, DAN), at="2026-04-15 10:00", **VCS_DAN)
    see = Term(date(2026, 4, 15), 3, date(2026, 4, 20))
    case = outcome.then(MemberReplaced(BEN, DAN, ANN, see))
    outcome.then_told(*(Notice("panel-named", seat, {"new": True}) for seat in BOTH))
    assert case.owed("replace", str(BEN)) is None
    assert (case.panel.lead, [one.id for one in case.panel.members]) == (ANN, [ANN, CAT, DAN])
    led = given(WITHOUT_BEN).when(ReplaceMember(BEN, DAN, CAT), at="2026-04-15 10:00", **VCS_DAN)
    led.then(MemberReplaced(BEN, DAN, CAT, see))
    without_ann = then(STOOD, DeclareForPanel(conflict=True, member=ANN), "2026-04-14 10:00")
    (replaced,) = given(without_ann).when(ReplaceMember(ANN, DAN), at="2026-04-15 10:00", **WHO).events()
    assert isinstance(replaced, MemberReplaced)
    assert replaced.lead == DAN


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ReplaceMember(ANN, DAN), "member"),
        (ReplaceMember(BEN, BEN), "by"),
        (ReplaceMember(BEN, CAT), "by"),
        (ReplaceMember(BEN, EVA), "by"),
        (ReplaceMember(BEN, COUNCIL), "by"),
        (ReplaceMember(BEN, DAN, BEN), "lead"),
    ],
)
def test_who_cannot_take_a_place_is_said_at_its_field(command: ReplaceMember, field: str) -> None:
    tried = given(WITHOUT_BEN).when(command, at="2026-04-15 10:00", **VCS_DAN)
    assert tried.then_refused(".").field == field


def test_the_last_place_is_filled_so_that_both_sectors_sit() -> None:
    two = then(WITHOUT_BEN, DeclareForPanel(conflict=True, member=CAT), "2026-04-14 11:00")
    public = {"panellists": dict.fromkeys((ANN, DAN, EVA), Panellist("public-sector"))}
    one = then(two, ReplaceMember(BEN, DAN), "2026-04-15 10:00", **public)
    last = given(one).when(ReplaceMember(CAT, EVA), at="2026-04-15 11:00", **public)
    assert last.then_refused("of one sector").field == "by"


def test_eight_working_days_before_the_hearing_a_place_can_still_be_filled() -> None:
    given(WITHOUT_BEN).when(ReplaceMember(BEN, DAN), at="2026-04-24 10:00", **VCS_DAN).then_case()
    late = given(WITHOUT_BEN).when(ReplaceMember(BEN, DAN), at="2026-04-27 10:00", **VCS_DAN)
    late.then_refused("to Friday 8 May 2026 or later")


def test_a_panellist_opens_nothing_before_they_sit_and_reads_nothing_before_they_declare() -> None:
    me = Visitor(Seat.PANELLIST, person_id=ANN)
    for history, reads in ((STOOD, False), (DECLARED, True)):
        case = given(history).case
        sits_on_it(case, me)
        assert may_read(case, me) is reads
    gone = given(then(STOOD, DeclareForPanel(conflict=True, member=ANN), "2026-04-14 10:00")).case
    assert not may_read(gone, me)
    with pytest.raises(NotFound, match="not on the panel"):
        sits_on_it(gone, me)
    sits_on_it(gone, Visitor(Seat.OFFICER, staff_id=ANN))
    not_me = {"seat": Seat.PANELLIST, "person": DAN}
    declares = given(DECLARED).when(DeclareForPanel(conflict=True), at="2026-04-15 10:00", **not_me)
    declares.then_refused("You are not on the panel")


def test_declaring_is_waited_for_until_all_have() -> None:
    rank = act_of(DeclareForPanel(conflict=False)).rank_in
    assert (rank(given(STOOD).case), rank(given(DECLARED).case)) == (Rank.WAITED_FOR, Rank.LAST)
