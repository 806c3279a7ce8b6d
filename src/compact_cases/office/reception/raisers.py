"""Who raises a concern: kept with the ways to reach them, and named to the other side only when open."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.labels import somebody
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, people
from compact_cases.records.people import ContactPoint, Person
from compact_cases.rules.bodies import BodyKind, folded
from compact_cases.rules.concern import Concern, Confidentiality, Raiser
from compact_cases.rules.seats import Seat

ENOUGH_TO_HIDE_AMONG = 3  # on the register, without the respondents, whom a description must fit
LIKE = (
    ("A public body", (BodyKind.PUBLIC_BODY,)),
    ("A voluntary organisation", (BodyKind.VCS_ORGANISATION, BodyKind.INFRASTRUCTURE_ORGANISATION)),
    ("A community group", (BodyKind.COMMUNITY_GROUP,)),
    ("A partnership", (BodyKind.PARTNERSHIP,)),
)


@dataclass(frozen=True)
class KeptRaiser:
    """A raiser whose rows are being written, for letters that are filed beside them."""

    person: Person
    points: list[ContactPoint]
    body_id: UUID | None  # the raiser's own body, where it is on the register
    words: str = ""  # by which officers find what they raised, beside the name of their group


def keep_raiser(
    conn: Connection, premises: Premises, concern: Concern, concern_id: UUID, at: datetime
) -> KeptRaiser | None:
    """The raiser's row and ways to be reached; nothing at all for an anonymous concern."""
    raiser = concern.raiser
    if raiser is None or concern.confidentiality is Confidentiality.ANONYMOUS:
        return None
    details = ("authority", "best_times", "on_behalf_of")
    person = Person(
        id=new_id(),
        role=Seat.RAISER.word,
        concern_id=concern_id,
        name=raiser.person,
        post_title=raiser.role,
        organisation=raiser.name,
        organisation_kind=raiser.kind,
        area=raiser.area,
        shown_as=shown_as(conn, premises, concern),
        details={name: value for name in details if (value := getattr(raiser, name))},
    )
    people.add(conn, person, at)
    ways = (("email", raiser.email), ("phone", raiser.phone), ("post", raiser.post))
    points = [ContactPoint(new_id(), person.id, kind, address) for kind, address in ways if address]
    people.add_first_points(conn, points, at)
    if raiser.second_name or raiser.second_reach:
        people.add(conn, _second(raiser, person), at)
    found_by = (raiser.person, raiser.email, raiser.on_behalf_of, raiser.second_name, raiser.second_reach)
    return KeptRaiser(person, points, raiser.body_id, " ".join(found_by))


def _second(raiser: Raiser, first: Person) -> Person:
    """The second contact: how to reach them is kept as typed, since it may be anything."""
    return Person(
        id=new_id(),
        role=people.SECOND_CONTACT,
        concern_id=first.concern_id,
        deputy_of=first.id,
        name=raiser.second_name,
        organisation=raiser.name,
        details={"reach": raiser.second_reach} if raiser.second_reach else {},
    )


def shown_as(conn: Connection, premises: Premises, concern: Concern) -> str:
    """What the other side reads: the group's name when open, else words that fit three groups or more."""
    raiser = concern.raiser
    if raiser is not None and concern.confidentiality is Confidentiality.OPEN:
        return raiser.name
    if raiser is None or concern.confidentiality is Confidentiality.ANONYMOUS:
        return somebody(premises)
    words, kinds = next(((words, kinds) for words, kinds in LIKE if raiser.kind in kinds), ("", ()))
    ids = [one.body_id for one in concern.respondents if one.body_id]
    areas = bodies.areas_of(conn, kinds, ids, [one.name for one in concern.respondents if not one.body_id])
    spelled = Counter(sorted(area for area in areas if area and folded(area) == folded(raiser.area)))
    if spelled.total() >= ENOUGH_TO_HIDE_AMONG:
        return f"{words} in the {spelled.most_common(1)[0][0]} area"  # as the register spells it
    if len(areas) >= ENOUGH_TO_HIDE_AMONG:
        return f"{words} in {premises.settings.office.area}"
    return somebody(premises)
