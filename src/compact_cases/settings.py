"""Every setting of the service, read from the environment once into frozen objects."""

import ipaddress
import logging
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from compact_cases.rules.compact import Compact, read_compact
from compact_cases.rules.refusals import Refused
from compact_cases.rules.routes import Route, read_routes
from compact_cases.rules.writing import problem_with

_log = logging.getLogger(__name__)
OFFICE_ZONE = ZoneInfo("Europe/London")
DEVELOPMENT_SECRET = "development-only-secret-not-for-production"  # noqa: S105 (refused in production)
PREFIX = "COMPACT_CASES_"
ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+"
PLAIN_ADDRESS = re.compile(rf"{ATOMS}@[A-Za-z0-9.-]+")  # ours; those that people type are another matter
MAILBOX = re.compile(rf"(?P<alone>{PLAIN_ADDRESS.pattern})|[^<>]*<(?P<address>{PLAIN_ADDRESS.pattern})>")


class SettingsRefused(Exception):
    """A setting is missing or wrong; the message is one sentence that says what to do."""


@cache
def shipped_routes() -> tuple[Route, ...]:
    """Outside routes of England, where an office does not say its own."""
    shipped = Path(__file__).with_name("compact") / "routes.toml"
    return read_routes(tomllib.loads(shipped.read_text(encoding="utf-8"))["routes"])


@dataclass(frozen=True)
class Office:
    """Who runs the Compact of an area, and the hours and days on which its letters go out."""

    name: str = "Gloucestershire Compact office"
    area: str = "Gloucestershire"
    host: str = "voluntary sector infrastructure organisation"
    prefix: str = "GC"
    phone: str = "01452 555 010"
    email: str = "compact@office.example"
    archive: str = ""  # where the day's proof of the record is sent: out of reach of who runs the service
    window_start: time = time(8, 0)
    window_end: time = time(18, 0)
    window_every_day: bool = False
    closing_days: tuple[tuple[date, str], ...] = ()
    sample: bool = False
    compact: Compact = field(default_factory=Compact)
    routes: tuple[Route, ...] = field(default_factory=shipped_routes)  # where else one can turn


@dataclass(frozen=True)
class Settings:
    """What the environment says; ``None`` where a part is to be found in the data folder."""

    environment: str = "production"
    database_url: str | None = None
    redis_url: str | None = None
    smtp_url: str | None = None
    mail_from: str = "Compact office <compact@office.example>"
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = DEVELOPMENT_SECRET
    old_secret_key: str | None = None
    data_dir: Path = Path(".data")
    office_file: Path | None = None
    clock: datetime | None = None
    metrics_token: str | None = None
    proxies: tuple[str, ...] = ()  # networks whose word about a visitor's address counts
    office: Office = field(default_factory=Office)

    @property
    def mail_address(self) -> str:
        return address_in(self.mail_from)

    @property
    def in_production(self) -> bool:
        return self.environment == "production"


def load(
    environ: Mapping[str, str] | None = None,
    dotenv: Path | None = Path(".env"),
    *,
    unless_said: str = "production",
) -> Settings:
    """Read the settings; ``environ`` wins over ``.env``; ``unless_said`` is the environment without one.

    Raises SettingsRefused for a value that cannot be used.
    """
    values = {**(_dotenv(dotenv) if dotenv else {}), **(os.environ if environ is None else environ)}

    def given(name: str) -> str | None:
        return values.get(PREFIX + name) or None

    environment = given("ENVIRONMENT") or unless_said
    if environment not in ("development", "production"):
        raise SettingsRefused(f"{PREFIX}ENVIRONMENT must be development or production, not {environment!r}.")
    office_file = Path(text) if (text := given("OFFICE")) else None
    settings = Settings(
        environment=environment,
        database_url=given("DATABASE_URL"),
        redis_url=given("REDIS_URL"),
        smtp_url=given("SMTP_URL"),
        mail_from=given("MAIL_FROM") or Settings.mail_from,
        base_url=(given("BASE_URL") or Settings.base_url).rstrip("/"),
        secret_key=given("SECRET_KEY") or DEVELOPMENT_SECRET,
        old_secret_key=given("OLD_SECRET_KEY"),
        data_dir=Path(given("DATA_DIR") or ".data"),
        office_file=office_file,
        clock=_instant(given("CLOCK")),
        metrics_token=given("METRICS_TOKEN"),
        proxies=_networks(given("PROXIES")),
        office=read_office(office_file) if office_file else Office(),
    )
    address_in(settings.mail_from)
    return settings


def address_in(mail_from: str) -> str:
    """The sender's own address. Raises SettingsRefused where there is none."""
    found = MAILBOX.fullmatch(mail_from.strip())
    if found is None or problem_with(mail_from):
        raise SettingsRefused(f"{PREFIX}MAIL_FROM must be like {Settings.mail_from}.")
    return found["alone"] or found["address"]


