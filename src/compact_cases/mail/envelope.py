"""SMTP with envelopes as they are written.

``smtplib`` parses each address again: for ``a:b@elmfield.example`` it sees a group and names ``b``.
"""

import smtplib
from collections.abc import Sequence


class AsWritten(smtplib.SMTP):
    """Takes addresses that ``addresses.on_the_wire`` has written."""

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return self._named("mail FROM", sender, options)

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return self._named("rcpt TO", recip, options)

    def _named(self, command: str, address: str, options: Sequence[str]) -> tuple[int, bytes]:
        said = " ".join((f"<{address}>", *options)) if self.does_esmtp else f"<{address}>"
        self.putcmd(f"{command}:{said}")
        return self.getreply()


class AsWrittenOverTls(AsWritten, smtplib.SMTP_SSL):
    """The same with TLS from the start."""
