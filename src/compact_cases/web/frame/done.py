"""One line after what an officer did outside a case: a word in the address that leads to the next page."""

from urllib.parse import urlsplit

from litestar.response import Redirect

LINES = {
    "view-kept": "This view is kept with your views, above the list. Nobody else sees it.",
    "view-gone": "The view is taken away. No case is touched by that.",
}


def done(address: str, word: str) -> Redirect:
    """To a page that says so above everything else. A word that is not in LINES is a mistake (KeyError)."""
    assert LINES[word]
    path = urlsplit(address)
    query = f"{path.query}&" if path.query else ""
    return Redirect(f"{path.path}?{query}done={word}", status_code=303)
