"""The morning digest: that it was decided for an officer and a day, once."""

from alembic import op

revision = "2026_12_03_8"
down_revision = "2026_12_03_7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE digests (
            staff_id uuid NOT NULL REFERENCES staff (id),
            day date NOT NULL,
            decided_at timestamptz NOT NULL,
            letter_id uuid,            -- none where nothing waited; the letter itself is forgotten in time
            PRIMARY KEY (staff_id, day)
        );
        CREATE INDEX obligations_pauses ON obligations (pause_ends, case_id)
            WHERE ended_at IS NULL AND pause_ends IS NOT NULL;
        CREATE INDEX case_summaries_closing_dates ON case_summaries (closes_on)
            WHERE closed_at IS NULL AND closes_on IS NOT NULL;
    """)


def downgrade() -> None:
    op.execute("DROP INDEX case_summaries_closing_dates, obligations_pauses")
    op.execute("DROP TABLE digests")
