"""``heads show``, ``heads export`` and ``verify --heads`` as they are run."""

import json
from pathlib import Path

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.office.proof import heads
from compact_cases.settings import Settings
from tests.builders import local
from tests.cli.running import run
from tests.office.proof.tampering import World, by_superuser, made_anew, then_rechained
from tests.office.staging import scene

pytestmark = pytest.mark.processes


def test_from_the_first_head_to_one_that_was_made_anew(settings: Settings, tmp_path: Path) -> None:
    clock = HandClock(local("2026-03-02 09:30"))
    premises = open_premises(settings, pool=2, clock=clock)
    stage = scene(premises, clock)
    row = stage.raised()

    def said(*words: str, code: int = 0) -> str:
        done = run(*words, folder=tmp_path, database_url=settings.database_url or "")
        assert (done.returncode, bool(done.stderr)) == (code, bool(code)), done.stderr
        return done.stderr or done.stdout

    assert said("heads", "show", code=1) == "No head has been made yet.\n"
    assert said("heads", "export", code=1) == "No head has been made yet.\n"
    assert "There is no head yet" in said("verify")
    head = heads.keep_day(premises)
    assert head is not None
    assert said("heads", "export") == head.words + "\n"
    assert said("heads", "export", "-o", "heads.txt") == "Every head, to head 1, is in heads.txt.\n"
    shown = said("heads", "show")
    assert shown.startswith(
        head.words + "\n\nIt covers 1 edition of the calendar, 1 case, 2 editions of Codes, "
        "1 edition of the procedure.\n"
    )
    assert shown.endswith("It has not gone out to the archive.\n")
    in_json = json.loads(said("heads", "show", "1", "--json"))
    assert (in_json["number"], in_json["digest"], in_json["gone_out"]) == (1, head.digest.hex(), False)
    assert said("heads", "show", "2", code=1) == "There is no head 2.\n"

    assert said("verify", "--heads", "heads.txt").endswith(
        "Head 1 holds, and head 1 is the one that was received: what it and those before it cover is "
        "what it was. What happened since is not covered.\n"
    )
    world = World(row.case_id, row.case_id, row.case_id, row.case_id)
    by_superuser(
        stage, world, then_rechained("UPDATE case_events SET at = at - interval '1 hour' WHERE position > 1")
    )
    assert said("verify", code=1).startswith("GC-2026-0001: Event ")
    made_anew(stage, world, 1)
    assert "would not be found out" in said("verify")
    assert said("verify", "--heads", "heads.txt", code=1) == (
        "Head 1 of 2 March 2026: It is not the one that went out: what it covers was changed.\n"
    )
    (tmp_path / "letter.txt").write_text("Dear all")
    assert said("verify", "--heads", "letter.txt", code=1) == "There is no head in letter.txt.\n"
    premises.engine.dispose()
