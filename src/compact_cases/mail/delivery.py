"""SMTP: one kept connection a thread, checked before it is used again, with a time-out on every wait."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from compact_cases.clock import machine_seconds
from compact_cases.mail.addresses import Unwritable, on_the_wire
from compact_cases.mail.envelope import AsWritten, AsWrittenOverTls
from compact_cases.settings import SettingsRefused

SECONDS = 20.0  # for each answer of the server
STILL_FRESH = 5  # seconds for which a connection that just worked is not asked again
BUSY, GONE = 421, range(500, 600)


class NotSent(Exception):
    """The letter did not go; the message says why, without any address."""


class TryLater(NotSent):
    """This letter was put off by the server, or the connection was lost while it was sent."""


class Unreachable(NotSent):
    """The server cannot be used at all now: no use in trying the next letter."""


class RefusedForGood(NotSent):
    """``of_address``: the recipient's address was refused; else the message was."""

    def __init__(self, why: str, of_address: bool) -> None:
        super().__init__(why)
        self.of_address = of_address


@dataclass(frozen=True)
class Server:
    """``smtp://user:pass@host:587?starttls=1&timeout=20``, or ``smtps://`` for TLS from the start."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = False
    seconds: float = SECONDS


def server_of(url: str) -> Server:
    """Raises SettingsRefused for an address that is not one of a mail server."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsRefused("COMPACT_CASES_SMTP_URL must be like smtp://user:password@host:587?starttls=1.")
    tls = parts.scheme == "smtps"
    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    starttls = said.get("starttls", "0") not in ("0", "no", "false")
    try:
        seconds = float(said.get("timeout", SECONDS))
    except ValueError:
        seconds = SECONDS
    port = parts.port or (465 if tls else 587 if starttls else 25)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port, user, password, tls, starttls, seconds)


class Carrier:
    """Takes messages to one server. Belongs to one thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._worked_at = 0.0

    def send(self, message: EmailMessage, sender: str, to: str) -> None:
        """Hand one message over. Raises Unreachable, TryLater, RefusedForGood."""
        try:
            to = on_the_wire(to)
        except Unwritable:
            raise RefusedForGood("No server takes such an address.", of_address=True) from None
        smtp = self._connected()
        content = message.as_bytes()
        try:
            smtp.sendmail(sender, [to], content)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            raise self._answered(code, words, of_address=True) from None
        except smtplib.SMTPDataError as refusal:
            raise self._answered(refusal.smtp_code, refusal.smtp_error, of_address=False) from None
        except smtplib.SMTPSenderRefused as refusal:  # our own address: nothing is wrong with this letter
            self.close()
            raise Unreachable(f"The server does not take our mail ({refusal.smtp_code}).") from None
        except TimeoutError:  # it would keep the next letter waiting just as long
            self.close()
            raise Unreachable("The mail server stopped answering.") from None
        except (smtplib.SMTPException, OSError) as problem:
            self.close()
            raise TryLater(f"The connection was lost ({type(problem).__name__}).") from None
        self._worked_at = machine_seconds()

    def close(self) -> None:
        """Leave without a word: the server may not be listening any more."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and machine_seconds() - self._worked_at > STILL_FRESH:
            self._check()
        if self._smtp is None:
            try:
                self._smtp = self._connect()
            except (smtplib.SMTPException, OSError) as problem:
                raise Unreachable(f"The mail server does not answer ({type(problem).__name__}).") from None
            self._worked_at = machine_seconds()
        return self._smtp

    def _check(self) -> None:
        try:
            alive = self._smtp is not None and self._smtp.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            alive = False
        if not alive:
            self.close()

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = AsWrittenOverTls(
                server.host, server.port, timeout=server.seconds, context=context
            )
        else:
            smtp = AsWritten(server.host, server.port, timeout=server.seconds)
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        return smtp

    def _answered(self, code: int, words: bytes | str, *, of_address: bool) -> NotSent:
        """What a refusal means. Only the code is kept: the words may repeat the address."""
        if code == BUSY:
            self.close()
        if code in GONE:
            return RefusedForGood(f"The server refused it for good ({code}).", of_address)
        return TryLater(f"The server put it off ({code}).")
