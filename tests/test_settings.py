"""Settings: who the sender of letters is, and what the office says of itself, are read once and checked."""

from pathlib import Path

import pytest

from compact_cases.settings import Settings, SettingsRefused, load, read_office


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Compact office <compact@office.example>", "compact@office.example"),
        ('"Compact, office" <compact@office.example>', "compact@office.example"),
        ("Büro <compact@office.example>", "compact@office.example"),
        ("<compact@office.example>", "compact@office.example"),
        ("compact@office.example", "compact@office.example"),
    ],
)
def test_the_senders_address_is_what_stands_there(said: str, address: str) -> None:
    assert load({"COMPACT_CASES_MAIL_FROM": said}, None).mail_address == address
    assert Settings(mail_from=said).mail_address == address


@pytest.mark.parametrize(
    "said",
    [
        "compact",
        "Compact office",
        "Compact <compact@office.example>, <other@office.example>",
        "a:b@office.example",
        "compact[5]@office.example",
        "Büro <büro@office.example>",
        "compact@büro.example",
        "Compact\u202e office <compact@office.example>",
        "Compact <compact@office.example> office",
    ],
)
def test_what_is_no_sender_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(SettingsRefused, match="COMPACT_CASES_MAIL_FROM must be like Compact office <"):
        load({"COMPACT_CASES_MAIL_FROM": said}, None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('name = "Compact\\u202e office"', "'name' has hidden characters"),
        ('phone = "01452\\u0007"', "'phone' has hidden characters"),
        ('name = "Compact\\noffice"', "'name' has hidden characters or more than one line"),
        ('email = "a:b@office.example"', "'email' must be an e-mail address"),
        ('email = "büro@office.example"', "'email' must be an e-mail address"),
    ],
)
def test_an_office_file_with_what_nobody_sees_is_refused(tmp_path: Path, line: str, sentence: str) -> None:
    file = tmp_path / "office.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsRefused, match=sentence):
        read_office(file)
