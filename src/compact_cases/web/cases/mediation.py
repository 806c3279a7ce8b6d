"""Mediation: asked for and agreed to, a mediator found, sessions, and its end."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.casework.needs import siblings_of
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import bodies, case_summaries, mediators
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.appointing import (
    ILL,
    OTHER,
    PAYS,
    AnswerName,
    ChangeMediator,
    DeclareInterest,
    ProposeMediator,
)
from compact_cases.rules.concern import Problem
from compact_cases.rules.mediating import BY_PROXY, OFFICER, PARTIES, THE_MEDIATOR
from compact_cases.rules.mediating import OTHER as THE_OTHER
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer
from compact_cases.rules.mediation_ends import BY_THE_MEDIATOR, EndMediation, ExtendMediation, LeaveMediation
from compact_cases.rules.noted import side_of
from compact_cases.rules.seats import Side
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.statements import needed
from compact_cases.rules.together import AskTogether, SayGoOn, may_join
from compact_cases.web.cases.acts import Desk, Known, Reader
from compact_cases.web.cases.relations import other_case, there_is_none
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import (
    Choice,
    Day,
    Id,
    Line,
    Parts,
    Several,
    Takes,
    Text,
    Tick,
    Values,
    YesOrNo,
)

SIDE = "Please say for which side you write this down."
KNOWN = (THE_MEDIATOR, BY_PROXY)


def _whose(values: Values, desk: Desk) -> Iterator[Problem]:
    if not side_of(desk.visitor.seat) and not values["party"]:
        yield Problem("party", SIDE)


# --- asked for, and agreed to -----------------------------------------------------------------------------

ASK = Takes(
    Choice("party", (*PARTIES, OFFICER)), Tick("papers"), Choice("known", KNOWN), Text("proxy", 1_000)
)


def _ask(values: Values, desk: Desk) -> AskForMediation:
    """Ask for mediation; the other side is asked whether it wants it too. An officer may propose it."""
    return AskForMediation(values["party"], values["papers"], values["known"], statement_if(values["proxy"]))


CONSENT = Takes(
    Choice("party", PARTIES),
    YesOrNo("yes", required="Please say yes or no."),
    Tick("never"),
    Tick("papers"),
    Choice("known", KNOWN),
    Text("proxy", 1_000),
)


def _consent(values: Values, desk: Desk) -> AnswerMediation:
    """Say for one party whether it wants mediation. It takes place only if all do."""
    return AnswerMediation(
        values["party"],
        bool(values["yes"]),
        values["never"],
        values["papers"],
        values["known"],
        statement_if(values["proxy"]),
    )


TOGETHER = Takes(
    Line("other", 60, required="Please choose the other case."),
    Tick("agreed", required="Please ask the raiser first, and tick that they agree."),
)


def _together(values: Values, desk: Desk) -> AskTogether:
    """Propose one mediation for two cases of one concern. All in both are asked whether they want it."""
    return AskTogether(desk.known["other"].case_id, values["agreed"])


def _others(conn: Connection, desk: Desk, form: Form) -> Known:
    """The cases that one mediation could serve too: by reference, and which body each is about."""
    now = replace(desk.now, siblings=siblings_of(conn, desk.case))
    joining = frozenset(may_join(desk.case, now))
    rows = case_summaries.of_concern(conn, desk.row.concern_id)
    found = [one for one in rows if one.case_id in joining and may_open(desk.visitor, one)]
    return {"others": [(one.reference, f"{one.reference}, about {one.respondent_label}") for one in found]}


def _the_only_other(conn: Connection, desk: Desk) -> dict[str, str]:
    others = _others(conn, desk, Form({}))["others"]
    return {"other": others[0][0]} if len(others) == 1 else {}


GOING_ON = Takes(
    Choice("party", PARTIES),
    YesOrNo("yes", required="Please say whether to go on."),
)


def _going_on(values: Values, desk: Desk) -> SayGoOn:
    """Say for one side whether the mediation goes on after somebody has left it."""
    return SayGoOn(values["party"], bool(values["yes"]))


OFFER = Takes(Choice("party", PARTIES))


def _offer(values: Values, desk: Desk) -> DeclineOffer:
    """Say for one party that mediation is not to be offered again."""
    return DeclineOffer(values["party"])


# --- the mediator -----------------------------------------------------------------------------------------

MEDIATOR = Takes(
    Id("mediator"),
    Choice("pays", PAYS, required="Please say who pays for the mediation."),
    Text("despite", 2_000),
)


def _mediator(values: Values, desk: Desk) -> ProposeMediator:
    """Propose somebody who is on the register of mediators; both sides see the name."""
    return ProposeMediator(values["mediator"], values["pays"], statement_if(values["despite"]))


def _register(conn: Connection, desk: Desk, sent: Sent) -> Known:
    part, listed = desk.case.mediation, mediators.every(conn)
    sides = {desk.case.intake.respondent, desk.case.intake.raiser_body}
    return {
        "mediators": [
            (one, not (sides & set(one.conflicts)) and one.person_id not in part.refused_names)
            for one in listed
        ],
        "had_one": bool(part.mediators),
    }


def _who_usually_pays(conn: Connection, desk: Desk) -> dict[str, str]:
    """Shared, but for a group that volunteers run the public body."""
    body = desk.case.intake.respondent
    found = bodies.get(conn, body) if body else None
    raiser = bodies.get(conn, desk.case.intake.raiser_body) if desk.case.intake.raiser_body else None
    public = found is not None and str(found.kind) == "public-body"
    small = raiser is None or raiser.volunteer_run or str(raiser.kind) == "community-group"
    return {"pays": "public-body" if public and small else "both"}


NAME = Takes(
    Choice("party", PARTIES),
    YesOrNo("accepted", required="Please say whether this person is right for you."),
    Text("words", 2_000),
)


def _name(values: Values, desk: Desk) -> AnswerName:
    """Say for one side whether the mediator proposed is right for it. A refusal needs no reason."""
    return AnswerName(values["party"], bool(values["accepted"]), **_by_side(values, desk))


def _by_side(values: Values, desk: Desk) -> dict[str, Any]:
    side = side_of(desk.visitor.seat) or values["party"]
    words = statement_if(values["words"])
    return {"of_respondent" if side == Side.RESPONDENT else "of_raiser": words}


DECLARATION = Takes(YesOrNo("conflict", required="Please say whether you have a conflict of interest."))


def _declaration(values: Values, desk: Desk) -> DeclareInterest:
    """Say, as the mediator, whether you have a conflict of interest. A yes ends your access at once."""
    return DeclareInterest(bool(values["conflict"]))


CHANGE = Takes(Choice("why", (ILL, OTHER), required="Please say why the mediator cannot go on."))


def _change(values: Values, desk: Desk) -> ChangeMediator:
    """Say that the mediator cannot go on; another one is looked for."""
    return ChangeMediator(values["why"])


# --- sessions ---------------------------------------------------------------------------------------------

WITH_WHOM = ("both", *PARTIES, THE_OTHER)
WITH = Choice("with_", WITH_WHOM, required="Please say with whom the session is.")
A_DAY = Takes(Day("on"), Line("time", 5))
SESSION_DAYS = Takes(WITH, Parts("days", A_DAY))


def _session_days(values: Values, desk: Desk) -> ProposeSession:
    """Propose up to three days for a session, as the mediator; each who is asked says which would do."""
    days = [one for one in values["days"] if one["on"]]
    return ProposeSession(
        tuple(one["on"] for one in days), tuple(one["time"] for one in days), values["with_"]
    )


SESSION_ANSWER = Takes(Choice("party", PARTIES), Several("can", ("1", "2", "3")), Text("words", 1_000))


def _session_answer(values: Values, desk: Desk) -> AnswerSession:
    """Say for one side on which of the days proposed it can come; `1` is the first. None is an answer too."""
    can = tuple(_number(one) - 1 for one in values["can"])
    return AnswerSession(values["party"], can, **_by_side(values, desk))


def _number(text: str) -> int:
    """Anything else is none that can be chosen, which the rule says."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


