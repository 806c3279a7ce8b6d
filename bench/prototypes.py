"""Cases played once through the real rules, with marks where each stored case has ids of its own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from operator import itemgetter
from uuid import UUID

from compact_cases.office.casework import summarising, ticks
from compact_cases.office.premises import Premises
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_codec import encode, name_of
from compact_cases.rules.act import Now, Registered
from compact_cases.rules.acts import Command, decide
from compact_cases.rules.agreement import AnswerAgreement, WaiveReflection, WriteAgreement, WrittenTerm
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.closing import Close
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.course import Key
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.intake import Accept, AnswerQuestion, AskForMore, Cite, Receive, Told
from compact_cases.rules.obligations import due_steps
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.particulars import Assign, CiteClause, HandOver
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed, Statement, seal_of, texts_in
from compact_cases.rules.working_days import LONDON

CONCERN, RAISER, BODY, OFFICER, OTHER, CHAMPION, REFERENCE, FIRST_STATEMENT = range(8)
FIRST_SEAL = 1024  # the marks from here on are the statements' seals, each as far along as its statement
EVENTS, LONG, LONGEST = 15, 50, 200
OTHER_KINDS = ("received", "review", "actions")
"""Cases for a sweep over obligations of all kinds: each with as many events as it comes to."""
SALT = b"bench-bench-salt"
_TEXTS = {
    "happened": "It began in the first week of the month and went on until the answers were wanted.",
    "tried": "We wrote twice to the officer named in the letter, and rang once.",
    "still-happening": "Yes, as far as we know.",
    "papers": "The letter of invitation and our two answers.",
    "adjustments": "Large print, please.",
    "other-routes": "None so far.",
    "remedy": "More time, and an answer to what we wrote.",
}


def mark(number: int) -> UUID:
    """An id that is replaced in each stored case."""
    return UUID(int=0xCA5E0000_0000_7000_8000_000000000000 + number)


REGISTER, OFFICERS = {mark(BODY): Registered()}, frozenset({mark(OFFICER), mark(OTHER)})
_MARK = re.compile(r"ca5e0000-0000-7000-8000-([0-9a-f]{12})")


@dataclass(frozen=True)
class Stamp:
    """A text with holes, and which mark goes into each hole."""

    text: str
    pick: Callable[[Sequence[str]], tuple[str, ...]]

    def filled(self, values: Sequence[str]) -> str:
        return self.text % self.pick(values)


@dataclass(frozen=True)
class Act:
    """Events of one command, with who gave it (marks) and when."""

    actor_kind: str
    actor: int | None
    on_behalf_of: int | None
    at: datetime
    events: tuple[tuple[str, Stamp], ...]


@dataclass(frozen=True)
class Prototype:
    """A case to be stored many times. The first of ``statements`` is the account."""

    acts: tuple[Act, ...]
    statements: tuple[tuple[Statement, datetime], ...]
    case: Case
    row: CaseRow
    handled: dict[Key, date | None]

    @property
    def marks(self) -> int:
        return FIRST_STATEMENT + len(self.statements)


@dataclass
class _Stage:
    rulebook: Rulebook
    case: Case = field(default_factory=Case)
    acts: list[Act] = field(default_factory=list)
    statements: list[tuple[Statement, datetime]] = field(default_factory=list)
    _made: int = 0

    def say(self, text: str) -> Statement:
        self._made += 1
        return _Marked(mark(FIRST_STATEMENT + self._made - 1), text, SALT)

    def act(self, command: Command, by: Seat, actor: int, at: datetime, behalf: int | None = None) -> None:
        now = Now(at, self.rulebook, by, register=REGISTER, officers=OFFICERS)
        events = decide(command, self.case, now)
        self.statements += [(one, at) for one in texts_in(command)]
        bodies = tuple((name_of(event), stamped(encode(event))) for event in events)
        self.acts.append(Act(by.value, actor, behalf, at, bodies))
        for event in events:
            self.case = evolve(self.case, event, at)


def stamped(body: str) -> Stamp:
    """A body as ``encode`` wrote it, with holes for the reference, the ids and the seals."""
    body = body.replace("%", "%%")
    slots = [int(number, 16) for number in _MARK.findall(body)]
    text = _MARK.sub("%s", body)
    if len(slots) == 1:
        only = slots[0]
        return Stamp(text, lambda values: (values[only],))
    return Stamp(text, itemgetter(*slots) if slots else lambda values: ())


class _Marked(Statement):
    """A seal binds its statement's id, which differs from case to case, so it is a hole too."""

    def sealed(self) -> Sealed:
        return Sealed(self.statement, str(mark(FIRST_SEAL + place_of(self))))


