"""Who is barred from a case: officers who declared a conflict of interest, and the bodies of its two sides,
whose own people are presumed to have one; and for which body a member of staff works."""

from alembic import op

revision = "2026_12_03_29"
down_revision = "2026_12_03_28"
branch_labels = None
depends_on = None

BARRED = """
ALTER TABLE staff ADD COLUMN body_id uuid REFERENCES bodies (id);
ALTER TABLE case_summaries ADD COLUMN barred uuid[] NOT NULL DEFAULT '{}';
UPDATE case_summaries c SET barred = ARRAY(
    SELECT DISTINCT one FROM unnest(
        ARRAY[c.respondent_id, c.raiser_body_id]
        || ARRAY(SELECT (e.body::json ->> 'officer')::uuid FROM case_events e
                 WHERE e.case_id = c.case_id AND e.name = 'conflict-declared')
    ) one WHERE one IS NOT NULL ORDER BY one
);
"""


def upgrade() -> None:
    op.execute(BARRED)


def downgrade() -> None:
    op.execute("ALTER TABLE case_summaries DROP COLUMN barred; ALTER TABLE staff DROP COLUMN body_id")
