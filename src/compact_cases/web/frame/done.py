"""One line after what an officer did outside a case: a word in the address that leads to the next page."""

from urllib.parse import urlsplit

from litestar.response import Redirect

LINES = {
    "handed-on": "The case is closed here, and handed on to that office.",
    "taken-apart": "What was merged goes on by itself from now on, and its raiser is told.",
    "barred": "Your conflict of interest is recorded. You see nothing more of that case.",
    "body-added": "The body is on the register from now on.",
    "body-kept": "The register has this body as you gave it.",
    "absence-kept": "It is noted who is away, and until when.",
    "back": "It is noted that they are back.",
    "successor-kept": "It is noted who takes over.",
    "mediator-added": "They are on the register of mediators from now on, and can be proposed.",
    "mediator-gone": "They are not on the register of mediators any more, and cannot be proposed.",
    "member-added": "They are in the office’s list from now on, and can ask for a link on the sign-in page.",
    "member-kept": "The office’s list has it as it stands here.",
    "employer-waits": "Kept. Their employer is not on the register, so it bars them from no case yet.",
    "member-ended": "They are off the list and can sign in no more.",
    "panellist-added": "They are on the register of panellists from now on.",
    "panellist-gone": "They are chosen for no panel any more.",
    "task-done": "The task is done and off the list.",
    "letters-again": "Those letters wait to be sent again.",
    "edition-kept": "It is in force for new cases. Open cases keep what they have.",
    "edition-applied": "It is in force. Open cases are moved one by one, and this page says how far.",
    "session-ended": "The session is ended. Whoever used it has to sign in again.",
    "view-kept": "This view is kept with your views, above the list. Nobody else sees it.",
    "view-gone": "The view is taken away. No case is touched by that.",
}


def done(address: str, word: str) -> Redirect:
    """To a page that says so above everything else. A word that is not in LINES is a mistake (KeyError)."""
    if word not in LINES:
        raise KeyError(word)
    path = urlsplit(address)
    query = f"{path.query}&" if path.query else ""
    return Redirect(f"{path.path}?{query}done={word}", status_code=303)
