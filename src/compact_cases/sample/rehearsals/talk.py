"""Rehearsals of talking first: nobody says how it went, or it is put right."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import BUSES, FIRST_DAY, PUT_TO_THE_BODY, RAISED
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import TALK, TALKED, Act, accepted

RESTATED = "You say that eight days to answer about the bus were too few for your committee."
IN_TOUCH = on(
    "2026-03-04",
    events="acknowledged put-in-touch",
    owed=["raiser talk 2026-03-18"],
    letters=["raiser talk-first", "champion talk-first"],
)

SILENCE = Rehearsal(
    "talked-first",
    "They are put in touch, nobody says how it went, and the officer takes the concern on",
    replace(BUSES, acts=(Act(2, "10:15", TALK, RESTATED), accepted(15, RESTATED))),
    FIRST_DAY,
    date(2026, 3, 24),
    (
        RAISED,
        IN_TOUCH,
        on("2026-03-16", letters=["raiser reminder"]),
        on("2026-03-18", letters=["raiser reminder"]),
        on(
            "2026-03-19",  # the day before, the last of the talk, is day 0 of the new acknowledgement
            events="talk-ended",
            owed=["officer acknowledge 2026-03-25"],
            letters=["raiser talk-over", "champion talk-over", "officer talk-over"],
        ),
        replace(
            PUT_TO_THE_BODY,
            day=date(2026, 3, 23),
            owed=("champion reply 2026-04-08",),
            letters=PUT_TO_THE_BODY.letters,
        ),
    ),
    # the acknowledgement is due
    mornings="2026-03-23",
)

PUT_RIGHT = Rehearsal(
    "put-right",
    "They are put in touch, and put it right between them",
    replace(BUSES, acts=(Act(2, "10:15", TALK, RESTATED), Act(6, "19:20", TALKED, "", "put-right"))),
    FIRST_DAY,
    date(2026, 3, 20),
    (
        RAISED,
        IN_TOUCH,
        on("2026-03-10", events="put-right closed", letters=["officer put-right", "champion closed"]),
    ),
)

REHEARSALS = (SILENCE, PUT_RIGHT)
