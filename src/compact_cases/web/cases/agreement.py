"""Agreement: an officer writes who does what by when; both sides answer, and say what became of it."""

from collections.abc import Iterator

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import statements
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.agreed import SIDES
from compact_cases.rules.agreed_actions import (
    WHICH,
    ConfirmAction,
    DisputeAction,
    ReleaseActionWords,
    SayActionDone,
    WaiveAction,
)
from compact_cases.rules.agreement import (
    ANSWERS,
    AnswerAgreement,
    WaiveReflection,
    WriteAgreement,
    WrittenTerm,
)
from compact_cases.rules.check_ins import ITEMS, AnswerCheckIn
from compact_cases.rules.concern import Problem
from compact_cases.rules.names import found_in, marked, without
from compact_cases.rules.refusals import Refused
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.coming import CAME, arrived, half_said
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import (
    Choice,
    Day,
    Lines,
    Named,
    Parts,
    Takes,
    Text,
    Tick,
    Values,
    YesOrNo,
)

# --- a version --------------------------------------------------------------------------------------------

MOST_TERMS = 12
TERM = Takes(
    Choice("side", SIDES),
    Text("what", LONGEST),
    Day("by"),
    Text("known_by", LONGEST),
    Named("clause", 200),
)
AGREEMENT = Takes(
    Parts("terms", TERM),
    YesOrNo("settles", required="Please say whether this settles everything.", default=False),
    Tick("words_may_stay"),
)
MISSING = {
    "side": "Please say who does it.",
    "what": needed(WrittenTerm, "what"),
    "by": "Please say by which day.",
    "known_by": needed(WrittenTerm, "known_by"),
}


def _agreement(values: Values, desk: Desk) -> WriteAgreement:
    """Write a version of the agreement, which both sides read and answer. It replaces the one before."""
    part = desk.case.intake
    terms = tuple(
        WrittenTerm(
            one["side"],
            statement(one["what"]),
            one["by"],
            statement(one["known_by"]),
            link.id if (link := part.named(one["clause"])) else None,
        )
        for one in _written(values)
    )
    return WriteAgreement(terms, values["settles"], values["words_may_stay"])


def _written(values: Values) -> list[Values]:
    """Without the empty ones after the last that says something."""
    terms = list(values["terms"])
    while terms and not any(terms[-1][name] for name in MISSING):
        terms.pop()
    return terms


def _unfinished(values: Values, desk: Desk) -> Iterator[Problem]:
    terms = _written(values)
    if len(terms) > MOST_TERMS:
        yield Problem("terms.0.what", f"Please put it into {MOST_TERMS} actions or fewer.")
    for one in terms:
        for name, sentence in MISSING.items():
            if not one[name]:
                yield Problem(f"terms.{one.number}.{name}", sentence)
        if one["clause"] and not desk.case.intake.named(one["clause"]):
            yield Problem(
                f"terms.{one.number}.clause", "Please choose an undertaking that this case is about."
            )


def _of_terms(conn: Connection, desk: Desk, form: Form) -> Known:
    """One more place for a term than were typed; the telling words that stand in them."""
    part, codes = desk.case.intake, desk.rulebook.codes
    typed = form.parts("terms")
    said = [one for one in typed if any(one.one(name) for name in ("what", "known_by", "by-day"))]
    places = min(MOST_TERMS, max(1, len(said) + (1 if said else 0)))
    text = "\n".join(one.one(name) for one in typed for name in ("what", "known_by"))
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    return {
        "places": [f"terms.{number}." for number in range(places)],
        "clauses": [(part.name_of(one), title_of(one.clause, one.edition, codes)) for one in part.links],
        "found": found_in(text, telling),
    }


def _as_before(conn: Connection, desk: Desk) -> dict[str, str]:
    """A new version begins with the one before, where that does not stand."""
    lying, part = desk.case.agreement.lying, desk.case.intake
    if lying is None:
        return {}
    kept = statements.get(
        conn, [sealed.statement for one in lying.terms for sealed in (one.what, one.known_by)]
    )
    typed = {"settles": "yes" if lying.settles else "no"}
    for number, one in enumerate(lying.terms):
        where, link = f"terms.{number}.", part.every_link.get(one.link or 0)
        texts = [
            kept[sealed.statement].text if sealed.statement in kept else ""
            for sealed in (one.what, one.known_by)
        ]
        typed |= {f"{where}side": one.side, f"{where}what": texts[0], f"{where}known_by": texts[1]}
        typed |= {f"{where}clause": part.name_of(link) if link else ""}
        days = (("day", one.by.day), ("month", one.by.month), ("year", one.by.year))
        typed |= {f"{where}by-{name}": str(value) for name, value in days}
    return typed


# --- answers ----------------------------------------------------------------------------------------------

ACCEPTANCE = Takes(
    Choice("side", SIDES),
    Choice("answer", ANSWERS, required="Please say whether the agreement is accepted, or not like this."),
    Text("words", LONGEST),
    *CAME,
)
REFLECTION = Takes(
    Choice("side", SIDES), Tick("sure", required="Please confirm that no more days to reflect are needed.")
)


