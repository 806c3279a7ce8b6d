"""What the calls answer with, as types: the description of the API is written from them."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from msgspec import Struct

from compact_cases.reports.case_list import ListRow
from compact_cases.rules.seats import Side
from compact_cases.rules.working_days import Day

# --- cases ------------------------------------------------------------------------------------------------


class ListedCase(ListRow, kw_only=True, frozen=True):
    """A line of the list, with the side of whoever owes the next step beside their post."""

    next_owner_side: Side | None = None


class CaseList(Struct):
    """``next`` is what to send as ``after``; null on the last page.

    ``in_words``: what was asked for and how much was found.
    """

    cases: list[ListedCase]
    next: str | None
    in_words: str = ""


class LoggedEvent(Struct):
    """``facts`` are the event's own: ids, dates, names of choices and seals, never a text."""

    position: int
    name: str
    at: str
    by: str
    by_side: Side
    actor: UUID | None
    on_behalf_of: UUID | None
    facts: dict[str, Any]
    digest: str


class Log(Struct):
    events: list[LoggedEvent]


class Obligation(Struct):
    """``days_left``: working days to ``due``, or those kept while it is paused."""

    name: str
    item: str
    cycle: int
    owner: str
    owner_side: str
    to: str
    to_side: str
    started_on: date
    due: date | None
    paused: bool
    days_left: int | None
    proof: tuple[Day, ...]


class Obligations(Struct):
    obligations: list[Obligation]


class Addressee(Struct):
    role: str
    side: Side
    person: UUID


class Letter(Struct):
    id: UUID
    notice: str
    step: str | None
    to: Addressee
    state: str
    queued_at: str
    sent_at: str | None
    message_id: str | None


class Letters(Struct):
    letters: list[Letter]


class CloudEvent(Struct):
    """CloudEvents 1.0."""

    id: str
    source: str
    type: str
    subject: str
    time: str
    data: LoggedEvent
    specversion: str = "1.0"
    datacontenttype: str = "application/json"


class Feed(Struct):
    """``next`` is what to send as ``after``; it stays the same until there is something new."""

    events: list[CloudEvent]
    next: str | None


class Carried(Struct):
    """The case after the act; ``seen`` is its version, which is the ETag too."""

    reference: str
    seen: int
    stage: str


class Raised(Struct):
    """``return_code`` is null once it may not be shown any more."""

    concern: str
    cases: tuple[str, ...]
    return_code: str | None


# --- the Codes; the fields are for ever -------------------------------------------------------------------


class CodeShown(TypedDict):
    """``note`` says so where its text is not held."""

    code: str
    title: str
    held: bool
    editions: list[str]
    in_force: str | None
    note: str | None


class CodeList(TypedDict):
    codes: list[CodeShown]


class ClauseShown(TypedDict):
    clause: str
    code: str
    edition: str
    text: str
    owed_by: str
    section: str
    parts: list["ClauseShown"]
    closing: str


class SectionShown(TypedDict):
    number: int
    heading: str
    owed_by: str | None
    text: str


class WholeCode(CodeShown):
    edition: str | None
    sections: list[SectionShown]
    clauses: list[ClauseShown]


class Opened(Struct):
    """The case that opens to you from now on."""

    reference: str
