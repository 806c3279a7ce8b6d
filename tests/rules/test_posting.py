"""What a letter by post asks for is owed from two working days after it was posted."""

from datetime import date
from uuid import UUID

from compact_cases.rules.act import ToPost
from compact_cases.rules.case import replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.events.clocks import Paused, Posted
from compact_cases.rules.events.enquiry import LastLetterPosted, LastLetterSent
from compact_cases.rules.events.intake import MoreAsked
from compact_cases.rules.intake import AnswerQuestion
from compact_cases.rules.posting import RecordPosted
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import RecordSilence
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import PUT_TO_THE_COUNCIL, RECEIVED, RELEASED, given, on, said, sealed

LETTER = UUID(int=50)
TO_READ = ToPost(LETTER, "reply-released", Seat.RAISER, date(2026, 3, 13), obligation="decide")
NOTICE = ToPost(LETTER, "notice", Seat.CHAMPION, date(2026, 3, 2), obligation="reply")
ASKED = RECEIVED + on(
    "2026-02-24 10:00",
    MoreAsked(sealed(), Term(date(2026, 2, 24), 10, date(2026, 3, 10))),
    Paused(
        1,
        "waiting for the raiser",
        "office/officer",
        "office/officer",
        date(2026, 2, 24),
        date(2026, 3, 10),
        (Held("acknowledge", "", 4),),
        "answer",
    ),
)
QUESTION = ToPost(LETTER, "question", Seat.RAISER, date(2026, 2, 24), obligation="answer")


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_limit_starts_two_working_days_after_the_posting() -> None:
    """Posted on a Friday: day 0 is the Tuesday."""
    term = Term(day("2026-03-17"), 10, day("2026-03-31"))
    case = (
        given(RELEASED)
        .when(RecordPosted(LETTER, day("2026-03-13")), "2026-03-13 16:00", to_post=(TO_READ,))
        .then(
            Posted(
                LETTER,
                "reply-released",
                "raiser/named",
                "post",
                day("2026-03-13"),
                (Going("decide", "", term),),
                None,
            )
        )
    )
    decide = case.owed("decide")
    assert decide is not None
    assert (decide.cycle, decide.due, decide.term) == (2, day("2026-03-31"), term)
    [posting] = case.clocks.postings
    assert (posting.of, posting.on) == (("decide", "", 2), day("2026-03-13"))


def test_posted_on_a_saturday_or_late_in_the_evening_it_comes_as_soon_as_that() -> None:
    """It is the post's days that are counted, not the office's hours."""
    for at, came in (("2026-03-14 12:00", "2026-03-17"), ("2026-03-16 22:00", "2026-03-18")):
        posted = RecordPosted(LETTER, day(at[:10]))
        case = given(RELEASED).when(posted, at, to_post=(TO_READ,)).then_case()
        decide = case.owed("decide")
        assert decide is not None
        assert decide.term.start == day(came)


def test_what_was_read_out_on_the_telephone_is_counted_from_the_call() -> None:
    rung = ToPost(LETTER, "notice", Seat.CHAMPION, day("2026-03-02"), by_phone=True, obligation="reply")
    case = (
        given(PUT_TO_THE_COUNCIL)
        .when(RecordPosted(LETTER, day("2026-03-04")), "2026-03-04 10:00", to_post=(rung,))
        .then_case()
    )
    reply = case.owed("reply")
    assert reply is not None
    assert reply.due == day("2026-03-18")


def test_a_letter_to_the_other_side_or_a_chasing_one_opens_nothing_anew() -> None:
    told = ToPost(LETTER, "acknowledgement", Seat.RAISER, day("2026-03-02"), obligation="reply")
    chasing = ToPost(LETTER, "reminder", Seat.CHAMPION, day("2026-03-02"), chasing=True, obligation="reply")
    for letter in (told, chasing):
        outcome = given(PUT_TO_THE_COUNCIL).when(
            RecordPosted(LETTER, day("2026-03-05")), "2026-03-05 10:00", to_post=(letter,)
        )
        outcome.then(Posted(LETTER, letter.notice, letter.seat.value, "post", day("2026-03-05"), (), None))


def test_a_date_that_is_later_already_is_not_cut_short() -> None:
    """A volunteer-run body has 20 working days; whatever set a later date, a posting takes none away."""
    history = [*PUT_TO_THE_COUNCIL]
    once = given(history).when(RecordPosted(LETTER, day("2026-03-10")), "2026-03-10 10:00", to_post=(NOTICE,))
    case = once.then_case()
    other = ToPost(UUID(int=51), "notice", Seat.CHAMPION, day("2026-03-02"), obligation="reply")
    events = (
        given(history + on("2026-03-10 10:00", *once.events()))
        .when(RecordPosted(other.id, day("2026-03-02")), "2026-03-11 10:00", to_post=(other,))
        .events()
    )
    assert case.owed("reply") is not None
    assert [one.obligations for one in events if isinstance(one, Posted)] == [()]


def test_a_question_keeps_one_date_for_its_answer_and_the_pause() -> None:
    posted = given(ASKED).when(
        RecordPosted(LETTER, day("2026-02-26")), "2026-02-26 10:00", to_post=(QUESTION,)
    )
    case = posted.then_case()
    answer, acknowledge, [pause] = case.owed("answer"), case.owed("acknowledge"), case.clocks.pauses
    assert answer is not None
    assert acknowledge is not None
    assert acknowledge.hold is not None
    assert answer.due == acknowledge.hold.ends == pause.ends == day("2026-03-16")
    after = ASKED + on("2026-02-26 10:00", *posted.events())
    given(after).when(EndPause(1), "2026-03-11 00:05").then_refused("not over yet")
    resumed = given(after).when(AnswerQuestion(said()), "2026-03-12 10:00").then_case()
    running = resumed.owed("acknowledge")
    assert running is not None
    assert running.due == day("2026-03-18")  # four days left, from the answer on


def test_the_last_letter_stands_five_working_days_from_when_it_should_have_come() -> None:
    history = RELEASED + on(
        "2026-04-14 08:00",
        LastLetterSent(day("2026-04-14"), Term(day("2026-04-14"), 5, day("2026-04-21"))),
    )
    letter = ToPost(LETTER, "last-letter", Seat.RAISER, day("2026-04-14"), obligation="decide")
    posted = given(history).when(
        RecordPosted(LETTER, day("2026-04-16")), "2026-04-16 10:00", to_post=(letter,)
    )
    posted.then(
        Posted(LETTER, "last-letter", "raiser/named", "post", day("2026-04-16"), (), None),
        LastLetterPosted(Term(day("2026-04-20"), 5, day("2026-04-27"))),
    )
    after = history + on("2026-04-16 10:00", *posted.events())
    given(after).when(RecordSilence(day("2026-04-21")), "2026-04-24 08:00").then_refused("five working days")
    assert replay(after).enquiry.last_letter is not None


def test_what_cannot_be_so_is_refused_at_its_field() -> None:
    def refused(
        letter: UUID, posted: str, words: str, to_post: tuple[ToPost, ...] = (TO_READ,)
    ) -> str | None:
        posting = RecordPosted(letter, day(posted))
        return given(RELEASED).when(posting, "2026-03-16 10:00", to_post=to_post).then_refused(words).field

    assert refused(LETTER, "2026-03-17", "has not come yet") == "on"
    assert refused(LETTER, "2026-03-12", "was written on Friday 13 March 2026") == "on"
    assert refused(UUID(int=99), "2026-03-16", "does not wait to be posted") == "letter"
    assert refused(LETTER, "2026-03-16", "No letter of this case waits", ()) is None
