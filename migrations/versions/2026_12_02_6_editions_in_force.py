"""Which edition of each Code and of the procedure is in force, which Codes there are, closing words."""

from alembic import op

revision = "2026_12_02_6"
down_revision = "2026_12_02_5"
branch_labels = None
depends_on = None

CHOICES = """
-- The newest row of a Code counts. Before there is one, the newest edition is in force.
CREATE TABLE code_choices (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL REFERENCES codes (slug),
    edition text,  -- none: set aside, the Compact of this office does not have it
    how text NOT NULL,  -- import, use, office-file
    chosen_at timestamptz NOT NULL,
    FOREIGN KEY (code, edition) REFERENCES code_editions (code, id)
);

CREATE TABLE procedure_choices (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition text NOT NULL REFERENCES procedure_editions (id),
    how text NOT NULL,
    chosen_at timestamptz NOT NULL
);

-- What the office file says of the Codes that the Compact names; the newest row counts.
CREATE TABLE compact_editions (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    codes jsonb NOT NULL,  -- [["advancing-equality", "Advancing Equality"], ...] in the Compact's order
    held_at timestamptz NOT NULL
);

ALTER TABLE clauses ADD COLUMN closing text NOT NULL DEFAULT '';
"""


def upgrade() -> None:
    op.execute(CHOICES)


def downgrade() -> None:
    op.execute(
        "ALTER TABLE clauses DROP COLUMN closing;"
        "DROP TABLE code_choices; DROP TABLE procedure_choices; DROP TABLE compact_editions"
    )
