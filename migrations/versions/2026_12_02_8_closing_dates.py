"""Lists go by the earlier of what is due and what closes, and say what must be seen at once."""

from alembic import op

revision = "2026_12_02_8"
down_revision = "2026_12_02_7"
branch_labels = None
depends_on = None

FIRST = "(coalesce(first_on, 'infinity'::date)), reference"
DUE = "(coalesce(next_due, 'infinity'::date)), reference"
# The same words as in reports/case_list.py, or the index does not serve it.
OFFICER, NOBODY = "office/officer", "'00000000-0000-0000-0000-000000000000'::uuid"

# What the first events of a case say; the fold keeps all but the tags from now on.
KNOWN = """
UPDATE case_summaries c SET closes_on = given.day,
    first_on = CASE WHEN c.closed_at IS NULL
        AND given.day >= (c.changed_at AT TIME ZONE 'Europe/London')::date THEN given.day END
FROM (SELECT case_id, max((body::json->>'closes_on')::date) AS day FROM case_events
      WHERE name = 'closing-date-given' GROUP BY case_id) given
WHERE given.case_id = c.case_id;

UPDATE case_summaries SET first_on = least(first_on, next_due) WHERE next_due IS NOT NULL;

UPDATE case_summaries c SET tags = array_remove(ARRAY[
    CASE WHEN told.afraid THEN 'afraid' END,
    CASE WHEN told.adjustment THEN 'adjustment' END,
    CASE WHEN told.raised_for THEN 'for-another' END], NULL)
FROM (
    SELECT s.case_id,
        EXISTS (SELECT 1 FROM case_events e
            JOIN statements t ON t.id = (e.body::json->'answer'->>'statement')::uuid
            WHERE e.case_id = s.case_id AND e.name = 'also-told' AND e.body::json->>'question' = 'afraid'
              AND t.text IN ('yes', 'a-little')) AS afraid,
        EXISTS (SELECT 1 FROM case_events e WHERE e.case_id = s.case_id AND e.name = 'also-told'
            AND e.body::json->>'question' = 'adjustments') AS adjustment,
        EXISTS (SELECT 1 FROM people p WHERE p.id = s.raiser_id
            AND coalesce(p.details::json->>'on_behalf_of', '') <> '') AS raised_for
    FROM case_summaries s
) told
WHERE told.case_id = c.case_id AND (told.afraid OR told.adjustment OR told.raised_for);
"""

# Names and e-mail of the people who raised them, and the parts of a name that has an apostrophe.
FOUND_BY = """
UPDATE case_words w SET words = w.words || array_to_tsvector(told.words)
FROM (
    SELECT s.case_id, array_agg(DISTINCT word) AS words
    FROM case_summaries s
    JOIN LATERAL (
        SELECT concat_ws(' ', p.name, p.details::json->>'on_behalf_of', p.details::json->>'reach', c.address)
        FROM people p LEFT JOIN contact_points c
            ON c.person_id = p.id AND c.ended_at IS NULL AND c.kind = 'email'
        WHERE p.concern_id = s.concern_id
        UNION ALL SELECT concat_ws(' ', s.raiser_label, s.respondent_label)
    ) said(text) ON true
    CROSS JOIN LATERAL regexp_split_to_table(lower(said.text), '[^[:alnum:]]+') word
    WHERE word <> '' AND length(word) <= 500 GROUP BY s.case_id
) told
WHERE told.case_id = w.case_id;
"""


def upgrade() -> None:
    op.execute("ALTER TABLE case_summaries ADD COLUMN first_on date")
    op.execute("ALTER TABLE case_summaries ADD COLUMN closes_on date")
    op.execute("ALTER TABLE case_summaries ADD COLUMN tags text[] NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE party_links ADD COLUMN visits integer NOT NULL DEFAULT 0")
    op.execute(KNOWN)
    op.execute(FOUND_BY)
    _ordered_by(FIRST)


def downgrade() -> None:
    _ordered_by(DUE)
    op.execute("ALTER TABLE party_links DROP COLUMN visits")
    for column in ("first_on", "closes_on", "tags"):
        op.execute(f"ALTER TABLE case_summaries DROP COLUMN {column}")


def _ordered_by(order: str) -> None:
    op.execute(f"""
        DROP INDEX case_summaries_open, case_summaries_officers;
        CREATE INDEX case_summaries_open ON case_summaries ({order}) INCLUDE (next_due)
            WHERE closed_at IS NULL;
        CREATE INDEX case_summaries_officers ON case_summaries ((coalesce(officer_id, {NOBODY})), {order})
            WHERE closed_at IS NULL AND owners @> ARRAY['{OFFICER}'];
    """)
