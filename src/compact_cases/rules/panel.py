"""Panel: both sides write, the papers go out, it is heard; who is told of all that a panel does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules import constituting, findings, referring
from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.agreed import SEAT_OF, other_than
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.constituting import LEAST, ConstitutingCommand
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import panel as happened
from compact_cases.rules.findings import FindingsCommand
from compact_cases.rules.heard import BOARD, SIDES, STATEMENT
from compact_cases.rules.names import hides_from, missing, without
from compact_cases.rules.notices import Notice, Rest, all_owed, owed
from compact_cases.rules.referring import ReferringCommand, to_members
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import in_words
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.working_days import LONDON

# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SendStatement(Carries):
    """``side``: for whom an officer writes it down."""

    side: str
    of_raiser: Annotated[Statement | None, Kept("panel-statement", Audience.RAISER_AND_OFFICERS)] = None
    of_respondent: Annotated[Statement | None, Kept("panel-statement", Audience.RESPONDENT_AND_OFFICERS)] = (
        None
    )


@dataclass(frozen=True)
class RecordNoStatement(Carries):
    day: date
    item: str


@dataclass(frozen=True)
class ReleaseForPanel(Carries):
    """Lets the others read the oldest text that waits; see ``ReleaseReply``."""

    looked: bool
    hidden: Annotated[Statement | None, Kept("hidden", Audience.OFFICERS)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class SendPapers(Carries):
    """``looked``: nothing of another case is in them, and no name that must not be there."""

    looked: bool


@dataclass(frozen=True)
class RecordHearing(Carries):
    """``came``: the sides for which somebody came; for the others it was heard on paper."""

    came: tuple[str, ...]


PanelCommand = (
    ConstitutingCommand
    | SendStatement
    | RecordNoStatement
    | ReleaseForPanel
    | SendPapers
    | RecordHearing
    | FindingsCommand
    | ReferringCommand
)


# --- when each can be done --------------------------------------------------------------------------------


def can_write(case: Case, now: Now) -> None:
    if not writing(case, now):
        raise Refused("No statement for a panel is asked for here at the moment.")


def writing(case: Case, now: Now) -> tuple[str, ...]:
    """The sides that may still send one: until the papers have gone, also after its date."""
    if case.owed("hear") is None or case.panel.papers_sent_at:
        return ()
    left = tuple(side for side in SIDES if side not in case.panel.written)
    speaks_for_one = now.seat.side in (Side.RAISER, Side.RESPONDENT)
    return tuple(one for one in left if not speaks_for_one or one == now.seat.side.value)


def no_statement_yet(case: Case, now: Now) -> None:
    if not any(case.owed("statement", side) for side in SIDES):
        raise Refused("No statement for a panel is awaited.")


def a_text_waits(case: Case, now: Now) -> None:
    if case.panel.to_release is None:
        raise Refused("Nothing that was written for a panel waits to be read.")


def papers_are_owed(case: Case, now: Now) -> None:
    if case.owed("papers") is None:
        raise Refused("No papers for a panel are to be sent in this case at the moment.")
    _nothing_waits(case)
    if any(case.owed("statement", side) for side in SIDES):
        raise Refused(
            "A side may still send its statement. The papers go out when both are in, or the date is over."
        )


def _nothing_waits(case: Case) -> None:
    if case.enquiry.to_release is not None:
        raise Refused("A reply waits to be released. Please read it first: nothing is heard before that.")
    if case.waits_to_be_read:
        raise Refused("What one side wrote waits to be read. Please read and release it first.")


def can_be_heard(case: Case, now: Now) -> None:
    if case.owed("hear") is None or case.panel.hearing is None:
        raise Refused("No hearing is set in this case at the moment.")
    if now.at.astimezone(LONDON).date() < case.panel.hearing.on:
        raise Refused(f"The hearing is on {in_words(case.panel.hearing.on)}, which has not come yet.")
    _nothing_waits(case)
    if case.owed("papers"):
        raise Refused("The papers have not been sent yet, so nothing can be heard.")
    if case.owed("see") or len(case.panel.members) < LEAST:
        raise Refused("The panel is not complete. Please name another member, and move the hearing.")
    if not all(one.declared for one in case.panel.members):
        raise Refused("A member of the panel has not said yet whether they have a conflict of interest.")


# --- what follows -----------------------------------------------------------------------------------------


def send_statement(command: SendStatement, case: Case, now: Now) -> list[Event]:
    sides = writing(case, now)
    side = command.side or (sides[0] if len(sides) == 1 else "")
    if side not in sides:
        raise Refused("Please say for which side this is; a side writes for itself alone.", "side")
    words, others = command.of_raiser, command.of_respondent
    if side == Side.RESPONDENT:
        words, others = others, words
    if others is not None and not others.is_empty:
        raise Refused("You can write for one side only.", "words")
    if words is None or words.is_empty:
        raise Refused("Please write what the panel should know.", "words")
    return [happened.StatementSent(side, words.sealed(), now.term("release"))]


def record_no_statement(command: RecordNoStatement, case: Case, now: Now) -> list[Event]:
    if case.owed("statement", command.item) is None:
        raise Refused("No statement of this side is awaited.")
    return [happened.NoStatementRecorded(command.item, command.day)]


def release(command: ReleaseForPanel, case: Case, now: Now) -> list[Event]:
    text = case.panel.to_release
    assert text is not None  # noqa: S101 (asked by a_text_waits)
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    phrases = command.hidden.text.splitlines() if command.hidden else []
    if nowhere := missing(now.panel_words, phrases):
        phrase = nowhere[0].strip()[:80]
        raise Refused(f"“{phrase}” does not stand in the text. Please copy it as it stands there.", "hidden")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("others who raised it", without(now.panel_words, phrases), now.raisers_words, "hidden")
    return [happened.PanelTextReleased(text.what, text.side, text.item, sealed_if(command.hidden))]


def send_papers(command: SendPapers, case: Case, now: Now) -> list[Event]:
    if not command.looked:
        raise Refused("Please read through the papers, and say that you did.", "looked")
    return [happened.PapersSent(tuple(side for side in SIDES if side in case.panel.written))]


def record_hearing(command: RecordHearing, case: Case, now: Now) -> list[Event]:
    hearing = case.panel.hearing
    assert hearing is not None  # noqa: S101 (asked by can_be_heard)
    if any(side not in SIDES for side in command.came):
        raise Refused("Please say for which sides somebody came.", "came")
    if case.intake.is_hidden and Side.RAISER.value in command.came:
        raise Refused(
            "This raiser’s name is not told, so they do not come. They are heard in writing.", "came"
        )
    came = tuple(side for side in SIDES if side in command.came)
    return [happened.HearingHeld(hearing.on, came, now.term("findings"))]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = (
    *("constitute", "see", "declare-member", "replace", "statement", "papers", "hear", "findings"),
    *("respond", "answer-release", "panel-guard"),
)
NOTICES = (
    *("panel-opened", "panel-named", "panel-asked", "member-lost", "hearing", "hearing-off"),
    *("papers", "findings", "finding-corrected", "panel-answer", "no-panel-answer"),
    *referring.NOTICES,
)
BOTH = (Seat.RAISER, Seat.CHAMPION)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.PanelOpened(constitute=constitute):
            yield from (
                Notice("panel-opened", seat, owed("constitute", constitute.due))
                for seat in (*BOTH, Seat.SECRETARY)
            )
        case happened.PanelNamed(statement=statement):
            facts = {**owed("statement", statement.due), "new": False}
            for seat in BOTH:
                asked = case.owed("statement", seat.side.value)
                theirs = facts | {"item": seat.side.value} if asked else {"new": False, "has_written": True}
                yield Notice("panel-named", seat, theirs)
        case happened.MemberReplaced():
            yield from (Notice("panel-named", seat, {"new": True}) for seat in BOTH)
        case happened.MemberRefused(member=member, replace=term):
            facts = owed("replace", term.due) | {"item": str(member), "refused": True}
            yield from (Notice("member-lost", seat, facts) for seat in (Seat.OFFICER, Seat.SECRETARY))
        case happened.PanelStood():
            yield from _stood(case)
        case happened.MemberDeclared():
            yield from _declared(event, case)
        case happened.HearingMoved():
            yield from _invited(case)
        case happened.StatementSent(side=side, release=term):
            facts = owed("release", term.due) | {"item": f"panel-{side}", "side": side, "what": "panel"}
            yield Notice("text-received", Seat.OFFICER, facts, Rest.OWED)
        case happened.RecommendationAnswered(item=item, side=side, release=term) if term:
            facts = owed("answer-release", term.due) | {
                "item": f"panel-{item}",
                "side": side,
                "what": "panel",
            }
            yield Notice("text-received", Seat.OFFICER, facts, Rest.OWED)
        case happened.RecommendationAnswered(side=side):
            yield from _answered(side)
        case happened.PanelTextReleased(what=what, side=side):
            if what == STATEMENT:
                yield Notice("text-released", SEAT_OF[other_than(side)], {"what": "panel"})
            else:
                yield from _answered(side)
        case happened.PapersSent():
            facts = {"more": False}
            yield from (Notice("papers", seat, facts) for seat in BOTH)
            yield from _to_members("papers", case, facts)
        case put.ReplyReleased() if case.stage is Stage.PANEL and case.panel.papers_sent_at:
            yield from _to_members("papers", case, {"more": True})
        case _:
            yield from _of_findings(event, case)
            yield from referring.notices(event, case)


def _stood(case: Case) -> Iterator[Notice]:
    for one in case.panel.members:
        term = case.owed("declare-member", str(one.id))
        if term and term.due and term.opened_at == case.at:  # and not who was asked before another was named
            facts = {**owed("declare-member", term.due), "item": str(one.id), "member": str(one.id)}
            yield Notice("panel-asked", Seat.PANELLIST, facts, person=one.id)
    if not any(
        one.name == "declare-member" and not one.is_open for one in case.obligations
    ):  # the first time
        yield from _invited(case, members=False)


def _declared(event: happened.MemberDeclared, case: Case) -> Iterator[Notice]:
    if not event.conflict:
        yield from (one for one in _invited(case, sides=False) if one.person == event.member)
        return
    # before the names stand both sides hear of a new name alone: nobody can tell that one was refused
    asked = any(one.name == "declare-member" and one.item == str(event.member) for one in case.obligations)
    told = (*(BOTH if asked else ()), Seat.OFFICER, Seat.SECRETARY)
    yield from (Notice("member-lost", seat, {"refused": False}) for seat in told)
    theirs = all_owed((one for one in case.open_obligations if one.name == "findings"), Seat.PANELLIST)
    if case.panel.lead == event.member and case.panel.leads and theirs:
        yield Notice("taken-over", Seat.PANELLIST, theirs, Rest.RUNNING)


def _invited(case: Case, *, sides: bool = True, members: bool = True) -> Iterator[Notice]:
    """A side that must not be known meets nobody: it has the day in words, and no invitation."""
    hearing = case.panel.hearing
    assert hearing is not None  # noqa: S101 (a panel that was named has one)
    facts = {"number": hearing.number, "on": hearing.on.isoformat(), "time": hearing.time}
    if sides:
        for seat in BOTH:
            in_writing = seat is Seat.RAISER and case.intake.is_hidden
            yield Notice("hearing", seat, {**facts, "in_writing": in_writing})
    if members:
        yield from _to_members("hearing", case, {**facts, "in_writing": False})


def _to_members(name: str, case: Case, facts: dict[str, Any]) -> Iterator[Notice]:
    for one in case.panel.members:
        if one.declared:
            more = {**facts, "member": str(one.id)}
            # also to whoever has just declared: it is what lets them in
            yield Notice(name, Seat.PANELLIST, more, confirms=True, person=one.id)


def _answered(side: str) -> Iterator[Notice]:
    others = BOTH if side == BOARD else (SEAT_OF[other_than(side)],)
    yield from (Notice("panel-answer", seat, {"side": side}, Rest.ALWAYS) for seat in (*others, Seat.OFFICER))


def _of_findings(event: Event, case: Case) -> Iterator[Notice]:
    match event:
        case happened.FindingsSent(recommendations=made, lead=lead):
            seats = dict.fromkeys((*BOTH, Seat(lead), Seat.OFFICER, Seat.CHAIR))
            for seat in seats:
                asked = [
                    one
                    for one in made
                    if one.to == seat.side.value or (one.to == BOARD and seat is Seat.CHAIR)
                ]
                due = owed("respond", asked[0].term.due) if asked else {}
                yield Notice("findings", seat, {**due, "asked": len(asked)}, Rest.ALWAYS)
        case happened.FindingCorrected():
            told = dict.fromkeys((*BOTH, *_who_answers(case), Seat.OFFICER, Seat.CHAIR))
            yield from (Notice("finding-corrected", seat, {}, Rest.ALWAYS) for seat in told)
            yield from to_members("finding-corrected", case, {}, Rest.ALWAYS)
        case happened.NoPanelAnswerRecorded():
            yield from (Notice("no-panel-answer", seat, {}, Rest.ALWAYS) for seat in (*BOTH, Seat.OFFICER))
        case ended.Closed() | put.RaiserDecided() if case.panel.is_ahead and _was_over_now(case):
            facts = {"number": case.panel.said}
            sides = (Seat.CHAMPION,) if case.intake.is_hidden else BOTH
            # out of the calendar of whoever ended it too
            yield from (Notice("hearing-off", seat, facts, Rest.ALWAYS, confirms=True) for seat in sides)
            yield from to_members("hearing-off", case, facts, Rest.ALWAYS)


def _who_answers(case: Case) -> Iterator[Seat]:
    """Who owes or owed an answer to a recommendation to a side, where that is not its usual seat."""
    yield from (one.owner for one in case.obligations if one.name == "respond")


def _was_over_now(case: Case) -> bool:
    """Whether this very act ended it while a hearing was ahead."""
    return any(one.name == "hear" and one.ended_at == case.at for one in case.obligations)


ACTS: tuple[Act[Any], ...] = (
    *constituting.ACTS,
    Act(
        SendStatement,
        name="panel-statement",
        words="Write down a statement for the panel",
        party_words="Write your statement for the panel",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=can_write,
        decide=send_statement,
        side=lambda command, case: command.side,
    ),
    Act(
        RecordNoStatement, by=SYSTEM, open=no_statement_yet, decide=record_no_statement, effect="no-statement"
    ),
    Act(
        ReleaseForPanel,
        name="panel-release",
        words="Read what was written for the panel and release it",
        by=CASE_STAFF,
        open=a_text_waits,
        decide=release,
        needs=frozenset({Need.PANEL_WORDS, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        SendPapers,
        name="papers",
        words="Send the papers to both sides and the panel",
        by=CASE_STAFF,
        open=papers_are_owed,
        decide=send_papers,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RecordHearing,
        name="hearing",
        words="Say that it was heard, and who came",
        by=CASE_STAFF,
        open=can_be_heard,
        decide=record_hearing,
        rank=Rank.WAITED_FOR,
    ),
    *findings.ACTS,
    *referring.ACTS,
)
