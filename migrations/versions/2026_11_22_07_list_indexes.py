"""What an officer has to do next, found without reading every open case: the number above the list."""

from alembic import op

revision = "2026_11_22_07"
down_revision = "2026_11_22_06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX case_summaries_officers ON case_summaries (officer_id)"
        " WHERE closed_at IS NULL AND next_owner = 'officer'"
    )


def downgrade() -> None:
    op.execute("DROP INDEX case_summaries_officers")
