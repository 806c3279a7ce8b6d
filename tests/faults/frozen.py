"""A worker that stands still: ``python -m tests.faults.frozen sweep|post POINT`` stops itself at a point.

A point is a part of a statement, a word to the mail server, or ``yes``: the server's to a letter. It stops
with SIGSTOP, as a machine does that is suspended, and goes on when it is sent SIGCONT. Its bounds are those
of a worker, with seconds in the place of minutes.
"""

import os
import signal
import smtplib
import sys
from typing import Any

import psycopg

from compact_cases import settings
from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.records import letter_locks
from compact_cases.records.engines import Bounds
from compact_cases.settings import parse_instant

QUICK = Bounds(lock=5, statement=5, idle=1)


class Stop:
    """Once, at the first mention of the point."""

    def __init__(self, point: str) -> None:
        self.point: str | None = point

    def heard(self, words: str) -> None:
        if self.point and self.point in words:
            self.point = None
            os.kill(os.getpid(), signal.SIGSTOP)


def main(what: str, point: str) -> None:
    stop = Stop(point)
    execute = psycopg.Cursor.execute
    putcmd, data = smtplib.SMTP.putcmd, smtplib.SMTP.data

    def asked(self: psycopg.Cursor[Any], query: Any, *words: Any, **more: Any) -> Any:
        stop.heard(str(query))
        return execute(self, query, *words, **more)

    def said(self: smtplib.SMTP, command: str, *words: Any) -> None:
        stop.heard(command.upper())
        putcmd(self, command, *words)

    def handed_over(self: smtplib.SMTP, message: Any) -> Any:
        answer = data(self, message)
        stop.heard("yes")
        return answer

    psycopg.Cursor.execute = asked  # type: ignore[method-assign]
    smtplib.SMTP.putcmd, smtplib.SMTP.data = said, handed_over  # type: ignore[method-assign, assignment]
    letter_locks.IDLE_SECONDS = 5
    clock = HandClock(parse_instant(os.environ["AT"]))
    premises = open_premises(settings.load(dotenv=None), pool=2, clock=clock, bounds=QUICK)
    if what == "sweep":
        reminders.sweep(premises)
    else:
        post_room.send_waiting(premises)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
