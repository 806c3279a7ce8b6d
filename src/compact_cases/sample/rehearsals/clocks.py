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
    released,
    reply_came,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import (
    ADJUST,
    CLOSE,
    CONVENE,
    DECIDE,
    IN_ERROR,
    MORE_TIME,
    NEXT_STEP,
    NO,
    PAUSE,
    RELEASE,
    REPLY,
    RESUME,
    YES,
    Act,
)

PAUSED = ("raiser paused", "champion paused")
"""The officer does not hear of what the officer did."""
EVERYONE_HEARS = ("raiser extended", "champion extended", "officer extended")
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

MORE_TIME_TWICE = Rehearsal(
    "more-time",
    "More time is asked for at 22:10 on the last day, and once more: the raiser says no, the board chair yes",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(12, "22:10", MORE_TIME, "Our transport lead is away.", "5"),
            Act(17, "15:00", MORE_TIME, "She is still away.", "4"),
            Act(18, "10:00", NO),
            Act(19, "11:00", YES, "", "chair"),
            Act(21, "16:00", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(22, "09:35", RELEASE),
            Act(23, "20:05", DECIDE, "", "settled"),
            Act(26, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-11", letters=["champion reminder"]),
        on("2026-03-16", letters=["champion reminder"]),
        on(
            "2026-03-18",
            events="extended",
            owed=["champion reply 2026-03-25"],
            letters=["champion reminder", *EVERYONE_HEARS],
        ),
        on("2026-03-23", letters=["champion reminder"]),
        on(
            "2026-03-25",
            events="extension-asked paused",
            owed=["raiser extension-answer 2026-03-30"],
            letters=["champion reminder", "raiser time-asked", "champion time-asked", "officer time-asked"],
        ),
        on(
            "2026-03-26",
            events="extension-answered",
            owed=["chair extension-answer 2026-03-31"],
            letters=["chair time-asked", "champion time-asked", "officer time-asked"],
        ),
        # four working days from the old date, Wednesday 25 March
        on(
            "2026-03-27",
            events="extension-answered resumed",
            owed=["champion reply 2026-03-31"],
            letters=EVERYONE_HEARS,
        ),
        on(
            "2026-03-31",
            events="reply-sent",
            owed=["officer release 2026-04-02"],
            letters=["champion reminder", *REPLY_CAME],
        ),
        released("2026-04-01", "2026-04-17"),
        on("2026-04-02", events="raiser-decided", owed=["officer close 2026-04-14"], letters=TO_THE_OTHERS),
        on("2026-04-09", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

ALL_THREE = Rehearsal(
    "paused-extended-adjusted",
    "Paused and resumed, more time at 22:10 on the last day, then a longer limit for each side",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(6, "12:00", PAUSE, "", "waiting for a third party"),
            Act(9, "10:00", RESUME),
            Act(15, "22:10", MORE_TIME, "Our transport lead is away.", "3"),
            Act(16, "11:00", ADJUST, "", "respondent"),
            Act(17, "11:00", ADJUST, "", "raiser"),
            Act(22, "16:00", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(23, "09:35", RELEASE),
            Act(36, "20:05", DECIDE, "", "settled"),
            Act(38, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-10", events="paused", letters=PAUSED),  # with six working days left
        on("2026-03-13", events="resumed", owed=["champion reply 2026-03-23"], letters=RESUMED),
        on("2026-03-16", letters=["champion reminder"]),
        on("2026-03-19", letters=["champion reminder"]),
        on(
            "2026-03-23",
            events="extended",
            owed=["champion reply 2026-03-26"],
            letters=["champion reminder", *EVERYONE_HEARS],
        ),
        # five more from Thursday 26 March; the champion is reminded two days before either date
        on(
            "2026-03-24",
            events="adjustment-recorded",
            owed=["champion reply 2026-04-02"],
            letters=["champion reminder", "raiser longer-limit", "champion longer-limit"],
        ),
        on("2026-03-25", events="adjustment-recorded"),  # the raiser owes nothing yet, so no date moves
        on("2026-03-26", letters=["champion reminder"]),
        on("2026-03-31", letters=["champion reminder"]),
        reply_came("2026-04-01", "2026-04-07"),
        released("2026-04-02", "2026-04-27"),  # fifteen working days, over Easter
        on("2026-04-20", letters=["raiser reminder"]),
        on(
            "2026-04-23",
            events="raiser-decided",
            owed=["officer close 2026-05-01"],
            letters=["raiser reminder", *TO_THE_OTHERS],
        ),
        on("2026-04-27", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

IN_ERROR_TWICE = Rehearsal(
    "recorded-in-error",
    "A pause and a reply are recorded in error; each is marked so, and the date is as it was",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(4, "12:00", PAUSE, "", "waiting for a third party"),
            Act(5, "10:00", IN_ERROR, "It was another case."),
            Act(6, "10:00", REPLY, "We answer about the school bus.", "dispute"),
            Act(6, "15:00", IN_ERROR, "It was the reply to another case."),
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
        on("2026-03-06", events="paused", letters=PAUSED),
        on(
            "2026-03-09",
            events="pause-in-error",
            owed=["champion reply 2026-03-18"],
            letters=["raiser in-error", "champion in-error"],
        ),
        on(
            "2026-03-10",
            events="reply-sent reply-in-error",
            owed=["officer release 2026-03-12", "champion reply 2026-03-18"],
            letters=[*REPLY_CAME, "champion in-error"],
        ),
        on("2026-03-11", letters=["champion reminder"]),
        on("2026-03-16", letters=["champion reminder"]),
        reply_came("2026-03-17", "2026-03-19"),
        released("2026-03-18", "2026-04-01"),
        on("2026-03-24", events="raiser-decided", owed=["officer close 2026-04-01"], letters=TO_THE_OTHERS),
        on("2026-03-26", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

TAKES_LONG = Rehearsal(
    "takes-long",
    "A case that takes sixty working days beside a pause: both sides are told what took the time",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(3, "11:00", ADJUST, "", "respondent"),
            Act(15, "11:00", MORE_TIME, "Our transport lead is away.", "10"),
            Act(17, "12:00", PAUSE, "", "waiting for a third party"),
            Act(38, "16:00", REPLY, "We think that it was fair notice.", "dispute"),
            Act(40, "09:35", RELEASE),
            Act(41, "11:00", ADJUST, "", "raiser"),
            Act(60, "20:05", DECIDE, "", "not"),
            Act(65, "10:00", NEXT_STEP),
            Act(70, "11:00", CONVENE, "Stroud library, the small room", "10"),
            Act(73, "12:00", DECIDE, "", "settled"),
            Act(75, "11:45", CLOSE, "The group and the council found a way.", "agreed at senior review"),
        ),
    ),
    FIRST_DAY,
    date(2026, 6, 24),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on(
            "2026-03-05",
            events="adjustment-recorded",
            owed=["champion reply 2026-03-25"],
            letters=["raiser longer-limit", "champion longer-limit"],
        ),
        on("2026-03-18", letters=["champion reminder"]),
        on(
            "2026-03-23",
            events="extended",
            owed=["champion reply 2026-04-10"],
            letters=["champion reminder", "raiser extended", "champion extended", "officer extended"],
        ),
        # until 10 April: ten working days that do not count
        on("2026-03-25", events="paused", letters=["raiser paused", "champion paused"]),
        on(
            "2026-04-11",
            events="resumed",
            owed=["champion reply 2026-04-24"],
            letters=["raiser resumed", "champion resumed", "officer resumed"],
        ),
        on("2026-04-17", letters=["champion reminder"]),
        on("2026-04-22", letters=["champion reminder"]),
        on("2026-04-24", letters=["champion reminder"]),
        # one working day late
        on(
            "2026-04-27",
            events="reply-sent",
            owed=["officer release 2026-04-29"],
            letters=["champion nudge", "officer reply-received", "champion reply-received"],
        ),
        on(
            "2026-04-29",
            events="reply-released",
            owed=["raiser decide 2026-05-14"],
            letters=["raiser reply-released"],
        ),
        on(
            "2026-04-30",
            events="adjustment-recorded",
            owed=["raiser decide 2026-05-21"],
            letters=["raiser longer-limit", "champion longer-limit"],
        ),
        on("2026-05-14", letters=["raiser reminder"]),
        on("2026-05-19", letters=["raiser reminder"]),
        on("2026-05-21", letters=["raiser reminder"]),
        on(
            "2026-05-29",
            events="raiser-decided",
            owed=["officer next-step 2026-06-08"],
            letters=TO_THE_OTHERS,
        ),
        on(
            "2026-06-05",
            events="officer-assigned review-opened",
            # five days longer: the raiser, whose limits are longer, is to come to the meeting
            owed=["officer convene 2026-06-12", "officer note 2026-07-10"],
            letters=[
                "officer assigned",
                "raiser review-opened",
                "champion review-opened",
                "senior-lead review-opened",
            ],
        ),
        on(
            "2026-06-12",
            events="meeting-set",
            owed=["raiser-senior-lead meet 2026-06-26", "senior-lead meet 2026-06-26"],
            letters=["raiser-senior-lead invitation", "senior-lead invitation"],
        ),
        # sixty working days after 4 March, and ten more that were a pause
        on(
            "2026-06-16",
            events="long-time-reached",
            letters=[
                "co-officer long-time",
                "chair long-time",
                "raiser long-time",
                "champion long-time",
                "officer long-time",
            ],
        ),
        # settled before the leads have met, who are told that the meeting is off
        on(
            "2026-06-17",
            events="raiser-decided",
            owed=["officer close 2026-06-24"],
            letters=[
                *TO_THE_OTHERS,
                "raiser-senior-lead invitation-cancelled",
                "senior-lead invitation-cancelled",
            ],
        ),
        on("2026-06-19", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # a pause is about to end, a reply is to be released, then what the office is to open and to convene
    "2026-04-08 2026-04-09 2026-04-10 2026-04-27 2026-04-29 2026-06-04 2026-06-05 2026-06-10"
    " 2026-06-11 2026-06-12",
)

REHEARSALS = (PAUSED_TWICE, MORE_TIME_TWICE, ALL_THREE, IN_ERROR_TWICE, TAKES_LONG)
