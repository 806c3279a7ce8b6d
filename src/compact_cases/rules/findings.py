"""Panel, what it decides: a finding for each undertaking, recommendations, and an answer to each of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Choices, Need, Now, Rank, always
from compact_cases.rules.agreed import AgreedTerm
from compact_cases.rules.agreement import is_a_day_to_come
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.constituting import LEAST
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as agreed
from compact_cases.rules.events import panel as happened
from compact_cases.rules.heard import (
    ACCEPTED,
    ADDRESSEES,
    ANSWERS,
    BESIDE,
    BOARD,
    FINDINGS,
    IN_PART,
    Finding,
    Recommendation,
    Recommended,
)
from compact_cases.rules.names import hides_from
from compact_cases.rules.offering import panel_goes_on
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term

# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GivenFinding(Carries):
    """``link`` is the number of the undertaking in this case. ``differing``: the view of a minority."""

    link: int | None
    finding: str
    reasons: Annotated[
        Statement,
        Kept("reasons", Audience.CASE, "Please give the reasons of the panel, in a sentence or more."),
    ]
    evidence: Annotated[Statement | None, Kept("evidence", Audience.CASE)] = None
    beside: tuple[str, ...] = ()
    differing: Annotated[Statement | None, Kept("differing-view", Audience.CASE)] = None


@dataclass(frozen=True)
class Recommend(Carries):
    """``to``: raiser, respondent or board."""

    to: str
    what: Annotated[Statement, Kept("recommended", Audience.CASE, "Please say what is recommended.")]
    known_by: Annotated[
        Statement, Kept("known-by", Audience.CASE, "Please say how all will know that it is done.")
    ]
    link: int | None = None


@dataclass(frozen=True)
class SendFindings(Carries):
    """``both_agree``: of two members, that both sides have agreed in writing that they finish."""

    findings: tuple[GivenFinding, ...]
    recommendations: tuple[Recommend, ...] = ()
    both_agree: bool = False
    words_may_stay: bool = False


@dataclass(frozen=True)
class CorrectFinding(Carries):
    """Takes the place of what was found for the same link; ``why`` says to both sides what was wrong."""

    finding: GivenFinding
    why: Annotated[
        Statement, Kept("why-corrected", Audience.CASE, "Please say to both sides why it is corrected.")
    ]
    words_may_stay: bool = False


@dataclass(frozen=True)
class AnswerRecommendation(Carries):
    """``by``: until when they do what they accept; it becomes an action that the other side confirms."""

    item: str
    answer: str
    by: date | None = None
    of_raiser: Annotated[Statement | None, Kept("panel-answer", Audience.RAISER_AND_OFFICERS)] = None
    of_respondent: Annotated[Statement | None, Kept("panel-answer", Audience.RESPONDENT_AND_OFFICERS)] = None
    of_board: Annotated[Statement | None, Kept("panel-answer", Audience.CASE)] = None


@dataclass(frozen=True)
class RecordNoPanelAnswer(Carries):
    day: date
    item: str


@dataclass(frozen=True)
class MarkDiscussed(Carries):
    """The board has spoken of what was not answered."""

    item: str


FindingsCommand = SendFindings | CorrectFinding | AnswerRecommendation | RecordNoPanelAnswer | MarkDiscussed


# --- when each can be done --------------------------------------------------------------------------------


def can_be_found(case: Case, now: Now) -> None:
    if case.owed("findings") is None:
        raise Refused("The panel has not been heard yet, or its findings are sent.")
    panel_goes_on(case)
    if now.seat is Seat.PANELLIST and now.person != case.panel.leads:
        raise Refused("The lead panellist sends the findings.")
    if now.panellists:  # a page does not read the register; whoever acts does
        _are_enough(case, now)


def _are_enough(case: Case, now: Now) -> None:
    members = case.panel.members
    sectors = {now.panellists[one.id].sector for one in members if one.id in now.panellists}
    if len(members) < LEAST and (len(members) < 2 or len(sectors) < 2):
        raise Refused("Too few of the panel are left to decide, so it has to be heard again.")


def can_be_corrected(case: Case, now: Now) -> None:
    if case.is_closed and case.has_findings:
        raise Refused(
            "This case is closed, so its findings stay as they are. Either side can ask to open it again."
        )
    if not case.has_findings:
        raise Refused("No panel has sent findings in this case yet, so there is none to correct.")
    if now.seat is Seat.PANELLIST and now.person != case.panel.leads:
        raise Refused("The lead panellist corrects a finding.")


def can_be_answered(case: Case, now: Now) -> None:
    if not answerable(case, now):
        raise Refused("There is no recommendation of a panel to answer here at the moment.")


def answerable(case: Case, now: Now) -> tuple[Recommended, ...]:
    """Also after its date, and after closing; officers write down what a side or the board says."""
    if not case.has_findings:
        return ()
    speaks_for_one = now.seat.side in (Side.RAISER, Side.RESPONDENT)
    return tuple(
        one
        for one in case.panel.recommended
        if one.answer is None and (not speaks_for_one or one.recommendation.to == now.seat.side.value)
    )


def items(case: Case, now: Now) -> Choices:
    return {"item": tuple(one.item for one in answerable(case, now))}


def not_discussed(case: Case) -> tuple[Recommended, ...]:
    return tuple(one for one in case.panel.recommended if one.is_on_the_boards_list)


def something_is_listed(case: Case, now: Now) -> None:
    if not not_discussed(case):
        raise Refused("Nothing of this case stands on the board’s list.")


# --- what follows -----------------------------------------------------------------------------------------


def send_findings(command: SendFindings, case: Case, now: Now) -> list[Event]:
    if len(case.panel.members) < LEAST and not command.both_agree:
        raise Refused(
            "Only two members are left. They may finish if both sides agree in writing; please tick that "
            "they do, or have it heard again.",
            "both_agree",
        )
    may_stay = command.words_may_stay
    findings = tuple(
        _finding(one, f"findings.{number}.", may_stay, case, now)
        for number, one in enumerate(command.findings)
    )
    _each_once(command, case)
    made = tuple(
        _recommendation(one, f"recommendations.{number}.", may_stay, case, now)
        for number, one in enumerate(command.recommendations)
    )
    lead = _chief(case, now).value
    sent = happened.FindingsSent(findings, made, lead)
    return [sent] if made else [sent, happened.PanelOver(now.term("close"))]


def _chief(case: Case, now: Now) -> Seat:
    """The respondent's chief officer; the champion where the register names none."""
    body = now.register.get(case.intake.respondent) if case.intake.respondent else None
    return Seat.CHIEF_OFFICER if body is None or body.has_chief else Seat.CHAMPION


