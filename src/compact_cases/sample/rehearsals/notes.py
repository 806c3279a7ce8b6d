"""Rehearsals of notes: calls and private notes stand beside a case, and bring nobody a letter or a date."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    FIRST_DAY,
    PUT_TO_THE_BODY,
    RAISED,
    TAKEN_ON,
    TO_THE_OTHERS,
    released,
    reply_came,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CALL, CLOSE, DECIDE, PRIVATE_NOTE, RELEASE, REPLY, Act

BESIDE = Rehearsal(
    "notes-beside-the-case",
    "Calls and private notes, before the reply and after closing: no letter, no date",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(3, "10:15", CALL, "She asked whether her name is known to the council.", "raiser"),
            Act(3, "10:20", PRIVATE_NOTE, "She sounded worried about the grant."),
            Act(4, "15:40", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(5, "09:35", RELEASE),
            Act(6, "12:05", DECIDE, "", "settled"),
            Act(8, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
            Act(9, "14:00", CALL, "The clerk rang to say thank you.", "public"),
            Act(9, "14:05", PRIVATE_NOTE, "Ask in June whether the new date was kept."),
        ),
    ),
    FIRST_DAY,
    date(2026, 3, 31),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-05", events="contact-written-down private-note-written"),
        reply_came("2026-03-06", "2026-03-10"),
        released("2026-03-09", "2026-03-23"),
        on("2026-03-10", events="raiser-decided", owed=["officer close 2026-03-17"], letters=TO_THE_OTHERS),
        on("2026-03-12", events="closed", letters=BOTH_SIDES_HEAR),
        on("2026-03-13", events="contact-written-down private-note-written"),
    ),
)

REHEARSALS = (BESIDE,)
