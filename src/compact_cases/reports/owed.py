"""Obligations in words, each for the one who reads it."""

from collections.abc import Sequence
from datetime import date, datetime

from compact_cases.reports.case_shape import Owed
from compact_cases.reports.owed_to_panels import OF_PANELS, OF_PANELS_SHORT
from compact_cases.reports.proofs import proof_of
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events.clocks import Posting
from compact_cases.rules.events.review import SIDES
from compact_cases.rules.pausing import GROUP_ENDED, in_words
from compact_cases.rules.seats import CASE_STAFF, Seat, Side
from compact_cases.rules.terms import Hold
from compact_cases.rules.working_days import Calendar, OutsideCalendar

# Each goes on with "by Monday 16 March". {respondent} is the body's name, {owner} whose step it is, {item}
# the number of an action. ``mine`` is for whoever owes it, of what either side may owe.
SENTENCES: dict[str, dict[str, str]] = {
    "acknowledge": {
        "officer": "This concern is to be acknowledged",
        "raiser": "A Compact officer reads your concern and writes to you",
        "respondent": "A Compact officer looks at this concern again",
    },
    "date": {"officer": "Something closes or is decided"},
    "date-passed": {
        "officer": "Somebody is to say what became of the date",
        "raiser": "Please say what became of the date",
        "respondent": "Please say what became of the date",
    },
    "talk": {
        "officer": "The two sides talk first",
        "raiser": "Please talk with {respondent}, and tell us how it went",
        "respondent": "Please talk with whoever raised it",
    },
    "answer": {
        "officer": "The raiser is to answer our question",
        "raiser": "Please answer our question",
    },
    "reply": {
        "officer": "{respondent} owes a reply",
        "raiser": "{respondent} owes you a reply",
        "respondent": "Your reply is due",
    },
    "hold": {
        "officer": "{respondent} is asked to extend, to pause or to say why not",
        "raiser": "{respondent} is asked to extend, to pause or to say why not",
        "respondent": "Please extend it, pause it, or say why not",
    },
    "hold-release": {
        "officer": "What {respondent} says to the hold request is to be read and released",
        "raiser": "A Compact officer reads what {respondent} says and passes it on to you",
        "respondent": "A Compact officer reads your words and passes them on",
    },
    "release": {
        "officer": "The reply is to be read and released",
        "raiser": "A reply has come. A Compact officer reads it and passes it on to you",
        "respondent": "A Compact officer reads your reply and passes it on",
    },
    "decide": {
        "officer": "The raiser decides what happens next",
        "raiser": "Please tell us what you would like to do",
        "respondent": "The raiser says whether this settles it",
    },
    "next-step": {
        "officer": "The raiser wants to go on, and the next step is to be opened",
        "raiser": "A Compact officer tells you how it goes on",
        "respondent": "A Compact officer tells both sides how it goes on",
    },
    "convene": {
        "officer": "The senior review is to be convened: a day for both senior leads",
        "raiser": "A Compact officer sets a day for the senior review",
        "respondent": "A Compact officer sets a day for the senior review",
    },
    "meet": {
        "officer": "{side} is to say whether it comes to the meeting",
        "raiser": "Your answer about the meeting is due",
        "respondent": "Your answer about the meeting is due",
    },
    "comment": {
        "officer": "{side} may comment on the note",
        "raiser": "You may comment on the note",
        "respondent": "You may comment on the note",
    },
    "note": {
        "officer": "What the senior review agrees, and what not, is to be written down",
        "raiser": "A Compact officer writes down what the senior review agrees, and what not",
        "respondent": "A Compact officer writes down what the senior review agrees, and what not",
    },
    "extension-answer": {
        "officer": "An answer to a request for more time is awaited",
        "chair": "Please say whether there is more time",
        "raiser": "An answer to a request for more time is awaited",
        "respondent": "An answer to a request for more time is awaited",
    },
    "agree-timetable": {
        "mine": "Please say whether you agree to other dates",
        "officer": "{owner} is asked whether it agrees to other dates",
        "chair": "An answer about other dates is awaited",
        "raiser": "The other side is asked whether it agrees to other dates",
        "respondent": "The other side is asked whether it agrees to other dates",
    },
    "pause-answer": {
        "officer": "The board chair is asked for a longer pause",
        "chair": "Please say whether there may be a longer pause",
        "raiser": "An answer about a pause is awaited",
        "respondent": "An answer about a pause is awaited",
    },
    "appeal": {
        "officer": "An appeal is to be answered: is the case opened again?",
        "chair": "Please say whether this case is opened again",
        "raiser": "The answer that the case stays closed is looked at again",
        "respondent": "The answer that the case stays closed is looked at again",
    },
    "choose-successor": {
        "officer": "Two bodies took over from the respondent, and one of them is to be chosen for this case",
        "raiser": "A Compact officer says which body answers in this case from now on",
        "respondent": "A Compact officer says which body answers in this case from now on",
    },
    "take-over": {
        "officer": "Somebody is looked for to speak for the raiser’s group, which has ended",
        "raiser": "Please tell us who speaks for the group now",
    },
    **OF_PANELS,
    "close": {
        "officer": "This case is to be closed",
        "raiser": "A Compact officer closes the case and writes how it ended",
        "respondent": "A Compact officer closes the case and writes how it ended",
    },
    "reopen": {
        "officer": "Somebody asks to open this case again, and is to be answered",
        "raiser": "A Compact officer says whether the case is opened again",
        "respondent": "A Compact officer says whether the case is opened again",
    },
    "agree": {
        "mine": "Please say whether you accept the agreement",
        "officer": "{owner} says whether it accepts the agreement",
    },
    "reflect": {
        "mine": "You can step back from the agreement",
        "officer": "{owner} can step back from the agreement",
    },
    "action": {
        "mine": "You have agreed to do action {item}",
        "officer": "{owner} has agreed to do action {item}",
    },
    "confirm": {
        "mine": "Please say whether action {item} is done",
        "officer": "{owner} says whether action {item} is done",
    },
    "action-release": {
        "officer": "What was written about action {item} is to be read and passed on",
        "raiser": "A Compact officer reads what was written about action {item}, and passes it on",
        "respondent": "A Compact officer reads what was written about action {item}, and passes it on",
    },
    "consent": {
        "mine": "Please say whether you want mediation",
        "officer": "{side} is asked whether it wants mediation",
    },
    "appoint": {
        "officer": "A mediator is to be found",
        "raiser": "A Compact officer looks for a mediator",
        "respondent": "A Compact officer looks for a mediator",
    },
    "name": {
        "mine": "You may refuse the mediator who is proposed",
        "officer": "{side} may refuse the mediator who is proposed",
    },
    "declare": {
        "mine": "Please say whether you have a conflict of interest",
        "officer": "The mediator says whether there is a conflict of interest",
    },
    "mediate": {
        "mine": "The mediation is to be over",
        "officer": "The mediation is to be over",
    },
    "session": {
        "mine": "Please say on which days you can come to a session",
        "officer": "{side} is asked on which days it can come to a session",
    },
    "go-on": {
        "mine": "Please say whether you want to go on with the mediation",
        "officer": "{side} is asked whether it goes on with the mediation",
    },
    "check-in": {
        "mine": "Please tell us how the agreement holds",
        "officer": "{owner} is asked how the agreement holds",
    },
}
# The list's words for the same, and the words for whose step it is.
SHORT = {
    "acknowledge": "Acknowledge",
    "date": "A date to watch",
    "date-passed": "Say what became of the date",
    "talk": "Talk first",
    "answer": "Answer our question",
    "reply": "Reply",
    "hold": "Extend, pause or say why not",
    "hold-release": "Release words on the hold",
    "release": "Release the reply",
    "decide": "Decide",
    "next-step": "Open the next step",
    "convene": "Convene the review",
    "meet": "Answer about the meeting",
    "note": "Write the note",
    "extension-answer": "Answer a request for more time",
    "agree-timetable": "Answer about other dates",
    "comment": "Comment on the note",
    **OF_PANELS_SHORT,
    "close": "Close",
    "reopen": "Open again, or say why not",
    "pause-answer": "Answer about a longer pause",
    "take-over": "Say who speaks for the group",
    "choose-successor": "Say which body answers",
    "appeal": "Answer an appeal",
    "agree": "Answer the agreement",
    "reflect": "Reflect on the agreement",
    "action": "Do what was agreed",
    "confirm": "Confirm an action",
    "action-release": "Pass on words about an action",
    "check-in": "Say how it holds",
    "consent": "Say whether to mediate",
    "appoint": "Find a mediator",
    "name": "See the mediator’s name",
    "declare": "Declare conflicts",
    "mediate": "Mediate",
    "session": "Answer about a session",
    "go-on": "Say whether to go on",
}


