"""Filling in the form as a person does: page by page, without JavaScript, for the tests of raising."""

import re
from dataclasses import dataclass, field
from html import unescape

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

ACCOUNT = "The county put its bus questionnaire out on a Thursday and wanted it back by Friday week."
ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "privacy": {"confidentiality": "open"},
    "group": {"raiser-name": "Elmfield Tenants", "raiser-kind": "community-group", "raiser-area": "Stroud"},
    "person": {"raiser-person": "Rosa Field", "raiser-role": "Secretary"},
    "behalf": {"behalf": "own"},
    "reach": {"raiser-email": "rosa@elmfield.example"},
    "about": {"respondents-0-name": "Northvale County Council"},
    "second": {},
    "account": {"account": ACCOUNT},
    "when": {"happened": "In February", "still_happening": "yes"},
    "closes": {"closes": "no"},
    "undertakings": {"clauses": ["community-groups/5.3"]},
    "tried": {"tried": "We asked for another fortnight."},
    "remedy": {"remedies": ["rerun-consultation", "apology"]},
    "papers": {},
    "adjustments": {},
    "routes": {},
}


@dataclass
class FormFiller:
    """A person at the form. ``secret`` is the draft's, once it is begun."""

    client: TestClient[Litestar]
    secret: str = ""
    answers: dict[str, dict[str, str | list[str]]] = field(default_factory=lambda: dict(ANSWERS))

    def begin(self, **fields: str) -> None:
        begun = self.client.post("/concerns/new", data=fields)
        assert begun.status_code == 303, begun.text
        found = re.fullmatch(r"/concerns/drafts/([0-9a-f]{32})/privacy", begun.headers["location"])
        assert found, begun.headers["location"]
        self.secret = found[1]

    @property
    def address(self) -> str:
        return f"/concerns/drafts/{self.secret}"

    def see(self, page: str) -> str:
        shown = self.client.get(f"{self.address}/{page}")
        assert shown.status_code == 200, (page, shown.status_code)
        return unescape(shown.text)

    def put(self, page: str, act: str = "continue", query: str = "", **more: str | list[str]) -> Response:
        """Answer one page with what ``answers`` holds for it, and ``more``."""
        fields = {**self.answers[page], **more}
        return self.client.post(f"{self.address}/{page}{query}", data={**fields, "act": act})

    def fill(self, *, until: str = "") -> str:
        """Go from question to question where the form leads; the name of the page it stops at."""
        page = "privacy"
        while page not in (until, "check"):
            answered = self.put(page)
            assert answered.status_code == 303, (page, unescape(answered.text))
            page = answered.headers["location"].rsplit("/", 1)[1]
        return page

    def page(self) -> str:
        """What the page of the answers carries, by which pressing its button twice is known."""
        found = re.search('name="page" value="([0-9a-f]*)"', self.see("check"))
        return found[1] if found else ""

    def send(self, page: str | None = None) -> Response:
        sent = {"declared": "yes", "page": self.page() if page is None else page}
        return self.client.post(f"{self.address}/check", data=sent)
