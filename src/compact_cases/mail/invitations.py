"""Invitations for calendars (RFC 5545 and 5546): a day and a place for one person, whom alone they name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

MAKER = "-//Compact cases//EN"
USUALLY_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Invitation:
    """``method`` is REQUEST, also for another day, or CANCEL; ``text`` is what a calendar reads."""

    method: str
    text: str


def invitation(
    *,
    uid: str,
    number: int,
    subject: str,
    starts: datetime | None,
    place: str,
    organiser: str,
    to: str,
    at: datetime,
) -> Invitation:
    """``number`` is that of the change, which calendars go by; without ``starts`` the meeting is off.

    Nothing is said of what it is about, and nobody else is named who comes.
    """
    method = "REQUEST" if starts else "CANCEL"
    event = Event()
    event.add("uid", uid)
    event.add("sequence", number)
    event.add("dtstamp", at)
    event.add("summary", subject)
    event.add("status", "CONFIRMED" if starts else "CANCELLED")
    begins = starts or at
    event.add("dtstart", begins)
    event.add("dtend", begins + USUALLY_LASTS)
    if place:
        event.add("location", place)
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["RSVP"] = vText("FALSE")  # the answer is given on the page
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Invitation(method, calendar.to_ical().decode())
