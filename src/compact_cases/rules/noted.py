"""Senior review, its note: what the leads agreed and what not, each side's comment, and what is released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules import coming
from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived, due_of, words_of
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import review as happened
from compact_cases.rules.events.review import COMMENT, SIDES, SideText
from compact_cases.rules.names import hides_from, missing, without
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.past import OnPaper
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.working_days import LONDON

AFTER = Stage.SENIOR_REVIEW.value
TOO_LATE = (
    "The date for this comment is over. If it came before that, please give the day of the call, or of the "
    "postmark: it counts if that was in time."
)
OURS, THEIRS = Audience.RAISER_AND_OFFICERS, Audience.RESPONDENT_AND_OFFICERS


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WriteNote(OnPaper):
    """At least one of the two. ``words_may_stay``: somebody looked at words that could tell who raised it."""

    agreed: Annotated[Statement | None, Kept("agreed", Audience.CASE)]
    open: Annotated[Statement | None, Kept("not-agreed", Audience.CASE)]
    words_may_stay: bool = False


@dataclass(frozen=True)
class CommentOnNote(Carries):
    """No words: they have no comment. ``side``: for whom an officer writes it down."""

    side: str
    of_raiser: Annotated[Statement | None, Kept("comment", OURS)] = None
    of_respondent: Annotated[Statement | None, Kept("comment", THEIRS)] = None
    came: Arrived | None = None


@dataclass(frozen=True)
class RecordNoComment(Carries):
    """Given by the sweep on the day after the last one for a comment."""

    day: date


@dataclass(frozen=True)
class ReleaseText(OnPaper):
    """Lets the other side read the oldest text that waits; see ``ReleaseReply``."""

    looked: bool
    hidden: Annotated[Statement | None, Kept("hidden", Audience.OFFICERS)] = None
    words_may_stay: bool = False


NotedCommand = WriteNote | CommentOnNote | RecordNoComment | ReleaseText


# --- what both halves of the chapter ask ------------------------------------------------------------------


def side_of(seat: Seat) -> str:
    """The side of a party; empty for the office, which says for whom it writes something down."""
    return seat.side.value if seat in RAISING | RESPONDING else ""


def given_by(
    side: str, seat: Seat, of_raiser: Statement | None, of_respondent: Statement | None
) -> tuple[str, Statement | None]:
    """For which side something is said, and its words; nobody speaks for the other one."""
    own = side_of(seat)
    if side not in SIDES and not own:
        raise Refused("Please say for which side you write this down.", "side")
    if own and side not in ("", own):
        raise Refused("You can answer for your own side only.", "side")
    side = own or side
    words, others = (of_raiser, of_respondent) if side == Side.RAISER else (of_respondent, of_raiser)
    if others is not None:
        raise Refused("You can answer for one side only.", "words")
    return side, words


def respondents_lead(case: Case, now: Now) -> Seat:
    """Its senior lead; the champion where the register names none."""
    body = now.register.get(case.intake.respondent) if case.intake.respondent else None
    return Seat.SENIOR_LEAD if body is None or body.has_senior_lead else Seat.CHAMPION


def asked_of_respondent(case: Case) -> Seat:
    """Whoever was asked last to come or to comment for it: the champion, where it had no senior lead."""
    asked = (
        one.owner
        for one in reversed(case.obligations)
        if one.name in ("meet", "comment") and one.item == Side.RESPONDENT
    )
    return next(asked, Seat.SENIOR_LEAD)


# --- when each can be done --------------------------------------------------------------------------------


def can_be_noted(case: Case, now: Now) -> None:
    if case.owed("note") is None:
        raise Refused("No note of a senior review is owed in this case.")
    if case.review.held_on is None:
        raise Refused("Please say first whether the meeting took place. The note is of what was said there.")


def can_be_commented(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    owing = any(case.owed("comment", side) for side in SIDES if own in ("", side))
    if not owing and not late_sides(case, now):
        raise Refused("No comment on a note is asked for at the moment.")


def late_sides(case: Case, now: Now) -> tuple[str, ...]:
    """Those of which no comment is recorded, though a letter that was in time may still come in."""
    silent = () if case.is_closed else case.review.silent
    return tuple(side for side in silent if coming.is_late_news(due_of(case, "comment", side), now))


def there_is_a_note(case: Case, now: Now) -> None:
    if case.review.note is None:
        raise Refused("There is no note to comment on in this case.")


def a_text_waits(case: Case, now: Now) -> None:
    if case.review.to_release is None or case.is_closed:
        raise Refused("No statement and no comment waits to be released in this case.")


# --- what follows -----------------------------------------------------------------------------------------


def write_note(command: WriteNote, case: Case, now: Now) -> list[Event]:
    texts = {"agreed": command.agreed, "open": command.open}
    written = {name: one for name, one in texts.items() if one is not None and not one.is_empty}
    if not written:
        raise Refused("Please write what is agreed, or what is not.", "agreed")
    if case.intake.is_hidden and not command.words_may_stay:
        for name, one in written.items():
            hides_from("the respondent who raised it", one.text, now.raisers_words, name)
    met_on = case.review.held_on
    if met_on and now.at.astimezone(LONDON).date() < met_on:
        raise Refused(f"The leads met on {words_of(met_on)}, so their note cannot be older.", "done_on")
    raiser, respondent = (now.term_of(side, "comment") for side in SIDES)
    agreed, left = (sealed_if(written.get(name)) for name in texts)
    return [happened.NoteWritten(agreed, left, respondents_lead(case, now).value, raiser, respondent)]


def comment_on_note(command: CommentOnNote, case: Case, now: Now) -> list[Event]:
    side, words = given_by(command.side, now.seat, command.of_raiser, command.of_respondent)
    note, is_owed = case.review.note, case.owed("comment", side) is not None
    if note is None or not (is_owed or side in late_sides(case, now)):
        raise Refused("This side has commented already, or its date is over.", "side")
    came = coming.of_item(command.came, case, now, "comment", side, note.at)
    if not is_owed and not (came and came.in_time):
        raise Refused(TOO_LATE, "came_on")
    if words is None or words.is_empty:
        said = happened.NoteCommented(side, None, None, came)
        return [said, *_asked_anew(case, now, without_side=side)]
    return [happened.NoteCommented(side, words.sealed(), now.term("release"), came)]


def record_no_comment(command: RecordNoComment, case: Case, now: Now) -> list[Event]:
    """Both sides' in one act, where both dates are over."""
    today = now.at.astimezone(LONDON).date()
    owing = [(side, case.owed("comment", side)) for side in SIDES]
    silent = [side for side, one in owing if one and one.due and one.due < today]
    if not silent:
        return []
    recorded: list[Event] = [happened.NoCommentRecorded(side, command.day) for side in silent]
    return [*recorded, *_asked_anew(case, now, without_side=silent[0] if len(silent) == 1 else None)]


