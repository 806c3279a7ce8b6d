"""What ``doctor`` says of the role with which the service comes to its database."""

from collections.abc import Iterator

import psycopg

from compact_cases.cli.doctor_of_people import Finding
from compact_cases.parts.right_role import SUPERUSER, attributes, owns_the_log, plain
from compact_cases.parts.rights import beyond
from compact_cases.settings import Settings

OUR_SCRIPT = "docs/application-role.sql"
USE_IT = f"Use the role that {OUR_SCRIPT} makes; the owner's is for compact-cases migrate and restored."
TAKE_BACK = (
    f"Run {OUR_SCRIPT} again as the owner. What that does not take back, REVOKE from the role, from PUBLIC,"
    " or from the role that it is a member of."
)


def look(found: Settings) -> Iterator[Finding]:
    """Every right beyond the script, each by itself. Away from production anybody may be in charge."""
    with psycopg.connect(plain(found.database_url or ""), autocommit=True) as connection:
        role = connection.info.user
        strong = SUPERUSER in attributes(connection)
        if strong or owns_the_log(connection):
            state = (
                f"{role}, {'a superuser' if strong else 'the owner of the tables'}: it may change the record"
            )
            yield Finding("Role", state, USE_IT if found.in_production else "")
            return
        rights = beyond(connection)
    for right in rights:
        yield Finding("Role", f"{role} has more than {OUR_SCRIPT} gives: {right}", TAKE_BACK)
    if not rights:
        yield Finding("Role", f"{role}, with the rights of {OUR_SCRIPT} and no more")
