"""What is owed in a panel, in the words of each reader; see ``owed``."""

OF_PANELS: dict[str, dict[str, str]] = {
    "constitute": {
        "officer": "The panel is to be named, with the day of its hearing",
        "raiser": "A panel of people from both sectors is put together",
        "respondent": "A panel of people from both sectors is put together",
    },
    "see": {
        "officer": "Both sides look at the names of the panel",
        "raiser": "You can look at the names of the panel",
        "respondent": "You can look at the names of the panel",
    },
    "declare-member": {
        "officer": "A member of the panel says whether they have a conflict of interest",
        "panellist": "Please say whether you have a conflict of interest",
    },
    "replace": {"officer": "Another member of the panel is to be named"},
    "statement": {
        "mine": "You can write a statement for the panel",
        "officer": "{owner} can write a statement for the panel",
    },
    "papers": {
        "officer": "The papers are to go to both sides and the panel",
        "raiser": "You get the papers of the panel",
        "respondent": "You get the papers of the panel",
        "panellist": "You get the papers",
    },
    "hear": {
        "officer": "The panel hears both sides",
        "raiser": "The panel hears both sides",
        "respondent": "The panel hears both sides",
        "panellist": "You hear both sides",
    },
    "findings": {
        "officer": "The lead panellist sends what the panel has found",
        "panellist": "The panel’s findings are due",
    },
    "respond": {
        "mine": "Please answer recommendation {item} of the panel",
        "officer": "{owner} answers recommendation {item} of the panel",
    },
    "answer-release": {
        "officer": "An answer to the panel is to be read and passed on",
        "raiser": "A Compact officer reads an answer to the panel, and passes it on",
        "respondent": "A Compact officer reads an answer to the panel, and passes it on",
    },
}
OF_PANELS_SHORT = {
    "constitute": "Name the panel",
    "see": "Look at the panel’s names",
    "declare-member": "Declare for the panel",
    "replace": "Name another member",
    "statement": "Write for the panel",
    "papers": "Send the papers",
    "hear": "Hear both sides",
    "findings": "Findings",
    "respond": "Answer the panel",
    "answer-release": "Release an answer",
}
