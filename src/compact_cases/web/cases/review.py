"""Senior review: the next step is opened, the leads meet, and what came of it is written down."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import staff, statements
from compact_cases.rules.concern import Problem
from compact_cases.rules.events.review import SIDES
from compact_cases.rules.names import found_in, marked, without
from compact_cases.rules.noted import CommentOnNote, ReleaseText, WriteNote, side_of
from compact_cases.rules.onward import OpenNextStep, next_steps
from compact_cases.rules.review import (
    AnswerMeeting,
    CancelMeeting,
    RecordMeeting,
    SetMeeting,
    who_may_convene,
)
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.coming import CAME, DONE, arrived, half_said
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Day, Id, Line, Lines, Takes, Text, Tick, Values, YesOrNo

# --- the next step ----------------------------------------------------------------------------------------

NEXT_STEP = Takes(
    Choice("stage", lambda desk: next_steps(desk.case, desk.now)["stage"] or None),
    Id("officer"),
    Line("elsewhere", 300),
    DONE,
)


def _next_step(values: Values, desk: Desk) -> OpenNextStep:
    """Open the stage to which the raiser wants to go on, and say who convenes a senior review."""
    convenors = list(desk.known["convenors"])
    only = convenors[0] if len(convenors) == 1 and not values["elsewhere"] else None
    elsewhere = statement_if(values["elsewhere"])
    return OpenNextStep(values["stage"], values["officer"] or only, elsewhere, done_on=values["done_on"])


def who_may(conn: Connection, desk: Desk) -> Known:
    """Who may convene a senior review of this case, by name."""
    now = replace(desk.now, **needs.on_staff(conn, desk.case))
    may, names = who_may_convene(desk.case, now), {one.id: one.name for one in staff.in_list_order(conn)}
    return {
        "convenors": {one: name for one, name in names.items() if one in may},
        "by_the_chair": now.chair in may,
    }


def _who_may(conn: Connection, desk: Desk, sent: Sent) -> Known:
    stages = next_steps(desk.case, desk.now)["stage"]
    names = desk.rulebook.procedure.stages
    listed = [(one, names[one]) for one in stages]
    ways = {f"by_{one}": one in stages for one in ("mediation", "panel")}
    ways["by_review"] = "senior-review" in stages
    return {**who_may(conn, desk), "stages": listed, "wish": names.get(desk.case.enquiry.wish or ""), **ways}


# --- the meeting ------------------------------------------------------------------------------------------

SETS = ("cancel", False)
CONVENING = Takes(
    Tick("cancel", default=False),
    Day("on", required="Please say on which day.", when=SETS),
    Line("time", 5, required="Please say at which time, like 14:30.", when=SETS),
    YesOrNo("online", required="Please say whether they meet in a room or online.", default=False, when=SETS),
    Text("place", 1_000, required=needed(SetMeeting, "place"), when=SETS),
    Text("needs", 1_000, when=SETS),
    Tick("words_may_stay", when=SETS),
    replace(DONE, when=SETS),
)


def _convening(values: Values, desk: Desk) -> SetMeeting | CancelMeeting:
    """Set a day for both leads, set another one, or call the meeting off. Each gets an invitation."""
    if values["cancel"]:
        return CancelMeeting()
    return SetMeeting(
        values["on"],
        values["time"],
        bool(values["online"]),
        statement(values["place"]),
        statement_if(values["needs"]),
        values["words_may_stay"],
    )


def _as_it_is(conn: Connection, desk: Desk) -> dict[str, str]:
    """The meeting that is set already, to be changed."""
    one = desk.case.review.meeting
    if one is None:
        return {}
    day = {"on-day": str(one.on.day), "on-month": str(one.on.month), "on-year": str(one.on.year)}
    sealed = {"place": one.place, **({"needs": one.needs} if one.needs else {})}
    kept = statements.get(conn, [each.statement for each in sealed.values()])
    words = {name: kept[each.statement].text for name, each in sealed.items() if each.statement in kept}
    return {**day, "time": one.time, "online": "yes" if one.online else "no", **words}


def _telling(*fields: str) -> Any:
    """The words in these fields that could tell who a hidden raiser is."""

    def found(conn: Connection, desk: Desk, form: Form) -> Known:
        part = desk.case.intake
        telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
        return {"found": found_in("\n".join(form.one(name) for name in fields), telling)}

    return found


SIDE = "Please say for which side you write this down."
ANSWER = Takes(
    Choice("side", SIDES),
    Choice("comes", ("yes", "no"), required="Please say whether you come."),
    Text("words", LONGEST),
    *CAME,
)


def _answer(values: Values, desk: Desk) -> AnswerMeeting:
    """Say for one side whether it comes; if not, on which other days. A hidden raiser writes a statement."""
    return AnswerMeeting(
        values["side"], values["comes"] == "yes", **_by_side(values, desk), came=arrived(values)
    )


def _by_side(values: Values, desk: Desk) -> dict[str, Any]:
    side = side_of(desk.visitor.seat) or values["side"]
    words = statement_if(values["words"])
    return {"of_respondent" if side == Side.RESPONDENT else "of_raiser": words}


def _whose(values: Values, desk: Desk) -> Iterator[Problem]:
    if not side_of(desk.visitor.seat) and not values["side"]:
        yield Problem("side", SIDE)
    yield from half_said(values, desk)


MEETING = Takes(YesOrNo("held", required="Please say whether the meeting took place."), DONE)


def _meeting(values: Values, desk: Desk) -> RecordMeeting:
    """Say whether the meeting took place."""
    return RecordMeeting(bool(values["held"]), done_on=values["done_on"])


# --- the note and the comments ----------------------------------------------------------------------------

NOTE = Takes(Text("agreed", LONGEST), Text("open", LONGEST), Tick("words_may_stay"), DONE)


def _note(values: Values, desk: Desk) -> WriteNote:
    """Write what is agreed, and what is not. Both sides read it and may comment."""
    agreed, left = (statement_if(values[name]) for name in ("agreed", "open"))
    return WriteNote(agreed, left, values["words_may_stay"], done_on=values["done_on"])


COMMENTING = Takes(Choice("side", SIDES), Text("words", LONGEST), *CAME)


def _comment(values: Values, desk: Desk) -> CommentOnNote:
    """Comment on the note for one side; without words it has no comment."""
    return CommentOnNote(values["side"], **_by_side(values, desk), came=arrived(values))


LOOK = "Please look for names that must not be there, and tick that you did."
RELEASE = Takes(Tick("looked", required=LOOK), Lines("hidden", LONGEST), Tick("words_may_stay"), DONE)


def _release(values: Values, desk: Desk) -> ReleaseText:
    """Let the other side read the statement or comment that waits, without the phrases in `hidden`."""
    hidden = statement_if("\n".join(values["hidden"]))
    return ReleaseText(values["looked"], hidden, values["words_may_stay"], done_on=values["done_on"])


def _marked(conn: Connection, desk: Desk, form: Form) -> Known:
    part, text = desk.case.intake, needs.waiting_text(conn, desk.case)
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    pieces = marked(text, telling)
    return {
        "waits": desk.case.review.to_release,
        "marked_text": pieces,
        "names": any(tells for _, tells in pieces),
        "found": found_in(without(text, form.one("hidden").splitlines()), telling),
    }


READERS = (
    Reader("next-step", NEXT_STEP, _next_step, "review/next_step.html", looks_up=_who_may),
    Reader(
        "convening",
        CONVENING,
        _convening,
        "review/convening.html",
        shows=_telling("place", "needs"),
        fills=_as_it_is,
    ),
    Reader("meeting-answer", ANSWER, _answer, "review/meeting_answer.html", checks=_whose, apart=True),
    Reader("meeting", MEETING, _meeting, "review/meeting.html"),
    Reader("note", NOTE, _note, "review/note.html", shows=_telling("agreed", "open")),
    Reader("comment", COMMENTING, _comment, "review/comment.html", checks=_whose, apart=True),
    Reader("text-release", RELEASE, _release, "review/text_release.html", shows=_marked),
)