def place_of(one: Statement) -> int:
    """Which mark a statement's id is."""
    return one.statement.int - mark(0).int


def prototype(
    kind: str, anchor: date, premises: Premises, rulebook: Rulebook, *, due: bool = False
) -> Prototype:
    """``reply``: put to the respondent on the anchor day; ``decide``: released on it; ``closed`` on it.

    ``long`` and ``longest`` are ``reply`` cases of 50 and 200 events. With ``due`` the step of today is not
    handled yet. ``received``: raised on the anchor day; ``review``: a senior review opened on it;
    ``actions``: closed on it with an agreement, whose actions are owed from a week later on.
    """
    stage = _Stage(rulebook)
    if kind in OTHER_KINDS:
        _of_another_kind(stage, kind, anchor)
        return _finished(stage, premises, rulebook, due)
    told = {"decide": 1}.get(kind, 3)
    expected = {"long": LONG, "longest": LONGEST}.get(kind, EVENTS)
    days = rulebook.calendar.minus
    put = days(anchor, {"decide": 4, "closed": 8}.get(kind, 0))
    received = days(put, 4)
    _intake(stage, received, put, told, changes=expected - EVENTS, asked=kind != "closed")
    if kind in ("decide", "closed"):
        _reply(stage, days(put, -3), days(put, -4))
    if kind == "closed":
        _close(stage, days(put, -6), days(put, -8))
    assert stage.case.position == expected, (kind, stage.case.position)
    return _finished(stage, premises, rulebook, due)


def _of_another_kind(stage: _Stage, kind: str, anchor: date) -> None:
    days = stage.rulebook.calendar.minus
    if kind == "received":
        _raised(stage, anchor, told=3)
        return
    _intake(stage, days(anchor, 12), days(anchor, 8), told=3, changes=0, asked=True)
    _reply(stage, days(anchor, 5), days(anchor, 4))
    if kind == "review":
        stage.act(Decide("not"), Seat.RAISER, RAISER, _at(days(anchor, 1), 15))
        stage.act(OpenNextStep("", mark(OTHER)), Seat.OFFICER, OFFICER, _at(anchor, 9))
        return
    _agree(stage, days(anchor, 2))
    stage.act(Close("resolved early", stage.say("Both agreed.")), Seat.OFFICER, OFFICER, _at(anchor, 11))


def _agree(stage: _Stage, on: date) -> None:
    """Two actions of one side and one of the other, accepted by both, with no days to reflect."""
    plus = stage.rulebook.calendar.plus
    link = stage.case.intake.links[0].id
    terms = tuple(
        WrittenTerm(side, stage.say(what), plus(on, days), stage.say("Both see it."), link)
        for side, what, days in (
            ("respondent", "Two more weeks to answer.", 7),
            ("respondent", "Papers come three weeks before.", 12),
            ("raiser", "An answer for all members.", 17),
        )
    )
    stage.act(WriteAgreement(terms, settles=True), Seat.OFFICER, OFFICER, _at(on, 9))
    for side, seat, who in (("raiser", Seat.RAISER, RAISER), ("respondent", Seat.CHAMPION, CHAMPION)):
        stage.act(AnswerAgreement(side, "yes"), seat, who, _at(on, 10))
    for side, seat, who in (("raiser", Seat.RAISER, RAISER), ("respondent", Seat.CHAMPION, CHAMPION)):
        stage.act(WaiveReflection(side, sure=True), seat, who, _at(on, 11))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), LONDON)


