"""Closed cases in which something agreed is still to be done are found along an index of their own."""

from alembic import op

revision = "2026_12_03_13"
down_revision = "2026_12_03_12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE INDEX case_summaries_to_do
        ON case_summaries ((coalesce(first_on, 'infinity'::date)), reference)
        WHERE closed_at IS NOT NULL AND next_name IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP INDEX case_summaries_to_do")
