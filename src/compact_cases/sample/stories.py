"""How a story of the sample is told: who raises what about whom, and what is done on which day."""

from dataclasses import dataclass

ACCEPT, ASK, ANSWER, DECLINE = "accept", "ask", "answer", "decline"
REPLY, RELEASE, DECIDE, CLOSE, WITHDRAW = "reply", "release", "decide", "close", "withdraw"
MERGE = "merge"
PAUSE, RESUME = "pause", "resume"
ADJUST, IN_ERROR = "adjust", "in-error"
"""Every limit of the side in the choice is longer by five working days."""
MORE_TIME, YES, NO = "more-time", "yes", "no"
"""More time is asked for by the respondent; the raiser, or with the choice ``chair`` she, says yes or no."""


@dataclass(frozen=True)
class Act:
    """What somebody did: on which working day (0 is the last one, -3 three before it) and at what time.

    ``choice`` of a merge is the group whose concern about the same body goes on.
    """

    day: int
    time: str
    what: str
    words: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Story:
    """One concern from its first day. ``about`` names bodies of the register, or one that is not on it."""

    group: str
    kind: str
    area: str
    person: str
    about: tuple[str, ...]
    clauses: tuple[str, ...]
    account: str
    day: int
    time: str
    acts: tuple[Act, ...] = ()
    confidentiality: str = "open"
    supporting: tuple[str, ...] = ()
    code: str = ""  # a Code that is not held
    remedies: tuple[str, ...] = ("explanation",)
    reach: str = "email"
    afraid: str = ""
    afraid_why: str = ""
    adjustments: str = ""
    closes: int = 0  # something closes so many working days after it was raised
    raised_for: str = ""


def accepted(day: int, restated: str, time: str = "10:15") -> Act:
    return Act(day, time, ACCEPT, restated)
