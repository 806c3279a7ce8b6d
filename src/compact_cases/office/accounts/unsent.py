"""What somebody typed when their session ended: kept for them alone, for a day, until it is sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.accounts.sessions import FoundSession, holder_of
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import decrypt_for, encrypt_for
from compact_cases.records import case_summaries, sessions, unsent_forms
from compact_cases.records.reading import reading
from compact_cases.records.unsent_forms import UnsentForm
from compact_cases.rules.permissions import Visitor

KEPT = timedelta(hours=24)
MOST = 5  # of one holder at once
LARGEST = 300_000  # bytes of one form: ten answers of the longest that an act takes
PURPOSE = b"what was typed when a session ended"

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Unsent:
    """Something that was typed and not sent: for an act of a case, or beside cases for a path."""

    id: UUID
    act: str
    reference: str | None
    kept_at: datetime

    @property
    def until(self) -> datetime:
        return self.kept_at + KEPT


def keep(
    premises: Premises, ended: FoundSession, reference: str | None, act: str, typed: Typed, instead: str = ""
) -> Unsent | None:
    """Keep it under the holder of a session whose form it was; once, however often it is sent.

    ``instead``: the id of what is kept already and was being mended. None where it is too large or too much
    is kept, or where the case is not theirs.
    """
    holder, words = holder_of(ended.visitor), json.dumps({name: list(each) for name, each in typed.items()})
    if holder is None or len(words.encode()) > LARGEST:
        return None
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        sessions.lock(conn, ended.session.token_hash)
        case = case_summaries.find(conn, reference) if reference else None
        if reference and (case is None or not may_open(ended.visitor, case)):
            return None
        there = unsent_forms.of_holder(conn, holder, now - KEPT)
        case_id = case.case_id if case else None
        for one in there:
            if (one.case_id, one.act) == (case_id, act) and _words(premises, one) == words:
                return _shown(one)
        _remove(conn, holder, instead)
        if len([one for one in there if str(one.id) != instead]) >= MOST:
            return None
        sealed = encrypt_for(premises, PURPOSE, _whose(holder, case_id), words)
        form = UnsentForm(new_id(), holder, case_id, act, sealed, now, case.reference if case else None)
        unsent_forms.add(conn, form)
    return _shown(form)


def waiting(premises: Premises, visitor: Visitor) -> list[Unsent]:
    """What is kept for a visitor who has come in anew, the newest first."""
    return [_shown(one) for one, _ in _theirs(premises, visitor)]


def find(premises: Premises, visitor: Visitor, form_id: UUID) -> tuple[Unsent, Typed] | None:
    """One of these with its words; None where there is none for this visitor."""
    found = ((_shown(one), json.loads(words)) for one, words in _theirs(premises, visitor))
    return next((pair for pair in found if pair[0].id == form_id), None)


def was_sent(premises: Premises, visitor: Visitor, form_id: str) -> None:
    """What was kept has been sent; safe where ``form_id`` is none of theirs, or nothing at all."""
    if form_id and (holder := holder_of(visitor)):
        with premises.engine.begin() as conn:
            _remove(conn, holder, form_id)


def _theirs(premises: Premises, visitor: Visitor) -> list[tuple[UnsentForm, str]]:
    """Each with its words, but nothing of a case from which they are barred by now.

    A letter's link opens one case, and shows what was typed in that alone.
    """
    if (holder := holder_of(visitor)) is None:
        return []
    with reading(premises.engine) as conn:
        found = unsent_forms.of_holder(conn, holder, premises.clock.now() - KEPT)
    anywhere = visitor.is_staff or visitor.concern_id is not None
    open_to = [one for one in found if not visitor.is_barred(one.barred)]
    readable = [(one, _words(premises, one)) for one in open_to if anywhere or one.case_id == visitor.case_id]
    return [(one, words) for one, words in readable if words is not None]


def _remove(conn: Connection, holder: UUID, form_id: str) -> None:
    try:
        unsent_forms.remove(conn, holder, UUID(form_id))
    except ValueError:
        return


def _words(premises: Premises, form: UnsentForm) -> str | None:
    return decrypt_for(premises, PURPOSE, _whose(form.holder, form.case_id), form.typed)


def _whose(holder: UUID, case_id: UUID | None) -> bytes:
    return holder.bytes + (case_id.bytes if case_id else b"")


def _shown(form: UnsentForm) -> Unsent:
    return Unsent(form.id, form.act, form.reference, form.kept_at)
