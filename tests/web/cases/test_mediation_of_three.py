"""One mediation for two cases over the real doors: who reads of whom, and who says whether to go on."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.identity import new_id, statement
from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.handling import DeclareConflict
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.web.case_players import PlayedCase, Players, set_the_table, visible
from tests.web.cases.test_mediation import day_after, on_the_register

COUNCIL, TRUST = "Northvale County Council", "Severn Health Trust"


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def a_second_body(players: Players) -> tuple[UUID, UUID]:
    """The body, and its champion."""
    trust, champion = players.add_body(new_id(), TRUST), new_id()
    with players.desk.premises.engine.begin() as conn:
        at = players.desk.clock.now()
        people.add(conn, Person(champion, "champion", body_id=trust, name="Tess Lane"), at)
        people.add_contact_point(conn, new_id(), champion, "email", "tess@severn.example", at)
    return trust, champion


def in_both(players: Players) -> tuple[PlayedCase, PlayedCase, UUID]:
    trust, champion = a_second_body(players)
    first = players.raised(respondents=(RespondentNamed(players.council), RespondentNamed(trust)))
    second = replace(first, reference=first.references[1])
    first.accepted().replied("The council’s own reply.").released()
    second.accepted()
    with second.as_party(champion) as browser:
        second.done(browser, "reply", **second.a_reply("The trust’s own reply."))
    second.released()
    return first, second, champion


def mediated(players: Players) -> tuple[PlayedCase, PlayedCase, UUID, UUID]:
    mara = on_the_register(players)
    first, second, trust = in_both(players)
    with players.as_officer() as browser:
        first.done(browser, "mediation-together", other=second.reference, agreed="yes")
    with first.as_raiser() as browser:
        assert TRUST in visible(browser.get(f"{first.path}/mediation-consent").text)
        first.done(browser, "mediation-consent", yes="yes", papers="yes")
    with first.as_champion() as browser:
        first.done(browser, "mediation-consent", yes="yes", papers="yes")
    with second.as_party(trust) as browser:
        second.done(browser, "mediation-consent", yes="yes", papers="yes")
    with players.as_officer() as browser:
        first.done(browser, "mediator", mediator=str(mara), pays="both")
        for case, party in ((first, "raiser"), (first, "respondent"), (second, "respondent")):
            case.done(browser, "mediator-name", party=party, accepted="yes")
    with first.as_party(mara) as browser:
        page = visible(browser.get(first.path).text)
        assert COUNCIL in page
        assert TRUST in page  # who must say whether they have a conflict knows of all three
        first.done(browser, "declaration", conflict="no")
    return first, second, trust, mara


def test_each_body_reads_the_name_of_the_other_and_nothing_of_its_case(players: Players) -> None:
    first, second, trust, _ = mediated(players)
    for mine, other, who, name in (
        (first, second, players.champion, TRUST),
        (second, first, trust, COUNCIL),
    ):
        with mine.as_party(who) as browser:
            page = browser.get(mine.path).text
            assert name in page
            assert other.reference not in page
            assert f"The {'trust' if mine is first else 'council'}’s own reply" not in page
            assert browser.get(other.path).status_code in (403, 404)
            room = browser.get(f"{mine.path}/room").text
            assert name in room
            assert other.reference not in room
            assert name in browser.get(f"{mine.path}/room/drafts").text


def test_the_mediator_arranges_it_on_the_page_that_leads_and_one_leaves(players: Players) -> None:
    first, second, trust, mara = mediated(players)
    with second.as_party(mara) as browser:
        page = visible(browser.get(second.path).text)
        assert "on the page of that case" in page
        assert "The trust’s own reply." in page  # everybody in that case agreed to it
        assert second.post(browser, "session-days", with_="both").status_code in (403, 409, 422)
    with first.as_party(mara) as browser:
        assert "All three together" in visible(browser.get(f"{first.path}/session-days").text)
        days = day_after(players, 3, "days.0.on") | {"days.0.time": "10:00"}
        first.done(browser, "session-days", with_="both", **days)
    with second.as_party(trust) as browser:
        second.done(browser, "session-answer", can="1", words="A quiet room.")
    with first.as_party(mara) as browser:
        page = visible(browser.get(first.path).text)
        assert f"{TRUST} can come on day 1. The room must have: A quiet room." in page
    with first.as_champion() as browser:
        assert "A quiet room." not in browser.get(first.path).text
    with second.as_party(trust) as browser:
        second.done(browser, "mediation-leaving", sure="yes")
        assert browser.get(f"{second.path}/room").status_code == 403
    with first.as_raiser() as browser:
        assert "Please say whether you want to go on" in visible(browser.get(first.path).text)
        first.done(browser, "mediation-going-on", yes="yes")
    with first.as_champion() as browser:
        assert "nobody asks why" in visible(browser.get(f"{first.path}/mediation-going-on").text)
        sent = first.post(browser, "mediation-going-on")
        assert sent.status_code == 422
        assert "Please say whether to go on." in visible(sent.text)
        first.done(browser, "mediation-going-on", yes="no")
        assert "a party left" in visible(browser.get(first.path).text)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_asked(players: Players) -> None:
    first, second, _ = in_both(players)
    with players.as_officer() as browser:
        form = browser.get(f"{first.path}/mediation-together").text
        assert f"{second.reference}, about {TRUST}" in visible(form)
        assert f'value="{second.reference}" checked' in form  # there is no other to choose
        for typed, words in (
            ({"other": second.reference}, "Please ask the raiser first"),
            ({"other": "GC-1999-0001", "agreed": "yes"}, "There is no case of this reference"),
            ({"other": first.reference, "agreed": "yes"}, "That is this very case"),
        ):
            sent = first.post(browser, "mediation-together", **typed)
            assert sent.status_code == 422
            assert words in visible(sent.text)
    assert first.row.mediated_with is None


def test_it_is_offered_only_where_there_is_another_case_that_may_join(players: Players) -> None:
    first, second, _ = in_both(players)
    alone = players.raised().accepted().replied().released()
    with players.as_officer() as browser:
        assert "/mediation-together" not in browser.get(alone.path).text
        sent = alone.post(browser, "mediation-together", other=first.reference, agreed="yes")
        assert sent.status_code in (403, 409, 422)
        assert "/mediation-together" in browser.get(first.path).text
        first.done(browser, "mediation", party="officer")
        assert "/mediation-together" not in browser.get(second.path).text
    assert alone.row.mediated_with is None


def test_an_officer_with_a_conflict_in_the_other_case_reads_who_takes_part_and_nothing_else_of_it(
    players: Players,
) -> None:
    """Whether a side that leaves ends it for all is not said as if the mediation were of two."""
    first, second, _, _ = mediated(players)
    officer, premises = players.officer, players.desk.premises
    bob = accounts.add_officer(premises, "bob@office.example", "Bob Officer")
    declares = DeclareConflict(officer.id, bob.id, statement("My sister works there."))
    casebook.carry_out(
        premises, first.reference, declares, by=Visitor(Seat.OFFICER, staff_id=officer.id, name=officer.name)
    )
    with players.as_officer() as browser:
        assert browser.get(first.path).status_code == 404
        page = browser.get(second.path).text
        assert COUNCIL in page
        assert first.reference not in page
        leaving = visible(browser.get(f"{second.path}/mediation-leaving").text)
        assert "If the raiser leaves, it is over for everybody." in leaving
        second.done(browser, "mediation-leaving", party="respondent", sure="yes")
    with first.as_raiser() as browser:
        assert "go on with the mediation" in visible(browser.get(first.path).text)


def test_what_a_body_needs_in_the_room_is_read_by_no_officer_who_may_not_open_its_case(
    players: Players,
) -> None:
    first, second, trust, mara = mediated(players)
    with first.as_party(mara) as browser:
        days = day_after(players, 3, "days.0.on") | {"days.0.time": "10:00"}
        first.done(browser, "session-days", with_="both", **days)
    with second.as_party(trust) as browser:
        second.done(browser, "session-answer", can="1", words="A ramp to the door.")
    with first.as_party(mara) as browser:
        assert "A ramp to the door." in visible(browser.get(first.path).text)
    officer, premises = players.officer, players.desk.premises
    with players.as_officer() as browser:
        assert "A ramp to the door." in browser.get(first.path).text
    bob = accounts.add_officer(premises, "bob@office.example", "Bob Officer")
    declares = DeclareConflict(officer.id, bob.id, statement("My sister works there."))
    casebook.carry_out(
        premises, second.reference, declares, by=Visitor(Seat.OFFICER, staff_id=officer.id, name=officer.name)
    )
    with players.as_officer() as browser:
        page = browser.get(first.path).text
        assert TRUST in page
        assert "A ramp to the door." not in page
