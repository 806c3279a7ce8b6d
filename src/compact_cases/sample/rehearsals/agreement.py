"""Rehearsals of agreements: actions disputed, waived, late at Christmas and not kept, in a closed case."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.agreeing import (
    AGREE,
    ANSWER_AGREEMENT,
    CHECK_IN,
    CONFIRMED,
    DISPUTED,
    DONE,
    PASS_ON,
    WAIVE_REFLECTION,
    WAIVED,
)
from compact_cases.sample.rehearsals.enquiry import BUSES, REVIEW_OPENS
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import ASK_TO_REOPEN, CLOSE, RELEASE, REOPEN, REPLY, Act, accepted

FIRST_DAY = date(2026, 11, 2)
BEGUN = (
    accepted(2, "You say that eight days to answer about the bus were too few for your committee."),
    Act(6, "15:40", REPLY, "We see that eight days were short.", "in-part"),
    Act(7, "09:35", RELEASE),
)
AS_EVER = (
    on(
        "2026-11-02",
        events="concern-received respondent-matched clause-cited remedies-sought",
        owed=["officer acknowledge 2026-11-09"],
        letters=["raiser receipt", "officer new-concern", "officer new-concern"],
    ),
    on(
        "2026-11-04",
        events="acknowledged put-to-respondent",
        owed=["champion reply 2026-11-18"],
        letters=["raiser acknowledgement", "champion notice"],
    ),
    on(
        "2026-11-10",
        events="reply-sent",
        owed=["officer release 2026-11-12"],
        letters=["officer reply-received", "champion reply-received"],
    ),
    on(
        "2026-11-11",
        events="reply-released",
        owed=["raiser decide 2026-11-25"],
        letters=["raiser reply-released"],
    ),
)
BOTH_AGREE = (
    on(
        "2026-11-12",
        events="agreement-written",
        owed=["raiser agree 2026-11-26", "champion agree 2026-11-19"],  # a group has ten days
        letters=["raiser agreement", "champion agreement"],
    ),
    on("2026-11-13", events="agreement-answered", letters=["officer agreement-answered"]),
    on(
        "2026-11-16",
        events="agreement-answered",
        owed=["raiser reflect 2026-11-23", "champion reflect 2026-11-23"],
        letters=["raiser agreement-reflect", "champion agreement-reflect", "officer agreement-answered"],
    ),
)
TERMS = """\
respondent 2026-12-24 Ask about the bus again, for six weeks. | The questions stand on the council's website.
respondent 2026-11-30 Write to the committee that eight days were short. | The committee has the letter.
raiser 2026-12-04 Send the dates of the committee's meetings. | The council has the list."""

