"""How many letters a stranger may cause within the hour: by who asks, by matter, by mailbox."""

from compact_cases.mail.addresses import mailbox_of
from compact_cases.office.accounts.attempts import network_of, too_many
from compact_cases.office.premises import Premises
from compact_cases.rules.concern import Concern

FROM_ONE_SENDER = 10  # a network address
ABOUT_ONE_MATTER = 5  # a draft
TO_ONE_MAILBOX = 5


def may_cause(
    premises: Premises, letter: str, *, sender: str = "", matter: str = "", mailbox: str = ""
) -> bool:
    """Count one more letter of this kind; False where any of what is named has had its share.

    Who asks comes first, and who is held back is counted no further: nobody uses up another's letters by it.
    """
    shares = (
        ("sender", network_of(sender), FROM_ONE_SENDER),
        ("matter", matter, ABOUT_ONE_MATTER),
        ("mailbox", mailbox_of(mailbox), TO_ONE_MAILBOX),
    )
    return not any(
        who and too_many(premises, f"{letter} by {what}", who, most, beside_a_concern=True)
        for what, who, most in shares
    )


def may_have_receipts(premises: Premises, concern: Concern, sender: str) -> bool:
    """Whether the receipts of a concern go by e-mail too, one a body; ``sender`` is empty for staff."""
    mailbox = concern.raiser.email if concern.raiser else ""
    if not mailbox:
        return True
    return all(may_cause(premises, "receipt", sender=sender, mailbox=mailbox) for _ in concern.respondents)
