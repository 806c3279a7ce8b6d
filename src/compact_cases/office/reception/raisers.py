"""Who raises a concern: kept with the ways to reach them, and named to the other side only when open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.labels import somebody
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.records import bodies, people
from compact_cases.records.people import ContactPoint, Person
from compact_cases.rules.concern import Concern, Confidentiality, Raiser
from compact_cases.rules.seats import Seat

ENOUGH_TO_HIDE_AMONG = 3  # groups on the register that a description must fit


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
    county = premises.settings.office.area
    if raiser is None or concern.confidentiality is Confidentiality.ANONYMOUS:
        return somebody(premises)
    kind = {
        "public-body": "A public body",
        "vcs-organisation": "A voluntary organisation",
        "infrastructure-organisation": "A voluntary organisation",
    }.get(raiser.kind, "A community group")
    if raiser.area and bodies.count_like(conn, raiser.kind, raiser.area) >= ENOUGH_TO_HIDE_AMONG:
        return f"{kind} in the {raiser.area} area"
    return f"{kind} in {county}"
