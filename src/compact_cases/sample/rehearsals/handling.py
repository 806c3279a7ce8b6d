"""Rehearsals of handling: an officer in conflict, a raiser by post, a council that is replaced on 1 April."""

from dataclasses import replace
from datetime import date

from compact_cases.sample.asking import (
    ANSWER_PAUSE,
    ASK_PAUSE,
    CHAIR_DECLARES,
    CHOOSE_BODY,
    GROUP_ENDED,
    TAKE_OVER,
)
from compact_cases.sample.rehearsals.clocks import PAUSED, RESUMED
from compact_cases.sample.rehearsals.enquiry import (
    BOTH_SIDES_HEAR,
    BUSES,
    PUT_TO_THE_BODY,
    RAISED,
    REPLY_CAME,
    TAKEN_ON,
    TO_THE_OTHERS,
)
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import (
    CLOSE,
    CONFLICT,
    DECIDE,
    HAND_ON,
    NEW_CODE,
    PAUSE,
    RELEASE,
    REPLY,
    SUCCEED,
    Act,
)

REPLACED = Rehearsal(
    "council-replaced",
    "The officer has a conflict of interest, the raiser is reached by post, the council is replaced",
    replace(
        BUSES,
        reach="post",
        acts=(
            TAKEN_ON,
            Act(3, "11:00", CONFLICT, "My sister works in the council's transport team."),
            Act(5, "10:00", SUCCEED, "2026-04-01", "Severnside District Council"),
            Act(16, "15:40", REPLY, "We have taken this over, and ask again for six weeks.", "accept"),
            Act(17, "09:35", RELEASE),
            Act(19, "12:00", DECIDE, "", "settled"),
            Act(20, "11:00", CLOSE, "The new council asks again.", "resolved early"),
        ),
    ),
    date(2026, 3, 16),
    date(2026, 5, 1),
    (  # what goes by post is no letter that a mail server takes
        on(
            "2026-03-16",
            events="concern-received respondent-matched clause-cited remedies-sought",
            owed=["officer acknowledge 2026-03-23"],
            letters=["officer new-concern", "officer new-concern"],
        ),
        on(
            "2026-03-18",
            events="acknowledged put-to-respondent",
            owed=["champion reply 2026-04-01"],
            letters=["champion notice"],
        ),
        on(
            "2026-03-19",
            events="conflict-declared handed-over",
            letters=["champion conflict", "officer handed-over"],
        ),
        on("2026-03-25", letters=["champion reminder"]),
        on("2026-03-30", letters=["champion reminder"]),
        on(
            "2026-04-01",  # no reminder to the council that has ended: its successor has until 17 April
            events="respondent-succeeded",
            owed=["champion reply 2026-04-17"],
            letters=["champion succeeded", "officer succeeded"],
        ),
        on("2026-04-09", events="reply-sent", owed=["officer release 2026-04-13"], letters=REPLY_CAME),
        on("2026-04-10", events="reply-released", owed=["raiser decide 2026-04-24"]),
        on("2026-04-14", events="raiser-decided", owed=["officer close 2026-04-21"], letters=TO_THE_OTHERS),
        on("2026-04-15", events="closed", letters=["champion closed"]),
    ),
    # letters wait to be posted, which nobody does
    mornings=(
        "2026-03-17 2026-03-18 2026-03-19 2026-03-20 2026-03-23 2026-03-24 2026-03-25 2026-03-26 "
        "2026-03-27 2026-03-30 2026-03-31 2026-04-01 2026-04-02 2026-04-07 2026-04-08 2026-04-09 "
        "2026-04-10 2026-04-13 2026-04-14 2026-04-15 2026-04-16 2026-04-17 2026-04-20 2026-04-21 "
        "2026-04-22 2026-04-23 2026-04-24 2026-04-27 2026-04-28 2026-04-29 2026-04-30 2026-05-01"
    ),
)

OFFICERS_GO = (
    Act(3, "11:00", CONFLICT, "My sister works in the council's transport team."),
    Act(4, "11:00", CONFLICT, "I sat on the council's bus forum until last year."),
)
BOTH_GO = (
    RAISED,
    PUT_TO_THE_BODY,
    on(
        "2026-03-05",
        events="conflict-declared handed-over",
        letters=["raiser conflict", "champion conflict", "officer handed-over"],
    ),
    on(
        "2026-03-06",
        events="conflict-declared",
        letters=["raiser conflict", "champion conflict", "chair conflict"],
    ),
)

