"""What is left of a draft that was sent, forgotten or is over: nothing that joins a concern to an address."""

import hashlib
import hmac
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from compact_cases.office import upkeep
from compact_cases.office.accounts import accounts
from compact_cases.office.post import outbox, post_room
from compact_cases.office.reception import drafting
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.permissions import NOBODY
from tests.office.staging import Scene
from tests.sink import Sink

ADDRESS = "rosa@elmfield.example"


def _saved(stage: Scene) -> str:
    """A draft whose link went to an address, as did the letter that it ends soon."""
    secret = drafting.begin(stage.premises)
    drafting.mail_link(stage.premises, drafting.find(stage.premises, secret), secret, ADDRESS)
    post_room.send_waiting(stage.premises)
    stage.at("2026-03-20 10:00")
    drafting.sweep_drafts(stage.premises)
    post_room.send_waiting(stage.premises)
    return secret


def _sent(stage: Scene, secret: str) -> str:
    draft = drafting.find(stage.premises, secret)
    concern = stage.concern(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    return drafting.send(stage.premises, draft, secret, concern, NOBODY)


def _rows(stage: Scene, sql: str) -> list[tuple[Any, ...]]:
    with stage.premises.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql))]


def _everything(stage: Scene) -> dict[str, list[str]]:
    """Each row of each table, as text."""
    tables = _rows(stage, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name: [row for (row,) in _rows(stage, f'SELECT t::text FROM "{name}" t')] for (name,) in tables}


def _end(stage: Scene, secret: str, way: str) -> None:
    if way == "sent":
        _sent(stage, secret)
    elif way == "forgotten":
        drafting.forget(stage.premises, drafting.find(stage.premises, secret))
    else:
        stage.at("2026-05-20 10:00")
        drafting.sweep_drafts(stage.premises)


@pytest.mark.parametrize("way", ["sent", "forgotten", "over"])
def test_a_drafts_letters_go_with_it(stage: Scene, smtp_sink: Sink, way: str) -> None:
    secret = _saved(stage)
    assert len(smtp_sink.to(ADDRESS)) == 2
    _end(stage, secret, way)
    tables = _everything(stage)
    holding = [name for name, rows in tables.items() for row in rows if "elmfield" in row.casefold()]
    assert holding == []
    assert not [row for row in tables["letters"] if "draft" in row]
    post_room.send_waiting(stage.premises)
    assert len(smtp_sink.to(ADDRESS)) == 2


@pytest.mark.parametrize("way", ["sent", "forgotten", "over"])
def test_a_letter_that_still_waits_goes_too_and_is_not_sent(stage: Scene, smtp_sink: Sink, way: str) -> None:
    secret = drafting.begin(stage.premises)
    drafting.mail_link(stage.premises, drafting.find(stage.premises, secret), secret, ADDRESS)
    _end(stage, secret, way)
    assert not [row for row in _everything(stage)["letters"] if "draft" in row]
    post_room.send_waiting(stage.premises)
    assert smtp_sink.to(ADDRESS) == []


def test_nothing_of_a_sent_draft_leads_to_its_receipt_with_the_secret_key_or_without(
    stage: Scene, smtp_sink: Sink
) -> None:
    secret = _saved(stage)
    draft = drafting.find(stage.premises, secret).id
    _sent(stage, secret)
    [(receipt,)] = _rows(stage, "SELECT receipt_hash FROM concerns")
    key = stage.premises.settings.secret_key.encode()
    known = (draft.bytes, str(draft).encode(), secret.encode(), hashlib.sha256(secret.encode()).digest())
    marks = {
        hmac.new(key, before + one, hashlib.sha256).hexdigest()[:32]
        for one, before in product(known, (b"", b"receipt of draft ", b"receipt"))
    }
    assert bytes(receipt) not in {hashlib.sha256(one.encode()).digest() for one in marks}
    rows = [row for rows in _everything(stage).values() for row in rows]
    assert not [row for row in rows if str(draft) in row]


def test_a_sent_draft_keeps_the_hash_of_its_secret_for_thirty_days(stage: Scene, smtp_sink: Sink) -> None:
    secret = _saved(stage)
    _sent(stage, secret)
    left = _rows(stage, "SELECT * FROM sent_drafts")
    assert {len(row) for row in left} == {2}  # a hash and a day
    assert stage.query("SELECT count(*) FROM drafts") == [(0,)]
    with pytest.raises(drafting.WasSent):
        drafting.find(stage.premises, secret)
    stage.at("2026-04-20 10:00")
    drafting.sweep_drafts(stage.premises)
    assert stage.query("SELECT count(*) FROM sent_drafts") == [(0,)]


def test_the_same_button_pressed_twice_leads_to_one_receipt_and_another_page_does_not(stage: Scene) -> None:
    secret = drafting.begin(stage.premises)
    draft = drafting.find(stage.premises, secret)
    concern = stage.concern()
    page = drafting.new_page()
    receipt = drafting.send(stage.premises, draft, secret, concern, NOBODY, page)
    assert drafting.receipt_of(stage.premises, secret, page) == receipt
    for other in (drafting.new_page(), "", "x"):
        assert drafting.receipt_of(stage.premises, secret, other) is None
    assert drafting.send(stage.premises, draft, secret, concern, NOBODY, page) == receipt
    with pytest.raises(drafting.WasSent):
        drafting.send(stage.premises, draft, secret, concern, NOBODY, drafting.new_page())
    assert stage.query("SELECT count(*) FROM concerns") == [(1,)]


def test_who_becomes_anonymous_later_is_forgotten_at_once(stage: Scene, smtp_sink: Sink) -> None:
    secret = _saved(stage)
    draft = drafting.find(stage.premises, secret)
    drafting.keep(stage.premises, draft, {"raiser-email": [ADDRESS]}, "reach")
    drafting.keep(stage.premises, draft, {"confidentiality": ["anonymous"]}, "privacy")
    assert drafting.find(stage.premises, secret).email == ""
    assert not [row for row in _everything(stage)["letters"] if "draft" in row]
    assert not [row for row in _everything(stage)["letter_texts"] if ADDRESS in row]


def test_sign_in_letters_and_undeliverable_ones_do_not_stay(stage: Scene, smtp_sink: Sink) -> None:
    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    row = stage.raised()
    with stage.premises.engine.begin() as conn:
        letter = stage.letter_to(row, "champion")
        outbox.undeliverable(conn, stage.premises, letter, stage.clock.now())
    post_room.send_waiting(stage.premises)
    stage.at("2026-02-24 10:30")
    upkeep.keep_house(stage.premises)
    assert stage.query("SELECT count(*) FROM letters WHERE notice = 'sign-in'") == [(0,)]
    texts = "SELECT count(*) FROM letter_texts JOIN letters ON id = letter_id WHERE notice = 'undeliverable'"
    assert stage.query("SELECT count(*) > 0 FROM letters WHERE notice = 'undeliverable'") == [(True,)]
    assert stage.query(texts) == [(0,)]


def test_one_mailbox_is_told_of_five_drafts_that_end_together_and_no_more(
    stage: Scene, smtp_sink: Sink
) -> None:
    for number in range(8):
        secret = drafting.begin(stage.premises)
        draft = drafting.find(stage.premises, secret)
        drafting.mail_link(stage.premises, draft, secret, f"Rosa+{number}@elmfield.example")
    stage.at("2026-03-20 10:00")
    for _ in range(2):
        drafting.sweep_drafts(stage.premises)
    told = "SELECT count(*) FROM letters WHERE notice = 'draft-ends-soon'"
    assert stage.query(told) == [(5,)]
