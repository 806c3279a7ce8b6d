"""A step of an obligation that was refused is tried again: how often it was, and when."""

from alembic import op

revision = "2026_12_01_6"
down_revision = "2026_12_01_5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE obligations ADD COLUMN tries integer NOT NULL DEFAULT 0, ADD COLUMN again_at timestamptz"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE obligations DROP COLUMN tries, DROP COLUMN again_at")
