"""Cases that are mediated together: after a sweep, each takes over what has happened in the other."""

import logging

from compact_cases.office.casework.casebook import caught_up
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries
from compact_cases.records.engines import is_cut_off

_log = logging.getLogger(__name__)


def catch_up(premises: Premises) -> None:
    """A sweep works each case by itself, in batches. Whatever breaks in one pair stops no other."""
    with premises.engine.connect() as conn:
        pairs = case_summaries.mediated_together(conn)
    for case, other in pairs:
        try:
            with premises.engine.begin() as conn:
                case_summaries.lock(conn, (case, other))
                caught_up(conn, premises, case, other)
        except Exception as problem:
            if is_cut_off(problem):
                raise
            _log.error("cases %s and %s do not follow each other", case, other, exc_info=problem)
