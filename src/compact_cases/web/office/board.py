"""The board's list, for the board chair, the secretary and officers: what was not answered to a panel."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.records.reading import reading
from compact_cases.reports.boards_list import board_list
from compact_cases.rules.permissions import Permission, Visitor


@get("/office/board", opt={"permission": Permission.OVERDUE}, sync_to_thread=True)
def boards_list(premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]) -> Template:
    with reading(premises.engine) as conn:
        lines = board_list(conn, visitor)
    return Template("office/board.html", context={"lines": lines})


routes = [boards_list]