def _raised(stage: _Stage, received: date, told: int) -> None:
    account = stage.say("the account of this case")
    answers = tuple(Told(name, stage.say(text)) for name, text in list(_TEXTS.items())[:told])
    cites = (
        Cite("community-groups/5.3", "1", LinkRole.NOT_MET),
        Cite("community-groups/8.2", "1", LinkRole.SUPPORTING),
    )
    stage.act(
        Receive(
            str(mark(REFERENCE)), mark(CONCERN), mark(RAISER), None, Confidentiality.OPEN, "web", account,
            answers, ("apology", "extend-consultation"), None, mark(BODY), cites,
        ),
        Seat.RAISER, RAISER, _at(received, 10),
    )  # fmt: skip
    stage.act(Assign(mark(OFFICER)), Seat.OFFICER, OFFICER, _at(received, 11))


def _intake(stage: _Stage, received: date, put: date, told: int, changes: int, asked: bool) -> None:
    _raised(stage, received, told)
    answered = stage.rulebook.calendar.plus(received, 2)
    if asked:
        stage.act(AskForMore(stage.say("Which letter was it?")), Seat.OFFICER, OFFICER, _at(received, 12))
        answer = AnswerQuestion(stage.say("The one of the second."))
        stage.act(answer, Seat.RAISER, RAISER, _at(answered, 9))
    for number in range(changes):
        _change(stage, number, _at(answered, 10))
    accept = Accept(
        mark(OFFICER), stage.say("You say that eight days were too few."), stage.say("A group says so.")
    )
    stage.act(accept, Seat.OFFICER, OFFICER, _at(put, 9))


def _change(stage: _Stage, number: int, at: datetime) -> None:
    """What makes a long case long: the officer changes a link's role, or hands over, with a reason."""
    if number % 3 == 2:
        to, by = (OTHER, OFFICER) if stage.case.intake.officer == mark(OFFICER) else (OFFICER, OTHER)
        stage.act(HandOver(mark(to), stage.say("On leave.")), Seat.OFFICER, by, at)
        return
    link = next(one for one in stage.case.intake.links if one.clause == "community-groups/8.2")
    role = LinkRole.SUPPORTING if link.role is LinkRole.NOT_MET else LinkRole.NOT_MET
    command = CiteClause(link.clause, "1", role, stage.say("After speaking to the raiser."))
    stage.act(command, Seat.OFFICER, OFFICER, at)


def _reply(stage: _Stage, sent: date, released: date) -> None:
    answers = tuple(
        Answer(link.id, "in-part", stage.say("We gave eight days, and would give more."))
        for link in stage.case.intake.to_answer
    )
    reply = SendReply(answers, stage.say("Two more weeks."), mark(CHAMPION), stage.say("A. Lee, policy"))
    stage.act(reply, Seat.CHAMPION, CHAMPION, _at(sent, 14))
    stage.act(ReleaseReply(looked=True), Seat.OFFICER, OFFICER, _at(released, 10))


def _close(stage: _Stage, decided: date, closed: date) -> None:
    stage.act(Decide("settled"), Seat.RAISER, RAISER, _at(decided, 15))
    close = Close("resolved early", stage.say("Two more weeks were given."))
    stage.act(close, Seat.OFFICER, OFFICER, _at(closed, 11))


def _finished(stage: _Stage, premises: Premises, rulebook: Rulebook, due: bool) -> Prototype:
    now = premises.clock.now()
    handled: dict[Key, date | None] = {}
    for one in stage.case.open_obligations:
        assert one.due is not None
        steps = due_steps(one, None, now, rulebook)
        past = [step.day for step in steps if not (due and step.day == now.date())]
        handled[one.key] = past[-1] if past else None
    row = summarising.folded_into(
        _blank(stage, rulebook), stage.case, ticks.tick_of(premises, stage.case, handled, rulebook)
    )
    row = replace(row, position=stage.case.position)
    return Prototype(tuple(stage.acts), tuple(stage.statements), stage.case, row, handled)


def _blank(stage: _Stage, rulebook: Rulebook) -> CaseRow:
    editions = (rulebook.procedure.edition, rulebook.calendar.edition)
    return CaseRow.blank(mark(CONCERN), "", mark(CONCERN), ("", "", ""), editions, stage.acts[0].at)


def seal_in(one: Statement, statement: UUID, salt: bytes, text: str) -> str:
    """The seal of a statement under the id, salt and text that it has in one stored case."""
    assert one.kept
    return seal_of(salt, statement, one.kept.kind, one.kept.audience, text)
