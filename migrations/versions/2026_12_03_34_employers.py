"""The name of an employer that is not on the register yet, beside the one that is."""

from alembic import op

revision = "2026_12_03_34"
down_revision = "2026_12_03_32"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE staff ADD COLUMN employer text")


def downgrade() -> None:
    op.execute("ALTER TABLE staff DROP COLUMN employer")
