"""The raiser's own body stands in the row of a case: letters to its senior lead are addressed from there."""

from alembic import op

revision = "2026_12_03_12"
down_revision = "2026_12_03_8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE case_summaries ADD COLUMN raiser_body_id uuid")
    op.execute("""
        UPDATE case_summaries c SET raiser_body_id = (e.body::jsonb ->> 'raiser_body')::uuid
        FROM case_events e WHERE e.case_id = c.case_id AND e.name = 'concern-received'
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE case_summaries DROP COLUMN raiser_body_id")
