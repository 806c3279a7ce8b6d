"""What happened in a case, for one visitor: the events and letters of their own side, in order."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.records.event_log import Recorded
from compact_cases.records.ready import Ask
from compact_cases.reports import arrival
from compact_cases.reports.case_shape import Entry
from compact_cases.reports.planned_dates import facts_of as dates_of
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.act import ToPost
from compact_cases.rules.audience import Audience
from compact_cases.rules.codes import Codes
from compact_cases.rules.events import AUDIENCE, Event
from compact_cases.rules.events.agreement import ActionNotKept, AgreementMade
from compact_cases.rules.events.clocks import (
    AdjustmentRecorded,
    Escalated,
    Paused,
    PauseInError,
    Posted,
    Resumed,
)
from compact_cases.rules.events.closing import Merging
from compact_cases.rules.events.enquiry import (
    DecisionAsked,
    PutToRespondent,
    RaiserDecided,
    ReplyInError,
    ReplySent,
    TakenUpAgain,
)
from compact_cases.rules.events.intake import (
    ClauseCited,
    ClauseDropped,
    CodeNamed,
    ConcernReceived,
    Link,
    RemediesSought,
    RespondentMatched,
)
from compact_cases.rules.events.lessons import LessonSaid
from compact_cases.rules.events.moving import MovedToEdition
from compact_cases.rules.events.notes import ContactWrittenDown
from compact_cases.rules.events.relations import RelationsEvent
from compact_cases.rules.events.talk import PutInTouch
from compact_cases.rules.notes import spoken_to_in_words
from compact_cases.rules.notices import in_words, is_of_the_room
from compact_cases.rules.pausing import GROUP_ENDED
from compact_cases.rules.pausing import in_words as reason_in_words
from compact_cases.rules.seats import RAISING, RESPONDING, Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came
from compact_cases.settings import OFFICE_ZONE

LETTERS = """
SELECT l.id, l.notice, l.seat, l.state, coalesce(l.sent_at, l.queued_at), l.problem,
       coalesce(s.name, p.name, ''), EXISTS (SELECT 1 FROM letter_texts t WHERE t.letter_id = l.id),
       l.queued_at, CASE WHEN l.state = 'to-post' THEN l.facts END, l.chasing, c.kind
FROM letters l
LEFT JOIN contact_points c ON l.state = 'to-post' AND c.id = l.point_id
LEFT JOIN staff s ON l.person_kind = 'staff' AND s.id = l.person_id
LEFT JOIN people p ON l.person_kind IN ('party', 'contact') AND p.id = l.person_id
WHERE l.case_id = %(case)s ORDER BY l.queued_at, l.id
"""
SIDE_OF = {"raiser": RAISING, "respondent": RESPONDING}

Naming = Callable[[UUID], str]
LetterRow = tuple[Any, ...]
"""A row of LETTERS."""


def events_shown(
    log: Sequence[Recorded],
    reader: Reader,
    links: Mapping[int, Link],
    codes: Codes,
    name_of: Naming,
    body_of: Naming,
    case_of: Naming,
) -> list[Entry]:
    """The events that this visitor may know of. The responding side's begin with the notice to it."""
    notice = next(
        (one.position for one in log if isinstance(one.event, PutToRespondent | PutInTouch)), len(log) + 1
    )
    entries, arrived = [], arrival.came_with_it(log)
    in_it = {one.position for one in arrived}
    had_something = (one.position for one in log if isinstance(one.event, ReplySent | DecisionAsked))
    replied = next(had_something, len(log) + 1)
    wrong = {one.event.position for one in log if isinstance(one.event, PauseInError | ReplyInError)}
    for one in log:
        if one.position in in_it:  # the line of the arrival says it
            continue
        if reader.viewpoint == "respondent" and one.position < notice:
            continue
        if _is_said_by_another(one.event) or not reader.sees(_audience(one.event)):
            continue
        entries.append(
            Entry(
                kind="escalation" if isinstance(one.event, Escalated) else "event",
                name=one.name,
                at=one.at,
                position=one.position,
                by=_by(one, reader, name_of),
                facts=_facts(one, reader, links, codes, name_of, body_of)
                | _other_case(one.event, reader, case_of)
                | ({"had_reply": one.position > replied} if isinstance(one.event, RaiserDecided) else {})
                | ({"in_error": True} if one.position in wrong else {})
                | _arrival(one, arrived, reader, links, codes, body_of),
            )
        )
    return entries


