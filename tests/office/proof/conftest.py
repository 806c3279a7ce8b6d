"""An office whose heads go to an archive, and the archive's own copy of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.office.proof import heads
from compact_cases.rules.heads import Head, read_heads
from compact_cases.settings import Office, Settings
from tests.builders import local
from tests.office.staging import Scene, scene
from tests.sink import Sink

ARCHIVE = "archive@county.example"


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-03-02 09:30"))
    office = Office(window_every_day=True, archive=ARCHIVE)
    premises = open_premises(replace(settings, office=office), pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


def head_of(stage: Scene, moment: str, *, post: bool = True) -> Head:
    """The head of a day, and its letters, sent unless they are to wait."""
    made = heads.keep_day(stage.at(moment).premises)
    assert made is not None
    if post:
        post_room.send_waiting(stage.premises)
    return made


def received(smtp_sink: Sink, address: str = ARCHIVE) -> list[Head]:
    """What the archive holds, read from the letters as they came."""
    return [head for letter in smtp_sink.to(address) for head in read_heads(letter.body("plain") or "")]
