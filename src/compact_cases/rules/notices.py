"""What somebody must be told, for a letter. Each notice is a folder of templates of the same name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from compact_cases.rules.course import Obligation
from compact_cases.rules.seats import Seat, Side


class Rest(StrEnum):
    """What must still be so when a letter is sent. Stored names."""

    ALWAYS = "always"  # it tells what has happened, whatever came since
    OPEN = "open"  # the case is not closed
    OWED = "owed"  # what its facts name is not done yet, were it paused, or over its time and still taken
    PAUSED = "paused"  # what its facts name stands still
    RUNNING = "running"  # and its clock runs, to the date that the letter was decided for


@dataclass(frozen=True)
class Notice:
    """``facts`` are words and ISO dates for the letter: never a name, an address or a text of the case.

    ``confirms``: it goes to whoever did it too. The others go to nobody about their own act.
    """

    name: str
    to: Seat
    facts: dict[str, Any] = field(default_factory=dict)
    rests_on: Rest = Rest.OPEN
    confirms: bool = False
    person: UUID | None = None  # one of several in a seat, a member of a panel; or who sat in it


ROOM_NEWS = "room-news"
"""Something new is in the mediation room."""

TO_ONE_PERSON = frozenset({"new-concern", "undeliverable", "fresh-link", "sign-in"})
"""Letters to a person rather than to whoever sits in their seat: another's successor has one of their own,
or did not ask for it."""


OF_NO_CHAPTER = (
    "draft-saved",
    "draft-ends-soon",
    "reminder",
    "nudge",
    "escalation",
    "sign-in",
    "fresh-link",
    "undeliverable",
    "head",
    "taken-over",
    "digest",
    ROOM_NEWS,
)
"""Letters of drafts, the sweep, accounts, the proof, the register and the room; others stand with their
chapter."""


IN_WORDS = {
    "receipt": "we have your concern",
    "new-concern": "a new concern",
    "delay": "this takes longer",
    "acknowledgement": "we take it on",
    "question": "a question",
    "addition": "something was added",
    "answered": "the raiser has answered",
    "assigned": "a case to look after",
    "handed-over": "a case was handed over",
    "declined": "we do not take it further",
    "hold-request": "a request to extend, to pause, or to say why not",
    "hold-answered": "an answer to the hold request",
    "no-hold-answer": "no answer to the hold request",
    "hold-words": "what was said to the hold request",
    "date-passed": "a date has passed, and two questions",
    "date-answered": "what became of the date",
    "talk-first": "please talk with the other side first",
    "talk-over": "their talk is over, and an officer takes it up",
    "put-right": "both sides have put it right",
    "notice": "a concern, and a reply is asked for",
    "reply-received": "a reply has come",
    "reply-released": "a reply to read",
    "reminder": "a reminder",
    "nudge": "the date has passed",
    "escalation": "no answer is recorded",
    "no-reply": "no reply is recorded",
    "reply-in-time": "a reply had come after all",
    "last-letter": "our last letter",
    "decision-recorded": "a decision is recorded",
    "review-opened": "a senior review is open",
    "invitation": "an invitation to the senior review",
    "invitation-cancelled": "the meeting is off",
    "statement-asked": "a statement is asked for",
    "meeting-answered": "an answer about the meeting",
    "note-written": "the note of the senior review",
    "text-received": "something to read and release",
    "text-released": "something to read",
    "review-over": "the senior review is over",
    "panel-opened": "a panel is opened",
    "panel-named": "who sits on the panel",
    "panel-asked": "you are asked to sit on a panel",
    "member-lost": "a member of the panel cannot sit",
    "hearing": "the day of the hearing",
    "hearing-off": "the hearing is off",
    "papers": "the papers of the panel",
    "findings": "what the panel has found",
    "finding-corrected": "the panel has corrected a finding",
    "panel-answer": "an answer to what the panel recommends",
    "panel-waits": "the panel waits for a mediation",
    "panel-goes-on": "the panel goes on",
    "panel-over": "the panel has nothing more to do",
    "no-panel-answer": "no answer to what the panel recommends",
    "closed": "the case is closed",
    "succeeded": "another body answers now",
    "divided": "which of two bodies answers?",
    "conflict": "a conflict of interest",
    "nobody-left": "nobody here can handle the case",
    "handler-found": "who handles the case now",
    "group-ended": "the group has ended",
    "speaker": "who speaks for the group now",
    "reopening-asked": "somebody asks to open the case again",
    "reopening-declined": "the case stays closed",
    "reopened": "the case is open again",
    "appeal-asked": "an appeal against the answer",
    "appeal-answered": "the appeal is answered",
    "withdrawn": "the concern is withdrawn",
    "merged": "the concern goes on with another one",
    "merged-ended": "how the matter ended",
    "unmerged": "the concern goes on by itself",
    "agreement": "an agreement to read",
    "agreement-answered": "an answer to the agreement",
    "agreement-reflect": "both sides have accepted",
    "agreement-not-accepted": "the agreement is not accepted like this",
    "agreement-made": "the agreement stands",
    "action-to-read": "words about an agreed action",
    "action-to-confirm": "an agreed action is said to be done",
    "action-again": "an agreed action is still to be done",
    "action-settled": "nothing is left to do about an agreed action",
    "action-not-kept": "an agreed action is recorded as not kept",
    "check-in": "how does the agreement hold?",
    ROOM_NEWS: "something new in the mediation room",
    "draft-saved": "how to come back to your concern",
    "draft-ends-soon": "your saved concern will be removed",
    "fresh-link": "a fresh link",
    "sign-in": "your link to sign in",
    "head": "a proof of the record",
    "undeliverable": "a letter did not arrive",
    "mediation-asked": "whether mediation is wanted",
    "mediation-declined": "there is no mediation",
    "mediation-agreed": "everybody agrees to mediation",
    "mediator-proposed": "a mediator is proposed",
    "name-refused": "a mediator is to be proposed",
    "mediator-asked": "could you mediate?",
    "mediator-appointed": "the mediator is appointed",
    "mediator-gone": "another mediator is looked for",
    "session-proposed": "days for a session of the mediation",
    "session-answered": "an answer about a session",
    "session-fixed": "a session of the mediation",
    "session-cancelled": "a session of the mediation is off",
    "go-on": "a body is not in the mediation any more",
    "goes-on": "the mediation goes on",
    "mediation-time": "more time for the mediation",
    "mediation-ended": "the mediation is over",
    "paused": "the clock is paused",
    "resumed": "the clock runs again",
    "pause-asked": "a longer pause is asked for",
    "pause-refused": "no longer pause was granted",
    "in-error": "something was recorded in error",
    "longer-limit": "a longer limit applies",
    "extended": "more time, and the new date",
    "dates-moved": "a date has moved",
    "time-asked": "more time is asked for once more",
    "time-refused": "no more time was given",
    "timetable-proposed": "other dates are proposed",
    "timetable-agreed": "other dates are agreed",
    "timetable-not-agreed": "no other dates are agreed",
    "timetable-ended": "the agreed dates are ended",
    "long-time": "this takes a long time, and why",
    "kept-on-paper": "your case has a page now",
    "taken-over": "what is now yours to do",
    "digest": "what waits for you today",
}
"""What people call each letter, on pages and in tasks; never its stored name."""


YOURS = {
    (Side.RESPONDENT, "reply-received"): "your reply has reached us",
    (Side.RESPONDENT, "hold-answered"): "your answer to the hold request has reached us",
    (Side.RAISER, "decision-recorded"): "your decision is recorded",
    (Side.RAISER, "withdrawn"): "your concern is withdrawn",
    (Side.RAISER, "reopening-asked"): "you asked us to open the case again",
    (Side.RESPONDENT, "reopening-asked"): "you asked us to open the case again",
    (Side.RESPONDENT, "group-ended"): "the raiser’s side needs time",
    (Side.RESPONDENT, "speaker"): "the raiser’s side goes on",
    (Side.RAISER, "appeal-asked"): "your appeal has reached us",
    (Side.RESPONDENT, "appeal-asked"): "your appeal has reached us",
}
"""The same to the side whose act it confirms."""


def in_words(notice: str, reader: Side | None = None) -> str:
    """``reader``: the side of whoever reads it as theirs; None for officers."""
    return YOURS.get((reader, notice), IN_WORDS[notice]) if reader else IN_WORDS[notice]


def is_of_the_room(notice: str, state: str) -> bool:
    """Whether officers are not shown a letter: it says when something was written in a room, and for whom."""
    return notice == ROOM_NEWS and state != "failed"


def owed(obligation: str, due: date) -> dict[str, Any]:
    """The facts of a letter about an obligation."""
    return {"obligation": obligation, "due": due.isoformat()}


def all_owed(open_ones: Iterable[Obligation], *owners: Seat) -> dict[str, Any]:
    """The facts of a letter to whoever now owes what these seats owe; none where nothing runs."""
    items = [
        {**owed(one.name, one.due), "item": one.item, "cycle": one.cycle}
        for one in open_ones
        if one.due is not None and one.owner in owners
    ]
    return {"items": items} if items else {}
