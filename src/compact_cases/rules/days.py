"""A day as somebody wrote it in one cell: the British order, words for months, or the machine's own."""

import re
from datetime import date, timedelta

from compact_cases.rules.refusals import Refused

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
SHAPES = tuple(
    re.compile(rf"(?:[a-z]{{3,9}},? +)?{shape}(?:[ t]00:00(?::00)?)?", re.IGNORECASE)
    for shape in (
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<word>[a-z]{3,9}),?[ -](?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<word>[a-z]{3,9}) (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})",
    )
)
COUNTED = re.compile(r"[2-5][0-9]{4}(?:\.0)?")
COUNTED_FROM = date(1899, 12, 30)  # as Excel and LibreOffice do
CENTURY_TURNS = 70  # 69 is 2069, 70 is 1970


class NotADay(Refused):
    """What was written is no day, or could be two; the sentence says how to write it."""


def day_in(text: str) -> date:
    """The day, British order: 1/5/2009 is the first of May. Raises NotADay."""
    if COUNTED.fullmatch(text):
        meant = COUNTED_FROM + timedelta(days=int(text.partition(".")[0]))
        raise NotADay(
            f"{text} is how a spreadsheet keeps a day, perhaps {meant.day} {meant:%B %Y}. "
            "Format the column as dates and save it again."
        )
    for shape in SHAPES:
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            try:
                month = _month(parts["word"]) if parts.get("word") else int(parts["month"])
                return date(_year(parts["year"]), month, int(parts["day"]))
            except ValueError:
                break
    raise NotADay(f"{text!r} is no date: write day, month, year, like 1/5/2009 or 2009-05-01.")


def _month(word: str) -> int:
    """By its whole name or its usual short form: "maybe" is not May. Raises ValueError."""
    names = {name: number for number, name in enumerate(MONTHS, 1)}
    known = names | {name[:3]: number for name, number in names.items()} | {"sept": names["september"]}
    if word.casefold() not in known:
        raise ValueError(word)
    return known[word.casefold()]


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < CENTURY_TURNS else 1900)
