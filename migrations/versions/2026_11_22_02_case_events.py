"""The log of cases and what is folded from it; concerns, people, statements, ledger and letters."""

from alembic import op

revision = "2026_11_22_02"
down_revision = "2026_11_22_01"
branch_labels = None
depends_on = None

EVENTS = """
CREATE SEQUENCE case_numbers;

CREATE TABLE case_events (
    case_id uuid NOT NULL,
    position integer NOT NULL CHECK (position >= 1),
    name text NOT NULL,
    body text NOT NULL,  -- exactly as digested; jsonb would rewrite it
    digest bytea NOT NULL CHECK (length(digest) = 32),
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor uuid,
    on_behalf_of uuid,
    command_id uuid NOT NULL,
    procedure_edition text NOT NULL,
    calendar_edition text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_id, position)
);
CREATE INDEX case_events_feed ON case_events (tx, seq);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of a case is never changed (% on %)', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER case_events_row BEFORE UPDATE OR DELETE ON case_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_events_truncate BEFORE TRUNCATE ON case_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE case_events ENABLE ALWAYS TRIGGER case_events_row;
ALTER TABLE case_events ENABLE ALWAYS TRIGGER case_events_truncate;
"""

FOLDED = """
CREATE TABLE case_summaries (
    case_id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    concern_id uuid NOT NULL,
    position integer NOT NULL,
    head bytea NOT NULL,
    stage text NOT NULL,
    received_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    closed_at timestamptz,
    outcome text,
    confidentiality text NOT NULL,
    raiser_id uuid,
    raiser_label text NOT NULL,  -- as officers read it
    raiser_shown text NOT NULL,  -- as the other side reads it
    respondent_id uuid,
    respondent_label text NOT NULL,
    officer_id uuid,
    had_notice boolean NOT NULL DEFAULT false,
    next_name text,
    next_owner text,
    next_due date,
    paused boolean NOT NULL DEFAULT false,
    clauses text[] NOT NULL DEFAULT '{}',
    procedure_edition text NOT NULL,
    calendar_edition text NOT NULL,
    next_tick timestamptz,
    words tsvector NOT NULL DEFAULT ''::tsvector
);
CREATE INDEX case_summaries_concern ON case_summaries (concern_id);
CREATE INDEX case_summaries_tick ON case_summaries (next_tick) WHERE next_tick IS NOT NULL;
CREATE INDEX case_summaries_open ON case_summaries ((coalesce(next_due, 'infinity'::date)), reference)
    WHERE closed_at IS NULL;
CREATE INDEX case_summaries_closed ON case_summaries (closed_at DESC, reference) WHERE closed_at IS NOT NULL;
CREATE INDEX case_summaries_words ON case_summaries USING gin (words);
CREATE INDEX case_summaries_respondent ON case_summaries (respondent_id);
CREATE INDEX case_summaries_clauses ON case_summaries USING gin (clauses);

CREATE TABLE obligations (
    case_id uuid NOT NULL,
    name text NOT NULL,
    cycle integer NOT NULL,
    owner text NOT NULL,
    owed_to text NOT NULL,
    opened_at timestamptz NOT NULL,
    started_on date NOT NULL,
    limit_days integer NOT NULL,
    due date,
    paused_since date,
    pause_reason text,
    days_left integer,
    pause_ends date,
    ended_at timestamptz,
    ended_how text,
    handled_to date,  -- the day of the last step that the sweep has handled
    PRIMARY KEY (case_id, name, cycle),
    -- an open obligation has a due date or a pause with an end, never neither, never both
    CHECK (ended_at IS NOT NULL OR (due IS NULL) = (paused_since IS NOT NULL)),
    CHECK (paused_since IS NULL OR (pause_ends IS NOT NULL AND days_left IS NOT NULL))
);
CREATE INDEX obligations_open ON obligations (case_id) WHERE ended_at IS NULL;

CREATE TABLE chain_heads (
    day date PRIMARY KEY,
    cases integer NOT NULL,
    digest bytea NOT NULL,
    at timestamptz NOT NULL
);
"""

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
    cycle integer NOT NULL,
    step text NOT NULL,        -- kind and offset: reminder-2, escalation+3
    step_day date NOT NULL,
    person_id uuid NOT NULL,   -- the nil id where nobody could be found
    role text NOT NULL,
    outcome text NOT NULL,     -- letter, superseded, effect, no-contact
    decided_at timestamptz NOT NULL,
    UNIQUE (case_id, obligation, cycle, step, person_id)
);

CREATE TABLE letters (
    id uuid PRIMARY KEY,
    notice text NOT NULL,
    case_id uuid,
    person_kind text NOT NULL,  -- party, contact, staff, draft
    person_id uuid NOT NULL,
    role text NOT NULL,
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
CREATE INDEX letters_waiting ON letters (not_before) WHERE state = 'waiting';
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
    for part in (EVENTS, FOLDED, PEOPLE, LETTERS):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The log of cases is never dropped; restore a backup instead.")
