"""What ``verify`` names and what not: a table, held to what happens and to what the document says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.identity import statement
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.office.proof import heads, verification
from compact_cases.parts.postgres import Postgres
from compact_cases.rules.heads import Head
from compact_cases.rules.intake import AddToConcern
from compact_cases.settings import Office, Settings
from tests.architecture.source import ROOT
from tests.builders import local
from tests.conftest import SHIPPED, clone_of
from tests.office.proof.conftest import ARCHIVE, head_of, received
from tests.office.proof.tampering import (
    Tampering,
    World,
    account_with_seal_and_chain,
    by_superuser,
    heads_signed_by_another_key,
    heads_taken_out,
    letter_with_its_seal,
    made_anew,
    put_in_with_an_earlier_date,
    sql,
    then_rechained,
    whole_case,
)
from tests.office.staging import RAISER, Scene, scene
from tests.sink import Sink, SinkThread

OF_FIRST = "(SELECT concern_id FROM case_summaries WHERE case_id = :first)"
ONE_STEP = "(SELECT id FROM ledger WHERE case_id = :first ORDER BY id LIMIT 1)"
ONE_LETTER = "(SELECT id FROM letters WHERE case_id = :first AND state = 'sent' ORDER BY id LIMIT 1)"
LATE_LETTER = "(SELECT id FROM letters WHERE case_id = :late AND state = 'sent' ORDER BY id LIMIT 1)"
LATER = "at = at + interval '1 hour'"
FORGED = (
    "INSERT INTO ledger SELECT gen_random_uuid(), case_id, obligation, item, cycle, step || '-again',"
    " step_day, person_id, seat, outcome, decided_at, NULL FROM ledger WHERE id = "
)


@dataclass(frozen=True)
class Named:
    """Whether ``verify`` names it: with the heads left as they were; with those taken out that stand in the
    way, and made anew by the service; and then with the heads that went out."""

    alone: bool
    made_anew: bool
    with_what_went_out: bool
    first: int = 1  # the first of the heads that stand in the way


ALWAYS = Named(True, True, True)
UNLESS_MADE_ANEW = Named(True, False, True)
NOT_GONE_OUT = Named(True, False, False, first=2)
NEVER = Named(False, False, False, first=3)

TABLE: dict[str, tuple[Tampering, Named]] = {
    "the words of an event changed": (
        sql("UPDATE case_events SET body = body || ' ' WHERE case_id = :first AND position = 3"),
        ALWAYS,
    ),
    "who did it changed": (
        sql("UPDATE case_events SET actor = gen_random_uuid() WHERE case_id = :first AND position = 4"),
        ALWAYS,
    ),
    "an event dated otherwise": (
        sql(f"UPDATE case_events SET {LATER} WHERE case_id = :first AND position = 3"),
        ALWAYS,
    ),
    "the last event of a case cut off": (
        sql(
            "DELETE FROM case_events WHERE case_id = :first AND position ="
            " (SELECT max(position) FROM case_events WHERE case_id = :first)"
        ),
        ALWAYS,
    ),
    "the last event cut off, and the summary made to fit": (
        then_rechained(
            "DELETE FROM case_events WHERE case_id = :first AND position ="
            " (SELECT max(position) FROM case_events WHERE case_id = :first)"
        ),
        UNLESS_MADE_ANEW,
    ),
    "a case taken out whole": (whole_case("first"), UNLESS_MADE_ANEW),
    "a log written anew, with its chain and summary": (
        then_rechained(f"UPDATE case_events SET {LATER} WHERE case_id = :first AND position > 2"),
        UNLESS_MADE_ANEW,
    ),
    "who did it changed, with the chain": (
        then_rechained(
            "UPDATE case_events SET actor = gen_random_uuid() WHERE case_id = :first AND position = 4"
        ),
        UNLESS_MADE_ANEW,
    ),
    "an event put in with an earlier date, with the chain": (
        put_in_with_an_earlier_date,
        UNLESS_MADE_ANEW,
    ),
    "an account written anew, with its seal and the chain": (account_with_seal_and_chain, UNLESS_MADE_ANEW),
    "two texts swapped": (
        sql(
            "UPDATE statements one SET text = two.text, salt = two.salt FROM statements two"
            f" WHERE one.concern_id = {OF_FIRST} AND two.concern_id = one.concern_id"
            " AND (one.kind, two.kind) IN (('account', 'wording'), ('wording', 'account'))"
        ),
        ALWAYS,
    ),
    "a text shown to more people": (
        sql(f"UPDATE statements SET audience = 'public' WHERE kind = 'account' AND concern_id = {OF_FIRST}"),
        ALWAYS,
    ),
    "a text taken out": (
        sql(f"DELETE FROM statements WHERE kind = 'account' AND concern_id = {OF_FIRST}"),
        ALWAYS,
    ),
    "a text taken out, with a record of an erasure": (
        sql(
            f"INSERT INTO erasures SELECT id, 'on request', at FROM statements WHERE kind = 'account'"
            f" AND concern_id = {OF_FIRST}",
            f"DELETE FROM statements WHERE kind = 'account' AND concern_id = {OF_FIRST}",
        ),
        NEVER,
    ),
    "the record of an erasure changed": (sql(f"UPDATE erasures SET {LATER}"), UNLESS_MADE_ANEW),
    "the record of an erasure taken out": (sql("DELETE FROM erasures"), ALWAYS),
    "the references of two cases swapped": (
        sql(
            "UPDATE case_summaries SET reference = 'GC-2026-0999' WHERE case_id = :first",
            "UPDATE case_summaries SET reference = 'GC-2026-0001' WHERE case_id = :other",
            "UPDATE case_summaries SET reference = 'GC-2026-0002' WHERE case_id = :first",
        ),
        ALWAYS,
    ),
    "the confidentiality of a case changed in its summary": (
        sql("UPDATE case_summaries SET confidentiality = 'anonymous' WHERE case_id = :first"),
        ALWAYS,
    ),
    "a step in the ledger changed": (
        sql(f"UPDATE ledger SET outcome = 'superseded' WHERE id = {ONE_STEP}"),
        UNLESS_MADE_ANEW,
    ),
    "a step in the ledger taken out": (sql(f"DELETE FROM ledger WHERE id = {ONE_STEP}"), UNLESS_MADE_ANEW),
    "a step put into the ledger that never was": (sql(FORGED + ONE_STEP), NEVER),
    "when a letter went changed": (
        sql(f"UPDATE letters SET sent_at = sent_at - interval '3 days' WHERE id = {ONE_LETTER}"),
        UNLESS_MADE_ANEW,
    ),
    "a letter taken out": (sql(f"DELETE FROM letters WHERE id = {ONE_LETTER}"), UNLESS_MADE_ANEW),
    "the text of a letter changed": (
        sql(f"UPDATE letter_texts SET text = 'Other words.' WHERE letter_id = {ONE_LETTER}"),
        ALWAYS,
    ),
    "the text of a letter changed, with its seal": (letter_with_its_seal, UNLESS_MADE_ANEW),
    "the text of a letter taken out": (
        sql(f"DELETE FROM letter_texts WHERE letter_id = {ONE_LETTER}"),
        ALWAYS,
    ),
    "the text of an undertaking rewritten": (
        sql(
            "UPDATE clauses SET text = 'It is enough to try.'"
            " WHERE code = 'community-groups' AND number = '5.3'"
        ),
        UNLESS_MADE_ANEW,
    ),
    "an edition of the procedure rewritten": (
        sql("UPDATE procedure_editions SET document = replace(document, 'limit = 10', 'limit = 30')"),
        UNLESS_MADE_ANEW,
    ),
    "an edition of the calendar rewritten": (
        sql('UPDATE calendar_editions SET closing_days = \'{"2026-03-04": "Closed"}\''),
        UNLESS_MADE_ANEW,
    ),
    "a head changed": (sql("UPDATE heads SET day = day - 1 WHERE number = 1"), UNLESS_MADE_ANEW),
    "what a head covers changed": (
        sql("UPDATE head_entries SET digest = sha256(digest) WHERE head = 1 AND kind = 'letter'"),
        UNLESS_MADE_ANEW,
    ),
    "the heads signed again with another key": (heads_signed_by_another_key, UNLESS_MADE_ANEW),
    "every head taken out": (lambda conn, world: heads_taken_out(conn, 1), Named(False, False, True)),
    "a log of the second head written anew, with its chain": (
        then_rechained(
            f"UPDATE case_events SET {LATER} WHERE case_id = :second AND position > 2", case="second"
        ),
        NOT_GONE_OUT,
    ),
    "a case of the second head taken out whole": (whole_case("second"), NOT_GONE_OUT),
    "the second head, which had not gone out, taken out": (
        lambda conn, world: heads_taken_out(conn, 2),
        NEVER,
    ),
    "since the last head: a log written anew, with its chain": (
        then_rechained(f"UPDATE case_events SET {LATER} WHERE case_id = :late AND position > 2", case="late"),
        NEVER,
    ),
    "since the last head: a case taken out whole": (whole_case("late"), NEVER),
    "since the last head: when a letter went changed": (
        sql(f"UPDATE letters SET sent_at = sent_at - interval '1 hour' WHERE id = {LATE_LETTER}"),
        NEVER,
    ),
}


@dataclass(frozen=True)
class Kept:
    """The world before anybody tampered with it: a database to clone, and the archive's own heads."""

    database: str
    url: str
    world: World
    archive: list[Head]


