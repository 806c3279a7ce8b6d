"""An answer to a call belongs to its caller; an address is confirmed by whoever opens the link sent there."""

from alembic import op

revision = "2026_12_02_9"
down_revision = "2026_12_02_8"
branch_labels = None
depends_on = None

CALLS = """
-- Kept for a day at most, so nothing of it need be brought over: keys stood there in the clear.
DROP TABLE idempotent_answers;
CREATE TABLE idempotent_answers (
    call bytea PRIMARY KEY CHECK (length(call) = 32),    -- an HMAC of the caller and their key
    body bytea NOT NULL CHECK (length(body) = 32),       -- an HMAC of both and of what they sent
    concern_id uuid NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
    at timestamptz NOT NULL
);
CREATE INDEX idempotent_answers_at ON idempotent_answers (at);
"""

CONFIRMED = """
ALTER TABLE contact_points ADD COLUMN confirmed_at timestamptz;
UPDATE contact_points c SET confirmed_at = opened.at
FROM (SELECT l.point_id, min(k.made_at) AS at FROM party_links k JOIN letters l ON l.id = k.letter_id
      WHERE k.visits > 0 GROUP BY l.point_id) opened
WHERE opened.point_id = c.id;
"""


def upgrade() -> None:
    op.execute(CALLS)
    op.execute(CONFIRMED)


def downgrade() -> None:
    raise NotImplementedError("What stood in the clear does not come back.")
