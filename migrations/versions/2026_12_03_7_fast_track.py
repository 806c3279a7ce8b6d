"""Cases on the fast track are found along an index of their own."""

from alembic import op

revision = "2026_12_03_7"
down_revision = "2026_12_03_5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX case_summaries_fast ON case_summaries ((coalesce(first_on, 'infinity'::date)), reference)
            WHERE closed_at IS NULL AND 'fast-track' = ANY(tags);
    """)


def downgrade() -> None:
    op.execute("DROP INDEX case_summaries_fast")
