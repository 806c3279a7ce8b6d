"""Half a reply: kept for the respondent's contacts, read by nobody else, gone when it is sent."""

from tests.desk import fields
from tests.web.case_players import WAY_IN, Players, visible


def test_a_champion_saves_half_a_reply_and_comes_back_to_it(players: Players) -> None:
    case = players.raised().accepted()
    typed = {"answers.0.words": "We are asking the transport team.", "offer": "Perhaps two more weeks."}
    half = {"answers.0.clause": WAY_IN, **typed}
    with case.as_champion() as browser:
        case_page = browser.get(case.path).text
        answer = browser.post(f"{case.path}/reply-draft", data={**fields(case_page), **half})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{case.path}?kept=1#reply")
        assert "What you typed is kept, and not sent yet." in visible(browser.get(f"{case.path}?kept=1").text)
    with case.as_champion() as browser:
        again = browser.get(case.path).text
        assert "This is what was saved. It is not sent yet." in visible(again)
        assert all(words in again for words in half.values())
        too_long = browser.post(
            f"{case.path}/reply-draft", data={**fields(again), **half, "signed": "x" * 301}
        )
        assert too_long.status_code == 422
        assert "Please shorten it to 300 or fewer." in visible(too_long.text)
        unfinished = case.post(browser, "reply", **half)
        assert unfinished.status_code == 422
        assert half["offer"] in unfinished.text
    assert case.row.next_name == "reply"
    with players.as_officer() as officer, case.as_raiser() as raiser:
        for browser, page in ((officer, case.path), (officer, f"{case.path}/reply"), (raiser, case.path)):
            seen = browser.get(page).text
            assert not [words for words in typed.values() if words in seen]
        for browser in (officer, raiser):
            token = fields(browser.get(f"{case.path}/withdrawal").text)["csrf_token"]
            refused = browser.post(f"{case.path}/reply-draft", data={**half, "csrf_token": token})
            assert refused.status_code == 403
    assert players.desk.count("reply_drafts") == 1
    case.replied()
    assert players.desk.count("reply_drafts") == 0


def test_half_a_reply_is_gone_with_the_case(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as champion, case.as_raiser() as raiser:
        page = fields(champion.get(case.path).text)
        champion.post(f"{case.path}/reply-draft", data={**page, "offer": "Perhaps."})
        assert players.desk.count("reply_drafts") == 1
        case.done(raiser, "withdrawal", sure="yes")
        assert players.desk.count("reply_drafts") == 0
        late = champion.post(f"{case.path}/reply-draft", data={**page, "offer": "Perhaps."})
        assert late.status_code == 409
        assert "The raiser withdrew the concern." in visible(late.text)
        assert "Perhaps." in visible(late.text)
    assert players.desk.count("reply_drafts") == 0


def test_half_an_answer_stays_with_its_undertaking_when_others_come_and_go(players: Players) -> None:
    case = players.raised().accepted()
    other = {"clause": "community-groups/5.4", "role": "not-met", "reason": "It fits."}
    with case.as_champion() as champion, players.as_officer() as officer:
        case.done(officer, "clauses", drop="no", **other)
        half = {"answers.1.clause": other["clause"], "answers.1.words": "About the second."}
        page = fields(champion.get(case.path).text)
        champion.post(f"{case.path}/reply-draft", data={**page, **half})
        case.done(officer, "clauses", drop="yes", held=WAY_IN, reason="Not theirs.")
        alone = champion.get(case.path).text
        case.done(officer, "clauses", drop="no", clause=WAY_IN, role="not-met", reason="It is.")
        both = champion.get(case.path).text
    for page_text in (alone, both):
        box = page_text.index('name="answers.1.clause" value="community-groups/5.4"')
        assert "About the second." in page_text[box : page_text.index("</textarea>", box)]
    assert f'name="answers.2.clause" value="{WAY_IN}"' in both
    assert "answers.0." not in alone + both


def test_an_older_tab_overwrites_no_half_reply_and_sends_over_none_without_a_word(players: Players) -> None:
    case = players.raised().accepted().escalated()
    newer, older = "Words that the senior lead has saved.", "Words of the champion, from before."
    with case.as_champion() as slow, case.as_party(players.senior) as quick:
        before = fields(slow.get(case.path).text)
        saved = {**fields(quick.get(case.path).text), "offer": newer}
        assert quick.post(f"{case.path}/reply-draft", data=saved).status_code == 303
        for act, typed in (("reply-draft", {"offer": older}), ("reply", {**case.a_reply(), "offer": older})):
            late = slow.post(f"{case.path}/{act}", data={**before, **typed})
            assert late.status_code == 409, act
            seen = visible(late.text)
            assert "something else was saved" in seen
            assert newer in seen
            assert older in late.text[late.text.index('id="offer"') :]
            assert newer in quick.get(case.path).text
        assert case.row.next_name == "reply"
        kept = slow.post(f"{case.path}/reply-draft", data={**fields(late.text), "offer": older})
        assert kept.status_code == 303
        page = fields(slow.get(case.path).text)
        assert older in slow.get(case.path).text
        assert slow.post(f"{case.path}/reply", data={**page, **case.a_reply()}).status_code == 303
    assert players.desk.count("reply_drafts") == 0
