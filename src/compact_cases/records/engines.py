"""Connections to PostgreSQL: an engine that writes, and one on which PostgreSQL refuses every write."""

import select
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout


@dataclass(frozen=True)
class Bounds:
    """For how many seconds a session waits for a lock, works on a statement, stands still in a transaction.

    Without them a process that is suspended with rows in its hands holds up all others for as long as it
    likes. PostgreSQL ends what goes beyond: the first two with an error, the last with the connection.
    """

    lock: float
    statement: float
    idle: float

    @property
    def options(self) -> dict[str, str]:
        return {
            "lock_timeout": f"{self.lock * 1000:.0f}",
            "statement_timeout": f"{self.statement * 1000:.0f}",
            "idle_in_transaction_session_timeout": f"{self.idle * 1000:.0f}",
        }


SERVING = Bounds(lock=5, statement=30, idle=30)  # somebody sits before the page
WORKING = Bounds(lock=10, statement=60, idle=30)
COMMANDS = Bounds(lock=10, statement=600, idle=300)  # a rebuild folds every log between two statements

_readers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()
_bounds: WeakKeyDictionary[Engine, Bounds] = WeakKeyDictionary()
_making = threading.Lock()
_OLD = 1800  # seconds after which a connection is not used again: firewalls forget quiet ones
# Both ends notice within a minute that the other machine is gone, and the server then gives up its locks.
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_OF_THE_SERVER = {f"tcp_{name}": str(value) for name, value in _KEEPALIVE.items()}


def is_cut_off(problem: Exception) -> bool:
    """Whether a connection, a lock or the pool failed: nothing is wrong with the row that was worked."""
    if isinstance(problem, DBAPIError):
        return problem.connection_invalidated or isinstance(problem, OperationalError | InterfaceError)
    return isinstance(problem, PoolTimeout)


def writer(database_url: str, pool: int, bounds: Bounds) -> Engine:
    """An engine with at most ``pool`` kept connections; it connects when it is first used."""
    return _engine(make_url(database_url).set(drivername="postgresql+psycopg"), pool, bounds)


def reader_of(engine: Engine) -> Engine:
    """The read-only engine beside a writing one, made at its first use and closed with it.

    Each statement is a transaction of its own: under READ COMMITTED each has its own snapshot anyway, and
    a page then spares BEGIN and ROLLBACK, two round trips for every look.
    """
    with _making:
        found = _readers.get(engine)
        if found is None:
            size: int = engine.pool.size()  # type: ignore[attr-defined]
            # Nothing is open when a connection comes back, so there is nothing to roll back either.
            found = _engine(
                engine.url,
                size,
                _bounds.get(engine, SERVING),
                {"default_transaction_read_only": "on"},
                isolation_level="AUTOCOMMIT",
                pool_reset_on_return=None,
            )
            _readers[engine] = found
            event.listen(engine, "engine_disposed", _closing(found))
        return found


def _engine(
    url: URL, pool: int, bounds: Bounds, more: Mapping[str, str] | None = None, **options: Any
) -> Engine:
    of_session = {**bounds.options, **_OF_THE_SERVER, **(more or {})}
    said = " ".join(f"-c {name}={value}" for name, value in of_session.items())
    engine = create_engine(
        url,
        connect_args={"options": said, "connect_timeout": 10, "tcp_user_timeout": 60_000, **_KEEPALIVE},
        pool_size=pool,
        max_overflow=0,
        pool_timeout=3,  # who waits for a connection holds one of the web service's threads
        pool_recycle=_OLD,
        hide_parameters=True,  # what people wrote must not stand in a traceback
        **options,
    )
    _bounds[engine] = bounds
    event.listen(engine, "checkout", _refuse_a_closed_one)
    return engine


def _closing(reader: Engine) -> Any:
    return lambda engine: reader.dispose()


def _refuse_a_closed_one(connection: Any, record: Any, proxy: Any) -> None:
    """A look at the socket instead of a ping: where the server has hung up, it is ready to be read.

    The pool then makes a new connection. A ping asks the server each time, 0.2 ms that most pages pay twice.
    """
    pq = connection.pgconn
    if pq.status or pq.transaction_status or _is_ready(pq.socket):
        raise DisconnectionError("the server has closed this connection")


def _is_ready(descriptor: int) -> bool:
    """select.select() does the same, and refuses a descriptor above 1,023."""
    look = select.poll()
    look.register(descriptor, select.POLLIN)
    return bool(look.poll(0))
