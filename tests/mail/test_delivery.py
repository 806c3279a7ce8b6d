"""Handing messages over: what a server's address says, what its answers mean."""

import socket
import threading
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from compact_cases.clock import machine_seconds
from compact_cases.mail.delivery import (
    Carrier,
    PutOff,
    RefusedAddress,
    RefusedMailbox,
    Server,
    Unreachable,
    server_of,
)
from compact_cases.mail.letters import Rendered, message
from compact_cases.settings import SettingsRefused
from tests.builders import local
from tests.sink import Sink

FROM, TO = "compact@office.example", "sue@elmfield.example"


def mail(to: str = TO) -> EmailMessage:
    return message(
        Rendered("GC-2026-0042: a letter", "Dear Zoë,\n.\n..\nFrom here\n", "<p>Dear Zoë,</p>"),
        sender=f"Compact office <{FROM}>",
        reply_to=FROM,
        to=to,
        message_id="<abc@office.example>",
        thread=None,
        at=local("2026-03-10 09:00"),
    )


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 25)),
        ("smtp://mail.example:2525", Server("mail.example", 2525)),
        ("smtps://mail.example", Server("mail.example", 465, tls=True)),
        ("smtp://mail.example?starttls=1", Server("mail.example", 587, starttls=True)),
        ("smtp://mail.example:25?starttls=0&timeout=5", Server("mail.example", 25, seconds=5)),
        ("smtp://a%40b:p%2Fw@mail.example:587", Server("mail.example", 587, "a@b", "p/w")),
    ],
)
def test_a_servers_address(url: str, server: Server) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://:25"])
def test_what_is_no_servers_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(SettingsRefused, match="must be like smtp://"):
        server_of(url)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(server_of("smtp://user:secret@mail.example"))


def test_lines_that_begin_with_a_dot_arrive_as_they_were(smtp_sink: Sink) -> None:
    Carrier(server_of(smtp_sink.url)).send(mail(), FROM, TO)
    body = (smtp_sink.letters[0].body("plain") or "").splitlines()
    assert body == ["Dear Zoë,", ".", "..", "From here"]


@pytest.mark.parametrize(
    ("place", "answer", "meaning"),
    [
        ("RCPT", "450 4.2.1 Mailbox busy", PutOff),
        ("RCPT", "421 4.3.2 Going down", PutOff),
        ("RCPT", "550 5.1.1 sue@elmfield.example is unknown", RefusedAddress),
        ("RCPT", "550 5.1.10 It takes no mail", RefusedAddress),
        ("RCPT", "550 sue@elmfield.example is unknown", RefusedMailbox),
        ("RCPT", "550 5.7.1 We do not trust you", PutOff),
        ("RCPT", "550 5.1.15 Of another age", PutOff),
        ("RCPT", "553 no", PutOff),
        ("RCPT", "450 5.1.1 Perhaps", PutOff),
        ("DATA", "452 4.3.1 Full", PutOff),
        ("DATA", "550 5.1.1 Unknown after all", RefusedAddress),
        ("DATA", "550 no", PutOff),
        ("DATA", "554 5.7.1 No", PutOff),
        ("DATA", "554 no", PutOff),
    ],
)
def test_what_an_answer_means(smtp_sink: Sink, place: str, answer: str, meaning: type[Exception]) -> None:
    smtp_sink.answers[place] = answer
    carrier = Carrier(server_of(smtp_sink.url))
    with pytest.raises(meaning) as refusal:
        carrier.send(mail(), FROM, TO)
    assert type(refusal.value) is meaning
    assert TO not in str(refusal.value)  # it is kept with the letter
    smtp_sink.answers.clear()
    carrier.send(mail(), FROM, TO)  # and the connection is good for the next one
    assert len(smtp_sink.letters) == 1


def test_where_nobody_listens_no_letter_is_to_blame() -> None:
    with pytest.raises(Unreachable, match="does not answer"):
        Carrier(Server("127.0.0.1", 1)).send(EmailMessage(policy=SMTP), FROM, TO)


class Dripping(threading.Thread):
    """A server that never stops talking: a byte at a time, each well within the time for an answer."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()

    def run(self) -> None:
        client, _ = self.listener.accept()
        client.sendall(b"220 dripping.example\r\n")
        client.recv(100)
        client.sendall(b"250 dripping.example\r\n")
        client.recv(100)
        while not self.over.wait(0.05):
            try:
                client.sendall(b"x")
            except OSError:
                return


def test_a_letter_has_its_time_whatever_a_server_drips() -> None:
    server = Dripping()
    server.start()
    began = machine_seconds()
    slow = Server("127.0.0.1", server.listener.getsockname()[1], seconds=5, whole_seconds=0.5)
    with pytest.raises(Unreachable, match="took too long"):
        Carrier(slow).send(mail(), FROM, TO)
    assert machine_seconds() - began < 4
    server.over.set()
    server.listener.close()
