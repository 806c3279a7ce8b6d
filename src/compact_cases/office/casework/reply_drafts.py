"""Half a reply: the respondent's contacts keep what they typed, and find it when they come back."""

from collections.abc import Mapping

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, reply_drafts
from compact_cases.records.reading import reading
from compact_cases.records.reply_drafts import ReplyDraft
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NO_CASE, NotAllowed, NotFound, Refused


def keep(premises: Premises, reference: str, typed: Mapping[str, str], *, by: Visitor) -> None:
    """Keep what is typed so far, under the case's lock: a reply just sent leaves no draft behind.

    Raises NotFound, NotAllowed for anybody but the respondent's contacts, Refused for a closed case.
    """
    with premises.engine.begin() as conn:
        row = case_summaries.find(conn, reference, locked=True)
        if row is None or not may_open(by, row):
            raise NotFound(NO_CASE)
        if not by.is_respondent:
            raise NotAllowed("This is not for you to do in this case.")
        if row.closed_at is not None:
            raise Refused("This case is closed, so there is nothing to reply to.")
        draft = ReplyDraft(
            {name: text for name, text in typed.items() if text}, by.person_id, premises.clock.now()
        )
        reply_drafts.keep(conn, row.case_id, draft)


def found(premises: Premises, reference: str, visitor: Visitor) -> Mapping[str, str]:
    """What was kept, for the respondent's contacts; nothing for everybody else."""
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference)
        if row is None or not visitor.is_respondent or not may_open(visitor, row):
            return {}
        draft = reply_drafts.of_case(conn, row.case_id)
    return draft.typed if draft else {}
