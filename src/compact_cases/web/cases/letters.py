"""A letter of a case on its page, for officers: as it was sent, or as it is to be posted or read out."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.post import by_post
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries
from compact_cases.records.reading import reading
from compact_cases.reports import timeline
from compact_cases.rules.permissions import Permission
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound


@get("/cases/{ref:str}/letters/{letter:uuid}", opt={"permission": Permission.OFFICER}, sync_to_thread=True)
def one_letter(ref: FromPath[str], letter: FromPath[UUID], premises: NamedDependency[Premises]) -> Template:
    """The tokens of its links were cut out when it was kept; one for the post never had any."""
    reference = normalise(ref, premises.settings.office.prefix)
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference) if reference else None
        if row is None:
            raise NotFound(NO_CASE)
        context = {"reference": row.reference, "today": premises.clock.today()}
        if sent := timeline.letter_as_sent(conn, row.case_id, letter):
            return Template("cases/letter.html", context={**context, "letter": sent})
        if paper := by_post.of_case(conn, premises, row.case_id, letter):
            return Template("cases/paper.html", context={**context, "letter": paper})
    raise NotFound(NO_CASE)


routes = [one_letter]