RELEASES = {
    "officer": "What one side wrote is to be read and released",
    "raiser": "A Compact officer reads what was written, and passes it on",
    "respondent": "A Compact officer reads what was written, and passes it on",
}
"""Of a statement or comment; the words of a reply stand above."""
IN_WRITING = {
    "officer": "{side} is to write a statement for the meeting",
    "raiser": "Your statement for the senior review is due",
}
"""Of a raiser who must not be known, and meets nobody."""
OWN_AFFAIRS = frozenset({"check-in", "take-over"})
"""What is between one side and the office alone."""
SIDE_OF = {
    "officer": Side.OFFICE,
    "raiser": Side.RAISER,
    "respondent": Side.RESPONDENT,
    "chair": Side.OFFICE,
    "panellist": Side.INDEPENDENT,
    "mediator": Side.INDEPENDENT,
}


def owed_now(case: Case, viewpoint: str, respondent: str, calendar: Calendar, at: datetime) -> list[Owed]:
    """Open obligations, the earliest date first; paused ones after them.

    How an agreement holds is asked of each side by itself, and is not the other's to know. A closing date
    is watched, and owed by nobody: pages say it as such.
    """
    theirs = (
        one
        for one in case.open_obligations
        if one.name not in OWN_AFFAIRS or viewpoint == "officer" or one.owner.side is SIDE_OF[viewpoint]
    )
    found = [
        _owed(case, one, viewpoint, respondent, calendar, at, case.clocks.postings)
        for one in theirs
        if one.name != "date"
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.name))


