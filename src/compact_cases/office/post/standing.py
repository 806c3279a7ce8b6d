"""Whether a letter that was filed a while ago still stands at the moment of sending."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from compact_cases.records import drafts
from compact_cases.records.letters import Claim, LetterRow

SIGN_IN_LASTS = timedelta(minutes=15)


def standing_facts(conn: Connection, letter: LetterRow, claim: Claim, now: datetime) -> dict[str, Any] | None:
    """The facts that are still true; None: answered, paused, extended or closed meanwhile, so no letter."""
    if letter.notice == "sign-in":
        return claim.facts if now - letter.queued_at < SIGN_IN_LASTS else None
    if letter.person_kind == "draft":
        draft = drafts.lock(conn, letter.person_id)
        if draft is None or draft.sent_concern is not None:
            return None
        return {**claim.facts, "due": draft.ends_on.isoformat()}
    if not letter.chasing and letter.notice != "taken-over":
        return claim.facts
    if not claim.case_open:
        return None
    if letter.notice == "last-letter" and any(one.startswith("release/") for one in claim.owed):
        return None  # a reply has come meanwhile
    if "items" not in claim.facts:
        return claim.facts if _is_owed(claim.facts, claim) else None
    items = [one for one in claim.facts["items"] if _is_owed(one, claim)]
    return {**claim.facts, "items": items} if items else None


def _is_owed(item: dict[str, Any], claim: Claim) -> bool:
    key = f"{item.get('obligation', '')}/{item.get('item', '')}/"
    if "cycle" in item:
        return f"{key}{item['cycle']}" in claim.owed
    return any(one.startswith(key) for one in claim.owed)
