"""On which cluster the database lives, and each time that a backup of it was put back."""

from alembic import op

revision = "2026_12_02_5"
down_revision = "2026_12_02_4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE restores (
            number integer PRIMARY KEY,  -- 0: where the service first ran
            cluster text NOT NULL,
            at timestamptz NOT NULL,
            looked_at timestamptz,   -- somebody has read what a sweep would do
            settled_at timestamptz,  -- until then no letter goes
            settled_how text         -- first, send, count-as-sent
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE restores")
