"""The connections of one process: how many may be open, and which gives way to a newer one."""

import ipaddress
import resource
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Protocol

MOST = 3000  # lines, where the process may have so many descriptors
OTHER_DESCRIPTORS = 124  # for the database, Redis, files and the log
HALF_FROM_ONE = 100  # requests of one address that are on their way
HELD = 64_000_000  # bytes of bodies that are on their way
HELD_FROM_ONE = 16_000_000


class Line(Protocol):
    """One connection, as it is counted here."""

    address: str
    held: int  # bytes of a body that is on its way
    since: float  # when it last began to wait for something from its other end

    @property
    def may_give_way(self) -> bool: ...

    def give_way(self) -> None: ...


Some = dict[Line, None]


class Lines:
    """Who comes is let in. What gives way has waited longest for its other end: an idle line, half a head,
    half a body; never one that is owed an answer. So nobody who holds many lines keeps others out.

    Of one address are at most half of all; a proxy that is believed may have them all.
    """

    def __init__(self, proxies: Collection[str], most: int) -> None:
        self._proxies = [ipaddress.ip_network(one) for one in proxies]
        self._most = most
        self._all: Some = {}
        self._of: dict[str, Some] = defaultdict(dict)
        self._half_of: dict[str, Some] = defaultdict(dict)
        self._held, self._held_of = 0, Counter[str]()

    def add(self, line: Line) -> None:
        self._all[line] = self._of[line.address][line] = None
        if len(self._of[line.address]) > self._most // 2 and not self._is_proxy(line.address):
            _give_way(self._of[line.address], line)
        elif len(self._all) > self._most:
            _give_way(self._all, line)

    def drop(self, line: Line) -> None:
        self.end(line)
        self._all.pop(line, None)
        _take_out(self._of, line)

    def begin(self, line: Line) -> None:
        """A request begins to come."""
        self._half_of[line.address][line] = None
        if len(self._half_of[line.address]) > HALF_FROM_ONE and not self._is_proxy(line.address):
            _give_way(self._half_of[line.address], line)

    def take(self, line: Line, more: int) -> None:
        """So many more bytes of its body have come."""
        self._count(line, more)
        if self._held_of[line.address] > HELD_FROM_ONE and not self._is_proxy(line.address):
            _give_way(self._half_of[line.address], line, _holds)
        elif self._held > HELD:
            _give_way(self._all, line, _holds)

    def end(self, line: Line) -> None:
        """All of it is here, or none of it is wanted any more."""
        _take_out(self._half_of, line)
        self._count(line, -line.held)
        if not self._held_of[line.address]:
            del self._held_of[line.address]

    def _count(self, line: Line, more: int) -> None:
        line.held += more
        self._held += more
        self._held_of[line.address] += more

    def _is_proxy(self, address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in one for one in self._proxies)
        except ValueError:  # a socket that has no network address
            return True


def most_lines() -> int:
    """As many as there are descriptors for; half of them for one address."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if allowed == resource.RLIM_INFINITY else max(2, min(MOST, allowed - OTHER_DESCRIPTORS))


@cache
def lines_of(proxies: tuple[str, ...]) -> Lines:
    """The same for all connections of a process."""
    return Lines(proxies, most_lines())


def _holds(line: Line) -> bool:
    return line.held > 0


def _take_out(of: dict[str, Some], line: Line) -> None:
    of[line.address].pop(line, None)
    if not of[line.address]:
        del of[line.address]


def _give_way(among: Iterable[Line], newest: Line, which: Callable[[Line], bool] = bool) -> None:
    older = [one for one in among if one is not newest and one.may_give_way and which(one)]
    min(older, key=lambda one: one.since, default=newest).give_way()
