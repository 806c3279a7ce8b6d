"""Where a case stands: its ladder of stages, its flags, and one sentence for each reader."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from compact_cases.reports.case_shape import Owed
from compact_cases.rules.case import Case
from compact_cases.rules.closing import is_over_with_its_group
from compact_cases.rules.concern import CHANNELS, Confidentiality
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import reply_is_awaited
from compact_cases.rules.handling import nobody_handles
from compact_cases.rules.mediating import THE_PANEL
from compact_cases.rules.offering import panel_waits
from compact_cases.rules.onward import BUILT, is_further_on
from compact_cases.rules.procedure import Procedure

BRANCHES = {
    Stage.SENIOR_REVIEW: "{stage}, if the raiser goes on",
    Stage.MEDIATION: "{stage}, if everybody agrees to it",
    Stage.PANEL: "{stage}, if it is still not settled",
    Stage.ANSWER_TO_PANEL: "{stage}, after a panel",
}
"""Stages that a case may do without, and when it comes to each."""
ENDINGS = (Stage.CLOSING, Stage.CLOSED)
OUTCOME_SENTENCES = {
    "resolved directly": "Both sides put it right between them.",
    "resolved early": "It was resolved early.",
    "reply accepted": "The reply was accepted.",
    "agreed at senior review": "Both sides agreed at senior review.",
    "panel findings": "A panel of both sectors has sent its findings.",
    "settled by mediation": "It was settled by mediation.",
    "partly settled": "It was partly settled.",
    "not settled": "It was not settled, and there was nothing left to try here.",
    "withdrawn": "It was withdrawn by its raiser.",
    "no further contact": "We did not hear back.",
    "not enough information": "There was not enough information.",
    "not accepted": "It was not taken further.",
    "referred elsewhere": "Another route fits it better.",
    "overtaken by events": "It was overtaken by events.",
    "respondent declined": "The respondent declined to take part.",
    "merged": "It was merged into another case.",
}
# Kinder words than the stored ones, on pages and in files.
ENDED = {"no further contact": "we did not hear back"}
DECLINED = {
    "no undertaking engaged": "none of the undertakings speaks of it",
    "not a partner": "the body does not take part in the Compact",
    "over 12 months old": "it is more than 12 months old",
    "personal grievance": "it is about one person’s own matter, for which there are other ways",
    "repeat": "it has been looked at before",
    "another route fits": "another way fits it better",
    "not enough information": "there was not enough to go on",
}
NOT_HEARD = (
    "We have not heard from you. You can still tell us what you would like to do, until the case is closed."
)

GROUP_ENDED = (
    "We heard that your group has ended. Somebody who belonged to it, or a proxy, can go on with this."
)


IN_REVIEW = "It is in senior review: the senior leads of both sides are asked to meet."
DID_NOT_MEET = "The senior review is over. No meeting took place."


def ended_as(outcome: str | None) -> str:
    """An outcome, as people read it; empty where there is none yet."""
    return ENDED.get(outcome or "", outcome or "")


def ended_in(case: Case, viewpoint: str) -> str:
    """The same of a case, for its page: the other side is not told that a group has ended."""
    if is_over_with_its_group(case) and viewpoint != "respondent":
        return "the group ended, and nobody spoke for it"
    return ended_as(case.closing.outcome)


def declined_as(reason: str) -> str:
    """Why a concern was not taken further, to go on after a colon."""
    return DECLINED.get(reason, reason)


def ladder(case: Case, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """(words, done | here | ahead): the stages it took, in their order, and all that may still come."""
    *done, here = _taken(case.course.trail)
    names = procedure.stages
    return (
        *((names[stage.value], "done") for stage in done),
        (names[here.value], "done" if here is Stage.CLOSED else "here"),
        *((_in_words(stage, case, names), "ahead") for stage in _ahead(case, procedure)),
    )


def _taken(trail: Iterable[Stage]) -> list[Stage]:
    """Without an ending that did not last: a decision was changed, a late reply released, a merge undone."""
    taken: list[Stage] = []
    for stage in trail:
        while taken and taken[-1] in ENDINGS and stage not in ENDINGS:
            taken.pop()
        if taken[-1:] != [stage]:
            taken.append(stage)
    return taken


def _ahead(case: Case, procedure: Procedure) -> Iterator[Stage]:
    way = list(Stage)
    if case.stage is Stage.MEDIATION and case.mediation.asked_by == THE_PANEL:
        yield Stage.PANEL
    elif is_further_on(case) and case.stage is not Stage.PANEL:  # nobody decides on what a panel found
        yield Stage.RAISER_DECIDES
    for stage in way[way.index(case.stage) + 1 :]:
        if stage not in BRANCHES or (_can_come(stage, procedure) and stage not in case.course.trail):
            yield stage


def _can_come(stage: Stage, procedure: Procedure) -> bool:
    """A branch that its edition has, and that something leads into; nobody answers to a panel without one."""
    way_in = Stage.PANEL if stage is Stage.ANSWER_TO_PANEL else stage
    return procedure.has(stage) and way_in in BUILT


def _in_words(stage: Stage, case: Case, names: Mapping[str, str]) -> str:
    """A branch with its condition, unless it is the one that comes now."""
    comes = stage is Stage.SENIOR_REVIEW and case.owed("next-step")
    words = "{stage}" if comes else BRANCHES.get(stage, "{stage}")
    return words.format(stage=names[stage.value])


def flags(case: Case, owed: Iterable[Owed], viewpoint: str, no_reply: bool) -> tuple[tuple[str, str], ...]:
    """(words, meaning); meaning is '', soon, overdue, done or act."""
    found: list[tuple[str, str]] = []
    if viewpoint == "officer":
        if case.intake.confidentiality is Confidentiality.CONFIDENTIAL:
            found.append(("Confidential: the raiser’s name is for officers only", ""))
        elif case.intake.confidentiality is Confidentiality.ANONYMOUS:
            found.append(("Anonymous", ""))
        if case.intake.channel not in ("web", "api"):
            found.append((f"Raised {CHANNELS.get(case.intake.channel, case.intake.channel)}", ""))
        if case.owed("next-step"):
            found.append(("The raiser wants to go on", "act"))
    if any(one.due is None for one in owed):
        found.append(("Paused", "soon"))
    if any(one.is_overdue for one in owed) and viewpoint == "officer":
        found.append(("Overdue", "overdue"))
    if no_reply and not case.enquiry.replies:
        found.append(("No reply is recorded", "soon"))
    if viewpoint == "officer" and nobody_handles(case) and not case.is_closed:
        found.append(("Its officer has a conflict of interest", "overdue"))
    if case.is_closed:
        left = to_do_in_words(len(case.course.to_do))
        found.append((f"Closed, {left}", "soon") if left else ("Closed", "done"))
    if case.agreement.not_kept:
        found.append(("An agreed action was not kept", "overdue"))
    return tuple(found)


COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def to_do_in_words(count: int) -> str:
    """ "three things to do", as people say it of a closed case; empty for none."""
    number = COUNTS[count] if count < len(COUNTS) else str(count)
    return f"{number} {'thing' if count == 1 else 'things'} to do" if count else ""


def at_first_sight(
    tags: Iterable[str], raised_for: str | None, closes_on: date | None, today: date
) -> tuple[tuple[str, str], ...]:
    """(words, meaning) of what an officer must see at once, the same on list and case.

    ``raised_for`` is None where the raiser is hidden: lists and headings are read in open offices.
    """
    words = {
        "fast-track": ("Fast track", "soon"),
        "afraid": ("Afraid", "overdue"),
        "adjustment": ("Adjustment", "soon"),
        "for-another": (f"Raised for {raised_for or 'somebody else'}", ""),
    }
    found = [words[tag] for tag in tags if tag in words]
    if closes_on:
        year = f" {closes_on.year}" if closes_on.year != today.year else ""
        day = f"{closes_on:%a} {closes_on.day} {closes_on:%b}{year}"
        passed = closes_on < today
        found.insert(0, (f"Its date has passed: {day}", "") if passed else (f"Closes {day}", "soon"))
    return tuple(found)


def standing(case: Case, viewpoint: str, respondent: str, at: datetime) -> str:
    """Where it stands, in one sentence."""
    if case.closing.merged_into is not None and viewpoint == "raiser":
        return "Your concern is looked at together with another one about the same matter."
    if case.is_closed:
        return _closed(case, viewpoint)
    if case.is_settled:
        return "Both sides have agreed, and the case is being closed."
    if agreement := _of_agreement(case):
        return agreement
    if case.has_findings or case.stage is Stage.PANEL:
        return _of_panel(case)
    if case.stage is Stage.MEDIATION or viewpoint == "mediator":
        return in_mediation(case)
    if viewpoint == "respondent":
        return _for_respondent(case)
    return _for_raiser_or_office(case, respondent, raiser=viewpoint == "raiser")


def _for_raiser_or_office(case: Case, respondent: str, *, raiser: bool) -> str:
    if of_the_group := _of_the_group(case, raiser):
        return of_the_group
    if case.owed("close") and case.enquiry.decision is None:
        if raiser:
            return NOT_HEARD
        return "The raiser was not heard from, and the case may be closed."
    if case.owed("close"):
        return "You have decided, and the case is being closed." if raiser else "The case is being closed."
    if case.owed("next-step"):
        return f"{'You want' if raiser else 'The raiser wants'} to go on to the next step."
    if case.stage is Stage.SENIOR_REVIEW:
        return _in_review(case)
    if case.owed("decide"):
        if case.enquiry.asked_after:
            return _after_review(case)
        if case.enquiry.released:
            return f"{respondent} has replied{' to you' if raiser else ''}."
        return f"{respondent} has not replied. No reply is recorded."
    if case.enquiry.to_release is not None:
        return f"{respondent} has sent a reply, and an officer is reading it."
    if case.owed("hold"):
        whom = "Your concern is" if raiser else "The concern is"
        return f"{whom} with {respondent}, which is asked to extend, to pause, or to say why not."
    if case.enquiry.had_notice:
        return f"Your concern is with {respondent}." if raiser else f"The concern is with {respondent}."
    if case.owed("talk"):
        return f"You and {respondent} talk first." if raiser else "The two sides talk first."
    if case.owed("answer"):
        return "We have asked you a question." if raiser else "The raiser has been asked for more."
    return "We have received your concern." if raiser else "This concern is new."


def _of_the_group(case: Case, raiser: bool) -> str:
    """Where the raiser's group has ended and nobody speaks for it; else it is the rest that tells."""
    if case.owed("take-over"):
        theirs = "The raiser’s group has ended, and somebody is looked for to speak for it."
        return GROUP_ENDED if raiser else theirs
    if case.speaking.closes and case.owed("close") and not raiser:
        return "The raiser’s group has ended, nobody speaks for it, and the case may be closed."
    return ""


