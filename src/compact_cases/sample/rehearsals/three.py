"""Rehearsal of a mediation of three: two cases of one concern, two sessions, and then one body leaves."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.mediated import (
    CONSENT,
    DECLARE,
    END,
    GO_ON,
    LEAVE,
    NAME,
    PROPOSE,
    SESSION,
    TOGETHER,
)
from compact_cases.sample.rehearsals.enquiry import BUSES, FIRST_DAY
from compact_cases.sample.rehearsals.mediation import REPLIED
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, DECIDE, Act

COUNTY, HEALTH = "Northvale County Council", "Five Valleys Health Partnership"
LIBRARY = "Stroud library, the small room"
CAME = "concern-received respondent-matched clause-cited remedies-sought"
ALL_WANT_IT = "consent-answered consent-answered mediation-agreed paused"
INVITED = ["raiser session-fixed", *["champion session-fixed"] * 2, "mediator session-fixed"]

ONE_LEAVES = Rehearsal(
    "mediation-of-three",
    "One mediation for two bodies; one leaves after two sessions, and the rest go on and settle a part",
    replace(
        BUSES,
        about=(COUNTY, HEALTH),
        acts=(
            *REPLIED,
            Act(9, "10:00", TOGETHER, body=COUNTY),
            Act(10, "10:00", CONSENT, "", "raiser yes", body=COUNTY),
            Act(10, "11:00", CONSENT, "", "respondent yes"),
            Act(12, "10:00", PROPOSE, "", "Mara Quill", body=COUNTY),
            Act(13, "10:00", NAME, "", "raiser yes", body=COUNTY),
            Act(13, "11:00", NAME, "", "respondent yes"),
            Act(14, "09:00", DECLARE, "", "no", body=COUNTY),
            Act(15, "10:00", SESSION, LIBRARY, "5", body=COUNTY),
            Act(21, "10:00", SESSION, LIBRARY, "5", body=COUNTY),
            Act(27, "10:00", LEAVE, "", "respondent", body=HEALTH),
            Act(28, "10:00", GO_ON, "", "raiser yes", body=COUNTY),
            Act(29, "11:00", GO_ON, "", "respondent yes", body=COUNTY),
            Act(30, "16:00", END, "", "partly settled", body=COUNTY),
            Act(33, "19:00", DECIDE, "", "partly:close"),
            Act(35, "11:00", CLOSE, "The county asks again. The rest stays as it is.", "partly settled"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 24),
    (
        on(
            "2026-03-02",
            events=f"{CAME} {CAME}",
            owed=["officer acknowledge 2026-03-09"] * 2,
            letters=["raiser receipt", "officer new-concern", "officer new-concern"] * 2,
        ),
        on(
            "2026-03-04",
            events="acknowledged put-to-respondent acknowledged put-to-respondent",
            owed=["champion reply 2026-03-18"] * 2,
            letters=["raiser acknowledgement", "champion notice"] * 2,
        ),
        on(
            "2026-03-10",
            events="reply-sent reply-sent",
            owed=["officer release 2026-03-12"] * 2,
            letters=["officer reply-received", "champion reply-received"] * 2,
        ),
        on(
            "2026-03-11",
            events="reply-released reply-released",
            owed=["raiser decide 2026-03-25"] * 2,
            letters=["raiser reply-released"] * 2,
        ),
        # the raiser, a group, is asked once for both cases
        on(
            "2026-03-13",
            events="mediation-asked mediation-shared mediation-asked mediation-shared",
            owed=["raiser consent 2026-03-27", *["champion consent 2026-03-20"] * 2],
            letters=["raiser mediation-asked", *["champion mediation-asked"] * 2],
        ),
        # it begins in both with the last yes of the three
        on(
            "2026-03-16",
            events=f"{ALL_WANT_IT} {ALL_WANT_IT}",
            owed=["officer appoint 2026-03-30"] * 2,
            letters=["raiser mediation-agreed", "champion mediation-agreed", "officer mediation-agreed"] * 2,
        ),
        on(
            "2026-03-18",
            events="mediator-proposed mediator-proposed",
            owed=["raiser name 2026-03-23", *["champion name 2026-03-23"] * 2],
            letters=["raiser mediator-proposed", *["champion mediator-proposed"] * 2],
        ),
        on(
            "2026-03-19",
            events="name-answered name-answered mediator-asked name-answered",
            owed=["mediator declare 2026-03-24"],
            letters=["mediator mediator-asked"],
        ),
        # one declaration for both; a link to the page of each case
        on(
            "2026-03-20",
            events="mediator-appointed mediator-appointed",
            owed=["mediator mediate 2026-05-06"] * 2,
            letters=[
                "raiser mediator-appointed",
                *["champion mediator-appointed", "officer mediator-appointed"] * 2,
                *["mediator mediator-appointed"] * 2,
            ],
        ),
        on("2026-03-23", events="session-fixed session-fixed", letters=INVITED),
        on("2026-03-31", events="session-fixed session-fixed", letters=INVITED),
        # the health partnership is out, and its case goes on; the rest are asked
        on(
            "2026-04-10",
            events="another-left party-left mediation-ended decision-asked",
            owed=["raiser go-on 2026-04-15", "champion go-on 2026-04-15", "raiser decide 2026-04-24"],
            letters=[
                *(f"{who} go-on" for who in ("raiser", "champion", "officer", "mediator")),
                *(f"{who} mediation-ended" for who in ("raiser", "champion", "officer", "mediator")),
            ],
        ),
        on("2026-04-13", events="go-on-answered"),
        on(
            "2026-04-14",
            events="go-on-answered",
            letters=["raiser goes-on", "officer goes-on", "mediator goes-on"],
        ),
        on(
            "2026-04-15",
            events="mediation-ended decision-asked",
            owed=["raiser decide 2026-04-29"],
            letters=["raiser mediation-ended", "champion mediation-ended", "officer mediation-ended"],
        ),
        on("2026-04-17", letters=["raiser reminder"]),  # of the case that was left
        on(
            "2026-04-20",
            events="raiser-decided raiser-decided",
            owed=["officer close 2026-04-28"] * 2,
            letters=["champion decision-recorded", "officer decision-recorded"] * 2,
        ),
        on("2026-04-22", events="closed closed", letters=["raiser closed", "champion closed"] * 2),
    ),
)
REHEARSALS = (ONE_LEAVES,)
