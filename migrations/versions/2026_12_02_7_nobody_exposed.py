"""What joined a concern to somebody goes: letters of drafts, what is left of sent ones, keys of calls."""

from alembic import op

revision = "2026_12_02_7"
down_revision = "2026_12_02_6"
branch_labels = None
depends_on = None

DRAFTS = """
-- A link of a sent draft says that it was sent, for 30 days; nothing says what it became.
CREATE TABLE sent_drafts (
    secret_hash bytea PRIMARY KEY CHECK (length(secret_hash) = 32),
    ends_on date NOT NULL
);
CREATE INDEX sent_drafts_end ON sent_drafts (ends_on);
INSERT INTO sent_drafts
    SELECT secret_hash, ends_on FROM drafts WHERE sent_concern IS NOT NULL
    UNION SELECT letter_hash, ends_on FROM drafts WHERE sent_concern IS NOT NULL AND letter_hash IS NOT NULL;
DELETE FROM drafts WHERE sent_concern IS NOT NULL;
ALTER TABLE drafts DROP COLUMN sent_concern;
"""

LETTERS = """
DELETE FROM letters l WHERE l.person_kind = 'draft'
    AND NOT EXISTS (SELECT FROM drafts d WHERE d.id = l.person_id);
CREATE INDEX letters_draft ON letters (person_id) WHERE person_kind = 'draft';
CREATE INDEX letters_alone ON letters (queued_at) WHERE case_id IS NULL;
"""


def upgrade() -> None:
    op.execute(DRAFTS)
    op.execute(LETTERS)


def downgrade() -> None:
    raise NotImplementedError("What was forgotten on purpose does not come back.")
