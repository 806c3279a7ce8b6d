"""Closing on its pages: an officer closes a case with its outcome, a raiser withdraws."""

from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.permissions import Permission
from compact_cases.web.case_acts import Desk, PageAct, routes_of
from compact_cases.web.forms import Form

LONGEST = 20_000


def _close(form: Form, desk: Desk) -> Close:
    outcome = form.choice("outcome", desk.view.outcomes, required="Please choose how the case ended.")
    summary = form.text(
        "summary",
        required="Please say in a few sentences how it ended and who does what.",
        most=LONGEST,
        lines=True,
    )
    return Close(outcome, statement(summary))


def _likeliest(desk: Desk) -> dict[str, str]:
    return {"outcome": desk.view.outcomes[0]} if desk.view.outcomes else {}


def _withdraw(form: Form, desk: Desk) -> Withdraw:
    """The page with this button is the confirming step; an officer also ticks that the raiser said so."""
    sure = bool(form.one("sure"))
    if not sure:
        form.refuse("sure", "Please confirm the withdrawal.")
    return Withdraw(sure, statement_if(form.text("words", most=LONGEST, lines=True)))


CLOSING = PageAct("closing", "closing/closing.html", _close, fills=_likeliest)
WITHDRAWAL = PageAct("withdrawal", "closing/withdrawal.html", _withdraw, viewpoints=("officer", "raiser"))

routes = [
    *routes_of(CLOSING, Permission.OFFICER),
    *routes_of(WITHDRAWAL, Permission.PARTY_OR_OFFICER),
]
