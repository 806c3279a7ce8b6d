"""``sweep`` and ``post`` on the command line: counts in words and as JSON, and nothing in a dry run."""

import json

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.settings import Settings
from tests.builders import local
from tests.office.staging import Scene, scene
from tests.parts.running import bare_environment, run
from tests.sink import Sink

pytestmark = pytest.mark.processes


@pytest.fixture
def environment(settings: Settings, smtp_sink: Sink) -> dict[str, str]:
    """A case put to the council on 2 March 2026; it is Monday 9 March, ten in the morning."""
    premises = open_premises(settings, pool=2, clock=HandClock(local("2026-02-23 10:00")))
    stage: Scene = scene(premises, premises.clock)  # type: ignore[arg-type]
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    premises.engine.dispose()
    return bare_environment(
        DATABASE_URL=settings.database_url or "",
        SMTP_URL=smtp_sink.url,
        ENVIRONMENT="development",
        CLOCK="2026-03-09T10:00",
        DATA_DIR=str(settings.data_dir),
    )


NOTHING_SENT = "0 sent, 0 put off, 0 failed, 0 no longer needed, 0 to be posted or told by telephone.\n"


def test_sweep_then_post(environment: dict[str, str], smtp_sink: Sink) -> None:
    counts = {"cases": 1, "reminders": 1, "escalations": 0, "effects": 0, "superseded": 0, "skipped": {}}
    for _ in range(2):  # a dry run changes nothing
        dry = run("sweep", "--dry-run", "--json", environment=environment)
        assert (dry.returncode, json.loads(dry.stdout)) == (0, {"dry_run": True, **counts})
    swept = run("sweep", "--json", environment=environment)
    assert json.loads(swept.stdout) == {"dry_run": False, **counts}
    assert run("sweep", environment=environment).stdout.startswith("Looked at 0 cases: 0 reminders")
    posted = run("post", "--json", environment=environment)
    assert json.loads(posted.stdout) == {"sent": 3, "deferred": 0, "failed": 0, "withdrawn": 3, "by_hand": 0}
    assert len(smtp_sink.to("champion@northvale.example")) == 2
    assert run("post", environment=environment).stdout == NOTHING_SENT


def test_failed_letters_are_sent_again_by_a_command(environment: dict[str, str], smtp_sink: Sink) -> None:
    smtp_sink.answers["champion@northvale.example"] = "550 5.1.1 No such user"
    run("sweep", environment=environment)
    assert json.loads(run("post", "--json", environment=environment).stdout)["failed"] >= 1
    smtp_sink.answers.clear()
    done = run("post", "retry", environment=environment)
    assert done.stdout == "2 letters to be sent again; 1 address trusted again.\n"
    assert json.loads(run("post", "retry", "--json", environment=environment).stdout) == {
        "letters": 0,
        "addresses": 0,
    }
    run("post", environment=environment)
    assert len(smtp_sink.to("champion@northvale.example")) == 2


def test_post_without_a_mail_server_says_which_setting_is_missing(environment: dict[str, str]) -> None:
    del environment["COMPACT_CASES_SMTP_URL"]
    done = run("post", environment=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "COMPACT_CASES_SMTP_URL is not set, so no letter can be sent.\n"


def test_a_mail_server_address_that_is_none_is_refused(environment: dict[str, str]) -> None:
    done = run("post", environment={**environment, "COMPACT_CASES_SMTP_URL": "mail.example"})
    assert done.returncode == 1
    assert "must be like smtp://" in done.stderr


def test_doctor_sends_a_test_letter_when_asked(environment: dict[str, str], smtp_sink: Sink) -> None:
    asked = ("doctor", "--send-test-letter", "me@office.example")
    done = run(*asked, environment=environment)
    assert "good  Test letter: the server took it" in done.stdout
    [letter] = smtp_sink.to("me@office.example")
    assert letter.subject == "A test letter from the Compact office"
    assert "nothing you need to do" in str(letter.body("plain"))
    smtp_sink.answers["RCPT"] = "550 5.7.1 We do not know you"
    done = run(*asked, environment=environment)
    assert done.returncode == 1
    assert "look  Test letter: The server did not take it (550 5.7.1)." in done.stdout
    refused = run("doctor", "--send-test-letter", "nobody", environment=environment)
    assert (refused.returncode, len(smtp_sink.letters)) == (2, 1)
