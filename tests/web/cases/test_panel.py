"""A panel over the real doors: its secretary, three members, both sides, and what each of them reads."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.office.registry import library, panel_register
from compact_cases.reports import case_view
from compact_cases.reports.pack import pack
from compact_cases.rules.constituting import DeclareForPanel, LetPanelStand
from compact_cases.rules.findings import RecordNoPanelAnswer
from compact_cases.rules.heard import SIDES
from compact_cases.rules.panel import RecordHearing, RecordNoStatement, SendPapers
from compact_cases.rules.permissions import SYSTEM, Visitor
from compact_cases.rules.reopening import Reopen
from compact_cases.rules.review import RecordNoMeeting
from compact_cases.rules.seats import Seat
from compact_cases.rules.timetable import AnswerTimetable, OtherDate, ProposeTimetable
from compact_cases.settings import Settings
from compact_cases.web.cases.pages import opened
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, set_the_table, visible
from tests.web.cases.test_review import in_review

NOT_ON_IT = "You are not on the panel of this case"
ACCOUNT = "A consultation of ten days was too short for us."


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def on_the_register(players: Players) -> list[UUID]:
    group = (
        ("Ann Reeve", "public-sector"),
        ("Bilal Shah", "vcs"),
        ("Carys Penn", "vcs"),
        ("Dev Lall", "vcs"),
    )
    return [
        panel_register.add(
            players.desk.premises,
            name=name,
            email=f"{name.split()[0].lower()}@panel.example",
            sector=sector,
            organisation=f"The office of {name}",
        )
        for name, sector in group
    ]


def days_on(players: Players, days: int) -> date:
    with players.desk.premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
    return calendar.plus(calendar.start_day(players.desk.clock.now()), days)


def day_of(day: date) -> dict[str, str]:
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def by_the_system(players: Players, case: PlayedCase, command: object) -> None:
    casebook.carry_out(players.desk.premises, case.reference, command, by=SYSTEM)  # type: ignore[arg-type]


def at_the_panel(players: Players, case: PlayedCase | None = None) -> PlayedCase:
    case = in_review(players, case or players.raised())
    by_the_system(players, case, RecordNoMeeting(players.desk.clock.today()))
    case.decided("not")
    with players.as_officer() as browser:
        case.done(browser, "next-step", stage="panel")
    return case


def named(players: Players, case: PlayedCase, who: list[UUID]) -> None:
    place = {"time": "10:00", "online": "no", "place": "The library, room 2"}
    with players.as_officer() as browser:
        case.done(
            browser,
            "panel",
            members=[str(one) for one in who[:3]],
            lead=str(who[0]),
            **place,
            **day_of(days_on(players, 20)),
        )
    by_the_system(players, case, LetPanelStand(players.desk.clock.today()))


def heard(players: Players, case: PlayedCase, who: list[UUID]) -> None:
    named(players, case, who)
    for one in who[:3]:
        case.act(DeclareForPanel(conflict=False, member=one))
    for side in SIDES:
        by_the_system(players, case, RecordNoStatement(players.desk.clock.today(), side))
    case.act(SendPapers(looked=True))
    players.desk.clock.move(
        players.desk.clock.now().replace(hour=12) + (days_on(players, 20) - players.desk.clock.today())
    )
    case.act(RecordHearing(("respondent",)))


def test_a_review_is_over_once_its_case_is_before_a_panel(players: Players) -> None:
    officer = Visitor(Seat.OFFICER, staff_id=players.officer.id)
    case = at_the_panel(players)
    assert opened(players.desk.premises, case.reference, officer).review.review == "over"


def test_each_text_says_that_the_panel_reads_it_too(players: Players) -> None:
    case, who = at_the_panel(players), on_the_register(players)
    before = "You, Northvale County Council and the Compact officers can read this"
    with case.as_raiser() as browser:
        assert before in visible(browser.get(case.path).text)
    named(players, case, who)
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
    assert "You, Northvale County Council, the Compact officers and the panel can read this" in page
    assert before not in page


def test_a_panel_that_breaks_a_rule_is_refused_and_keeps_what_was_typed(players: Players) -> None:
    who, case = on_the_register(players), at_the_panel(players)
    with players.as_officer() as browser:
        typed = {
            "members": [str(one) for one in who[:2]],
            "lead": str(who[0]),
            "time": "10:00",
            "online": "no",
        }
        two = case.post(browser, "panel", place="Room 2", **typed, **day_of(days_on(players, 20)))
        assert two.status_code == 422
        assert "three members or more" in visible(two.text)
        assert "Room 2" in two.text
        typed["members"] = [str(one) for one in who[1:4]]
        one_sector = case.post(browser, "panel", place="Room 2", **typed, **day_of(days_on(players, 20)))
        assert "All of these are of one sector" in visible(one_sector.text)


def test_a_member_reads_nothing_before_they_declare_and_nothing_after_a_yes(players: Players) -> None:
    who, case = on_the_register(players), at_the_panel(players)
    named(players, case, who)
    with case.as_party(who[1]) as member:
        page = visible(member.get(case.path).text)
        assert "You are asked to sit on a panel" in page
        assert "Northvale County Council" in page
        assert ACCOUNT not in page
        assert "Rose" not in page
        assert member.get(f"{case.path}/papers/pdf").status_code == 404
        assert "The lead panellist" not in page
        case.done(member, "panel-declaration", conflict="no")
        page = visible(member.get(case.path).text)
        assert ACCOUNT in page
        assert "You sit on the panel." in page
        yes = case.post(member, "panel-declaration", conflict="yes", reason="My sister works there.")
        assert yes.status_code == 303
        for path in (
            case.path,
            f"{case.path}/panel-declaration",
            f"{case.path}/findings",
            f"{case.path}/papers/pdf",
        ):
            gone = member.get(path)
            assert gone.status_code == 404, path
            assert ACCOUNT not in gone.text
        assert NOT_ON_IT in visible(member.get(case.path).text)
        assert member.post(f"{case.path}/panel-declaration", data={"conflict": "no"}).status_code in (
            403,
            404,
            409,
        )
    with case.as_champion() as browser:
        assert "sister" not in browser.get(case.path).text
    with players.as_officer() as browser:
        assert "Name another member of the panel" in visible(browser.get(case.path).text)
        case.done(browser, "panel-member", member=str(who[1]), by=str(who[3]))


def test_a_statement_reaches_the_other_side_and_the_panel_without_what_was_taken_out(
    players: Players,
) -> None:
    who, case = on_the_register(players), at_the_panel(players)
    named(players, case, who)
    case.act(DeclareForPanel(conflict=False, member=who[0]))
    with case.as_raiser() as browser:
        case.done(browser, "panel-statement", words="Ten days. Rose Raiser wrote to them.")
    with case.as_party(who[0]) as member:
        assert "Ten days." not in member.get(case.path).text
    with players.as_officer() as browser:
        case.done(browser, "panel-release", looked="yes", hidden="Rose Raiser")
    for person in (who[0], players.champion):
        with case.as_party(person) as browser:
            page = visible(browser.get(case.path).text)
            assert "Ten days. [removed] wrote to them." in page
    by_the_system(players, case, RecordNoStatement(players.desk.clock.today(), "respondent"))
    with players.as_officer() as browser:
        pack = browser.get(f"{case.path}/papers/pdf")
        assert pack.content.startswith(b"%PDF")
        case.done(browser, "papers", looked="yes")
    with case.as_champion() as browser:
        assert browser.get(f"{case.path}/papers/pdf").status_code == 200


def test_a_panel_proposes_mediation_and_waits_until_both_sides_have_answered(players: Players) -> None:
    who, case = on_the_register(players), at_the_panel(players)
    heard(players, case, who)
    with case.as_party(who[0]) as lead:
        assert "Could both sides still settle it" in visible(lead.get(case.path).text)
        assert "Please confirm" in visible(case.post(lead, "panel-referral").text)
        case.done(lead, "panel-referral", sure="yes")
        page = visible(lead.get(case.path).text)
        assert "Nothing for now. Both sides are asked about mediation" in page
        assert "Write the findings" not in page
    with case.as_champion() as browser:
        assert "The panel proposes mediation." in visible(browser.get(case.path).text)
        case.done(browser, "mediation-consent", yes="yes")
    with case.as_raiser() as browser:
        case.done(browser, "mediation-consent", yes="no")
    with case.as_party(who[0]) as lead:
        page = visible(lead.get(case.path).text)
        assert "Write the findings" in page
        assert "Could both sides still settle it" not in page


def test_the_lead_writes_the_findings_and_what_nobody_answers_stands_on_the_boards_list(
    players: Players,
) -> None:
    who, case = on_the_register(players), at_the_panel(players)
    heard(players, case, who)
    finding = {
        "findings.0.clause": "community-groups/5.3",
        "findings.0.finding": "partly-met",
        "findings.0.reasons": "They asked, and too late.",
        "findings.0.beside": "unintentional",
        "recommendations.0.what": "Ask again.",
        "recommendations.0.known_by": "It is on the website.",
    }
    with case.as_party(who[1]) as member:
        assert case.post(member, "findings", **finding).status_code in (409, 422)
    with case.as_party(who[0]) as lead:
        form = visible(lead.get(f"{case.path}/findings").text)
        assert "Strive to take account of the different timescales" in form
        assert ACCOUNT in form
        nobody = case.post(lead, "findings", **finding)
        assert nobody.status_code == 422
        assert "to whom this is recommended" in visible(nobody.text)
        assert "They asked, and too late." in nobody.text
        with players.as_officer() as officer:
            token = fields(officer.get("/office/panellists").text)
            at_work = officer.post(f"/office/panellists/{who[1]}/removal", data=token)
            assert at_work.status_code == 422
            beside = at_work.text.split(f'id="p-{who[1]}"')[1].split("</tr>")[0]
            assert f"They sit on the panel of {case.reference}" in visible(beside)
        case.done(lead, "findings", **finding, **{"recommendations.0.to": "respondent"})
    panel_register.take_off(players.desk.premises, who[2])
    panel_register.take_off(players.desk.premises, who[3])  # never named
    for side in (case.as_raiser, case.as_champion):
        with side() as browser:
            page = visible(browser.get(case.path).text)
            assert "partly met" in page
            assert "They asked, and too late." in page
    with case.as_party(who[1]) as member:
        assert "Correct a finding" not in visible(member.get(case.path).text)
    with case.as_party(who[0]) as lead:
        assert "Correct a finding" in visible(lead.get(case.path).text)
        blank = lead.get(f"{case.path}/findings-correction")
        assert "They asked, and too late.</textarea>" in blank.text
        assert re.search('value="unintentional"[^>]* checked', blank.text)
        corrected = {"clause": "community-groups/5.3", "finding": "met", "reasons": "They asked in time."}
        bare = case.post(lead, "findings-correction", **corrected)
        assert bare.status_code == 422
        assert "why it is corrected" in visible(bare.text)
        assert "They asked in time." in bare.text
        case.done(lead, "findings-correction", **corrected, why="We had the day wrong.")
    for side in (case.as_raiser, case.as_champion):
        with side() as browser:
            page = visible(browser.get(case.path).text)
            for words in ("They asked in time.", "We had the day wrong.", "They asked, and too late."):
                assert words in page
            assert "A later finding replaces it." in page
    agreed = players.desk.clock.today() + timedelta(days=9)
    case.act(ProposeTimetable((OtherDate("respond 1", agreed),), "respondent"))
    case.act(AnswerTimetable(accepted=True))
    with case.as_raiser() as browser:  # the date that both agreed stands beside the recommendation too
        assert f"To be answered by {agreed:%A} {agreed.day} {agreed:%B}" in visible(
            browser.get(case.path).text
        )
        assert "Answer recommendation 1" in visible(browser.get(case.path).text)
    by_the_system(players, case, RecordNoPanelAnswer(players.desk.clock.today(), "1"))
    with players.as_staff(Seat.CHAIR) as chair:
        page = visible(chair.get("/office/board").text)
        assert case.reference in page
        assert "Northvale" not in page
        assert "too late" not in chair.get(case.path).text
    with case.as_champion() as browser:
        asked = visible(browser.get(f"{case.path}/panel-answer").text)
        assert "Your answer is to recommendation 1." in asked
        case.done(
            browser, "panel-answer", item="1", answer="rejected", words="We have no time for it this year."
        )
    with players.as_officer() as browser:
        case.done(browser, "panel-release", looked="yes")
        case.done(browser, "discussed", item="1")
        assert "Nothing waits for the board" in visible(browser.get("/office/board").text)
        case.done(browser, "closing", outcome="panel findings", summary="The panel found it partly met.")
    with case.as_raiser() as browser:
        case.done(browser, "reopening", why="new-evidence", words="There is a minute.")
    minute = "A minute says that the date was set before anybody was asked."
    premises, officer_id = players.desk.premises, case.row.officer_id
    assert officer_id  # another one than who closed it
    command = Reopen(officer_id, "panel", statement(minute))
    casebook.carry_out(premises, case.reference, command, by=Visitor(Seat.OFFICER, staff_id=officer_id))
    with premises.engine.connect() as conn:
        rulebook = library.current_rulebook(conn)
        papers = str(pack(case_view.for_the_panel(conn, rulebook, case.row, premises.clock.now())))
    assert minute in papers  # for that a new panel sits
    assert "The panel found it partly met." not in papers
    assert ".." not in papers
