"""At 320 pixels nothing scrolls sideways, however long a word somebody typed; references stay whole."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from compact_cases.office.reception import reception
from compact_cases.rules.concern import Raiser, RespondentNamed
from compact_cases.rules.course import Stage
from compact_cases.rules.onward import BUILT
from compact_cases.settings import Settings
from compact_cases.web.frame import static_files
from tests.web.case_players import WAY_IN, PlayedCase, Players, set_the_table, visible

pytestmark = pytest.mark.browser
LONG = "Llanfair" * 14 + "gog"  # 115 letters without a place to break
SHEET = (static_files.FOLDER / "style.css").read_text(encoding="utf-8")


@pytest.fixture
def players(settings: Settings) -> Players:
    return set_the_table(settings)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    yield context.new_page()
    context.close()


def fits(phone: Page, page: str) -> None:
    html = page.replace("</head>", f"<style>{SHEET}</style></head>")
    phone.set_content(html)
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{wide} px: {visible(page)[:120]}"
    lines = phone.evaluate(
        "[...document.querySelectorAll('.reference, .back')].filter(e => /^(← )?[A-Z]+-\\d+-\\d+$/"
        ".test(e.textContent.trim()) && e.getClientRects().length > 1).map(e => e.textContent)"
    )
    assert lines == []


def in_every_text(players: Players) -> PlayedCase:
    raiser = Raiser(
        name=LONG,
        kind="community-group",
        area=LONG,
        person=LONG,
        role=LONG,
        authority=LONG,
        email=f"{LONG[:60]}@{LONG[:50]}.example",
        best_times=LONG,
        second_name=LONG,
        second_reach=LONG,
        on_behalf_of=LONG,
    )
    return players.raised(
        raiser=raiser,
        account=LONG,
        happened=LONG,
        tried=LONG,
        remedy_text=LONG,
        papers=LONG,
        afraid="yes",
        afraid_text=LONG,
        adjustments=LONG,
        other_routes=LONG,
    )


def test_the_officer_s_pages(players: Players, phone: Page) -> None:
    case, other = in_every_text(players), in_every_text(players)
    named = players.raised(respondents=(RespondentNamed(None, LONG, "public-sector"),))
    with players.as_officer() as browser:
        case.done(browser, "question", question=LONG)
        with case.as_raiser() as raiser:
            case.done(raiser, "answer", answer=LONG)
        for path in ("/cases", f"/cases?q={LONG}&body={LONG}&clause={LONG}", case.path, named.path):
            fits(phone, browser.get(path).text)
        for act in (
            "acknowledgement",
            "question",
            "clauses",
            "merge",
            "addition",
            "assignment",
            "withdrawal",
        ):
            fits(phone, browser.get(f"{case.path}/{act}").text)
        for act in ("acknowledgement", "clauses"):
            fits(phone, case.post(browser, act, look="look", q="timescales", wording=LONG, reason=LONG).text)
            fits(phone, case.post(browser, act, look="look", q=LONG).text)
        for path in (f"{named.path}/respondent", f"{named.path}/acknowledgement"):
            fits(phone, browser.get(path).text)
        fits(phone, browser.get("/office/bodies/new", params={"name": LONG, "case": named.reference}).text)
        wrong = case.post(browser, "acknowledgement", decision="accept", restated=LONG, wording=LONG)
        fits(phone, wrong.text)
    assert other.row.closed_at is None


def test_the_parties_pages(players: Players, phone: Page) -> None:
    case = in_every_text(players).accepted(LONG)
    with case.as_champion() as browser:
        fits(phone, browser.get(case.path).text)
        wrong = case.post(browser, "reply", **case.a_reply(LONG, offer=LONG, signed=""))
        fits(phone, wrong.text)
    case.replied(LONG, offer=LONG, signed=LONG)
    with players.as_officer() as browser:
        for path in (case.path, f"{case.path}/release"):
            fits(phone, browser.get(path).text)
    case.released(hidden=LONG[:20])
    with case.as_raiser() as browser:
        fits(phone, browser.get(case.path).text)
        case.done(browser, "decision", decision="settled", words=LONG)
        fits(phone, browser.get(case.path).text)
    with players.as_officer() as browser:
        fits(phone, browser.get(f"{case.path}/closing").text)
        case.done(browser, "closing", outcome="resolved early", summary=LONG)
        fits(phone, browser.get(case.path).text)
    for way in (case.as_raiser, case.as_champion):
        with way() as browser:
            fits(phone, browser.get(case.path).text)
    assert WAY_IN


# five that every case has, and the branches that something leads into; a panel has two
RUNGS = 5 + len(BUILT) + (Stage.PANEL in BUILT)


def test_what_is_next_comes_soon_after_the_head_of_a_case(players: Players, phone: Page) -> None:
    """On a phone the ladder ends with the next rung; the whole of it stands under a fold."""
    case = players.raised()
    with players.as_officer() as browser:
        fits(phone, browser.get(case.path).text)
    rungs = phone.locator(".case > header .ladder li:visible").all_inner_texts()
    assert [one.partition("\n")[0] for one in rungs] == ["Received", "Early resolution"]
    phone.get_by_text("The whole way, step by step").click()
    assert phone.locator("details .ladder li:visible").count() == RUNGS
    phone.set_viewport_size({"width": 1200, "height": 900})
    assert phone.locator(".case > header .ladder li:visible").count() == RUNGS
    assert not phone.get_by_text("The whole way, step by step").is_visible()


def test_the_return_code_is_large_and_whole_lines_of_it_fit(players: Players, phone: Page) -> None:
    receipt = reception.raise_concern(players.desk.premises, players.concern())
    with players.browser() as browser:
        page = browser.get(f"/concerns/receipts/{receipt.secret}")
    assert receipt.return_code
    assert receipt.return_code in page.text
    fits(phone, page.text)
    size = phone.evaluate("parseFloat(getComputedStyle(document.querySelector('.big-code')).fontSize)")
    assert size >= 28


def test_a_printed_list_is_a_table(players: Players, phone: Page) -> None:
    players.raised()
    with players.as_officer() as browser:
        fits(phone, browser.get("/cases").text)
    phone.emulate_media(media="print")
    shown = "e => getComputedStyle(document.querySelector(e)).display"
    assert phone.evaluate(shown, ".cases tbody td") == "table-cell"
    assert phone.evaluate(shown, ".cases thead") == "table-header-group"
    assert phone.evaluate(shown, ".list-form") == "none"
