"""Fast track: the answer to a hold request, and the release of its words."""

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement_if
from compact_cases.rules.date_passes import WAS_EXTENDED, SayWhatFollowed, sides_asked
from compact_cases.rules.fast_track import EXTENDED, HOLD_ANSWERS, NO, AnswerHold, ReleaseHoldWords
from compact_cases.rules.names import found_in, marked, without
from compact_cases.rules.seats import Side
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.enquiry import LOOK
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Day, Lines, Takes, Text, Tick, Values

HOLD = Takes(
    Choice("answer", HOLD_ANSWERS, required="Please say whether it is extended, put on hold, or neither."),
    Day("until", required="Please give the new day.", when=("answer", EXTENDED)),
    Text("words", LONGEST, required="Please say why not, in a sentence or more.", when=("answer", NO)),
    Text("words", LONGEST, when=("answer", *(one for one in HOLD_ANSWERS if one != NO))),
)
RELEASE = Takes(Tick("looked", required=LOOK), Lines("hidden", LONGEST), Tick("words_may_stay"))


def _answer(values: Values, desk: Desk) -> AnswerHold:
    """Answer a hold request: `extended` with the new day, `paused`, or `no` with why."""
    words = statement_if(values["words"])
    return AnswerHold(values["answer"], values["until"], words, desk.visitor.person_id)


def _release(values: Values, desk: Desk) -> ReleaseHoldWords:
    """Let the raiser read the words of that answer, without the phrases in `hidden`."""
    hidden = statement_if("\n".join(values["hidden"]))
    return ReleaseHoldWords(values["looked"], hidden, values["words_may_stay"])


def _raisers_words(conn: Connection, desk: Desk, form: Form) -> Known:
    """The words that wait, in pieces with the raiser's own marked."""
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    words = needs.hold_words(conn, desk.case)
    pieces = marked(words, telling)
    return {
        "marked": pieces,
        "names": any(tells for _, tells in pieces),
        "found": found_in(without(words, form.one("hidden").splitlines()), telling),
    }


DATE = Takes(
    Choice(
        "side",
        lambda desk: sides_asked(desk.case, desk.now),
        required="Please say for which side this is.",
        default=lambda desk: desk.visitor.seat.side.value,
    ),
    Choice("extended", WAS_EXTENDED, required="Please say whether it was extended."),
    Text("words", LONGEST),
)


def _date(values: Values, desk: Desk) -> SayWhatFollowed:
    """Say for one side whether it was extended, and what harm followed."""
    words = statement_if(values["words"])
    ours = values["side"] == Side.RAISER
    return SayWhatFollowed(
        values["side"], values["extended"], words if ours else None, None if ours else words
    )


READERS = (
    Reader("date-passed", DATE, _date, "fast_track/date-passed.html"),
    Reader("hold-answer", HOLD, _answer, "fast_track/hold-answer.html"),
    Reader("hold-release", RELEASE, _release, "fast_track/hold-release.html", shows=_raisers_words),
)