CHRISTMAS = Rehearsal(
    "agreed-actions",
    "Agreed, closed; actions disputed and confirmed, waived, late at Christmas and not kept",
    replace(
        BUSES,
        acts=(
            *BEGUN,
            Act(8, "11:00", AGREE, TERMS, "settles"),
            Act(9, "20:10", ANSWER_AGREEMENT, "", "raiser yes"),
            Act(10, "10:30", ANSWER_AGREEMENT, "", "respondent yes"),
            Act(18, "11:45", CLOSE, "Both sides agreed on three things.", "resolved early"),
            Act(19, "14:00", DONE, "The letter went on Thursday.", "respondent 2"),
            Act(20, "09:30", PASS_ON, "", "2"),
            Act(20, "16:00", WAIVED, "", "respondent 3"),
            Act(22, "19:15", DISPUTED, "It went to an address that we left in spring.", "raiser 2"),
            Act(23, "09:30", PASS_ON, "", "2"),
            Act(28, "12:00", DONE, "It went again, to the secretary.", "respondent 2"),
            Act(29, "09:30", PASS_ON, "", "2"),
            Act(30, "21:40", CONFIRMED, "", "raiser 2"),
            Act(80, "20:00", CHECK_IN, "They wrote. The questions never came.", "raiser 3"),
        ),
    ),
    FIRST_DAY,
    date(2027, 3, 12),
    (
        *AS_EVER,
        *BOTH_AGREE,
        on("2026-11-18", letters=["raiser reminder"]),  # of the decision, which is still theirs
        on("2026-11-23", letters=["raiser reminder"]),
        on(
            "2026-11-24",
            events="agreement-made",
            owed=[
                "officer close 2026-12-01",
                "champion action 2026-12-24",
                "champion action 2026-11-30",
                "raiser action 2026-12-04",
                "raiser check-in 2027-03-10",
                "champion check-in 2027-03-10",
                "raiser check-in 2027-12-08",
                "champion check-in 2027-12-08",
            ],
            letters=["raiser agreement-made", "champion agreement-made", "officer agreement-made"],
        ),
        on("2026-11-26", events="closed", letters=["raiser closed", "champion closed", "champion reminder"]),
        on(
            "2026-11-27",
            events="action-done",
            owed=["officer action-release 2026-12-01"],
            letters=["officer action-to-read"],
        ),
        on(
            "2026-11-30",
            events="action-words-released action-waived",
            owed=["raiser confirm 2026-12-14"],
            letters=["raiser action-to-confirm", "raiser action-settled"],
        ),
        on(
            "2026-12-02",
            events="action-disputed",
            owed=["officer action-release 2026-12-07"],  # in the evening
            letters=["officer action-to-read"],
        ),
        on(
            "2026-12-03",
            events="action-words-released",
            owed=["champion action 2026-12-17"],
            letters=["champion action-again"],
        ),
        on(
            "2026-12-10",
            events="action-done",
            owed=["officer action-release 2026-12-14"],
            letters=["champion reminder", "officer action-to-read"],  # ten days before Christmas Eve
        ),
        on(
            "2026-12-11",
            events="action-words-released",
            owed=["raiser confirm 2026-12-29"],  # over Christmas Day and Boxing Day
            letters=["raiser action-to-confirm"],
        ),
        on("2026-12-14", events="action-confirmed", letters=["champion action-settled"]),
        on("2026-12-22", letters=["champion reminder"]),
        on("2026-12-24", letters=["champion reminder"]),
        on("2026-12-29", letters=["champion nudge"]),  # 25 and 28 December are bank holidays
        on(
            "2027-01-05",
            events="escalated",
            letters=["senior-lead escalation", "champion escalation"],
        ),
        on(
            "2027-01-12",
            events="action-not-kept",
            letters=["raiser action-not-kept", "champion action-not-kept", "officer action-not-kept"],
        ),
        on("2027-02-24", letters=["raiser check-in", "champion check-in"]),
        on("2027-02-25", events="check-in-answered"),
        on("2027-03-08", letters=["champion reminder"]),
        on("2027-03-11", events="check-in-passed"),
    ),
    # nothing is recorded of an action
    mornings=(
        "2026-12-29 2026-12-30 2026-12-31 2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-01-08 2027-01-11"
    ),
)

STEPPED_BACK = Rehearsal(
    "stepped-back",
    "A side steps back, a new version is agreed in part, and days to reflect are waived",
    replace(
        BUSES,
        acts=(
            *BEGUN,
            Act(8, "11:00", AGREE, "respondent 2026-12-24 Ask again. | It stands on the website."),
            Act(9, "10:10", ANSWER_AGREEMENT, "", "raiser yes"),
            Act(10, "10:30", ANSWER_AGREEMENT, "", "respondent yes"),
            Act(12, "16:00", ANSWER_AGREEMENT, "We need until January.", "respondent not"),
            Act(13, "10:00", AGREE, "respondent 2027-01-15 Ask again. | It stands on the website."),
            Act(13, "12:00", ANSWER_AGREEMENT, "", "raiser yes"),
            Act(14, "12:00", ANSWER_AGREEMENT, "", "respondent yes"),
            Act(14, "15:00", WAIVE_REFLECTION, "", "raiser"),
            Act(15, "10:00", WAIVE_REFLECTION, "", "respondent"),
        ),
    ),
    FIRST_DAY,
    date(2026, 11, 24),
    (
        *AS_EVER,
        *BOTH_AGREE,
        on(
            "2026-11-18",
            events="agreement-answered",
            letters=["raiser reminder", "raiser agreement-not-accepted", "officer agreement-answered"],
        ),
        on(
            "2026-11-19",
            events="agreement-written agreement-answered",
            owed=["raiser agree 2026-12-03", "champion agree 2026-11-26"],
            letters=["raiser agreement", "champion agreement", "officer agreement-answered"],
        ),
        on(
            "2026-11-20",
            events="agreement-answered reflection-waived",
            owed=["raiser reflect 2026-11-27", "champion reflect 2026-11-27"],
            letters=["raiser agreement-reflect", "champion agreement-reflect", "officer agreement-answered"],
        ),
        on(
            "2026-11-23",
            events="reflection-waived agreement-made",
            owed=[
                "champion action 2027-01-15",
                "raiser check-in 2027-03-09",
                "champion check-in 2027-03-09",
                "raiser check-in 2027-12-07",
                "champion check-in 2027-12-07",
            ],
            letters=[
                "raiser reminder",  # something stays open, and the decision is theirs
                "raiser agreement-made",
                "champion agreement-made",
                "officer agreement-made",
            ],
        ),
    ),
)

