"""Every way the rules say no: always one plain sentence for the person who asked."""

from datetime import date

NO_CASE = "There is no such case, or it is not yours to see."
"""One answer for what is not there and for what somebody may not know of."""


class Refused(Exception):
    """The rules do not allow this now. The message is a full sentence; nothing was changed."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """This person may not do this, whatever the state of the case."""


class NotYet(Refused):
    """It is too early; whoever waits for it looks again on the day ``until``."""

    def __init__(self, sentence: str, until: date) -> None:
        super().__init__(sentence)
        self.until = until


class OutOfDate(Refused):
    """The page was read before the case changed; ``seen`` and ``now`` are positions in its log."""

    def __init__(self, seen: int, now: int) -> None:
        super().__init__("This case has changed since you opened the page. Please read what is new below.")
        self.seen = seen
        self.now = now


class NotFound(Refused):
    """There is no such thing, or it is not for this person to know."""
