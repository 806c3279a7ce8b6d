"""A rehearsal of a panel: a member replaced, a limit changed, a finding corrected, an answer in part."""

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
    CORRECTS,
    DECIDE,
    DECLARES,
    DISCUSSED,
    EDITION,
    FINDINGS,
    HEARING,
    NEXT_STEP,
    PANEL,
    PANEL_ANSWER,
    PANEL_MEMBER,
    PANEL_RELEASE,
    PANEL_STATEMENT,
    PAPERS,
    Act,
)

A_MEMBER_REPLACED = Rehearsal(
    "panel-with-a-member-replaced",
    "A panel: a member is replaced, an edition gives it more time, a finding is corrected, an answer in part",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            GOES_ON,
            Act(22, "10:00", NEXT_STEP),
            Act(43, "12:00", DECIDE, "", "not:go-on:panel"),
            Act(45, "10:00", NEXT_STEP),
            Act(47, "11:00", PANEL, "Stroud library, the large room", "25"),
            Act(51, "10:00", DECLARES, "", "0"),
            Act(51, "10:30", DECLARES, "My sister works there.", "1"),
            Act(51, "11:00", DECLARES, "", "1"),
            Act(52, "10:00", PANEL_MEMBER),
            Act(54, "10:00", PANEL_STATEMENT, "Eight days are too few for a committee.", "raiser"),
            Act(55, "10:00", PANEL_RELEASE),
            Act(56, "10:00", DECLARES, "", "2"),
            Act(60, "10:00", PAPERS),
            Act(72, "12:00", HEARING, "", "raiser respondent"),
            Act(74, "10:00", EDITION, "longer-findings", "findings:15"),
            Act(78, "15:00", FINDINGS, "They asked, and too late for a committee.", "respondent board"),
            Act(79, "10:00", CORRECTS, "They asked, on a day that was too late.", "not-met"),
            Act(80, "10:00", PANEL_ANSWER, "Four weeks, not six.", "1:in-part"),
            Act(81, "10:00", PANEL_RELEASE),
            Act(99, "11:00", CLOSE, "The panel found it partly met.", "panel findings"),
            Act(100, "10:00", DISCUSSED),
        ),
    ),
    FIRST_DAY,
    date(2026, 7, 24),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *NO_REPLY_FOR_A_WEEK,
        WANTS_TO_GO_ON,
        OPENED,
        on("2026-04-13", events="escalated", letters=["co-officer escalation"]),
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
            "2026-05-15",
            events="panel-stood member-declared member-declared member-declared",
            owed=[
                "panellist declare-member 2026-05-22",
                "panellist declare-member 2026-05-22",
                "panellist declare-member 2026-05-22",
                "secretary replace 2026-05-22",
            ],
            letters=[
                "panellist panel-asked",
                "panellist panel-asked",
                "panellist panel-asked",
                "raiser hearing",
                "champion hearing",
                "panellist hearing",
                "raiser member-lost",
                "champion member-lost",
                "officer member-lost",
                "panellist hearing",
            ],
        ),
        on(
            "2026-05-18",
            events="member-replaced",
            owed=["officer see 2026-05-21"],
            letters=["raiser reminder", "champion reminder", "raiser panel-named", "champion panel-named"],
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
        on(
            "2026-05-22",
            events="panel-stood member-declared",
            owed=["panellist declare-member 2026-06-01"],
            letters=["panellist panel-asked", "panellist hearing"],
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
        # eight of ten days were left: thirteen of fifteen are
        on(
            "2026-06-18",
            events="moved-to-edition",
            owed=["panellist findings 2026-07-07"],
            letters=["raiser dates-moved", "panellist dates-moved"],
        ),
        on(
            "2026-06-24",
            events="findings-sent",
            owed=["chief-officer respond 2026-07-15", "chair respond 2026-07-15"],
            letters=[
                "chair findings",
                "raiser findings",
                "champion findings",
                "chief-officer findings",
                "officer findings",
            ],
        ),
        on(
            "2026-06-25",
            events="finding-corrected",
            letters=[
                "raiser finding-corrected",
                "champion finding-corrected",
                "chief-officer finding-corrected",
                "officer finding-corrected",
                "chair finding-corrected",
                "panellist finding-corrected",
                "panellist finding-corrected",
            ],
        ),
        on(
            "2026-06-26",
            events="recommendation-answered action-taken-on",
            owed=["officer answer-release 2026-06-30", "champion action 2026-09-21"],
            letters=["officer text-received"],
        ),
        on(
            "2026-06-29",
            events="panel-text-released",
            letters=["raiser panel-answer", "officer panel-answer"],
        ),
        on("2026-07-08", letters=["chair reminder"]),
        on("2026-07-13", letters=["chair reminder"]),
        on("2026-07-15", letters=["chair reminder"]),
        on("2026-07-16", letters=["chair nudge"]),
        on(
            "2026-07-22",
            events="no-panel-answer-recorded panel-over",
            owed=["officer close 2026-07-29"],
            letters=["raiser no-panel-answer", "champion no-panel-answer", "officer no-panel-answer"],
        ),
        on("2026-07-23", events="closed", letters=["raiser closed", "champion closed"]),
        on("2026-07-24", events="recommendation-discussed"),
    ),
    mornings=(
        "2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08 2026-04-09 2026-04-10 2026-04-13 "
        "2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 2026-04-22 2026-04-23 "
        "2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-14 2026-05-21 2026-06-16"
    ),
)

REHEARSALS = (A_MEMBER_REPLACED,)