NOT_KEPT = Rehearsal(
    "not-kept-reopened",
    "An action that settled a case is not kept, so that the senior leads are to meet after all",
    replace(
        BUSES,
        acts=(
            *BEGUN,
            Act(8, "11:00", AGREE, "respondent 2026-12-04 Ask again. | It stands on the website.", "settles"),
            Act(9, "10:10", ANSWER_AGREEMENT, "", "raiser yes"),
            Act(10, "10:30", ANSWER_AGREEMENT, "", "respondent yes"),
            Act(18, "11:45", CLOSE, "Both sides agreed on one thing.", "resolved early"),
            Act(35, "14:00", ASK_TO_REOPEN, "Nothing was asked again.", "not-kept"),
            Act(37, "10:00", REOPEN, "What was agreed was not kept.", "senior-review"),
        ),
    ),
    FIRST_DAY,
    date(2026, 12, 23),
    (
        *AS_EVER,
        *BOTH_AGREE,
        on("2026-11-18", letters=["raiser reminder"]),
        on("2026-11-23", letters=["raiser reminder"]),
        on(
            "2026-11-24",
            events="agreement-made",
            owed=[
                "officer close 2026-12-01",
                "champion action 2026-12-04",
                "raiser check-in 2027-03-10",
                "champion check-in 2027-03-10",
                "raiser check-in 2027-12-08",
                "champion check-in 2027-12-08",
            ],
            letters=["raiser agreement-made", "champion agreement-made", "officer agreement-made"],
        ),
        on("2026-11-26", events="closed", letters=["raiser closed", "champion closed"]),
        on("2026-12-02", letters=["champion reminder"]),
        on("2026-12-04", letters=["champion reminder"]),
        on("2026-12-07", letters=["champion nudge"]),
        on("2026-12-11", events="escalated", letters=["senior-lead escalation", "champion escalation"]),
        on(
            "2026-12-18",
            events="action-not-kept",
            letters=["raiser action-not-kept", "champion action-not-kept", "officer action-not-kept"],
        ),
        on(
            "2026-12-21",
            events="reopening-asked officer-assigned",
            owed=["officer reopen 2026-12-30"],
            letters=["raiser reopening-asked", "officer reopening-asked"],
        ),
        on(
            "2026-12-23",
            events="reopened officer-assigned review-opened",
            owed=["officer convene 2027-01-04", "officer note 2027-01-25"],
            letters=[
                "raiser reopened",
                "champion reopened",
                "officer reopened",
                "officer assigned",
                *REVIEW_OPENS,
            ],
        ),
    ),
    mornings="2026-12-07 2026-12-08 2026-12-09 2026-12-10 2026-12-11 2026-12-14 2026-12-15 2026-12-16"
    " 2026-12-17 2026-12-22 2026-12-23",
)

REHEARSALS = (CHRISTMAS, STEPPED_BACK, NOT_KEPT)
