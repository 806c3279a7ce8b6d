"""The post room on a real SMTP server: what goes, what waits, what is refused, and what no longer stands."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from compact_cases.office.accounts import accounts, party_access
from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox, post_room
from compact_cases.office.post.post_room import Posted
from compact_cases.office.reception import drafting
from compact_cases.records import letters
from compact_cases.records.letters import LetterRow
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.reminding import MOST_TRIES
from compact_cases.settings import Office
from tests.builders import local
from tests.office.staging import RAISER, Scene
from tests.sink import Sink


def post(stage: Scene) -> Posted:
    return post_room.send_waiting(stage.premises)


def of_case(stage: Scene, reference: str) -> list[LetterRow]:
    with stage.premises.engine.connect() as conn:
        return letters.of_case(conn, stage.row(reference).case_id)


def test_a_receipt_and_a_letter_to_every_officer_go_at_once(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    assert post(stage) == Posted(sent=3)
    assert post(stage) == Posted()
    [receipt] = smtp_sink.to("sue@elmfield.example")
    assert receipt.subject == f"{row.reference}: we have your concern"
    assert receipt.to == ("sue@elmfield.example",)
    assert len(smtp_sink.to("morgan@office.example")) == len(smtp_sink.to("asha@office.example")) == 1


def test_each_letter_is_kept_as_sent_without_what_opens_the_case(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    letter = next(one for one in of_case(stage, row.reference) if one.notice == "receipt")
    with stage.premises.engine.connect() as conn:
        kept = letters.text_of(conn, letter.id)
    text = smtp_sink.to("sue@elmfield.example")[0].body("plain") or ""
    token = text.partition("/links/")[2].split()[0]
    assert kept is not None
    assert kept.address == "sue@elmfield.example"
    assert token not in kept.text + kept.html
    assert kept.text.replace("…", token).split() == text.split()


def test_a_partys_letter_has_a_link_that_opens_this_case_for_this_person(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    post(stage)
    [notice] = smtp_sink.to("champion@northvale.example")
    token = (notice.body("plain") or "").partition("/links/")[2].split()[0]
    found = party_access.find_link(stage.premises, token)
    assert found is not None
    assert found.usable
    assert (found.link.person_id, found.link.case_id) == (stage.champion, row.case_id)
    assert found.link.obligation == "reply"


def test_headers_thread_by_case_and_person_and_hold_neither(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.at("2026-03-02 09:30").accept(row.reference)
    post(stage)
    receipt, told = smtp_sink.to("sue@elmfield.example")
    [notice] = smtp_sink.to("champion@northvale.example")
    assert receipt.message["References"] == told.message["References"] == told.message["In-Reply-To"]
    assert notice.message["References"] != receipt.message["References"]
    for letter in smtp_sink.letters:
        assert letter.message["Auto-Submitted"] == "auto-generated"
        ids = f"{letter.message_id} {letter.message['References']}"
        assert row.reference.casefold() not in ids.casefold()
        assert row.case_id.hex not in ids.replace("-", "")
    assert len({letter.message_id for letter in smtp_sink.letters}) == len(smtp_sink.letters)


def test_nothing_that_goes_to_the_council_names_the_raiser(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(confidentiality=Confidentiality.CONFIDENTIAL)
    stage.at("2026-03-02 09:30").accept(row.reference)
    post(stage)
    stage.at("2026-03-12 11:00").reply(row)
    post(stage)
    ours = [one for one in smtp_sink.letters if one.to[0].endswith("@northvale.example")]
    assert len(ours) == 2
    for letter in ours:
        whole = letter.raw.decode() + (letter.body("plain") or "") + (letter.body("html") or "")
        for word in ("Elmfield", "Sue", "Barlow", "Stroud", "elmfield.example", "questionnaire"):
            assert word not in whole


def test_a_server_that_says_later_is_asked_again_with_growing_waits(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    smtp_sink.answers["RCPT"] = "451 4.7.1 Greylisted, please try later"
    assert post(stage) == Posted(deferred=3)
    assert post(stage) == Posted()
    waits = []
    for minutes in (1, 2, 5, 15, 60, 60):
        waits += [{one.not_before - stage.clock.now() for one in of_case(stage, row.reference)}]
        stage.clock.pass_time(timedelta(minutes=minutes))
        assert post(stage) == Posted(deferred=3)
    assert waits == [{timedelta(minutes=n)} for n in (1, 2, 5, 15, 60, 60)]
    del smtp_sink.answers["RCPT"]
    stage.clock.pass_time(timedelta(minutes=60))
    assert post(stage) == Posted(sent=3)
    ids = {one.message_id for one in of_case(stage, row.reference)}
    assert {one.message_id for one in smtp_sink.letters} == ids
    assert len(smtp_sink.letters) == 3


def test_after_the_last_try_a_letter_is_given_to_the_officers(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    smtp_sink.answers["sue@elmfield.example"] = "451 4.3.0 Not now"
    with stage.premises.engine.begin() as conn:  # as if it had been tried for three days
        conn.execute(text("UPDATE letters SET tries = :n"), {"n": MOST_TRIES - 2})
    assert post(stage) == Posted(sent=2, deferred=1)
    stage.clock.pass_time(timedelta(hours=1))
    assert post(stage) == Posted(failed=1, sent=2)
    [task] = stage.query("SELECT kind FROM tasks WHERE case_id = :c", c=row.case_id)
    assert task[0] == "undeliverable"  # type: ignore[index]


def test_a_refused_address_is_marked_and_the_officers_are_told(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.at("2026-03-02 09:30").accept(row.reference)
    for address in ("sue@elmfield.example", "champion@northvale.example"):
        smtp_sink.answers[address] = "550 5.1.1 No such user"
    assert post(stage) == Posted(failed=2, sent=4)  # each refusal is told to two officers
    told = smtp_sink.to("morgan@office.example")[-2:]
    assert {one.subject for one in told} == {f"{row.reference}: a letter could not be delivered"}
    refused = stage.query("SELECT address, refusal FROM contact_points WHERE refused_at IS NOT NULL")
    assert {one[0] for one in refused} == {"sue@elmfield.example", "champion@northvale.example"}  # type: ignore[index]
    tasks = stage.query("SELECT sentence FROM tasks WHERE kind = 'undeliverable' ORDER BY sentence")
    assert [one[0] for one in tasks] == [  # type: ignore[index]
        f"A letter to the champion in {row.reference} could not be delivered.",
        f"A letter to the raiser in {row.reference} could not be delivered.",
    ]


def test_a_refused_officer_makes_no_endless_letters(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    smtp_sink.answers["RCPT"] = "550 5.1.1 No such user"
    rounds = [post(stage) for _ in range(4)]
    assert sum(one.failed for one in rounds) < 20
    assert rounds[-1] == Posted()


def test_a_message_that_is_refused_does_not_mark_the_address(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    smtp_sink.answers["DATA"] = "554 5.7.1 Looks like spam"
    assert post_room.send_waiting(stage.premises) == Posted(deferred=3)
    assert stage.query("SELECT 1 FROM contact_points WHERE refused_at IS NOT NULL") == []


def test_a_sign_in_link_goes_within_its_quarter_of_an_hour_or_not_at_all(
    stage: Scene, smtp_sink: Sink
) -> None:
    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    assert post(stage) == Posted(sent=1)
    link = (smtp_sink.letters[0].body("plain") or "").partition("/sign-in/")[2].split()[0]
    assert accounts.sign_in_link_is_good(stage.premises, link)
    kept = stage.query(
        "SELECT l.facts, t.text, t.html FROM letters l JOIN letter_texts t ON t.letter_id = l.id"
    )
    assert link not in str(kept)
    assert "sealed" not in str(kept)
    stage.clock.pass_time(timedelta(minutes=3))
    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    stage.clock.pass_time(timedelta(minutes=16))
    assert post(stage) == Posted(withdrawn=1)


def test_a_saved_drafts_link_is_in_no_table_and_opens_the_draft(stage: Scene, smtp_sink: Sink) -> None:
    secret = drafting.begin(stage.premises)
    draft = drafting.find(stage.premises, secret)
    drafting.mail_link(stage.premises, draft, secret, "me@elmfield.example")
    assert secret not in str(stage.query("SELECT facts FROM letters"))
    assert post(stage) == Posted(sent=1)
    [letter] = smtp_sink.to("me@elmfield.example")
    assert f"/concerns/drafts/{secret}" in (letter.body("plain") or "")
    assert secret not in str(stage.query("SELECT * FROM letter_texts"))


def test_a_draft_that_is_gone_needs_no_letter(stage: Scene, smtp_sink: Sink) -> None:
    secret = drafting.begin(stage.premises)
    draft = drafting.find(stage.premises, secret)
    drafting.mail_link(stage.premises, draft, secret, "me@elmfield.example")
    drafting.forget(stage.premises, draft)
    assert post(stage) == Posted()
    assert smtp_sink.letters == []


def test_a_draft_that_ends_soon_is_told_once(stage: Scene, smtp_sink: Sink) -> None:
    secret = drafting.begin(stage.premises)
    draft = drafting.find(stage.premises, secret)
    drafting.mail_link(stage.premises, draft, secret, "me@elmfield.example")
    stage.clock.pass_time(timedelta(days=23))
    drafting.sweep_drafts(stage.premises)
    drafting.sweep_drafts(stage.premises)
    assert post(stage) == Posted(sent=2)
    ends = smtp_sink.to("me@elmfield.example")[1]
    assert ends.subject == "Your saved concern will be removed after Wednesday 25 March 2026"
    own = (ends.body("plain") or "").partition("/concerns/drafts/")[2].split()[0]
    assert drafting.find(stage.premises, own).id == draft.id


def test_a_fresh_link_goes_to_the_address_that_we_hold(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    with stage.premises.engine.begin() as conn:
        outbox.fresh_link(conn, stage.premises, row.raiser_id or stage.champion, row.case_id)
    post(stage)
    subjects = [one.subject for one in smtp_sink.to("sue@elmfield.example")]
    assert f"{row.reference}: a new link to your case" in subjects


def test_a_group_without_e_mail_gets_a_letter_to_post_and_the_officer_a_task(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised(raiser=replace(RAISER, email="", post="4 Elm Road, Stroud"))
    [letter] = [one for one in of_case(stage, row.reference) if one.notice == "receipt"]
    assert letter.state == "to-post"
    [task] = stage.query("SELECT kind FROM tasks")
    assert task[0] == "post"  # type: ignore[index]
    assert post(stage) == Posted(sent=2)  # to the officers


def test_an_anonymous_raiser_is_reached_by_the_page_and_a_task(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    assert stage.query("SELECT 1 FROM tasks") == []
    stage.at("2026-03-02 09:30").accept(row.reference)
    [task] = stage.query("SELECT kind, sentence FROM tasks")
    assert task[0] == "no-contact"  # type: ignore[index]
    assert "return page" in task[1]  # type: ignore[index]


def test_a_withdrawn_case_tells_the_council_only_if_it_had_notice(stage: Scene, smtp_sink: Sink) -> None:
    early = stage.raised()
    stage.act(early.reference, Withdraw(sure=True), stage.raiser_of(early))
    late = stage.raised()
    stage.accept(late.reference)
    post(stage)
    stage.act(late.reference, Withdraw(sure=True), stage.raiser_of(late))
    post(stage)
    subjects = [one.subject for one in smtp_sink.to("champion@northvale.example")]
    assert len(subjects) == 2
    assert f"{late.reference}: the concern was withdrawn" in subjects


def test_letters_wait_while_no_server_is_set(stage: Scene) -> None:
    premises = replace(stage.premises, settings=replace(stage.premises.settings, smtp_url=None))
    stage.raised()
    assert post_room.send_waiting(premises) == Posted()
    stage.clock.pass_time(timedelta(minutes=3))
    assert post_room.oldest_unsent(premises) == stage.clock.now() - timedelta(minutes=3)


def test_a_chasing_letter_waits_for_the_hours_of_a_working_day(stage: Scene, smtp_sink: Sink) -> None:
    office = Office(window_every_day=False)
    premises = replace(stage.premises, settings=replace(stage.premises.settings, office=office))
    row = stage.raised()
    post(stage)
    stage.at("2026-02-27 18:30")  # a Friday evening
    with premises.engine.begin() as conn:
        letters.file(conn, [_reminder(row.case_id, row.raiser_id, stage)])
    assert post_room.send_waiting(premises) == Posted(deferred=1)
    [letter] = [one for one in of_case(stage, row.reference) if one.notice == "reminder"]
    assert letter.not_before == local("2026-03-02 08:00")
    stage.at("2026-03-02 08:00")
    assert post_room.send_waiting(premises) == Posted(sent=1)


def test_a_chasing_letter_whose_reason_is_gone_is_withdrawn(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    with stage.premises.engine.begin() as conn:
        letters.file(conn, [_reminder(row.case_id, row.raiser_id, stage)])
    stage.accept(row.reference)
    posted = post(stage)
    assert posted.withdrawn == 4  # the reminder, the receipt, and that a concern is nobody's yet
    assert not [one for one in smtp_sink.letters if "acknowledgement" in one.subject]


def _reminder(case_id: object, person_id: object, stage: Scene) -> LetterRow:
    return LetterRow(
        id=new_id(),
        notice="reminder",
        case_id=case_id,  # type: ignore[arg-type]
        person_kind="party",
        person_id=person_id,  # type: ignore[arg-type]
        seat="raiser/named",
        point_id=None,
        message_id=outbox.message_id(stage.premises),
        queued_at=stage.clock.now(),
        not_before=stage.clock.now(),
        facts={"items": [{"obligation": "acknowledge", "cycle": 1, "due": "2026-03-02"}]},
        chasing=True,
        rests_on="running",
    )


def test_after_a_change_of_the_secret_key_no_letter_goes_with_a_wrong_link(
    stage: Scene, smtp_sink: Sink
) -> None:
    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    changed = replace(stage.premises, settings=replace(stage.premises.settings, secret_key="another" * 6))
    assert post_room.send_waiting(changed) == Posted(deferred=1)
    stage.clock.pass_time(timedelta(minutes=16))
    assert post_room.send_waiting(changed) == Posted(withdrawn=1)
    assert smtp_sink.letters == []
