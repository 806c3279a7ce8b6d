"""One edition of the procedure: the limits and steps of every obligation, read from its parsed TOML."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

from compact_cases.rules.course import Stage
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import TOLD_BY_WORD, Post, Seat

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST = 260  # working days: about a year; more is a slip of the finger


class StepKind(StrEnum):
    """Stored in the ledger's step keys, for ever."""

    REMINDER = "reminder"
    NUDGE = "nudge"
    ESCALATION = "escalation"
    EFFECT = "effect"


class ProcedureRefused(Refused):
    """A procedure that cannot be used; ``problems`` names every error in it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("This procedure cannot be used. " + " ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Step:
    """One reminder or escalation, ``offset_days`` working days after (less than 0: before) the due date."""

    offset_days: int
    kind: StepKind
    to: Seat | Post
    copy: tuple[Seat | Post, ...] = ()
    effect: str | None = None
    letter: str | None = None  # the notice to send where it is not the one of its kind

    @property
    def key(self) -> str:
        """Unique within an obligation, and kept in the ledger: ``+3-escalation-senior-lead``."""
        return f"{self.offset_days:+d}-{self.kind}-{self.effect or self.to.word}"


@dataclass(frozen=True)
class Terms:
    """What one obligation allows: its limit in working days, and its steps by day."""

    limit: int
    limit_volunteer_run: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """One edition, pinned on each case when it opens."""

    edition: str
    name: str
    note: str
    mediation: bool
    panel: bool
    stages: Mapping[str, str] = field(hash=False)  # stage -> its name on pages
    terms: Mapping[str, Terms] = field(hash=False)  # obligation -> its terms

    def has(self, stage: Stage) -> bool:
        """Whether it can be reached: an edition may do without mediation, and without the panel."""
        if stage is Stage.MEDIATION:
            return self.mediation
        return self.panel or stage not in (Stage.PANEL, Stage.ANSWER_TO_PANEL)


@dataclass(frozen=True)
class Known:
    """What the code knows by name; ``seats`` are those to which letters of a case go."""

    obligations: frozenset[str]
    effects: frozenset[str]
    letters: frozenset[str]
    seats: frozenset[Seat]


def read_procedure(table: Mapping[str, object], known: Known | None) -> Procedure:
    """Read a parsed TOML table. Raises ProcedureRefused with every error, not only the first.

    ``known`` is what it may name; None for an edition that was taken in already, perhaps by a newer version.
    """
    problems: list[str] = []
    read = _Table("the procedure", table, problems)
    procedure = Procedure(
        edition=read.name("edition"),
        name=read.text("name"),
        note=read.text("note"),
        mediation=read.flag("mediation"),
        panel=read.flag("panel"),
        stages=_stages(read.table("stages")),
        terms={obligation: _terms(inner) for obligation, inner in read.table("obligations").tables()},
    )
    read.no_more()
    if not procedure.terms and not problems:
        problems.append("In the procedure, 'obligations' is empty.")
    if known and not problems:
        problems += _unknown(procedure, known)
    if problems:
        raise ProcedureRefused(tuple(problems))
    return procedure


def _unknown(procedure: Procedure, known: Known) -> Iterator[str]:
    """What is named and nothing here knows: it would be found out on the day of the step, in each case."""
    yield from (
        f"In obligations, {name!r} is not known." for name in procedure.terms if name not in known.obligations
    )
    missing = sorted(known.obligations - set(procedure.terms))
    yield from (f"In obligations, {name!r} is missing." for name in missing)
    for name, terms in procedure.terms.items():
        for step in terms.steps:
            place = f"In obligations.{name}, the step {step.key}"
            if step.effect and step.effect not in known.effects:
                effects = ", ".join(sorted(known.effects))
                yield f"{place}: this effect is not known; known are {effects}."
            if step.letter and step.letter not in known.letters:
                yield f"{place}: the letter {step.letter!r} is not known."
            for seat in (step.to, *step.copy):
                if isinstance(seat, Seat) and seat not in known.seats:
                    yield f"{place}: no letter of a case goes to {seat.word!r}."


def _stages(read: "_Table") -> dict[str, str]:
    stages = {stage: read.text(stage) for stage in map(str, Stage)}
    read.no_more()
    return stages


def _terms(read: "_Table") -> Terms:
    by_day = attrgetter("offset_days")  # steps of one day keep the order of the file
    longer = read.days("limit_volunteer_run", 0, LONGEST) if "limit_volunteer_run" in read.table_ else None
    terms = Terms(read.days("limit", 0, LONGEST), longer, tuple(sorted(_steps(read), key=by_day)))
    read.no_more()
    keys = [step.key for step in terms.steps]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        read.problem(f"the step {key} is there twice")
    days = [step.offset_days for step in terms.steps]
    for step in terms.steps:
        if step.effect and days.count(step.offset_days) > 1:
            read.problem(f"the effect {step.effect!r} shares its day with another step")
    return terms


def _steps(read: "_Table") -> Iterator[Step]:
    for inner in read.rows("steps"):
        kind = inner.one_of("kind", tuple(StepKind))
        step = Step(
            offset_days=inner.days("day", -LONGEST, LONGEST),
            kind=StepKind(kind) if kind else StepKind.REMINDER,
            to=TOLD_BY_WORD.get(inner.one_of("to", tuple(TOLD_BY_WORD)), Seat.OFFICER),
            copy=inner.seats("copy"),
            effect=inner.name("effect") if "effect" in inner.table_ or kind == StepKind.EFFECT else None,
            letter=inner.name("letter") if "letter" in inner.table_ else None,
        )
        inner.no_more()
        if step.effect and kind and kind != StepKind.EFFECT:
            inner.problem("only a step of the kind 'effect' has an effect")
        if kind == StepKind.REMINDER and step.offset_days > 0:
            inner.problem("a reminder comes before the date or on it; after it, write nudge or escalation")
        if kind in (StepKind.NUDGE, StepKind.ESCALATION) and step.offset_days <= 0:
            inner.problem(f"a step of the kind {kind!r} comes after the date, so its day is 1 or more")
        yield step


@dataclass
class _Table:
    """One TOML table with its place, which reads typed values and notes every problem in words."""

    place: str
    table_: Mapping[str, object]
    problems: list[str]
    read: set[str] = field(default_factory=set)

    def problem(self, what: str) -> None:
        self.problems.append(f"In {self.place}, {what}.")

    def value(self, key: str) -> object:
        self.read.add(key)
        return self.table_.get(key)

    def text(self, key: str) -> str:
        value = self.value(key)
        if isinstance(value, str) and value.strip():
            return value
        self.problem(f"{key!r} must be a text")
        return ""

    def name(self, key: str) -> str:
        value = self.value(key)
        if isinstance(value, str) and NAME.fullmatch(value):
            return value
        self.problem(f"{key!r} must be a name in lower case with hyphens, like default-2026")
        return ""

    def flag(self, key: str) -> bool:
        value = self.value(key)
        if not isinstance(value, bool):
            self.problem(f"{key!r} must be true or false")
        return value is True

    def days(self, key: str, least: int, most: int) -> int:
        value = self.value(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.problem(f"{key!r} must be a number of working days from {least} to {most}")
        return 0

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.value(key)
        if isinstance(value, str) and value in allowed:
            return str(value)
        self.problem(f"{key!r} must be one of {', '.join(allowed)}")
        return ""

    def seats(self, key: str) -> tuple[Seat | Post, ...]:
        value = self.value(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(word, str) and word in TOLD_BY_WORD for word in value):
            return tuple(TOLD_BY_WORD[word] for word in value)
        self.problem(f'{key!r} must be a list of seats such as ["champion"]')
        return ()

    def rows(self, key: str) -> Iterator["_Table"]:
        value = self.value(key)
        if not isinstance(value, list):
            self.problem(f"{key!r} must be a list of steps; it may be empty")
            return
        for count, row in enumerate(value, 1):
            if isinstance(row, dict):
                yield _Table(f"{self.place}, step {count}", row, self.problems)
            else:
                self.problem(
                    f'step {count} must be a table like {{day = 0, kind = "reminder", to = "officer"}}'
                )

    def table(self, key: str) -> "_Table":
        value = self.value(key)
        if isinstance(value, dict):
            return _Table(key, value, self.problems)
        self.problem(f"the table {key!r} is missing")
        return _Table(key, {}, [])  # one problem is enough: what it should hold need not be named too

    def tables(self) -> Iterator[tuple[str, "_Table"]]:
        for key, value in self.table_.items():
            if NAME.fullmatch(key) and isinstance(value, dict):
                yield key, _Table(f"{self.place}.{key}", value, self.problems)
            else:
                self.problem(f"{key!r} must be a table, like [obligations.reply]")

    def no_more(self) -> None:
        for key in self.table_:
            if key not in self.read:
                self.problem(f"{key!r} is not known")
