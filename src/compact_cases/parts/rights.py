"""What a role may do in the database, against what ``docs/application-role.sql`` gives it."""

from typing import Any

import psycopg

from compact_cases.parts.right_role import SUPERUSER, attributes

TABLE_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
EVERYDAY = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
ADDED_TO = frozenset({"SELECT", "INSERT"})
GIVEN = {
    **dict.fromkeys(("case_events", "heads", "head_entries", "erasures"), ADDED_TO),
    **dict.fromkeys(("code_editions", "clauses", "procedure_editions", "calendar_editions"), ADDED_TO),
    **dict.fromkeys(("code_choices", "procedure_choices", "compact_editions"), ADDED_TO),
    "letters": frozenset({"SELECT", "INSERT", "UPDATE"}),
    "letter_texts": frozenset({"SELECT", "INSERT", "DELETE"}),
    "alembic_version": frozenset({"SELECT"}),
}
"""Of the script, table by table; a test holds both together. Every other table: all of EVERYDAY."""
RUNS_AS_OWNER = "forget_letters(ids uuid[])"  # the one function of ours that does
OURS = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
_NAME = "CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || c.relname"

_TABLES = f"""
SELECT {_NAME}, r.word, has_table_privilege(c.oid, r.word),
    has_table_privilege(c.oid, r.word || ' WITH GRANT OPTION'),
    CASE WHEN r.word IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') THEN (
        SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND has_column_privilege(c.oid, a.attnum, r.word)) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN unnest(%s::text[]) r (word)
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {OURS} ORDER BY 1, 2
"""

# What is named here is in nobody's script: each line is a right too many.
_OTHERS = f"""
SELECT 'ownership of ' || {_NAME} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, me
WHERE c.relowner = me.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND {OURS}
UNION ALL SELECT 'ownership of ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, me
WHERE p.proowner = me.oid AND {OURS}
UNION ALL SELECT 'ownership of schema ' || n.nspname FROM pg_namespace n, me WHERE n.nspowner = me.oid
UNION ALL SELECT 'ownership of the database' FROM pg_database d, me
WHERE d.datname = current_database() AND d.datdba = me.oid
UNION ALL SELECT r.word || ' on ' || {_NAME} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN (VALUES ('SELECT'), ('UPDATE'), ('USAGE WITH GRANT OPTION')) r (word)
WHERE c.relkind = 'S' AND {OURS} AND has_sequence_privilege(c.oid, r.word)
UNION ALL SELECT 'CREATE on schema ' || n.nspname FROM pg_namespace n
WHERE {OURS} AND has_schema_privilege(n.oid, 'CREATE')
UNION ALL SELECT 'CREATE on database' WHERE has_database_privilege(current_database(), 'CREATE')
UNION ALL SELECT p.word || ' on parameter ' || a.parname FROM pg_parameter_acl a
CROSS JOIN (VALUES ('SET'), ('ALTER SYSTEM')) p (word) WHERE has_parameter_privilege(a.parname, p.word)
UNION ALL SELECT 'membership in ' || o.rolname FROM pg_roles o, me
WHERE o.oid <> me.oid AND pg_has_role(me.oid, o.oid, 'MEMBER')
UNION ALL SELECT 'EXECUTE on ' || f.name || ', which runs as its owner' FROM (
    SELECT p.oid, p.proname || '(' || pg_get_function_arguments(p.oid) || ')' AS name
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND {OURS}) f
WHERE f.name <> %s AND has_function_privilege(f.oid, 'EXECUTE')
ORDER BY 1
"""
_ME = "WITH me AS (SELECT oid FROM pg_roles WHERE rolname = current_user) "


def given(table: str) -> frozenset[str]:
    """What the script gives on a table; nothing in another schema."""
    return frozenset() if "." in table else GIVEN.get(table, EVERYDAY)


def beyond(conn: psycopg.Connection[Any]) -> list[str]:
    """Each right of the connected role that the script does not give, in words; the superuser has all."""
    has = attributes(conn)
    if SUPERUSER in has:
        return [SUPERUSER]
    found: list[str] = []
    for table, right, whole, passes_on, columns in conn.execute(_TABLES, [list(_rights(conn))]):
        if passes_on:
            found.append(f"passing on {right} on {table}")
        if right in given(table):
            continue
        if whole:
            found.append(f"{right} on {table}")
        elif columns:
            found.append(f"{right} ({columns}) on {table}")
    others = [word for (word,) in conn.execute(_ME + _OTHERS, [RUNS_AS_OWNER])]
    return [*has, *found, *others]


def held_on_tables(conn: psycopg.Connection[Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, right, whole, _, _ in conn.execute(_TABLES, [list(_rights(conn))]):
        found.setdefault(table, set()).update({right} if whole else ())
    return found


def _rights(conn: psycopg.Connection[Any]) -> tuple[str, ...]:
    return (*TABLE_RIGHTS, "MAINTAIN") if conn.info.server_version >= 170000 else TABLE_RIGHTS
