"""``compact-cases doctor``: what is wrong with this installation, and what to do about it."""

from collections.abc import Callable, Iterator
from email.utils import make_msgid

import click
import psycopg
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from compact_cases import settings
from compact_cases.cli import doctor_of_people, doctor_of_role
from compact_cases.cli.doctor_of_people import Finding
from compact_cases.clock import Clock
from compact_cases.mail.delivery import Carrier, NotSent, server_of
from compact_cases.mail.letters import Rendered, message
from compact_cases.office.post.holding import SAY_SO
from compact_cases.parts import schema
from compact_cases.parts.joining import joined
from compact_cases.parts.revisions import WrongSchema, hold_to
from compact_cases.records import restores
from compact_cases.settings import Settings, SettingsRefused, check_for_serving

TEST_SUBJECT = "A test letter from the Compact office"
TEST_TEXT = "Somebody looks whether letters go out. They do. There is nothing you need to do."


def _proof(found: Settings) -> Iterator[Finding]:
    """What proves the record, and what is not proved."""
    from compact_cases.office.premises import open_premises
    from compact_cases.office.proof import standing

    premises = None
    try:
        premises = open_premises(found, pool=1)
        for one in standing.of(premises):
            yield Finding(one.subject, one.state, one.advice)
    except (SettingsRefused, SQLAlchemyError, WrongSchema):  # said above, of the settings or of the database
        return
    finally:
        if premises:
            premises.engine.dispose()


# Checks of what the office holds (stuck work, holidays, missing people) are added here as they come.
CHECKS: list[Callable[[Settings], Iterator[Finding]]] = [_proof]


@click.command()
@click.option("--send-test-letter", "to", metavar="ADDRESS", help="Send one letter there, as all letters go.")
def doctor(to: str | None) -> None:
    """Look at settings, connections, migrations and mail: what is wrong and what to do."""
    if to is not None and "@" not in to:
        raise click.UsageError("ADDRESS must be an e-mail address.")
    with joined(settings.load()) as (found, _):
        findings = [
            finding for check in (_settings, _database, _redis, _mail, *CHECKS) for finding in check(found)
        ]
        if to is not None:
            findings.append(_test_letter(found, to))
    for finding in findings:
        print(f"{'look' if finding.advice else 'good'}  {finding.subject}: {finding.state}")
        if finding.advice:
            print(f"      {finding.advice}")
    wrong = sum(bool(finding.advice) for finding in findings)
    if wrong:
        raise click.ClickException(f"{wrong} of {len(findings)} things need a look.")


def _settings(found: Settings) -> Iterator[Finding]:
    try:
        check_for_serving(found)
    except SettingsRefused as refusal:
        yield Finding("Settings", "not safe to serve", str(refusal))
    else:
        yield Finding("Settings", found.environment)


def _database(found: Settings) -> Iterator[Finding]:
    engine = create_engine(make_url(found.database_url or "").set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            version = int(str(connection.execute(text("SHOW server_version_num")).scalar()))
        advice = "" if version >= 160000 else "PostgreSQL 16 or later is needed."
        yield Finding("Database", f"PostgreSQL {version // 10000}", advice)
        has = schema.current(found.database_url or "")
        yield Finding("Schema", has or "none yet", _about(has))
        if not _about(has):
            yield from doctor_of_role.look(found)
            with engine.connect() as connection:
                yield _restore(connection)
                yield from doctor_of_people.look(connection)
    except (SQLAlchemyError, psycopg.Error):
        yield Finding(
            "Database", "does not answer", "Check COMPACT_CASES_DATABASE_URL and that PostgreSQL runs."
        )
    finally:
        engine.dispose()


def _restore(connection: Connection) -> Finding:
    if restores.is_held(connection):
        return Finding("Post", "held", SAY_SO)
    return Finding("Post", "letters go")


def _about(revision: str | None) -> str:
    try:
        hold_to(revision)
    except WrongSchema as wrong:
        return str(wrong)
    return ""


def _redis(found: Settings) -> Iterator[Finding]:
    if found.redis_url is None:
        yield Finding("Redis", "not set", "Set COMPACT_CASES_REDIS_URL, or run compact-cases up.")
        return
    import redis

    try:
        redis.Redis.from_url(found.redis_url.replace("redis+socket://", "unix://"), socket_timeout=5).ping()
        yield Finding("Redis", "answers")
    except (redis.RedisError, ValueError):
        yield Finding("Redis", "does not answer", "Check COMPACT_CASES_REDIS_URL and that Redis runs.")


def _mail(found: Settings) -> Iterator[Finding]:
    if found.smtp_url is None:
        yield Finding("Mail", "not set", "Set COMPACT_CASES_SMTP_URL; until then letters wait.")
        return
    try:
        Carrier(server_of(found.smtp_url)).try_out()
        yield Finding("Mail", "the server answers")
    except NotSent as problem:
        advice = "Check COMPACT_CASES_SMTP_URL; letters wait meanwhile."
        yield Finding("Mail", str(problem), advice)


def _test_letter(found: Settings, to: str) -> Finding:
    """One letter that says nothing, over the way that all letters go."""
    if found.smtp_url is None:
        return Finding("Test letter", "not sent", "Set COMPACT_CASES_SMTP_URL first.")
    office = found.office
    words = Rendered(TEST_SUBJECT, TEST_TEXT, f"<p>{TEST_TEXT}</p>")
    letter = message(
        words,
        sender=found.mail_from,
        reply_to=office.email,
        to=to,
        message_id=make_msgid(domain="compact.invalid"),
        thread=None,
        at=Clock().now(),
    )
    try:
        Carrier(server_of(found.smtp_url)).send(letter, found.mail_address, to)
    except NotSent as problem:
        return Finding("Test letter", str(problem), "No letter would arrive there now.")
    return Finding("Test letter", "the server took it")
