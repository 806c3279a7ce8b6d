"""Plays one rehearsal day by day through the office, as worker and people would, and says what came."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from compact_cases.clock import FileClock, HandClock
from compact_cases.office.casework import casebook
from compact_cases.office.post import morning, outbox
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.parts.mail_catcher import Letterbox
from compact_cases.records import case_summaries, event_log, letters, staff
from compact_cases.rules.course import WATCHED
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.sample.played import MORNING, Player, furnished
from compact_cases.sample.rehearsals.written import DIGEST, Day, Rehearsal
from compact_cases.sample.stories import Act
from compact_cases.settings import OFFICE_ZONE


@dataclass(frozen=True)
class Stage:
    """An office of its own with nobody else's cases in it; ``box`` is where its letters arrive.

    ``work`` lets its worker do all that is due at that moment, ``upkeep`` what it does for the house; both
    return when it is done.
    """

    premises: Premises
    clock: FileClock | HandClock
    box: Letterbox
    work: Callable[[], None]
    upkeep: Callable[[], None]


@dataclass
class _Seen:
    events: dict[date, list[str]] = field(default_factory=dict)
    owed: dict[date, list[str]] = field(default_factory=dict)
    letters: dict[date, list[str]] = field(default_factory=dict)
    refused: dict[date, list[str]] = field(default_factory=dict)

    def days(self) -> tuple[Day, ...]:
        kinds = (self.events, self.owed, self.letters, self.refused)
        every = sorted({day for kind in kinds for day in kind})
        return tuple(Day(day, *(tuple(kind.get(day, ())) for kind in kinds)) for day in every)


def played(rehearsal: Rehearsal, stage: Stage) -> tuple[Day, ...]:
    """What each of its days brought, from its beginning to its end."""
    stage.clock.move(_at(rehearsal.begins, time(7)))
    player = Player(stage.premises, furnished(stage.premises), rehearsal.story, [])
    seen = _Seen()
    for at, acts in _hours(rehearsal, stage.premises):
        stage.clock.move(at)
        if at.time() == MORNING:
            stage.upkeep()
        stage.work()
        for act in acts:
            try:
                player.play(act)
            except Refused as refused:
                line = f"{act.what if act else 'raise'}: {refused}"
                seen.refused.setdefault(at.date(), []).append(line)
        if acts:
            stage.work()
    for reference in player.references:
        _look(reference, stage, seen)
    digests = set(_digests(rehearsal, stage.premises))
    for caught in stage.box:
        if caught.message_id in digests:
            seen.letters.setdefault(_day_of(caught.received_at), []).append(DIGEST)
    return seen.days()


def _digests(rehearsal: Rehearsal, premises: Premises) -> Iterator[str]:
    """The Message-IDs that they have: such a letter is of no case, and its row is soon forgotten."""
    with premises.engine.connect() as conn:
        officers = [one.id for one in staff.in_list_order(conn)]
    for number in range((rehearsal.ends - rehearsal.begins).days + 1):
        day = rehearsal.begins + timedelta(days=number)
        yield from (outbox.message_id(premises, morning.DIGEST, one, day) for one in officers)


def _hours(rehearsal: Rehearsal, premises: Premises) -> Iterator[tuple[datetime, list[Act | None]]]:
    """Every morning, and every instant at which somebody does something, in their order."""
    with premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
    story, day = rehearsal.story, rehearsal.begins
    hours: dict[datetime, list[Act | None]] = {}
    while day <= rehearsal.ends:
        hours[_at(day, MORNING)] = []
        day += timedelta(days=1)
    hours.setdefault(_at(rehearsal.begins, time.fromisoformat(story.time)), []).append(None)
    for act in story.acts:
        at = _at(calendar.plus(rehearsal.begins, act.day), time.fromisoformat(act.time))
        hours.setdefault(at, []).append(act)
    yield from sorted(hours.items())


def _look(reference: str, stage: Stage, seen: _Seen) -> None:
    with stage.premises.engine.connect() as conn:
        row = case_summaries.find(conn, reference)
        assert row is not None  # noqa: S101 (it was raised before)
        for one in event_log.read(conn, row.case_id):
            seen.events.setdefault(one.at.date(), []).append(one.name)
        on_file = letters.of_case(conn, row.case_id)
        filed = {one.message_id: one for one in on_file}
    for owed in casebook.read(stage.premises, row.case_id).obligations:
        if owed.name in WATCHED:
            continue
        line = f"{owed.owner.word} {owed.name} {owed.term.due}"
        seen.owed.setdefault(_day_of(owed.opened_at), []).append(line)
    for sent in on_file:
        if sent.state in ("posted", "rung") and sent.sent_at:
            line = f"{Seat(sent.seat).word} {sent.notice} by post"
            seen.letters.setdefault(_day_of(sent.sent_at), []).append(line)
    for caught in stage.box:
        if letter := filed.get(caught.message_id):
            line = f"{Seat(letter.seat).word} {letter.notice}"
            seen.letters.setdefault(_day_of(caught.received_at), []).append(line)


def _at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, OFFICE_ZONE)


def _day_of(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()
