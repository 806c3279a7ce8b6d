"""Mediation rooms: what is said there, encrypted, with a key of its own for each, until it is gone."""

from alembic import op

revision = "2026_12_03_22"
down_revision = "2026_12_03_19"
branch_labels = None
depends_on = None

ROOMS = """
CREATE TABLE rooms (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    mediation int NOT NULL,  -- which one of the case
    salt bytea NOT NULL,  -- its key is made from this and the secret key, and cannot be made again without it
    gone_on date,  -- known once the mediation is over
    UNIQUE (case_id, mediation)
);
CREATE TABLE room_entries (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    place int NOT NULL,
    kept bytea NOT NULL,  -- words, writer, reader and time together, encrypted
    PRIMARY KEY (room_id, place)
);
CREATE TABLE room_visits (
    room_id uuid NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    person_id uuid NOT NULL,
    place int NOT NULL,  -- up to which they have read
    PRIMARY KEY (room_id, person_id)
);
"""


def upgrade() -> None:
    op.execute(ROOMS)


def downgrade() -> None:
    op.execute("DROP TABLE room_visits, room_entries, rooms")
