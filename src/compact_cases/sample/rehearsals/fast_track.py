"""Rehearsals of the fast track: a date over a bank holiday, a hold request that is answered or is not."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import BUSES, REPLY_CAME
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import (
    ACCEPT_AND_HOLD,
    HOLD_ANSWER,
    HOLD_RELEASE,
    REPLY,
    Act,
)

FIRST_DAY = date(2026, 8, 27)
URGENT = replace(
    BUSES,
    account="The county decides on our bus at the end of the month, and told us of it this week.",
    time="17:30",
    closes_on="2026-08-31",
)
RESTATED = "You say that the county told you four days before it decides on your bus."
ASKED = Act(1, "09:40", ACCEPT_AND_HOLD, RESTATED)
BOTH_ASKED = ("raiser date-passed 2026-09-15", "champion date-passed 2026-09-08")  # a group has twice as long
BOTH_TOLD = ("raiser date-passed", "champion date-passed")
RAISED = on(
    "2026-08-27",  # a Thursday, after 17:00: the acknowledgement is due on Friday all the same
    events="concern-received respondent-matched clause-cited closing-date-given fast-tracked"
    " remedies-sought also-told",
    owed=["officer acknowledge 2026-08-28"],
    letters=["raiser receipt", "officer new-concern", "officer new-concern"],
)
PUT_TO_THE_BODY = on(
    "2026-08-28",  # Monday is a bank holiday: no working day is left, so the answer is due today
    events="acknowledged put-to-respondent hold-asked date-watched",
    owed=["champion hold 2026-08-28", "officer date 2026-08-31"],
    letters=[
        "raiser acknowledgement",
        "champion hold-request",
        "senior-lead hold-request",
    ],
)

UNANSWERED = Rehearsal(
    "hold-unanswered",
    "Fast track over a bank holiday; nobody answers the hold request, and the ordinary reply is owed",
    replace(
        URGENT,
        acts=(
            ASKED,
            Act(8, "15:00", REPLY, "It could not wait. We are sorry for the short notice.", "dispute"),
        ),
    ),
    FIRST_DAY,
    date(2026, 9, 9),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on(
            "2026-09-01",  # the first working day after the date of the hold
            events="no-hold-answer-recorded date-passed",
            owed=["champion reply 2026-09-15", *BOTH_ASKED],
            letters=[
                *BOTH_TOLD,
                "raiser no-hold-answer",
                "chief-officer no-hold-answer",
                "champion no-hold-answer",
                "officer no-hold-answer",
            ],
        ),
        on("2026-09-08", letters=["champion reminder"]),
        on(
            "2026-09-09",
            events="no-date-answer-recorded reply-sent",
            owed=["officer release 2026-09-11"],
            letters=REPLY_CAME,
        ),
    ),
    # the date comes, nobody answers, somebody is to be rung
    mornings="2026-08-28 2026-09-01 2026-09-02 2026-09-03 2026-09-04 2026-09-07 2026-09-08 2026-09-09",
)

ANSWERED = Rehearsal(
    "hold-answered",
    "Fast track; the council says why it does not wait, and the officer passes the words on",
    replace(
        URGENT,
        acts=(
            ASKED,
            Act(1, "16:30", HOLD_ANSWER, "The contract ends on that day, and we cannot move it.", "no"),
            Act(2, "10:00", HOLD_RELEASE),
        ),
    ),
    FIRST_DAY,
    date(2026, 9, 2),
    (
        RAISED,
        replace(
            PUT_TO_THE_BODY,
            events=(*PUT_TO_THE_BODY.events, "hold-answered"),
            owed=(
                *PUT_TO_THE_BODY.owed,
                "champion reply 2026-09-14",
                "officer hold-release 2026-09-01",
            ),
            letters=(
                *PUT_TO_THE_BODY.letters,
                "raiser hold-answered",
                "officer hold-answered",
                "champion hold-answered",
            ),
        ),
        on(
            "2026-09-01",
            events="date-passed hold-words-released",
            owed=BOTH_ASKED,
            letters=[*BOTH_TOLD, "raiser hold-words"],
        ),
    ),
    # the date comes, and words wait to be read
    mornings="2026-08-28 2026-09-01",
)

REHEARSALS = (UNANSWERED, ANSWERED)
