"""What somebody typed when their session ended, kept encrypted for a day."""

from alembic import op

revision = "2026_12_02_11"
down_revision = "2026_12_02_10"
branch_labels = None
depends_on = None

UNSENT = """
CREATE TABLE unsent_forms (
    id uuid PRIMARY KEY,
    holder uuid NOT NULL,  -- the person of a letter's link, the concern of a return code, the member of staff
    case_id uuid,  -- none for a form beside cases
    act text NOT NULL,  -- beside cases the path to which it was sent
    typed bytea NOT NULL,
    kept_at timestamptz NOT NULL
);
CREATE INDEX unsent_forms_holder ON unsent_forms (holder);
CREATE INDEX unsent_forms_kept ON unsent_forms (kept_at);
"""

# A party's session slides from now on: what is open keeps the end that it was promised.
# Who came in with a return code has it for thirty idle minutes.


def upgrade() -> None:
    op.execute(UNSENT)


def downgrade() -> None:
    op.execute("DROP TABLE unsent_forms")
