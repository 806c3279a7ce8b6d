"""What a visitor may do in a case now; the likeliest act stands first."""

from compact_cases.reports.case_shape import Act
from compact_cases.rules.case import Case

WORDS = {
    "acknowledgement": "Take it on, or say why not",
    "question": "Ask the raiser for more",
    "respondent": "Say which body this is about",
    "clauses": "Change the undertakings",
    "assignment": "Say who handles it",
    "hand-over": "Hand over to another officer",
    "answer": "Write down the raiser’s answer",
    "reply": "Write down a reply",
    "release": "Read the reply and release it",
    "decision": "Write down the raiser’s decision",
    "closing": "Close the case",
    "withdrawal": "Write down a withdrawal",
    "merge": "Merge it into another case",
    "unmerge": "Undo the merge",
}
PARTY_WORDS = {
    "answer": "Answer the question",
    "reply": "Send a reply",
    "decision": "Say what happens next",
    "withdrawal": "Withdraw this concern",
}


def acts_of(case: Case, viewpoint: str) -> tuple[Act, ...]:
    if case.is_closed:
        undoes = viewpoint == "officer" and case.merged_into is not None
        return (Act("unmerge", WORDS["unmerge"]),) if undoes else ()
    if viewpoint == "officer":
        return tuple(Act(name, WORDS[name]) for name in _officers(case))
    allowed = _raisers(case) if viewpoint == "raiser" else (["reply"] if case.awaits_reply else [])
    return tuple(Act(name, PARTY_WORDS[name]) for name in allowed)


def _officers(case: Case) -> list[str]:
    found: list[str] = []
    if case.reply_to_release is not None:
        found.append("release")
    if case.owed("close"):
        found.append("closing")
    if case.owed("acknowledge"):
        matched = case.respondent is not None
        found += ["acknowledgement", "respondent"] if matched else ["respondent", "acknowledgement"]
        if not case.owed("answer"):
            found.append("question")
        if matched and not case.taken_in:
            found.append("merge")
    if _waits_for_answer(case):
        found.append("answer")
    if case.awaits_reply:
        found.append("reply")
    if case.owed("decide"):
        found.append("decision")
    return [*found, "clauses", "assignment", *(["hand-over"] if case.officer else []), "withdrawal"]


def _raisers(case: Case) -> list[str]:
    found = []
    if _waits_for_answer(case):
        found.append("answer")
    if case.owed("decide"):
        found.append("decision")
    return [*found, "withdrawal"]


def _waits_for_answer(case: Case) -> bool:
    """A question stands open; an answer is taken until the concern is acknowledged."""
    open_question = bool(case.questions) and case.questions[-1].answer is None
    return open_question and case.owed("acknowledge") is not None
