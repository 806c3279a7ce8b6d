"""Relations: two cases are linked by a kind, both record it, and a link is undone."""

from dataclasses import replace

from compact_cases.rules.acts import act_of
from compact_cases.rules.case import replay
from compact_cases.rules.events.relations import CasesLinked, LinkUndone
from compact_cases.rules.intake import Decline
from compact_cases.rules.relations import DropLink, LinkCases, TakeLink, UndoLink
from tests.builders import CLOSED, OFFICER, RECEIVED, another, given, on, said
from tests.rules.candidates import OTHER

AT = "2026-03-20 10:00"
THERE = replay(another(RECEIVED))
LINKED = RECEIVED + on("2026-02-24 10:00", CasesLinked(OTHER, "follow-on", True, None))


def test_a_link_says_what_the_case_is_to_the_other_one_open_or_closed() -> None:
    links = LinkCases(OTHER, "follow-on", said())
    event = CasesLinked(OTHER, "follow-on", True, links.reason.sealed())
    for history in (RECEIVED, CLOSED):
        case = given(history).when(links, at=AT, other=THERE).then(event)
        assert case.relations.is_linked(OTHER, "follow-on")
    assert act_of(links).passes(links) == ("follow-on",)
    given(RECEIVED).when(TakeLink(OTHER, "follow-on"), at=AT).then(
        CasesLinked(OTHER, "follow-on", False, None)
    )


def test_what_is_no_link() -> None:
    links = LinkCases(OTHER, "follow-on", said())
    assert given(RECEIVED).when(links, at=AT).then_refused("by its reference").field == "other"
    itself = given(RECEIVED).case
    assert given(RECEIVED).when(links, at=AT, other=itself).then_refused("to itself").field == "other"
    assert given(LINKED).when(links, at=AT, other=THERE).then_refused("already").field == "kind"
    strange = replace(links, kind="cousin")
    assert given(RECEIVED).when(strange, at=AT, other=THERE).then_refused("which way").field == "kind"
    quiet = replace(links, reason=said(" "))
    assert given(RECEIVED).when(quiet, at=AT, other=THERE).then_refused("reason").field == "reason"
    given(LINKED).when(TakeLink(OTHER, "follow-on"), at=AT).then_refused("already")
    given([]).when(links, at=AT, other=THERE).then_refused("no such case")


def test_a_link_is_undone_from_either_case() -> None:
    undoes = UndoLink(OTHER, "follow-on", said())
    case = given(LINKED).when(undoes, at=AT).then(LinkUndone(OTHER, "follow-on", undoes.reason.sealed()))
    assert case.relations.links == ()
    given(LINKED).when(DropLink(OTHER, "follow-on"), at=AT).then(LinkUndone(OTHER, "follow-on", None))
    given(RECEIVED).when(undoes, at=AT).then_refused("linked to no other")
    wrong = replace(undoes, kind="related")
    assert given(LINKED).when(wrong, at=AT).then_refused("not linked in this way").field == "other"
    given(LINKED).when(DropLink(OTHER, "related"), at=AT).then_refused("not linked in this way")


def test_a_repeat_is_linked_as_it_is_declined() -> None:
    repeat = Decline(OFFICER, "repeat", said(), OTHER)
    case = given(RECEIVED).when(repeat, at=AT, other=THERE).then_case()
    assert case.is_closed
    assert case.relations.is_linked(OTHER, "duplicate of")
    assert given(RECEIVED).when(repeat, at=AT).then_refused("by its reference").field == "repeats"
    known = RECEIVED + on("2026-02-24 10:00", CasesLinked(OTHER, "duplicate of", True, None))
    assert given(known).when(repeat, at=AT, other=THERE).then_refused("already").field == "repeats"
    assert act_of(Decline(OFFICER, "repeat", said())).other(repeat, case) == OTHER  # type: ignore[misc]
