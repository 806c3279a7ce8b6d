"""What is not sent yet, drafts of concerns and of replies; and the counters of equality answers."""

from alembic import op

revision = "2026_12_01_5"
down_revision = "2026_12_01_4"
branch_labels = None
depends_on = None

DRAFTS = """
CREATE TABLE drafts (
    id uuid PRIMARY KEY,
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    letter_hash bytea UNIQUE CHECK (length(letter_hash) = 32),  -- the link of the letter "draft ends soon"
    answers text NOT NULL DEFAULT '{}',
    step text NOT NULL DEFAULT '',
    email text NOT NULL DEFAULT '',
    channel text NOT NULL DEFAULT 'web',
    filled_by uuid,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    ends_on date NOT NULL,
    saved_told_at timestamptz,
    ending_told_at timestamptz,
    sent_concern uuid,
    -- once it is sent, nothing of what was typed stays here
    CHECK (sent_concern IS NULL OR (answers = '{}' AND email = ''))
);
CREATE INDEX drafts_end ON drafts (ends_on);
"""

REPLY_DRAFTS = """
CREATE TABLE reply_drafts (
    case_id uuid PRIMARY KEY,
    typed text NOT NULL,
    saved_by uuid,
    saved_at timestamptz NOT NULL
);
"""

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
    for part in (DRAFTS, REPLY_DRAFTS, COUNTERS):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The first tables are not dropped; restore a backup instead.")
