"""Views of the list of cases that officers have kept for themselves."""

from alembic import op

revision = "2026_12_03_5"
down_revision = "2026_12_02_11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE list_views (
            id uuid PRIMARY KEY,
            staff_id uuid NOT NULL REFERENCES staff (id),
            name text NOT NULL,
            asked text NOT NULL,
            kept_at timestamptz NOT NULL
        );
        CREATE UNIQUE INDEX list_views_names ON list_views (staff_id, lower(name));
    """)


def downgrade() -> None:
    op.execute("DROP TABLE list_views")
