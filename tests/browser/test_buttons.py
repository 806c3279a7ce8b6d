"""A button and a link that looks like one have their words on one line, whatever the width."""

import pytest
from playwright.sync_api import Browser

from compact_cases.web.frame import static_files

pytestmark = pytest.mark.browser
SHEET = (static_files.FOLDER / "style.css").read_text(encoding="utf-8")
BOTH = (
    '<main><p class="acts"><button class="button" type="submit">No, open the case</button>'
    '<a class="button second" href="#">Yes, I have a conflict</a></p></main>'
)
ABOVE = """[...document.querySelectorAll('.button')].map(one => {
  const words = document.createRange()
  words.selectNodeContents(one)
  return [words.getBoundingClientRect().top - one.getBoundingClientRect().top,
    one.getBoundingClientRect().height]
})"""


@pytest.mark.parametrize("width", [320, 1100])
def test_words_stand_as_high_in_a_link_as_in_a_button(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.set_content(f"<style>{SHEET}</style>{BOTH}")
    button, link = page.evaluate(ABOVE)
    page.close()
    assert link == pytest.approx(button, abs=0.5)