def asking(case_id: UUID) -> Ask:
    """For the rows of its letters."""
    return LETTERS, {"case": case_id}


def letters_shown(letters: Iterable[LetterRow], reader: Reader) -> list[Entry]:
    """Every letter of the case for officers; for a party those to its own side, without who it went to."""
    entries, side = [], SIDE_OF.get(reader.viewpoint)
    whose = Side(reader.viewpoint) if side else None
    for letter, notice, seat, state, at, problem, person, has_text, *_ in letters:
        if side is not None and seat not in side:
            continue
        if side is None and is_of_the_room(notice, state):
            continue
        facts: dict[str, object] = {
            "state": state,
            "role": Seat(seat).spoken,
            "words": in_words(notice, whose),
        }
        if side is None:
            opens = has_text or state == "to-post"
            facts |= {"id": letter, "to": person, "problem": problem, "opens": opens}
        entries.append(Entry("letter", notice, at.astimezone(OFFICE_ZONE), facts=facts))
    return entries


def to_post(letters: Iterable[LetterRow]) -> tuple[ToPost, ...]:
    """Those that an officer is to post or to read out, as the rules ask of them."""
    found = []
    for letter, notice, seat, state, *_, queued_at, facts, chasing, kind in letters:
        if state == "to-post":
            about = json.loads(facts)
            day, by_phone = queued_at.astimezone(OFFICE_ZONE).date(), kind == "phone"
            owed = about.get("obligation", ""), about.get("item", "")
            found.append(ToPost(letter, notice, Seat(seat), day, by_phone, chasing, *owed))
    return tuple(found)


def letter_as_sent(conn: Connection, case_id: UUID, letter_id: UUID) -> Mapping[str, object] | None:
    """One letter of this case as it went out, for officers."""
    row = conn.execute(ONE_LETTER, {"case": case_id, "letter": letter_id}).mappings().one_or_none()
    return {**row, "role": Seat(row["seat"]).spoken} if row else None


ONE_LETTER = text("""
SELECT l.notice, l.seat, l.state, l.queued_at, l.sent_at, l.problem, t.address, t.subject, t.text
FROM letters l JOIN letter_texts t ON t.letter_id = l.id WHERE l.case_id = :case AND l.id = :letter
""")


def in_order(events: Iterable[Entry], letters: Iterable[Entry]) -> tuple[Entry, ...]:
    """By instant; what was done stands before the letters that it caused."""
    return tuple(sorted((*events, *letters), key=lambda one: (one.at, one.kind == "letter", one.position)))


def _is_said_by_another(event: Event) -> bool:
    """Asking the raiser for more pauses as well: one line says that, and the page how long it lasts."""
    return isinstance(event, Paused) and (event.awaits is not None or event.reason == GROUP_ENDED)


def _audience(event: Event) -> Audience:
    audience = AUDIENCE[type(event)]
    return audience if isinstance(audience, Audience) else audience(event)


def _by(one: Recorded, reader: Reader, name_of: Naming) -> str:
    """Who did it: names of staff for officers, sides for the others."""
    side = Seat(one.actor_kind).side
    if side is Side.OFFICE:
        name = name_of(one.actor) if one.actor and reader.is_officer else "a Compact officer"
        if one.on_behalf_of is None or isinstance(one.event, AgreementMade | ActionNotKept):
            return name  # what follows from somebody's word is nobody's own
        responding = isinstance(one.event, ReplySent) or _side_of(one.event) == Side.RESPONDENT.value
        return f"{name}, for {'the respondent' if responding else 'the raiser'}"
    if side is Side.RAISER:
        return "you" if reader.viewpoint == "raiser" else "the raiser"
    if side is Side.RESPONDENT:
        return "you" if reader.viewpoint == "respondent" else "the respondent"
    if side is Side.INDEPENDENT:
        return "you" if reader.viewpoint == "mediator" else "the mediator"
    return "the system"


