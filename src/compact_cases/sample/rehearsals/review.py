"""Rehearsals of senior review: the leads meet, with a reply that comes late; or they do not meet."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    FIRST_DAY,
    NO_REPLY_FOR_A_WEEK,
    PUT_TO_THE_BODY,
    RAISED,
    REPLY_CAME,
    REVIEW_OPENS,
    TAKEN_ON,
    TO_THE_OTHERS,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import (
    CLOSE,
    COMES,
    COMMENT,
    CONVENE,
    DECIDE,
    MET,
    NEXT_STEP,
    NOTE,
    RELEASE,
    RELEASE_TEXT,
    REPLY,
    Act,
)

GOES_ON = Act(20, "12:10", DECIDE, "", "not")
WANTS_TO_GO_ON = on(
    "2026-03-30", events="raiser-decided", owed=["officer next-step 2026-04-08"], letters=TO_THE_OTHERS
)
OPENED = on(
    "2026-04-01",
    events="officer-assigned review-opened",
    owed=["officer convene 2026-04-10", "officer note 2026-05-01"],
    letters=[*REVIEW_OPENS, "officer assigned"],
)

INVITED = ("raiser-senior-lead invitation", "senior-lead invitation")
REVIEW_IS_OVER = tuple(f"{who} review-over" for who in ("raiser", "champion", "senior-lead", "officer"))

MEETS = Rehearsal(
    "review-with-a-late-reply",
    "Silence to senior review, a late reply in it, and the matter is partly settled",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            GOES_ON,
            Act(22, "10:00", NEXT_STEP),
            Act(25, "11:00", CONVENE, "Stroud library, the small room", "8"),
            Act(26, "15:00", COMES, "", "respondent"),
            Act(27, "10:00", COMES, "", "raiser"),
            Act(28, "16:20", REPLY, "We are sorry to be late. We think it was fair notice.", "dispute"),
            Act(29, "09:10", RELEASE),
            Act(33, "16:00", MET),
            Act(34, "11:00", NOTE, "The county asks again for six weeks.", "The route itself."),
            Act(35, "10:00", COMMENT, "As we heard it.", "respondent"),
            Act(36, "09:30", RELEASE_TEXT),
            Act(37, "09:30", COMMENT, "", "raiser"),
            Act(38, "19:00", DECIDE, "", "partly:close"),
            Act(40, "11:00", CLOSE, "The county asks again. The route stays open.", "partly settled"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        WANTS_TO_GO_ON,
        OPENED,
        on(
            "2026-04-08",
            events="meeting-set",
            owed=["raiser-senior-lead meet 2026-04-20", "senior-lead meet 2026-04-20"],
            letters=INVITED,
        ),
        on("2026-04-09", events="meeting-answered", letters=["officer meeting-answered"]),
        on("2026-04-10", events="meeting-answered", letters=["officer meeting-answered"]),
        on("2026-04-13", events="reply-sent", owed=["officer release 2026-04-15"], letters=REPLY_CAME),
        # no date moves: the group's own person is its lead too, and is told once
        on("2026-04-14", events="reply-released", letters=["raiser reply-released"]),
        on("2026-04-20", events="meeting-held"),
        on(
            "2026-04-21",
            events="note-written",
            owed=["raiser-senior-lead comment 2026-05-06", "senior-lead comment 2026-04-28"],
            letters=["raiser note-written", "senior-lead note-written", "champion note-written"],
        ),
        on(
            "2026-04-22",
            events="note-commented",
            owed=["officer release 2026-04-24"],
            letters=["officer text-received"],
        ),
        on("2026-04-23", events="text-released", letters=["raiser text-released"]),
        on(
            "2026-04-24",
            events="note-commented decision-asked",
            owed=["raiser decide 2026-05-11"],
            letters=REVIEW_IS_OVER,
        ),
        on("2026-04-27", events="raiser-decided", owed=["officer close 2026-05-06"], letters=TO_THE_OTHERS),
        on("2026-04-29", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # no reply yet, then the next step is due
    mornings="2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08",
)

DOES_NOT_MEET = Rehearsal(
    "review-without-a-meeting",
    "The senior leads are convened and do not meet, and the raiser leaves it at that",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            GOES_ON,
            Act(22, "10:00", NEXT_STEP),
            Act(25, "11:00", CONVENE, "Stroud library, the small room", "6"),
            Act(26, "15:00", COMES, "I am away that week. The week after would do.", "respondent"),
            Act(31, "17:30", MET, "", "no"),
            Act(43, "12:00", DECIDE, "", "partly:close"),
            Act(45, "11:00", CLOSE, "The two sides did not meet, and see it differently.", "partly settled"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        WANTS_TO_GO_ON,
        OPENED,
        on(
            "2026-04-08",
            events="meeting-set",
            owed=["raiser-senior-lead meet 2026-04-16", "senior-lead meet 2026-04-16"],
            letters=INVITED,
        ),
        # one lead cannot come, so another day is owed; the officer lets that go
        on(
            "2026-04-09",
            events="meeting-answered",
            owed=["officer convene 2026-04-16"],
            letters=["officer meeting-answered"],
        ),
        # who has answered is not reminded; the other one is
        on("2026-04-14", letters=["raiser-senior-lead reminder"]),
        on(
            "2026-04-16",
            events="meeting-not-held",
            letters=["raiser-senior-lead reminder"],
        ),
        on("2026-04-17", events="escalated", letters=["co-officer escalation"]),
        on(
            "2026-05-01",
            events="no-meeting-recorded decision-asked",
            owed=["raiser decide 2026-05-18"],
            letters=REVIEW_IS_OVER,
        ),
        on("2026-05-05", events="raiser-decided", owed=["officer close 2026-05-12"], letters=TO_THE_OTHERS),
        on("2026-05-07", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # no reply yet; a step, a day, an answer are due or late
    mornings=(
        "2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08 2026-04-14 2026-04-15 2026-04-16 "
        "2026-04-17 2026-04-20 2026-04-21 2026-04-22 2026-04-23 2026-04-24 2026-04-27 2026-04-28 "
        "2026-04-29 2026-04-30"
    ),
)

REHEARSALS = (MEETS, DOES_NOT_MEET)
