"""How a story tells of mediation: who asks and agrees, which mediator, when they meet, how it ends."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from compact_cases.office.identity import statement
from compact_cases.office.premises import Premises
from compact_cases.office.registry import mediators as register
from compact_cases.records import case_summaries, mediators
from compact_cases.rules.acts import Command
from compact_cases.rules.appointing import AnswerName, ChangeMediator, DeclareInterest, ProposeMediator
from compact_cases.rules.case import Case
from compact_cases.rules.mediation import AnswerMediation, AskForMediation
from compact_cases.rules.mediation_ends import EndMediation, LeaveMediation
from compact_cases.rules.sessions import FixSession
from compact_cases.rules.together import AskTogether, SayGoOn
from compact_cases.sample.stories import Act

ASK, CONSENT, NAME, LEAVE = "mediation", "mediation-consent", "mediator-name", "mediation-leaving"
PROPOSE, TOGETHER, GO_ON = "mediator", "mediation-together", "mediation-going-on"
DECLARE, ILL, SESSION, END = "declaration", "mediator-change", "session", "mediation-end"
OF_SIDES = (ASK, CONSENT, NAME, LEAVE, GO_ON)
"""``choice`` of these begins with the side that does it: ``respondent yes``."""
BY_THE_MEDIATOR = (DECLARE, ILL, SESSION, END)
MEDIATORS = (
    ("Mara Quill", "mara.quill@mediators.example", "Gloucestershire", "English, British Sign Language"),
    ("Tom Hartley", "tom.hartley@mediators.example", "Stroud and the Forest of Dean", "English, Polish"),
)
"""The invented register: name, address, where they work, languages."""

ALL = (PROPOSE, TOGETHER, *OF_SIDES, *BY_THE_MEDIATOR)


def put_on_register(premises: Premises) -> None:
    """Those who are not on it yet."""
    with premises.engine.connect() as conn:
        known = {one.name for one in mediators.every(conn)}
    for name, email, areas, languages in MEDIATORS:
        if name not in known:
            register.add(premises, name, email, areas=areas, languages=languages)


def _named(premises: Premises, name: str) -> UUID:
    with premises.engine.connect() as conn:
        return next(one.person_id for one in mediators.every(conn) if one.name == name)


def _the_other(premises: Premises, case: Case) -> UUID:
    """The other case that the concern opened."""
    assert case.intake.concern is not None  # noqa: S101 (the first event of every case says it)
    with premises.engine.connect() as conn:
        rows = case_summaries.of_concern(conn, case.intake.concern)
    return next(one.case_id for one in rows if one.reference != case.intake.reference)


def command(act: Act, case: Case, in_days: Callable[[int], date], premises: Premises) -> Command:
    """Raises KeyError for what is no act of a mediation."""
    side, _, answer = act.choice.partition(" ")
    if act.what == PROPOSE:
        return ProposeMediator(_named(premises, act.choice), "public-body")
    if act.what == TOGETHER:
        return AskTogether(_the_other(premises, case), agreed=True)
    if act.what == SESSION:
        return FixSession(in_days(int(act.choice)), "14:30", False, "both", statement(act.words))
    if act.what == END:
        first = tuple(one.id for one in case.intake.links[:1])
        return EndMediation(act.choice, first if act.choice == "partly settled" else ())
    made: dict[str, Callable[[], Command]] = {
        ASK: lambda: AskForMediation(side, papers=True),
        CONSENT: lambda: AnswerMediation(side, answer == "yes", papers=answer == "yes"),
        NAME: lambda: AnswerName(side, answer == "yes"),
        LEAVE: lambda: LeaveMediation(side, sure=True),
        GO_ON: lambda: SayGoOn(side, answer == "yes"),
        DECLARE: lambda: DeclareInterest(act.choice == "yes"),
        ILL: lambda: ChangeMediator("ill"),
    }
    return made[act.what]()
