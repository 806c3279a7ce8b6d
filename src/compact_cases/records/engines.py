"""Connections to PostgreSQL: an engine that writes, and one on which PostgreSQL refuses every write."""

import select
import threading
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError

_readers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()
_making = threading.Lock()
_OLD = 1800  # seconds after which a connection is not used again: firewalls forget quiet ones
_READ_ONLY = "-c default_transaction_read_only=on"


def writer(database_url: str, pool: int) -> Engine:
    """An engine with at most ``pool`` kept connections; it connects when it is first used."""
    return _engine(make_url(database_url).set(drivername="postgresql+psycopg"), pool)


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
            options: dict[str, Any] = {
                "isolation_level": "AUTOCOMMIT",
                "connect_args": {"options": _READ_ONLY},
                "pool_reset_on_return": None,
            }
            found = _readers[engine] = _engine(engine.url, size, **options)
            event.listen(engine, "engine_disposed", _closing(found))
        return found


def _engine(url: Any, pool: int, **options: Any) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=3,  # who waits for a connection holds one of the web service's threads
        pool_recycle=_OLD,
        hide_parameters=True,  # what people wrote must not stand in a traceback
        **options,
    )
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
