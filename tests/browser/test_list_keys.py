"""On the list of cases j and k go from case to case and Enter opens one; a button turns the keys off."""

import pytest
from playwright.sync_api import Browser, expect

from tests.parts.running import Up

pytestmark = pytest.mark.browser


def test_the_keys_of_the_list(browser: Browser, service: Up) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(service.places["sign_in"])
    page.get_by_role("button", name="Sign in").click()
    page.goto(service.places["web"] + "/cases")
    cases = page.locator(".rows.cases a.reference")
    assert cases.count() > 3
    page.keyboard.press("j")
    expect(cases.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(cases.nth(1)).to_be_focused()
    page.get_by_role("searchbox").click()
    page.keyboard.type("jk")
    expect(page.get_by_role("searchbox")).to_have_value("jk")
    page.get_by_role("button", name="Turn them off").click()
    page.reload()
    page.keyboard.press("j")
    expect(cases.nth(0)).not_to_be_focused()
    page.get_by_role("button", name="Turn them on").click()
    page.keyboard.press("k")  # from nowhere in the list, upwards: the last one
    expect(cases.last).to_be_focused()
    reference = cases.last.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{reference}")
    context.close()
