"""A rehearsal of an agreement made by post: a case from paper, two actions, done and confirmed on paper."""

from dataclasses import replace
from datetime import date

from compact_cases.sample import on_paper
from compact_cases.sample.agreeing import AGREE, ANSWER_AGREEMENT, CONFIRMED, DONE, PASS_ON
from compact_cases.sample.rehearsals.enquiry import FIRST_DAY
from compact_cases.sample.rehearsals.paper import BY_POST
from compact_cases.sample.rehearsals.written import Rehearsal, on
from compact_cases.sample.stories import CLOSE, POST, Act

TERMS = """\
respondent 2026-04-30 Ask about the bus again, for six weeks. | The questions stand on the council's website.
raiser 2026-04-17 Send the dates of the committee's meetings. | The council has the list."""

AGREED_BY_POST = Rehearsal(
    "agreed-by-post",
    "A case from paper: the agreement, a thing done and the word that another one is done come by post",
    replace(
        BY_POST,
        channel="paper",
        acts=(
            Act(0, "10:00", on_paper.TAKEN_ON, "Eight days were too few for them.", "2026-02-09 2026-02-11"),
            Act(0, "10:10", on_paper.REPLIED, "We could have asked for longer.", "2026-02-20"),
            Act(0, "10:20", on_paper.RELEASED, "", "2026-02-24"),
            Act(0, "15:00", POST),
            Act(1, "11:00", AGREE, TERMS, "settles"),
            Act(1, "15:00", POST),
            Act(1, "15:10", POST),
            Act(3, "10:30", ANSWER_AGREEMENT, "", "respondent yes"),
            Act(8, "10:00", on_paper.AGREED, "", "2026-03-10"),
            Act(8, "15:00", POST),
            Act(8, "15:10", POST),
            Act(16, "15:00", POST),
            Act(17, "11:00", CLOSE, "The council asks again, for six weeks.", "resolved early"),
            Act(17, "15:00", POST),
            Act(25, "10:00", on_paper.DONE, "We sent the list on Friday.", "2026-04-02 2"),
            Act(25, "10:10", PASS_ON, "", "2"),
            Act(26, "12:00", CONFIRMED, "", "respondent 2"),
            Act(26, "15:00", POST),
            Act(30, "09:00", DONE, "It stands on the website.", "respondent 1"),
            Act(30, "10:00", PASS_ON, "", "1"),
            Act(30, "15:00", POST),
            Act(36, "10:00", on_paper.CONFIRMED, "", "2026-04-21 1"),
        ),
    ),
    FIRST_DAY,
    date(2026, 5, 1),
    (
        on(
            "2026-03-02",
            events="concern-received respondent-matched clause-cited remedies-sought acknowledged "
            "put-to-respondent kept-on-paper reply-sent entered-from-paper reply-released entered-from-paper "
            "posted",
            owed=[
                "officer acknowledge 2026-03-09",
                "champion reply 2026-02-25",
                "officer release 2026-02-24",
                "raiser decide 2026-03-10",
            ],
            letters=[
                "raiser kept-on-paper by post",
                "officer new-concern",
                "officer new-concern",
                "champion kept-on-paper",
            ],
        ),
        # posted on Tuesday 3 March it should come on Thursday 5, from which a group has its ten days
        on(
            "2026-03-03",
            events="agreement-written posted posted",
            owed=["raiser agree 2026-03-17", "champion agree 2026-03-10", "raiser agree 2026-03-19"],
            letters=["raiser reminder by post", "raiser agreement by post", "champion agreement"],
        ),
        on("2026-03-05", events="agreement-answered", letters=["officer agreement-answered"]),
        # its postmark is of the 10th; both have five days to reflect, the raiser's from when it should come
        on(
            "2026-03-12",
            events="agreement-answered posted posted",
            owed=[
                "raiser reflect 2026-03-19",
                "champion reflect 2026-03-19",
                "raiser reflect 2026-03-23",
            ],
            letters=[
                "raiser reminder by post",
                "raiser agreement-reflect by post",
                "champion agreement-reflect",
            ],
        ),
        on(
            "2026-03-24",
            events="agreement-made posted",
            owed=[
                "officer close 2026-03-31",
                "champion action 2026-04-30",
                "raiser action 2026-04-17",
                "raiser check-in 2026-07-08",
                "champion check-in 2026-07-08",
                "raiser check-in 2027-04-09",
                "champion check-in 2027-04-09",
            ],
            letters=[
                "raiser agreement-made by post",
                "champion agreement-made",
                "officer agreement-made",
            ],
        ),
        on("2026-03-25", events="closed posted", letters=["raiser closed by post", "champion closed"]),
        # the raiser's thing is done, as a letter with a postmark of the 2nd says
        on(
            "2026-04-08",
            events="action-done action-words-released",
            owed=["officer action-release 2026-04-10", "champion confirm 2026-04-22"],
            letters=["champion action-to-confirm"],
        ),
        on(
            "2026-04-09",
            events="action-confirmed posted",
            letters=["raiser action-settled by post"],
        ),
        on(
            "2026-04-15",
            events="action-done action-words-released posted",
            owed=[
                "officer action-release 2026-04-17",
                "raiser confirm 2026-04-29",
                "raiser confirm 2026-05-01",
            ],
            letters=["raiser action-to-confirm by post", "officer action-to-read"],
        ),
        # confirmed on paper: nothing is left to do
        on("2026-04-23", events="action-confirmed", letters=["champion action-settled"]),
    ),
    # letters wait to be posted: reminders of the decision, that the agreement stands, reminders of an action
    mornings="2026-03-03 2026-03-06 2026-03-09 2026-03-10 2026-03-11 2026-03-12 2026-03-24 2026-04-01 "
    "2026-04-02 2026-04-07 2026-04-08",
)
REHEARSALS = (AGREED_BY_POST,)
