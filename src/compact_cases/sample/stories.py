"""How a story of the sample is told: who raises what about whom, and what is done on which day."""

from dataclasses import dataclass

ACCEPT, ASK, ANSWER, DECLINE = "accept", "ask", "answer", "decline"
REPLY, RELEASE, DECIDE, CLOSE, WITHDRAW = "reply", "release", "decide", "close", "withdraw"
MERGE = "merge"
CONFLICT, SUCCEED, HAND_ON = "conflict", "succeed", "hand-on"
EDITION, CLOSING_DAY = "edition", "closing-day"  # of the procedure, of the office; applied to open cases
ASK_TO_REOPEN, REOPEN = "ask-to-reopen", "reopen"
NEXT_STEP = "next-step"
PAUSE, RESUME = "pause", "resume"
TALK, TALKED = "talk-first", "talked"
ACCEPT_AND_HOLD, HOLD_ANSWER, HOLD_RELEASE = "accept-and-hold", "hold-answer", "hold-release"
ADJUST, IN_ERROR = "adjust", "in-error"
"""Every limit of the side in the choice is longer by five working days."""
MORE_TIME, YES, NO = "more-time", "yes", "no"
"""More time is asked for by the respondent; the raiser, or with the choice ``chair`` she, says yes or no."""
OF_THE_RAISER = (DECIDE, WITHDRAW, ASK_TO_REOPEN, TALKED, YES, NO)
POST, ON_PAPER = "post", "on-paper"  # an officer posts the last letter; writes down what came
CALL, PRIVATE_NOTE = "call", "private-note"
NEW_CODE = "new-code"
CONVENE, COMES, MET, NOTE, COMMENT, RELEASE_TEXT = (
    "convene",
    "comes",
    "met",
    "note",
    "comment",
    "release-text",
)
"""Of a senior review. ``choice`` is the side that answers or comments; of CONVENE, how many days ahead; of
NOTE, what is left open. A decision in part says what then: ``partly:close``; one to go on may
say to which stage: ``not:go-on:panel``."""

PANEL, REFUSES, DECLARES, PANEL_MEMBER = "panel", "refuses", "declares", "panel-member"
PANEL_STATEMENT, PANEL_RELEASE, PAPERS = "panel-statement", "panel-release", "papers"
HEARING, FINDINGS, PANEL_ANSWER, DISCUSSED = "hearing", "findings", "panel-answer", "discussed"
CORRECTS, REFERS = "findings-correction", "panel-referral"
"""Of a panel. ``choice`` of PANEL: how many days ahead it is heard; of REFUSES and DECLARES: the member by
their place, who has a conflict where there are words; of HEARING: the side that came; of FINDINGS: to whom
something is recommended, with blanks between them; of CORRECTS: what is found now, for the first undertaking;
of PANEL_ANSWER: number and answer, ``1:in-part``."""


@dataclass(frozen=True)
class Act:
    """What somebody did: on which working day (0 is the last one, -3 three before it) and at what time.

    ``choice`` of a merge is the group whose concern about the same body goes on, of a call the seat of who it
    was with. ``came``: on which working
    day it came, of what an officer writes down for the raiser. ``body``: in whose case alone it is done, of a
    concern about two of them.
    """

    day: int
    time: str
    what: str
    words: str = ""
    choice: str = ""
    came: int = 0
    body: str = ""


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
    channel: str = "web"
    afraid: str = ""
    afraid_why: str = ""
    adjustments: str = ""
    closes: int = 0  # something closes so many working days after it was raised
    closes_on: str = ""  # or on this very day, which need not work
    raised_for: str = ""


def accepted(day: int, restated: str, time: str = "10:15") -> Act:
    return Act(day, time, ACCEPT, restated)
