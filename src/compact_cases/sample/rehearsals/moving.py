"""Rehearsals of editions: the procedure and the closing days change while a case is open."""

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
from compact_cases.sample.stories import CLOSE, CLOSING_DAY, DECIDE, EDITION, RELEASE, REPLY, Act

MOVED = ("raiser dates-moved", "champion dates-moved")
"""Who waits for the reply, and who owes it; nobody else."""

EDITION_CHANGED = Rehearsal(
    "edition-changed",
    "Replies get fifteen days by another edition, then a closing day is proclaimed, while a reply is owed",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(5, "10:00", EDITION, "longer-replies", "15"),
            Act(8, "10:00", CLOSING_DAY, "Proclaimed holiday", "2026-03-19"),
            Act(14, "16:00", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(15, "09:35", RELEASE),
            Act(16, "12:05", DECIDE, "", "settled"),
            Act(18, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 10),
    (
        RAISED,
        PUT_TO_THE_BODY,
        # three of ten days are used: twelve of fifteen are left
        on("2026-03-09", events="moved-to-edition", owed=["champion reply 2026-03-25"], letters=MOVED),
        on("2026-03-12", events="moved-to-edition", owed=["champion reply 2026-03-26"], letters=MOVED),
        on("2026-03-18", letters=["champion reminder"]),  # five working days before, without the holiday
        reply_came("2026-03-20", "2026-03-24"),
        released("2026-03-23", "2026-04-08"),
        on("2026-03-24", events="raiser-decided", owed=["officer close 2026-03-31"], letters=TO_THE_OTHERS),
        on("2026-03-26", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

REHEARSALS = (EDITION_CHANGED,)