def whose(seat: Seat, respondent: str) -> str:
    """Whose step it is, as a list says it."""
    if seat.side is Side.RAISER:
        return "The raiser"
    if seat.side is Side.RESPONDENT:
        return respondent
    return "Officer" if seat in CASE_STAFF else seat.spoken.capitalize()


def _in_mediation(hold: Hold, case: Case) -> bool:
    """Whether it stands still until the mediation is over; the pause's own day is the last possible one."""
    pause = next((one for one in case.clocks.pauses if one.number == hold.pause), None)
    return pause is not None and pause.awaits == "mediate"


def _owed(
    case: Case,
    one: Obligation,
    viewpoint: str,
    respondent: str,
    calendar: Calendar,
    at: datetime,
    postings: Sequence[Posting] = (),
) -> Owed:
    words, mine = SENTENCES.get(one.name, {}), _is_mine(one.owner, viewpoint)
    own = words.get("mine") if mine else None
    theirs = viewpoint != "officer" and one.item in SIDES and one.item != viewpoint  # the other side's
    if one.name == "release" and one.item:
        words = RELEASES
    if one.name == "meet" and one.owner is Seat.RAISER:
        words = IN_WRITING
    side = "The raiser’s side" if one.item == Side.RAISER else respondent
    said = words.get("officer" if theirs else viewpoint) or words.get("officer")
    sentence = own or said or one.name.replace("-", " ").capitalize()
    hold = one.hold if one.due is None else None
    return Owed(
        name=one.name,
        cycle=one.cycle,
        item=one.item,
        owner=one.owner.word,
        owner_side=one.owner.side.value,
        to=one.to.word,
        to_side=one.to.side.value,
        sentence=sentence.format(
            respondent=respondent, owner=whose(one.owner, respondent), item=one.item, side=side
        ),
        who=whose(one.owner, respondent),
        mine=mine,
        started_on=one.term.start,
        due=one.due,
        days_left=days_left(calendar, at.date(), one.due),
        is_overdue=one.is_overdue(at, calendar),
        paused_since=hold.on if hold else None,
        days_kept=hold.days_left if hold else None,
        pause_ends=hold.ends if hold else None,
        pause_reason=_reason(one.hold_reason, viewpoint) if hold else None,
        ends_by_itself=hold is not None and one.hold_reason != GROUP_ENDED and not _in_mediation(hold, case),
        proof=proof_of(case.obligations, one, calendar, postings),
        longer=case.clocks.longer_by(one.owner.side) > 0,
    )


def _is_mine(owner: Seat, viewpoint: str) -> bool:
    """The board chair owes what she is asked, and officers what the others of the office owe."""
    if Seat.CHAIR is owner or viewpoint == "chair":
        return owner is Seat.CHAIR and viewpoint == "chair"
    return owner.side is SIDE_OF[viewpoint]


def _reason(reason: str | None, viewpoint: str) -> str | None:
    if reason == GROUP_ENDED and viewpoint == "raiser":
        return "your side needs time"
    return reason if reason is None or viewpoint == "officer" else in_words(reason)


def days_left(calendar: Calendar, today: date, due: date | None) -> int | None:
    """Working days to a date; None when there is none, or the calendar does not reach it.

    Less than 0 is overdue, which starts on the next working day: a Friday's date is 0 on Sunday too.
    """
    if due is None:
        return None
    try:
        return calendar.working_days_left(today, due)
    except OutsideCalendar:
        return None
