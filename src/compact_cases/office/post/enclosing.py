"""What goes with a letter: the invitation to a meeting, as the case has it when the letter leaves."""

from datetime import datetime, time

from sqlalchemy import Connection

from compact_cases.mail.invitations import Invitation, invitation
from compact_cases.office.post import outbox
from compact_cases.office.post.addressees import Addressee
from compact_cases.office.post.in_hand import InHand, folded
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import marked
from compact_cases.records import statements
from compact_cases.settings import OFFICE_ZONE

INVITING = frozenset({"invitation", "invitation-cancelled"})
OF_SESSIONS = frozenset({"session-fixed", "session-cancelled"})


def enclosed(
    conn: Connection, premises: Premises, held: InHand, who: Addressee, now: datetime
) -> Invitation | None:
    """None for every other letter, which is asked without a look at the case."""
    letter, case = held.letter, held.case
    if case is not None and letter.notice in OF_SESSIONS:
        return _session(conn, premises, held, who, now)
    if letter.notice not in INVITING or case is None:
        return None
    meeting = folded(conn, letter).review.meeting
    starts, place = None, ""
    if meeting and letter.notice == "invitation":
        starts = datetime.combine(meeting.on, time.fromisoformat(meeting.time), OFFICE_ZONE)
        kept = statements.get(conn, [meeting.place.statement]).values()
        place = " ".join(" ".join(one.text for one in kept).split())
    # neither the reference nor a person can be read out of it, and it stays the same for every change
    mark = marked(premises, b"meeting", case.case_id.bytes)[:16].hex()
    return invitation(
        uid=f"{mark}@{outbox.mail_domain(premises)}",
        number=letter.facts["number"],
        subject=f"Senior review, {case.reference}",
        starts=starts,
        place=place,
        organiser=premises.settings.mail_address,
        to=who.address,
        at=now,
    )


def _session(
    conn: Connection, premises: Premises, held: InHand, who: Addressee, now: datetime
) -> Invitation | None:
    """A session of a mediation, as it stands now."""
    letter, case = held.letter, held.case
    assert case is not None  # noqa: S101 (asked before)
    one = folded(conn, letter).mediation.session(letter.facts["session"])
    starts, place = None, ""
    if one.on and letter.notice == "session-fixed":
        starts = datetime.combine(one.on, time.fromisoformat(one.time), OFFICE_ZONE)
        kept = statements.get(conn, [one.place.statement]).values() if one.place else ()
        place = " ".join(" ".join(each.text for each in kept).split())
    mark = marked(premises, b"session", case.case_id.bytes + bytes([one.number]))[:16].hex()
    return invitation(
        uid=f"{mark}@{outbox.mail_domain(premises)}",
        number=letter.facts["number"],
        subject=f"Mediation, {case.reference}",
        starts=starts,
        place=place,
        organiser=premises.settings.mail_address,
        to=who.address,
        at=now,
    )
