"""A closed case is opened again over the real doors: each side's page, the answer, what came before."""

from datetime import timedelta

from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible

EVIDENCE = "A minute of 3 February shows it."


def a_closed_case(players: Players) -> PlayedCase:
    return players.raised().accepted().replied().released().decided().closed()


def test_a_raiser_asks_for_new_evidence_and_the_council_is_asked_again(players: Players) -> None:
    case = a_closed_case(players)
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "you can ask to open it again" in page
        case.done(browser, "reopening", why="new-evidence", words=EVIDENCE)
        page = visible(browser.get(case.path).text)
        assert "A Compact officer says whether the case is opened again by" in page
        assert EVIDENCE in page
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        assert "The raiser asked for the case to be opened again" in page
        assert EVIDENCE not in page
    with players.as_officer() as browser:
        assert "Answer whether it is opened again" in visible(browser.get(case.path).text)
        assert f"Answer whether {case.reference}" in visible(browser.get("/office/attention").text)
        assert EVIDENCE in visible(browser.get(f"{case.path}/reopening-answer").text)
        case.done(
            browser,
            "reopening-answer",
            answer="open",
            stage="early-resolution",
            wording="The minute says that the date was set before.",
            explanation="There is a paper that nobody knew of.",
        )
        assert f"Answer whether {case.reference}" not in visible(browser.get("/office/attention").text)
        page = visible(browser.get(case.path).text)
        assert "The case was closed on" in page
        assert "The reply of" in page
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        assert "The minute says that the date was set before." in page
        assert "There is a paper that nobody knew of." in page
        assert "Send the reply" in page
    assert case.row.closed_at is None


def test_a_case_that_stays_closed_says_why_to_who_asked(players: Players) -> None:
    case = a_closed_case(players)
    with case.as_champion() as browser:
        case.done(browser, "reopening", why="error", words="We never promised six weeks.")
    with players.as_officer() as browser:
        case.done(browser, "reopening-answer", answer="decline", explanation="The reply says six weeks.")
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        assert "Why the case stays closed" in page
        assert "The reply says six weeks." in page
        assert "ask to open it again" not in page
    with case.as_raiser() as browser:
        assert "We never promised six weeks." not in visible(browser.get(case.path).text)


def test_on_day_21_it_is_refused_with_a_sentence_and_what_was_typed_is_kept(players: Players) -> None:
    case = a_closed_case(players)
    with case.as_raiser() as browser:
        page = browser.get(f"{case.path}/reopening").text
        players.desk.clock.move(players.desk.clock.now() + timedelta(days=40))
    events, row = players.desk.count("case_events"), case.row
    with case.as_raiser() as browser:
        sent = fields(page) | {"why": "new-evidence", "words": EVIDENCE, "seen": str(row.position)}
        sent["csrf_token"] = fields(browser.get("/return").text)["csrf_token"]
        answer = browser.post(f"{case.path}/reopening", data=sent)
        seen = visible(answer.text)
        assert answer.status_code in (409, 422)
        assert EVIDENCE in answer.text
        assert "raise a new concern" in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        assert "Open it again" not in visible(browser.get(case.path).text)
    assert players.desk.count("case_events") == events
    assert case.row == row
    assert "within 20 working days" in seen


def test_who_withdrew_comes_back_with_one_button(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_raiser() as browser:
        case.done(browser, "withdrawal", sure="yes")
        assert "come back to it" in visible(browser.get(case.path).text)
        assert "Nobody asks why" in visible(browser.get(f"{case.path}/reopening").text)
        case.done(browser, "reopening", why="come-back")
        assert "owes you a reply" in visible(browser.get(case.path).text)
    with case.as_champion() as browser:
        assert "Your reply is due" in visible(browser.get(case.path).text)


def test_an_officer_writes_down_only_what_a_side_can_ask_for(players: Players) -> None:
    left, closed = players.raised().accepted(), a_closed_case(players)
    with left.as_raiser() as browser:
        left.done(browser, "withdrawal", sure="yes")
    with players.as_officer() as browser:
        page = visible(browser.get(f"{left.path}/reopening").text)
        assert "It is the raiser’s wish." in page
        assert "There is something new" not in page
        answer = left.post(browser, "reopening", side="respondent", why="error", words="A slip.")
        assert answer.status_code == 422
        left.done(browser, "reopening", side="raiser", why="come-back")
        assert "Whose wish is it?" in visible(browser.get(f"{closed.path}/reopening").text)
        closed.done(browser, "reopening", side="respondent", why="error", words="We never promised it.")


def test_what_is_new_can_go_straight_to_a_senior_review(players: Players) -> None:
    case = a_closed_case(players)
    with case.as_raiser() as browser:
        case.done(browser, "reopening", why="new-evidence", words=EVIDENCE)
    with players.as_officer() as browser:
        page = visible(browser.get(f"{case.path}/reopening-answer").text)
        assert "The senior leads of both sides are asked to meet." in page
        opens = {"answer": "open", "stage": "senior-review", "explanation": "There is a new paper."}
        refused = case.post(browser, "reopening-answer", **opens)
        assert refused.status_code == 422
        assert "which other office’s officer convenes it" in visible(refused.text)
        case.done(browser, "reopening-answer", **opens, elsewhere="The Compact office of Southvale")
        assert "Senior review" in visible(browser.get(case.path).text)
    assert case.row.stage == "senior-review"
