"""Closing days that the office adds or takes away beside its file."""

from alembic import op

revision = "2026_12_03_27"
down_revision = "2026_12_03_24"
branch_labels = None
depends_on = None

CHANGES = """
-- The newest row of a day counts, before what the office file says of it.
CREATE TABLE closing_day_changes (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date NOT NULL,
    reason text,  -- none: the office is open on it after all
    by_staff uuid,  -- none: by a command on the machine
    changed_at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    op.execute(CHANGES)


def downgrade() -> None:
    op.execute("DROP TABLE closing_day_changes")
