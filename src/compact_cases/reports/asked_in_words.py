"""What a list was asked for and how much was found, as one sentence for page and API alike."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from compact_cases.reports.case_list import MOST_SEARCHED, Filters, ListRow
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.codes import Codes
from compact_cases.rules.procedure import Procedure


def in_words(
    filters: Filters,
    found: Sequence[ListRow],
    codes: Codes,
    procedure: Procedure,
    officers: Mapping[UUID, str],
) -> str:
    """ "2 open cases at the stage “Received”, with “bus”."; empty where nothing narrows the list."""
    if not (filters.narrows or filters.closed or filters.words):
        return ""
    kind = "" if filters.of_both else "closed " if filters.closed or filters.todo else "open "
    many = _count(filters, found)
    count = {"0": f"No {kind}case", "1": f"1 {kind}case"}.get(many, f"{many} {kind}cases")
    parts = list(_parts(filters, many in ("0", "1"), codes, procedure, officers))
    return f"{count} {', '.join(parts)}." if parts else f"{count}."


def _count(filters: Filters, found: Sequence[ListRow]) -> str:
    """A search knows how many there are; a walk along an index stops when its page is full."""
    if filters.words and found:
        among = found[0].among
        return f"{among} or more" if among >= MOST_SEARCHED else str(among)
    if filters.after:
        return "More"
    return str(len(found)) if len(found) <= filters.limit else f"More than {filters.limit}"


def _parts(
    filters: Filters, one: bool, codes: Codes, procedure: Procedure, officers: Mapping[UUID, str]
) -> Iterator[str]:
    verb = "is" if one else "are"
    if filters.todo:
        yield "with things to do"
    if filters.overdue:
        yield f"that {verb} overdue"
    if filters.today:
        yield f"that {verb} due today"
    if filters.fast:
        yield "on the fast track"
    if filters.stage and filters.stage != "closed":
        yield f"at the stage “{procedure.stages.get(filters.stage, filters.stage)}”"
    if filters.waiting:
        yield "waiting for you"
    if filters.officer:
        yield f"of {officers.get(filters.officer, 'an officer who is not on the list')}"
    if filters.body:
        yield f"about “{filters.body}”"
    if filters.clause:
        yield f"citing {title_of(filters.clause, '', codes)}"
    if filters.words:
        yield f"with “{filters.words}”"
