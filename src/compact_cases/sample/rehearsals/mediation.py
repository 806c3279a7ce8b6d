"""Rehearsals of mediation: a consent that comes late, a mediator replaced, settled in part; none found."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.mediated import ASK, CONSENT, DECLARE, END, ILL, NAME, PROPOSE, SESSION
from compact_cases.sample.rehearsals.enquiry import (
    BUSES,
    FIRST_DAY,
    PUT_TO_THE_BODY,
    RAISED,
    TAKEN_ON,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, DECIDE, RELEASE, REPLY, Act

REPLIED = (
    TAKEN_ON,
    Act(6, "15:40", REPLY, "We think that eight days were fair.", "dispute"),
    Act(7, "09:35", RELEASE),
)
RELEASED_ON_THE_NEXT_DAY = (
    on(
        "2026-03-10",
        events="reply-sent",
        owed=["officer release 2026-03-12"],
        letters=["officer reply-received", "champion reply-received"],
    ),
    on(
        "2026-03-11",
        events="reply-released",
        owed=["raiser decide 2026-03-25"],
        letters=["raiser reply-released"],
    ),
)
IN_PART = Rehearsal(
    "mediation-settled-in-part",
    "Consent comes on its last evening, the mediator falls ill and is replaced, part of it is settled",
    replace(
        BUSES,
        acts=(
            *REPLIED,
            Act(9, "10:00", ASK, "", "raiser"),
            Act(14, "22:10", CONSENT, "", "respondent yes"),
            Act(16, "10:00", PROPOSE, "", "Mara Quill"),
            Act(17, "10:00", NAME, "", "raiser yes"),
            Act(17, "11:00", NAME, "", "respondent yes"),
            Act(18, "09:00", DECLARE, "", "no"),
            Act(20, "10:00", ILL),
            Act(22, "10:00", PROPOSE, "", "Tom Hartley"),
            Act(23, "10:00", NAME, "", "raiser yes"),
            Act(23, "11:00", NAME, "", "respondent yes"),
            Act(24, "10:00", DECLARE, "", "no"),
            Act(25, "10:00", SESSION, "Stroud library, the small room", "5"),
            Act(31, "16:00", END, "", "partly settled"),
            Act(33, "19:00", DECIDE, "", "partly:close"),
            Act(35, "11:00", CLOSE, "The county asks again. The route stays open.", "partly settled"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 24),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *RELEASED_ON_THE_NEXT_DAY,
        on(
            "2026-03-13",
            events="mediation-asked paused",
            owed=["champion consent 2026-03-20"],
            letters=["champion mediation-asked", "officer mediation-asked"],
        ),
        on("2026-03-18", letters=["champion reminder"]),
        # late on its last evening is in time; the clock that the question stopped had eight days left
        on(
            "2026-03-20",
            events="consent-answered resumed mediation-agreed paused",
            owed=["raiser decide 2026-04-01", "officer appoint 2026-04-08"],
            letters=[
                "champion reminder",
                "raiser mediation-agreed",
                "champion mediation-agreed",
                "officer mediation-agreed",
            ],
        ),
        on(
            "2026-03-24",
            events="mediator-proposed",
            owed=["raiser name 2026-03-27", "champion name 2026-03-27"],
            letters=["raiser mediator-proposed", "champion mediator-proposed"],
        ),
        on(
            "2026-03-25",
            events="name-answered name-answered mediator-asked",
            owed=["mediator declare 2026-03-30"],
            letters=["mediator mediator-asked"],
        ),
        on(
            "2026-03-26",
            events="mediator-appointed",
            owed=["mediator mediate 2026-05-12"],
            letters=[
                "raiser mediator-appointed",
                "champion mediator-appointed",
                "officer mediator-appointed",
                "mediator mediator-appointed",
            ],
        ),
        on(
            "2026-03-30",
            events="mediator-gone",
            owed=["officer appoint 2026-04-15"],
            letters=["raiser mediator-gone", "champion mediator-gone", "officer mediator-gone"],
        ),
        on(
            "2026-04-01",
            events="mediator-proposed",
            owed=["raiser name 2026-04-08", "champion name 2026-04-08"],
            letters=["raiser mediator-proposed", "champion mediator-proposed"],
        ),
        on(
            "2026-04-02",
            events="name-answered name-answered mediator-asked",
            owed=["mediator declare 2026-04-09"],
            letters=["mediator mediator-asked"],
        ),
        # thirty days anew, and within sixty of 26 March
        on(
            "2026-04-07",
            events="mediator-appointed",
            owed=["mediator mediate 2026-05-20"],
            letters=[
                "raiser mediator-appointed",
                "champion mediator-appointed",
                "officer mediator-appointed",
                "mediator mediator-appointed",
            ],
        ),
        on(
            "2026-04-08",
            events="session-fixed",
            letters=["raiser session-fixed", "champion session-fixed", "mediator session-fixed"],
        ),
        on(
            "2026-04-16",
            events="mediation-ended decision-asked",
            owed=["raiser decide 2026-04-30"],
            letters=["raiser mediation-ended", "champion mediation-ended", "officer mediation-ended"],
        ),
        on(
            "2026-04-20",
            events="raiser-decided",
            owed=["officer close 2026-04-28"],
            letters=["champion decision-recorded", "officer decision-recorded"],
        ),
        on("2026-04-22", events="closed", letters=["raiser closed", "champion closed"]),
    ),
    mornings=("2026-03-18 2026-03-19 2026-03-20"),
)
NOBODY_FOUND = Rehearsal(
    "mediation-without-a-mediator",
    "Both sides want mediation, and no mediator is found",
    replace(
        BUSES,
        acts=(
            *REPLIED,
            Act(9, "10:00", ASK, "", "raiser"),
            Act(10, "11:00", CONSENT, "", "respondent yes"),
            Act(33, "12:00", DECIDE, "", "partly:close"),
            Act(35, "11:00", CLOSE, "They see the route differently.", "partly settled"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 24),
    (
        RAISED,
        PUT_TO_THE_BODY,
        *RELEASED_ON_THE_NEXT_DAY,
        on(
            "2026-03-13",
            events="mediation-asked paused",
            owed=["champion consent 2026-03-20"],
            letters=["champion mediation-asked", "officer mediation-asked"],
        ),
        on(
            "2026-03-16",
            events="consent-answered resumed mediation-agreed paused",
            owed=["raiser decide 2026-03-26", "officer appoint 2026-03-30"],
            letters=["raiser mediation-agreed", "champion mediation-agreed", "officer mediation-agreed"],
        ),
        on("2026-03-31", events="escalated", letters=["co-officer escalation"]),
        on("2026-04-02", events="escalated", letters=["chair escalation"]),
        # everything goes on with the days that were left
        on(
            "2026-04-15",
            events="resumed mediation-ended",
            owed=["raiser decide 2026-04-27"],
            letters=["raiser mediation-ended", "champion mediation-ended", "officer mediation-ended"],
        ),
        on(
            "2026-04-20",
            events="raiser-decided",
            owed=["officer close 2026-04-27"],
            letters=["raiser reminder", "champion decision-recorded", "officer decision-recorded"],
        ),
        on("2026-04-22", events="closed", letters=["raiser closed", "champion closed"]),
    ),
    mornings=(
        "2026-03-26 2026-03-27 2026-03-30 2026-03-31 2026-04-01 2026-04-02 2026-04-07 "
        "2026-04-08 2026-04-09 2026-04-10 2026-04-13 2026-04-14"
    ),
)
REHEARSALS = (IN_PART, NOBODY_FOUND)