def _closed(case: Case, viewpoint: str) -> str:
    how, left = OUTCOME_SENTENCES.get(case.closing.outcome or "", ""), len(case.course.to_do)
    if is_over_with_its_group(case) and viewpoint != "respondent":
        how = "The group that raised it has ended, and we did not hear from anybody who speaks for it."
    closed = f"closed, {to_do_in_words(left)}" if left else "closed"
    if case.handling.office:
        how = "It was handed on to another office."
    if case.owed("reopen"):
        how = f"{how} One side asks for it to be opened again."
    if case.owed("appeal"):
        how = f"{how} One side asks for the answer that it stays closed to be looked at again."
    return f"This case is {closed}. {how}".strip()


def _of_panel(case: Case) -> str:
    if case.panel.over:
        return "A panel has sent its findings, and the case is being closed."
    if case.has_findings:
        return "A panel has sent its findings, and what it recommends is being answered."
    if panel_waits(case):
        return "The panel proposes mediation, and both sides are asked whether they want it."
    if case.panel.held_on:
        return "A panel has heard it, and writes what it has found."
    if case.panel.members:
        return "A panel of people from both sectors looks at it."
    return "A panel of people from both sectors is put together."


def _in_review(case: Case) -> str:
    if case.review.note:
        return "It is in senior review: the note is written, and both sides may comment on it."
    return "It is in senior review: the senior leads have met." if case.review.held_on else IN_REVIEW


