"""A mail catcher: an SMTP server that keeps the last letters in memory instead of sending them on."""

import email
import email.policy
import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from compact_cases.clock import Clock

KEPT = 500


@dataclass(frozen=True)
class CaughtLetter:
    """One letter as it arrived. ``number`` counts from 1 and is never used again."""

    number: int
    to: tuple[str, ...]
    sender: str
    received_at: datetime
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        message = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(message, EmailMessage)  # noqa: S101 (the policy above makes no other kind)
        return message

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", ""))

    @property
    def message_id(self) -> str:
        return str(self.message.get("Message-ID", ""))

    def body(self, kind: str) -> str | None:
        """The part of this kind, ``plain`` or ``html``, when there is one."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else None

    def as_json(self) -> dict[str, object]:
        message = self.message
        return {
            "number": self.number,
            "to": ", ".join(self.to),
            "subject": self.subject,
            "message_id": self.message_id,
            "headers": {name: str(value) for name, value in message.items()},
            "text": self.body("plain"),
            "html": self.body("html"),
            "received_at": self.received_at.isoformat(),
        }


class Letterbox:
    """The letters caught, newest last; what aiosmtpd calls a handler."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._letters: deque[CaughtLetter] = deque(maxlen=KEPT)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        self._letters.append(
            CaughtLetter(
                number=next(self._numbers),
                to=tuple(envelope.rcpt_tos),
                sender=envelope.mail_from or "",
                received_at=self._clock.now(),
                raw=content if isinstance(content, bytes) else content.encode(),
            )
        )
        return "250 OK: caught, nobody else will get it"

    def __iter__(self) -> Iterator[CaughtLetter]:
        return iter(tuple(self._letters))

    def letter(self, number: int) -> CaughtLetter | None:
        return next((letter for letter in self if letter.number == number), None)

    def to(self, address: str | None) -> list[CaughtLetter]:
        """The letters to this address, in any spelling; all of them without one."""
        wanted = address.casefold() if address else None
        return [it for it in self if wanted is None or wanted in (who.casefold() for who in it.to)]


def smtp_server(letterbox: object) -> SMTP:
    """The protocol of one connection, for ``loop.create_server``."""
    return SMTP(letterbox, hostname="catcher.example", enable_SMTPUTF8=True, data_size_limit=20_000_000)
