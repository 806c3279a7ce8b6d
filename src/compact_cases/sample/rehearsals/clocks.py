"""Rehearsals of the clocks: a case is paused, and goes on by itself."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    FIRST_DAY,
    PUT_TO_THE_BODY,
    RAISED,
    REPLY_CAME,
    TAKEN_ON,
    TO_THE_OTHERS,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, DECIDE, PAUSE, RELEASE, REPLY, RESUME, Act

PAUSED = ("raiser paused", "champion paused")
"""The officer does not hear of what the officer did."""
RESUMED = ("raiser resumed", "champion resumed")

PAUSED_TWICE = Rehearsal(
    "paused",
    "Paused for a third party until its own end, then once more; nobody is reminded meanwhile",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(6, "12:00", PAUSE, "", "waiting for a third party"),
            Act(19, "09:30", PAUSE, "", "waiting for a third party"),
            Act(22, "10:00", RESUME),
            Act(23, "16:00", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(25, "09:35", RELEASE),
            Act(26, "20:05", DECIDE, "", "settled"),
            Act(28, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-10", events="paused", letters=PAUSED),  # with six working days left
        on(
            "2026-03-25",
            events="resumed",
            owed=["champion reply 2026-04-01"],
            # five days before the date the champion is reminded: a letter of its own, for nobody did it
            letters=[*RESUMED, "officer resumed", "champion reminder"],
        ),
        on("2026-03-27", events="paused", letters=PAUSED),  # with three left
        # over Easter: 3 and 6 April do not count
        on("2026-04-01", events="resumed", owed=["champion reply 2026-04-08"], letters=RESUMED),
        on(
            "2026-04-02",
            events="reply-sent",
            owed=["officer release 2026-04-08"],
            letters=["champion reminder", *REPLY_CAME],
        ),
        on(
            "2026-04-08",
            events="reply-released",
            owed=["raiser decide 2026-04-22"],
            letters=["raiser reply-released"],
        ),
        # in the evening: its five days count from the next morning
        on("2026-04-09", events="raiser-decided", owed=["officer close 2026-04-17"], letters=TO_THE_OTHERS),
        on("2026-04-13", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # a pause is about to end, then a reply is to be released
    "2026-03-20 2026-03-23 2026-03-24 2026-04-08",
)

REHEARSALS = (PAUSED_TWICE,)
