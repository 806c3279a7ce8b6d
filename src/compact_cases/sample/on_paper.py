"""How a story tells of a case that was kept on paper: it is taken on, and what was done since is entered."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from compact_cases.office.identity import statement
from compact_cases.rules.acts import Command
from compact_cases.rules.agreed_actions import ConfirmAction, SayActionDone
from compact_cases.rules.agreement import AnswerAgreement
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.intake import Accept
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.past import Past
from compact_cases.rules.seats import Side
from compact_cases.sample.stories import Act

TAKEN_ON, REPLIED, RELEASED = "taken-from-paper", "replied-on-paper", "released-on-paper"
DECIDED, WENT_ON = "decided-on-paper", "went-on-on-paper"
AGREED, DONE, CONFIRMED = "agreed-on-paper", "done-on-paper", "confirmed-on-paper"
"""``choice`` is the day on which it was done, or that of its postmark; of TAKEN_ON the days of receipt and of
the letters to both. DONE and CONFIRMED say behind it which agreed action it is about."""


def _taken_on(act: Act, case: Case, officer: UUID, new: UUID | None) -> Command:
    received, told = (date.fromisoformat(one) for one in act.choice.split())
    return Accept(officer, statement(act.words), statement(act.words), past=Past(received, told))


def _replied(act: Act, case: Case, officer: UUID, new: UUID | None) -> Command:
    answers = tuple(Answer(link.id, "dispute", statement(act.words)) for link in case.intake.to_answer)
    return SendReply(answers, None, None, statement("Policy and partnerships team"), _came(act))


def _came(act: Act) -> Arrived:
    return Arrived(date.fromisoformat(act.choice.partition(" ")[0]), "paper")


def _item(act: Act) -> str:
    return act.choice.partition(" ")[2]


COMMANDS: Mapping[str, Callable[[Act, Case, UUID, UUID | None], Command]] = {
    TAKEN_ON: _taken_on,
    REPLIED: _replied,
    RELEASED: lambda act, case, officer, new: ReleaseReply(
        looked=True, done_on=date.fromisoformat(act.choice)
    ),
    DECIDED: lambda act, case, officer, new: Decide("not", came=_came(act)),
    AGREED: lambda act, case, officer, new: AnswerAgreement(Side.RAISER.value, "yes", came=_came(act)),
    DONE: lambda act, case, officer, new: SayActionDone(_item(act), statement(act.words), came=_came(act)),
    CONFIRMED: lambda act, case, officer, new: ConfirmAction(_item(act), came=_came(act)),
    WENT_ON: lambda act, case, officer, new: OpenNextStep("", new, done_on=date.fromisoformat(act.choice)),
}
"""With the officer who has the case, and one who is new to it."""
