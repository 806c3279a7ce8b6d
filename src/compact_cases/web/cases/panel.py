"""Panel: its members and its day, what both sides write for it, its papers, and that it was heard."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import panellists, statements
from compact_cases.rules.constituting import (
    ConstitutePanel,
    DeclareForPanel,
    HearAgain,
    RefuseMember,
    ReplaceMember,
    missing,
    seen_members,
)
from compact_cases.rules.heard import SIDES
from compact_cases.rules.hearings import MoveHearing
from compact_cases.rules.names import found_in, marked, without
from compact_cases.rules.noted import side_of
from compact_cases.rules.panel import RecordHearing, ReleaseForPanel, SendPapers, SendStatement, writing
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import (
    Choice,
    Day,
    Id,
    Line,
    Lines,
    Several,
    Takes,
    Text,
    Tick,
    Values,
    YesOrNo,
)

# --- its members ------------------------------------------------------------------------------------------

DAY = (
    Day("on", required="Please say on which day it is heard."),
    Line("time", 5, required="Please say at which time, like 14:30."),
    YesOrNo("online", required="Please say whether it is in a room or online.", default=False),
    Text("place", 1_000, required=needed(ConstitutePanel, "place")),
    Text("needs", 1_000),
    Tick("words_may_stay"),
)
SECTORS = {"public-sector": "public sector", "vcs": "voluntary and community sector"}


def _who_may_sit(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """The register of panellists, each in words; those of a party are said to be."""
    may = needs.panellists_for(conn, desk.case)
    return {
        "may_sit": {
            str(one.id): _in_words(one, may[one.id].of_a_party)
            for one in panellists.listed(conn)
            if one.id in may and one.id not in desk.case.panel.lost
        },
        "in_place_of": {str(one): desk.case.panel.lost.index(one) for one in missing(desk.case)},
    }


def _in_words(one: panellists.Registered, of_a_party: bool) -> str:
    group = "" if one.standing else ", not of the standing group"
    party = " (belongs to a side of this case)" if of_a_party else ""
    organisation = f", {one.organisation}" if one.organisation else ""
    return f"{one.name}{organisation}, {SECTORS[one.sector]}{group}{party}"


def _may_sit(desk: Desk) -> Mapping[str, str]:
    found: Mapping[str, str] = desk.known["may_sit"]
    return found


PANEL = Takes(
    Several("members", _may_sit), Choice("lead", _may_sit, required="Please say who leads it."), *DAY
)


def _panel(values: Values, desk: Desk) -> ConstitutePanel:
    """Name three members or more from the register of panellists, who leads them, and the day of the hearing.
    Both sides see the names for three working days."""
    members = tuple(_id(one, "members") for one in values["members"])
    return ConstitutePanel(members, _id(values["lead"], "lead"), *_day(values))


def _id(written: str, field: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Refused("Please choose people who are on the register of panellists.", field) from None


def _day(values: Values) -> tuple[Any, ...]:
    return (
        values["on"],
        values["time"],
        bool(values["online"]),
        statement(values["place"]),
        statement_if(values["needs"]),
        values["words_may_stay"],
    )


REFUSAL = Takes(
    Choice(
        "member",
        lambda desk: seen_members(desk.case, desk.now)["member"] or None,
        required="Please choose one.",
    )
)


def _refusal(values: Values, desk: Desk) -> RefuseMember:
    """Refuse a name without a reason. The other side does not learn of it; another name is proposed."""
    return RefuseMember(_id(values["member"], "member"))


def _sitting(desk: Desk) -> list[str]:
    return [str(one.id) for one in desk.case.panel.members]


DECLARATION = Takes(
    Choice("conflict", ("no", "yes"), required="Please say yes or no."),
    Choice("member", _sitting),
    Text("reason", LONGEST),
)


def _declaration(values: Values, desk: Desk) -> DeclareForPanel:
    """Say whether a member of the panel has a conflict of interest. A yes takes their access away at once."""
    member = None if desk.visitor.seat is Seat.PANELLIST or not values["member"] else UUID(values["member"])
    return DeclareForPanel(values["conflict"] == "yes", member, statement_if(values["reason"]))


MEMBER = Takes(
    Choice("member", lambda desk: [str(one) for one in missing(desk.case)]),
    Choice("by", _may_sit, required="Please say who sits instead."),
    Id("lead"),
)


def _member(values: Values, desk: Desk) -> ReplaceMember:
    """Name another member in place of one who was lost."""
    left = missing(desk.case)
    lost = UUID(values["member"]) if values["member"] else (left[0] if left else UUID(int=0))
    return ReplaceMember(lost, _id(values["by"], "by"), values["lead"])


def _moved(values: Values, desk: Desk) -> MoveHearing:
    """Move the hearing by ten working days at most. Everybody gets the new day for their calendar."""
    return MoveHearing(*_day(values))


def _as_it_is(conn: Connection, desk: Desk) -> dict[str, str]:
    one = desk.case.panel.hearing
    if one is None:
        return {}
    day = {"on-day": str(one.on.day), "on-month": str(one.on.month), "on-year": str(one.on.year)}
    sealed = {"place": one.place, **({"needs": one.needs} if one.needs else {})}
    kept = statements.get(conn, [each.statement for each in sealed.values()])
    words = {name: kept[each.statement].text for name, each in sealed.items() if each.statement in kept}
    return {**day, "time": one.time, "online": "yes" if one.online else "no", **words}


def _telling(conn: Connection, desk: Desk, form: Form) -> Known:
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    return {"found": found_in("\n".join(form.one(name) for name in ("place", "needs")), telling)}


AGAIN = Takes(Tick("sure", required="Please confirm that both sides are heard again by a new panel."))


def _again(values: Values, desk: Desk) -> HearAgain:
    """Too few are left of a panel that had begun, so that a new one hears both sides."""
    return HearAgain(values["sure"])


# --- what both sides write, and the papers ----------------------------------------------------------------

STATEMENT = Takes(
    Choice("side", lambda desk: writing(desk.case, desk.now)),
    Text("words", LONGEST, required="Please write what the panel should know."),
)


def _statement(values: Values, desk: Desk) -> SendStatement:
    """Write for one side what the panel should know. An officer reads it before the other side does."""
    side = side_of(desk.visitor.seat) or values["side"]
    name = "of_respondent" if side == Side.RESPONDENT else "of_raiser"
    return SendStatement(side, **{name: statement(values["words"])})


LOOK = "Please look for names that must not be there, and tick that you did."
RELEASE = Takes(Tick("looked", required=LOOK), Lines("hidden", LONGEST), Tick("words_may_stay"))


def _release(values: Values, desk: Desk) -> ReleaseForPanel:
    """Let the others read the statement or answer that waits, without the phrases in `hidden`."""
    return ReleaseForPanel(
        values["looked"], statement_if("\n".join(values["hidden"])), values["words_may_stay"]
    )


def _marked(conn: Connection, desk: Desk, form: Form) -> Known:
    part, text = desk.case.intake, needs.panel_words(conn, desk.case)
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    pieces = marked(text, telling)
    return {
        "waits": desk.case.panel.to_release,
        "marked_text": pieces,
        "names": any(tells for _, tells in pieces),
        "found": found_in(without(text, form.one("hidden").splitlines()), telling),
    }


PAPERS = Takes(Tick("looked", required="Please read through the papers, and tick that you did."))


def _papers(values: Values, desk: Desk) -> SendPapers:
    """Send the papers to both sides and to the panel."""
    return SendPapers(values["looked"])


HEARING = Takes(Several("came", SIDES))


def _hearing(values: Values, desk: Desk) -> RecordHearing:
    """Say that the panel has heard it, and for which sides somebody came; the others were heard on paper."""
    return RecordHearing(tuple(values["came"]))


READERS = (
    Reader("panel", PANEL, _panel, "panel/panel.html", looks_up=_who_may_sit, shows=_telling),
    Reader("panel-refusal", REFUSAL, _refusal, "panel/refusal.html", apart=True),
    Reader("panel-declaration", DECLARATION, _declaration, "panel/declaration.html", apart=True),
    Reader("panel-member", MEMBER, _member, "panel/member.html", looks_up=_who_may_sit),
    Reader("hearing-day", Takes(*DAY), _moved, "panel/hearing_day.html", shows=_telling, fills=_as_it_is),
    Reader("panel-again", AGAIN, _again, "panel/again.html"),
    Reader("panel-statement", STATEMENT, _statement, "panel/statement.html", apart=True),
    Reader("panel-release", RELEASE, _release, "panel/release.html", shows=_marked),
    Reader("papers", PAPERS, _papers, "panel/papers.html"),
    Reader("hearing", HEARING, _hearing, "panel/hearing.html"),
)
