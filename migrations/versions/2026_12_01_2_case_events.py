"""The log of cases, whole from the first, and what is folded from it."""

from alembic import op

revision = "2026_12_01_2"
down_revision = "2026_12_01_1"
branch_labels = None
depends_on = None

ORDER = "(coalesce(next_due, 'infinity'::date)), reference"
# The same words as in reports/case_list.py, or the index does not serve it.
OFFICER, NOBODY = "office/officer", "'00000000-0000-0000-0000-000000000000'::uuid"
LITTLE_WAITS = "WITH (gin_pending_list_limit = 64)"  # kB; to sort in more often costs 0.04 ms a change

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

SUMMARIES = f"""
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
    owners text[] NOT NULL DEFAULT '{{}}',  -- whose steps are next: an officer's, the raiser's, both
    paused boolean NOT NULL DEFAULT false,
    clauses text[] NOT NULL DEFAULT '{{}}',
    procedure_edition text NOT NULL,
    calendar_edition text NOT NULL,
    next_tick timestamptz
);
CREATE INDEX case_summaries_concern ON case_summaries (concern_id);
CREATE INDEX case_summaries_tick ON case_summaries (next_tick) WHERE next_tick IS NOT NULL;
CREATE INDEX case_summaries_open ON case_summaries ({ORDER}) INCLUDE (next_due) WHERE closed_at IS NULL;
CREATE INDEX case_summaries_officers ON case_summaries ((coalesce(officer_id, {NOBODY})), {ORDER})
    WHERE closed_at IS NULL AND owners @> ARRAY['{OFFICER}'];
CREATE INDEX case_summaries_closed ON case_summaries (closed_at DESC, reference) WHERE closed_at IS NOT NULL;
CREATE INDEX case_summaries_respondent ON case_summaries (respondent_id);
CREATE INDEX case_summaries_clauses ON case_summaries USING gin (clauses);
"""

WORDS = f"""
-- Apart from the summary, which every act and sweep writes anew: the words are ten times as long.
CREATE TABLE case_words (
    case_id uuid PRIMARY KEY,
    is_open boolean NOT NULL,
    words tsvector NOT NULL
);
-- Open cases by themselves: most cases that have a word were closed long ago.
CREATE INDEX case_words_open ON case_words USING gin (words) {LITTLE_WAITS} WHERE is_open;
CREATE INDEX case_words_closed ON case_words USING gin (words) {LITTLE_WAITS} WHERE NOT is_open;
"""

OBLIGATIONS = """
CREATE TABLE obligations (
    case_id uuid NOT NULL,
    name text NOT NULL,
    item text NOT NULL DEFAULT '',  -- which of several alike: an agreed action, one side's consent
    cycle integer NOT NULL,
    owner text NOT NULL,
    owed_to text NOT NULL,
    opened_at timestamptz NOT NULL,
    started_on date NOT NULL,
    limit_days integer NOT NULL,
    due date,
    pause integer,  -- which of the case's pauses it is
    paused_since date,
    pause_reason text,
    days_left integer,
    pause_ends date,
    ended_at timestamptz,
    ended_how text,
    handled_to date,  -- the day of the last step that the sweep has handled
    PRIMARY KEY (case_id, name, item, cycle),
    -- an open obligation has a due date or a pause with an end, never neither, never both
    CHECK (ended_at IS NOT NULL OR (due IS NULL) = (paused_since IS NOT NULL)),
    CHECK (paused_since IS NULL OR (pause IS NOT NULL AND pause_ends IS NOT NULL AND days_left IS NOT NULL))
) WITH (fillfactor = 80);  -- room beside a row for its next version, which no index need know of
CREATE INDEX obligations_open ON obligations (case_id) WHERE ended_at IS NULL;
CREATE INDEX obligations_due ON obligations (due, case_id) WHERE ended_at IS NULL;
"""

HEADS = """
CREATE TABLE chain_heads (
    day date PRIMARY KEY,
    cases integer NOT NULL,
    digest bytea NOT NULL,
    at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    for part in (EVENTS, SUMMARIES, WORDS, OBLIGATIONS, HEADS):
        op.execute(part)


def downgrade() -> None:
    raise NotImplementedError("The log of cases is never dropped; restore a backup instead.")
