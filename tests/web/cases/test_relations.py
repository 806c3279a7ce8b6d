"""Links and lessons over the real doors: on both cases, for those who may read them and for nobody else."""

import re

from tests.web.case_players import Players, visible


def _words(page: str) -> list[str]:
    """Of the whole page, with what stands beside the case."""
    return re.sub(r"<[^>]+>", " ", page).split()


def test_a_link_stands_on_both_cases_for_officers_only(players: Players) -> None:
    first, second = players.raised().accepted(), players.raised().accepted()
    with players.as_officer() as browser:
        second.done(browser, "links", other=first.reference, kind="follow-on", reason="The same buses.")
        assert f"Follows on from {first.reference}" in " ".join(_words(browser.get(second.path).text))
        assert f"Followed by {second.reference}" in " ".join(_words(browser.get(first.path).text))
    for case in (first, second):
        for way in (case.as_raiser, case.as_champion):
            with way() as browser:
                page = browser.get(case.path).text
                assert (first if case is second else second).reference not in page
                assert "The same buses." not in page
    with players.as_officer() as browser:
        first.done(browser, "links", other=second.reference, kind="follow-on", undo="yes", reason="A slip.")
        assert "Follows on from" not in visible(browser.get(second.path).text)


def test_a_reference_that_is_none_is_refused_and_kept(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        events = players.desk.count("case_events")
        answer = case.post(browser, "links", other="GC-1999-0001", kind="related", reason="Because.")
        assert answer.status_code == 422
        assert "no case of this reference" in visible(answer.text)
        assert "GC-1999-0001" in answer.text
        assert "Because." in answer.text
    assert players.desk.count("case_events") == events


def test_a_repeat_is_linked_to_what_it_repeats(players: Players) -> None:
    first, second = players.raised().accepted(), players.raised()
    typed = {"decision": "decline", "reason": "repeat", "explanation": "We looked at it before."}
    with players.as_officer() as browser:
        answer = second.post(browser, "acknowledgement", repeats="GC-1999-0001", **typed)
        assert answer.status_code == 422
        second.done(browser, "acknowledgement", repeats=first.reference, **typed)
        assert "Has as a duplicate" in browser.get(first.path).text


def test_each_side_says_what_should_change_and_reads_its_own_words(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided().closed()
    with case.as_raiser() as browser:
        assert "Say what you think" in visible(browser.get(case.path).text)
        case.done(browser, "lesson", words="Ask before the date is set.", clause="community-groups/5.3")
        assert "Ask before the date is set." in visible(browser.get(case.path).text)
    with case.as_champion() as browser:
        assert "Ask before the date is set." not in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        case.done(browser, "lesson", side="office", clause="community-groups/5.3", words="Dates come last.")
        assert "Ask before the date is set." in visible(browser.get(case.path).text)
    with case.as_champion() as browser:
        assert "Dates come last." in visible(browser.get(case.path).text)