ON_NO_OTHERS = "A panel finds on the undertakings that this case cites as perhaps not met, and on no others."
TWICE = "An undertaking has two findings here. Please leave one of them out."


def _each_once(command: SendFindings, case: Case) -> None:
    given = [one.link for one in command.findings]
    if len(given) != len(set(given)):
        raise Refused(TWICE, "findings.0.link")
    for link in case.intake.links:
        if link.role is LinkRole.NOT_MET and link.id not in given:
            raise Refused(
                f"Please give a finding for {link.clause} as well.", f"findings.{len(given)}.finding"
            )


def _finding(one: GivenFinding, where: str, may_stay: bool, case: Case, now: Now) -> Finding:
    link = next((each for each in case.intake.links if each.id == one.link), None)
    if link is None or link.role is not LinkRole.NOT_MET:
        raise Refused(ON_NO_OTHERS, f"{where}link")
    if one.finding not in FINDINGS:
        raise Refused(f"Please say what the panel found for {link.clause}.", f"{where}finding")
    if wrong := [word for word in one.beside if word not in BESIDE]:
        raise Refused(f"{wrong[0][:40]!r} is not one of the words beside a finding.", f"{where}beside")
    texts = {"reasons": one.reasons, "evidence": one.evidence, "differing": one.differing}
    _can_be_read(texts, where, may_stay, case, now)
    return Finding(
        link.id,
        one.finding,
        link.edition,
        one.reasons.sealed(),
        sealed_if(one.evidence),
        one.beside,
        sealed_if(one.differing),
    )


def _can_be_read(
    texts: dict[str, Statement | None], where: str, may_stay: bool, case: Case, now: Now
) -> None:
    # to a panellist, who does not know who it is, a refusal would say that they have guessed right
    looks = case.intake.is_hidden and now.seat is not Seat.PANELLIST
    for name, text in texts.items():
        if text is None:
            continue
        if text.is_empty and text.kept and text.kept.needed:
            raise Refused(text.kept.needed, f"{where}{name}")
        if looks and not may_stay:
            hides_from("the respondent who raised it", text.text, now.raisers_words, f"{where}{name}")


def _recommendation(one: Recommend, where: str, may_stay: bool, case: Case, now: Now) -> Recommendation:
    if one.to not in ADDRESSEES:
        raise Refused("Please say to whom this is recommended: a side, or the board.", f"{where}to")
    _can_be_read({"what": one.what, "known_by": one.known_by}, where, may_stay, case, now)
    if one.link is not None and one.link not in [link.id for link in case.intake.links]:
        raise Refused("Please choose an undertaking that this case is about, or none.", f"{where}link")
    owner = Side.OFFICE if one.to == BOARD else Side(one.to)
    return Recommendation(
        one.to, one.what.sealed(), one.known_by.sealed(), one.link, now.term("respond", owner=owner)
    )


