"""Speaking: a group has ended; who speaks for it now, by their own page or written down by an officer."""

from collections.abc import Iterable

from compact_cases.office.identity import new_id, statement, statement_if
from compact_cases.rules.concern import Problem
from compact_cases.rules.speaking import CAPACITIES, RecordGroupEnded, Speaker, TakeOver
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Reader
from compact_cases.web.frame.takes import Choice, Day, Line, Takes, Text, Values

SAME, ANOTHER = "same", "another"
WAYS = ("email", "phone", "post")
GROUP_ENDED = Takes(
    Day("ended_on", required="Please say on which day the group ended; the day on which you heard will do."),
    Text("words", LONGEST),
)
TAKING_OVER = Takes(
    Choice("who", (SAME, ANOTHER), required="Please say who speaks for the group now.", default=SAME),
    Line("name", 300, required="Please give their name.", when=("who", ANOTHER)),
    Line("organisation", 300, when=("who", ANOTHER)),
    Line("email", 300, when=("who", ANOTHER)),
    Line("phone", 100, when=("who", ANOTHER)),
    Text("post", 1_000, when=("who", ANOTHER)),
    Choice("capacity", CAPACITIES, required="Please say whether they belonged to the group."),
    Text("authority", LONGEST, required=needed(TakeOver, "authority")),
)


def _group_ended(values: Values, desk: Desk) -> RecordGroupEnded:
    """Write down that the raiser's group has ended. For twenty working days somebody may take it over."""
    return RecordGroupEnded(values["ended_on"], statement_if(values["words"]))


def _taking_over(values: Values, desk: Desk) -> TakeOver:
    """Say who speaks for the group now, and by whose authority. They get a letter with a link."""
    capacity, authority = values["capacity"], statement(values["authority"])
    if values["who"] != ANOTHER:
        return TakeOver(capacity, authority)
    name, organisation = values["name"], values["organisation"]
    who = Speaker(name, organisation, *(values[way] for way in WAYS))
    return TakeOver(capacity, authority, who, new_id())


def _reached(values: Values, desk: Desk) -> Iterable[Problem]:
    if values["who"] == ANOTHER and values["email"] and "@" not in values["email"]:
        yield Problem("email", "This is no e-mail address. Please look at it again.")


READERS = (
    Reader("group-ended", GROUP_ENDED, _group_ended, "speaking/group-ended.html"),
    Reader(
        "taking-over", TAKING_OVER, _taking_over, "speaking/taking-over.html", checks=_reached, apart=True
    ),
)
