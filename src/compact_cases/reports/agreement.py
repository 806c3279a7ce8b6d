"""The agreement as one visitor may see it: the version that lies or stands, and its actions in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Offered, Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import days_left, whose
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import title_of
from compact_cases.rules import agreed_actions as rules
from compact_cases.rules.agreed import SEAT_OF, Action, AgreedTerm, Claim, Version
from compact_cases.rules.audience import Audience
from compact_cases.rules.names import without

ANSWERS = {"yes": "accepts it", "not": "does not accept it like this", "silent": "did not answer in time"}
YOURS = {"yes": "accept it", "not": "do not accept it like this", "silent": "did not answer in time"}
STATES = {
    "to-do": "To be done",
    "done-read": "Said to be done. A Compact officer reads the proof and passes it on",
    "to-confirm": "Said to be done, and to be confirmed",
    "dispute-read": "Disputed. A Compact officer reads the reason and passes it on",
    "confirmed": "Done, and confirmed",
    "not-disputed": "Done, and not disputed",
    "waived": "Need not be done any more",
    "not-kept": "Recorded as not kept",
}
OFFERS: tuple[tuple[str, str, Callable[..., tuple[Action, ...]]], ...] = (
    ("action-release", "Read it and pass it on", rules.to_be_read),
    ("action-done", "It is done", rules.to_be_done),
    ("action-confirmed", "Confirm that it is done", rules.to_be_answered),
    ("action-disputed", "It is not done", rules.to_be_disputed),
    ("action-waived", "It need not be done any more", rules.to_be_answered),
)
ON_BEHALF = {
    "action-done": "Write down: it is done",
    "action-confirmed": "Write down: it is confirmed",
    "action-disputed": "Write down: it is disputed",
    "action-waived": "Write down: it is waived",
}


@dataclass(frozen=True)
class TermShown:
    side: str
    who: str
    mine: bool
    what: Said | None
    by: date
    known_by: Said | None
    link: int | None
    title: str


@dataclass(frozen=True)
class AnswerShown:
    """``words`` are for officers; ``sentence`` goes on after nobody: "You accept it"."""

    side: str
    answer: str
    sentence: str
    words: Said | None
    at: datetime


@dataclass(frozen=True)
class VersionShown:
    """``reflect_until``: both have accepted, and either may step back to the end of that day."""

    number: int
    at: datetime
    terms: tuple[TermShown, ...]
    settles: bool
    answers: tuple[AnswerShown, ...]
    made_at: datetime | None
    reflect_until: date | None


@dataclass(frozen=True)
class ClaimShown:
    """That an action is done, or that it is not. ``whole`` and ``hidden`` are for officers."""

    is_dispute: bool
    who: str
    words: Said | None
    at: datetime
    released_at: datetime | None
    hidden: Said | None = None


@dataclass(frozen=True)
class ActionShown:
    """``due`` is the date of what is to be done about it next, by whoever owes that."""

    number: int
    term: TermShown
    state: str
    in_words: str
    is_over: bool
    next_by: str
    due: date | None
    days_left: int | None
    claims: tuple[ClaimShown, ...]
    acts: tuple[Offered, ...]


@dataclass(frozen=True)
class CheckInShown:
    months: int
    who: str
    answer: Said | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementShown(Part):
    """``agreement`` is the newest version, ``earlier_versions`` those that it replaced or went before it.

    ``to_do`` counts the actions about which something is to be done.
    """

    agreement: VersionShown | None
    earlier_versions: tuple[VersionShown, ...]
    agreed_actions: tuple[ActionShown, ...]
    to_do: int
    check_ins: tuple[CheckInShown, ...]


def agreement(ground: Ground, reader: Reader) -> AgreementShown:
    part, shown = ground.case.agreement, _Shown(ground, reader)
    versions = [shown.version(one) for one in part.versions]
    return AgreementShown(
        agreement=versions[-1] if versions else None,
        earlier_versions=tuple(versions[:-1]),
        agreed_actions=tuple(shown.action(one) for one in part.actions),
        to_do=len(ground.case.course.to_do),
        check_ins=tuple(shown.check_ins()),
    )


class _Shown:
    """What one visitor reads of an agreement."""

    def __init__(self, ground: Ground, reader: Reader) -> None:
        self._ground, self._reader, self._case = ground, reader, ground.case

    def version(self, one: Version) -> VersionShown:
        reflect = next((owed for owed in self._case.open_obligations if owed.name == "reflect"), None)
        lying = self._case.agreement.lying is one
        return VersionShown(
            one.number,
            one.at,
            tuple(self._term(term, one.at) for term in one.terms),
            one.settles,
            tuple(
                AnswerShown(
                    answer.side,
                    answer.answer,
                    self._answered(answer.side, answer.answer),
                    self._reader.said(answer.words, Audience.OFFICERS, answer.at, now=self._own(answer.side)),
                    answer.at,
                )
                for answer in one.answers
            ),
            one.made_at,
            reflect.due if reflect and lying else None,
        )

    def action(self, one: Action) -> ActionShown:
        owed = next((each for each in self._case.course.to_do if each.item == one.item), None)
        today, calendar = self._ground.at.date(), self._ground.rulebook.calendar
        return ActionShown(
            one.number,
            self._term(one.term, self._ground.changed_at),
            one.state,
            STATES[one.state],
            one.is_over,
            whose(owed.owner, self._ground.respondent) if owed else "",
            owed.due if owed else None,
            days_left(calendar, today, owed.due) if owed else None,
            tuple(self._claim(claim) for claim in one.claims),
            tuple(self._acts(one)),
        )

    def check_ins(self) -> Iterator[CheckInShown]:
        for one in self._case.agreement.check_ins:
            if said := self._reader.said(one.answer, Audience.OFFICERS, one.at, now=self._own(one.side)):
                yield CheckInShown(one.months, self._who(one.side), said, one.at)

    def _answered(self, side: str, answer: str) -> str:
        return f"{self._who(side)} {(YOURS if self._mine(side) else ANSWERS)[answer]}"

    def _term(self, one: AgreedTerm, at: datetime) -> TermShown:
        link = self._case.intake.every_link.get(one.link) if one.link is not None else None
        title = title_of(link.clause, link.edition, self._ground.rulebook.codes) if link else ""
        what, known = (self._reader.said(each, Audience.CASE, at) for each in (one.what, one.known_by))
        return TermShown(
            one.side, self._who(one.side), self._mine(one.side), what, one.by, known, one.link, title
        )

    def _claim(self, one: Claim) -> ClaimShown:
        now = Audience.CASE if one.released_at else self._own(one.side)
        said = self._reader.said(one.words, Audience.OFFICERS, one.at, now=now)
        if said and one.hidden and not (self._mine(one.side) or self._reader.is_officer):
            phrases = self._reader.raw(one.hidden)
            text = None if phrases is None or said.text is None else without(said.text, phrases.splitlines())
            said = Said(text, said.audience, said.at)
        hidden = self._reader.said(one.hidden, Audience.OFFICERS, one.at)
        return ClaimShown(one.is_dispute, self._who(one.side), said, one.at, one.released_at, hidden)

    def _acts(self, one: Action) -> Iterator[Offered]:
        officer = self._reader.is_officer
        for resource, words, which in OFFERS:
            if resource == "action-release" and not officer:
                continue
            if one in which(self._case, self._ground.now):
                yield Offered(resource, ON_BEHALF.get(resource, words) if officer else words)

    def _who(self, side: str) -> str:
        return "You" if self._mine(side) else whose(SEAT_OF[side], self._ground.respondent)

    def _mine(self, side: str) -> bool:
        return self._reader.viewpoint == side

    @staticmethod
    def _own(side: str) -> Audience:
        """What a side writes is its own and the officers' until it is released."""
        raising = side == "raiser"
        return Audience.RAISER_AND_OFFICERS if raising else Audience.RESPONDENT_AND_OFFICERS
