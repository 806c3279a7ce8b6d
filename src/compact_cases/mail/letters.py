"""Letters: a notice and what it is about become a subject, a text and an HTML part, and one message."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from functools import cache, cached_property
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from compact_cases.mail.addresses import Unwritable, on_the_wire
from compact_cases.mail.invitations import Invitation
from compact_cases.rules.guard import sentence
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import last_day
from compact_cases.rules.tasks import in_words as in_task_words
from compact_cases.rules.working_days import Calendar
from compact_cases.settings import Office
from compact_cases.shipped import templates_folder

TEXT_WIDTH = 72
# No quoted-printable text can hold "=_" (RFC 2045, 6.7). Without one Python makes a number up and compiles an
# expression to look for it in each letter: 0.15 of 2 ms.
BOUNDARY = "=_of-this-letter"


ENCLOSING = "=_with-what-is-enclosed"  # never that of the part within


class _Headers(HeaderRegistry):
    """Python makes a class anew for each header of each message; here one a name is enough."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        name = name.lower()
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


class _AsWritten(str):
    """A header's value that is right as it stands: the email package would parse it and write that."""

    def __new__(cls, name: str, value: str) -> "_AsWritten":
        made = super().__new__(cls, value)
        made.name = name
        return made

    name: str  # by which the package knows that it need not read the value

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


# Python folds a long subject right after "Subject:", and mail programs then show a space before it.
POLICY = SMTP.clone(max_line_length=200, header_factory=_Headers())
NOBODY = "undisclosed-recipients:;"  # RFC 5322, 3.4: an address that no server takes is not shown either


@dataclass(frozen=True)
class Occasion:
    """What a letter may know: no content of a case, no name but its recipient's.

    ``facts`` are those of the notice; chasing letters have ``items``, one for each obligation. ``on_paper``:
    it is posted or read out, and cannot open a page by being clicked.
    """

    notice: str
    role: str
    name: str
    link: str
    facts: Mapping[str, Any]
    today: date
    calendar: Calendar | None = None
    reference: str = ""
    stage: str = ""
    on_paper: bool = False
    stages: Mapping[str, str] = field(default_factory=dict)  # their names in the procedure of the case


@dataclass(frozen=True)
class Item:
    """One obligation in a chasing letter, its date in words with working days. ``part`` tells obligations of
    one name apart: the number of an agreed action."""

    obligation: str
    day: date
    today: date
    calendar: Calendar | None
    part: str = ""

    @property
    def due(self) -> str:
        return in_words(self.day)

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @cached_property
    def in_brackets(self) -> str:
        """`` (in 4 working days)``; nothing where a calendar does not reach so far."""
        if self.calendar is None:
            return ""
        try:
            days = self.calendar.working_days_between(self.today, self.day)
        except Refused:
            return ""
        if self.is_today:
            return " (today)"
        count = "1 working day" if abs(days) == 1 else f"{abs(days)} working days"
        if days == 0:  # a date just before or after a weekend or holiday, seen from within it
            return ""
        return f" ({count} ago)" if self.is_past else f" (in {count})"


@dataclass(frozen=True)
class Line:
    """One line of a digest: a case with what is owed there by a day, or a task in words."""

    reference: str
    stage: str
    item: Item | None
    task: str
    pause: bool  # the day is that on which it ends by itself


@dataclass(frozen=True)
class Section:
    """Lines of one kind; ``more``: how many there are beside these."""

    name: str
    lines: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str

    def without(self, token: str) -> "Rendered":
        """The same for keeping: what opens a door is cut out."""
        if not token:
            return self
        return Rendered(self.subject, self.text.replace(token, "…"), self.html.replace(token, "…"))


def rendered(occasion: Occasion, office: Office) -> Rendered:
    """The letter in words. Raises jinja2's UndefinedError when a fact that its template needs is missing."""
    context = _context(occasion, office)
    parts = _templates(occasion.notice)
    subject = " ".join(parts["subject.txt"].render(context).split())
    context["subject"] = subject
    words = parts["body.txt"].render(context)
    if occasion.on_paper:  # its page wraps it, on a screen and on paper
        return Rendered(subject, _wrapped(words, "", len(words)), "")
    text = _wrapped(words, occasion.link)
    return Rendered(subject, text, _inliner().inline(parts["body.html"].render(context)))


