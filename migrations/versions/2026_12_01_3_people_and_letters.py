"""Concerns, the people in them, what they said, and what was sent to whom."""

from alembic import op

revision = "2026_12_01_3"
down_revision = "2026_12_01_2"
branch_labels = None
depends_on = None

PEOPLE = """
CREATE TABLE people (
    id uuid PRIMARY KEY,
    role text NOT NULL,  -- raiser, proxy, champion, senior-lead, chief-officer
    concern_id uuid,     -- a party of a concern
    body_id uuid,        -- or a contact of a body on the register
    deputy_of uuid REFERENCES people (id),
    name text NOT NULL DEFAULT '',
    post_title text NOT NULL DEFAULT '',
    organisation text NOT NULL DEFAULT '',
    organisation_kind text NOT NULL DEFAULT '',
    area text NOT NULL DEFAULT '',
    shown_as text NOT NULL DEFAULT '',
    details text NOT NULL DEFAULT '{}',
    absent_until date,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX people_concern ON people (concern_id) WHERE concern_id IS NOT NULL;
CREATE INDEX people_body ON people (body_id, role) WHERE body_id IS NOT NULL;

CREATE TABLE contact_points (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind text NOT NULL,  -- email, phone, post
    address text NOT NULL,
    refused_at timestamptz,
    refusal text,
    added_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX contact_points_person ON contact_points (person_id);

CREATE TABLE concerns (
    id uuid PRIMARY KEY,
    raiser_id uuid,
    channel text NOT NULL,
    filled_by uuid,
    confidentiality text NOT NULL,
    received_at timestamptz NOT NULL,
    return_code_hmac bytea NOT NULL,
    return_code_sealed bytea,   -- until it is written down, or 24 hours
    return_code_until timestamptz,
    receipt_hash bytea NOT NULL UNIQUE
);

CREATE TABLE statements (
    id uuid PRIMARY KEY,
    concern_id uuid NOT NULL,
    kind text NOT NULL,
    audience text NOT NULL,
    text text NOT NULL,
    salt bytea NOT NULL CHECK (length(salt) = 16),
    at timestamptz NOT NULL
);
CREATE INDEX statements_concern ON statements (concern_id);

CREATE TABLE erasures (
    statement_id uuid PRIMARY KEY,
    reason text NOT NULL,
    at timestamptz NOT NULL
);

CREATE TABLE idempotent_answers (
    key text NOT NULL,
    body_digest bytea NOT NULL,
    concern_id uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (key)
);
"""

LETTERS = """
CREATE TABLE ledger (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    obligation text NOT NULL,
    item text NOT NULL DEFAULT '',
    cycle integer NOT NULL,
    step text NOT NULL,        -- kind and offset: reminder-2, escalation+3
    step_day date NOT NULL,
    person_id uuid NOT NULL,   -- the nil id where nobody could be found
    seat text NOT NULL,
    outcome text NOT NULL,     -- letter, superseded, effect, no-contact
    decided_at timestamptz NOT NULL,
    letter_id uuid,            -- no reference: a step is written before the letter that carries it
    UNIQUE (case_id, obligation, item, cycle, step, person_id)
);
CREATE INDEX ledger_letter ON ledger (letter_id) WHERE letter_id IS NOT NULL;

CREATE TABLE letters (
    id uuid PRIMARY KEY,
    notice text NOT NULL,
    case_id uuid,
    person_kind text NOT NULL,  -- party, contact, staff, draft
    person_id uuid NOT NULL,
    seat text NOT NULL,
    point_id uuid REFERENCES contact_points (id) ON DELETE SET NULL,
    ledger_id uuid UNIQUE REFERENCES ledger (id),
    message_id text NOT NULL UNIQUE,
    facts text NOT NULL DEFAULT '{}',
    chasing boolean NOT NULL DEFAULT false,
    state text NOT NULL,  -- waiting, sent, failed, withdrawn, to-post
    queued_at timestamptz NOT NULL,
    not_before timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    problem text,
    sent_at timestamptz
);
-- what somebody waits for goes before what chases
CREATE INDEX letters_waiting ON letters (chasing, not_before) WHERE state = 'waiting';
CREATE INDEX letters_case ON letters (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX letters_failed ON letters (queued_at) WHERE state IN ('failed', 'to-post');

CREATE TABLE letter_texts (
    letter_id uuid PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
    address text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL
);

CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    case_id uuid,
    kind text NOT NULL,  -- undeliverable, phone, no-contact, post
    subject_id uuid NOT NULL,
    day date NOT NULL,
    sentence text NOT NULL,
    opened_at timestamptz NOT NULL,
    done_at timestamptz,
    done_by uuid,
    UNIQUE (kind, subject_id, day)
);
CREATE INDEX tasks_open ON tasks (opened_at) WHERE done_at IS NULL;
"""


def upgrade() -> None:
    for part in (PEOPLE, LETTERS):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The first tables are not dropped; restore a backup instead.")
