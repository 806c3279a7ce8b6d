"""A letter says what it rests on, when it should have gone, and whether it could not be worked."""

from alembic import op

revision = "2026_12_02_4"
down_revision = "2026_12_02_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE letters
            ADD COLUMN rests_on text NOT NULL DEFAULT 'always',  -- always, open, owed, running
            ADD COLUMN wanted_at timestamptz,
            ADD COLUMN aside boolean NOT NULL DEFAULT false  -- it cannot be worked as it stands
    """)
    op.execute("UPDATE letters SET wanted_at = queued_at")
    op.execute("UPDATE letters SET rests_on = 'running' WHERE chasing AND state = 'waiting'")
    op.execute("ALTER TABLE letters ALTER wanted_at SET NOT NULL")
    op.execute("CREATE INDEX letters_wanted ON letters (wanted_at) WHERE state = 'waiting'")


def downgrade() -> None:
    op.execute("ALTER TABLE letters DROP COLUMN rests_on, DROP COLUMN wanted_at, DROP COLUMN aside")