CHAIR_TAKES_OVER = Rehearsal(
    "chair-takes-over",
    "Both officers have a conflict of interest; the board chair has none, and brings the case to its end",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            *OFFICERS_GO,
            Act(5, "10:00", CHAIR_DECLARES, "", "no"),
            Act(7, "15:40", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(8, "09:35", RELEASE),
            Act(10, "12:00", DECIDE, "", "settled"),
            Act(11, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    date(2026, 3, 2),
    date(2026, 4, 10),
    (
        *BOTH_GO,
        on(
            "2026-03-09",
            events="handler-found officer-assigned",
            letters=["raiser handler-found", "champion handler-found"],
        ),
        on(
            "2026-03-11",
            events="reply-sent",
            owed=["officer release 2026-03-13"],
            letters=["champion reminder", *REPLY_CAME],
        ),
        on(
            "2026-03-12",
            events="reply-released",
            owed=["raiser decide 2026-03-26"],
            letters=["raiser reply-released"],
        ),
        on("2026-03-16", events="raiser-decided", owed=["officer close 2026-03-23"], letters=TO_THE_OTHERS),
        on("2026-03-17", events="closed", letters=BOTH_SIDES_HEAR),
    ),
)

NOBODY_LEFT = Rehearsal(
    "nobody-left",
    "The board chair has one too: an administrator hears of it daily until another office has the case",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            *OFFICERS_GO,
            Act(5, "10:00", CHAIR_DECLARES, "", "yes"),
            Act(8, "10:00", HAND_ON, "The Dell Compact office, 01453 555 000"),
        ),
    ),
    date(2026, 3, 2),
    date(2026, 3, 20),
    (
        *BOTH_GO,
        on(
            "2026-03-09",
            events="conflict-declared",
            letters=["raiser nobody-left", "champion nobody-left"],
        ),
        on("2026-03-11", letters=["champion reminder"]),
        on("2026-03-12", events="handed-on closed", letters=["raiser closed", "champion closed"]),
    ),
    mornings="2026-03-09 2026-03-10 2026-03-11 2026-03-12",
)

