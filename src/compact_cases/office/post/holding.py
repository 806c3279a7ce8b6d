"""Whether the post is held: after a restore no letter goes, and nothing is swept, until somebody says so.

An older database does not know what was sent in the time that is lost: it would say all of it again.
"""

from compact_cases.office.premises import Premises
from compact_cases.records import restores

SAY_SO = (
    "This database was restored, or is a copy: no letter goes, and nothing is swept, until somebody says how "
    "it goes on. Run compact-cases restored, then sweep --dry-run, then post resume."
)


def is_held(premises: Premises) -> bool:
    """A database that nobody has asked before is where the service begins."""
    with premises.engine.begin() as conn:
        if restores.latest(conn) is None:
            restores.add(conn, restores.here(conn), premises.clock.now(), "first")
        return restores.is_held(conn)
