"""Which members of staff have said of which cases that they have no conflict of interest there."""

from alembic import op

revision = "2026_12_03_32"
down_revision = "2026_12_03_31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE no_conflicts (
            case_id uuid NOT NULL,
            staff_id uuid NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (case_id, staff_id)
        );
    """)


def downgrade() -> None:
    op.execute("DROP TABLE no_conflicts")
