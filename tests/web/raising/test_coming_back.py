"""Coming back to a draft: its link by e-mail, its end, deleting it; and filling in for someone."""

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from compact_cases.office.reception import drafting
from compact_cases.records import drafts
from tests.desk import Desk
from tests.web.form_filler import FormFiller


def letters(desk: Desk) -> list[str]:
    with desk.premises.engine.connect() as conn:
        return list(conn.scalars(text("SELECT notice FROM letters ORDER BY queued_at, id")))


def test_only_the_hash_of_the_secret_is_stored(desk: Desk, person: FormFiller) -> None:
    with desk.premises.engine.connect() as conn:
        [(hashed,)] = conn.execute(text("SELECT secret_hash FROM drafts")).all()
    assert hashed == drafts.hash_of(person.secret)


def test_save_and_come_back_later_keeps_even_what_is_wrong(desk: Desk, person: FormFiller) -> None:
    person.answers["reach"] = {"raiser-email": "rosa@"}
    later = person.put("reach", act="later")
    assert later.headers["location"].endswith("/saved")
    assert "Wednesday 1 April 2026" in person.see("saved")
    assert person.client.post(person.address).headers["location"].endswith("/reach")
    assert 'value="rosa@"' in person.see("reach")


def test_the_link_is_mailed_when_asked_for(desk: Desk, person: FormFiller) -> None:
    asked = person.client.post(f"{person.address}/saved", data={"email": "rosa@elmfield.example"})
    assert "We have sent the link to rosa@elmfield.example" in asked.text
    assert letters(desk) == ["draft-saved"]
    wrong = person.client.post(f"{person.address}/saved", data={"email": "rosa"})
    assert wrong.status_code == 422
    assert 'value="rosa"' in wrong.text
    assert letters(desk) == ["draft-saved"]


def test_saving_while_anonymous_warns_first(desk: Desk, person: FormFiller) -> None:
    person.put("privacy", confidentiality="anonymous")
    saved = person.see("saved")
    warning = "An e-mail address says who you are"
    assert warning in saved
    assert saved.index(warning) < saved.index('name="email"')
    asked = person.client.post(f"{person.address}/saved", data={"email": "rosa@elmfield.example"})
    assert asked.status_code == 422
    assert "Please tick the box" in asked.text
    assert 'value="rosa@elmfield.example"' in asked.text
    assert letters(desk) == []
    knowing = {"email": "rosa@elmfield.example", "knows": "yes"}
    assert person.client.post(f"{person.address}/saved", data=knowing).status_code == 200
    assert letters(desk) == ["draft-saved"]


def test_an_address_given_before_is_not_offered_to_who_became_anonymous(
    desk: Desk, person: FormFiller
) -> None:
    person.put("reach")
    person.put("privacy", confidentiality="anonymous")
    assert letters(desk) == []
    assert "rosa@elmfield.example" not in person.see("saved")


def test_asking_again_at_once_sends_no_second_letter(desk: Desk, person: FormFiller) -> None:
    for _ in range(3):
        person.client.post(f"{person.address}/saved", data={"email": "rosa@elmfield.example"})
    assert letters(desk) == ["draft-saved"]


def test_an_address_is_not_flooded_through_the_form(desk: Desk, person: FormFiller) -> None:
    for _ in range(7):
        person.begin()
        answer = person.client.post(f"{person.address}/saved", data={"email": "Rosa@elmfield.example"})
    assert answer.status_code == 422
    assert "several links already" in answer.text
    assert len(letters(desk)) == 5


def test_giving_an_address_is_enough_to_get_the_link(desk: Desk, person: FormFiller) -> None:
    person.put("reach")
    person.put("reach")
    assert letters(desk) == ["draft-saved"]


def test_a_draft_ends_thirty_days_after_its_last_change_with_a_letter_before(
    desk: Desk, person: FormFiller
) -> None:
    person.put("reach")
    desk.pass_time(days=22)
    assert drafting.sweep_drafts(desk.premises) == drafting.Swept(0, 0)
    desk.pass_time(days=1)
    assert drafting.sweep_drafts(desk.premises) == drafting.Swept(1, 0)
    assert drafting.sweep_drafts(desk.premises) == drafting.Swept(0, 0)
    assert letters(desk) == ["draft-saved", "draft-ends-soon"]
    desk.pass_time(days=7)
    assert person.client.get(person.address).status_code == 200
    desk.pass_time(days=1)
    gone = person.client.get(person.address)
    assert gone.status_code == 404
    assert "A draft is kept for 30 days" in gone.text
    assert drafting.sweep_drafts(desk.premises) == drafting.Swept(0, 1)
    assert desk.count("drafts") == 0


