"""That a letter of a case went is never changed nor taken out; its text and address may go."""

from alembic import op

revision = "2026_12_02_10"
down_revision = "2026_12_02_9"
branch_labels = None
depends_on = None

KEPT = """
CREATE FUNCTION refuse_change_of_sent_letter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    point uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.case_id IS NULL THEN
            RETURN OLD;
        END IF;
    ELSE
        point := NEW.point_id;  -- the address may be forgotten
        NEW.point_id := OLD.point_id;
        IF NEW IS NOT DISTINCT FROM OLD AND (point IS NULL OR point = OLD.point_id) THEN
            NEW.point_id := point;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'that a letter went is never changed (% on letters)', TG_OP;
END $$;

CREATE TRIGGER letters_sent BEFORE UPDATE OR DELETE ON letters FOR EACH ROW
    WHEN (OLD.state IN ('sent', 'posted', 'rung')) EXECUTE FUNCTION refuse_change_of_sent_letter();
ALTER TABLE letters ENABLE ALWAYS TRIGGER letters_sent;
"""

FORGOTTEN = """
-- The application may take no letter out, but those of no case, which no head covers: of drafts, to sign in.
CREATE FUNCTION forget_letters(ids uuid[]) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.letters WHERE id = ANY (ids) AND case_id IS NULL RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION forget_letters (uuid[]) FROM PUBLIC;
"""


def upgrade() -> None:
    op.execute(KEPT)
    op.execute(FORGOTTEN)


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_letters (uuid[])")
    op.execute("DROP TRIGGER letters_sent ON letters")
    op.execute("DROP FUNCTION refuse_change_of_sent_letter ()")
