"""Rehearsals of reopening: a closed case is opened again for what is new, and not after its twenty days."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.asking import ANSWER_APPEAL, APPEAL, DECLINE_REOPENING
from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    REPLY_CAME,
    REVIEW_OPENS,
    SETTLED,
    TO_THE_OTHERS,
)
from compact_cases.sample.rehearsals.written import Day, Rehearsal, on
from compact_cases.sample.stories import (
    ASK_TO_REOPEN,
    CLOSE,
    COMES,
    COMMENT,
    CONVENE,
    DECIDE,
    MET,
    NOTE,
    RELEASE,
    REOPEN,
    REPLY,
    Act,
)

MINUTE = "A minute of 3 February says that the date was set before anybody was asked."
# closed on Thursday 26 March 2026: day 19 is Friday 24 April, day 21 Tuesday 28 April
DAY_19, DAY_21 = 18 + 19, 18 + 21

ASKED = on(
    "2026-04-24",
    events="reopening-asked officer-assigned",  # to the officer who did not close it
    owed=["officer reopen 2026-05-01"],
    letters=["raiser reopening-asked", "officer reopening-asked"],
)

NEW_EVIDENCE = Rehearsal(
    "reopened-for-new-evidence",
    "On day 19 the raiser has something new: the council replies to it, which settles it",
    replace(
        BUSES,
        acts=(
            *SETTLED.story.acts,
            Act(DAY_19, "14:00", ASK_TO_REOPEN, MINUTE, "new-evidence"),
            Act(DAY_21, "10:00", REOPEN, MINUTE, "early-resolution"),
            Act(DAY_21 + 2, "15:40", REPLY, "We accept this too, and say how dates are set.", "accept"),
            Act(DAY_21 + 3, "09:35", RELEASE),
            Act(DAY_21 + 4, "12:00", DECIDE, "", "settled"),
            Act(DAY_21 + 6, "11:00", CLOSE, "The council says how dates are set.", "resolved early"),
        ),
    ),
    SETTLED.begins,
    date(2026, 5, 29),
    (
        *SETTLED.days,
        ASKED,
        on(
            "2026-04-28",
            events="reopened taken-up-again",
            owed=["champion reply 2026-05-13"],
            letters=["raiser reopened", "champion reopened"],
        ),
        on("2026-04-30", events="reply-sent", owed=["officer release 2026-05-05"], letters=REPLY_CAME),
        on(
            "2026-05-01",
            events="reply-released",
            owed=["raiser decide 2026-05-18"],
            letters=["raiser reply-released"],
        ),
        on("2026-05-05", events="raiser-decided", owed=["officer close 2026-05-12"], letters=TO_THE_OTHERS),
        on("2026-05-07", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # the request waits for an answer
    mornings="2026-04-27 2026-04-28",
)

TOO_LATE = Rehearsal(
    "reopening-on-day-21",
    "On day 21 nobody can ask any more, and nothing is written",
    replace(BUSES, acts=(*SETTLED.story.acts, Act(DAY_21, "10:00", ASK_TO_REOPEN, MINUTE, "new-evidence"))),
    SETTLED.begins,
    date(2026, 4, 30),
    (
        *SETTLED.days,
        Day(
            date(2026, 4, 28),
            refused=(
                "ask-to-reopen: A case can be opened again within 20 working days of its closing. For this"
                " one they were over on Monday 27 April 2026. You can raise a new concern that names this"
                " one.",
            ),
        ),
    ),
)

APPEALED = Rehearsal(
    "appeal-upheld",
    "The request is declined, the raiser turns to the board chair, and she says that it is opened again",
    replace(
        BUSES,
        acts=(
            *SETTLED.story.acts,
            Act(DAY_19, "14:00", ASK_TO_REOPEN, MINUTE, "new-evidence"),
            Act(DAY_21, "10:00", DECLINE_REOPENING, "The reply speaks of that minute."),
            Act(DAY_21 + 2, "21:00", APPEAL, "", "raiser-decides"),
            Act(DAY_21 + 6, "11:00", ANSWER_APPEAL, "", "yes"),
            Act(DAY_21 + 7, "10:00", REOPEN, MINUTE, "raiser-decides"),
            Act(DAY_21 + 8, "12:00", DECIDE, "", "settled"),
            Act(DAY_21 + 9, "11:00", CLOSE, "The council says how dates are set.", "resolved early"),
            Act(DAY_21 + 10, "11:00", APPEAL, "", "raiser-decides"),
        ),
    ),
    SETTLED.begins,
    date(2026, 5, 29),
    (
        *SETTLED.days,
        ASKED,
        on("2026-04-28", events="reopening-declined", letters=["raiser reopening-declined"]),
        on(
            "2026-04-30",  # in the evening: five working days from Friday, and Monday is a holiday
            events="reopening-appealed",
            owed=["chair appeal 2026-05-11"],
            letters=["chair appeal-asked", "raiser appeal-asked"],
        ),
        on(
            "2026-05-07",
            events="appeal-answered",
            owed=["officer reopen 2026-05-14"],
            letters=["chair reminder", "raiser appeal-answered", "officer appeal-answered"],
        ),
        on(
            "2026-05-08",
            events="reopened taken-up-again",
            owed=["raiser decide 2026-05-22"],
            letters=["raiser reopened", "champion reopened"],
        ),
        on("2026-05-11", events="raiser-decided", owed=["officer close 2026-05-18"], letters=TO_THE_OTHERS),
        on("2026-05-12", events="closed", letters=BOTH_SIDES_HEAR),
        Day(
            date(2026, 5, 13),  # that closing was another one, and nobody has asked since
            refused=(
                "appeal: No request to open this case again has been declined, so there is nothing to"
                " appeal.",
            ),
        ),
    ),
    # a request waits for an answer, and an appeal that was upheld for an officer
    mornings="2026-04-27 2026-04-28 2026-05-08",
)

CONCERNS_THE_REVIEW = Rehearsal(
    "reopened-at-senior-review",
    "What is new is for the senior leads: no officer is new to the case, so the board chair convenes them",
    replace(
        BUSES,
        acts=(
            *SETTLED.story.acts,
            Act(DAY_19, "14:00", ASK_TO_REOPEN, MINUTE, "new-evidence"),
            Act(DAY_21, "10:00", REOPEN, MINUTE, "senior-review"),
            Act(DAY_21 + 1, "11:00", CONVENE, "Stroud library, the small room", "6"),
            Act(DAY_21 + 2, "10:00", COMES, "", "raiser"),
            Act(DAY_21 + 2, "15:00", COMES, "", "respondent"),
            Act(DAY_21 + 7, "16:00", MET),
            Act(DAY_21 + 8, "11:00", NOTE, "The county says in its plan how dates are set.", "Nothing."),
            Act(DAY_21 + 9, "10:00", COMMENT, "", "respondent"),
            Act(DAY_21 + 9, "11:00", COMMENT, "", "raiser"),
            Act(DAY_21 + 10, "12:00", DECIDE, "", "settled"),
            Act(DAY_21 + 11, "11:00", CLOSE, "The plan says it.", "agreed at senior review"),
        ),
    ),
    SETTLED.begins,
    date(2026, 5, 29),
    (
        *SETTLED.days,
        ASKED,
        on(
            "2026-04-28",
            events="reopened officer-assigned review-opened",
            owed=["officer convene 2026-05-06", "officer note 2026-05-28"],
            letters=[
                "raiser reopened",
                "champion reopened",
                "officer reopened",
                "officer assigned",
                *REVIEW_OPENS,
            ],
        ),
        on(
            "2026-04-29",
            events="meeting-set",
            owed=["raiser-senior-lead meet 2026-05-08", "senior-lead meet 2026-05-08"],
            letters=["raiser-senior-lead invitation", "senior-lead invitation"],
        ),
        on(
            "2026-04-30",
            events="meeting-answered meeting-answered",
            letters=["officer meeting-answered", "officer meeting-answered"],
        ),
        on("2026-05-08", events="meeting-held"),
        on(
            "2026-05-11",
            events="note-written",
            owed=["raiser-senior-lead comment 2026-05-26", "senior-lead comment 2026-05-18"],
            letters=["raiser note-written", "senior-lead note-written", "champion note-written"],
        ),
        on(
            "2026-05-12",
            events="note-commented note-commented decision-asked",
            owed=["raiser decide 2026-05-27"],
            letters=[f"{who} review-over" for who in ("raiser", "champion", "senior-lead", "officer")],
        ),
        on("2026-05-13", events="raiser-decided", owed=["officer close 2026-05-20"], letters=TO_THE_OTHERS),
        on("2026-05-14", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    mornings="2026-04-27 2026-04-28",
)

REHEARSALS = (NEW_EVIDENCE, TOO_LATE, APPEALED, CONCERNS_THE_REVIEW)
