"""The log: JSON lines on standard error, none of which is ever a reason for a request to fail or to wait."""

import logging
import os
import select
import sys
from typing import Any

import msgspec
import structlog

log = structlog.get_logger("compact_cases.web")


def set_up_logging() -> None:
    """One kind of line for what we say ourselves and for what uvicorn and other libraries say."""
    descriptor = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="logged"),
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: Lines(descriptor),
        cache_logger_on_first_use=True,  # to put one together takes longer than the line
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_OfLibraries()], force=True)


class Lines:
    """Writes each line past Python's own buffer, where one that was refused would spoil those after it.

    A disk may be full, and whoever reads a pipe may have stopped: the line is then left out, and the next
    one that can be written is preceded by how many are missing.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._missing = descriptor, 0
        self._room = select.poll()
        self._room.register(descriptor, select.POLLOUT)

    def msg(self, line: str) -> None:
        if self._missing:
            told = _as_json({"event": "lines that could not be written", "lines": self._missing})
            line = f"\n{told}\n{line}"  # the last one may have stopped half-way
        words = f"{line}\n".encode()
        try:
            written = bool(self._room.poll(0)) and os.write(self._descriptor, words) == len(words)
        except OSError:
            written = False
        self._missing = 0 if written else self._missing + 1

    log = debug = info = warning = warn = error = critical = exception = fatal = failure = msg


class _OfLibraries(logging.Handler):
    """Of an exception only its kind: its words may quote what somebody typed."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = {"kind": record.exc_info[0].__name__} if record.exc_info and record.exc_info[0] else {}
        log.log(record.levelno, record.getMessage().strip(), by=record.name, **kind)


def _as_json(line: dict[str, Any], **_: Any) -> str:
    return _encoder.encode(line).decode()


_encoder = msgspec.json.Encoder(enc_hook=repr)