LONG_PAUSES = Rehearsal(
    "pause-by-the-chair",
    "Paused twice for ten days, then the board chair is asked: silence is no, and the next time she says yes",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(3, "12:00", PAUSE, "", "waiting for a third party"),
            Act(14, "09:30", PAUSE, "", "waiting for a third party"),
            Act(25, "10:00", ASK_PAUSE, "waiting for a third party", "5"),
            Act(29, "10:00", ASK_PAUSE, "waiting for a third party", "5"),
            Act(30, "10:00", ANSWER_PAUSE, "", "yes"),
            Act(36, "16:00", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(37, "09:35", RELEASE),
            Act(38, "12:00", DECIDE, "", "settled"),
            Act(39, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    date(2026, 3, 2),
    date(2026, 5, 29),
    (
        RAISED,
        PUT_TO_THE_BODY,
        on("2026-03-05", events="paused", letters=PAUSED),
        on(
            "2026-03-20",
            events="resumed paused",
            owed=["champion reply 2026-04-01"],
            letters=[*RESUMED, "officer resumed", *PAUSED],
        ),
        on(
            "2026-04-08",
            events="resumed pause-asked",
            owed=["champion reply 2026-04-17", "chair pause-answer 2026-04-13"],
            letters=[*RESUMED, "officer resumed", "chair pause-asked"],
        ),
        on("2026-04-10", letters=["chair reminder", "champion reminder"]),  # the clocks run meanwhile
        on("2026-04-13", letters=["chair reminder"]),
        on(
            "2026-04-14",
            events="pause-answered pause-asked",
            owed=["chair pause-answer 2026-04-17"],
            letters=["officer pause-refused", "chair pause-asked"],
        ),
        on(
            "2026-04-15",
            events="pause-answered paused",
            letters=["champion reminder", *PAUSED, "officer paused"],
        ),
        on(
            "2026-04-23",
            events="resumed reply-sent",
            owed=["champion reply 2026-04-24", "officer release 2026-04-27"],
            letters=[*RESUMED, "officer resumed", *REPLY_CAME],
        ),
        on(
            "2026-04-24",
            events="reply-released",
            owed=["raiser decide 2026-05-11"],
            letters=["raiser reply-released"],
        ),
        on("2026-04-27", events="raiser-decided", owed=["officer close 2026-05-05"], letters=TO_THE_OTHERS),
        on("2026-04-28", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # a pause is about to end
    "2026-03-17 2026-03-18 2026-03-19 2026-04-01 2026-04-02 2026-04-07 2026-04-20 2026-04-21 2026-04-22",
)

GROUP_ENDS = (
    RAISED,
    PUT_TO_THE_BODY,
    on(
        "2026-03-10",
        events="group-ended",
        owed=["raiser take-over 2026-04-09"],
        letters=["raiser group-ended", "champion group-ended"],
    ),
    # what the council owes runs on
    on("2026-03-11", letters=["champion reminder"]),
    on("2026-03-16", letters=["champion reminder"]),
    on("2026-03-17", events="reply-sent", owed=["officer release 2026-03-19"], letters=REPLY_CAME),
    # nobody is asked to decide: that stands still at once
    on("2026-03-18", events="reply-released paused", owed=["raiser decide 2026-04-01"]),
    on("2026-03-24", letters=["raiser reminder"]),  # who speaks for the group
)

GROUP_GONE = Rehearsal(
    "group-ended",
    "The raiser's group ends while the council replies; a proxy takes over on day 19 and decides",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(6, "12:00", GROUP_ENDED, "Their treasurer rang.", "2026-03-09"),
            Act(11, "15:40", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(12, "09:35", RELEASE),
            Act(25, "14:00", TAKE_OVER, "The last committee asked us.", "Sam Hill"),
            Act(26, "11:00", NEW_CODE),  # which a task had asked for
            Act(28, "20:05", DECIDE, "", "settled"),
            Act(30, "11:45", CLOSE, "The council asks again, for six weeks.", "resolved early"),
        ),
    ),
    date(2026, 3, 2),
    date(2026, 5, 8),
    (
        *GROUP_ENDS,
        on("2026-04-07", letters=["raiser reminder"]),  # over Easter
        on(
            "2026-04-08",
            events="taken-over raiser-succeeded resumed",
            owed=["raiser decide 2026-04-22"],
            letters=["raiser speaker", "officer speaker", "champion speaker"],
        ),
        on("2026-04-13", events="raiser-decided", owed=["officer close 2026-04-21"], letters=TO_THE_OTHERS),
        on("2026-04-15", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # the pause is about to end; then a new return code is to be offered
    "2026-04-07 2026-04-08 2026-04-09",
)

NOBODY_SPEAKS = Rehearsal(
    "group-ended-unheard",
    "The group ends and nobody is heard of: an officer closes it, after a reply that was released",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(6, "12:00", GROUP_ENDED, "Their treasurer rang.", "2026-03-09"),
            Act(11, "15:40", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(12, "09:35", RELEASE),
            Act(29, "11:45", CLOSE, "Nobody goes on with it. The council asks again.", "no further contact"),
        ),
    ),
    date(2026, 3, 2),
    date(2026, 5, 22),
    (
        *GROUP_ENDS,
        on("2026-04-07", letters=["raiser reminder"]),
        on("2026-04-09", letters=["raiser reminder"]),
        on(
            "2026-04-10",
            events="nobody-took-over paused",
            owed=["officer close 2026-04-17"],
            letters=["officer group-ended"],
        ),
        on("2026-04-14", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # the pause is about to end
    "2026-04-07 2026-04-08 2026-04-09",
)

DIVIDED = Rehearsal(
    "council-divided",
    "The council is divided in two on 1 April: an officer chooses which answers, and nobody hears before",
    replace(
        BUSES,
        acts=(
            TAKEN_ON,
            Act(
                5,
                "10:00",
                SUCCEED,
                "2026-04-01",
                "Severnside District Council, Five Valleys Health Partnership",
            ),
            Act(14, "11:00", CHOOSE_BODY, "The buses went to Severnside.", "0"),
            Act(16, "15:40", REPLY, "We have taken this over, and ask again for six weeks.", "accept"),
            Act(17, "09:35", RELEASE),
            Act(19, "12:00", DECIDE, "", "settled"),
            Act(20, "11:00", CLOSE, "The new council asks again.", "resolved early"),
        ),
    ),
    date(2026, 3, 16),
    date(2026, 5, 1),
    (
        on(
            "2026-03-16",
            events="concern-received respondent-matched clause-cited remedies-sought",
            owed=["officer acknowledge 2026-03-23"],
            letters=["raiser receipt", "officer new-concern", "officer new-concern"],
        ),
        on(
            "2026-03-18",
            events="acknowledged put-to-respondent",
            owed=["champion reply 2026-04-01"],
            letters=["raiser acknowledgement", "champion notice"],
        ),
        on("2026-03-25", letters=["champion reminder"]),
        on("2026-03-30", letters=["champion reminder"]),
        on(
            "2026-04-01",  # the ten days more run at once, so nobody of the old council is reminded
            events="respondent-divided",
            owed=["champion reply 2026-04-17", "officer choose-successor 2026-04-10"],
            letters=["officer divided"],
        ),
        on("2026-04-07", events="respondent-succeeded", letters=["raiser succeeded", "champion succeeded"]),
        on("2026-04-09", events="reply-sent", owed=["officer release 2026-04-13"], letters=REPLY_CAME),
        on(
            "2026-04-10",
            events="reply-released",
            owed=["raiser decide 2026-04-24"],
            letters=["raiser reply-released"],
        ),
        on("2026-04-14", events="raiser-decided", owed=["officer close 2026-04-21"], letters=TO_THE_OTHERS),
        on("2026-04-15", events="closed", letters=BOTH_SIDES_HEAR),
    ),
    # a body is to be chosen
    mornings="2026-04-01 2026-04-02 2026-04-07",
)

REHEARSALS = (REPLACED, CHAIR_TAKES_OVER, NOBODY_LEFT, DIVIDED, LONG_PAUSES, GROUP_GONE, NOBODY_SPEAKS)
