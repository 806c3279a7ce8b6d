"""A reply that is not finished yet, kept for the respondent's own contacts until it is sent."""

from alembic import op

revision = "2026_11_22_08"
down_revision = "2026_11_22_07"
branch_labels = None
depends_on = None

REPLY_DRAFTS = """
CREATE TABLE reply_drafts (
    case_id uuid PRIMARY KEY,
    typed text NOT NULL,
    saved_by uuid,
    saved_at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    op.execute(REPLY_DRAFTS)


def downgrade() -> None:
    op.execute("DROP TABLE reply_drafts")
