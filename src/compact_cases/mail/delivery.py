"""SMTP: one kept connection a thread, checked before it is used again, with a time-out on every wait."""

import contextlib
import re
import smtplib
import socket
import ssl
import threading
import time
import weakref
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from compact_cases.clock import machine_seconds
from compact_cases.mail.addresses import Unwritable, on_the_wire
from compact_cases.mail.envelope import AsWritten, AsWrittenOverTls
from compact_cases.settings import SettingsRefused

SECONDS = 20.0  # for each answer of the server
WHOLE_SECONDS = 60.0  # for one letter from its first word to the server's yes
STILL_FRESH = 5  # seconds for which a connection that just worked is not asked again
BUSY, GONE = 421, range(500, 600)
NO_SUCH_MAILBOX = 550
# RFC 3463, 3.2 and 3.3, and RFC 7505: no such mailbox, system or syntax, moved away, takes no mail, disabled.
OF_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")


class NotSent(Exception):
    """The letter did not go; the message says why, without any address."""


class Unreachable(NotSent):
    """The server cannot be used at all now: no use in trying the next letter."""


class Lost(NotSent):
    """The connection was lost while this letter was sent; nobody has said no to it."""


class PutOff(NotSent):
    """The server answers, and does not take this letter now. ``for_good`` is what the server says of it.

    That need not be about the letter: a relay that trusts us no more says so to each.
    """

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class RefusedMailbox(PutOff):
    """A bare "no such mailbox", without a code that says whose fault it is.

    The address is at fault if the server takes others of its domain; else perhaps the server is.
    """


class RefusedAddress(NotSent):
    """The server says by its code that the recipient's address is wrong."""


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
    whole_seconds: float = WHOLE_SECONDS


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
        self._watch = _Watch(server.whole_seconds)

    def send(self, message: EmailMessage, sender: str, to: str) -> None:
        """Hand one message over. Raises Unreachable, Lost, PutOff, RefusedAddress."""
        try:
            to = on_the_wire(to)
        except Unwritable:
            raise RefusedAddress("No server takes such an address.") from None
        smtp = self._connected()
        content = message.as_bytes()
        self._watch.begin(smtp)
        try:
            smtp.sendmail(sender, [to], content)
        except (smtplib.SMTPException, OSError) as problem:
            raise (self._too_slow() if self._watch.hung_up else self._meaning(problem)) from None
        finally:
            self._watch.end()
        self._worked_at = machine_seconds()

    def try_out(self) -> None:
        """Connect, greet and sign in, as for a letter. Raises Unreachable."""
        self._connected()
        self.close()

    def _meaning(self, problem: Exception) -> NotSent:
        match problem:
            case smtplib.SMTPRecipientsRefused():
                code, words = next(iter(problem.recipients.values()))
                return self._answered(code, words, at_recipient=True)
            case smtplib.SMTPDataError():
                return self._answered(problem.smtp_code, problem.smtp_error, at_recipient=False)
            case smtplib.SMTPSenderRefused():  # our own address: nothing is wrong with this letter
                self.close()
                return Unreachable(f"The server does not take our mail ({problem.smtp_code}).")
            case smtplib.SMTPNotSupportedError():
                return RefusedAddress("The server cannot send to such an address.")
            case TimeoutError():  # it would keep the next letter waiting just as long
                self.close()
                return Unreachable("The mail server stopped answering.")
        self.close()
        return Lost(f"The connection was lost ({type(problem).__name__}).")

    def _too_slow(self) -> NotSent:
        self.close()
        return Unreachable("The mail server took too long.")

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

    def _answered(self, code: int, words: bytes | str, *, at_recipient: bool) -> NotSent:
        """What a refusal means. Only the codes are kept: the words may repeat the address."""
        if code == BUSY:
            self.close()
        said = words.decode("ascii", "replace") if isinstance(words, bytes) else words
        enhanced = found[1] if (found := _ENHANCED.match(said)) else ""
        codes = f"{code} {enhanced}".strip()
        if enhanced in OF_ADDRESS and code in GONE:
            return RefusedAddress(f"The server says that there is no such address ({codes}).")
        if code == NO_SUCH_MAILBOX and at_recipient and not enhanced:
            return RefusedMailbox(f"The server did not take it ({codes}).", for_good=True)
        return PutOff(f"The server did not take it ({codes}).", for_good=code in GONE)


class _Watch:
    """Hangs up on a server that takes too long over one letter, however often it says a word meanwhile.

    One thread for as long as there are letters: a timer for each would be a thread for each.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._smtp: smtplib.SMTP | None = None
        self._until = 0.0
        self._looks = False
        self.hung_up = False

    def begin(self, smtp: smtplib.SMTP) -> None:
        self.hung_up, self._until, self._smtp = False, machine_seconds() + self._seconds, smtp
        if not self._looks:
            self._looks = True
            threading.Thread(target=_look, args=[weakref.ref(self), self._seconds / 30], daemon=True).start()

    def end(self) -> None:
        self._smtp = None

    def look(self) -> None:
        """From the other thread: whoever waits for the server's next word is told that none comes."""
        smtp = self._smtp
        if smtp is not None and smtp.sock is not None and machine_seconds() > self._until:
            self.hung_up = True
            with contextlib.suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)


def _look(watch: "weakref.ref[_Watch]", every: float) -> None:
    while (seen := watch()) is not None:
        seen.look()
        del seen
        time.sleep(every)
