"""Intake as one visitor may see it: what the raiser told us, what it cites, and how it was taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports import undertakings
from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import days_left
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import Cited
from compact_cases.rules.audience import Audience
from compact_cases.rules.concern import AFRAID, REMEDIES, STILL_HAPPENING
from compact_cases.rules.past import entered_on
from compact_cases.rules.urgency import closing_date

OURS = Audience.RAISER_AND_OFFICERS
TOLD = {
    "happened": "When it happened",
    "still-happening": "Is it still happening?",
    "closes-what": "What closes or is decided",
    "closes-since": "Whether it was extended, and what harm followed",
    "tried": "What they have tried",
    "remedy": "What would put it right",
    "papers": "Papers they have",
    "afraid": "Afraid of consequences?",
    "afraid-why": "Why they are afraid",
    "adjustments": "What we should do differently for them",
    "other-routes": "Other routes in progress",
    "respondent-as-named": "The body, as they named it",
}
CHOICES = {TOLD["still-happening"]: STILL_HAPPENING, TOLD["afraid"]: AFRAID}
APART = (TOLD["afraid"], TOLD["afraid-why"], TOLD["adjustments"])
REMOVED = "Removed on request."


@dataclass(frozen=True)
class Asked:
    question: Said | None
    at: datetime
    answer: Said | None


@dataclass(frozen=True, kw_only=True)
class IntakeShown(Part):
    """``to_answer`` are the ``clauses`` that a reply must answer; ``declined`` is the reason and the text.

    ``entered_on``: when a case that had been kept on paper was taken over; for officers.
    """

    received_at: datetime | None
    channel: str
    account: Said | None
    told: tuple[tuple[str, Said], ...]
    remedies: tuple[str, ...]
    closes_on: date | None
    closes_in: int | None
    entered_on: date | None
    clauses: tuple[Cited, ...]
    to_answer: tuple[Cited, ...]
    questions: tuple[Asked, ...]
    additions: tuple[Said, ...]
    restated: Said | None
    declined: tuple[str, Said | None] | None

    def answer_to(self, question: str) -> Said | None:
        """What the raiser answered to a question of the form, where this visitor may read it."""
        return next((one for words, one in self.told if words == TOLD[question]), None)

    @property
    def sought(self) -> tuple[str, ...]:
        """What the other side is asked for, without the word for nothing."""
        return tuple(one for one in self.remedies if one != REMEDIES["none"])

    @property
    def told_in_words(self) -> tuple[tuple[str, str], ...]:
        """For pages: a choice in the form's words, not as it is stored."""
        return tuple(
            (question, REMOVED if one.text is None else CHOICES.get(question, {}).get(one.text, one.text))
            for question, one in self.told
        )

    @property
    def rest_in_words(self) -> tuple[tuple[str, str], ...]:
        """Without those that stand by themselves above it."""
        return tuple(one for one in self.told_in_words if one[0] not in APART)


def intake(ground: Ground, reader: Reader) -> IntakeShown:
    part, at = ground.case.intake, ground.changed_at
    from_raiser = reader.sees(OURS)
    # What is ticked, and a date, are nobody's own words, and the body is asked for them with the notice.
    told_the_body = from_raiser or ground.case.had_notice
    closes_on = closing_date(ground.case) if told_the_body else None
    cited = undertakings.cited(ground.case, ground.rulebook.codes, ground.body, reader)
    declined = part.declined if from_raiser else None
    to_answer = {link.id for link in part.to_answer}
    return IntakeShown(
        received_at=ground.log[0].at if from_raiser else None,
        channel=part.channel if from_raiser else "",
        account=reader.said(part.account, OURS, at),
        told=tuple(_told(ground, reader)),
        remedies=tuple(REMEDIES.get(one, one) for one in part.remedies) if told_the_body else (),
        closes_on=closes_on,
        closes_in=days_left(ground.rulebook.calendar, ground.at.date(), closes_on),
        entered_on=entered_on(ground.case) if reader.is_officer else None,
        clauses=cited,
        to_answer=tuple(one for one in cited if one.link in to_answer),
        questions=tuple(_asked(ground, reader)) if from_raiser else (),
        additions=tuple(_added(ground, reader)),
        restated=reader.said(part.restated, OURS, at),
        declined=(declined[0], reader.said(declined[1], OURS, at)) if declined else None,
    )


def _told(ground: Ground, reader: Reader) -> Iterator[tuple[str, Said]]:
    for question, sealed in ground.case.intake.told:
        if one := reader.said(sealed, OURS, ground.changed_at):
            yield TOLD.get(question, question.replace("-", " ").capitalize()), one


def _added(ground: Ground, reader: Reader) -> Iterator[Said]:
    for one in ground.case.intake.additions:
        if said := reader.said(one.addition, OURS, one.at):
            yield said


def _asked(ground: Ground, reader: Reader) -> Iterator[Asked]:
    for one in ground.case.intake.questions:
        yield Asked(reader.said(one.question, OURS, one.at), one.at, reader.said(one.answer, OURS, one.at))
