"""Settings: who the sender of letters is, and what the office says of itself, are read once and checked."""

from pathlib import Path

import pytest

from compact_cases.settings import Settings, SettingsRefused, check_for_serving, load, read_office


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


SAFE = {
    "COMPACT_CASES_ENVIRONMENT": "production",
    "COMPACT_CASES_SECRET_KEY": "vN4q7xPz1tKc9wRb3mYe6sHd8gLf2jUa",
    "COMPACT_CASES_BASE_URL": "https://compact.example.org",
    "COMPACT_CASES_DATABASE_URL": "postgresql://compact_cases_app@db/compact_cases",
    "COMPACT_CASES_SMTP_URL": "smtp://user:word@mail.example.org:587?starttls=1",
}


def test_a_safe_production_starts() -> None:
    check_for_serving(load(SAFE, None))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "SMTP_URL",
            "smtp://user:word@mail.example.org",
            "the mail server's password in the clear",
        ),
        ("SMTP_URL", "smtp://user:word@mail.example.org?starttls=0", "in the clear; add \\?starttls=1"),
        ("SMTP_URL", "http://mail.example.org", "must be like smtp://"),
        ("SMTP_URL", "mail.example.org:25", "must be like smtp://"),
        ("SECRET_KEY", "a" * 40, "of your own"),
        ("SECRET_KEY", "abababababababababababababababababababab", "of your own"),
        ("SECRET_KEY", "short", "32 characters or more"),
        ("BASE_URL", "http://compact.example.org", "must start with https://"),
        ("PROXIES", "10.0.0.0/33", "COMPACT_CASES_PROXIES must be networks"),
        ("PROXIES", "*", "COMPACT_CASES_PROXIES must be networks"),
    ],
)
def test_production_refuses_what_is_not_safe(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsRefused, match=sentence):
        check_for_serving(load({**SAFE, f"COMPACT_CASES_{name}": value}, None))


@pytest.mark.parametrize("url", ["smtps://user:word@mail.example.org", "smtp://mail.example.org"])
def test_a_password_behind_tls_or_none_at_all_is_well(url: str) -> None:
    check_for_serving(load({**SAFE, "COMPACT_CASES_SMTP_URL": url}, None))


@pytest.mark.parametrize("host", ["compact.example.org", "192.0.2.7", "[2001:db8::7]"])
def test_the_development_secret_serves_no_public_name(host: str) -> None:
    said = {"COMPACT_CASES_ENVIRONMENT": "development", "COMPACT_CASES_BASE_URL": f"http://{host}:8000"}
    with pytest.raises(SettingsRefused, match="development secret"):
        check_for_serving(load(said, None))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "office.localhost"])
def test_at_home_it_serves(host: str) -> None:
    said = {"COMPACT_CASES_ENVIRONMENT": "development", "COMPACT_CASES_BASE_URL": f"http://{host}:8000"}
    check_for_serving(load(said, None))


def test_an_env_file_that_is_not_used_says_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / ".env"
    file.write_text("COMPACT_CASES_BASE_URL=https://compact.example.org\n")
    file.chmod(0o644)
    assert load({}, file).base_url == Settings.base_url
    assert f"{file} is not used: others may read it. Close it: chmod 600 {file}" in caplog.text
    caplog.clear()
    file.chmod(0o600)
    assert load({}, file).base_url == "https://compact.example.org"
    assert caplog.text == ""
