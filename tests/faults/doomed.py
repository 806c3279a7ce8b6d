"""Workers that are killed: ``python -m tests.faults.doomed sweep|digest|post`` runs a pass again and again.

Each pass is a process of its own, does what the worker's task does on the database and mail server of the
environment, and kills itself with SIGKILL at its N-th point: a statement, a commit, a word to the mail
server, or the server's yes. N grows by one until a pass lives; the number of kills is printed.
"""

import os
import signal
import smtplib
import sys
from typing import Any

import psycopg
from sqlalchemy import event

from compact_cases import settings
from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post import morning, post_room
from compact_cases.office.premises import open_premises
from compact_cases.settings import parse_instant

MOST = 200


class Fate:
    def __init__(self, dies_at: int) -> None:
        self.dies_at = dies_at
        self.points = 0

    def reached(self, *_: Any, **__: Any) -> None:
        self.points += 1
        if self.points == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


def one_pass(what: str, dies_at: int) -> None:
    premises = open_premises(
        settings.load(dotenv=None), pool=2, clock=HandClock(parse_instant(os.environ["AT"]))
    )
    fate = Fate(dies_at)
    event.listen(premises.engine, "commit", fate.reached)
    putcmd, send = smtplib.SMTP.putcmd, smtplib.SMTP.data
    execute, execute_many = psycopg.Cursor.execute, psycopg.Cursor.executemany

    def asked(self: psycopg.Cursor[Any], *words: Any, **more: Any) -> Any:
        fate.reached()  # whoever sends it: SQLAlchemy, or a statement that is ready
        return execute(self, *words, **more)

    def asked_many(self: psycopg.Cursor[Any], *words: Any, **more: Any) -> Any:
        fate.reached()
        return execute_many(self, *words, **more)

    def said(self: smtplib.SMTP, *words: Any) -> None:
        fate.reached()
        putcmd(self, *words)

    def handed_over(self: smtplib.SMTP, message: Any) -> Any:
        answer = send(self, message)
        fate.reached()  # the server has said yes, and nothing is written yet
        return answer

    psycopg.Cursor.execute, psycopg.Cursor.executemany = asked, asked_many  # type: ignore[method-assign]
    smtplib.SMTP.putcmd, smtplib.SMTP.data = said, handed_over  # type: ignore[assignment, method-assign]
    if what == "sweep":
        reminders.sweep(premises)
    elif what == "digest":
        morning.write_digests(premises)
    else:
        post_room.send_waiting(premises)


def main(what: str) -> int:
    for dies_at in range(1, MOST):
        child = os.fork()  # nothing is open yet; importing again would take most of the time
        if child == 0:
            one_pass(what, dies_at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            return dies_at - 1
    return MOST


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1])))
