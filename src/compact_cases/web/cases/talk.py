"""Talk first: how it ends. It begins on the page of the acknowledgement."""

from compact_cases.rules.talk import EndTalk, ways_to_end
from compact_cases.web.cases.acts import Desk, Reader
from compact_cases.web.frame.takes import Choice, Takes, Values

ENDS = Takes(
    Choice(
        "ends",
        lambda desk: ways_to_end(desk.case, desk.now)["ends"],
        required="Please say whether it is put right, or an officer is to take over.",
    )
)


def _talk(values: Values, desk: Desk) -> EndTalk:
    """Say how the talk of both sides went: `put-right` closes the case, `go-on` brings it to the officer."""
    return EndTalk(values["ends"])


READERS = (Reader("talk", ENDS, _talk, "talk/talk.html"),)