@pytest.fixture(scope="module")
def kept(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    sink, name = SinkThread(), "world_of_tamperings"
    smtp = sink.start()
    with (
        clone_of(postgres, SHIPPED, name) as url,
        on(url, smtp.url, tmp_path_factory.mktemp("world")) as stage,
    ):
        world = built(stage, smtp)
        archive = received(smtp)
        stage.premises.engine.dispose()
        yield Kept(name, url, world, archive)
    sink.stop()


@contextmanager
def on(url: str, smtp_url: str, folder: Path) -> Iterator[Scene]:
    settings = Settings(
        environment="development",
        database_url=url,
        smtp_url=smtp_url,
        data_dir=folder,
        office=Office(window_every_day=True, archive=ARCHIVE),
    )
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield Scene(premises, clock, *[None] * 5)  # type: ignore[arg-type]
    premises.engine.dispose()


def built(bare: Scene, smtp: Sink) -> World:
    """Two cases, reminders, letters, an erasure; a head that goes out; another case, a head that does not;
    and another case still."""
    stage = scene(bare.premises, bare.clock)
    first, other = stage.raised(), stage.raised()
    stage.at("2026-03-02 09:30").accept(first.reference)
    reminders.sweep(stage.at("2026-03-09 09:00").premises)
    post_room.send_waiting(stage.premises)
    erased(stage, other.concern_id)
    head_of(stage, "2026-03-09 18:00")

    second = stage.at("2026-03-10 10:00").raised(raiser=replace(RAISER, name="Quarry Road Parents"))
    stage.accept(second.reference)
    post_room.send_waiting(stage.premises)
    smtp.answers[ARCHIVE] = "550 5.1.1 No such user"
    head_of(stage, "2026-03-10 18:00")

    late = stage.at("2026-03-11 10:00").raised(raiser=replace(RAISER, name="Hill Street Choir"))
    stage.accept(late.reference)
    stage.act(late.reference, AddToConcern(statement("It rained, too.")), stage.raiser_of(late))
    post_room.send_waiting(stage.premises)
    return World(first.case_id, other.case_id, second.case_id, late.case_id)


def erased(stage: Scene, concern: object) -> None:
    from sqlalchemy import text

    values = {"concern": concern, "at": stage.clock.now()}
    with stage.premises.engine.begin() as conn:
        for words in (
            "INSERT INTO erasures SELECT id, 'on request', :at FROM statements",
            "DELETE FROM statements",
        ):
            conn.execute(text(f"{words} WHERE concern_id = :concern AND kind = 'account'"), values)


@pytest.fixture
def stage(kept: Kept, postgres: Postgres, settings: Settings) -> Iterator[Scene]:
    with (
        clone_of(postgres, kept.database, "tampered_with") as url,
        on(url, settings.smtp_url or "", settings.data_dir) as stage,
    ):
        yield stage.at("2026-03-12 09:00")


def named(stage: Scene, archive: list[Head]) -> bool:
    return bool(verification.verify(stage.premises, archive).faults)


def test_before_anybody_tampers_nothing_is_named(stage: Scene, kept: Kept) -> None:
    assert [one.number for one in kept.archive] == [1]
    assert stage.query("SELECT number FROM heads ORDER BY number") == [(1,), (2,)]
    assert not named(stage, kept.archive)
    assert heads.keep_day(stage.premises)
    assert not named(stage, kept.archive)


@pytest.mark.parametrize("what", TABLE)
def test_what_is_named(stage: Scene, kept: Kept, what: str) -> None:
    tampering, expected = TABLE[what]
    by_superuser(stage, kept.world, tampering)
    alone = named(stage, [])
    made_anew(stage, kept.world, expected.first)
    found = Named(alone, named(stage, []), named(stage, kept.archive), expected.first)
    assert found == expected


def test_what_is_named_is_named_with_its_case_or_its_head(stage: Scene, kept: Kept) -> None:
    by_superuser(stage, kept.world, TABLE["a log written anew, with its chain and summary"][0])
    by_superuser(stage, kept.world, TABLE["a case of the second head taken out whole"][0])
    by_superuser(stage, kept.world, TABLE["a step in the ledger changed"][0])
    said = [f"{one.case}: {one.sentence}" for one in verification.verify(stage.premises).faults]
    first = "GC-2026-0001: Event \\d+ is not the one that head 1 of 9 March 2026 covers: the log was .*"
    assert any(re.fullmatch(first, one) for one in said)
    gone = f"Case {kept.world.second}: Head 2 of 10 March 2026 covers \\d+ events of it; its log is gone."
    assert any(re.fullmatch(gone, one) for one in said)
    step = "Head 1 of 9 March 2026: A step in the ledger \\(.*\\), in GC-2026-0001, is not as it was when .*"
    assert any(re.fullmatch(step, one) for one in said)


def test_the_document_says_exactly_this() -> None:
    words = {True: "yes", False: "no"}
    rows = [
        f"| {what} | {words[one.alone]} | {words[one.made_anew]} | {words[one.with_what_went_out]} |"
        for what, (_, one) in TABLE.items()
    ]
    document = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8").splitlines()
    assert [
        line for line in document if re.fullmatch(r"\|.*\| (yes|no) \| (yes|no) \| (yes|no) \|", line)
    ] == rows