def check_for_serving(settings: Settings) -> None:
    """Stop a start that would be unsafe. Raises SettingsRefused with what to do."""
    if settings.smtp_url is not None:
        _check_mail(settings.smtp_url, settings.in_production)
    if settings.secret_key == DEVELOPMENT_SECRET and not _is_at_home(settings.base_url):
        raise SettingsRefused(
            f"{PREFIX}SECRET_KEY must be set to a secret of 32 characters or more of your own: the"
            f" development secret, which everybody knows, serves no public name, and {PREFIX}BASE_URL is one."
        )
    if not settings.in_production:
        return
    # a few characters again and again are as good as one
    weak = len(settings.secret_key) < 32 or len(set(settings.secret_key)) < 8
    if weak or settings.secret_key == DEVELOPMENT_SECRET:
        raise SettingsRefused(
            f"In production {PREFIX}SECRET_KEY must be set to a secret of 32 characters or more of your own."
        )
    if not settings.base_url.startswith("https://"):
        raise SettingsRefused(f"In production {PREFIX}BASE_URL must start with https://.")
    refuse_a_moved_clock(settings)
    if settings.database_url is None:
        raise SettingsRefused(f"In production {PREFIX}DATABASE_URL must name a PostgreSQL database.")


def _check_mail(url: str, in_production: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsRefused(f"{PREFIX}SMTP_URL must be like smtp://user:password@host:587?starttls=1.")
    said = parse_qs(parts.query).get("starttls", ["0"])[-1]
    clear = parts.scheme == "smtp" and said in ("0", "no", "false")
    if in_production and parts.password and clear:
        raise SettingsRefused(
            f"{PREFIX}SMTP_URL would send the mail server's password in the clear; add ?starttls=1, or use smtps://."
        )


def _is_at_home(base_url: str) -> bool:
    """Whether an address leads to this machine only."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _networks(text: str | None) -> tuple[str, ...]:
    try:
        return tuple(str(ipaddress.ip_network(one.strip())) for one in (text or "").split(",") if one.strip())
    except ValueError:
        raise SettingsRefused(
            f"{PREFIX}PROXIES must be networks or addresses, such as 10.0.0.0/8, 192.0.2.7, not {text!r}."
        ) from None


def refuse_a_moved_clock(settings: Settings) -> None:
    """For whatever may work on a real office's database, a lone command too. Raises SettingsRefused."""
    if settings.in_production and settings.clock is not None:
        raise SettingsRefused(f"{PREFIX}CLOCK cannot be used in production; remove it.")


def read_office(path: Path) -> Office:
    """Read the office's TOML file. Raises SettingsRefused naming the file and what is wrong in it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsRefused(f"The office file {path} does not exist.") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsRefused(f"The office file {path} cannot be read: {problem}.") from None
    known: dict[str, type] = {
        "name": str,
        "area": str,
        "host": str,
        "prefix": str,
        "phone": str,
        "email": str,
        "archive": str,
        "window_start": time,
        "window_end": time,
        "window_every_day": bool,
        "sample": bool,
    }
    found: dict[str, object] = {}
    for key, value in table.items():
        if key == "closing_days":
            found[key] = _closing_days(path, value)
        elif key in ("compact", "routes"):
            continue
        elif key not in known:
            raise SettingsRefused(f"The office file {path} has a setting {key!r} that is not known.")
        elif wrong := _problem_with_office(key, value, known[key]):
            raise SettingsRefused(f"In the office file {path}, {key!r} {wrong}.")
        else:
            found[key] = value
    prefix = found.get("prefix", "GC")
    if not (isinstance(prefix, str) and prefix.isascii() and prefix.isalpha() and 1 <= len(prefix) <= 6):
        raise SettingsRefused(f"In the office file {path}, 'prefix' must be one to six letters.")
    try:
        compact = read_compact(table.get("compact", {}), str(found.get("area", Office.area)))
        routes = read_routes(table["routes"]) if "routes" in table else shipped_routes()
    except Refused as refused:
        raise SettingsRefused(f"In the office file {path}, {refused.sentence}") from None
    more = {"prefix": prefix.upper(), "compact": compact, "routes": routes}
    return Office(**{**found, **more})  # type: ignore[arg-type]


def _problem_with_office(key: str, value: object, kind: type) -> str:
    if not isinstance(value, kind):
        return f"must be a {kind.__name__}"
    if isinstance(value, str) and problem_with(value):
        return "has hidden characters or more than one line"
    if key == "email" and not PLAIN_ADDRESS.fullmatch(str(value)):
        return f"must be an e-mail address like {Office.email}"
    return ""


def _closing_days(path: Path, value: object) -> tuple[tuple[date, str], ...]:
    days = []
    for row in value if isinstance(value, list) else [None]:
        day, reason = (row.get("day"), row.get("reason")) if isinstance(row, dict) else (None, None)
        if type(day) is not date or not isinstance(reason, str) or problem_with(reason):
            raise SettingsRefused(
                f"In the office file {path}, each of 'closing_days' must be like "
                '{day = 2026-12-24, reason = "Office closed"}.'
            )
        days.append((day, reason))
    return tuple(sorted(days))


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError:
        raise SettingsRefused(
            f"{PREFIX}CLOCK must be an instant like 2026-03-02T09:30, not {text!r}."
        ) from None


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is the office's local time. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=OFFICE_ZONE) if moment.tzinfo is None else moment.astimezone(OFFICE_ZONE)


def _dotenv(path: Path) -> dict[str, str]:
    """``.env`` counts only when it is the user's own and nobody else may read it."""
    try:
        status = path.stat()
    except OSError:
        return {}
    if status.st_uid != os.getuid():
        _log.warning("%s is not used: it belongs to somebody else.", path)
        return {}
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        _log.warning("%s is not used: others may read it. Close it: chmod 600 %s", path, path)
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip().removeprefix("export "): value.strip().strip("\"'") for key, _, value in pairs}
