"""Rehearsals of enquiry: the body replies or does not, the raiser decides or falls silent."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.written import Day, Rehearsal, on
from compact_cases.sample.stories import CLOSE, DECIDE, NEXT_STEP, RELEASE, REPLY, Act, Story, accepted

FIRST_DAY = date(2026, 3, 2)
BUSES = Story(
    "Elmfield Tenants Association",
    "community-group",
    "Stroud",
    "Sue Barlow",
    ("Northvale County Council",),
    ("community-groups/5.3",),
    "The county wanted views on the estate's bus in eight days. Our committee meets once a month.",
    0,
    "09:30",
)
TAKEN_ON = accepted(2, "You say that eight days to answer about the bus were too few for your committee.")
"""On Wednesday 4 March 2026."""
RAISED = on(
    "2026-03-02",
    events="concern-received respondent-matched clause-cited remedies-sought",
    owed=["officer acknowledge 2026-03-09"],
    letters=["raiser receipt", "officer new-concern", "officer new-concern"],  # to each officer
)
PUT_TO_THE_BODY = on(
    "2026-03-04",
    events="acknowledged put-to-respondent",
    owed=["champion reply 2026-03-18"],
    letters=["raiser acknowledgement", "champion notice"],
)
REPLY_CAME = ("officer reply-received", "champion reply-received")
TO_THE_OTHERS = ("champion decision-recorded", "officer decision-recorded")
"""A decision is told to those who did not make it."""
BOTH_SIDES_HEAR = ("raiser closed", "champion closed")
NO_REPLY_FOR_A_WEEK = (
    on("2026-03-11", letters=["champion reminder"]),
    on("2026-03-16", letters=["champion reminder"]),
    on("2026-03-18", letters=["champion reminder"]),
    on("2026-03-19", letters=["champion nudge"]),
    on("2026-03-23", events="escalated", letters=["senior-lead escalation", "champion escalation"]),
    on(
        "2026-03-25",
        events="no-reply-recorded",
        owed=["raiser decide 2026-04-10"],  # over Easter: 3 and 6 April do not count
        letters=["raiser no-reply", "champion no-reply", "officer no-reply"],
    ),
)
REVIEW_OPENS = ("raiser review-opened", "champion review-opened", "senior-lead review-opened")


WITHOUT_A_REPLY = "2026-03-19 2026-03-20 2026-03-23 2026-03-24"
"""The mornings of that week on which the officer's digest says so."""


def reply_came(day: str, release_by: str) -> Day:
    return on(day, events="reply-sent", owed=[f"officer release {release_by}"], letters=REPLY_CAME)


def released(day: str, decide_by: str) -> Day:
    owed = [f"raiser decide {decide_by}"]
    return on(day, events="reply-released", owed=owed, letters=["raiser reply-released"])


SETTLED = Rehearsal(
    "settled-by-the-reply",
    "The council replies, which settles it",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(11, "15:40", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(12, "09:35", RELEASE),
            Act(16, "20:05", DECIDE, "", "settled"),
            Act(18, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 17),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-11", letters=["champion reminder"]),
        on("2026-03-16", letters=["champion reminder"]),
        reply_came("2026-03-17", "2026-03-19"),
        released("2026-03-18", "2026-04-01"),
        # in the evening: its five days count from the next morning
        on("2026-03-24", events="raiser-decided", owed=["officer close 2026-04-01"], letters=TO_THE_OTHERS),
        on("2026-03-26", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

GOES_ON = Rehearsal(
    "no-reply-goes-on",
    "No reply is recorded, the raiser goes on, and no step is opened for a week",
    replace(BUSES, acts=(TAKEN_ON, Act(20, "12:10", DECIDE, "", "not"), Act(29, "10:00", NEXT_STEP))),
    FIRST_DAY,
    date(2026, 4, 14),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        on(
            "2026-03-30",
            events="raiser-decided",
            owed=["officer next-step 2026-04-08"],
            letters=TO_THE_OTHERS,
        ),
        # nobody opens the next stage, so the co-officer is told, then the chair
        on("2026-04-09", events="escalated", letters=["co-officer escalation"]),
        on("2026-04-13", events="escalated", letters=["chair escalation"]),
        # a second officer convenes the review: the group's own person stands for its lead
        on(
            "2026-04-14",
            events="officer-assigned review-opened",
            owed=["officer convene 2026-04-21", "officer note 2026-05-13"],
            letters=[*REVIEW_OPENS, "officer assigned"],
        ),
    ),
    # the next stage is coming up, due on 8 April, then overdue
    f"{WITHOUT_A_REPLY} 2026-04-02 2026-04-07 2026-04-08 2026-04-09 2026-04-10 2026-04-13 2026-04-14",
)

SILENCE = Rehearsal(
    "silence",
    "The council replies, the raiser is not heard from, and an officer closes the case",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(6, "11:10", REPLY, "We see it as fair notice, but could have written earlier.", "in-part"),
            Act(7, "09:35", RELEASE),
            Act(36, "10:30", CLOSE, "We wrote four times and did not hear back.", "no further contact"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        reply_came("2026-03-10", "2026-03-12"),
        released("2026-03-11", "2026-03-25"),
        on("2026-03-18", letters=["raiser reminder"]),
        on("2026-03-23", letters=["raiser reminder"]),
        on("2026-03-25", letters=["raiser reminder"]),
        on("2026-04-10", events="last-letter-sent", letters=["raiser last-letter"]),
        on("2026-04-17", events="silence-recorded", owed=["officer close 2026-04-24"]),
        on("2026-04-23", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # somebody is to be rung, until the case is closed
    "2026-04-10 2026-04-13 2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21"
    " 2026-04-22 2026-04-23",
)

LATE = Rehearsal(
    "late-reply",
    "No reply is recorded; one comes after all, and the raiser decides by a new date",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(19, "16:20", REPLY, "We are sorry to be late. We think it was fair notice.", "dispute"),
            Act(20, "09:10", RELEASE),
            Act(24, "12:00", DECIDE, "", "settled"),
            Act(
                26, "11:00", CLOSE, "The council explained itself, which the group accepts.", "reply accepted"
            ),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        reply_came("2026-03-27", "2026-03-31"),
        released("2026-03-30", "2026-04-15"),
        on("2026-04-07", events="raiser-decided", owed=["officer close 2026-04-14"], letters=TO_THE_OTHERS),
        on("2026-04-09", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    WITHOUT_A_REPLY,
)

REHEARSALS = (SETTLED, GOES_ON, SILENCE, LATE)
