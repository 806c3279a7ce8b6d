"""A rehearsal of a panel that hears a hidden raiser on paper alone."""

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
    PANEL_MEMBER,
    PANEL_RELEASE,
    PANEL_STATEMENT,
    PAPERS,
    REFUSES,
    RELEASE,
    REPLY,
    Act,
)

ON_PAPER = Rehearsal(
    "panel-on-paper-for-a-hidden-raiser",
    "A confidential group: a late reply in review, a name refused, and a panel that hears it on paper",
    replace(
        BUSES,
        confidentiality="confidential",
        acts=(
            TAKEN_ON,
            GOES_ON,
            Act(22, "10:00", NEXT_STEP),
            Act(28, "16:20", REPLY, "We are sorry to be late. We think it was fair notice.", "dispute"),
            Act(29, "09:10", RELEASE),
            Act(43, "12:00", DECIDE, "", "not:go-on:panel"),
            Act(45, "10:00", NEXT_STEP),
            Act(47, "11:00", PANEL, "County hall, the large room", "25"),
            Act(48, "10:00", REFUSES, "", "1"),
            Act(49, "10:00", PANEL_MEMBER),
            Act(53, "10:00", DECLARES, "", "0"),
            Act(53, "10:30", DECLARES, "", "1"),
            Act(53, "11:00", DECLARES, "", "2"),
            Act(54, "10:00", PANEL_STATEMENT, "Our committee at Elmfield meets once a month.", "raiser"),
            Act(55, "10:00", PANEL_RELEASE, "at Elmfield"),
            Act(60, "10:00", PAPERS),
            Act(72, "12:00", HEARING),
            Act(78, "15:00", FINDINGS, "They asked, and too late for a committee."),
            Act(80, "11:00", CLOSE, "A panel found it partly met.", "panel findings"),
        ),
    ),
    FIRST_DAY,
    date(2026, 6, 26),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        WANTS_TO_GO_ON,
        OPENED,
        on(
            "2026-04-13",
            events="escalated reply-sent",
            owed=["officer release 2026-04-15"],
            letters=["co-officer escalation", "officer reply-received", "champion reply-received"],
        ),
        on("2026-04-14", events="reply-released", letters=["raiser reply-released"]),
        on(
            "2026-05-01",
            events="no-meeting-recorded decision-asked",
            owed=["raiser decide 2026-05-18"],
            letters=[
                "raiser review-over",
                "champion review-over",
                "senior-lead review-over",
                "officer review-over",
            ],
        ),
        on(
            "2026-05-05",
            events="raiser-decided",
            owed=["officer next-step 2026-05-12"],
            letters=["champion decision-recorded", "officer decision-recorded"],
        ),
        on(
            "2026-05-07",
            events="panel-opened",
            owed=["secretary constitute 2026-05-21"],
            letters=["raiser panel-opened", "champion panel-opened", "officer panel-opened"],
        ),
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
            "2026-05-12",
            events="member-refused",
            owed=["secretary replace 2026-05-19"],
            letters=["officer member-lost"],
        ),
        on(
            "2026-05-13",
            events="member-replaced",
            owed=["officer see 2026-05-18"],
            letters=["raiser panel-named", "champion panel-named"],
        ),
        on("2026-05-18", letters=["raiser reminder", "champion reminder"]),
        on(
            "2026-05-19",
            events="panel-stood member-declared member-declared member-declared",
            owed=[
                "panellist declare-member 2026-05-27",
                "panellist declare-member 2026-05-27",
                "panellist declare-member 2026-05-27",
            ],
            letters=[
                "panellist panel-asked",
                "panellist panel-asked",
                "panellist panel-asked",
                "raiser hearing",
                "champion hearing",
                "panellist hearing",
                "panellist hearing",
                "panellist hearing",
            ],
        ),
        on(
            "2026-05-20",
            events="statement-sent",
            owed=["officer release 2026-05-22"],
            letters=["officer text-received"],
        ),
        on(
            "2026-05-21",
            events="panel-text-released",
            letters=["champion reminder", "champion text-released"],
        ),
        on("2026-05-26", letters=["champion reminder"]),
        on("2026-05-27", events="no-statement-recorded"),
        on(
            "2026-05-29",
            events="papers-sent",
            letters=[
                "officer reminder",
                "raiser papers",
                "champion papers",
                "panellist papers",
                "panellist papers",
                "panellist papers",
            ],
        ),
        on("2026-06-02", letters=["officer reminder"]),
        on("2026-06-09", letters=["officer reminder"]),
        on("2026-06-12", letters=["officer reminder"]),
        on("2026-06-16", events="hearing-held", owed=["panellist findings 2026-06-30"]),
        on("2026-06-23", letters=["panellist reminder"]),
        on(
            "2026-06-24",
            events="findings-sent panel-over",
            owed=["officer close 2026-07-01"],
            letters=[
                "raiser findings",
                "champion findings",
                "chief-officer findings",
                "officer findings",
                "chair findings",
            ],
        ),
        on("2026-06-26", events="closed", letters=["raiser closed", "champion closed"]),
    ),
    mornings=(
        "2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08 2026-04-09 2026-04-10 2026-04-13 "
        "2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 2026-04-22 2026-04-23 "
        "2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-18 2026-06-16"
    ),
)

REHEARSALS = (ON_PAPER,)
