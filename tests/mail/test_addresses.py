"""What is wrong with an e-mail address as it is typed, in a sentence."""

import pytest

from compact_cases.mail import addresses

WHOLE = "Please give the whole e-mail address, like name@group.org.uk."


@pytest.mark.parametrize(
    "address",
    [
        "rosa@elmfield.example",
        "o'neil+club@elmfield.example",
        "Rosa.Field@ELMFIELD.example",
        "rosa@bücher.example",
        "rosa@xn--bcher-kva.example",
    ],
)
def test_what_mail_reaches_is_taken(address: str) -> None:
    assert addresses.problem_with(address) == ""


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", WHOLE),
        ("rosa", WHOLE),
        ("rosa@", WHOLE),
        ("@elmfield.example", WHOLE),
        ("a b@c.example", WHOLE),
        ("rosa@elmfield", WHOLE),
        ("rosa@elmfield..example", WHOLE),
        ("rosa@printer.local", WHOLE),
        ("x" * 250 + "@c.example", WHOLE),
        ("rosa[5]@elmfield.example", WHOLE),
        ("a:b@elmfield.example", WHOLE),
        ("Rosa <rosa@elmfield.example>", WHOLE),
        ("rosa@elmfield.example, sue@elmfield.example", WHOLE),
        ('"rosa"@elmfield.example', WHOLE),
        ("rosa@[192.0.2.1]", WHOLE),
        ("rosa@\N{SNOWMAN}.example", WHOLE),
        (
            "zoë@elmfield.example",
            "Many mail servers cannot write to an address with “ë” before the @. Please give another one.",
        ),
        (
            "rosa@elm\u200bfield.example",
            "This has hidden characters in it. Please type it again without them.",
        ),
    ],
)
def test_what_it_does_not_reach_is_refused_in_a_sentence(address: str, sentence: str) -> None:
    assert addresses.problem_with(address) == sentence


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mailto:rosa@elmfield.example", "rosa@elmfield.example"),
        ("MAILTO: rosa@elmfield.example", "rosa@elmfield.example"),
        ("<rosa@elmfield.example>", "rosa@elmfield.example"),
        ("rosa@elmfield.example;", "rosa@elmfield.example"),
        (" rosa@elmfield.example\u00a0", "rosa@elmfield.example"),
        ("mailto.rosa@elmfield.example", "mailto.rosa@elmfield.example"),
        ("rosa@elmfield.example; sue@elmfield.example", "rosa@elmfield.example; sue@elmfield.example"),
    ],
)
def test_what_a_copied_link_brings_along_is_taken_off(typed: str, address: str) -> None:
    assert addresses.as_typed(typed) == address
