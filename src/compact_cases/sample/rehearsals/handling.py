"""Rehearsals of handling: an officer in conflict, a raiser by post, a council that is replaced on 1 April."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import BUSES, REPLY_CAME, TAKEN_ON, TO_THE_OTHERS
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, CONFLICT, DECIDE, RELEASE, REPLY, SUCCEED, Act

REPLACED = Rehearsal(
    "council-replaced",
    "The officer has a conflict of interest, the raiser is reached by post, the council is replaced",
    replace(
        BUSES,
        reach="post",
        acts=(
            TAKEN_ON,
            Act(3, "11:00", CONFLICT, "My sister works in the council's transport team."),
            Act(5, "10:00", SUCCEED, "2026-04-01", "Severnside District Council"),
            Act(16, "15:40", REPLY, "We have taken this over, and ask again for six weeks.", "accept"),
            Act(17, "09:35", RELEASE),
            Act(19, "12:00", DECIDE, "", "settled"),
            Act(20, "11:00", CLOSE, "The new council asks again.", "resolved early"),
        ),
    ),
    date(2026, 3, 16),
    date(2026, 5, 1),
    (  # what goes by post is no letter that a mail server takes
        on(
            "2026-03-16",
            events="concern-received respondent-matched clause-cited remedies-sought",
            owed=["officer acknowledge 2026-03-23"],
            letters=["officer new-concern", "officer new-concern"],
        ),
        on(
            "2026-03-18",
            events="acknowledged put-to-respondent",
            owed=["champion reply 2026-04-01"],
            letters=["champion notice"],
        ),
        on(
            "2026-03-19",
            events="conflict-declared handed-over",
            letters=["champion conflict", "officer handed-over"],
        ),
        on("2026-03-25", letters=["champion reminder"]),
        on("2026-03-30", letters=["champion reminder"]),
        on(
            "2026-04-01",  # no reminder to the council that has ended: its successor has until 17 April
            events="respondent-succeeded",
            owed=["champion reply 2026-04-17"],
            letters=["champion succeeded", "officer succeeded"],
        ),
        on("2026-04-09", events="reply-sent", owed=["officer release 2026-04-13"], letters=REPLY_CAME),
        on("2026-04-10", events="reply-released", owed=["raiser decide 2026-04-24"]),
        on("2026-04-14", events="raiser-decided", owed=["officer close 2026-04-21"], letters=TO_THE_OTHERS),
        on("2026-04-15", events="closed", letters=["champion closed"]),
    ),
    # letters wait to be posted, which nobody does
    mornings=(
        "2026-03-17 2026-03-18 2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-03-25 2026-03-26 "
        "2026-03-27 2026-03-30 2026-03-31 2026-04-01 2026-04-02 2026-04-07 2026-04-08 2026-04-09 "
        "2026-04-10 2026-04-13 2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 "
        "2026-04-22 2026-04-23 2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-01"
    ),
)

REHEARSALS = (REPLACED,)
