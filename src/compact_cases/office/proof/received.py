"""Heads as they were received, read from wherever they were kept: mails, a mailbox, or plain text."""

import mailbox
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from compact_cases.rules.heads import Head, read_heads
from compact_cases.rules.refusals import Refused

TAGS = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
HEADERS = ("from", "received", "message-id", "subject", "mime-version")


def heads_received(places: Iterable[Path]) -> list[Head]:
    """Every head in these files; of a folder, in each of its files. Raises Refused where one has none."""
    found: list[Head] = []
    for place in places:
        here = [head for file in _files(place) for head in _in_file(file)]
        if not here:
            raise Refused(f"There is no head in {place}.")
        found += here
    return list(dict.fromkeys(found))


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(one for one in place.rglob("*") if one.is_file())
    else:
        yield place


def _in_file(file: Path) -> Iterator[Head]:
    data = file.read_bytes()
    if data.startswith(b"From "):
        for one in mailbox.mbox(file, create=False):
            yield from _in_mail(one)
        return
    mail = message_from_bytes(data)
    if any(name in mail for name in HEADERS):
        yield from _in_mail(mail)
    else:
        yield from read_heads(data.decode("utf-8", "replace"))


def _in_mail(mail: Message) -> Iterator[Head]:
    """In each part that is text, those of forwarded mails too; a file that was attached may be one.

    A head is plain ASCII, so the encoding of the words around it does not matter.
    """
    for part in mail.walk():
        content = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield from read_heads(TAGS.sub(" ", content.decode("latin-1")))
