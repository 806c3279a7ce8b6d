"""The choices that a concern offers: the stored name of each, and what a person reads."""

KINDS = {
    "community-group": "Community group",
    "vcs-organisation": "Charity or other voluntary organisation",
    "infrastructure-organisation": "Organisation that supports other groups",
    "public-body": "Council or other public body",
    "partnership": "Partnership of several bodies",
}
SECTORS = {
    "public-sector": "A council or another public body",
    "vcs": "A charity or another voluntary organisation",
    "community-groups": "A community group",
}
REMEDIES = {
    "apology": "An apology",
    "acknowledgement": "Somebody to say that it happened",
    "explanation": "An explanation",
    "act-on-delay": "Something that is late to be done now",
    "reconsider-decision": "A decision to be looked at again",
    "correct-record": "A record to be put right",
    "money": "Money",
    "change-policy": "A way of working to change",
    "rerun-consultation": "A consultation to be made longer or run again",
    "give-notice": "Proper notice to be given",
    "pay-costs": "Costs or expenses to be paid",
    "change-membership": "Who sits on a group, or what it may do, to change",
    "training": "Training, or a talk about the Compact",
    "joint-statement": "A statement from both sides together",
    "none": "Nothing: I only want it to be known",
}
STILL_HAPPENING = {"yes": "Yes", "no": "No", "not-sure": "I am not sure"}
AFRAID = {"no": "No", "a-little": "A little", "yes": "Yes"}
FEARS = ("a-little", "yes")
AFRAID_OF_IT = (
    "This raiser is afraid of what may follow. Before the other side has notice, please read the wording "
    "once more with that in mind, and tick that you did."
)
CHANNELS = {
    "web": "on this site",
    "api": "by another system",
    "phone": "on the phone",
    "meeting": "at a meeting",
    "paper": "on paper",
}