FIXES = ("cancel", False)
SESSION = Takes(
    Tick("cancel", default=False),
    Day("on", required="Please say on which day.", when=FIXES),
    Line("time", 5, required="Please say at which time, like 14:30.", when=FIXES),
    Choice("with_", WITH_WHOM, required="Please say with whom the session is.", when=FIXES),
    YesOrNo("online", required="Please say whether they meet in a room or online.", when=FIXES),
    Text("place", 1_000, required=needed(FixSession, "place"), when=FIXES),
    Text("needs", 1_000, when=FIXES),
)


def _session(values: Values, desk: Desk) -> FixSession | CancelSession:
    """Fix a session, or another day for it, or call it off. Each who comes gets an invitation."""
    if values["cancel"]:
        return CancelSession()
    return FixSession(
        values["on"],
        values["time"],
        bool(values["online"]),
        values["with_"],
        statement(values["place"]),
        statement_if(values["needs"]),
    )


# --- its end ----------------------------------------------------------------------------------------------


def _cited(desk: Desk) -> list[str]:
    return [str(one.id) for one in desk.case.intake.links]


END = Takes(
    Choice("ending", BY_THE_MEDIATOR, required="Please say how the mediation ended."),
    Several("settled", _cited),
)


def _end(values: Values, desk: Desk) -> EndMediation:
    """Say, as the mediator, how the mediation ended; `settled`: which links, where it is partly settled."""
    return EndMediation(values["ending"], tuple(map(_number, values["settled"])))


