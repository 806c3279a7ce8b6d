"""Of an obligation: whether it goes by a date that both sides agreed, which a new edition leaves alone."""

from alembic import op

revision = "2026_12_03_30"
down_revision = "2026_12_03_29"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE obligations ADD COLUMN agreed boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE obligations DROP COLUMN agreed")
