"""Moves of open cases to another edition: how far each has come, so that one that was cut off goes on."""

from alembic import op

revision = "2026_12_03_28"
down_revision = "2026_12_03_27"
branch_labels = None
depends_on = None

MOVES = """
CREATE TABLE edition_moves (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    procedure text REFERENCES procedure_editions (id),  -- none: each case keeps its own
    calendar text REFERENCES calendar_editions (id),
    by_staff uuid,  -- none: by a command on the machine
    asked_at timestamptz NOT NULL,
    expected jsonb NOT NULL,  -- {"GC-2026-0042": {"reply": "2026-03-16"}}: the new dates of the preview
    cases integer NOT NULL,  -- open ones at the preview
    looked_to uuid,  -- the last case that was looked at, in the order of ids
    looked_at integer NOT NULL DEFAULT 0,
    moved integer NOT NULL DEFAULT 0,
    stayed integer NOT NULL DEFAULT 0,
    differs jsonb NOT NULL DEFAULT '[]',  -- references of cases that changed after the preview
    done_at timestamptz
);
CREATE UNIQUE INDEX edition_moves_one_at_a_time ON edition_moves ((true)) WHERE done_at IS NULL;
"""


def upgrade() -> None:
    op.execute(MOVES)


def downgrade() -> None:
    op.execute("DROP TABLE edition_moves")
