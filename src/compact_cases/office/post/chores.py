"""What only a person can do about a letter, as tasks: post it, ring somebody, find somebody to write to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post.addressees import (
    AWAY,
    BARRED,
    HANDLES_IT,
    NO_ADDRESS,
    NOBODY,
    OWES_IT,
    Addressee,
    Line,
    PassedOver,
)
from compact_cases.records import tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.tasks import Task
from compact_cases.rules import notices
from compact_cases.rules.act import ToPost
from compact_cases.rules.seats import Seat

REASONS = {
    NOBODY: "there is no {} to write to",
    NO_ADDRESS: "no working address is known for the {}",
    OWES_IT: "the {} is who owes it",
    BARRED: "the {} has a conflict of interest",
    HANDLES_IT: "the {} handles the case herself",
}


def by_hand(case: CaseRow, who: Addressee, letter_id: UUID, notice: str, at: datetime) -> Task:
    """Somebody has to post this letter, or to say it on the telephone."""
    assert who.reach is not None  # noqa: S101 (who cannot be reached is another task)
    whom, what = f"the {who.seat.spoken} in {case.reference}", f"“{notices.in_words(notice)}”"
    by_phone = who.reach == "phone"
    sentence = f"Ring {whom} about {what}." if by_phone else f"Post the letter {what} to {whom}."
    return Task(new_id(), case.case_id, who.reach, letter_id, at.date(), sentence, at)


def unposted(case: CaseRow, letter: ToPost, at: datetime) -> Task:
    """Somebody waits for a letter that nobody has posted: one task a letter, however long it lies there."""
    done, what = ("read out", "read it out") if letter.by_phone else ("posted", "post it")
    sentence = (
        f"The letter “{notices.in_words(letter.notice)}” to the {letter.seat.spoken} in {case.reference} has"
        f" not been {done}. Please {what}: until then their time does not run, and nobody chases them."
    )
    return Task(new_id(), case.case_id, "unposted", letter.id, letter.written_on, sentence, at)


def nobody_to_tell(case: CaseRow, seat: Seat, at: datetime, chairs_own: bool = False) -> Task:
    """Nobody holds a seat. An anonymous raiser reads everything on the return page only."""
    if chairs_own and seat is Seat.CO_OFFICER:
        sentence = (
            f"The board chair handles {case.reference} herself, so nobody above could be told that something"
            " takes long or is new there. Another office could look at it."
        )
    elif seat is Seat.RAISER:
        sentence = f"The raiser in {case.reference} is anonymous: what is new is on the return page only."
    else:
        sentence = f"There is no {seat.spoken} to write to in {case.reference}. Please name one."
    return Task(new_id(), case.case_id, "no-contact", case.case_id, at.date(), sentence, at)


def passed_over(case: CaseRow, line: Line, instead: Addressee, at: datetime) -> Task:
    """An escalation went further up the line; whoever can be found again should be."""
    why = "; ".join(_reason(one) for one in line.passed)
    same = any(one.seat is instead.seat for one in line.passed)  # another officer steps in
    whom = "another officer" if same else f"the {instead.seat.spoken}"
    sentence = f"In {case.reference} {why}, so {whom} was told instead."
    person = next((one.person_id for one in line.passed if one.person_id), case.case_id)
    return Task(new_id(), case.case_id, "passed-over", person, at.date(), sentence, at)


def nobody_up_the_line(case: CaseRow, line: Line, at: datetime) -> Task:
    why = "; ".join(_reason(one) for one in line.passed)
    sentence = (
        f"In {case.reference} nobody could be told that a date has passed: {why}. Please name somebody."
    )
    return Task(new_id(), case.case_id, "no-contact", case.case_id, at.date(), sentence, at)


def _reason(one: PassedOver) -> str:
    seat = one.seat.spoken
    if one.why == AWAY and one.until:
        return f"the {seat} is away until {one.until:%A} {one.until.day} {one.until:%B %Y}"
    return REASONS[one.why].format(seat)


def nobody_handles(case: CaseRow, at: datetime) -> Task:
    """The only officer has a conflict of interest."""
    sentence = (
        f"Nobody handles {case.reference}: its officer has a conflict of interest. Please take it on, or say"
        " who does."
    )
    return Task(new_id(), case.case_id, "conflict", case.case_id, at.date(), sentence, at)


def to_choose(case: CaseRow, at: datetime) -> Task:
    """The body that it is about was divided in two."""
    sentence = f"Say in {case.reference} which of the two bodies that took over from the respondent answers."
    return Task(new_id(), case.case_id, "successor", case.case_id, at.date(), sentence, at)


def to_answer(case: CaseRow, at: datetime) -> Task:
    """A closed case waits for an answer."""
    sentence = f"Answer whether {case.reference}, which is closed, is opened again: one side asks for it."
    return Task(new_id(), case.case_id, "reopen", case.case_id, at.date(), sentence, at)


def to_ring(case: CaseRow, who: Addressee | None, by_phone: bool, at: datetime) -> list[Task]:
    """The last letter has gone. Who is anonymous cannot be rung; their page says what it said."""
    if who is None:
        return []
    news = "the last letter has gone, and no decision is recorded."
    if by_phone:
        sentence = f"Ring the raiser in {case.reference}: {news}"
    else:
        sentence = (
            f"Try to reach the raiser in {case.reference} in another way than by letter: the last one has"
            " gone, and no decision is recorded. No telephone number is known."
        )
    return [Task(new_id(), case.case_id, "phone", case.case_id, at.date(), sentence, at)]


def ring_about_hold(case: CaseRow, at: datetime) -> Task:
    """The date is too near for letters, or a letter was not answered."""
    sentence = (
        f"Ring {case.respondent_label} about {case.reference}: it was asked to extend, to pause or to say "
        "why not, and something closes very soon."
    )
    return Task(new_id(), case.case_id, "phone", case.case_id, at.date(), sentence, at)


def ask_about_merged(conn: Connection, case: CaseRow, merged: Sequence[CaseRow], at: datetime) -> None:
    """Nothing was settled in a case: somebody decides whether the concerns merged into it go on alone."""
    chores = [
        Task(
            new_id(),
            one.case_id,
            "merged",
            one.case_id,
            at.date(),
            f"{case.reference} ended as “{case.outcome}”. {one.reference} was merged into it: "
            "undo the merge if its raiser wants to go on.",
            at,
        )
        for one in merged
    ]
    tasks.open_all(conn, chores)


def unreachable(case: CaseRow, who: Addressee, at: datetime) -> Task:
    sentence = f"No working address is known for the {who.seat.spoken} in {case.reference}."
    return Task(new_id(), case.case_id, "no-contact", who.person_id, at.date(), sentence, at)
