"""A case all the way on real PostgreSQL; who may do what; what a stale page meets; the chain and the fold."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from compact_cases.clock import HandClock
from compact_cases.office.casework import casebook, integrity
from compact_cases.office.identity import statement
from compact_cases.office.premises import open_premises
from compact_cases.office.reception import receipts, reception
from compact_cases.records import event_log, statements
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.concern import Confidentiality, RespondentNamed
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.particulars import Assign, MatchRespondent
from compact_cases.rules.permissions import NOBODY, Visitor
from compact_cases.rules.refusals import NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.builders import local
from tests.office.staging import Scene, scene


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


def played(stage: Scene, **told: str) -> str:
    """One case from its concern to its closing; its reference."""
    row = stage.raised(**told)
    stage.at("2026-03-02 09:30").accept(row.reference)
    stage.at("2026-03-12 11:00").reply(row)
    stage.at("2026-03-13 10:00").release(row.reference)
    stage.at("2026-03-16 19:00").decide(row)
    stage.at("2026-03-18 12:00").act(row.reference, Close("resolved early", statement("Two weeks more.")))
    return row.reference


def test_a_case_goes_all_the_way(stage: Scene) -> None:
    reference = played(stage)
    row = stage.row(reference)
    assert (row.stage, row.outcome) == ("closed", "resolved early")
    assert (row.next_name, row.next_due, row.next_tick) == (None, None, None)
    with stage.premises.engine.connect() as conn:
        names = [one.name for one in event_log.read(conn, row.case_id)]
    assert names == [
        "concern-received",
        "respondent-matched",
        "clause-cited",
        "clause-cited",
        "acknowledged",
        "put-to-respondent",
        "reply-sent",
        "reply-released",
        "raiser-decided",
        "closed",
    ]
    letters = stage.query("SELECT notice, seat FROM letters ORDER BY queued_at, notice, seat")
    assert letters == [
        ("new-concern", "office/officer"),
        ("new-concern", "office/officer"),
        ("receipt", "raiser/named"),
        ("acknowledgement", "raiser/named"),
        ("notice", "respondent/champion"),
        ("reply-received", "office/officer"),
        ("reply-received", "respondent/champion"),
        ("reply-released", "raiser/named"),
        ("decision-recorded", "office/officer"),
        ("decision-recorded", "respondent/champion"),  # and not to the raiser, who decided
        ("closed", "raiser/named"),
        ("closed", "respondent/champion"),
    ]


def test_the_list_shows_the_next_date_at_every_stage(stage: Scene) -> None:
    row = stage.raised()
    assert (row.next_name, row.next_owner, str(row.next_due)) == (
        "acknowledge",
        "office/officer",
        "2026-03-02",
    )
    after = stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("Which one?"))).row
    assert (after.next_name, after.next_owner, after.paused) == ("answer", "raiser/named", True)
    assert str(after.next_tick) == "2026-03-04 00:01:00+00:00"  # five working days before the answer is due
    after = (
        stage.at("2026-03-04 12:00")
        .act(row.reference, AnswerQuestion(statement("The bus.")), stage.raiser_of(row))
        .row
    )
    assert (after.next_name, str(after.next_due), after.paused) == ("acknowledge", "2026-03-09", False)


def test_two_bodies_make_two_linked_cases_and_one_code(stage: Scene) -> None:
    two = (RespondentNamed(body_id=stage.council), RespondentNamed(name="Little Rissing Town Council"))
    receipt = reception.raise_concern(stage.premises, stage.concern(respondents=two))
    first, second = (stage.row(reference) for reference in receipt.references)
    assert first.concern_id == second.concern_id == receipt.concern_id
    assert (second.respondent_id, second.respondent_label) == (None, "Little Rissing Town Council")
    with pytest.raises(Refused, match="which body on the register"):
        stage.accept(second.reference)
    seen = receipts.receipt(stage.premises, receipt.secret)
    assert seen is not None
    assert seen.return_code == receipt.return_code
    receipts.code_written_down(stage.premises, receipt.secret)
    seen = receipts.receipt(stage.premises, receipt.secret)
    assert seen is not None
    assert seen.return_code is None


def test_a_body_is_matched_only_when_it_is_on_the_register_and_then_shows_its_name(stage: Scene) -> None:
    row = stage.raised(respondents=(RespondentNamed(name="The county"),))
    with pytest.raises(Refused, match="not on the register"):
        stage.act(row.reference, MatchRespondent(row.case_id))
    row = stage.act(row.reference, MatchRespondent(stage.council)).row
    assert (row.respondent_id, row.respondent_label) == (stage.council, "Northvale County Council")
    assert stage.row(row.reference) == row


def test_a_notice_needs_a_champion_on_the_register(stage: Scene) -> None:
    row = stage.raised()
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE people SET ended_at = created_at WHERE role = 'champion'"))
    with pytest.raises(Refused, match="no named contact"):
        stage.accept(row.reference)


def test_a_confidential_raiser_is_a_group_of_the_county(stage: Scene) -> None:
    row = stage.raised(confidentiality=Confidentiality.CONFIDENTIAL)
    assert row.raiser_shown == "Somebody in Gloucestershire"  # too few are like it
    assert row.raiser_label == "Elmfield Tenants"


def test_an_anonymous_concern_keeps_no_one(stage: Scene) -> None:
    row = stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    assert (row.raiser_id, row.raiser_shown) == (None, "Somebody in Gloucestershire")
    assert stage.query("SELECT 1 FROM people WHERE concern_id IS NOT NULL") == []


def test_who_may_do_what_is_asked_before_anything_else(stage: Scene) -> None:
    row = stage.raised()
    stranger = Visitor(Seat.RAISER, concern_id=stage.council)
    for visitor in (
        NOBODY,
        stranger,
        stage.champion_of(row),
        Visitor(Seat.ADMINISTRATOR, staff_id=stage.council),
    ):
        with pytest.raises(NotFound):
            stage.act(row.reference, Withdraw(sure=True), visitor)
    with pytest.raises(NotAllowed):
        stage.act(row.reference, Assign(stage.council), stage.raiser_of(row))
    assert stage.row(row.reference).position == row.position


def test_an_officer_decides_on_behalf_of_the_raiser_and_the_log_says_so(stage: Scene) -> None:
    row = stage.raised()
    stage.act(row.reference, Withdraw(sure=True))
    with stage.premises.engine.connect() as conn:
        last = event_log.read(conn, row.case_id)[-1]
    assert (last.actor, last.on_behalf_of) == (stage.officer.staff_id, row.raiser_id)


def test_a_stale_page_changes_nothing(stage: Scene) -> None:
    row = stage.raised()
    stage.act(row.reference, Assign(stage.officer.staff_id or row.case_id), seen=row.position)
    with pytest.raises(OutOfDate) as stale:
        stage.act(row.reference, Withdraw(sure=True), seen=row.position)
    assert (stale.value.seen, stale.value.now) == (row.position, row.position + 1)
    assert stage.row(row.reference).stage == "received"


def test_of_two_officers_at_once_one_is_told(stage: Scene) -> None:
    row = stage.raised()
    outcomes: list[str] = []

    def accept() -> None:
        try:
            casebook.carry_out(
                stage.premises, row.reference, Withdraw(sure=True), by=stage.officer, seen=row.position
            )
            outcomes.append("done")
        except OutOfDate:
            outcomes.append("told")

    threads = [threading.Thread(target=accept) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "told", "told"]


def test_a_refused_command_stores_nothing(stage: Scene) -> None:
    row = stage.raised()
    before = stage.query("SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM letters)")
    with pytest.raises(Refused):
        stage.act(row.reference, Close("resolved early", statement("words")))
    after = stage.query("SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM letters)")
    assert before == after


def test_the_log_refuses_every_change(stage: Scene) -> None:
    stage.raised()
    for sql in ("UPDATE case_events SET name = 'x'", "DELETE FROM case_events", "TRUNCATE case_events"):
        with pytest.raises(DBAPIError, match="never changed"), stage.premises.engine.begin() as conn:
            conn.execute(text(sql))


def test_what_is_whole_verifies_and_rebuilds(stage: Scene) -> None:
    played(stage)
    stage.raised(respondents=(RespondentNamed(name="Elsewhere"),))
    checked = integrity.verify(stage.premises)
    assert (checked.cases, checked.faults) == (2, ())
    assert checked.seals == 9
    assert integrity.rebuild(stage.premises, check=True).faults == ()


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        (
            "UPDATE case_events SET body = replace(body, '2026-03-02', '2026-03-03') WHERE position = 1",
            "event 1",
        ),
        ("UPDATE case_events SET actor = NULL WHERE position = 6", "event 6"),
        ("UPDATE case_events SET at = at + interval '1 second' WHERE position = 7", "event 7"),
        ("DELETE FROM case_events WHERE position = 5", "event 5"),
        ("DELETE FROM case_events WHERE position = 10", "does not end where"),
        ("UPDATE statements SET text = 'other words' WHERE kind = 'account'", "not the text that was sealed"),
        ("UPDATE statements SET salt = substr(sha256(salt), 1, 16) WHERE kind = 'account'", "not the text"),
        ("UPDATE statements SET audience = 'case' WHERE kind = 'account'", "not the text that was sealed"),
        ("UPDATE statements SET audience = 'everybody' WHERE kind = 'account'", "not the text that was"),
        ("UPDATE statements SET audience = 'public' WHERE kind = 'reply'", "not the text that was sealed"),
        ("UPDATE statements SET kind = 'wording' WHERE kind = 'summary'", "not the text that was sealed"),
        ("DELETE FROM statements WHERE kind = 'account'", "no erasure is on record"),
    ],
)
def test_tampering_is_named_with_its_case(stage: Scene, tampering: str, sentence: str) -> None:
    reference = played(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("ALTER TABLE case_events DISABLE TRIGGER ALL"))
        conn.execute(text(tampering))
        conn.execute(text("ALTER TABLE case_events ENABLE ALWAYS TRIGGER case_events_row"))
    faults = integrity.verify(stage.premises).faults
    assert [fault.case for fault in faults] == [reference]
    assert sentence in faults[0].sentence


SWAPPED = """
UPDATE statements one SET text = other.text, salt = other.salt FROM statements other
WHERE (one.id, other.id) IN ((:first, :second), (:second, :first))
"""


@pytest.mark.parametrize(
    "kinds",
    [("account", "restated"), ("reply", "offer"), ("wording", "summary"), ("told", "told")],
    ids="-".join,
)
def test_two_texts_that_changed_places_with_their_salts_are_named(
    stage: Scene, kinds: tuple[str, str]
) -> None:
    """Those of one kind and audience too: a seal holds the id of its text."""
    reference = played(stage, tried="We rang twice.", papers="A letter.")
    by_kind = stage.query("SELECT id FROM statements WHERE kind = ANY(:kinds) ORDER BY kind", kinds=[*kinds])
    first, second = (one[0] for one in by_kind)  # type: ignore[index]
    with stage.premises.engine.begin() as conn:
        conn.execute(text(SWAPPED), {"first": first, "second": second})
    faults = integrity.verify(stage.premises).faults
    assert {fault.case for fault in faults} == {reference}
    named = {one for one in (first, second) for fault in faults if str(one) in fault.sentence}
    assert named == {first, second}


def test_a_text_of_one_case_in_the_place_of_another_s_is_named(stage: Scene) -> None:
    one, other = played(stage), stage.raised(account="Other words.").reference
    sql = "SELECT id FROM statements WHERE kind = 'account' ORDER BY at, id"
    first, second = (row[0] for row in stage.query(sql))  # type: ignore[index]
    with stage.premises.engine.begin() as conn:
        conn.execute(text(SWAPPED), {"first": first, "second": second})
    assert {fault.case for fault in integrity.verify(stage.premises).faults} == {one, other}


def test_an_erased_text_leaves_the_chain_whole(stage: Scene) -> None:
    played(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text("INSERT INTO erasures SELECT id, 'on request', at FROM statements WHERE kind = 'account'")
        )
        conn.execute(text("DELETE FROM statements WHERE kind = 'account'"))
    assert integrity.verify(stage.premises).faults == ()


def test_rebuild_names_and_mends_what_differs(stage: Scene) -> None:
    reference = played(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE case_summaries SET stage = 'received'"))
        conn.execute(text("UPDATE obligations SET ended_at = NULL WHERE name = 'close'"))
    found = integrity.rebuild(stage.premises, check=True).faults
    assert {fault.case for fault in found} == {reference}
    assert len(found) == 2
    integrity.rebuild(stage.premises)
    assert integrity.rebuild(stage.premises, check=True).faults == ()


@pytest.mark.parametrize("harm", ["DELETE FROM case_words", "UPDATE case_words SET is_open = NOT is_open"])
def test_rebuild_finds_search_words_again(stage: Scene, harm: str) -> None:
    closed, there = played(stage), stage.raised().reference
    words = "SELECT case_id, is_open, words FROM case_words ORDER BY case_id"
    before = stage.query(words)
    with stage.premises.engine.begin() as conn:
        conn.execute(text(harm))
    found = integrity.rebuild(stage.premises).faults
    assert [one.case for one in found] == [closed, there]
    assert stage.query(words) == before


def test_the_seal_in_the_log_is_of_the_text_as_kept(stage: Scene) -> None:
    row = stage.raised()
    case = casebook.read(stage.premises, row.case_id)
    assert case.intake.account is not None
    with stage.premises.engine.connect() as conn:
        ids = [case.intake.account.statement]
        (kept,), (seal,) = statements.get(conn, ids).values(), statements.seals(conn, ids).values()
    assert seal == case.intake.account.seal
    assert kept.text.startswith("The questionnaire")
