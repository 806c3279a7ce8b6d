"""The list and the search read less: numbers from the index alone, and words of open cases by themselves.

An open case was counted in its row, two hundred wide rows a number; ``next_due`` in the index spares them. A
search looked at the row of each case with its words only to see that most were closed long ago.
"""

from alembic import op

revision = "2026_11_22_08"
down_revision = "2026_11_22_07"
branch_labels = None
depends_on = None

ORDER = "(coalesce(next_due, 'infinity'::date)), reference"

UP = f"""
DROP INDEX case_summaries_open;
CREATE INDEX case_summaries_open ON case_summaries ({ORDER}) INCLUDE (next_due) WHERE closed_at IS NULL;
DROP INDEX case_summaries_words;
CREATE INDEX case_summaries_open_words ON case_summaries USING gin (words) WHERE closed_at IS NULL;
CREATE INDEX case_summaries_closed_words ON case_summaries USING gin (words) WHERE closed_at IS NOT NULL;
"""
DOWN = f"""
DROP INDEX case_summaries_closed_words;
DROP INDEX case_summaries_open_words;
CREATE INDEX case_summaries_words ON case_summaries USING gin (words);
DROP INDEX case_summaries_open;
CREATE INDEX case_summaries_open ON case_summaries ({ORDER}) WHERE closed_at IS NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
