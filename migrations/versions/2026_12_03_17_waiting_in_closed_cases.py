"""In a closed case an officer may be waited for too, so the index of what waits for one has every case."""

from alembic import op

revision = "2026_12_03_17"
down_revision = "2026_12_03_16"
branch_labels = None
depends_on = None

NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"
ORDER = "(coalesce(first_on, 'infinity'::date)), reference"
WAITS = "owners @> ARRAY['office/officer']"


def upgrade() -> None:
    _where(WAITS)


def downgrade() -> None:
    _where(f"closed_at IS NULL AND {WAITS}")


def _where(condition: str) -> None:
    op.execute(f"""
        DROP INDEX case_summaries_officers;
        CREATE INDEX case_summaries_officers ON case_summaries ((coalesce(officer_id, {NOBODY})), {ORDER})
            WHERE {condition};
    """)
