"""The register of panellists: the sector and the body of each, beside their row of people."""

from alembic import op

revision = "2026_12_03_24"
down_revision = "2026_12_03_22"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE panellists (
            person_id uuid PRIMARY KEY REFERENCES people (id),
            sector text NOT NULL CHECK (sector IN ('public-sector', 'vcs')),
            body_id uuid REFERENCES bodies (id),
            standing boolean NOT NULL
        );
        CREATE INDEX case_events_board_list ON case_events (case_id) WHERE name = 'no-panel-answer-recorded';
    """)


def downgrade() -> None:
    op.execute("DROP INDEX case_events_board_list")
    op.execute("DROP TABLE panellists")
