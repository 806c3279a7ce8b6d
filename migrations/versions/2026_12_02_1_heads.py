"""Numbered heads that prove what stood in the records, what each covers, and which letters took them out."""

from alembic import op

revision = "2026_12_02_1"
down_revision = "2026_12_01_6"
branch_labels = None
depends_on = None

HEADS = """
CREATE TABLE heads (
    number integer PRIMARY KEY CHECK (number >= 1),
    day date NOT NULL,
    entries bigint NOT NULL CHECK (entries >= 0),
    root bytea NOT NULL CHECK (length(root) = 32),
    before bytea NOT NULL CHECK (length(before) = 32),  -- the digest of the head before; zeros for the first
    key bytea NOT NULL CHECK (length(key) = 32),
    signature bytea NOT NULL CHECK (length(signature) = 64),
    old_signature bytea NOT NULL  -- by the key of the head before, where this one brings in another
);

-- What each head covers. No reference: entries are written first, for only then is the root known.
CREATE TABLE head_entries (
    head integer NOT NULL,
    place bigint NOT NULL CHECK (place >= 0),  -- the leaf of the tree
    kind text NOT NULL,      -- case, ledger, letter, erasure, code, procedure, calendar
    subject text NOT NULL,   -- the id of the row
    position integer NOT NULL,  -- of a case: up to which event; else 0
    digest bytea NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (head, place),
    UNIQUE (kind, subject, position)
);

CREATE FUNCTION refuse_change_of_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what proves the record is never changed (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER {table}_row BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_proof();
CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_proof();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_row;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_truncate;
"""

LETTERS = """
-- Which letters took a head out, and where to: to the archive, to the chair.
CREATE TABLE head_letters (
    letter_id uuid NOT NULL,
    head integer NOT NULL,
    goes_to text NOT NULL,
    PRIMARY KEY (letter_id, head)
);
CREATE INDEX head_letters_head ON head_letters (head, goes_to);

-- The seal of a letter's text stays when the text is forgotten, and says nothing without its salt.
ALTER TABLE letters ADD COLUMN seal bytea CHECK (length(seal) = 32);
ALTER TABLE letter_texts ADD COLUMN salt bytea CHECK (length(salt) = 16);
"""

NIGHTS = """
-- Where the nightly check of the record has come to; one row.
CREATE TABLE night_check (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    night date NOT NULL,
    place text NOT NULL,
    cases bigint NOT NULL,
    faults bigint NOT NULL,
    done boolean NOT NULL
);
"""


def upgrade() -> None:
    op.execute(HEADS)
    for table in ("heads", "head_entries"):
        op.execute(TRIGGERS.format(table=table))
    op.execute(LETTERS)
    op.execute(NIGHTS)
    op.execute("DROP TABLE chain_heads")  # a digest of summaries, which nobody else ever held


def downgrade() -> None:
    raise NotImplementedError("What proves the record is never dropped; restore a backup instead.")
