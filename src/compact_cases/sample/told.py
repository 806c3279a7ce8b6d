"""The concern that a story begins with, as its group would send it."""

from datetime import date

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import bodies
from compact_cases.rules.bodies import folded
from compact_cases.rules.concern import (
    CitedClause,
    Concern,
    Confidentiality,
    LinkRole,
    Raiser,
    RespondentNamed,
)
from compact_cases.sample.stories import Story


def told(premises: Premises, story: Story) -> Concern:
    """What the group of ``story`` says on the day that it is now."""
    cited = [CitedClause(clause=clause) for clause in story.clauses]
    cited += [CitedClause(clause=clause, role=LinkRole.SUPPORTING) for clause in story.supporting]
    if story.code:
        cited.append(CitedClause(code=story.code, paragraph="the part about how long people get"))
    with premises.engine.connect() as conn:
        found = {name: bodies.named(conn, name) for name in story.about}
        calendar = library.current_rulebook(conn).calendar
    closes_on = calendar.plus(premises.clock.today(), story.closes) if story.closes else None
    closes_on = date.fromisoformat(story.closes_on) if story.closes_on else closes_on
    return Concern(
        raiser=_raiser(story),
        respondents=tuple(
            RespondentNamed(body_id=body.id) if (body := found[name]) else RespondentNamed(name=name)
            for name in story.about
        ),
        account=story.account,
        confidentiality=Confidentiality(story.confidentiality),
        clauses=tuple(cited),
        remedies=story.remedies,
        closes_on=closes_on,
        closes_what="The date for answers" if closes_on else "",
        afraid=story.afraid,
        afraid_text=story.afraid_why,
        adjustments=story.adjustments,
        channel=story.channel,
    )


def _raiser(story: Story) -> Raiser | None:
    if story.confidentiality == "anonymous":
        return None
    mailbox = folded(story.person).split()[0]
    host = folded(story.group).replace(" ", "")
    return Raiser(
        name=story.group,
        kind=story.kind,
        area=story.area,
        person=story.person,
        role="secretary",
        authority="yes, the committee agreed",
        email="" if story.reach == "post" else f"{mailbox}@{host}.example",
        post=f"1 {story.area} Road\n{story.area}" if story.reach == "post" else "",
        phone="01632 960 123" if story.reach == "phone" else "",
        on_behalf_of=story.raised_for,
    )
