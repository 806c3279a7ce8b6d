"""What a rule must know beside its case, read for the act that needs it, under the lock of the case."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import bodies, event_log, letters, people, staff, statements
from compact_cases.rules.act import Act, Need, Now, Registered
from compact_cases.rules.acts import Command
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.case import Case, replay
from compact_cases.rules.choices import FEARS
from compact_cases.rules.intake import AFRAID
from compact_cases.rules.names import telling_words
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat, Side


def now_for(
    conn: Connection,
    act: Act[Any],
    command: Command,
    case: Case,
    at: datetime,
    rulebook: Rulebook,
    seat: Seat,
) -> Now:
    """Everything that the act says it needs, whatever the page said; nothing is read for the others."""
    facts: dict[str, Any] = {}
    for need in act.needs:
        facts |= _READ[need](conn, act, command, case, at)
    return Now(at, rulebook, seat, **facts)


def folded(conn: Connection, case_id: UUID) -> Case:
    """The case as its log makes it now."""
    return replay((one.event, one.at) for one in event_log.read(conn, case_id))


def registered(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Registered]:
    """Those of these bodies that are on the register, by id."""
    found = bodies.get_many(conn, list(ids))
    posts = {(one.body_id, one.role) for one in people.of_bodies(conn, found)}
    champion, lead = Seat.CHAMPION.post, Seat.SENIOR_LEAD.post
    return {
        one.id: Registered(one.volunteer_run, (one.id, champion) in posts, (one.id, lead) in posts)
        for one in found.values()
        if one.ended_on is None
    }


def _register(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    named = [act.body(command) if act.body else None, case.intake.respondent]
    return {"register": registered(conn, {one for one in named if one})}


def _staff(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    return on_staff(conn)


def on_staff(conn: Connection) -> dict[str, Any]:
    """Who is an officer, and who the board chair, as ``Now`` takes it."""
    listed = staff.in_list_order(conn)
    chair = next((one.id for one in listed if one.role is Seat.CHAIR), None)
    return {"officers": frozenset(one.id for one in listed if one.works_on_cases), "chair": chair}


def _raisers_words(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"raisers_words": telling_of(conn, case.intake.raiser)}


def telling_of(conn: Connection, person_id: UUID | None) -> frozenset[str]:
    """By which words somebody could be known; none where nobody knows who it is."""
    return telling_words(*people.identity_of(conn, person_id))


def _fear(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    return {"raiser_is_afraid": is_afraid(conn, case)}


def is_afraid(conn: Connection, case: Case) -> bool:
    """Whether the raiser said so; not known any more once the answer was erased."""
    answers = [sealed.statement for question, sealed in case.intake.told if question == AFRAID]
    return any(one.text in FEARS for one in statements.get(conn, answers).values()) if answers else False


def waiting_texts(conn: Connection, case: Case) -> list[str]:
    """The texts of the reply that waits to be released, if one does."""
    number = case.enquiry.to_release
    if number is None:
        return []
    reply = case.enquiry.replies[number]
    sealed = [*(one.words for one in reply.answers), reply.offer, reply.signed]
    return [one.text for one in statements.get(conn, [one.statement for one in sealed if one]).values()]


def _waiting_reply(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"waiting_reply": "\n".join(waiting_texts(conn, case))}


def waiting_text(conn: Connection, case: Case) -> str:
    """The statement or comment that waits to be released, if one does."""
    waits = case.review.to_release
    kept = statements.get(conn, [waits.words.statement]) if waits else {}
    return "".join(one.text for one in kept.values())


def _waiting_text(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"waiting_text": waiting_text(conn, case)}


def _groups(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    part = case.intake
    found = bodies.get_many(conn, [one for one in (part.respondent, part.raiser_body) if one])
    small = {one.id for one in found.values() if one.volunteer_run or one.kind is BodyKind.COMMUNITY_GROUP}
    raiser = people.get(conn, [part.raiser]).get(part.raiser) if part.raiser else None
    raises = part.raiser_body in small or (raiser and raiser.organisation_kind == BodyKind.COMMUNITY_GROUP)
    sides = {Side.RAISER: raises or part.raiser is None, Side.RESPONDENT: part.respondent in small}
    return {"groups": frozenset(side for side, one in sides.items() if one)}


def _last_letter(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"last_letter_waits": letters.has_not_left(conn, case.intake.reference, "last-letter")}


def _reminded(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    midnight = datetime.combine(at.date(), time(0), at.tzinfo)
    return {"reminded_today": letters.raiser_was_chased(conn, case.intake.reference, midnight)}


def _other_case(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    other_id = act.other(command, case) if act.other else None
    if other_id is None:
        return {}
    other = folded(conn, other_id)
    return {
        "other": other,
        "others_words": telling_of(conn, other.intake.raiser),
    }


_READ: dict[Need, Callable[[Connection, Act[Any], Command, Case, datetime], dict[str, Any]]] = {
    Need.REGISTER: _register,
    Need.STAFF: _staff,
    Need.RAISERS_WORDS: _raisers_words,
    Need.FEAR: _fear,
    Need.WAITING_REPLY: _waiting_reply,
    Need.WAITING_TEXT: _waiting_text,
    Need.GROUPS: _groups,
    Need.LAST_LETTER: _last_letter,
    Need.REMINDED: _reminded,
    Need.OTHER_CASE: _other_case,
}
