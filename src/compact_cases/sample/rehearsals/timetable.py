"""A rehearsal of a timetable: one date is kept, the next one missed, and the other side ends it."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.rehearsals.enquiry import (
    BUSES,
    FIRST_DAY,
    NO_REPLY_FOR_A_WEEK,
    PUT_TO_THE_BODY,
    RAISED,
    TAKEN_ON,
)
from compact_cases.sample.rehearsals.panel import A_MEMBER_REPLACED
from compact_cases.sample.rehearsals.review import GOES_ON, OPENED, WANTS_TO_GO_ON
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import (
    CLOSE,
    DECIDE,
    DECLARES,
    FINDINGS,
    HEARING,
    NEXT_STEP,
    PANEL,
    PANEL_ANSWER,
    PANEL_RELEASE,
    PANEL_STATEMENT,
    PAPERS,
    Act,
)
from compact_cases.sample.timetabling import AGREES, ENDS, TIMETABLE

NO_MEETING = tuple(one for one in A_MEMBER_REPLACED.days if date(2026, 4, 13) <= one.day <= date(2026, 5, 7))
"""The review, and how the panel is opened, go as in the other rehearsal of a panel."""
NOT_ANSWERED = (
    on(
        "2026-03-09",
        events="timetable-proposed",
        owed=["champion agree-timetable 2026-03-16"],
        letters=[f"{seat} timetable-proposed" for seat in ("raiser", "champion", "officer")],
    ),
    on("2026-03-12", letters=["champion reminder"]),
    # the reminder of the last day is one letter with that about the reply, whose date stays as it is
    on(
        "2026-03-17",
        events="timetable-not-agreed",
        letters=[f"{seat} timetable-not-agreed" for seat in ("raiser", "champion", "officer")],
    ),
)
UNTIL_THE_FINDINGS = (
    on(
        "2026-05-11",
        events="panel-named",
        owed=[
            "officer see 2026-05-14",
            "raiser statement 2026-05-26",
            "champion statement 2026-05-26",
            "secretary papers 2026-06-02",
            "secretary hear 2026-06-16",
        ],
        letters=["raiser panel-named", "champion panel-named"],
    ),
    on(
        "2026-05-15",
        events="panel-stood member-declared member-declared member-declared",
        owed=["panellist declare-member 2026-05-22"] * 3,
        letters=[
            *["panellist panel-asked"] * 3,
            *["raiser hearing", "champion hearing"],
            *["panellist hearing"] * 3,
        ],
    ),
    on("2026-05-18", letters=["raiser reminder", "champion reminder"]),
    on(
        "2026-05-20",
        events="statement-sent",
        owed=["officer release 2026-05-22"],
        letters=["officer text-received"],
    ),
    on("2026-05-21", events="panel-text-released", letters=["champion reminder", "champion text-released"]),
    on("2026-05-26", letters=["champion reminder"]),
    on("2026-05-27", events="no-statement-recorded"),
    on(
        "2026-05-29",
        events="papers-sent",
        letters=["officer reminder", "raiser papers", "champion papers", *["panellist papers"] * 3],
    ),
    on("2026-06-02", letters=["officer reminder"]),
    on("2026-06-09", letters=["officer reminder"]),
    on("2026-06-12", letters=["officer reminder"]),
    on("2026-06-16", events="hearing-held", owed=["panellist findings 2026-06-30"]),
    on("2026-06-23", letters=["panellist reminder"]),
)
EVERYONE = ("raiser", "champion", "chief-officer", "officer")
DATES = "respondent respond 1=+8, respond 2=+15, respond 3=+28"

AGREED_THEN_BROKEN = Rehearsal(
    "timetable-agreed-then-broken",
    "Dates that nobody answers, then some that both agree: one is kept, one missed, and the raiser ends it",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(5, "10:00", TIMETABLE, "", "raiser reply=+10"),
            GOES_ON,
            Act(22, "10:00", NEXT_STEP),
            Act(43, "12:00", DECIDE, "", "not:go-on:panel"),
            Act(45, "10:00", NEXT_STEP),
            Act(47, "11:00", PANEL, "Stroud library, the large room", "25"),
            Act(51, "10:00", DECLARES, "", "0"),
            Act(51, "10:30", DECLARES, "", "1"),
            Act(51, "11:00", DECLARES, "", "2"),
            Act(54, "10:00", PANEL_STATEMENT, "Eight days are too few for a committee.", "raiser"),
            Act(55, "10:00", PANEL_RELEASE),
            Act(60, "10:00", PAPERS),
            Act(72, "12:00", HEARING, "", "raiser respondent"),
            Act(78, "15:00", FINDINGS, "They asked, and too late.", "respondent respondent raiser"),
            Act(79, "10:00", TIMETABLE, "", DATES),
            Act(80, "10:00", AGREES, "", "raiser yes"),
            Act(86, "10:00", PANEL_ANSWER, "", "1:accepted"),
            Act(99, "11:00", ENDS, "", "raiser"),
            Act(101, "10:00", PANEL_ANSWER, "", "3:accepted"),
            Act(103, "11:00", CLOSE, "The panel found it partly met.", "panel findings"),
        ),
    ),
    FIRST_DAY,
    date(2026, 8, 5),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NOT_ANSWERED,
        *NO_REPLY_FOR_A_WEEK,
        WANTS_TO_GO_ON,
        OPENED,
        *NO_MEETING,
        *UNTIL_THE_FINDINGS,
        on(
            "2026-06-24",
            events="findings-sent",
            owed=[
                "chief-officer respond 2026-07-15",
                "chief-officer respond 2026-07-15",
                "raiser respond 2026-07-15",
            ],
            letters=[f"{seat} findings" for seat in (*EVERYONE, "chair")],
        ),
        # a community group has ten working days to answer; the dates stay as they are meanwhile
        on(
            "2026-06-25",
            events="timetable-proposed",
            owed=["raiser agree-timetable 2026-07-09"],
            letters=[f"{seat} timetable-proposed" for seat in ("raiser", "champion", "officer")],
        ),
        on(
            "2026-06-26",
            events="timetable-agreed",
            owed=[
                "chief-officer respond 2026-07-07",
                "chief-officer respond 2026-07-16",
                "raiser respond 2026-08-04",
            ],
            letters=[f"{seat} timetable-agreed" for seat in EVERYONE],
        ),
        on("2026-06-30", letters=["chief-officer reminder"]),
        on("2026-07-03", letters=["chief-officer reminder"]),
        # the first one is kept
        on(
            "2026-07-06",
            events="recommendation-answered action-taken-on",
            owed=["champion action 2026-09-29"],
            letters=["raiser panel-answer", "officer panel-answer"],
        ),
        on("2026-07-09", letters=["chief-officer reminder"]),
        on("2026-07-14", letters=["chief-officer reminder"]),
        on("2026-07-16", letters=["chief-officer reminder"]),
        # the second one is not: its usual steps
        on("2026-07-17", letters=["chief-officer nudge"]),
        # by five working days; what the raiser owes goes back to its old date or, as here, five days ahead
        on(
            "2026-07-23",
            events="no-panel-answer-recorded timetable-ended",
            owed=["raiser respond 2026-07-30"],
            letters=[
                *(f"{seat} no-panel-answer" for seat in ("raiser", "champion", "officer")),
                *(f"{seat} timetable-ended" for seat in ("champion", "chief-officer", "officer")),
            ],
        ),
        on(
            "2026-07-27",
            events="recommendation-answered action-taken-on panel-over",
            owed=["raiser action 2026-10-20", "officer close 2026-08-03"],
            letters=["champion panel-answer", "officer panel-answer"],
        ),
        on("2026-07-29", events="closed", letters=["raiser closed", "champion closed"]),
    ),
    mornings=(
        "2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08 2026-04-09 2026-04-10 2026-04-13 "
        "2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 2026-04-22 2026-04-23 "
        "2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-14 2026-06-16 2026-07-17 "
        "2026-07-20 2026-07-21 2026-07-22"
    ),
)

REHEARSALS = (AGREED_THEN_BROKEN,)
