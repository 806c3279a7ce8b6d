"""Written cases bring, day by day, what is written of them; and what differs is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from compact_cases.clock import HandClock
from compact_cases.office import upkeep
from compact_cases.office.casework import reminders
from compact_cases.office.post import morning, post_room
from compact_cases.office.premises import Premises, open_premises
from compact_cases.parts.mail_catcher import Letterbox
from compact_cases.parts.mail_sink import mail_sink
from compact_cases.sample.rehearsals import REHEARSALS
from compact_cases.sample.rehearsals.playing import Stage, played
from compact_cases.sample.rehearsals.written import Day, Rehearsal, compared, on
from compact_cases.sample.stories import RELEASE, Act
from compact_cases.settings import OFFICE_ZONE, Settings
from tests.sample.chairs_eyes import reads_no_content

DAY = date(2026, 3, 2)


def work(premises: Premises) -> None:
    """In this process, for speed; ``compact-cases rehearse`` has a worker for it, which a test plays too."""
    reminders.sweep_until_done(premises)
    morning.write_digests(premises)
    post_room.send_waiting(premises)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """An office that writes from eight to six on working days only, as one is until told otherwise."""
    clock = HandClock(datetime(2026, 1, 5, 9, tzinfo=OFFICE_ZONE))
    box = Letterbox(clock)
    with mail_sink(box) as url:
        settings = Settings(environment="development", database_url=database_url, smtp_url=url)
        premises = open_premises(settings, pool=2, clock=clock)
        yield Stage(premises, clock, box, partial(work, premises), partial(upkeep.keep_house, premises))
        premises.engine.dispose()


@pytest.mark.parametrize("rehearsal", REHEARSALS.values(), ids=REHEARSALS)
def test_it_goes_as_it_is_written(rehearsal: Rehearsal, stage: Stage) -> None:
    steps = compared(rehearsal.expected, played(rehearsal, stage))
    assert [one for one in steps if not one.is_as_expected] == []


@pytest.mark.parametrize(
    "name",
    [
        "review-with-a-late-reply",
        "agreed-actions",
        "hold-answered",
        "talked-first",
        "notes-beside-the-case",
        "reopened-for-new-evidence",
    ],
)
def test_with_every_part_full_the_board_chair_reads_no_word_and_no_name(name: str, stage: Stage) -> None:
    played(REHEARSALS[name], stage)
    reads_no_content(stage.premises)


def test_what_cannot_be_done_is_seen_as_refused_and_the_case_goes_on(stage: Stage) -> None:
    too_early = replace(REHEARSALS["silence"].story, acts=(Act(1, "10:00", RELEASE),))
    days = played(replace(REHEARSALS["silence"], story=too_early, ends=date(2026, 3, 5)), stage)
    assert days[1].refused == ("release: There is no reply waiting to be released in this case.",)
    assert days[2].letters == ("officer digest",)


@pytest.mark.parametrize(
    ("expected", "seen", "differing"),
    [
        (on("2026-03-02", events="a b"), on("2026-03-02", events="a b"), []),
        (on("2026-03-02", events="a b"), on("2026-03-02", events="a"), [("event", "b", 1, 0)]),
        (on("2026-03-02", events="a b"), on("2026-03-02", events="b a"), [("order", "a, b", 1, 0)]),
        (on("2026-03-02", letters=["x"]), on("2026-03-02", letters=["x", "x"]), [("letter", "x", 1, 2)]),
        (on("2026-03-02", letters=["x", "y"]), on("2026-03-02", letters=["y", "x"]), []),
        (
            on("2026-03-02", owed=["x"]),
            Day(DAY, refused=("y",)),
            [("owed", "x", 1, 0), ("refused", "y", 0, 1)],
        ),
    ],
)
def test_missing_unexpected_and_in_another_order_each_differ(
    expected: Day, seen: Day, differing: list[tuple[str, str, int, int]]
) -> None:
    steps = compared([expected], [seen])
    found = [(one.kind, one.what, one.expected, one.seen) for one in steps if not one.is_as_expected]
    assert found == differing


def test_what_comes_on_a_day_of_which_nothing_is_written_differs() -> None:
    steps = compared(
        [on("2026-03-02", events="a")], [on("2026-03-02", events="a"), on("2026-03-03", events="b")]
    )
    assert [(one.day.day, one.what) for one in steps if not one.is_as_expected] == [(3, "b")]