def _side(values: Values, desk: Desk) -> str:
    """Officers say for which side; a party speaks for its own."""
    side: str = values["side"] if desk.visitor.is_staff else desk.visitor.seat.side.value
    if not side:
        raise Refused("Please say for which side this is.", "side")
    return side


def _acceptance(values: Values, desk: Desk) -> AnswerAgreement:
    """Say whether a side accepts the newest version: `yes`, or `not` like this."""
    words = statement_if(values["words"])
    return AnswerAgreement(_side(values, desk), values["answer"], words, arrived(values))


def _reflection(values: Values, desk: Desk) -> WaiveReflection:
    """Say that a side needs no more days to reflect. Once both did, the agreement stands at once."""
    return WaiveReflection(_side(values, desk), values["sure"])


# --- actions ----------------------------------------------------------------------------------------------


def _items(desk: Desk) -> tuple[str, ...] | None:
    """None where there is no action: then the rule says so."""
    return tuple(one.item for one in desk.case.agreement.actions) or None


def _item() -> Choice:
    return Choice("item", _items, required=WHICH)


SURE = "Please confirm that this need not be done any more."
LOOK = "Please look for names that must not be there, and tick that you did."
DONE = Takes(_item(), Text("proof", LONGEST, required=needed(SayActionDone, "proof")), *CAME)
DISPUTED = Takes(_item(), Text("reason", LONGEST, required=needed(DisputeAction, "reason")), *CAME)
RELEASE = Takes(_item(), Tick("looked", required=LOOK), Lines("hidden", LONGEST), Tick("words_may_stay"))
CONFIRMED = Takes(_item(), *CAME)
WAIVED = Takes(_item(), Tick("sure", required=SURE))
CHECK_IN = Takes(
    Choice("item", ITEMS, required="Please say which check-in this answers."),
    Text("answer", LONGEST, required=needed(AnswerCheckIn, "answer")),
)


def _done(values: Values, desk: Desk) -> SayActionDone:
    """Say that an agreed action is done, with what shows it."""
    return SayActionDone(values["item"], statement(values["proof"]), arrived(values))


def _disputed(values: Values, desk: Desk) -> DisputeAction:
    """Say that an action is not done though it was said to be. For the side to which it is owed."""
    return DisputeAction(values["item"], statement(values["reason"]), arrived(values))


def _release(values: Values, desk: Desk) -> ReleaseActionWords:
    """Pass on what one side wrote about an action, without the phrases in `hidden`."""
    hidden = statement_if("\n".join(values["hidden"]))
    return ReleaseActionWords(values["item"], values["looked"], hidden, values["words_may_stay"])


def _confirmed(values: Values, desk: Desk) -> ConfirmAction:
    """Confirm that an action is done. For the side to which it is owed."""
    return ConfirmAction(values["item"], arrived(values))


def _waived(values: Values, desk: Desk) -> WaiveAction:
    """Say that an action need not be done any more. For the side to which it is owed."""
    return WaiveAction(values["item"], values["sure"])


def _check_in(values: Values, desk: Desk) -> AnswerCheckIn:
    """Say in a sentence how the agreement holds, 3 or 12 months on: item `3-raiser`, `12-respondent`."""
    return AnswerCheckIn(values["item"], statement(values["answer"]))


def _chosen(conn: Connection, desk: Desk, form: Form) -> Known:
    """The action that the way here named, until another one is chosen."""
    if named := form.one("item") or form.one("name"):
        form.typed["item"] = [named]
    return {}


def _to_read(conn: Connection, desk: Desk, form: Form) -> Known:
    """What waits to be passed on, in pieces with the raiser's words marked."""
    _chosen(conn, desk, form)
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    waiting = needs.waiting_of_actions(conn, desk.case)
    text = waiting.get(form.one("item"), "")
    return {
        "waiting": {item: marked(one, telling) for item, one in waiting.items()},
        "found": found_in(without(text, form.one("hidden").splitlines()), telling),
    }


READERS = (
    Reader(
        "agreement",
        AGREEMENT,
        _agreement,
        "agreement/agreement.html",
        checks=_unfinished,
        shows=_of_terms,
        fills=_as_before,
    ),
    Reader("acceptance", ACCEPTANCE, _acceptance, "agreement/acceptance.html", checks=half_said, apart=True),
    Reader("reflection", REFLECTION, _reflection, "agreement/reflection.html", apart=True),
    Reader(
        "action-done", DONE, _done, "agreement/action-done.html", checks=half_said, shows=_chosen, apart=True
    ),
    Reader(
        "action-disputed",
        DISPUTED,
        _disputed,
        "agreement/action-disputed.html",
        checks=half_said,
        shows=_chosen,
        apart=True,
    ),
    Reader("action-release", RELEASE, _release, "agreement/action-release.html", shows=_to_read),
    Reader(
        "action-confirmed",
        CONFIRMED,
        _confirmed,
        "agreement/action-confirmed.html",
        checks=half_said,
        shows=_chosen,
        apart=True,
    ),
    Reader("action-waived", WAIVED, _waived, "agreement/action-waived.html", shows=_chosen, apart=True),
    Reader("check-in", CHECK_IN, _check_in, "agreement/check-in.html", shows=_chosen, apart=True),
)
