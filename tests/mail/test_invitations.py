"""An invitation for a calendar names one person, a day and a place; it is changed, and called off."""

from datetime import datetime
from typing import Any

from icalendar import Calendar

from compact_cases.mail.invitations import Invitation, invitation
from compact_cases.mail.letters import Rendered, message
from tests.builders import local

STARTS = local("2026-04-20 14:30")


def made(number: int = 0, starts: datetime | None = STARTS) -> Invitation:
    return invitation(
        uid="0a1b@office.example",
        number=number,
        subject="Senior review, GC-2026-0042",
        starts=starts,
        place="Stroud library, the small room" if starts else "",
        organiser="post@office.example",
        to="david@northvale.example",
        at=local("2026-04-07 10:00"),
    )


def event(one: Invitation) -> Any:
    calendar = Calendar.from_ical(one.text)
    assert calendar["method"] == one.method
    (found,) = calendar.walk("VEVENT")
    return found


def test_it_has_reference_time_place_and_its_one_recipient() -> None:
    asked = event(made())
    assert (asked["sequence"], str(asked["uid"])) == (0, "0a1b@office.example")
    assert asked.decoded("dtstart") == STARTS
    assert str(asked["location"]) == "Stroud library, the small room"
    assert str(asked["summary"]) == "Senior review, GC-2026-0042"
    assert str(asked["attendee"]) == "mailto:david@northvale.example"
    assert made().text.count("ATTENDEE") == 1
    assert "description" not in asked


def test_another_day_and_a_cancelling_are_of_the_same_event() -> None:
    moved, off = made(1, local("2026-04-21 10:00")), made(2, None)
    assert (moved.method, event(moved)["sequence"]) == ("REQUEST", 1)
    assert (off.method, event(off)["sequence"], str(event(off)["status"])) == ("CANCEL", 2, "CANCELLED")
    assert {str(event(one)["uid"]) for one in (made(), moved, off)} == {"0a1b@office.example"}


def test_it_goes_with_the_letter_beside_its_two_parts() -> None:
    letter = Rendered("GC-2026-0042: a meeting", "Dear David,\n", "<p>Dear David,</p>")
    mail = message(
        letter,
        sender="Office <post@office.example>",
        reply_to="",
        to="david@northvale.example",
        message_id="<1@office.example>",
        thread=None,
        at=STARTS,
        enclosed=made(),
    )
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    (attached,) = mail.iter_attachments()
    assert attached.get_param("method") == "REQUEST"
    assert "BEGIN:VEVENT" in attached.get_content()
