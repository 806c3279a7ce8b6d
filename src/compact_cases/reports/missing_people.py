"""Bodies that have nobody to answer for them: no champion, or one whom no letter reaches."""

from sqlalchemy import Connection, text

# A group that has not signed is on the register because it raises concerns; nobody asks it for a reply.
QUERY = text("""
SELECT b.name FROM bodies b
LEFT JOIN LATERAL (SELECT count(*) AS open FROM case_summaries c
                   WHERE c.respondent_id = b.id
                   AND (c.closed_at IS NULL OR c.next_name IS NOT NULL)) its ON true
WHERE b.ended_on IS NULL AND (b.signed_on IS NOT NULL OR its.open > 0)
  AND NOT EXISTS (SELECT FROM people p JOIN contact_points a ON a.person_id = p.id
                  WHERE p.body_id = b.id AND p.role = 'champion' AND p.deputy_of IS NULL
                    AND p.ended_at IS NULL AND a.refused_at IS NULL)
ORDER BY its.open DESC, b.folded
""")


def without_champion(conn: Connection) -> list[str]:
    """Names of bodies that have signed or have an open case, those with most open cases first."""
    return list(conn.scalars(QUERY))