def correct(command: CorrectFinding, case: Case, now: Now) -> list[Event]:
    """What was answered meanwhile stays: a recommendation stands by itself, whatever it was found on."""
    if command.finding.link not in [one.finding.link for one in case.panel.current]:
        raise Refused("Please choose one of the undertakings on which the panel has found.", "clause")
    finding = _finding(command.finding, "", command.words_may_stay, case, now)
    _can_be_read({"why": command.why}, "", command.words_may_stay, case, now)
    return [happened.FindingCorrected(finding, command.why.sealed())]


def answer(command: AnswerRecommendation, case: Case, now: Now) -> list[Event]:
    one = next((each for each in answerable(case, now) if each.item == command.item), None)
    if one is None:
        raise Refused("Please say which recommendation this answers; each is answered once.", "item")
    if command.answer not in ANSWERS:
        raise Refused("Please say whether it is accepted, in part, or rejected.", "answer")
    side = one.recommendation.to
    given = {Side.RAISER.value: command.of_raiser, Side.RESPONDENT.value: command.of_respondent}
    texts = {**given, BOARD: command.of_board}
    reasons = texts.pop(side)
    if any(text is not None and not text.is_empty for text in texts.values()):
        raise Refused("You can answer for your own side only.", "words")
    reasons = None if reasons is None or reasons.is_empty else reasons
    if reasons is None and command.answer != ACCEPTED:
        raise Refused("Please give your reasons, in a sentence or more.", "words")
    release = now.term("answer-release") if reasons and side != BOARD else None
    said = happened.RecommendationAnswered(one.item, side, command.answer, sealed_if(reasons), release)
    return [said, *_taken_on(command, one, now), *over_with(case, one.item, now)]


def _taken_on(command: AnswerRecommendation, one: Recommended, now: Now) -> Iterator[Event]:
    """What a side accepts becomes an action of its own; the board has no other side that confirms it."""
    made = one.recommendation
    if made.to == BOARD or command.answer not in (ACCEPTED, IN_PART):
        return
    if command.by is None:
        raise Refused("Please say by when you do it.", "by")
    is_a_day_to_come(command.by, "by", now)
    calendar = now.rulebook.calendar
    start = calendar.start_day(now.at)
    term = Term(start, calendar.working_days_between(start, command.by), command.by)
    yield agreed.ActionTakenOn(AgreedTerm(made.to, made.what, command.by, made.known_by, made.link), term)


def over_with(case: Case, item: str, now: Now) -> list[Event]:
    """Once nothing else is owed, the case is to be closed; what comes later reopens nothing."""
    left = any(case.owed("respond", one.item) for one in case.panel.recommended if one.item != item)
    if left or case.owed("respond", item) is None or case.is_closed or case.panel.over:
        return []
    return [happened.PanelOver(now.term("close"))]


def record_no_answer(command: RecordNoPanelAnswer, case: Case, now: Now) -> list[Event]:
    if case.owed("respond", command.item) is None:
        raise Refused("No answer to this recommendation is awaited.")
    none = happened.NoPanelAnswerRecorded(command.item, command.day)
    return [none, *over_with(case, command.item, now)]


def mark_discussed(command: MarkDiscussed, case: Case, now: Now) -> list[Event]:
    if command.item not in [one.item for one in not_discussed(case)]:
        raise Refused("Please say which of the recommendations was discussed.", "item")
    return [happened.RecommendationDiscussed(command.item)]


ACTS: tuple[Act[Any], ...] = (
    Act(
        SendFindings,
        name="findings",
        words="Write down the panel’s findings",
        party_words="Write the panel’s findings",
        by=CASE_STAFF | frozenset({Seat.PANELLIST}),
        open=can_be_found,
        decide=send_findings,
        needs=frozenset({Need.PANELLISTS, Need.REGISTER, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        CorrectFinding,
        name="findings-correction",
        words="Write down that the panel corrects a finding",
        party_words="Correct a finding of the panel",
        by=CASE_STAFF | frozenset({Seat.PANELLIST}),
        open=can_be_corrected,
        decide=correct,
        needs=frozenset({Need.RAISERS_WORDS}),
        rank=Rank.SELDOM,
    ),
    Act(
        AnswerRecommendation,
        name="panel-answer",
        words="Write down an answer to a recommendation",
        party_words="Answer what the panel recommends",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=can_be_answered,
        decide=answer,
        choices=items,
    ),
    Act(RecordNoPanelAnswer, by=SYSTEM, open=always, decide=record_no_answer, effect="no-panel-answer"),
    Act(
        MarkDiscussed,
        name="discussed",
        words="Mark a recommendation as discussed by the board",
        by=CASE_STAFF,
        open=something_is_listed,
        decide=mark_discussed,
        choices=lambda case, now: {"item": tuple(one.item for one in not_discussed(case))},
        rank=Rank.SELDOM,
    ),
)
