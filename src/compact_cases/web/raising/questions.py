"""The questions of the form: one a page, their order, and the concern that their answers make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from compact_cases.records.drafts import Draft
from compact_cases.rules.concern import (
    AFRAID,
    KINDS,
    LINE_AT_MOST,
    REMEDIES,
    SECTORS,
    STILL_HAPPENING,
    CitedClause,
    Concern,
    Confidentiality,
    Problem,
    Raiser,
    RespondentNamed,
)
from compact_cases.rules.writing import one_line
from compact_cases.web.frame.forms import Form

TYPED = "typed"  # the answer "none of these: use the name as I typed it"
PRIVACY = {
    "open": "Open: the body may know who raises it",
    "confidential": "Confidential: only the Compact officers know who you are",
    "anonymous": "Anonymous: nobody knows who you are, not even the officers",
}
CLOSES = {"yes": "Yes", "no": "No", "not-sure": "I am not sure"}
WHOSE = {"own": "Our own group", "other": "Another group, and I am writing for it"}


TICKED = ("clauses", "remedies")  # boxes with several answers; of every other the first counts
MOST_TICKED = 100


@dataclass(frozen=True)
class Question:
    """One page and the boxes on it. A question of ``identity`` is not asked of the anonymous."""

    name: str
    title: str
    fields: tuple[str, ...]
    identity: bool = False


QUESTIONS = (
    Question("privacy", "Who may see your name?", ("confidentiality", "afraid", "afraid_text")),
    Question(
        "group",
        "Which group is this from?",
        ("raiser-name", "raiser-pick", "raiser-asked", "raiser-kind", "raiser-area"),
        identity=True,
    ),
    Question(
        "person",
        "Who are you?",
        ("raiser-person", "raiser-role", "raiser-authority", "raiser-second_name", "raiser-second_reach"),
        identity=True,
    ),
    Question("behalf", "Whose concern is it?", ("behalf", "raiser-on_behalf_of"), identity=True),
    Question(
        "reach",
        "How can we reach you?",
        ("raiser-email", "raiser-phone", "raiser-post", "raiser-best_times"),
        identity=True,
    ),
    Question(
        "about",
        "Which body is your concern about?",
        ("respondents-0-name", "respondents-0-pick", "respondents-0-asked", "respondents-0-sector"),
    ),
    Question(
        "second",
        "Is it about another body too?",
        ("respondents-1-name", "respondents-1-pick", "respondents-1-asked", "respondents-1-sector"),
    ),
    Question("account", "What happened?", ("account",)),
    Question("when", "When did it happen?", ("happened", "still_happening")),
    Question(
        "closes",
        "Does something close, or get decided, soon?",
        (
            "closes",
            "closes_on",
            "closes_on-day",
            "closes_on-month",
            "closes_on-year",
            "closes_what",
            "closes_since",
        ),
    ),
    Question(
        "undertakings",
        "Which promises do you think were not met?",
        ("clauses", "not_sure", "q", "code", "paragraph"),
    ),
    Question("tried", "What have you tried so far?", ("tried",)),
    Question("remedy", "What would put it right?", ("remedies", "remedy_text")),
    Question("papers", "Do you have papers that show it?", ("papers",)),
    Question("adjustments", "Is there anything we should do differently for you?", ("adjustments",)),
    Question("routes", "Have you taken this anywhere else?", ("other_routes",)),
)


def kept_of(question: Question, form: Form) -> dict[str, list[str]]:
    """What a draft keeps of a page: of each box as many answers as it can have, however many were sent."""
    kept = {}
    for name in question.fields:
        each = (
            dict.fromkeys(one[:LINE_AT_MOST] for one in form.all(name)) if name in TICKED else form.all(name)
        )
        kept[name] = list(each)[: MOST_TICKED if name in TICKED else 1]
    return kept


BY_NAME = {question.name: question for question in QUESTIONS}


def asked(answers: Mapping[str, Sequence[str]]) -> list[Question]:
    """The questions of this draft: an anonymous raiser is asked nothing that says who they are."""
    anonymous = list(answers.get("confidentiality", ())) == ["anonymous"]
    return [question for question in QUESTIONS if not (anonymous and question.identity)]


def after(question: Question, answers: Mapping[str, Sequence[str]]) -> Question | None:
    """The next question, or None where the answers are to be checked."""
    later = QUESTIONS[QUESTIONS.index(question) + 1 :]
    return next((one for one in later if one in asked(answers)), None)


def before(question: Question, answers: Mapping[str, Sequence[str]]) -> Question | None:
    earlier = QUESTIONS[: QUESTIONS.index(question)]
    return next((one for one in reversed(earlier) if one in asked(answers)), None)


def field_of(problem: Problem) -> str:
    """The box of the form for a field of the concern: ``raiser.email`` stands in ``raiser-email``."""
    if problem.field.startswith("clauses"):
        return "clauses"
    return {"raiser": "confidentiality", "respondents": "respondents-1-name"}.get(
        problem.field, problem.field.replace(".", "-")
    )


def question_of(field: str) -> Question:
    return next((one for one in QUESTIONS if field in one.fields), QUESTIONS[0])


def place_of(field: str) -> int:
    """Where a box stands in the form: problems are told in this order."""
    every = [name for question in QUESTIONS for name in question.fields]
    return every.index(field) if field in every else len(every)


def concern_of(form: Form, draft: Draft) -> Concern:
    """What the answers say; what cannot be read is left out, and stands in the form's problems."""
    chosen = form.one("confidentiality")
    privacy = Confidentiality(chosen) if chosen in PRIVACY else Confidentiality.OPEN
    afraid = form.choice("afraid", AFRAID)
    closes = form.one("closes")
    return Concern(
        raiser=None if privacy is Confidentiality.ANONYMOUS else _raiser(form),
        respondents=tuple(_respondents(form)),
        account=form.one("account").strip(),
        confidentiality=privacy,
        happened=form.one("happened").strip(),
        still_happening=form.choice("still_happening", STILL_HAPPENING),
        closes_on=None if closes == "no" else form.date("closes_on"),
        closes_what="" if closes == "no" else form.one("closes_what").strip(),
        closes_since="" if closes == "no" else form.one("closes_since").strip(),
        clauses=tuple(_cited(form)),
        tried=form.one("tried").strip(),
        remedies=form.choices("remedies", REMEDIES),
        remedy_text=form.one("remedy_text").strip(),
        papers=form.one("papers").strip(),
        afraid=afraid,
        afraid_text=form.one("afraid_text").strip() if afraid in ("yes", "a-little") else "",
        adjustments=form.one("adjustments").strip(),
        other_routes=form.one("other_routes").strip(),
        channel=draft.channel,
        filled_by=draft.filled_by,
    )


