"""The sample's invented concerns: who says what about whom, and what happened since, day by day."""

from dataclasses import dataclass

ACCEPT, ASK, ANSWER, DECLINE = "accept", "ask", "answer", "decline"
REPLY, RELEASE, DECIDE, CLOSE, WITHDRAW = "reply", "release", "decide", "close", "withdraw"
MERGE = "merge"


@dataclass(frozen=True)
class Act:
    """What somebody did: on which working day (0 is the last one, -3 three before it) and at what time.

    ``choice`` of a merge is the group whose concern about the same body goes on.
    """

    day: int
    time: str
    what: str
    words: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Story:
    """One concern from its first day. ``about`` names bodies of the register, or one that is not on it."""

    group: str
    kind: str
    area: str
    person: str
    about: tuple[str, ...]
    clauses: tuple[str, ...]
    account: str
    day: int
    time: str
    acts: tuple[Act, ...] = ()
    confidentiality: str = "open"
    supporting: tuple[str, ...] = ()
    code: str = ""  # a Code that is not held
    remedies: tuple[str, ...] = ("explanation",)
    reach: str = "email"


def accepted(day: int, restated: str, time: str = "10:15") -> Act:
    return Act(day, time, ACCEPT, restated)


STORIES: tuple[Story, ...] = (
    Story(
        "Riverside Lunch Club",
        "community-group",
        "Severn Vale",
        "Dot Hanley",
        ("Severnside District Council",),
        ("community-groups/5.8",),
        "Our grant paid for food and nothing else. The hall, the insurance and the gas are what stop us "
        "opening on Tuesdays, and the letter says those can never be paid for.",
        0,
        "08:40",
    ),
    Story(
        "Thrupp Allotment Society",
        "community-group",
        "Stroud",
        "Mike Dunne",
        ("Northvale County Council",),
        ("community-groups/5.10",),
        "The training on growing food with schools was announced five days before, in an upstairs room "
        "that two of our members could not get into.",
        -5,
        "11:20",
    ),
    Story(
        "Painswick Road Residents",
        "community-group",
        "Stroud",
        "Irene Pugh",
        ("Northvale County Council",),
        ("community-groups/5.3",),
        "The crossing survey was open for six days in August. Half the street was away.",
        -6,
        "09:30",
    ),
    Story(
        "Forest Young Carers",
        "community-group",
        "Forest",
        "Kate Lumley",
        ("Five Valleys Health Partnership",),
        (),
        "We were told about a carers' plan after it was finished. I do not know which promise that is.",
        -4,
        "14:05",
        (
            Act(
                -3,
                "09:50",
                ASK,
                "Which plan was it, and when did you first hear of it? A rough date is enough.",
            ),
        ),
    ),
    Story(
        "Elmfield Tenants Association",
        "community-group",
        "Stroud",
        "Sue Barlow",
        ("Northvale County Council",),
        ("community-groups/5.3",),
        "The county wanted views on the estate's bus in eight days. Our committee meets once a month, so we "
        "had no chance to answer as a group.",
        -10,
        "19:10",
        (
            accepted(
                -8,
                "You say that eight days to answer about the estate's bus were too few for a "
                "committee that meets monthly.",
            ),
        ),
        supporting=("community-groups/8.2",),
        remedies=("rerun-consultation", "explanation"),
    ),
    Story(
        "Hearth and Home Trust",
        "vcs-organisation",
        "Severn Vale",
        "Owen Carr",
        ("Severnside District Council",),
        ("multi-sector-partnerships/5.11",),
        "Nobody on the homelessness forum can say who decides. We were given tasks that belong to others "
        "and then asked why they were late.",
        -16,
        "10:30",
        (
            accepted(
                -13,
                "You say that roles in the homelessness forum were never made clear, and that tasks of "
                "others landed with you.",
            ),
        ),
    ),
    Story(
        "Stroudwater Parents Group",
        "community-group",
        "Stroud",
        "Amy Frost",
        ("Five Valleys Health Partnership",),
        ("community-groups/6.4",),
        "The small grants form asks for two years of audited accounts. A parents' group has none.",
        -12,
        "20:15",
        (
            accepted(-9, "You say that the grant form shut out groups without audited accounts."),
            Act(
                -1,
                "15:40",
                REPLY,
                "We accept that the form asked for more than it needs to from small groups.",
                "accept",
            ),
        ),
    ),
    Story(
        "Riverside Lunch Club",
        "community-group",
        "Severn Vale",
        "Dot Hanley",
        ("Voluntary Action Northvale",),
        ("community-groups/8.4",),
        "We asked three times for help with a kitchen inspection and were sent a link.",
        -20,
        "12:00",
        (
            accepted(-17, "You say that you asked for practical help three times and were sent a link."),
            Act(-8, "11:10", REPLY, "We see it as one request, which we answered, but late.", "in-part"),
            Act(-7, "09:35", RELEASE),
        ),
    ),
    Story(
        "Thrupp Allotment Society",
        "community-group",
        "Stroud",
        "Mike Dunne",
        ("Rural Transport Board",),
        ("multi-sector-partnerships/5.3",),
        "The board has not once looked at whether it works since it began, though three of us asked.",
        -20,
        "16:20",
        (accepted(-17, "You say that the board has not reviewed its own work although members asked."),),
    ),
    Story(
        "Hearth and Home Trust",
        "vcs-organisation",
        "Severn Vale",
        "Owen Carr",
        ("Northvale County Council",),
        ("multi-sector-partnerships/6.5",),
        "We never know if we sit there as one charity or for all of them.",
        -24,
        "09:15",
        (
            accepted(-21, "You say that it was never made clear in what capacity you were asked to sit."),
            Act(-13, "14:20", REPLY, "The invitation said it; we think that was clear.", "dispute"),
            Act(-12, "10:00", RELEASE),
            Act(-3, "18:30", DECIDE, "", "not"),
        ),
    ),
    Story(
        "Elmfield Tenants Association",
        "community-group",
        "Stroud",
        "Sue Barlow",
        ("Severnside District Council",),
        ("community-groups/6.3",),
        "Nobody asked the people who live there before the play area was moved.",
        -22,
        "18:45",
        (
            accepted(-19, "You say that residents were not asked before the play area was moved."),
            Act(-11, "10:20", REPLY, "We accept this and offer a meeting on site.", "accept"),
            Act(-10, "09:40", RELEASE),
            Act(-1, "13:30", DECIDE, "", "settled"),
        ),
    ),
    Story(
        "Painswick Road Residents",
        "community-group",
        "Stroud",
        "Irene Pugh",
        ("Northvale Constabulary",),
        ("community-groups/5.3",),
        "The road safety questions came with a week to answer in half term.",
        -38,
        "10:10",
        (
            accepted(-35, "You say that a week in half term was too short to answer."),
            Act(-28, "16:00", REPLY, "We accept this, and have reopened it for three weeks.", "accept"),
            Act(-27, "09:20", RELEASE),
            Act(-24, "20:05", DECIDE, "", "settled"),
            Act(-22, "11:45", CLOSE, "The survey was reopened for three weeks, as the group asked."),
        ),
        remedies=("rerun-consultation",),
    ),
    Story(
        "Thrupp Allotment Society",
        "community-group",
        "Stroud",
        "Mike Dunne",
        ("Severnside District Council",),
        ("community-groups/6.7",),
        "Our rent went up at the same time as everybody else's.",
        -18,
        "13:00",
        (
            Act(
                -16,
                "15:15",
                DECLINE,
                "The rent of one plot is not something the Codes speak of. The council's own complaints "
                "procedure can look at it: its details are on our page of outside routes.",
                "no undertaking engaged",
            ),
        ),
    ),
    Story(
        "Forest Young Carers",
        "community-group",
        "Forest",
        "Kate Lumley",
        ("Voluntary Action Northvale",),
        ("community-groups/8.3",),
        "They spoke for us at the forum without asking.",
        -14,
        "17:30",
        (
            accepted(-12, "You say that the organisation spoke for your group without asking."),
            Act(-9, "19:00", WITHDRAW, "We have sorted it out over a cup of tea."),
        ),
    ),
    Story(
        "Stroudwater Parents Group",
        "community-group",
        "Stroud",
        "Amy Frost",
        ("Northvale County Council",),
        ("community-groups/5.5",),
        "We were told that a group with no paid staff is not serious enough for the steering group.",
        -9,
        "21:20",
        (
            accepted(
                -6,
                "You say that a group without paid staff was told it is not serious enough to take part.",
            ),
        ),
        confidentiality="confidential",
        reach="phone",
    ),
    Story(
        "",
        "community-group",
        "",
        "",
        ("Five Valleys Health Partnership",),
        ("community-groups/5.6",),
        "A funder's officer rewrote our group's aims and told us to adopt them or lose the room.",
        -3,
        "22:10",
        confidentiality="anonymous",
    ),
    Story(
        "Hearth and Home Trust",
        "vcs-organisation",
        "Severn Vale",
        "Owen Carr",
        ("Northvale County Council", "Severnside District Council"),
        ("multi-sector-partnerships/6.4",),
        "Both councils wanted the partnership to take on a lease. Neither said what the legal duties were.",
        -2,
        "15:55",
    ),
    Story(
        "Upton Hill Carers Choir",
        "community-group",
        "Stroud",
        "Bev Nash",
        ("Northvale County Council",),
        ("community-groups/5.3",),
        "We only sing on Fridays, and the questions about the number 63 bus were gone before the next one.",
        -6,
        "20:50",
        (
            Act(
                -4,
                "11:05",
                MERGE,
                "Another group told us of the same questions about buses, so we look at both at once.",
                "Elmfield Tenants Association",
            ),
        ),
    ),
    Story(
        "Riverside Lunch Club",
        "community-group",
        "Severn Vale",
        "Dot Hanley",
        ("Little Rissing Town Council",),
        (),
        "The town council gave us four days over a bank holiday to say what we think of the new hall rules.",
        -1,
        "17:45",
        code="consultation",
    ),
)
