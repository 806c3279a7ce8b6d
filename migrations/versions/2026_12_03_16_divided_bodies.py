"""A body that ends may be divided in two: then an officer says for each case which of them answers."""

from alembic import op

revision = "2026_12_03_16"
down_revision = "2026_12_03_15"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE body_successions ADD COLUMN second_id uuid REFERENCES bodies (id)")


def downgrade() -> None:
    op.execute("ALTER TABLE body_successions DROP COLUMN second_id")
