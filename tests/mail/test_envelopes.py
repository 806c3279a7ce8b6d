"""The envelope names exactly the person that was meant, on a server that takes plain ASCII only."""

from collections.abc import Iterator

import pytest

from compact_cases.mail.delivery import Carrier, RefusedAddress, server_of
from tests.mail.test_delivery import FROM, mail
from tests.sink import Sink

BRACKETS, COLON = "rosa[5]@elmfield.example", "a:b@elmfield.example"


@pytest.fixture
def carrier(smtp_sink: Sink) -> Iterator[Carrier]:
    smtp_sink.smtputf8 = False
    carrier = Carrier(server_of(smtp_sink.url))
    yield carrier
    carrier.close()


def to_header(sink: Sink) -> bytes:
    [letter] = sink.letters
    head = letter.raw.partition(b"\r\n\r\n")[0]
    [line] = [line for line in head.split(b"\r\n") if line.lower().startswith(b"to:")]
    return line.partition(b":")[2].strip()


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("sue@elmfield.example", "sue@elmfield.example"),
        ("o'neil+club@elmfield.example", "o'neil+club@elmfield.example"),
        # what was kept before such addresses were refused: quoted, it is still theirs and nobody else's
        (BRACKETS, '"rosa[5]"@elmfield.example'),
        (COLON, '"a:b"@elmfield.example'),
        ("a@b@elmfield.example", '"a@b"@elmfield.example'),
        ("a,b@elmfield.example", '"a,b"@elmfield.example'),
        ('say"so@elmfield.example', '"say\\"so"@elmfield.example'),
        ("sue@bücher.example", "sue@xn--bcher-kva.example"),
        ("sue@BÜCHER.example", "sue@xn--bcher-kva.example"),
        (f"{'x' * 64}@{'.'.join(['y' * 60] * 3)}.example", f"{'x' * 64}@{'.'.join(['y' * 60] * 3)}.example"),
    ],
)
def test_envelope_and_header_name_whom_the_office_holds(
    smtp_sink: Sink, carrier: Carrier, held: str, written: str
) -> None:
    carrier.send(mail(held), FROM, held)
    assert [one.to for one in smtp_sink.letters] == [(written,)]
    assert to_header(smtp_sink) == written.encode("ascii")


@pytest.mark.parametrize(
    "held",
    [
        "zoë@elmfield.example",
        "sue@\N{SNOWMAN}.example",
        "sue",
        "sue@",
        "@elmfield.example",
        "sue@elmfield.example\r\nRCPT TO:<mal@elsewhere.example>",
        "sue\r\nBcc: mal@elsewhere.example@elmfield.example",
        "sue@elm field.example",
        "sue@elmfield.example> BODY=8BITMIME <mal@elsewhere.example",
        "sue\u200b@elmfield.example",
        "sue@elm\u200bfield.example",
    ],
)
def test_what_cannot_be_written_on_an_envelope_goes_to_nobody(
    smtp_sink: Sink, carrier: Carrier, held: str
) -> None:
    with pytest.raises(RefusedAddress) as refusal:
        carrier.send(mail(held), FROM, held)
    assert "elmfield" not in str(refusal.value)
    assert smtp_sink.letters == []
    carrier.send(mail(), FROM, "sue@elmfield.example")
    assert [one.to for one in smtp_sink.letters] == [("sue@elmfield.example",)]