def in_mediation(case: Case) -> str:
    if case.mediation.ended_at is not None:
        return f"The mediation is over: {case.mediation.ending}."
    if case.mediation.mediator:
        return "Both sides are in mediation."
    return "Both sides agree to mediation, and a mediator is looked for."


def _after_review(case: Case) -> str:
    if case.enquiry.asked_after and case.enquiry.asked_after[-1] == Stage.MEDIATION.value:
        took_place = case.mediation.began_at is not None
        return "The mediation is over." if took_place else "Not everybody wanted mediation."
    return DID_NOT_MEET if case.review.did_not_meet else "The senior review is over."


def _of_agreement(case: Case) -> str:
    """While one is answered or reflected on; else it is the rest of the case that tells."""
    names = {one.name for one in case.open_obligations}
    if "reflect" in names:
        return "Both sides have accepted the agreement, and may still step back."
    return "Both sides are asked whether they accept an agreement." if "agree" in names else ""


def _for_respondent(case: Case) -> str:
    if case.stage is Stage.SENIOR_REVIEW:
        return _in_review(case)
    if case.owed("decide") and case.enquiry.asked_after:
        return f"{_after_review(case)} The raiser says what happens next."
    if case.owed("talk"):
        return "We ask you to talk with whoever raised a concern."
    if not case.enquiry.had_notice:
        return "A Compact officer looks at this concern again."
    if case.owed("hold"):
        return "We ask you to extend something or to pause it, or to say why not."
    if reply_is_awaited(case):
        late = case.owed("reply") is None
        return (
            "No reply is recorded yet. You can still send one."
            if late
            else "We ask you to reply to a concern."
        )
    if case.owed("release"):
        return "Your reply has reached us, and an officer is reading it."
    if case.owed("decide"):
        return "Your reply is with the raiser."
    if case.owed("next-step"):
        return "The raiser wants to go on to the next step."
    if case.enquiry.decision is None:
        return "The case is being closed."
    return "The raiser has decided, and the case is being closed."
