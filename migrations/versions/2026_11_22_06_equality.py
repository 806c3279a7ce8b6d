"""Counters of equality answers: a number a year, a question and an answer; never a row a person."""

from alembic import op

revision = "2026_11_22_06"
down_revision = "2026_11_22_05"
branch_labels = None
depends_on = None

COUNTERS = """
CREATE TABLE equality_counts (
    year integer NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (year, question, answer)
);
"""


def upgrade() -> None:
    op.execute(COUNTERS)


def downgrade() -> None:
    op.execute("DROP TABLE equality_counts")