def _side_of(event: Event) -> str:
    """Whose it is, of what either side may do."""
    return str(getattr(event, "side", ""))


def _facts(
    one: Recorded, reader: Reader, links: Mapping[int, Link], codes: Codes, name_of: Naming, body_of: Naming
) -> dict[str, object]:
    """The event's own fields, its texts let through or left out, its ids as names."""
    facts: dict[str, object] = {}
    for name, value in vars(one.event).items():
        if value is None or isinstance(value, (*PLAIN, Came)):
            facts[name] = value
        elif isinstance(value, Sealed):
            facts[name] = reader.said(value, Audience.OFFICERS, one.at) if name in SHOWN_TEXTS else None
        elif hasattr(value, "due"):
            facts[name] = value.due
        elif isinstance(value, UUID) and name == "officer":
            facts[name] = name_of(value) if reader.is_officer else "a Compact officer"
        elif isinstance(value, UUID) and name == "body":
            facts[name] = body_of(value)
    if isinstance(one.event, ClauseCited | ClauseDropped | CodeNamed | LessonSaid):
        facts["title"] = title_of(links[one.event.link].clause, "", codes)
    if isinstance(one.event, TakenUpAgain):
        facts["new_matter"] = one.event.wording is not None
    if isinstance(one.event, Escalated):
        facts |= {"to": Seat(one.event.to).word, "told": one.event.person is not None}
    if isinstance(one.event, Posted):
        dues = [each.term.due for each in one.event.obligations]
        facts |= {
            "words": in_words(one.event.notice),
            "whom": Seat(one.event.to).spoken,
            "due": next(iter(dues), None),
        }
    if isinstance(one.event, ContactWrittenDown):
        facts["whom"] = spoken_to_in_words(one.event.whom)
    if isinstance(one.event, Resumed):
        facts["due"] = one.event.obligations[0].term.due
    if isinstance(one.event, Paused) and not reader.is_officer:
        facts["reason"] = reason_in_words(one.event.reason)
    if isinstance(one.event, PauseInError):
        facts["due"] = one.event.going[0].term.due if one.event.going else None
    if isinstance(one.event, AdjustmentRecorded):
        facts["due"] = one.event.going[0].term.due if one.event.going else None
    if isinstance(one.event, MovedToEdition):
        facts["due"] = min((each.term.due for each in one.event.going), default=None)
    if isinstance(one.event, RemediesSought):
        facts["remedies"] = list(one.event.remedies)
    return facts | dates_of(one.event)


def _arrival(
    one: Recorded,
    arrived: Sequence[Recorded],
    reader: Reader,
    links: Mapping[int, Link],
    codes: Codes,
    body_of: Naming,
) -> dict[str, object]:
    """What came with the concern, as far as this visitor may know of it."""
    if not isinstance(one.event, ConcernReceived):
        return {}
    known = [each.event for each in arrived if reader.sees(_audience(each.event))]
    about = [body_of(each.body) for each in known if isinstance(each, RespondentMatched)]
    return {"about": about[0] if about else None, **arrival.facts_of(known, links, codes)}


def _other_case(event: Event, reader: Reader, case_of: Naming) -> dict[str, object]:
    """The reference of the other case of a merge or a link: for officers only."""
    if not reader.is_officer or not isinstance(event, Merging | RelationsEvent):
        return {}
    return {"case": case_of(event.case)}


PLAIN = (str, int, date)
# of a change of clauses, a hand-over, a decision, a withdrawal, an answer to who asks to open a case again
SHOWN_TEXTS = ("reason", "words", "explanation", "elsewhere")