def _context(occasion: Occasion, office: Office) -> dict[str, Any]:
    facts = occasion.facts
    items = [
        Item(
            one.get("obligation", ""),
            date.fromisoformat(one["due"]),
            occasion.today,
            occasion.calendar,
            one.get("item", ""),
        )
        for one in facts.get("items", [facts])
        if "due" in one
    ]
    closes = date.fromisoformat(facts["closes"]) if "closes" in facts else None
    return {
        "reference": occasion.reference,
        "stage": occasion.stage,
        "role": occasion.role,
        "greeting": f"Dear {occasion.name}," if occasion.name else "Hello,",
        "facts": facts,
        "took": [sentence(one, occasion.stages) for one in facts.get("took", []) if one["days"] != 0],
        "items": items,
        "copied": bool(facts.get("copy")),
        "told": next((one["told"] for one in facts.get("items", []) if "told" in one), ""),
        "due": items[0].due if items else "",
        "in_brackets": items[0].in_brackets if items else "",
        "closes": Item("", closes, occasion.today, occasion.calendar) if closes else None,
        "since": in_words(date.fromisoformat(facts["since"])) if "since" in facts else "",
        "written": in_words(date.fromisoformat(facts["written"])) if "written" in facts else "",
        "reopen_until": _reopen_until(facts, occasion.calendar),
        "meets": in_words(date.fromisoformat(facts["on"])) if "on" in facts else "",
        "link": occasion.link,
        "on_paper": occasion.on_paper,
        "office": office,
        "sections": [_section(one, occasion) for one in facts.get("sections", ())],
    }


def _reopen_until(facts: Mapping[str, Any], calendar: Calendar | None) -> str:
    """Until when a side can ask to open a closed case again; empty where no calendar reaches so far."""
    if "closed" not in facts or calendar is None:
        return ""
    try:
        return in_words(last_day(datetime.fromisoformat(facts["closed"]), calendar))
    except Refused:
        return ""


def _section(section: Mapping[str, Any], occasion: Occasion) -> Section:
    lines = tuple(_line(one, occasion) for one in section["lines"])
    return Section(section["name"], lines, section["count"])


def _line(line: Mapping[str, Any], occasion: Occasion) -> Line:
    day = date.fromisoformat(line["day"]) if "day" in line else None
    item = Item(line.get("obligation", ""), day, occasion.today, occasion.calendar) if day else None
    task = in_task_words(line["task"]) if "task" in line else ""
    return Line(line.get("reference", ""), line.get("stage", ""), item, task, line.get("pause", False))


def message(
    letter: Rendered,
    *,
    sender: str,
    reply_to: str,
    to: str,
    message_id: str,
    thread: str | None,
    at: datetime,
    enclosed: Invitation | None = None,
) -> EmailMessage:
    """The message as it goes out, to one address only."""
    mail = EmailMessage(policy=POLICY)
    for name, value in _of_every_letter(sender, reply_to):
        mail[name] = value
    mail["To"] = _AsWritten("To", _written(to))
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if thread:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    mail.set_content(letter.text, cte="quoted-printable")
    mail.make_alternative(BOUNDARY)
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if enclosed:
        mail.make_mixed(ENCLOSING)
        mail.add_attachment(
            enclosed.text.encode(),
            maintype="text",
            subtype="calendar",
            params={"method": enclosed.method, "charset": "utf-8"},
            filename="invitation.ics",
        )
    return mail


def _written(to: str) -> str:
    try:
        return on_the_wire(to)
    except Unwritable:  # the delivery refuses it, and says so
        return NOBODY


@cache
def _of_every_letter(sender: str, reply_to: str) -> tuple[tuple[str, BaseHeader], ...]:
    """The headers that are the same in each letter of an office: read once, not for each letter."""
    words = {
        "From": sender,
        "Reply-To": reply_to,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "en-GB",
    }
    return tuple((name, POLICY.header_factory(name, value)) for name, value in words.items() if value)


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


@cache
def _templates(notice: str) -> dict[str, Template]:
    plain, html = _environments()
    return {
        name: (html if name.endswith(".html") else plain).get_template(f"mail/{notice}/{name}")
        for name in ("subject.txt", "body.txt", "body.html")
    }


@cache
def _environments() -> tuple[Environment, Environment]:
    def environment(autoescape: bool) -> Environment:
        return Environment(
            loader=FileSystemLoader(templates_folder()),
            autoescape=autoescape,  # noqa: S701 (off for plain text only)
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    return environment(False), environment(True)


@cache
def _inliner() -> CSSInliner:
    """Styles go into each element, for mail readers that drop the sheet; dark mode stays in the sheet."""
    return CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


def _wrapped(text: str, link: str, width: int = TEXT_WIDTH) -> str:
    """Paragraphs at 72 columns; single line ends are kept, and the link is never broken."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        whole = line.strip() == link or not line.strip()
        lines += [line.strip()] if whole else textwrap.wrap(line, width, break_long_words=False)
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept) + "\n"
