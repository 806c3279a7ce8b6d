"""A rehearsal of a panel: mediation is tried first, a finding corrected, and the case opened again for it."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.mediated import CONSENT, DECLARE, END, NAME, PROPOSE
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
    ASK_TO_REOPEN,
    CLOSE,
    CORRECTS,
    DECIDE,
    DECLARES,
    FINDINGS,
    HEARING,
    NEXT_STEP,
    PANEL,
    PANEL_RELEASE,
    PANEL_STATEMENT,
    PAPERS,
    REFERS,
    REOPEN,
    Act,
)

MINUTE = "A minute of 3 February says that the date was set before anybody was asked."
MEDIATION_FIRST = Rehearsal(
    "panel-and-back-to-mediation",
    "A panel proposes mediation, which settles nothing; corrects a finding, and one sits again",
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
            Act(51, "10:30", DECLARES, "", "1"),
            Act(51, "11:00", DECLARES, "", "2"),
            Act(54, "10:00", PANEL_STATEMENT, "Eight days are too few for a committee.", "raiser"),
            Act(55, "10:00", PANEL_RELEASE),
            Act(60, "10:00", PAPERS),
            Act(72, "12:00", HEARING, "", "raiser respondent"),
            Act(73, "10:00", REFERS),
            Act(74, "10:00", CONSENT, "", "raiser yes"),
            Act(75, "11:00", CONSENT, "", "respondent yes"),
            Act(76, "10:00", PROPOSE, "", "Mara Quill"),
            Act(77, "10:00", NAME, "", "raiser yes"),
            Act(77, "11:00", NAME, "", "respondent yes"),
            Act(78, "09:00", DECLARE, "", "no"),
            Act(85, "16:00", END, "", "not settled"),
            Act(88, "15:00", FINDINGS, "They asked, and too late for a committee."),
            Act(89, "10:00", CORRECTS, "They asked, on a day that was too late.", "not-met"),
            Act(91, "11:00", CLOSE, "The panel found it not met.", "panel findings"),
            Act(95, "14:00", ASK_TO_REOPEN, MINUTE, "new-evidence"),
            Act(97, "10:00", REOPEN, MINUTE, "panel"),
            Act(99, "11:00", PANEL, "Stroud library, the small room", "25"),
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
            owed=["panellist declare-member 2026-05-22"] * 3,
            letters=[
                *["panellist panel-asked"] * 3,
                "raiser hearing",
                "champion hearing",
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
            letters=["officer reminder", "raiser papers", "champion papers", *["panellist papers"] * 3],
        ),
        on("2026-06-02", letters=["officer reminder"]),
        on("2026-06-09", letters=["officer reminder"]),
        on("2026-06-12", letters=["officer reminder"]),
        on("2026-06-16", events="hearing-held", owed=["panellist findings 2026-06-30"]),
        # a group has ten days to answer; the panel's own limit, of which nine days are left, stands still
        on(
            "2026-06-17",
            events="mediation-asked paused",
            owed=["raiser consent 2026-07-01", "champion consent 2026-06-24"],
            letters=["raiser mediation-asked", "champion mediation-asked", "officer mediation-asked"],
        ),
        on("2026-06-18", events="consent-answered"),
        on(
            "2026-06-19",
            events="consent-answered resumed mediation-agreed paused",
            owed=["panellist findings 2026-07-02", "officer appoint 2026-07-03"],
            letters=[
                "raiser mediation-agreed",
                "champion mediation-agreed",
                "officer mediation-agreed",
                *["panellist panel-waits"] * 3,
            ],
        ),
        on(
            "2026-06-22",
            events="mediator-proposed",
            owed=["raiser name 2026-06-25", "champion name 2026-06-25"],
            letters=["raiser mediator-proposed", "champion mediator-proposed"],
        ),
        on(
            "2026-06-23",
            events="name-answered name-answered mediator-asked",
            owed=["mediator declare 2026-06-26"],
            letters=["mediator mediator-asked"],
        ),
        on(
            "2026-06-24",
            events="mediator-appointed",
            owed=["mediator mediate 2026-08-05"],
            letters=[
                "raiser mediator-appointed",
                "champion mediator-appointed",
                "officer mediator-appointed",
                "mediator mediator-appointed",
            ],
        ),
        on(
            "2026-07-03",
            events="resumed mediation-ended",
            owed=["panellist findings 2026-07-16"],
            letters=[
                "raiser mediation-ended",
                "champion mediation-ended",
                "officer mediation-ended",
                *["panellist panel-goes-on"] * 3,
            ],
        ),
        on(
            "2026-07-08",
            events="findings-sent panel-over",
            owed=["officer close 2026-07-15"],
            letters=[
                "raiser findings",
                "champion findings",
                "chief-officer findings",
                "officer findings",
                "chair findings",
            ],
        ),
        on(
            "2026-07-09",
            events="finding-corrected",
            letters=[
                "raiser finding-corrected",
                "champion finding-corrected",
                "officer finding-corrected",
                "chair finding-corrected",
                *["panellist finding-corrected"] * 2,
            ],
        ),
        on("2026-07-13", events="closed", letters=["raiser closed", "champion closed"]),
        on(
            "2026-07-17",
            events="reopening-asked",
            owed=["officer reopen 2026-07-24"],
            letters=["raiser reopening-asked", "officer reopening-asked"],
        ),
        on(
            "2026-07-21",
            events="reopened panel-opened",
            owed=["secretary constitute 2026-08-04"],
            letters=[
                "raiser reopened",
                "champion reopened",
                "raiser panel-opened",
                "champion panel-opened",
            ],
        ),
        on(
            "2026-07-23",
            events="panel-named",
            owed=[
                "officer see 2026-07-28",
                "raiser statement 2026-08-06",
                "champion statement 2026-08-06",
                "secretary papers 2026-08-13",
                "secretary hear 2026-08-27",
            ],
            letters=["raiser panel-named", "champion panel-named"],
        ),
    ),
    mornings=(
        "2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-04-08 2026-04-09 2026-04-10 2026-04-13 "
        "2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 2026-04-22 2026-04-23 "
        "2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-14 2026-06-16 2026-07-13 "
        "2026-07-20 2026-07-21"
    ),
)

REHEARSALS = (MEDIATION_FIRST,)
