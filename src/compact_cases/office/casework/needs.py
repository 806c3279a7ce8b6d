"""What a rule must know beside its case, read for the act that needs it, under the lock of the case."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.post import by_post
from compact_cases.office.registry import library
from compact_cases.records import (
    bodies,
    body_successions,
    case_summaries,
    event_log,
    interests,
    letters,
    mediators,
    panellists,
    people,
    staff,
    statements,
)
from compact_cases.records.bodies import Body
from compact_cases.rules.act import Act, Need, Now, Panellist, Registered
from compact_cases.rules.acts import Command
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.case import Case, replay
from compact_cases.rules.choices import FEARS
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.handling import barred_from
from compact_cases.rules.intake import AFRAID
from compact_cases.rules.names import telling_words
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import CASE_STAFF, Seat, Side

GROUP = BodyKind.COMMUNITY_GROUP


def now_for(
    conn: Connection,
    act: Act[Any],
    command: Command,
    case: Case,
    at: datetime,
    rulebook: Rulebook,
    seat: Seat,
    person: UUID | None = None,
) -> Now:
    """Everything that the act says it needs, whatever the page said; nothing is read for the others."""
    facts: dict[str, Any] = {}
    for need in act.needs:
        facts |= _READ[need](conn, act, command, case, at)
    return Now(at, rulebook, seat, person, **facts)


def folded(conn: Connection, case_id: UUID) -> Case:
    """The case as its log makes it now."""
    return replay((one.event, one.at) for one in event_log.read(conn, case_id))


def registered(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Registered]:
    """Those of these bodies that are on the register, by id."""
    found = bodies.get_many(conn, list(ids))
    posts = {(one.body_id, one.role) for one in people.of_bodies(conn, found)}
    champion, lead, chief = Seat.CHAMPION.post, Seat.SENIOR_LEAD.post, Seat.CHIEF_OFFICER.post
    return {
        one.id: Registered(one.volunteer_run, *((one.id, post) in posts for post in (champion, lead, chief)))
        for one in found.values()
        if one.ended_on is None
    }


def _register(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    named = [act.body(command) if act.body else None, case.intake.respondent, case.intake.raiser_body]
    return {"register": registered(conn, {one for one in named if one})}


def _staff(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    return on_staff(conn, case)


def on_staff(conn: Connection, case: Case) -> dict[str, Any]:
    """Who is an officer, and who the board chair, as ``Now`` takes it; nobody who works for a party."""
    everybody, barred = staff.in_list_order(conn), barred_from(case)
    bodies = interests.of_staff(conn, everybody)
    listed = [one for one in everybody if (bodies[one.id] - {one.id}).isdisjoint(barred)]
    chair = next((one.id for one in listed if one.role is Seat.CHAIR), None)
    return {"officers": frozenset(one.id for one in listed if one.works_on_cases), "chair": chair}


def _chair(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    """One who could be asked about a case: not barred from it, and not the one who handles it."""
    chairs = [one for one in staff.in_list_order(conn) if one.role is Seat.CHAIR]
    bodies, barred = interests.of_staff(conn, chairs), barred_from(case) | {case.intake.officer}
    return {"has_chair": any(bodies[one.id].isdisjoint(barred) for one in chairs)}


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


def hold_words(conn: Connection, case: Case) -> str:
    """The words of an answer to a hold request that wait to be released."""
    answer = case.fast_track.hold_answer
    if answer is None or answer.words is None or not case.fast_track.words_wait:
        return ""
    return "".join(one.text for one in statements.get(conn, [answer.words.statement]).values())


def _hold_words(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"hold_words": hold_words(conn, case)}


def waiting_text(conn: Connection, case: Case) -> str:
    """The statement or comment that waits to be released, if one does."""
    waits = case.review.to_release
    kept = statements.get(conn, [waits.words.statement]) if waits else {}
    return "".join(one.text for one in kept.values())


def _waiting_text(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"waiting_text": waiting_text(conn, case)}


def _last_letter(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"last_letter_waits": letters.has_not_left(conn, case.intake.reference, "last-letter")}


def _reminded(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    midnight = datetime.combine(at.date(), time(0), at.tzinfo)
    return {"reminded_today": letters.raiser_was_chased(conn, case.intake.reference, midnight)}


def _to_post(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    row = case_summaries.find(conn, case.intake.reference)
    return {"to_post": tuple(by_post.waiting(conn, [row.case_id]).get(row.case_id, ())) if row else ()}


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


def _staff_there(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    other_id = act.other(command, case) if act.other else None
    if other_id is None:
        return {}
    other = folded(conn, other_id)
    found = on_staff(conn, other)
    free = {*found["officers"], found["chair"]} - {None, *other.handling.conflicted}
    return {"free_there": frozenset(free)}


def _siblings(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    return {"siblings": siblings_of(conn, case)}


def siblings_of(conn: Connection, case: Case) -> dict[UUID, Case]:
    """The other open cases of the same concern, as their logs make them now."""
    rows = case_summaries.of_concern(conn, case.intake.concern) if case.intake.concern else []
    reference = case.intake.reference
    others = [one.case_id for one in rows if one.closed_at is None and one.reference != reference]
    return event_log.folded_of(conn, others)


def _partner(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    partner = case.mediation.partner
    return {"other": folded(conn, partner)} if partner else {}


def _closer(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    """Nobody of the office closed what its raiser withdrew."""
    endings = (one for one in event_log.read(conn, _id_of(conn, case)) if isinstance(one.event, Closed))
    last = next(reversed(list(endings)), None)
    closer = last.actor if last and Seat(last.actor_kind) in CASE_STAFF else None
    listed = [one for one in staff.in_list_order(conn) if one.role is Seat.OFFICER and one.id != closer]
    here = [one.id for one in listed if one.absent_until is None or one.absent_until < at.date()]
    return {"closed_by": closer, "other_officers": tuple(here)}


def _id_of(conn: Connection, case: Case) -> UUID:
    row = case_summaries.find(conn, case.intake.reference)
    assert row is not None  # noqa: S101 (its row is locked)
    return row.case_id


def _small_sides(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"small_sides": frozenset(small_sides(conn, case))}


def small_sides(conn: Connection, case: Case) -> Iterator[Side]:
    """The sides of a case that are community groups or run by volunteers: they have longer."""
    raiser, parties = case.intake.raiser, (case.intake.raiser_body, case.intake.respondent)
    kinds = {one.id: one.organisation_kind for one in people.get(conn, [raiser]).values()} if raiser else {}
    yield from sides_that_are_small(
        raiser, *parties, kinds, bodies.get_many(conn, [one for one in parties if one])
    )


def sides_that_are_small(
    raiser: UUID | None,
    raiser_body: UUID | None,
    respondent: UUID | None,
    kinds: Mapping[UUID, str | None],
    known: Mapping[UUID, Body],
) -> Iterator[Side]:
    """The same of what was read before: what raisers call their organisations, and the register."""
    for side, body_id in ((Side.RAISER, raiser_body), (Side.RESPONDENT, respondent)):
        body = known.get(body_id) if body_id else None
        of_body = {str(body.kind)} if body else set()
        if side is Side.RAISER and raiser:
            of_body |= {kinds.get(raiser) or ""}
        unknown = side is Side.RAISER and raiser is None  # whoever it is may be one
        if unknown or BodyKind.COMMUNITY_GROUP in of_body or (body and body.volunteer_run):
            yield side


def _panellists(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    sitting = [*(one.id for one in case.panel.members), *case.panel.lost]
    return {"panellists": panellists_for(conn, case, sitting, held=True)}


def panellists_for(
    conn: Connection, case: Case, also: Iterable[UUID] = (), held: bool = False
) -> dict[UUID, Panellist]:
    """Who may sit on a panel, and who of them belongs to a side of this case, by register or by name."""
    ids = [one for one in (case.intake.respondent, case.intake.raiser_body) if one]
    parties = body_successions.related(conn, ids) if ids else set[UUID]()
    raiser = people.get(conn, [case.intake.raiser]) if case.intake.raiser else {}
    names = {one.name.casefold() for one in bodies.get_many(conn, list(parties)).values()}
    names |= {one.organisation.casefold() for one in raiser.values() if one.organisation}
    return {
        one.id: Panellist(one.sector, one.body_id in parties or one.organisation.casefold() in names)
        for one in panellists.listed(conn, also, held)
    }


def panel_words(conn: Connection, case: Case) -> str:
    """The statement or answer to a panel that waits to be released, if one does."""
    waits = case.panel.to_release
    kept = statements.get(conn, [waits.words.statement]) if waits else {}
    return "".join(one.text for one in kept.values())


def _panel_words(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"panel_words": panel_words(conn, case)}


def _action_words(
    conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime
) -> dict[str, Any]:
    return {"action_words": waiting_of_actions(conn, case)}


def waiting_of_actions(conn: Connection, case: Case) -> dict[str, str]:
    """What was written about each agreed action and is not released yet, by the number of the action."""
    waiting = {one.item: one.waiting.words.statement for one in case.agreement.actions if one.waiting}
    texts = statements.get(conn, list(waiting.values())) if waiting else {}
    return {item: texts[one].text for item, one in waiting.items() if one in texts}


def _reach(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    """An anonymous raiser is reached through the return page."""
    raiser = case.intake.raiser
    points = people.points_of(conn, [raiser]).get(raiser, []) if raiser else []
    return {"raiser_reached": raiser is None or any(one.refused_at is None for one in points)}


def _editions(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    """Of an edition that the act does not name the case keeps its own."""
    wanted = act.onto(command) if act.onto else ("", "")
    procedure, calendar = (new or own for new, own in zip(wanted, case.editions, strict=True))
    return {"onto": library.rulebook(conn, procedure, calendar)}


def _mediators(conn: Connection, act: Act[Any], command: Command, case: Case, at: datetime) -> dict[str, Any]:
    return {
        "mediators": {one.person_id: frozenset(one.conflicts) for one in mediators.every(conn, held=True)}
    }


_READ: dict[Need, Callable[[Connection, Act[Any], Command, Case, datetime], dict[str, Any]]] = {
    Need.REGISTER: _register,
    Need.STAFF: _staff,
    Need.RAISERS_WORDS: _raisers_words,
    Need.FEAR: _fear,
    Need.WAITING_REPLY: _waiting_reply,
    Need.HOLD_WORDS: _hold_words,
    Need.WAITING_TEXT: _waiting_text,
    Need.LAST_LETTER: _last_letter,
    Need.REMINDED: _reminded,
    Need.CLOSER: _closer,
    Need.CHAIR: _chair,
    Need.TO_POST: _to_post,
    Need.PARTNER: _partner,
    Need.SIBLINGS: _siblings,
    Need.OTHER_CASE: _other_case,
    Need.STAFF_THERE: _staff_there,
    Need.SMALL_SIDES: _small_sides,
    Need.PANELLISTS: _panellists,
    Need.PANEL_WORDS: _panel_words,
    Need.ACTION_WORDS: _action_words,
    Need.REACH: _reach,
    Need.EDITIONS: _editions,
    Need.MEDIATORS: _mediators,
}
