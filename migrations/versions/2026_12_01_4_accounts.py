"""Members of staff, sign-in links, sessions, API tokens, the links of letters, and counted tries."""

from alembic import op

revision = "2026_12_01_4"
down_revision = "2026_12_01_3"
branch_labels = None
depends_on = None

STAFF = """
CREATE TABLE staff (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    email_folded text NOT NULL UNIQUE,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('officer', 'secretary', 'chair', 'administrator')),
    list_position integer NOT NULL,  -- the office's list: who is reminded first
    co_officer_id uuid REFERENCES staff (id),
    absent_until date,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
);

CREATE TABLE sign_in_links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id uuid NOT NULL REFERENCES staff (id),
    made_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    spent_at timestamptz
);

CREATE TABLE api_tokens (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff_id uuid NOT NULL REFERENCES staff (id),
    name text NOT NULL,
    made_at timestamptz NOT NULL,
    revoked_at timestamptz
);
"""

SESSIONS = """
CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    id uuid NOT NULL UNIQUE,  -- how a page names a session without its token
    kind text NOT NULL CHECK (kind IN ('staff', 'party')),
    staff_id uuid REFERENCES staff (id),
    seat text NOT NULL,
    person_id uuid,
    case_id uuid,
    concern_id uuid,
    csrf_secret text NOT NULL,
    device text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    CHECK ((kind = 'staff') = (staff_id IS NOT NULL)),
    CHECK (kind = 'staff' OR case_id IS NOT NULL OR concern_id IS NOT NULL)
);
CREATE INDEX sessions_staff ON sessions (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX sessions_ends ON sessions (ends_at);
"""

PARTIES = """
CREATE TABLE party_links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id uuid NOT NULL,
    case_id uuid NOT NULL,
    letter_id uuid,
    obligation text,
    item text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    expires_on date NOT NULL
);
CREATE INDEX party_links_case ON party_links (case_id);

CREATE TABLE attempts (
    what text NOT NULL,
    who bytea NOT NULL CHECK (length(who) = 32),  -- a keyed hash: no address, no reference
    started_at timestamptz NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (what, who)
);
"""


def upgrade() -> None:
    for part in (STAFF, SESSIONS, PARTIES):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The first tables are not dropped; restore a backup instead.")
