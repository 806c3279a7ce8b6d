"""Clocks, by post: an officer writes down on which day a letter was posted, or read out."""

from collections.abc import Mapping

from sqlalchemy import Connection

from compact_cases.rules.posting import RecordPosted
from compact_cases.web.cases.acts import Desk, Reader
from compact_cases.web.frame.takes import Day, Id, Takes, Values

TAKES = Takes(
    Id("letter", required="Please choose the letter."),
    Day("on", required="Please give the day on which it was posted or read out."),
)


def _posted(values: Values, desk: Desk) -> RecordPosted:
    """Write down that a letter was posted, or read out on the telephone, and on which day."""
    return RecordPosted(values["letter"], values["on"])


def _today(conn: Connection, desk: Desk) -> Mapping[str, str]:
    today = desk.at.date()
    return {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}


READERS = (Reader("posting", TAKES, _posted, "clocks/posting.html", fills=_today),)
