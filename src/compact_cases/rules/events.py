"""What can happen to a case: every fact the log knows, on one page.

Names and fields are stored for ever (see ``records.event_codec``): fields are only added. No event holds
personal data or free text: people and raisers stand as party ids, respondents as body ids, texts as seals.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from compact_cases.rules.statements import Sealed


@dataclass(frozen=True)
class Term:
    """A limit as it was set: day 0, how many working days, and the last day. Counted once, then a fact."""

    start: date
    limit: int
    due: date


@dataclass(frozen=True)
class ClauseReply:
    """The respondent's answer to one clause: accept, in-part, dispute or not-ours; and the words, sealed."""

    clause: str
    answer: str
    words: Sealed | None


@dataclass(frozen=True)
class Hold:
    """A clock that stands still: since which day, with how many working days left, and its own end."""

    on: date
    days_left: int
    ends: date


# --- intake -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConcernReceived:
    """The first event of every case. ``raiser`` is None when the concern is anonymous."""

    concern: UUID
    raiser: UUID | None
    confidentiality: str
    channel: str
    account: Sealed
    acknowledge: Term


@dataclass(frozen=True)
class AlsoTold:
    """The answer to another question of the form: when, tried, remedy, papers, adjustments, routes."""

    question: str
    answer: Sealed


@dataclass(frozen=True)
class RemediesSought:
    remedies: tuple[str, ...]


@dataclass(frozen=True)
class ClosingDateGiven:
    """Something closes or is decided on this day, the raiser says."""

    closes_on: date


@dataclass(frozen=True)
class RespondentMatched:
    """Whom the concern is about, on the register; by the raiser's look-up or by an officer."""

    body: UUID


@dataclass(frozen=True)
class ClauseCited:
    """A clause was linked, or its role changed. The officer gives a reason; the raiser need not."""

    clause: str
    edition: str
    role: str
    reason: Sealed | None


@dataclass(frozen=True)
class CodeNamed:
    """A Code whose text is not held is cited; the paragraph is what the raiser typed."""

    code: str
    paragraph: Sealed


@dataclass(frozen=True)
class ClauseDropped:
    clause: str
    reason: Sealed


@dataclass(frozen=True)
class OfficerAssigned:
    officer: UUID


@dataclass(frozen=True)
class HandedOver:
    officer: UUID
    reason: Sealed


@dataclass(frozen=True)
class MoreAsked:
    """The officer asked the raiser for more; ``acknowledge`` pauses, unless it is overdue already."""

    question: Sealed
    answer: Term
    hold: Hold | None


@dataclass(frozen=True)
class MoreAnswered:
    """``acknowledge`` is set anew when it was paused; None when its clock already ran again."""

    answer: Sealed
    acknowledge: Term | None


@dataclass(frozen=True)
class Acknowledged:
    """The handler is named and the concern restated to its raiser."""

    officer: UUID
    restated: Sealed | None


@dataclass(frozen=True)
class PutToRespondent:
    """The notice: the champion is asked for a reply. ``wording`` is the text that the respondent reads."""

    body: UUID
    wording: Sealed
    reply: Term


@dataclass(frozen=True)
class Declined:
    """``reason`` is a word of the vocabulary; the explanation, with a signpost, is for the raiser."""

    reason: str
    explanation: Sealed


# --- enquiry ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReplySent:
    """``person`` is the contact whose link was used; ``signed`` seals the name and post they gave."""

    answers: tuple[ClauseReply, ...]
    offer: Sealed | None
    person: UUID | None
    signed: Sealed
    release: Term


@dataclass(frozen=True)
class ReplyReleased:
    """``hidden`` seals the phrases taken out before the raiser reads it. ``decide`` is None when the
    raiser has decided already and a late reply is only passed on."""

    reply: int
    hidden: Sealed | None
    decide: Term | None


@dataclass(frozen=True)
class NoReplyRecorded:
    """``day`` is the working day on which this step stood, even if it was recorded later."""

    day: date
    decide: Term


@dataclass(frozen=True)
class RaiserDecided:
    """settled, partly or not; ``then`` is close or go-on; the obligation it opens has this term."""

    decision: str
    then: str
    words: Sealed | None
    next: Term


@dataclass(frozen=True)
class WaitChosen:
    """After no reply, the raiser waits until a day and decides by then."""

    decide: Term


@dataclass(frozen=True)
class LastLetterSent:
    day: date


@dataclass(frozen=True)
class SilenceRecorded:
    """Five working days after the last letter: an officer may close as ``no further contact``."""

    day: date
    close: Term


# --- clocks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PauseEnded:
    """The pause reached its cap, or what was awaited will not come; the days left run again."""

    obligation: str
    because: str
    term: Term


@dataclass(frozen=True)
class Escalated:
    """No answer is recorded; somebody else now sees it too. ``person`` is None when nobody could be found."""

    obligation: str
    cycle: int
    day: date
    to: str
    person: UUID | None


# --- closing ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Withdrawn:
    words: Sealed | None


@dataclass(frozen=True)
class MergedInto:
    """The concern is looked at together with another case about the same body; this one is closed."""

    case: UUID
    explanation: Sealed


@dataclass(frozen=True)
class TookIn:
    """The other half of ``MergedInto``, in the log of the case that goes on."""

    case: UUID


@dataclass(frozen=True)
class Unmerged:
    """A merge is undone: the case is open again and to be acknowledged, by a date of its own."""

    case: UUID
    reason: Sealed
    acknowledge: Term


@dataclass(frozen=True)
class GaveBack:
    """The other half of ``Unmerged``."""

    case: UUID


@dataclass(frozen=True)
class Closed:
    outcome: str
    summary: Sealed | None


Event = (
    ConcernReceived
    | AlsoTold
    | RemediesSought
    | ClosingDateGiven
    | RespondentMatched
    | ClauseCited
    | CodeNamed
    | ClauseDropped
    | OfficerAssigned
    | HandedOver
    | MoreAsked
    | MoreAnswered
    | Acknowledged
    | PutToRespondent
    | Declined
    | ReplySent
    | ReplyReleased
    | NoReplyRecorded
    | RaiserDecided
    | WaitChosen
    | LastLetterSent
    | SilenceRecorded
    | PauseEnded
    | Escalated
    | Withdrawn
    | MergedInto
    | TookIn
    | Unmerged
    | GaveBack
    | Closed
)
