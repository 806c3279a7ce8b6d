"""How a story tells of a mediation room: who writes what to whom there, who says yes, how much each reads."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from compact_cases.office.premises import Premises
from compact_cases.office.room import writing
from compact_cases.office.room.inside import Inside, look
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.rooms import room_entries
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.room import Draft, DraftTerm, mark_of
from compact_cases.rules.seats import Seat
from compact_cases.sample.housekeeping import CameOtherwise
from compact_cases.sample.stories import Act

SAYS, DRAFTS, YES, TAKES_BACK = "room-words", "room-draft", "room-yes", "room-yes-back"
READS, ROWS = "room-reads", "room-rows"
ALL = frozenset({SAYS, DRAFTS, YES, TAKES_BACK, READS, ROWS})
"""``choice`` begins with who it is; then, of words and of a draft, to whom: ``raiser mediator``. A draft with
``settles`` behind that leaves nothing open. Of READS: how many things stand there for them; of ROWS, nothing
but how many things the tables hold."""


def play(premises: Premises, act: Act, row: CaseRow, champion: UUID | None, officer: Visitor) -> None:
    """Raises Refused, and CameOtherwise where something other stands there than the story says."""
    if act.what == ROWS:
        with premises.engine.connect() as conn:
            _is(act, int(act.choice), conn.execute(select(func.count()).select_from(room_entries)).scalar())
        return
    name, _, rest = act.choice.partition(" ")
    visitor = _who(name, row, champion) if name != Seat.OFFICER.word else officer
    inside = look(premises, row.reference, visitor)
    if act.what == READS:
        _is(act, int(rest), len(inside.read))
        return
    _WRITTEN[act.what](premises, act, inside, visitor)


def _is(act: Act, expected: int, found: int | None) -> None:
    if expected != found:
        raise CameOtherwise(f"{act.what} {act.choice}: there are {found}")


def _who(name: str, row: CaseRow, champion: UUID | None) -> Visitor:
    if name == Seat.MEDIATOR.word:
        return Visitor(Seat.MEDIATOR, person_id=row.mediator_id, case_id=row.case_id)
    if name == Seat.RAISER.word:
        return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id)
    return Visitor(Seat.CHAMPION, person_id=champion, case_id=row.case_id)


def _page(inside: Inside) -> writing.Page:
    return writing.Page(mark_of(inside.around), len(inside.read))


def _says(premises: Premises, act: Act, inside: Inside, visitor: Visitor) -> None:
    to, reference = act.choice.split()[1], inside.row.reference
    writing.say(premises, reference, to, act.words, by=visitor, page=_page(inside))


def _drafts(premises: Premises, act: Act, inside: Inside, visitor: Visitor) -> None:
    _, to, *settles = act.choice.split()
    draft = Draft(tuple(map(_term, act.words.splitlines())), bool(settles))
    writing.put(premises, inside.row.reference, to, draft, by=visitor, page=_page(inside))


def _term(line: str) -> DraftTerm:
    """Written like a line of an agreement: ``respondent 2026-12-24 What is done. | How both will know.``"""
    side, day, words = line.split(maxsplit=2)
    what, _, known_by = words.partition(" | ")
    return DraftTerm(side, what, date.fromisoformat(day), known_by)


def _answers(back: bool) -> Callable[[Premises, Act, Inside, Visitor], None]:
    """To the draft that lies before everybody: the newest that they read."""

    def answer(premises: Premises, act: Act, inside: Inside, visitor: Visitor) -> None:
        newest = max(number for number, one in enumerate(inside.read, 1) if one.draft is not None)
        writing.answer(premises, inside.row.reference, newest, by=visitor, back=back)

    return answer


_WRITTEN: dict[str, Callable[[Premises, Act, Inside, Visitor], None]] = {
    SAYS: _says,
    DRAFTS: _drafts,
    YES: _answers(back=False),
    TAKES_BACK: _answers(back=True),
}