def test_the_letters_own_link_opens_the_draft_beside_the_first(desk: Desk, person: FormFiller) -> None:
    draft = drafting.find(desk.premises, person.secret)
    with desk.premises.engine.begin() as conn:
        drafts.told_ending(conn, draft.id, "f" * 32, desk.clock.now())
    for secret in (person.secret, "f" * 32):
        assert person.client.post(f"/concerns/drafts/{secret}").status_code == 303


def test_deleting_leaves_nothing(desk: Desk, person: FormFiller) -> None:
    person.put("account")
    assert "We keep nothing of what you wrote" in person.client.post(f"{person.address}/forgotten").text
    assert desk.count("drafts") == 0
    assert person.client.get(f"{person.address}/account").status_code == 404


def test_two_pages_open_at_once_do_not_lose_each_others_answers(desk: Desk, person: FormFiller) -> None:
    stale = drafting.find(desk.premises, person.secret)
    person.put("account")
    drafting.keep(desk.premises, stale, {"tried": ["We rang."]}, "tried")
    answers = drafting.find(desk.premises, person.secret).answers
    assert answers["tried"] == ["We rang."]
    assert answers["account"]


def test_an_officer_fills_it_in_for_someone_and_the_record_says_so(desk: Desk, person: FormFiller) -> None:
    member = desk.officer()
    desk.signed_in(person.client, member)
    start = person.client.get("/concerns/new?for=phone").text
    assert 'value="phone" checked' in start
    token = start.split('name="csrf_token" value="')[1].split('"')[0]
    person.begin(**{"for": "phone", "csrf_token": token})
    page = person.see("privacy")
    assert "you are filling this in for someone, on the phone" in page
    for answers in person.answers.values():
        answers["csrf_token"] = token
    person.answers["about"] = {
        "respondents-0-name": "Zebra Trust",
        "respondents-0-asked": "Zebra Trust",
        "respondents-0-pick": "typed",
        "csrf_token": token,
    }
    assert person.fill() == "check"
    sent = person.client.post(f"{person.address}/check", data={"declared": "yes", "csrf_token": token})
    assert sent.status_code == 303, sent.text
    with desk.premises.engine.connect() as conn:
        assert conn.execute(text("SELECT channel, filled_by FROM concerns")).all() == [("phone", member.id)]
    assert "draft-saved" not in letters(desk)


def test_an_officer_whose_session_ended_meanwhile_still_filled_it_in(desk: Desk, person: FormFiller) -> None:
    member = desk.officer()
    desk.signed_in(person.client, member)
    token = (
        person.client.get("/concerns/new?for=phone").text.split('name="csrf_token" value="')[1].split('"')[0]
    )
    person.begin(**{"for": "phone", "csrf_token": token})
    named = {"respondents-0-name": "Zebra Trust", "respondents-0-asked": "Zebra Trust"}
    person.answers["about"] = {**named, "respondents-0-pick": "typed"}
    desk.pass_time(hours=13)
    assert person.fill() == "check"
    assert person.send().status_code == 303
    with desk.premises.engine.connect() as conn:
        first = conn.execute(text("SELECT actor_kind, actor FROM case_events ORDER BY seq LIMIT 1")).one()
    assert first == ("office/officer", member.id)


def test_nobody_else_can_say_that_it_came_by_phone(desk: Desk, person: FormFiller) -> None:
    person.begin(**{"for": "phone"})
    draft = drafting.find(desk.premises, person.secret)
    assert (draft.channel, draft.filled_by) == ("web", None)


def test_equality_answers_are_only_counted(desk: Desk, client: TestClient[Litestar]) -> None:
    assert "Answer any of them, or none" in client.get("/concerns/equality").text
    for _ in range(2):
        answered = client.post(
            "/concerns/equality", data={"age": "25-44", "gender": "", "ethnicity": "made-up"}
        )
        assert "We have counted your answers" in answered.text
    assert "counted nothing" in client.post("/concerns/equality", data={}).text
    with desk.premises.engine.connect() as conn:
        rows = conn.execute(text("SELECT * FROM equality_counts")).all()
    assert rows == [(2026, "age", "25-44", 2)]
