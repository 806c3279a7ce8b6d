"""A step knows the letter that carried it (two steps of a day share one); what must go first stands first."""

from alembic import op

revision = "2026_11_22_05"
down_revision = "2026_11_22_04"
branch_labels = None
depends_on = None

STEPS = """
ALTER TABLE ledger ADD COLUMN letter_id uuid;  -- no reference: a step is written before its letter
CREATE INDEX ledger_letter ON ledger (letter_id) WHERE letter_id IS NOT NULL;
DROP INDEX letters_waiting;
-- what somebody waits for goes before what chases
CREATE INDEX letters_waiting ON letters (chasing, not_before) WHERE state = 'waiting';
"""


def upgrade() -> None:
    op.execute(STEPS)


def downgrade() -> None:
    op.execute(
        "DROP INDEX letters_waiting;"
        "CREATE INDEX letters_waiting ON letters (not_before) WHERE state = 'waiting';"
        "ALTER TABLE ledger DROP COLUMN letter_id;"
    )
