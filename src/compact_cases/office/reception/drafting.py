"""Drafts of concerns: begun, kept at each step, mailed as a link, sent once, forgotten after 30 days."""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from compact_cases.mail.addresses import mailbox_of
from compact_cases.office.identity import new_id
from compact_cases.office.opened import mark_of
from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.office.reception import receipts, reception
from compact_cases.office.reception.draft_letters import forget_letters
from compact_cases.records import drafts
from compact_cases.records.drafts import Draft
from compact_cases.rules.concern import Concern
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound, Refused

KEPT_DAYS = 30  # after the last change
TOLD_DAYS_BEFORE = 7
TOLD_TOGETHER = 5  # letters to one mailbox about drafts that end together
SECRET_BYTES = 16  # 128 random bits
AGAIN_AFTER = timedelta(minutes=10)  # the same link to the same address
GONE = "There is no such draft. A draft is kept for 30 days after you last changed it."
SENT = "This concern has been sent."
SWEPT_AT_ONCE = 200
MOST_CHARACTERS = 400_000  # of a draft: four times what its boxes take
TOO_LARGE = (
    "This draft has more than we can keep, so this page was not stored. Please shorten it, here or before."
)


class WasSent(NotFound):
    """This draft was sent. Its link leads nowhere: whoever has it may not be who sent it."""

    def __init__(self) -> None:
        super().__init__(SENT)


class ChangedMeanwhile(Exception):
    """The answer that a page was opened with is another one by now: the draft as it is."""

    def __init__(self, now: Draft) -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True)
class Swept:
    """What one pass over the drafts did."""

    told: int
    removed: int


def begin(premises: Premises, channel: str = "web", filled_by: UUID | None = None) -> str:
    """A new draft; its secret, which stands in its address and nowhere else."""
    secret = secrets.token_hex(SECRET_BYTES)
    with premises.engine.begin() as conn:
        drafts.add(
            conn,
            new_id(),
            secret,
            at=premises.clock.now(),
            ends_on=_ends_on(premises),
            channel=channel,
            filled_by=filled_by,
        )
    return secret


def find(premises: Premises, secret: str) -> Draft:
    """The draft behind a secret. Raises WasSent, or NotFound."""
    with premises.engine.connect() as conn:
        draft = drafts.find(conn, secret, premises.clock.today())
        if draft is None and drafts.was_sent(conn, secret, premises.clock.today()):
            raise WasSent
    if draft is None:
        raise NotFound(GONE)
    return draft


def keep(
    premises: Premises, draft: Draft, answers: Mapping[str, Sequence[str]], step: str, opened: str = ""
) -> None:
    """Store what was typed, good or not; ``answers`` are the fields of one page, which it replaces.

    The row is read again under its lock, so that two pages open at once do not lose each other's answers.
    ``opened`` is the mark of what the page showed: raises ChangedMeanwhile where that has changed since, and
    Refused where the whole would be too large.
    """
    with premises.engine.begin() as conn:
        now, at = drafts.lock(conn, draft.id), premises.clock.now()
        if now is None:
            return
        stored = mark_of(now.answers, list(answers))
        if opened and stored not in (opened, mark_of(answers)):
            raise ChangedMeanwhile(now)
        merged = {**now.answers, **{name: list(values) for name, values in answers.items()}}
        if sum(len(one) for values in merged.values() for one in values) > MOST_CHARACTERS:
            raise Refused(TOO_LARGE)
        drafts.save(conn, draft.id, merged, step, at=at, ends_on=_ends_on(premises))
        if is_anonymous(merged) and not is_anonymous(now.answers):
            drafts.forget_email(conn, draft.id)
            forget_letters(conn, [draft.id], at)


def is_anonymous(answers: Mapping[str, Sequence[str]]) -> bool:
    return list(answers.get("confidentiality", ())) == ["anonymous"]


def mail_link(premises: Premises, draft: Draft, secret: str, email: str) -> bool:
    """Send the draft's address by e-mail. False: it went to this address only minutes ago."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        held = drafts.lock(conn, draft.id)
        if held is None:
            return False
        if held.email == email and held.saved_told_at and now - held.saved_told_at < AGAIN_AFTER:
            return False
        drafts.keep_email(conn, draft.id, email, told_at=now)
        outbox.draft_saved(conn, premises, draft.id, email, secret)
    return True


def forget(premises: Premises, draft: Draft) -> None:
    with premises.engine.begin() as conn:
        drafts.remove(conn, draft.id)
        forget_letters(conn, [draft.id], premises.clock.now())


def new_page() -> str:
    """128 random bits of one showing of the page that sends; nowhere stored."""
    return secrets.token_hex(SECRET_BYTES)


def send(
    premises: Premises,
    draft: Draft,
    secret: str,
    concern: Concern,
    by: Visitor,
    page: str = "",
    *,
    by_mail: bool = True,
) -> str:
    """Raise the concern, once; the secret of its receipt. The same page sent again only leads there again.

    Raises WasSent for another page of a draft that has been sent.
    """
    receipt_secret = _receipt_secret(secret, page or new_page())
    try:
        reception.raise_concern(
            premises, concern, draft_id=draft.id, receipt_secret=receipt_secret, by=by, by_mail=by_mail
        )
    except reception.AlreadySent:
        if (found := receipt_of(premises, secret, page)) is None:
            raise WasSent from None
        return found
    return receipt_secret


def receipt_of(premises: Premises, secret: str, page: str) -> str | None:
    """The receipt of a draft that this very page has sent: a button pressed twice; None for any other."""
    if not re.fullmatch(f"[0-9a-f]{{{2 * SECRET_BYTES}}}", page):
        return None
    receipt_secret = _receipt_secret(secret, page)
    return receipt_secret if receipts.receipt(premises, receipt_secret) else None


def _receipt_secret(secret: str, page: str) -> str:
    """From what only the sending request holds together: neither is kept, no link of a letter has both."""
    return hashlib.sha256(f"receipt:{secret}:{page}".encode()).hexdigest()[: 2 * SECRET_BYTES]


def sweep_drafts(premises: Premises) -> Swept:
    """Tell those whose draft ends within a week, with a link of the letter's own; remove what has ended."""
    now, today = premises.clock.now(), premises.clock.today()
    with premises.engine.begin() as conn:
        soon = drafts.ending(conn, today + timedelta(days=TOLD_DAYS_BEFORE), SWEPT_AT_ONCE)
        letters: Counter[str] = Counter()
        for draft_id, email, ends_on in soon:
            secret = secrets.token_hex(SECRET_BYTES)
            drafts.told_ending(conn, draft_id, secret, now)
            letters[mailbox_of(email)] += 1
            if letters[mailbox_of(email)] <= TOLD_TOGETHER:
                outbox.draft_ends_soon(conn, premises, draft_id, email, secret, ends_on)
        removed = drafts.remove_ended(conn, today, SWEPT_AT_ONCE)
        forget_letters(conn, removed, now)
    return Swept(len(soon), len(removed))


def _ends_on(premises: Premises) -> date:
    return premises.clock.today() + timedelta(days=KEPT_DAYS)
