"""Drafts of concerns, kept at each step behind a secret of which only the hash is stored."""

from alembic import op

revision = "2026_11_22_04"
down_revision = "2026_11_22_03"
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


def upgrade() -> None:
    op.execute(DRAFTS)


def downgrade() -> None:
    op.execute("DROP TABLE drafts")
