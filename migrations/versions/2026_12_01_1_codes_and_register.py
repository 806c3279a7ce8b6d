"""The Codes with their editions, the calendar and procedure editions, and the register of bodies."""

from alembic import op

revision = "2026_12_01_1"
down_revision = None
branch_labels = None
depends_on = None

EDITIONS = """
CREATE TABLE codes (
    slug text PRIMARY KEY CHECK (slug ~ '^[a-z]+(-[a-z]+)*$'),
    title text NOT NULL
);

CREATE TABLE code_editions (
    code text NOT NULL REFERENCES codes (slug),
    id text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,  -- the order in which they came to be held
    document text NOT NULL,  -- as published, to the byte
    digest bytea NOT NULL CHECK (length(digest) = 32),
    sections jsonb NOT NULL,
    held_at timestamptz NOT NULL,
    PRIMARY KEY (code, id),
    UNIQUE (code, digest)
);

CREATE TABLE clauses (
    code text NOT NULL,
    edition text NOT NULL,
    position integer NOT NULL,
    number text NOT NULL,
    letter text,
    text text NOT NULL,
    owed_by text NOT NULL CHECK (owed_by IN ('joint', 'public-sector', 'community-groups', 'vcs')),
    section text NOT NULL,
    line integer NOT NULL,
    PRIMARY KEY (code, edition, position),
    UNIQUE NULLS NOT DISTINCT (code, edition, number, letter),
    FOREIGN KEY (code, edition) REFERENCES code_editions (code, id)
);

CREATE TABLE procedure_editions (
    id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    document text NOT NULL,  -- the TOML
    held_at timestamptz NOT NULL
);

CREATE TABLE calendar_editions (
    id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    first_day date NOT NULL,
    last_day date NOT NULL,
    source text NOT NULL,  -- the library and version that named the bank holidays
    bank_holidays jsonb NOT NULL,  -- {"2026-04-03": "Good Friday"}
    closing_days jsonb NOT NULL,  -- the office's own
    held_at timestamptz NOT NULL,
    CHECK (first_day < last_day)
);
"""

BODIES = """
CREATE TABLE bodies (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    folded text NOT NULL CHECK (folded <> ''),  -- NFKD, marks stripped, casefolded: for look-up
    kind text NOT NULL CHECK (kind IN (
        'public-body', 'vcs-organisation', 'infrastructure-organisation', 'community-group', 'partnership'
    )),
    lead_body_id uuid REFERENCES bodies (id),
    area text NOT NULL,
    volunteer_run boolean NOT NULL,
    signed_on date,
    ended_on date,
    created_at timestamptz NOT NULL,
    CHECK (kind = 'partnership' OR lead_body_id IS NULL)
);
CREATE UNIQUE INDEX bodies_folded ON bodies (folded) WHERE ended_on IS NULL;
"""


def upgrade() -> None:
    for part in (EDITIONS, BODIES):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The first tables are not dropped; restore a backup instead.")
