"""Half a reply: the respondent's contacts keep what they typed, and find it when they come back."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.opened import mark_of
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, reply_drafts
from compact_cases.records.reading import reading
from compact_cases.records.reply_drafts import ReplyDraft
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NO_CASE, NotAllowed, NotFound, OutOfDate, Refused


class SavedMeanwhile(OutOfDate):
    """Another tab or another contact has saved something else since a page was opened."""

    def __init__(self) -> None:
        Refused.__init__(self, "Since you opened this page something else was saved. Both are shown below.")


def keep(
    premises: Premises, reference: str, typed: Mapping[str, str], *, by: Visitor, opened: str = ""
) -> None:
    """Keep what is typed so far, under the case's lock: a reply just sent leaves no draft behind.

    Raises NotFound, NotAllowed for anybody but the respondent's contacts, Refused for a closed case, and
    SavedMeanwhile where ``opened``, the mark of what the page showed, is not that of what is kept now.
    """
    typed = {name: text for name, text in typed.items() if text}
    with premises.engine.begin() as conn:
        row = case_summaries.find(conn, reference, locked=True)
        if row is None or not may_open(by, row):
            raise NotFound(NO_CASE)
        if not by.is_respondent:
            raise NotAllowed("This is not for you to do in this case.")
        if row.closed_at is not None:
            raise Refused("This case is closed, so there is nothing to reply to.")
        if moved_on(kept_of(conn, row.case_id), opened, typed):
            raise SavedMeanwhile
        reply_drafts.keep(conn, row.case_id, ReplyDraft(typed, by.person_id, premises.clock.now()))


def moved_on(kept: Mapping[str, str], opened: str, typed: Mapping[str, str] | None = None) -> bool:
    """Whether something else is kept than a page showed that has the mark ``opened``, or than is typed."""
    marks = (opened, mark_of(typed)) if typed is not None else (opened,)
    return bool(kept and opened) and mark_of(kept) not in marks


def kept_of(conn: Connection, case_id: UUID) -> Mapping[str, str]:
    draft = reply_drafts.of_case(conn, case_id)
    return draft.typed if draft else {}


def found(premises: Premises, reference: str, visitor: Visitor) -> Mapping[str, str]:
    """What was kept, for the respondent's contacts; nothing for everybody else."""
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference)
        if row is None or not visitor.is_respondent or not may_open(visitor, row):
            return {}
        return kept_of(conn, row.case_id)