def release_text(command: ReleaseText, case: Case, now: Now) -> list[Event]:
    text = case.review.to_release
    assert text is not None  # noqa: S101 (asked by a_text_waits)
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    phrases = command.hidden.text.splitlines() if command.hidden else []
    if nowhere := missing(now.waiting_text, phrases):
        phrase = nowhere[0].strip()[:80]
        raise Refused(f"“{phrase}” does not stand in the text. Please copy it as it stands there.", "hidden")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("who raised it", without(now.waiting_text, phrases), now.raisers_words, "hidden")
    released = happened.TextReleased(text.what, text.side, sealed_if(command.hidden))
    return [released, *(_asked_anew(case, now, without_text=text) if text.what == COMMENT else ())]


def _asked_anew(
    case: Case, now: Now, *, without_side: str | None = "neither", without_text: SideText | None = None
) -> list[Event]:
    """Once both sides have commented and read each other, it is the raiser's turn.

    ``without_side``: whose comment this act settles; None: both.
    """
    if case.stage is not Stage.SENIOR_REVIEW or case.review.note is None:
        return []
    left = () if without_side is None else (one for one in SIDES if one != without_side)
    owing = any(case.owed("comment", side) for side in left)
    waiting = any(one.released_at is None and one is not without_text for one in case.review.texts)
    return [] if owing or waiting else [put.DecisionAsked(AFTER, now.term("decide"))]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("comment",)
NOTICES = ("note-written", "text-received", "text-released")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.NoteWritten(raiser=raiser, respondent=respondent):
            terms = {Side.RAISER: raiser, Side.RESPONDENT: respondent}
            for seat in (Seat.RAISER, Seat.RAISERS_LEAD, Seat.SENIOR_LEAD, Seat.CHAMPION):
                facts = owed("comment", terms[seat.side].due) | {"item": seat.side.value}
                yield Notice("note-written", seat, facts)
        case happened.NoteCommented(side=side, release=release) if release:
            facts = owed("release", release.due) | {"item": f"{COMMENT}-{side}", "side": side}
            yield Notice("text-received", Seat.OFFICER, facts, Rest.OWED)
        case happened.TextReleased(what=what, side=side):
            theirs, ours = (asked_of_respondent(case),), (Seat.RAISER, Seat.RAISERS_LEAD)
            others = theirs if side == Side.RAISER else ours
            yield from (Notice("text-released", seat, {"what": what}) for seat in others)


ACTS: tuple[Act[Any], ...] = (
    Act(
        WriteNote,
        name="note",
        words="Write what is agreed and what is not",
        by=CASE_STAFF,
        open=can_be_noted,
        decide=write_note,
        needs=frozenset({Need.REGISTER, Need.RAISERS_WORDS, Need.SMALL_SIDES}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        CommentOnNote,
        name="comment",
        words="Write down a comment on the note",
        party_words="Comment on the note",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=can_be_commented,
        decide=comment_on_note,
    ),
    Act(RecordNoComment, by=SYSTEM, open=there_is_a_note, decide=record_no_comment, effect="no-comment"),
    Act(
        ReleaseText,
        name="text-release",
        words="Read what one side wrote and release it",
        by=CASE_STAFF,
        open=a_text_waits,
        decide=release_text,
        needs=frozenset({Need.WAITING_TEXT, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
)
