"""Other dates, proposed on one's own page, answered on the other's, shown on all three; by call too."""

from datetime import date
from typing import Any

from compact_cases.office.casework import casebook
from compact_cases.office.registry import library
from compact_cases.records import obligations
from compact_cases.records.reading import reading
from compact_cases.reports import case_view
from compact_cases.reports.enclosure import enclosure
from compact_cases.rules.permissions import SYSTEM, Visitor
from compact_cases.rules.seats import Seat
from compact_cases.rules.timetable import AnswerTimetable, OtherDate, ProposeTimetable, RecordNoTimetable
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible


def other(day: str, month: str = "3", year: str = "2026") -> dict[str, Any]:
    on = {"dates.0.on-day": day, "dates.0.on-month": month, "dates.0.on-year": year}
    return {"dates.0.obligation": "reply", **on}


def proposed(players: Players) -> PlayedCase:
    case = players.raised().accepted()
    case.act(ProposeTimetable((OtherDate("reply", date(2026, 3, 24)),), "respondent"))
    return case


def test_a_champion_proposes_the_raiser_agrees_and_all_read_the_dates(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        assert f'href="{case.path}/timetable"' in browser.get(case.path).text
        form = visible(browser.get(f"{case.path}/timetable").text)
        assert "For you to do, by Monday 16 March 2026 as it is now." in form
        assert "Please choose a working day from Tuesday 3 March 2026" in form
        assert "to Monday 30 March 2026" in form
        case.done(browser, "timetable", **other("24"))
        seen = visible(browser.get(case.path).text)
        assert "You proposed this on" in seen
        assert "Take it back" in seen
    assert case.row.next_due == date(2026, 3, 16)  # the answer: a community group has ten days
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "Please say whether you agree to other dates by" in page
        assert "Say whether you agree to other dates" in page
        answer = visible(browser.get(f"{case.path}/timetable-answer").text)
        assert "Tuesday 24 March 2026, instead of Monday 16 March 2026" in answer
        case.done(browser, "timetable-answer", accepted="yes")
        page = visible(browser.get(case.path).text)
        assert "Agreed timetable Both sides agreed to these dates on" in page
    assert case.row.next_due == date(2026, 3, 24)
    with players.as_officer() as browser:
        page = visible(browser.get(case.path).text)
        assert "by Tuesday 24 March 2026. Still to come." in page
        assert "this date was agreed by both sides on" in page


def test_what_is_wrong_is_said_at_its_date_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted()
    events = players.desk.count("case_events")
    with case.as_champion() as browser:
        for wrong, words in (
            (other("31"), "a date can be agreed up to twice its limit"),
            (other("21"), "is not a working day: Saturday"),
            (other("32"), "Please"),
            ({"dates.0.obligation": "reply"}, "Please give another date for one thing at least."),
        ):
            answer = case.post(browser, "timetable", **wrong)
            assert answer.status_code == 422
            assert words in visible(answer.text)
            assert 'href="#dates.0.on"' in answer.text
            if "dates.0.on-day" in wrong:
                assert f'name="dates.0.on-day" value="{wrong["dates.0.on-day"]}"' in answer.text
    assert players.desk.count("case_events") == events


def test_an_officer_writes_down_who_proposes_and_who_answers(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        unsaid = case.post(browser, "timetable", **other("24"))
        assert unsaid.status_code == 422
        assert "Please say for which side you write this down." in visible(unsaid.text)
        case.done(browser, "timetable", side="raiser", **other("24"))
        assert "for the raiser" in visible(browser.get(case.path).text)
        case.done(browser, "timetable-answer", accepted="no")
        assert "for the respondent" in visible(browser.get(case.path).text)
    assert case.row.next_due == date(2026, 3, 16)


def test_it_is_taken_back_with_a_tick(players: Players) -> None:
    case = proposed(players)
    with case.as_champion() as browser:
        unticked = case.post(browser, "timetable-back")
        assert "Please tick that you take it back." in visible(unticked.text)
        case.done(browser, "timetable-back", sure="yes")
        assert "You took the other dates back." in visible(browser.get(case.path).text)
        assert browser.get(f"{case.path}/timetable-answer").status_code == 303


def test_who_has_only_paper_reads_the_dates_too_and_the_rows_say_which_are_agreed(players: Players) -> None:
    case = proposed(players)
    assert "Tuesday 24 March 2026, instead of Monday 16 March 2026" in on_paper(case)
    case.act(AnswerTimetable(accepted=True))
    assert "Northvale County Council, by Tuesday 24 March 2026" in on_paper(case)
    with players.desk.premises.engine.connect() as conn:
        rows = obligations.open_of(conn, [case.row.case_id])[case.row.case_id]
    assert {one.obligation.name: one.obligation.agreed for one in rows if one.obligation.agreed} == {
        "reply": True
    }


def test_after_five_working_days_the_other_side_ends_it_on_its_page(players: Players) -> None:
    case = proposed(players)
    case.act(AnswerTimetable(accepted=True))
    players.desk.pass_time(days=29)  # the morning of the fifth working day, before anything is swept
    with case.as_champion() as browser:
        assert "Missed by five working days or more" in visible(browser.get(case.path).text)
        assert case.post(browser, "timetable-end", sure="yes").status_code in (403, 409, 422)
    with case.as_raiser() as browser:
        assert f'href="{case.path}/timetable-end"' in browser.get(case.path).text
        form = visible(browser.get(f"{case.path}/timetable-end").text)
        assert "What was missed keeps its date and can still be done." in form
        unsure = case.post(browser, "timetable-end")
        assert (unsure.status_code, "Please tick" in visible(unsure.text)) == (422, True)
        case.done(browser, "timetable-end", sure="yes")
        assert "Agreed timetable" not in visible(browser.get(case.path).text)
    assert case.row.next_due == date(2026, 3, 24)


def test_a_yes_in_the_post_is_written_down_after_silence_was_recorded(players: Players) -> None:
    case = proposed(players)
    players.desk.pass_time(days=15)
    silence = RecordNoTimetable(date(2026, 3, 17))
    casebook.carry_out(players.desk.premises, case.reference, silence, by=SYSTEM)
    with players.as_officer() as browser:
        form = visible(browser.get(f"{case.path}/timetable-answer").text)
        assert "Tuesday 24 March 2026, instead of Monday 16 March 2026" in form
        assert "If a yes was posted or rung through in time" in form
        late = case.post(browser, "timetable-answer", accepted="yes")
        assert (late.status_code, "or before" in visible(late.text)) == (422, True)
        day = {"came_on-day": "13", "came_on-month": "3", "came_on-year": "2026", "came_by": "paper"}
        case.done(browser, "timetable-answer", accepted="yes", **day)
    assert case.row.next_due == date(2026, 3, 24)


def test_a_yes_that_comes_after_the_end_of_the_case_is_noted_and_the_officer_reads_so(
    players: Players,
) -> None:
    case = proposed(players)
    with players.as_officer() as browser:
        typed = {**fields(browser.get(f"{case.path}/timetable-answer").text), "accepted": "yes"}
        with case.as_raiser() as theirs:
            case.done(theirs, "withdrawal", sure="yes")
        answer = browser.post(f"{case.path}/timetable-answer", data=typed)
        assert answer.status_code == 409
        sentence = "so a late answer changes no date any more. If one came, please keep it as a private note"
        assert sentence in visible(answer.text)
        assert f'href="{case.path}/private-note"' in browser.get(case.path).text
        case.done(browser, "private-note", note="Their yes came on paper, posted on the 13th.")
    with case.as_champion() as browser:
        assert "private note" not in visible(browser.get(case.path).text)


def on_paper(case: PlayedCase) -> str:
    """What is enclosed in a letter to the raiser."""
    premises, row = case.players.desk.premises, case.row
    raiser = Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id)
    with reading(premises.engine) as conn:
        rulebook = library.current_rulebook(conn)
        return str(enclosure(case_view.view(conn, rulebook, row, raiser, premises.clock.now())))