def _undertakings(conn: Connection, desk: Desk, form: Form) -> Known:
    part, codes = desk.case.intake, desk.rulebook.codes
    return {"cited": [(str(one.id), title_of(one.clause, one.edition, codes)) for one in part.links]}


TIME = Takes(Day("until", required="Please say until which day."), Tick("agreed"))


def _time(values: Values, desk: Desk) -> ExtendMediation:
    """Write down, as the mediator, that all who are in the mediation agree to more time."""
    return ExtendMediation(values["until"], values["agreed"])


LEAVING = Takes(Choice("party", PARTIES), Tick("sure", required="Please confirm that you want to leave."))


def _leaving(values: Values, desk: Desk) -> LeaveMediation:
    """Leave the mediation, for one party. No reason is asked, and it ends."""
    return LeaveMediation(values["party"], values["sure"])


def _act(name: str, takes: Takes, read: Any, **more: Any) -> Reader:
    return Reader(name, takes, read, f"mediation/{name}.html", apart=True, **more)


READERS = (
    _act("mediation", ASK, _ask, checks=_whose),
    _act("mediation-consent", CONSENT, _consent, checks=_whose),
    _act(
        "mediation-together",
        TOGETHER,
        _together,
        looks_up=other_case,
        checks=there_is_none,
        shows=_others,
        fills=_the_only_other,
    ),
    _act("mediation-going-on", GOING_ON, _going_on, checks=_whose),
    _act("mediation-offer", OFFER, _offer, checks=_whose),
    _act("mediator", MEDIATOR, _mediator, looks_up=_register, fills=_who_usually_pays),
    _act("mediator-name", NAME, _name, checks=_whose),
    _act("declaration", DECLARATION, _declaration),
    _act("mediator-change", CHANGE, _change),
    _act("session-days", SESSION_DAYS, _session_days),
    _act("session-answer", SESSION_ANSWER, _session_answer, checks=_whose),
    _act("session", SESSION, _session),
    _act("mediation-end", END, _end, shows=_undertakings),
    _act("mediation-time", TIME, _time),
    _act("mediation-leaving", LEAVING, _leaving, checks=_whose),
)
