"""Mediators: who is on the register, where they work and with whom they have a conflict; who has a case."""

from alembic import op

revision = "2026_12_03_19"
down_revision = "2026_12_03_17"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE mediators (
            person_id uuid PRIMARY KEY REFERENCES people (id),
            areas text NOT NULL,
            languages text NOT NULL,
            terms text NOT NULL,        -- what the mediator charges, if anything
            conflicts uuid[] NOT NULL   -- bodies with which they have a conflict of interest
        );
        ALTER TABLE case_summaries ADD COLUMN mediator_id uuid;
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE case_summaries DROP COLUMN mediator_id")
    op.execute("DROP TABLE mediators")