def gaps(form: Form) -> Iterator[Problem]:
    """What the form asks and a concern cannot say: a choice not made, a group not named."""
    if form.one("confidentiality") not in PRIVACY:
        yield Problem("confidentiality", "Please choose who may see your name.")
    anonymous = form.one("confidentiality") == "anonymous"
    if not anonymous and form.one("behalf") not in WHOSE:
        yield Problem("behalf", "Please say whose concern it is.")
    if not anonymous and form.one("behalf") == "other" and not form.one("raiser-on_behalf_of").strip():
        yield Problem("raiser-on_behalf_of", "Please name the group that you are writing for.")


def _raiser(form: Form) -> Raiser:
    def line(name: str) -> str:
        return one_line(form.one(f"raiser-{name}"))

    return Raiser(
        name=line("name"),
        kind=form.one("raiser-kind") if form.one("raiser-kind") in KINDS else "",
        area=line("area"),
        body_id=_picked(form, "raiser"),
        person=line("person"),
        role=line("role"),
        authority=form.one("raiser-authority").strip(),
        email=line("email"),
        phone=line("phone"),
        post=form.one("raiser-post").strip(),
        best_times=line("best_times"),
        second_name=line("second_name"),
        second_reach=line("second_reach"),
        on_behalf_of=line("on_behalf_of") if form.one("behalf") == "other" else "",
    )


def _respondents(form: Form) -> Iterator[RespondentNamed]:
    for prefix in ("respondents-0", "respondents-1"):
        if name := one_line(form.one(f"{prefix}-name")):
            body_id, sector = _picked(form, prefix), form.one(f"{prefix}-sector")
            yield RespondentNamed(body_id, name, "" if body_id or sector not in SECTORS else sector)


def _picked(form: Form, prefix: str) -> UUID | None:
    """The body chosen from the register, when it was chosen for the name that stands there now."""
    pick, name = form.one(f"{prefix}-pick"), form.one(f"{prefix}-name")
    if not pick or pick == TYPED or form.one(f"{prefix}-asked") != name:
        return None
    try:
        return UUID(pick)
    except ValueError:
        return None


def _cited(form: Form) -> Iterator[CitedClause]:
    for clause in dict.fromkeys(form.all("clauses")):
        yield CitedClause(clause=clause)
    if code := form.one("code"):
        yield CitedClause(code=code, paragraph=form.one("paragraph").strip())
