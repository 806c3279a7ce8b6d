"""A name that somebody typed greets nobody at an address that nobody has shown to be theirs."""

from dataclasses import replace

from compact_cases.office.accounts import party_access
from compact_cases.office.post import outbox, post_room
from tests.office.staging import RAISER, Scene
from tests.sink import Sink

VICTIM = replace(RAISER, person="Cheap pills at pills.example", email="victim@elsewhere.example")


def opened(stage: Scene, letter: str) -> None:
    token = letter.partition("/links/")[2].split()[0]
    assert party_access.open_link(stage.premises, token)


def test_a_typed_name_goes_to_no_unconfirmed_address(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=VICTIM)
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    assert row.raiser_id is not None
    with stage.premises.engine.begin() as conn:
        outbox.fresh_link(conn, stage.premises, row.raiser_id, row.case_id)
    post_room.send_waiting(stage.premises)
    letters = smtp_sink.to("victim@elsewhere.example")
    assert len(letters) >= 2
    for letter in letters:
        assert "pills" not in str(letter.message).casefold()
        assert (letter.body("plain") or "").startswith("Hello,")


def test_who_has_opened_a_letters_link_is_greeted_by_name(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post_room.send_waiting(stage.premises)
    [receipt] = smtp_sink.to("sue@elmfield.example")
    opened(stage, receipt.body("plain") or "")
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    told = smtp_sink.to("sue@elmfield.example")[-1]
    assert (told.body("plain") or "").startswith("Dear Sue Barlow,")


def test_one_concern_s_confirmed_address_says_nothing_of_another_s(stage: Scene, smtp_sink: Sink) -> None:
    """Whoever types somebody's address later has not shown that it is theirs."""
    stage.raised()
    post_room.send_waiting(stage.premises)
    opened(stage, smtp_sink.to("sue@elmfield.example")[0].body("plain") or "")
    stage.raised(raiser=replace(VICTIM, email="sue@elmfield.example"))
    post_room.send_waiting(stage.premises)
    assert "pills" not in str(smtp_sink.to("sue@elmfield.example")[-1].message).casefold()


def test_a_contact_of_the_register_is_named(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    [notice] = smtp_sink.to("champion@northvale.example")
    assert (notice.body("plain") or "").startswith("Dear Champion,")
