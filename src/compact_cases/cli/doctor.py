"""``compact-cases doctor``: what is wrong with this installation, and what to do about it."""

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import click
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from compact_cases import settings
from compact_cases.parts import schema
from compact_cases.parts.joining import joined
from compact_cases.parts.revisions import WrongSchema, hold_to
from compact_cases.settings import Settings, SettingsRefused, check_for_serving


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``advice`` is empty when it is as it should be."""

    subject: str
    state: str
    advice: str = ""


# Checks of what the office holds (stuck work, holidays, missing people) are added here as they come.
CHECKS: list[Callable[[Settings], Iterator[Finding]]] = []


@click.command()
def doctor() -> None:
    """Look at settings, connections, migrations and mail: what is wrong and what to do."""
    with joined(settings.load()) as (found, _):
        findings = [
            finding for check in (_settings, _database, _redis, _mail, *CHECKS) for finding in check(found)
        ]
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
    except SQLAlchemyError:
        yield Finding(
            "Database", "does not answer", "Check COMPACT_CASES_DATABASE_URL and that PostgreSQL runs."
        )
    finally:
        engine.dispose()


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
    address = urlsplit(found.smtp_url)
    try:
        with smtplib.SMTP(address.hostname or "", address.port or 25, timeout=10) as line:
            line.noop()
        yield Finding("Mail", "the server answers")
    except (OSError, smtplib.SMTPException):
        yield Finding(
            "Mail", "the server does not answer", "Check COMPACT_CASES_SMTP_URL; letters wait meanwhile."
        )
