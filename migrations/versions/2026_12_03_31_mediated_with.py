"""Which other case a mediation serves too: both are locked together, and either is found from the other."""

from alembic import op

revision = "2026_12_03_31"
down_revision = "2026_12_03_30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE case_summaries ADD COLUMN mediated_with uuid;
        CREATE INDEX case_summaries_mediated_with ON case_summaries (mediated_with)
            WHERE mediated_with IS NOT NULL;
    """)


def downgrade() -> None:
    op.execute("DROP INDEX case_summaries_mediated_with")
    op.execute("ALTER TABLE case_summaries DROP COLUMN mediated_with")
