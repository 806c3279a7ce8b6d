"""Bodies that end, and which one takes their cases from which day on."""

from alembic import op

revision = "2026_12_03_15"
down_revision = "2026_12_03_13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE body_successions (
            body_id uuid PRIMARY KEY REFERENCES bodies (id),
            successor_id uuid NOT NULL REFERENCES bodies (id),
            from_day date NOT NULL,
            said_at timestamptz NOT NULL,
            done_at timestamptz,
            CHECK (body_id <> successor_id)
        );
    """)


def downgrade() -> None:
    op.execute("DROP TABLE body_successions")
