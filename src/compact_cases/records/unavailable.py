"""Why the database did not do what it was asked, where that is no mistake of ours: a sentence for anybody."""

import psycopg
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DOES_NOT_ANSWER = "The database does not answer."
TOO_MANY = "There are more requests at once than we can take."
LOST = "The connection to the database was lost in the middle of it."
TOO_LONG = "It took longer than we wait."
SOMEBODY_ELSE = "Somebody else is at work on the same thing, and it took longer than we wait."
NO_ROOM = "There is no room left to store anything; somebody has to make room first."
TOO_MUCH = "The database has more to do than it can take."
READ_ONLY = "The database can only be read just now."

# By SQLSTATE (PostgreSQL documentation, appendix A), or its first two characters.
SENTENCES = {
    "55P03": SOMEBODY_ELSE,  # lock_not_available
    "40P01": SOMEBODY_ELSE,  # deadlock_detected
    "40001": SOMEBODY_ELSE,  # serialization_failure
    "57014": TOO_LONG,  # query_canceled: statement_timeout
    "25P03": LOST,  # idle_in_transaction_session_timeout; the connection goes with it
    "25P04": LOST,  # transaction_timeout
    "57P05": LOST,  # idle_session_timeout
    "25006": READ_ONLY,  # read_only_sql_transaction: a standby, perhaps
    "53100": NO_ROOM,  # disk_full
    "53": TOO_MUCH,  # insufficient_resources
}


def why_not(fault: BaseException) -> str | None:
    """The sentence; None for a mistake of ours, such as a statement that is wrong."""
    if isinstance(fault, PoolTimeout):
        return TOO_MANY
    state = str(getattr(getattr(fault, "orig", fault), "sqlstate", None) or "")
    if sentence := SENTENCES.get(state) or SENTENCES.get(state[:2]):
        return sentence
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return LOST
    return DOES_NOT_ANSWER if isinstance(fault, (OperationalError, psycopg.OperationalError)) else None
