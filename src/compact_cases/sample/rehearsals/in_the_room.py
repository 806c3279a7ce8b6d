"""A rehearsal of the mediation room: words for all and for one alone, drafts, two yeses, and its end."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.in_the_room import DRAFTS, READS, ROWS, SAYS, TAKES_BACK, YES
from compact_cases.sample.mediated import ASK, CONSENT, DECLARE, NAME, PROPOSE
from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    FIRST_DAY,
    PUT_TO_THE_BODY,
    RAISED,
    TO_THE_OTHERS,
)
from compact_cases.sample.rehearsals.mediation import RELEASED_ON_THE_NEXT_DAY, REPLIED
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, DECIDE, Act

SIX_WEEKS = (
    "respondent 2026-05-29 The county asks again, for six weeks. | The questions stand on its website."
)
FOUR_WEEKS = SIX_WEEKS.replace("six", "four")
CHECKED = (
    "raiser check-in 2026-07-15",
    "champion check-in 2026-07-15",
    "raiser check-in 2027-04-15",
    "champion check-in 2027-04-15",
)
ROOM = Rehearsal(
    "mediation-room",
    "Words for all and for one alone, a yes taken back, a version that both want; after 30 days nothing",
    replace(
        BUSES,
        acts=(
            *REPLIED,
            Act(9, "10:00", ASK, "", "raiser"),
            Act(10, "11:00", CONSENT, "", "respondent yes"),
            Act(11, "10:00", PROPOSE, "", "Mara Quill"),
            Act(12, "10:00", NAME, "", "raiser yes"),
            Act(12, "11:00", NAME, "", "respondent yes"),
            Act(13, "09:00", DECLARE, "", "no"),
            Act(14, "10:00", SAYS, "Welcome to you both. What matters most to you?", "mediator all"),
            Act(14, "10:20", SAYS, "Between us: four weeks would do.", "raiser mediator"),
            Act(14, "10:40", SAYS, "We could ask again.", "respondent all"),
            Act(14, "11:30", READS, "", "raiser 3"),
            Act(14, "11:30", READS, "", "respondent 2"),
            Act(14, "11:30", READS, "", "mediator 3"),
            Act(14, "11:30", READS, "", "officer 0"),
            Act(16, "09:30", DRAFTS, SIX_WEEKS, "raiser all"),
            Act(16, "09:40", YES, "", "raiser"),
            Act(16, "10:00", TAKES_BACK, "", "raiser"),
            Act(16, "10:20", DRAFTS, FOUR_WEEKS, "mediator all"),
            Act(16, "11:00", YES, "", "respondent"),
            Act(16, "14:00", YES, "", "raiser"),
            Act(16, "15:00", SAYS, "One more thing.", "respondent all"),
            Act(23, "10:00", DECIDE, "", "partly:close"),
            Act(25, "11:00", CLOSE, "The county asks again, for four weeks.", "partly settled"),
            Act(36, "23:00", READS, "", "raiser 9"),
            Act(36, "23:00", ROWS, "", "9"),
            Act(37, "09:00", READS, "", "raiser 9"),
            Act(37, "09:00", ROWS, "", "0"),
        ),
    ),
    FIRST_DAY,
    date(2026, 4, 27),
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
        on(
            "2026-03-17",
            events="mediator-proposed",
            owed=["raiser name 2026-03-20", "champion name 2026-03-20"],
            letters=["raiser mediator-proposed", "champion mediator-proposed"],
        ),
        on(
            "2026-03-18",
            events="name-answered name-answered mediator-asked",
            owed=["mediator declare 2026-03-23"],
            letters=["mediator mediator-asked"],
        ),
        on(
            "2026-03-19",
            events="mediator-appointed",
            owed=["mediator mediate 2026-05-05"],
            letters=[
                "raiser mediator-appointed",
                "champion mediator-appointed",
                "officer mediator-appointed",
                "mediator mediator-appointed",
            ],
        ),
        # what is said in the room is no event, and no letter tells more than that there is something
        replace(
            on("2026-03-20", letters=["raiser room-news", "champion room-news", "mediator room-news"]),
            refused=("room-reads: There is no such case, or it is not yours to see.",),  # an officer
        ),
        # of the respondent's words, as both had a letter on that day already
        on("2026-03-21", letters=["raiser room-news", "mediator room-news"]),
        # with the second yes to one version its words are an agreement, and the mediation is over
        replace(
            on(
                "2026-03-24",
                events="agreement-written agreement-answered agreement-answered mediation-ended "
                "decision-asked",
                owed=[
                    "raiser agree 2026-03-31",
                    "champion agree 2026-03-31",
                    "raiser reflect 2026-03-31",
                    "champion reflect 2026-03-31",
                    "raiser decide 2026-04-09",
                ],
                letters=[
                    "champion room-news",
                    "mediator room-news",
                    "raiser room-news",
                    "officer agreement-answered",
                    "raiser agreement-reflect",
                    "champion agreement-reflect",
                    "raiser mediation-ended",
                    "champion mediation-ended",
                    "officer mediation-ended",
                    "mediator mediation-ended",
                ],
            ),
            refused=("room-words: The mediation is over, so nothing new can be written here.",),
        ),
        on("2026-03-31", letters=["raiser reminder"]),
        on(
            "2026-04-01",
            events="agreement-made",
            owed=["champion action 2026-05-29", *CHECKED],
            letters=["raiser agreement-made", "champion agreement-made", "officer agreement-made"],
        ),
        on(
            "2026-04-02",
            events="raiser-decided",
            owed=["officer close 2026-04-13"],
            letters=TO_THE_OTHERS,
        ),
        on("2026-04-08", events="closed", letters=BOTH_SIDES_HEAR),
        # on the thirtieth day all of it can still be read, and on the next one there is nothing
        replace(
            on("2026-04-24"),
            refused=(
                "room-reads: The mediation ended more than 30 days ago. All that was in its room is removed.",
            ),
        ),
    ),
)
REHEARSALS = (ROOM,)
