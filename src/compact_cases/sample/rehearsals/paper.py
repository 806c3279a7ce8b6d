"""Rehearsals of what goes and comes on paper: a raiser who has only a postal address."""

from dataclasses import replace
from datetime import date

from compact_cases.sample import on_paper
from compact_cases.sample.rehearsals.enquiry import BUSES, FIRST_DAY, REPLY_CAME
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, ON_PAPER, POST, RELEASE, REPLY, Act, accepted

BY_POST = replace(BUSES, reach="post")

ON_PAPER_TO_THE_END = Rehearsal(
    "by-post",
    "A raiser by post, whose decision comes back on paper",
    replace(
        BY_POST,
        acts=(
            Act(0, "14:00", POST),
            accepted(2, "You say that eight days to answer about the bus were too few for your committee."),
            Act(2, "15:00", POST),
            Act(6, "11:10", REPLY, "We accept this, and ask again for six weeks.", "accept"),
            Act(7, "09:35", RELEASE),
            Act(9, "16:00", POST),  # the reply to read has lain two days
            Act(23, "10:30", ON_PAPER, "", "settled", came=21),  # its postmark is of the last day
            Act(23, "16:00", POST),
            Act(24, "10:00", CLOSE, "The council asks again, for six weeks.", "resolved early"),
            Act(24, "16:00", POST),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 8),
    (
        on(
            "2026-03-02",
            events="concern-received respondent-matched clause-cited remedies-sought posted",
            owed=["officer acknowledge 2026-03-09"],
            letters=["officer new-concern", "officer new-concern", "raiser receipt by post"],
        ),
        on(
            "2026-03-04",
            events="acknowledged put-to-respondent posted",
            owed=["champion reply 2026-03-18"],
            letters=["champion notice", "raiser acknowledgement by post"],
        ),
        on(
            "2026-03-10",
            events="reply-sent",
            owed=["officer release 2026-03-12"],
            letters=REPLY_CAME,
        ),
        on("2026-03-11", events="reply-released", owed=["raiser decide 2026-03-25"]),
        # posted on Friday 13 March: it should come on Tuesday 17, day 0
        on(
            "2026-03-13",
            events="posted",
            owed=["raiser decide 2026-03-31"],
            letters=["raiser reply-released by post"],
        ),
        # Reminders to the raiser lie in the office, for an officer to post: none of them is.
        # The decision comes on Thursday 2 April, after Tuesday's last day, with a postmark of Tuesday.
        on(
            "2026-04-02",
            events="raiser-decided posted",
            owed=["officer close 2026-04-13"],
            letters=["champion decision-recorded", "raiser decision-recorded by post"],
        ),
        on(
            "2026-04-07",
            events="closed posted",
            letters=["champion closed", "raiser closed by post"],
        ),
    ),
    # letters wait to be posted
    mornings=(
        "2026-03-12 2026-03-13 2026-03-24 2026-03-25 2026-03-26 2026-03-27 2026-03-30 2026-03-31 "
        "2026-04-01 2026-04-02"
    ),
)

TAKEN_OVER = Rehearsal(
    "taken-over-from-paper",
    "A case kept on paper is taken over in the middle, and what was done since is entered with its days",
    replace(
        BUSES,
        channel="paper",
        acts=(
            Act(0, "10:00", on_paper.TAKEN_ON, "Eight days were too few for them.", "2026-01-14 2026-01-19"),
            Act(0, "10:10", on_paper.REPLIED, "The date was set by the government.", "2026-01-30"),
            Act(0, "10:20", on_paper.RELEASED, "", "2026-01-28"),  # it had not come by then
            Act(0, "10:25", on_paper.RELEASED, "", "2026-02-03"),
            Act(0, "10:30", on_paper.DECIDED, "", "2026-02-12"),
            Act(0, "10:40", on_paper.WENT_ON, "", "2026-02-17"),
        ),
    ),
    FIRST_DAY,
    date(2026, 3, 3),
    (
        replace(
            on(
                "2026-03-02",
                events="concern-received respondent-matched clause-cited remedies-sought acknowledged "
                "put-to-respondent kept-on-paper reply-sent entered-from-paper reply-released "
                "entered-from-paper raiser-decided entered-from-paper officer-assigned review-opened "
                "entered-from-paper",
                owed=[
                    "officer acknowledge 2026-03-09",
                    "champion reply 2026-02-02",  # ten working days from 19 January
                    "officer release 2026-02-03",  # it came on Friday 30 January
                    "raiser decide 2026-02-17",
                    "officer next-step 2026-02-19",
                    "officer convene 2026-02-24",
                    "officer note 2026-03-17",
                ],
                letters=[  # of what is past nobody hears; both sides learn that it has a page now
                    "raiser receipt",
                    "officer new-concern",
                    "officer new-concern",
                    "raiser kept-on-paper",
                    "champion kept-on-paper",
                ],
            ),
            refused=(
                "released-on-paper: It cannot have been done before Friday 30 January 2026: what it answers"
                " was not there yet.",
            ),
        ),
    ),
    mornings="2026-03-03",  # the day for the meeting is late
)

REHEARSALS = (ON_PAPER_TO_THE_END, TAKEN_OVER)
