"""A person at a browser without JavaScript: fills boxes by their names, presses buttons, reads the page."""

import re
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

ACCOUNT = (
    "The county put its bus questionnaire out on a Thursday and wanted it back by the Friday of the "
    "week after. Our tenants' association only meets on the first Tuesday of the month and nobody on it "
    "is paid, so by the time we sat down together it had shut."
)
CHANGES = r"GC-\d{4}-\d{4}|[0-9a-f]{32}|[-\w]{40,}|[?#].*"
"""What differs between two addresses of one page: reference, concern, a link's secret, what was asked."""
NO_CONFLICT = "No, open the case"
HEADING = r"(?s)<(?:h[1-4]|legend|summary)\b.*?</"
# What each page of the form is answered with, by the page's name; the others are left empty.
ANSWERS: dict[str, dict[str, str]] = {
    "privacy": {"confidentiality": "open"},
    "group": {"raiser-name": "Hillside Tenants", "raiser-kind": "community-group"},
    "person": {"raiser-person": "Rosa Field", "raiser-role": "Secretary"},
    "behalf": {"behalf": "own"},
    "reach": {"raiser-email": "rosa@hillside.example"},
    "about": {"respondents-0-name": "Northvale County Council"},
    "account": {"account": ACCOUNT},
    "when": {"happened": "In the last weeks", "still_happening": "yes"},
    "closes": {"closes": "no"},
    "undertakings": {"clauses": "community-groups/5.3"},
    "tried": {"tried": "I asked for another fortnight."},
    "remedy": {"remedies": "rerun-consultation"},
}


@dataclass
class Person:
    """One browser of one person. ``complaints`` gathers what axe finds on the pages looked at.

    ``looked``, which several may share: each page once at each width, and again once its headings differ.
    """

    browser: Browser
    web: str
    width: int = 1280
    complaints: list[str] = field(default_factory=list)
    looked: set[tuple[int, str, tuple[str, ...]]] = field(default_factory=set)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    looker: Page = field(init=False)

    def __post_init__(self) -> None:
        viewport = {"width": self.width, "height": 900}
        self.context = self.browser.new_context(viewport=viewport, java_script_enabled=False)  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.looker = self.browser.new_page(viewport=viewport)  # type: ignore[arg-type]

    def go(self, address: str) -> "Person":
        self.page.goto(address if address.startswith("http") else self.web + address)
        return self.look()

    def put(self, **fields: str) -> "Person":
        """Fill text boxes, choose radios and tick boxes by the names of the fields."""
        for name, value in fields.items():
            box = self.page.locator(f'main [name="{name}"]')
            if box.first.get_attribute("type") in ("radio", "checkbox"):
                self.page.locator(f'main [name="{name}"][value="{value}"]').first.check()
            else:
                box.first.fill(value)
        return self

    def pick(self, **fields: str) -> "Person":
        """Of a list that unfolds: the first choice in which these words stand."""
        for name, words in fields.items():
            unfolds = self.page.locator(f'main select[name="{name}"]')
            unfolds.select_option(unfolds.locator("option", has_text=words).first.get_attribute("value"))
        return self

    def choose(self, label: str) -> "Person":
        """A radio or a box to tick, by what stands beside it."""
        self.page.locator("main").get_by_label(re.compile(label)).first.check()
        return self

    def press(self, words: str) -> "Person":
        return self._leave_by("button", words)

    def follow(self, words: str) -> "Person":
        return self._leave_by("link", words)

    def do(self, words: str) -> "Person":
        """Follow the link to an act of an officer, which may stand under a fold."""
        fold = self.page.locator("main").get_by_text("Other things you can do", exact=True)
        if not self.page.locator("main").get_by_role("link", name=re.compile(words)).count():
            fold.click()
        return self.follow(words)

    def _leave_by(self, role: Literal["button", "link"], words: str) -> "Person":
        """Without JavaScript each leads to another page; the one that is left is not looked at again."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role(role, name=re.compile(words)).first.click()
        return self.look()

    def look(self) -> "Person":
        """See the page; an officer who is asked before a case opens has no conflict of interest in it."""
        self._see()
        if self.page.locator("main").get_by_role("button", name=NO_CONFLICT).count():
            self.press(NO_CONFLICT)
        return self

    def _see(self) -> None:
        """Let axe look at the page, and see that it does not run over the side.

        Axe is a script, so it looks at the same HTML in a tab of its own where scripts run.
        """
        html, address = self.page.content(), self.page.url
        seen = (self.width, re.sub(CHANGES, "", self.where), tuple(re.findall(HEADING, html)))
        if seen in self.looked:
            return
        self.looked.add(seen)
        self.looker.unroute_all()
        self.looker.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.looker.goto(address)
        found = Axe().run(self.looker, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        for one in found.response["violations"]:
            places = ", ".join(str(node["target"]) for node in one["nodes"][:3])
            self.complaints.append(f"{self.where}: {one['help']} ({places})")
        if self.looker.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            self.complaints.append(f"{self.where}: wider than the screen at {self.width} px")

    @property
    def where(self) -> str:
        return self.page.url.removeprefix(self.web)

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def raise_concern(self) -> str:
        """Answer the form from its door to its receipt; the reference."""
        self.go("/").follow("Raise a concern").press("Start|Begin")
        while (page := self.where.partition("?")[0].rsplit("/", 1)[1]) != "check":
            if page == "undertakings":
                self.put(q="timescales").press("Look")
            self.put(**ANSWERS.get(page, {})).press("Save and continue")
        self.put(declared="yes").press("Send")
        found = re.search(r"GC-\d{4}-\d{4}", self.words)
        assert found, self.words
        return found[0]

    def close(self) -> None:
        self.context.close()
        self.looker.close()
