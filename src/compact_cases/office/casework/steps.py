"""A batch of the sweep on paper: the steps that are due, who hears of which, and what is to be written."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import ticks
from compact_cases.office.identity import new_id
from compact_cases.office.post import chores, outbox
from compact_cases.office.post.addressees import Addressee, Addressees
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import letter_locks, letters
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.ledger import NOBODY, LedgerRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.records.tasks import Task
from compact_cases.rules.act import ToPost
from compact_cases.rules.course import Key, Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events.clocks import Escalated
from compact_cases.rules.obligations import StepDue, due_steps, next_tick, waits_for_consent
from compact_cases.rules.posting import opened_by
from compact_cases.rules.reminding import Plan, Telling, latest_for_each, not_twice_a_day
from compact_cases.rules.rulebook import Rulebook, StepKind
from compact_cases.rules.seats import Seat


@dataclass
class Decided:
    """One case: the escalations to append, what is handled, and what the casebook must still carry out."""

    row: CaseRow
    owed: list[ObligationRow]
    tick: datetime | None
    events: list[Event]
    handled: list[tuple[UUID, Key, date]]
    pauses_over: list[int]
    effects: list[StepDue]


@dataclass(frozen=True)
class _Told:
    """One step for one person who can be reached."""

    plan: Plan
    telling: Telling
    who: Addressee
    entry: int  # where its row stands in the batch's ledger
    also: Addressee | None = None  # who else was told that nothing is recorded, if anybody was


@dataclass
class Sweeping:
    """Everything that one batch will write, gathered case by case."""

    premises: Premises
    now: datetime
    book: Addressees
    chased: dict[tuple[UUID, UUID], LetterRow]  # the chasing letter a person has or had today, by case
    free: set[UUID]  # those of them that this sweep holds: another step may still join them
    ledger: list[LedgerRow] = field(default_factory=list)
    letters: list[LetterRow] = field(default_factory=list)
    joined: list[LetterRow] = field(default_factory=list)  # letters that wait and take up another step
    tasks: list[Task] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    stuck: list[tuple[CaseRow, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    put_off: list[ObligationRow] = field(default_factory=list)
    _rulebooks: dict[tuple[str, str], Rulebook] = field(default_factory=dict)

    @classmethod
    def begin(
        cls, conn: Connection, premises: Premises, rows: Sequence[CaseRow], now: datetime
    ) -> "Sweeping":
        midnight = datetime.combine(now.date(), time(0), now.tzinfo)
        ids = [row.case_id for row in rows]
        chased = letters.chasing_today(conn, ids, midnight, now)
        free: set[UUID] = set()
        if waiting := [one.id for one in chased.values() if _may_be_joined(one)]:
            free = letter_locks.hold_to_the_end(conn, waiting)  # so that they stay as they are read
            chased = letters.chasing_today(conn, ids, midnight, now)
        return cls(premises, now, Addressees(conn, rows, now.date()), chased, free)

    def rulebook(self, conn: Connection, row: CaseRow) -> Rulebook:
        editions = (row.procedure_edition, row.calendar_edition)
        if editions not in self._rulebooks:
            self._rulebooks[editions] = library.rulebook(conn, *editions)
        return self._rulebooks[editions]

    def take(
        self, row: CaseRow, owed: list[ObligationRow], plans: list[Plan], pauses_over: list[int], by: Rulebook
    ) -> None:
        """Decide one case: its ledger rows, letters and events."""
        told: list[_Told] = []
        events: list[tuple[date, Event]] = []
        for plan in plans:
            told += self._plan(row, plan, events)
        self._write_to(row, told, by)
        # an effect is handled when it is written, and not before
        handled_to = {plan.obligation.key: plan.told_to for plan in plans if plan.told_to}
        rows = [replace(one, handled_to=handled_to.get(one.obligation.key, one.handled_to)) for one in owed]
        self.decided.append(
            Decided(
                row,
                rows,
                self.tick(rows, by),
                [event for _, event in sorted(events, key=lambda one: one[0])],
                [(row.case_id, key, day) for key, day in handled_to.items()],
                pauses_over,
                [step for plan in plans for step in plan.effects],
            )
        )

    def without_unposted(
        self, row: CaseRow, owed: list[ObligationRow], letters: Sequence[ToPost], by: Rulebook
    ) -> list[ObligationRow]:
        """Nothing is chased, and nobody's turn ends, while the letter that asks for it lies in the office.

        Its steps wait for the next working day, and an officer is told once.
        """
        found = {one.key: letter for letter in letters if (one := opened_by(letter, _all(owed)))}
        kept, late = self._later(owed, found.keys(), by)
        self.tasks += [chores.unposted(row, found[key], self.now) for key in late]
        return kept

    def without_asked(self, owed: list[ObligationRow], by: Rulebook) -> list[ObligationRow]:
        """Nor is a panel chased while both sides say whether they want the mediation that it proposed."""
        asked = waits_for_consent(_all(owed))
        return self._later(owed, asked, by)[0] if asked else owed

    def _later(
        self, owed: list[ObligationRow], some: Collection[Key], by: Rulebook
    ) -> tuple[list[ObligationRow], set[Key]]:
        """With what is due of some of them put off to the next working day; which these are."""
        late = {
            one.obligation.key
            for one in owed
            if one.obligation.key in some and due_steps(one.obligation, one.handled_to, self.now, by)
        }
        opens = ticks.opens_at(self.premises)
        again = datetime.combine(by.calendar.next_working(self.now.date()), opens, self.now.tzinfo)
        kept = [replace(one, again_at=again) if one.obligation.key in late else one for one in owed]
        self.put_off += [one for one in kept if one.obligation.key in late]
        return kept, late

    def tick(self, owed: Sequence[ObligationRow], by: Rulebook) -> datetime | None:
        """When a case with these obligations must be looked at next."""
        pairs = [(one.obligation, one.handled_to) for one in owed]
        return next_tick(pairs, by, ticks.opens_at(self.premises), ticks.put_off_to(owed))

    def set_aside(self, row: CaseRow, why: str) -> None:
        """One case that cannot be decided must not stop the others; the officers hear of it."""
        self.stuck.append((row, f"The dates of {row.reference} cannot be worked out. {why}"))
        self.counts["could not be decided"] += 1

    def _plan(self, row: CaseRow, plan: Plan, events: list[tuple[date, Event]]) -> list[_Told]:
        """The ledger rows of one obligation; returns whom to write to, unless an effect settles it."""
        owner = self.book.find(row, plan.obligation.owner)
        reached: list[tuple[Telling, Addressee]] = []
        also: Addressee | None = None
        for telling in plan.tellings:
            if telling.escalates:
                who = self._escalated(row, telling, owner, events)
                also = who or also
            else:
                who = self.book.find(row, telling.seat)
                if who is None or who.reach is None:
                    self._nobody(row, telling, who)
            if who is not None and who.reach is not None:
                reached.append((telling, who))
        self.counts["effects"] += len(plan.effects)
        return self._latest(row, plan, reached, also)

    def _escalated(
        self, row: CaseRow, telling: Telling, owner: Addressee | None, events: list[tuple[date, Event]]
    ) -> Addressee | None:
        """Whom an escalation reaches; who was passed over stands in the ledger, and on a task."""
        due, line = telling.due, self.book.up_the_line(row, telling.seat, owner)
        seat, person = (line.who.seat, line.who.person_id) if line.who else (due.to, None)
        fact = Escalated(due.obligation, due.item, due.cycle, due.day, seat.value, person)
        events.append((due.day, fact))
        self.counts["escalations"] += 1
        for one in line.passed:
            if line.who or one.person_id:
                self.ledger.append(self._row(row, due, one.person_id or NOBODY, one.seat, one.why))
        if line.who is None:
            self.ledger.append(self._row(row, due, NOBODY, due.to, "no-contact"))
            self.tasks.append(chores.nobody_up_the_line(row, line, self.now))
            self.counts["no-contact"] += 1
        elif line.passed:
            self.tasks.append(chores.passed_over(row, line, line.who, self.now))
            self.counts["passed over"] += 1
        return line.who

    def _latest(
        self, row: CaseRow, plan: Plan, reached: list[tuple[Telling, Addressee]], also: Addressee | None
    ) -> list[_Told]:
        """Of the steps missed, each person hears of the latest only; of none once an effect settled it."""
        people = {telling: who.person_id for telling, who in reached}
        winners = set() if plan.effects else latest_for_each([one for one, _ in reached], people.get)
        told = []
        for telling, who in reached:
            is_latest = telling in winners
            carried_by = "digest" if telling.stands_in_the_digest else "letter"
            outcome = carried_by if is_latest else "superseded"
            self.ledger.append(self._row(row, telling.due, who.person_id, who.seat, outcome))
            if not is_latest:
                self.counts["superseded"] += 1
            elif telling.stands_in_the_digest:
                self.counts["reminders"] += 1
            else:
                told.append(_Told(plan, telling, who, len(self.ledger) - 1, also))
        return told

    def _nobody(self, row: CaseRow, telling: Telling, who: Addressee | None) -> None:
        person = who.person_id if who else NOBODY
        self.ledger.append(self._row(row, telling.due, person, telling.seat, "no-contact"))
        chore = chores.unreachable(row, who, self.now) if who else None
        self.tasks.append(chore or chores.nobody_to_tell(row, telling.seat, self.now))
        self.counts["no-contact"] += 1

    def _write_to(self, row: CaseRow, told: list[_Told], by: Rulebook) -> None:
        """One letter for each person of this case, however many steps it carries."""
        by_person: dict[UUID, list[_Told]] = {}
        for one in told:
            by_person.setdefault(one.who.person_id, []).append(one)
        for group in by_person.values():
            letter = self._letter(row, group, by)
            if letter is None:
                continue
            for one in group:
                self.ledger[one.entry].letter_id = letter.id
            if any(one.telling.due.step.kind is not StepKind.ESCALATION for one in group):
                self.counts["reminders"] += 1

    def _letter(self, row: CaseRow, group: list[_Told], by: Rulebook) -> LetterRow | None:
        first = group[0]
        notices = {one.telling.notice for one in group}
        facts: dict[str, Any] = {"items": [_item(one) for one in group]}
        if any(one.telling.is_copy for one in group):
            facts["copy"] = True
        waiting = self.chased.get((row.case_id, first.who.person_id))
        if waiting and waiting.state == "waiting" and waiting.id in self.free:
            fresh = {(one["obligation"], one["item"]) for one in facts["items"]}
            waits = waiting.facts.get("items", [])
            older = [one for one in waits if (one["obligation"], one["item"]) not in fresh]
            if older:
                notices.add(waiting.notice)
            facts["items"] = older + facts["items"]
            letter = replace(waiting, notice=_notice_of(notices), facts=facts)
            self.joined.append(letter)
            return letter
        start = outbox.window_after(self.premises, self.now, by.calendar)
        if waiting:
            opens = self.premises.settings.office.window_start
            on_its_way = self.now if waiting.state == "waiting" else waiting.sent_at
            start = not_twice_a_day(start, on_its_way, opens, by.calendar)
        made, chore = outbox.prepared(
            self.premises,
            row,
            _notice_of(notices),
            first.who,
            facts,
            self.now,
            start,
            self.ledger[first.entry].id,
            cause=(row.case_id, *first.telling.due.of, first.telling.due.key),
        )
        self.tasks += [chore] if chore else []
        self.letters += [made] if made else []
        return made

    def carried_out(self, row: CaseRow, effect: StepDue) -> LedgerRow:
        """What the ledger says of an effect that is written."""
        return self._row(row, effect, NOBODY, effect.to, "effect")

    def overtaken(self, row: CaseRow, effect: StepDue) -> LedgerRow:
        """Of one whose obligation another step of the same pass has ended."""
        self.counts["effects"] -= 1
        self.counts["superseded"] += 1
        return self._row(row, effect, NOBODY, effect.to, "superseded")

    def _row(self, row: CaseRow, due: StepDue, person: UUID, seat: Seat, outcome: str) -> LedgerRow:
        return LedgerRow(
            new_id(),
            row.case_id,
            due.obligation,
            due.item,
            due.cycle,
            due.key,
            due.day,
            person,
            seat.value,
            outcome,
            self.now,
        )

    def task(self, row: CaseRow, kind: str, sentence: str) -> Task:
        """A task about a case; one a kind and day."""
        return Task(new_id(), row.case_id, kind, row.case_id, self.now.date(), sentence, self.now)


def _all(owed: Sequence[ObligationRow]) -> list[Obligation]:
    return [one.obligation for one in owed]


def _may_be_joined(one: LetterRow) -> bool:
    """A last letter says what no other does, and its step is told by nothing else."""
    return one.state == "waiting" and one.notice != "last-letter"


def _item(one: _Told) -> dict[str, Any]:
    owed = one.plan.obligation
    assert owed.due is not None  # noqa: S101 (only a running obligation has steps)
    item = {"obligation": owed.name, "item": owed.item, "cycle": owed.cycle, "due": owed.due.isoformat()}
    told_another = one.also is not None and one.also.person_id != one.who.person_id
    return {**item, "told": one.also.seat.spoken} if one.also and told_another else item


def _notice_of(notices: set[str]) -> str:
    """Steps of different kinds share a letter that says of each obligation where it stands."""
    return next(iter(notices)) if len(notices) == 1 else "reminder"
